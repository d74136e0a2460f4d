//! However long, wide or deep an article is, the others are published, and soon: what is large here
//! takes minutes where a step is quadratic.

use crate::support::{Run, Site};
use feedmill::newsroom::HEAD_BYTES;
use std::fmt::Write;
use std::fs::File;
use std::ops::RangeInclusive;

const SETTINGS: &str =
    "[site]\nurl = \"https://post.example/\"\n[feeds]\nby = [\"all\"]\nformats = [\"json\"]\n";
const BRIDGE: &str = "---\ntitle: The bridge\npublished: 2026-11-20T08:00:00Z\n---\nIt is open.\n";

/// A small article beside another one.
fn site_with(article: &str) -> Site {
    Site::of(&[("feedmill.toml", SETTINGS), ("articles/bridge.md", BRIDGE), ("articles/large.md", article)])
}

fn article(fields: &str, body: &str) -> String {
    format!("---\ntitle: Large\npublished: 2026-11-20T08:00:00Z\n{fields}---\n{body}\n")
}

/// A line for each number, as `line` writes it.
fn lines(count: usize, line: impl Fn(&mut String, usize) -> std::fmt::Result) -> String {
    let mut text = String::new();
    (0..count).for_each(|number| line(&mut text, number).unwrap());
    text
}

/// Content by title.
fn contents(site: &Site) -> Vec<(String, String)> {
    let feed: serde_json::Value = serde_json::from_str(&site.read("feeds/feed.json")).unwrap();
    let text = |item: &serde_json::Value, name| item[name].as_str().unwrap().to_owned();
    let items = feed["items"].as_array().unwrap().iter();
    items.map(|item| (text(item, "title"), text(item, "content_html"))).collect()
}

fn bridge() -> (String, String) {
    ("The bridge".to_owned(), "<p>It is open.</p>".to_owned())
}

#[test]
fn what_is_nested_too_deep_is_left_out() {
    let expected = "\
articles/large.md:5:1: error[too-deep]: the HTML nests more than 512 elements, more than 32 links and emphases, or has an element with more than 200 attributes
  help: close the elements that are left open
";
    let inline = lines(500, |text, number| write!(text, "<b id=a{number}>"));
    for body in [
        "<div>".repeat(600),
        "<rt>".repeat(600),
        "<b><div></b>".repeat(600),
        "<b>".repeat(40),
        "> ".repeat(600) + "a",
        format!("{inline}\n\n{}", "<p>x\n".repeat(1000)),
    ] {
        let site = site_with(&article("", &body));
        let expected = Run { status: 1, stdout: String::new(), stderr: expected.to_owned() };
        assert_eq!(site.build(&[]), expected, "{}", &body[..20]);
        assert_eq!(contents(&site), [bridge()], "{}", &body[..20]);
    }
}

#[test]
fn what_html_closes_by_itself_is_not_deep() {
    for body in ["<p>x".repeat(5000), format!("<ul>{}</ul>", "<li><p>x".repeat(5000))] {
        let site = site_with(&article("", &body));
        site.build(&[]).is_silent();
        assert_eq!(contents(&site)[1].1.matches('x').count(), 5000);
    }
}

#[test]
fn emphasis_left_open_does_not_multiply_without_bound() {
    let inline = lines(32, |text, number| write!(text, "<b id=a{number}>"));
    let body = format!("{inline}\n\n{}", "<p>x\n".repeat(1000));
    let site = site_with(&article("", &body));
    site.build(&[]).is_silent();
    assert!(site.read("feeds/feed.json").len() < 100 * body.len());
}

/// So many that one look at each for each other one is felt.
const MANY: usize = 20_000;

#[track_caller]
fn is_published(article: &str) {
    let site = site_with(article);
    site.build(&[]).is_silent();
    let titles: Vec<String> = contents(&site).into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles, ["The bridge", "Large"]);
}

#[test]
fn very_many_toml_keys() {
    let keys = lines(MANY, |text, number| writeln!(text, "k{number}=1"));
    is_published(&format!("+++\ntitle = \"Large\"\npublished = 2026-11-20T08:00:00Z\n{keys}+++\nText.\n"));
}

#[test]
fn very_many_yaml_keys() {
    let keys = lines(MANY, |text, number| writeln!(text, "k{number}: 1"));
    is_published(&article(&keys, "Text."));
}

#[test]
fn very_many_tags() {
    let tags = lines(MANY, |text, number| write!(text, "t{number}, "));
    let site = site_with(&article(&format!("tags: [{tags}]\n"), "Text."));
    let expected = "\
articles/large.md:4:7: warning[too-many]: `tags` names 20000, of which the first 100 count
    4 | tags: [t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15, t16, t17, t18,…
      |       ^
  help: is a text with commas in it taken for a list? put it into quotes and brackets
";
    assert_eq!(site.build(&[]), Run { status: 0, stdout: String::new(), stderr: expected.to_owned() });
    let feed: serde_json::Value = serde_json::from_str(&site.read("feeds/feed.json")).unwrap();
    assert_eq!(feed["items"][1]["tags"].as_array().unwrap().len(), 100);
}

#[test]
fn very_many_footnotes() {
    let notes = lines(MANY, |text, number| write!(text, "a[^{number}]\n\n[^{number}]: n\n\n"));
    is_published(&article("", &notes));
}

#[test]
fn a_header_that_is_too_long_is_a_fault() {
    let site = site_with(&article(&format!("x: {}\n", "y".repeat(300_000)), "Text."));
    let expected = "\
articles/large.md:1:1: error[bad-front-matter]: the front matter that begins with `---` is longer than 256000 bytes
  help: put a line of `---` (or `+++` for TOML) between front matter and body
";
    assert_eq!(site.build(&[]).fails_with(1), expected);
    assert_eq!(contents(&site), [bridge()]);
}

/// Where the first reading of a file ends may be within the closing fence.
const LENGTHS: RangeInclusive<usize> = HEAD_BYTES - 7..=HEAD_BYTES + 8;

#[test]
fn a_header_of_any_length_is_read_whole() {
    for length in LENGTHS {
        for line_end in ["\n", "\r\n"] {
            let start = "---\ntitle: Large\npublished: 2026-11-20T08:00:00Z\nx: ".replace('\n', line_end);
            let x = "y".repeat(length - start.len() - line_end.len());
            let site = site_with(&format!("{start}{x}{line_end}---{line_end}Text.{line_end}"));
            site.build(&[]).is_silent();
            let large = ("Large".to_owned(), "<p>Text.</p>".to_owned());
            assert_eq!(contents(&site), [bridge(), large], "{length} {line_end:?}");
        }
    }
}

#[test]
fn what_begins_as_a_fence_and_goes_on_is_none() {
    for length in LENGTHS {
        let start = "---\ntitle: Large\npublished: 2026-11-20T08:00:00Z\nx: |\n ";
        let x = "y".repeat(length - start.len() - 1);
        let site = site_with(&format!("{start}{x}\n---more: 1\ndraft: true\n---\nText.\n"));
        assert_eq!(site.build(&[]).status, 0, "{length}");
        assert_eq!(contents(&site), [bridge()], "{length}: a draft");
    }
}

#[test]
fn a_file_that_is_no_article_any_more_is_left_out() {
    for bytes in [10_000_001, 70_000_000] {
        let site = site_with(&article("", "Text."));
        let file = File::options().write(true).open(site.path("articles/large.md")).unwrap();
        file.set_len(bytes).unwrap();
        let expected = "\
articles/large.md:1:1: error[too-large]: the file has more than 10000000 bytes, which no article has
  help: is this really an article? move it away or split it
";
        assert_eq!(site.build(&[]).fails_with(1), expected);
        assert_eq!(contents(&site), [bridge()]);
    }
}

#[test]
fn a_long_attribute_is_not_repeated_without_bound() {
    let body = format!("<a href=/ title=\"{}\">{}", "x".repeat(20_000), "<p>x".repeat(500));
    let site = site_with(&article("", &body));
    site.build(&[]);
    assert!(site.read("feeds/feed.json").len() < 100 * body.len());
}

#[test]
fn a_long_value_of_an_attribute_goes() {
    for value in ["&".repeat(1_000_000), "«".repeat(300_000)] {
        is_published(&article("", &format!("<a href=\"/\" title=\"{value}\">The bridge</a> is open.")));
    }
}

#[test]
fn a_text_of_ampersands_is_escaped_in_linear_time() {
    for body in ["&".repeat(200_000), "&amp;".repeat(100_000), "«".repeat(200_000)] {
        is_published(&article("", &format!("<div>{body}</div>")));
    }
}

#[test]
fn a_feed_that_was_cut_to_its_size_is_told_of() {
    let site = Site::of(&[("feedmill.toml", &format!("{SETTINGS}max_bytes = \"4KB\"\n"))]);
    for day in 1..=14 {
        let text =
            format!("---\npublished: 2026-11-{day:02}\nsummary: Short.\n---\n{}\n", "Long. ".repeat(20));
        site.write(&format!("articles/{day}.md"), text);
    }
    site.build(&[]).is_silent();
    let told = site.build(&["-v"]).stderr;
    let expected = "\
feedmill.toml:1:1: note[feed-cut]: the feed `post.example` is cut to keep to 4.0 kB: it has 10 of 14 entries, 3 of them as summaries
";
    assert!(told.starts_with(expected), "{told}");
    let listed = site.feedmill(&["list", "--json"]).events();
    assert_eq!((&listed[0]["entries"], &listed[0]["shortened"]), (&10.into(), &3.into()));
    let bytes = site.read("feeds/feed.json").len();
    assert_eq!(listed[0]["bytes"], serde_json::json!({ "json": bytes }));
    assert!(bytes <= 4000, "{bytes}");
}

#[test]
fn a_feed_of_large_articles_is_cut_without_encoding_it_often() {
    let site = Site::of(&[(
        "feedmill.toml",
        &SETTINGS.replace("[\"json\"]", "[\"rss\", \"atom\", \"json\"]\nmax_bytes = \"200KB\""),
    )]);
    for day in 1..=28 {
        let text = format!("---\npublished: 2026-01-{day:02}\n---\n{}\n", "<b>x</b> & \n".repeat(10_000));
        site.write(&format!("articles/{day}.md"), text);
    }
    site.build(&[]).is_silent();
    let feeds = site.tree("feeds");
    assert!(feeds.values().all(|file| file.len() <= 200_000));
    assert_eq!(site.read("feeds/feed.json").matches("\"id\"").count(), 10);
}
