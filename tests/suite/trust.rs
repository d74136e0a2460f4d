//! What an article may not do to those who read its feeds or run the program.

use crate::support::{Run, Site};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

const SETTINGS: &str =
    "[pages]\npublish = false\n[site]\nurl = \"https://post.example/\"\n[feeds]\nby = [\"all\"]\n";

fn site_with(article: &str) -> Site {
    Site::of(&[("feedmill.toml", SETTINGS), ("articles/ferry.md", article)])
}

#[test]
fn the_words_of_members_articles_are_in_no_file() {
    let body = "# Plover\n\nOyster *heron*.\n\n![Curlew](godwit.png)\n\n| Avocet |\n|--|\n| Knot |\n\nDunlin[^1].\n\n[^1]: Ruff.\n";
    let words =
        ["Plover", "Oyster", "heron", "Curlew", "godwit", "Avocet", "Knot", "Dunlin", "Ruff", "Turnstone"];
    for field in [
        "access: members",
        "Access: Subscribers",
        "access: [members]",
        "visibility: members",
        "paywall: true",
        "paywall: yes",
        "members_only: true",
        "access: \"\"\npaywall: true",
        "access: public\npaywall: true",
    ] {
        let article = format!(
            "---\ntitle: The ferry\npublished: 2026-11-20\nsummary: What all may know.\n{field}\ncorrections: [{{ date: 2026-11-21, text: Turnstone. }}]\n---\n{body}"
        );
        let site = site_with(&article);
        site.write("articles/godwit.png", "png");
        site.build(&[]).is_silent();
        let files = site.tree("feeds");
        assert_eq!(files.keys().collect::<Vec<_>>(), ["atom.xml", "feed.json", "feeds.opml", "rss.xml"]);
        for (path, bytes) in files {
            let text = String::from_utf8(bytes).unwrap();
            let leaked: Vec<&str> = words.into_iter().filter(|word| text.contains(word)).collect();
            assert_eq!(leaked, [""; 0], "{field}: {path}");
            assert!(path == "feeds.opml" || text.contains("What all may know."), "{field}: {path}");
        }
        // The same article for all has every word, or the test would prove nothing.
        site.write("articles/ferry.md", article.replace(field, "access: public"));
        site.build(&[]);
        let text = site.read("feeds/feed.json");
        assert_eq!(words.into_iter().filter(|word| !text.contains(word)).collect::<Vec<_>>(), ["Plover"; 0]);
    }
}

#[test]
fn the_first_words_of_a_members_article_are_no_summary_of_it() {
    let site = site_with("---\ntitle: The ferry\npublished: 2026-11-20\npaywall: true\n---\nOyster.\n");
    site.build(&[]).is_silent();
    for (path, bytes) in site.tree("feeds") {
        assert!(!String::from_utf8(bytes).unwrap().contains("Oyster"), "{path}");
    }
}

#[test]
fn a_cover_that_leads_out_of_the_articles_is_not_measured() {
    const LENGTH: usize = 54_321;
    let site = site_with("---\ntitle: The ferry\npublished: 2026-11-20\ncover: map.png\n---\nText.\n");
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0";
    site.write("outside.png", [head.to_vec(), vec![0; LENGTH - head.len()]].concat());
    symlink("../outside.png", site.path("articles/map.png")).unwrap();
    let expected = "\
articles/ferry.md:4:8: warning[missing-media]: the cover `map.png` does not lie with the article
    4 | cover: map.png
      |        ^^^^^^^
  help: put the file beside the article, or mend its name
";
    assert_eq!(site.build(&[]), Run { status: 0, stdout: String::new(), stderr: expected.to_owned() });
    let names = ["feed.json", "atom.xml", "rss.xml"];
    for name in names {
        assert!(!site.read(&format!("feeds/{name}")).contains(&LENGTH.to_string()), "{name}");
    }

    fs::remove_file(site.path("articles/map.png")).unwrap();
    fs::rename(site.path("outside.png"), site.path("articles/map.png")).unwrap();
    site.build(&[]).is_silent();
    for name in names {
        assert!(site.read(&format!("feeds/{name}")).contains(&LENGTH.to_string()), "{name}");
    }
}

#[test]
fn a_link_to_an_article_elsewhere_is_a_fault() {
    let site = site_with("---\ntitle: The ferry\npublished: 2026-11-20\n---\nText.\n");
    site.write("outside.md", "---\ntitle: Oyster\npublished: 2026-11-20\n---\nText.\n");
    symlink("../outside.md", site.path("articles/bridge.md")).unwrap();
    assert!(site.build(&[]).fails_with(1).contains("articles/bridge.md:1:1: error[link-outside]"));
    assert!(!site.read("feeds/feed.json").contains("Oyster"));
}

#[test]
fn no_value_writes_to_the_terminal() {
    let site = site_with("---\ntitle: The ferry\npublished: 2026-11-20\n---\nText.\n");
    let article =
        |fields: &str| format!("---\ntitle: T\n{fields}\n---\n[x](\u{9b}31m.md) [y](&#27;[31mz.md)\n");
    for (name, fields) in [
        ("date", "date: \"\\e]0;title\\a\\e[31mred\""),
        ("line", "date: \"x\\narticles/fake.md:1:1: error[fake]: injected\""),
        ("url", "date: 2026-11-20\nurl: \"javascript:\\e[2J\""),
        ("language", "date: 2026-11-20\nlang: \"\\e[31m\""),
        ("cover", "date: 2026-11-20\ncover: \"\\e[31m.png\""),
        ("name", "date: 2026-11-20\n\"titl\\e\": 1"),
        ("draft", "date: 2026-11-20\n\"\\e[31mdraft\": \"\\e[2J\""),
        ("es\u{1b}[31mcape", "date: none"),
        ("raw", "date: \u{9b}31m"),
    ] {
        site.write(&format!("articles/{name}.md"), article(fields));
    }
    for args in [&["build"][..], &["check", "-v"], &["build", "-v"], &["list"], &["list", "--articles"]] {
        let run = site.feedmill(args);
        let shown = format!("{}{}", run.stdout, run.stderr);
        let controls: String = shown.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert_eq!(controls, "", "{args:?}:\n{shown:?}");
        assert!(!shown.lines().any(|line| line.starts_with("articles/fake.md")), "{args:?}:\n{shown}");
    }
}

#[test]
fn a_picture_that_is_no_file_or_lies_elsewhere_is_not_opened() {
    let content = |prepare: &dyn Fn(&Site)| {
        let site = Site::of(&[("feedmill.toml", SETTINGS)]);
        let article = "---\ntitle: The ferry\npublished: 2026-11-20\n---\n![Map](../map.png)\n";
        site.write("articles/news/ferry.md", article);
        prepare(&site);
        assert_eq!(site.build(&[]).status, 0);
        site.read("feeds/feed.json")
    };
    let missing = content(&|_| ());
    let file = content(&|site| site.write("articles/map.png", "png"));
    assert_ne!(file, missing, "or the test would prove nothing");
    let outside = content(&|site| {
        site.write("outside.png", "png");
        symlink("../outside.png", site.path("articles/map.png")).unwrap();
    });
    assert_eq!(outside, missing, "nobody learns what lies outside");
    assert_eq!(content(&|site| fs::create_dir(site.path("articles/map.png")).unwrap()), missing);
    // Whoever opens a pipe waits for its other end.
    let pipe = content(&|site| {
        let made = Command::new("mkfifo").arg(site.path("articles/map.png")).status().unwrap();
        assert!(made.success());
    });
    assert_eq!(pipe, missing);
}

#[test]
fn a_reference_to_a_forbidden_character_is_told_and_left_out() {
    let site = site_with("---\npublished: 2026-11-20\n---\nThe bell&#1; rings&#xFFFE;.\n");
    let run = site.build(&[]);
    let expected = "\
articles/ferry.md:4:1: warning[illegal-character]: a character reference names what may not stand in a feed, and was left out
  help: delete it: it begins with `&#`
";
    assert_eq!(run, Run { status: 0, stdout: String::new(), stderr: expected.to_owned() });
    assert!(site.read("feeds/feed.json").contains("<p>The bell rings.</p>"));
}

#[test]
fn a_permalink_is_a_page_whatever_its_pattern() {
    let site = site_with("---\ntitle: The ferry\npublished: 2026-11-20\n---\nText.\n");
    site.write("feedmill.toml", SETTINGS.replace("[feeds]", "permalink = \"javascript:{slug}\"\n[feeds]"));
    site.build(&[]).is_silent();
    assert!(site.read("feeds/rss.xml").contains("<link>https://post.example/javascript:ferry</link>"));
}

#[test]
fn a_recording_at_which_its_reader_panics_is_silent() {
    let article = "---\ntitle: A gull\npublished: 2026-11-20\naudio: gull.opus\n---\nIt cries.\n";
    let site = site_with(article);
    // An Opus header without channels, and the header of its tags.
    let page = |packet: &[u8]| {
        let length = u8::try_from(packet.len()).unwrap();
        [&b"OggS\0\x02\0\0\0\0\0\0\0\0gull\0\0\0\0\0\0\0\0\x01"[..], &[length], packet].concat()
    };
    let header = page(b"OpusHead\x01\0\x38\x01\x80\xbb\0\0\0\0\0");
    site.write("articles/gull.opus", [header, page(b"OpusTags\0\0\0\0\0\0\0\0")].concat());
    site.build(&[]).is_silent();
}
