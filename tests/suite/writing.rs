//! What becomes of the files: whole, only when they changed, and nobody else's.

use crate::support::{NOW, Run, Site, difference};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime};

const SETTINGS: &str = r#"[pages]
publish = false
[site]
url = "https://post.example/"
[feeds]
formats = ["atom"]
"#;
const BRIDGE: &str = "---\ntitle: The bridge\npublished: 2026-11-20T08:00:00Z\n---\nIt is open.\n";
const MOST: &str = "---\ntitle: Мост\npublished: 2026-11-20T09:00:00Z\n---\nОн открыт.\n";
const FAULTY: &str = "---\ntitle: No date\n---\nText.\n";

/// An English and a Russian article.
fn site() -> Site {
    Site::of(&[
        ("feedmill.toml", SETTINGS),
        ("articles/en/news/bridge.md", BRIDGE),
        ("articles/ru/reports/most.md", MOST),
    ])
}

/// What a subscriber's server sees of each output file: its inode, and its time to the nanosecond.
fn stamps(site: &Site) -> BTreeMap<String, (u64, i64, i64)> {
    let stamp = |path: &String| {
        let metadata = fs::metadata(site.path("feeds").join(path)).unwrap();
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    };
    site.tree("feeds").into_keys().map(|path| (path.clone(), stamp(&path))).collect()
}

fn set_modified(site: &Site, path: &str, time: SystemTime) {
    File::options().write(true).open(site.path(path)).unwrap().set_modified(time).unwrap();
}

#[test]
fn a_second_build_touches_nothing() {
    let site = site();
    site.build(&[]).is_silent();
    let before = stamps(&site);
    site.build(&[]).is_silent();
    assert_eq!(stamps(&site), before);
}

#[test]
fn the_time_of_the_run_is_not_in_the_feeds() {
    let site = site();
    site.build(&[]).is_silent();
    let before = stamps(&site);
    site.feedmill(&["build", "--as-of", "2027-06-30T23:59:59Z"]).is_silent();
    assert_eq!(stamps(&site), before);
}

#[test]
fn a_changed_article_rewrites_only_the_feeds_that_show_it() {
    let site = site();
    site.build(&[]).is_silent();
    let future = SystemTime::now() + Duration::from_secs(7 * 24 * 60 * 60);
    set_modified(&site, "feeds/en/news/atom.xml", future);
    let before = stamps(&site);

    site.write("articles/en/news/bridge.md", BRIDGE.replace("open", "closed"));
    site.build(&[]).is_silent();

    let after = stamps(&site);
    let changed: Vec<&str> = after
        .iter()
        .filter(|(path, stamp)| before[*path] != **stamp)
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(changed, ["atom.xml", "en/atom.xml", "en/news/atom.xml", "news/atom.xml"]);
    for path in changed {
        assert!(
            after[path].1 > before[path].1,
            "{path}: a reader that asks by the second must see the change"
        );
    }
}

#[test]
fn files_of_others_stay() {
    let site = site();
    site.write("feeds/index.html", "a page");
    site.write("feeds/en/old/rss.xml", "an old feed");
    site.build(&[]).is_silent();
    assert_eq!(site.read("feeds/index.html"), "a page");
    assert_eq!(site.read("feeds/en/old/rss.xml"), "an old feed");
}

#[test]
fn a_page_of_others_stays_and_that_is_told() {
    let site = site();
    site.write("feedmill.toml", SETTINGS.replace("publish = false", ""));
    site.write("feeds/index.html", "a page");
    let run = site.build(&[]);
    let told = "feeds/index.html:1:1: warning[foreign-page]: this file is not feedmill's, so it stays as it is, and a page for people is missing\n  \
         help: move it away to get the page, or write `publish = false` into `[pages]` to have none\n";
    assert_eq!((run.status, run.stderr.as_str()), (0, told));
    assert_eq!(site.read("feeds/index.html"), "a page");
    assert_eq!(site.build(&[]).stderr, told, "as long as it lies there");
    fs::remove_file(site.path("feeds/index.html")).unwrap();
    site.build(&[]).is_silent();
    assert!(site.read("feeds/index.html").starts_with("<!doctype html>"));
    site.write("feedmill.toml", SETTINGS);
    let run = site.build(&[]);
    assert!(
        run.stderr
            .starts_with("feeds/en/index.html:1:1: warning[stray-feed]: this page is not written any more"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_feed_outlives_its_articles_when_its_section_is_declared() {
    let site = site();
    site.write(
        "feedmill.toml",
        format!("{SETTINGS}[editions.en]\n[editions.ru]\n[sections.news]\n[sections.reports]\n"),
    );
    site.build(&[]).is_silent();
    fs::remove_file(site.path("articles/en/news/bridge.md")).unwrap();
    site.build(&[]).is_silent();
    let feed = site.read("feeds/en/news/atom.xml");
    assert!(feed.contains("<feed ") && !feed.contains("<entry>"), "{feed}");
}

#[test]
fn a_dry_run_says_what_would_change_and_writes_nothing() {
    let site = site();
    let before = site.tree("");
    let files = [
        "atom.xml",
        "en/atom.xml",
        "en/feeds.opml",
        "en/news/atom.xml",
        "feeds.opml",
        "news/atom.xml",
        "reports/atom.xml",
        "ru/atom.xml",
        "ru/feeds.opml",
        "ru/reports/atom.xml",
    ];
    let expected: String = files.iter().map(|file| format!("would create feeds/{file}\n")).collect();
    let run = site.build(&["--dry-run", "-v"]);
    assert!(run.fails_with(0).starts_with(&expected), "{run:?}");
    let expected = "\
+ Мост (all, reports, ru, ru/reports)
+ The bridge (all, news, en, en/news)
all: 2 new
news, reports, en, en/news, ru, ru/reports: 1 new
subscribers would see 2 new, 0 updated, 0 withdrawn, 0 ids changed
10 of 10 files would change
";
    let run = site.build(&["--dry-run"]);
    assert_eq!(run, Run { status: 0, stdout: expected.to_owned(), stderr: String::new() });
    assert_eq!(difference(&before, &site.tree("")), "");

    site.build(&[]).is_silent();
    site.write("articles/ru/reports/most.md", MOST.replace("открыт", "закрыт"));
    let before = stamps(&site);
    let files = ["atom.xml", "reports/atom.xml", "ru/atom.xml", "ru/reports/atom.xml"];
    let expected: String = files.iter().map(|file| format!("would replace feeds/{file}\n")).collect();
    assert!(site.build(&["--dry-run", "-v"]).stderr.starts_with(&expected));
    assert_eq!(stamps(&site), before);
}

#[test]
fn strict_means_all_or_nothing() {
    let site = site();
    site.write("articles/en/news/faulty.md", FAULTY);
    let run = site.build(&["--strict"]);
    let expected = "\
articles/en/news/faulty.md:1:1: error[missing-date]: the article has no date
  help: add `published: 2026-11-22` to the front matter, or begin the file's name with the date
error: nothing was written, because articles have errors
  help: mend them, or leave out `--strict`
";
    assert_eq!(run, Run { status: 2, stdout: String::new(), stderr: expected.to_owned() });
    assert!(!site.path("feeds").exists());

    assert_eq!(site.build(&[]).status, 1);
    assert!(site.path("feeds/atom.xml").exists());
}

#[test]
fn nothing_due_leaves_every_feed_as_it_was() {
    let site = site();
    site.build(&[]).is_silent();
    let before = stamps(&site);
    site.write("articles/en/news/bridge.md", BRIDGE.replace("---\nIt", "draft: true\n---\nIt"));
    let run = site.feedmill(&["build", "--as-of", "2026-11-01"]);
    run.is_silent();
    assert_eq!(site.tree("feeds").len(), before.len(), "what is published is not embargoed again");
    let before = stamps(&site);
    fs::remove_dir_all(site.path("articles/ru")).unwrap();
    let run = site.feedmill(&["build", "--as-of", "2026-11-01"]);
    let expected = "\
error: no article in `articles` can be published, so no feed was touched
  help: found 1 article: 1 held back as drafts
";
    assert_eq!(run.fails_with(2), expected);
    assert_eq!(stamps(&site), before);
}

#[test]
fn a_run_that_finds_another_one_says_so() {
    let site = site();
    site.write(".feedmill/lock", "pid 4711\n");
    let lock = File::open(site.path(".feedmill/lock")).unwrap();
    lock.lock().unwrap();
    let expected = "\
error: another run holds the lock `.feedmill/lock` (pid 4711)
  help: let it finish, or end it with `kill 4711`: the lock goes with it
";
    assert_eq!(site.build(&[]).fails_with(2), expected);
    assert!(!site.path("feeds").exists());
    assert_eq!(site.build(&["--dry-run"]).status, 0, "what changes nothing need not wait");

    lock.unlock().unwrap();
    site.build(&[]).is_silent();
}

#[test]
fn a_file_where_the_output_directory_belongs_is_named() {
    let site = site();
    site.write("feeds", "a file");
    let expected = "\
error: cannot write `feeds/atom.xml`: `feeds` is not a directory
  help: move `feeds` away, or change `output.directory` in the settings
";
    assert_eq!(site.build(&[]).fails_with(2), expected);
    assert_eq!(site.read("feeds"), "a file");
}

#[test]
fn one_file_that_cannot_be_written_leaves_all_as_they_were() {
    let site = site();
    site.build(&[]).is_silent();
    fs::remove_file(site.path("feeds/ru/reports/atom.xml")).unwrap();
    site.write("feeds/ru/reports/atom.xml/in-the-way", "");
    let before = stamps(&site);
    site.write("articles/en/news/bridge.md", BRIDGE.replace("open", "closed"));
    let expected = "\
error: cannot write `feeds/ru/reports/atom.xml`: a directory is in its place
  help: move `feeds/ru/reports/atom.xml` away, or change `feeds.path` or `output.directory` in the settings
";
    assert_eq!(site.build(&[]).fails_with(2), expected);
    assert_eq!(stamps(&site), before);
}

#[test]
fn an_output_that_cannot_be_is_an_error() {
    let site = site();
    let expected = "\
error: cannot write `/dev/null/feeds/atom.xml`: `/dev/null` is not a directory
  help: move `/dev/null` away, or change `output.directory` in the settings
";
    assert_eq!(site.build(&["--output", "/dev/null/feeds"]).fails_with(2), expected);
}

#[test]
fn state_lies_beside_the_settings_and_never_where_it_is_served() {
    let site = site();
    fs::create_dir(site.path("conf")).unwrap();
    fs::rename(site.path("feedmill.toml"), site.path("conf/feedmill.toml")).unwrap();
    let args = ["--config", "conf/feedmill.toml", "--articles", "articles", "--output", "conf/public"];
    site.build(&args).is_silent();
    let state: Vec<String> = site.tree("").into_keys().filter(|path| path.contains(".feedmill")).collect();
    let expected = [
        ".gitignore",
        "index",
        "last-good/en/news/bridge.md",
        "last-good/ru/reports/most.md",
        "ledger.jsonl",
        "lock",
    ];
    assert_eq!(state, expected.map(|name| format!("conf/.feedmill/{name}")));
    assert!(site.path("conf/public/atom.xml").exists());
}

#[test]
fn the_output_holds_neither_the_state_nor_the_articles_nor_lies_with_them() {
    for (output, reason) in [
        (".", "`.` holds `.feedmill`, which must not be served"),
        ("articles/..", "`articles/..` holds `.feedmill`, which must not be served"),
        ("articles", "`articles` lies within `articles`"),
        ("./articles/", "`./articles/` lies within `articles`"),
        ("articles/en", "`articles/en` lies within `articles`"),
        ("articles/feeds", "`articles/feeds` lies within `articles`"),
        (".feedmill", "`.feedmill` holds `.feedmill`, which must not be served"),
    ] {
        let site = site();
        let before = site.tree("");
        let expected = format!(
            "error: the feeds cannot go into this directory: {reason}\n  help: give them one of their own with `--output`\n"
        );
        assert_eq!(site.build(&["--output", output]).fails_with(2), expected);
        assert_eq!(difference(&before, &site.tree("")), "", "{output}");

        site.write("feedmill.toml", format!("{SETTINGS}[output]\ndirectory = \"{output}\"\n"));
        let before = site.tree("");
        assert_eq!(site.build(&[]).status, 2, "{output} in the settings");
        assert_eq!(difference(&before, &site.tree("")), "", "{output} in the settings");
    }
}

#[test]
fn a_whole_site_may_hold_its_feeds() {
    let site = site();
    let layout =
        "[articles]\ndirectory = \".\"\nlayout = [\"articles/{edition}/{section}/**\", \"feeds/**\"]\n";
    site.write("feedmill.toml", format!("{SETTINGS}{layout}"));
    site.build(&[]).is_silent();
    assert!(site.path("feeds/en/news/atom.xml").exists());
    site.write("feeds/page.html", "<h1>No article</h1>");
    site.build(&[]).is_silent();
}

#[test]
fn the_output_has_a_name() {
    let site = site();
    let before = site.tree("");
    let expected = "the command line:1:1: error[bad-settings]: a directory's name is empty\n";
    assert_eq!(site.build(&["--output", ""]).fails_with(2), expected);
    site.write("feedmill.toml", format!("{SETTINGS}[output]\ndirectory = \"\"\n"));
    assert_eq!(site.build(&[]).status, 2);
    site.write("feedmill.toml", SETTINGS);
    assert_eq!(difference(&before, &site.tree("")), "");
}

#[test]
fn names_of_any_length_and_script_have_feeds_of_their_own() {
    let site = site();
    site.write("feedmill.toml", format!("{SETTINGS}by = [\"all\", \"section\", \"tag\"]\n"));
    let names = [
        format!("{}a", "x".repeat(299)),
        format!("{}b", "x".repeat(299)),
        format!("{}а", "ж".repeat(149)),
        format!("{}б", "ж".repeat(149)),
        "atom.xml".to_owned(),
        "feeds.opml".to_owned(),
        "-".to_owned(),
        "..".to_owned(),
        "~".to_owned(),
    ];
    for (number, name) in names.iter().enumerate() {
        let fields = format!("section: \"{name}\"\ntags: [\"{name}\"]\n---\nIt");
        site.write(&format!("articles/odd-{number}.md"), BRIDGE.replace("---\nIt", &fields));
    }
    site.build(&[]).is_silent();
    let feeds = site.tree("feeds").into_iter().filter(|(path, _)| path.ends_with("/atom.xml"));
    let mut odd: BTreeMap<String, usize> = BTreeMap::new();
    for (path, bytes) in feeds {
        let feed = String::from_utf8(bytes).unwrap();
        if feed.contains("/odd-") {
            assert_eq!(feed.matches("<entry>").count(), 1, "{path}");
            *odd.entry(path.split('/').next().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert_eq!((odd.remove("tags"), odd.values().sum::<usize>()), (Some(names.len()), names.len()));
}

#[test]
fn what_a_killed_run_left_is_swept() {
    let site = site();
    site.build(&[]).is_silent();
    let before = site.tree("feeds");
    site.write("feeds/.feedmill-a1B2c3.tmp", "half a feed");
    site.write("feeds/en/news/.feedmill-Z9y8x7.tmp", "half a feed");
    site.build(&[]).is_silent();
    assert_eq!(difference(&before, &site.tree("feeds")), "");
}

#[test]
fn an_embargo_ends_at_its_moment() {
    let site = site();
    site.write("articles/en/news/later.md", BRIDGE.replace("2026-11-20T08:00:00Z", NOW));
    let shows_it = |as_of| {
        site.feedmill(&["build", "--as-of", as_of]).is_silent();
        site.read("feeds/atom.xml").contains("/later/")
    };
    assert!(!shows_it("2026-11-22T11:59:59Z"));
    assert!(shows_it(NOW));
}

#[test]
fn a_change_shows_from_its_moment_on() {
    let site = site();
    site.write(
        "articles/en/news/bridge.md",
        BRIDGE.replace(
            "---\nIt",
            "updated: 2026-11-23T08:00:00Z\ncorrections: [{ date: 2026-11-24T08:00:00Z, text: It is red. }]\n---\nIt",
        ),
    );
    let shown = |as_of| {
        site.feedmill(&["build", "--as-of", as_of]).is_silent();
        let feed = site.read("feeds/en/news/atom.xml");
        let updated = feed.split("<updated>").last().unwrap().split('<').next().unwrap().to_owned();
        (updated, feed.contains("It is red."))
    };
    let seen = |updated: &str, corrected| (updated.to_owned(), corrected);
    assert_eq!(shown("2026-11-23T07:59:59Z"), seen("2026-11-20T08:00:00Z", false));
    assert_eq!(shown("2026-11-23T08:00:00Z"), seen("2026-11-23T08:00:00Z", false));
    assert_eq!(shown("2026-11-24T07:59:59Z"), seen("2026-11-23T08:00:00Z", false));
    assert_eq!(shown("2026-11-24T08:00:00Z"), seen("2026-11-24T08:00:00Z", true));
}

#[test]
fn a_feed_that_lost_its_section_is_empty_and_one_that_lost_its_row_is_told() {
    let site = site();
    site.write("articles/en/sport/regatta.md", "---\ndate: 2026-11-01\n---\nThe red boat won.\n");
    site.build(&[]).is_silent();
    site.write("feeds/en/sport/notes.txt", "somebody else's");
    fs::remove_file(site.path("articles/en/sport/regatta.md")).unwrap();
    site.build(&[]).is_silent();
    let feed = site.read("feeds/en/sport/atom.xml");
    assert!(!feed.contains("<entry>") && feed.contains("<at:deleted-entry "), "empty, and valid: {feed}");
    fs::remove_dir_all(site.path(".feedmill")).unwrap();
    site.build(&[]).is_silent();
    assert_eq!(site.read("feeds/en/sport/atom.xml"), feed);
    site.write("feedmill.toml", format!("{SETTINGS}by = [\"all\", \"edition\", \"edition+section\"]\n"));
    let run = site.build(&[]);
    assert_eq!(run.status, 0);
    let told: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(told.len(), 3, "{}", run.stderr);
    assert!(told[0].starts_with("feeds/news/atom.xml:1:1: warning[ended-feed]: "), "{}", told[0]);
    assert_eq!(told[2], "  also in feeds/reports/atom.xml:1:1, feeds/sport/atom.xml:1:1");
    assert!(site.path("feeds/en/sport/atom.xml").exists(), "nothing is deleted");
}

#[test]
fn the_output_does_not_hide_behind_a_directory_that_is_not_there() {
    for output in ["new/../articles", "new/../articles/feeds", "new/../."] {
        let site = site();
        let before = site.tree("");
        assert_eq!(site.build(&["--output", output]).status, 2, "{output}");
        assert_eq!(difference(&before, &site.tree("")), "", "{output}");
    }
}

#[test]
fn the_articles_are_not_served() {
    let site = site();
    fs::rename(site.path("articles"), site.path("moved")).unwrap();
    fs::create_dir(site.path("feeds")).unwrap();
    fs::rename(site.path("moved"), site.path("feeds/articles")).unwrap();
    assert_eq!(site.build(&["--articles", "feeds/articles"]).status, 2);
}

#[test]
fn one_feed_needs_no_names_in_its_path() {
    let site = site();
    let settings = "by = [\"all\"]\npath = \"{file}\"\n[editions.en]\n[editions.ru]\n[sections.news]\n";
    site.write("feedmill.toml", format!("{SETTINGS}{settings}"));
    site.build(&[]).is_silent();
}
