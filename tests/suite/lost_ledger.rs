//! Losing `.feedmill` announces nothing: the feeds themselves tell what was promised.

use super::support::{Site, difference, repository};
use std::fs;

const SETTINGS: &str = "[site]\nurl = \"https://post.example/\"\npermalink = \"/{edition}/{section}/{year}/{slug}/\"\n\
    [editions.en]\n[editions.ru]\n[sections.news]\n";

fn article(date: &str, title: &str, more: &str) -> String {
    format!(
        "---\ndate: {date}\ntitle: {title}\n{more}---\n{title}, as the harbour office says, and says again.\n"
    )
}

/// A newsroom with a few articles, built once.
fn newsroom(settings: &str) -> Site {
    let site = Site::of(&[("feedmill.toml", &format!("{SETTINGS}{settings}"))]);
    for (path, date, title, more) in [
        ("en/news/ferry.md", "2026-11-01T08:00:00Z", "The ferry is late", ""),
        ("en/news/bridge.md", "2026-11-02T08:00:00Z", "The bridge & the <fog>", "tags: [Sea Ice]\n"),
        ("ru/news/parom.md", "2026-11-03T08:00:00Z", "Паром опаздывает", ""),
        ("en/reports/tides.md", "2026-11-04", "Tides", "updated: 2026-11-05\n"),
        ("en/news/crane.md", "2026-11-06", "The crane sings", "id: 17\n"),
    ] {
        site.write(&format!("articles/{path}"), article(date, title, more));
    }
    at(&site, "2026-11-10T00:00:00Z");
    site
}

fn at(site: &Site, time: &str) {
    let run = site.feedmill(&["build", "--as-of", time]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

fn rename(site: &Site, from: &str, to: &str) {
    let to = site.path(&format!("articles/{to}"));
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(site.path(&format!("articles/{from}")), to).unwrap();
}

/// Runs once more, loses all that feedmill keeps for itself, and runs again: no byte changes, and later neither.
#[track_caller]
fn loses_nothing(site: &Site) {
    at(site, "2026-11-20T00:00:00Z");
    let before = site.tree("feeds");
    fs::remove_dir_all(site.path(".feedmill")).unwrap();
    let dry = site.feedmill(&["build", "--dry-run", "--json", "--as-of", "2026-11-20T01:00:00Z"]);
    let summary = dry.events().pop().unwrap();
    let entries = serde_json::json!({ "new": 0, "updated": 0, "withdrawn": 0, "ids_changed": 0 });
    assert_eq!(summary["entries"], entries, "{}", dry.stdout);
    site.feedmill(&["build", "--as-of", "2026-11-20T01:00:00Z"]).is_silent();
    assert_eq!(difference(&before, &site.tree("feeds")), "");
    at(site, "2026-11-20T02:00:00Z");
    assert_eq!(difference(&before, &site.tree("feeds")), "");
}

#[test]
fn nothing_happened_before() {
    loses_nothing(&newsroom(""));
}

#[test]
fn each_format_alone_tells_enough() {
    for format in ["rss", "atom", "json"] {
        let site = newsroom(&format!("[feeds]\nformats = [\"{format}\"]\n"));
        rename(&site, "en/news/ferry.md", "en/news/ferry-again.md");
        loses_nothing(&site);
    }
}

#[test]
fn renamed_moved_and_given_other_slugs() {
    let site = newsroom("");
    rename(&site, "en/news/ferry.md", "en/news/ferry-again.md");
    at(&site, "2026-11-11T00:00:00Z");
    rename(&site, "en/news/crane.md", "en/reports/crane.md");
    site.write(
        "articles/ru/news/parom.md",
        article("2026-11-03T08:00:00Z", "Паром опаздывает", "slug: parohod\n"),
    );
    at(&site, "2026-11-12T00:00:00Z");
    loses_nothing(&site);
}

#[test]
fn an_article_with_the_former_slug_of_another() {
    let site = newsroom("");
    site.write(
        "articles/en/news/ferry.md",
        article("2026-11-01T08:00:00Z", "The ferry is late", "slug: boat\n"),
    );
    at(&site, "2026-11-11T00:00:00Z");
    site.write(
        "articles/en/news/other.md",
        article("2026-11-01T09:00:00Z", "Another ferry", "slug: ferry\n"),
    );
    at(&site, "2026-11-12T00:00:00Z");
    loses_nothing(&site);
    let feed = site.read("feeds/en/news/feed.json");
    let id_of = |page: &str| {
        let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
        let mut items = feed["items"].as_array().unwrap().iter();
        items.find(|item| item["url"].as_str().unwrap().ends_with(page)).unwrap()["id"].clone()
    };
    assert_eq!(id_of("/boat/"), "tag:post.example,2026-11-01:en/ferry");
    assert_eq!(id_of("/ferry/"), "tag:post.example,2026-11-01:en/ferry#2");
}

#[test]
fn other_dates_stay_what_they_were() {
    let site = newsroom("");
    for (path, date, title) in [
        ("en/news/ferry.md", "2026-10-01T08:00:00Z", "The ferry is late"),
        ("ru/news/parom.md", "2027-11-03T08:00:00Z", "Паром опаздывает"),
    ] {
        site.write(&format!("articles/{path}"), article(date, title, ""));
    }
    at(&site, "2026-11-11T00:00:00Z");
    at(&site, "2026-11-20T00:00:00Z");
    loses_nothing(&site);
}

#[test]
fn changes_that_were_detected() {
    let site = newsroom("[feeds]\nupdates = \"detected\"\n");
    site.write("articles/en/news/ferry.md", article("2026-11-01T08:00:00Z", "The ferry is very late", ""));
    at(&site, "2026-11-11T00:00:00Z");
    loses_nothing(&site);
}

#[test]
fn withdrawals_and_what_came_back() {
    let site = newsroom("");
    site.write(
        "articles/en/news/bridge.md",
        article("2026-11-02T08:00:00Z", "The bridge & the <fog>", "withdrawn: true\n"),
    );
    fs::remove_file(site.path("articles/en/news/ferry.md")).unwrap();
    at(&site, "2026-11-11T00:00:00Z");
    site.write("articles/en/news/ferry.md", article("2026-11-01T08:00:00Z", "The ferry is late", ""));
    at(&site, "2026-11-12T00:00:00Z");
    loses_nothing(&site);
    // Back after the loss: with its id and its date, and later than its tombstone.
    site.write("articles/en/news/bridge.md", article("2026-11-02T08:00:00Z", "The bridge & the <fog>", ""));
    at(&site, "2026-11-21T00:00:00Z");
    let feed = site.read("feeds/en/news/atom.xml");
    assert!(!feed.contains("deleted-entry"), "{feed}");
    let entry = "<id>tag:post.example,2026-11-02:en/bridge</id>\n    <updated>2026-11-21T00:00:00Z</updated>";
    assert!(feed.contains(entry), "{feed}");
    assert!(feed.contains("<published>2026-11-02T08:00:00Z</published>"), "{feed}");
}

#[test]
fn feeds_that_moved_or_have_no_articles_any_more() {
    let site = newsroom("[feeds]\nby = [\"all\", \"edition+section\", \"tag\"]\n");
    fs::create_dir_all(site.path("articles/en/news")).unwrap();
    rename(&site, "en/reports/tides.md", "en/news/tides.md");
    site.write("articles/en/news/bridge.md", article("2026-11-02T08:00:00Z", "The bridge & the <fog>", ""));
    at(&site, "2026-11-11T00:00:00Z");
    let settings = site.read("feedmill.toml") + "path = \"{section}/{edition}/{author}/{tag}/{file}\"\n";
    site.write("feedmill.toml", settings);
    at(&site, "2026-11-12T00:00:00Z");
    assert!(site.path("feeds/reports/en/atom.xml").exists());
    loses_nothing(&site);
}

#[test]
fn a_podcast_that_moved() {
    let site = newsroom("[sections.news.podcast]\n[feeds]\n");
    let guid = |site: &Site, path: &str| {
        let feed = site.read(path);
        feed.split("<podcast:guid>").nth(1).unwrap().split('<').next().unwrap().to_owned()
    };
    let before = guid(&site, "feeds/en/news/rss.xml");
    site.write("feedmill.toml", site.read("feedmill.toml") + "path = \"{section}/{edition}/{file}\"\n");
    at(&site, "2026-11-12T00:00:00Z");
    assert_eq!(guid(&site, "feeds/news/en/rss.xml"), before);
    fs::remove_dir_all(site.path(".feedmill")).unwrap();
    at(&site, "2026-11-13T00:00:00Z");
    assert_eq!(guid(&site, "feeds/news/en/rss.xml"), before);
}

#[test]
fn a_site_that_moved() {
    let site = newsroom("");
    let settings = site.read("feedmill.toml").replace("post.example", "harbour.example");
    site.write("feedmill.toml", settings);
    loses_nothing(&site);
    assert!(site.read("feeds/atom.xml").contains("<id>https://post.example/feeds/atom.xml</id>"));
}

#[test]
fn the_domain_and_the_ledger_at_once() {
    let site = newsroom("");
    fs::remove_dir_all(site.path(".feedmill")).unwrap();
    site.write("feedmill.toml", site.read("feedmill.toml").replace("post.example", "harbour.example"));
    at(&site, "2026-11-12T00:00:00Z");
    let feed = site.read("feeds/atom.xml");
    assert_eq!(feed.matches("<id>tag:post.example").count(), 4, "{feed}");
    assert_eq!(feed.matches("<entry").count(), 5, "{feed}");
}

#[test]
fn what_newer_ones_pushed_out_is_known_from_the_past() {
    let site = newsroom("[feeds]\nlimit = 3\n");
    site.write(
        "articles/en/news/ferry.md",
        article("2026-11-01T08:00:00Z", "The ferry is late", "slug: boat\n"),
    );
    for (name, day) in [("one", 11), ("two", 12), ("three", 13)] {
        let date = format!("2026-11-{day}T00:00:00Z");
        site.write(&format!("articles/en/news/{name}.md"), article(&date, name, ""));
        at(&site, &date);
    }
    loses_nothing(&site);
}

#[test]
fn articles_that_cannot_be_read_are_not_withdrawn() {
    let site = newsroom("");
    at(&site, "2026-11-11T00:00:00Z");
    let whole = site.read("articles/en/news/ferry.md");
    let before = site.tree("feeds");
    fs::remove_dir_all(site.path(".feedmill")).unwrap();
    site.write("articles/en/news/ferry.md", "---\ndate: 2026-11-\n---\n");
    site.feedmill(&["build", "--as-of", "2026-11-12T00:00:00Z"]).fails_with(1);
    assert!(!site.read("feeds/atom.xml").contains("deleted-entry"));
    site.write("articles/en/news/ferry.md", whole);
    at(&site, "2026-11-13T00:00:00Z");
    assert_eq!(difference(&before, &site.tree("feeds")), "");
}

#[test]
fn another_programs_feeds_promise_nothing() {
    let site = newsroom("");
    fs::remove_dir_all(site.path(".feedmill")).unwrap();
    for path in site.tree("feeds").into_keys().filter(|path| path.ends_with(".xml")) {
        let path = format!("feeds/{path}");
        site.write(&path, site.read(&path).replace("<generator>feedmill<", "<generator>another<"));
    }
    fs::remove_file(site.path("articles/en/news/ferry.md")).unwrap();
    at(&site, "2026-11-11T00:00:00Z");
    assert!(!site.read("feeds/atom.xml").contains("deleted-entry"));
}

#[test]
fn a_fresh_clone_of_the_sample() {
    let site = Site::copy_of(&repository(""), &["articles", "feeds", "static", "feedmill.toml"]);
    let before = site.tree("feeds");
    let seen = site.feedmill(&["build", "--dry-run", "--as-of", "2026-11-22T12:00:00Z"]);
    assert!(
        seen.stdout.contains("subscribers would see 0 new, 0 updated, 0 withdrawn, 0 ids changed"),
        "{}",
        seen.stdout
    );
    site.feedmill(&["build", "--as-of", "2026-11-22T12:00:00Z"]);
    assert_eq!(difference(&before, &site.tree("feeds")), "");
}
