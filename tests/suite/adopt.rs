//! Ids of old feeds are taken over, and stay, in every feed and format.

use crate::readers::read;
use crate::support::{Run, Site};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::Stdio;

const SETTINGS: &str = "[site]\nurl = \"https://post.example/\"\ntimezone = \"Europe/Riga\"\npermalink = \"/{year}/{month}/{day}/{slug}/\"\n[feeds]\nby = [\"all\", \"section\"]\n";
const LEDGER: &str = ".feedmill/ledger.jsonl";

/// The harbour's paper: four articles, the last without a title in its front matter.
fn site() -> Site {
    Site::of(&[
        ("feedmill.toml", SETTINGS),
        (
            "articles/news/2020-03-10-ferry.md",
            "---\ntitle: The ferry is “late”\ndate: 2020-03-10 08:00\n---\nBy an hour.\n",
        ),
        (
            "articles/news/2020-03-11-bridge.md",
            "---\ntitle: The bridge is open\ndate: 2020-03-11 09:00\n---\nFor boats.\n",
        ),
        (
            "articles/reports/2020-03-12-seal.md",
            "---\ntitle: A seal on pontoon C\ndate: 2020-03-12 07:00\n---\nAsleep.\n",
        ),
        ("articles/reports/2020-03-13-tide.md", "# High tide & low spirits\n\nThe cellar is wet.\n"),
    ])
}

/// As a blog with numbered posts has it: ids that are no addresses of pages, an old domain, a counting service.
const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
<channel><title>The Harbour Post</title><link>http://www.post.example</link>
<item><title>The ferry is &quot;late&quot;</title><link>http://www.post.example/2020/03/10/ferry/?utm_source=rss</link>
  <guid isPermaLink="false">http://www.post.example/?p=17</guid><pubDate>Tue, 10 Mar 2020 06:00:00 +0000</pubDate></item>
<item><title>The bridge is open</title><link>https://counting.example/~r/post/2</link>
  <feedburner:origLink>https://post.example/2020/03/11/bridge.html</feedburner:origLink>
  <guid isPermaLink="false"> 18 &amp; more </guid><pubDate>Wed, 11 Mar 2020 07:00:00 +0000</pubDate></item>
<item><title>A seal on pontoon C</title><link>https://harbour.example/2020/03/12/seal/#more</link>
  <pubDate>Thu, 12 Mar 2020 05:00:00 +0000</pubDate></item>
<item><title>High tide &amp;amp; low spirits</title><link>https://post.example/?p=20</link>
  <guid isPermaLink="false">мост-20</guid><pubDate>Thu, 12 Mar 2020 23:30:00 +0000</pubDate></item>
</channel></rss>
"#;

const RSS_IDS: [(&str, &str); 4] = [
    ("The ferry is “late”", "http://www.post.example/?p=17"),
    ("The bridge is open", " 18 & more "),
    ("A seal on pontoon C", "https://harbour.example/2020/03/12/seal/#more"),
    ("High tide & low spirits", "мост-20"),
];

/// The ids that a feed has, byte for byte: readers trim them.
fn ids(site: &Site, path: &str) -> BTreeMap<String, String> {
    let feed: Value = serde_json::from_str(&site.read(path)).unwrap();
    let text = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
    feed["items"].as_array().unwrap().iter().map(|item| (text(item, "title"), text(item, "id"))).collect()
}

fn expected(ids: &[(&str, &str)]) -> BTreeMap<String, String> {
    ids.iter().map(|(title, id)| ((*title).to_owned(), (*id).to_owned())).collect()
}

fn built(site: &Site) -> BTreeMap<String, String> {
    site.build(&[]).is_silent();
    ids(site, "feeds/feed.json")
}

fn adopted(site: &Site) -> usize {
    site.read(LEDGER).lines().filter(|line| line.starts_with(r#"{"type":"adopted""#)).count()
}

fn adopt(site: &Site, args: &[&str]) -> Run {
    site.feedmill(&[&["adopt"], args].concat())
}

#[test]
fn the_ids_of_an_old_feed_are_in_every_feed_and_format_and_nothing_else_changes() {
    let site = site();
    let minted = built(&site);
    let before = site.tree("feeds");
    site.write("old/rss.xml", RSS);
    adopt(&site, &["old/rss.xml"]).is_silent();
    assert_eq!(built(&site), expected(&RSS_IDS));
    assert_eq!(ids(&site, "feeds/news/feed.json"), expected(&RSS_IDS[..2]));
    for name in ["rss.xml", "atom.xml"] {
        let read_back = read(site.read(&format!("feeds/{name}")).as_bytes());
        let ids: BTreeMap<_, _> =
            read_back.into_iter().map(|entry| (entry.title, entry.id.trim().to_owned())).collect();
        let trimmed: Vec<(&str, &str)> = RSS_IDS.iter().map(|(title, id)| (*title, id.trim())).collect();
        assert_eq!(ids, expected(&trimmed), "{name}");
    }
    assert!(site.read("feeds/rss.xml").contains("> 18 &#x26; more </guid>"), "byte for byte");
    for (path, bytes) in before {
        let (mut old, new) = (String::from_utf8(bytes).unwrap(), site.read(&format!("feeds/{path}")));
        for (title, id) in RSS_IDS {
            let written = if path.ends_with("json") { id.to_owned() } else { id.replace('&', "&#x26;") };
            old = old.replace(&minted[title], &written);
        }
        assert_eq!(new, old, "{path}: only ids change");
    }
}

#[test]
fn the_ledger_is_plain_and_the_same_feeds_again_change_nothing() {
    let site = site();
    site.write("old/rss.xml", RSS);
    adopt(&site, &["old/rss.xml"]).is_silent();
    let ledger = site.read(LEDGER);
    let lines: Vec<&str> = ledger.lines().collect();
    assert_eq!(lines[0], r#"{"feedmill":"ledger","version":2}"#);
    assert_eq!(
        lines[1],
        r#"{"type":"adopted","path":"news/2020-03-10-ferry.md","id":"http://www.post.example/?p=17","permalink":"https://post.example/2020/03/10/ferry/","published":"2020-03-10T06:00:00Z","feed":"old/rss.xml"}"#
    );
    assert_eq!(lines.len(), 5);
    adopt(&site, &["old/rss.xml"]).is_silent();
    assert_eq!(site.read(LEDGER), ledger);
    let run = adopt(&site, &["old/rss.xml", "-v"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, "4 of 4 entries of `old/rss.xml` matched: 3 by link, 1 by id\n0 ids adopted\n");
}

#[test]
fn atom_and_json_feeds_give_their_ids_too() {
    let site = site();
    site.write("atom.xml", ATOM);
    adopt(&site, &["atom.xml"]).is_silent();
    let json = r#"{"version": "https://jsonfeed.org/version/1", "title": "T", "items": [
        {"id": 4611686018427387905, "url": "https://post.example/2020/03/12/seal", "title": "Another title"}]}"#;
    let mut child = site.command(&["adopt", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(json.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    let found = built(&site);
    assert_eq!(found["The ferry is “late”"], "tag:post.example,2020:/2020/03/10/ferry");
    assert_eq!(found["A seal on pontoon C"], "4611686018427387905");
    assert_eq!(found["The bridge is open"], "tag:post.example,2020-03-11:bridge", "minted, as before");
    assert!(site.read(LEDGER).contains(r#""feed":"standard input""#));
}

const ATOM: &str = r#"<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/"><id>urn:x:feed</id>
<entry><id>tag:post.example,2020:/2020/03/10/ferry</id><link rel="alternate" href="2020/03/10/ferry"/>
  <title type="html">The ferry is late</title><updated>2020-03-10T06:00:00Z</updated></entry>
</feed>
"#;

#[test]
fn the_first_of_two_feeds_wins() {
    let site = site();
    site.write("rss.xml", RSS);
    site.write("atom.xml", ATOM);
    let run = adopt(&site, &["atom.xml", "rss.xml"]);
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (
            0,
            "rss.xml:4:1: warning[second-id]: `news/2020-03-10-ferry.md` has the id `tag:post.example,2020:/2020/03/10/ferry`, from `atom.xml`; to readers of `rss.xml` it will be new, where it had `http://www.post.example/?p=17`\n  help: name the feed first that has the most subscribers\n"
        )
    );
    assert_eq!(built(&site)["The ferry is “late”"], "tag:post.example,2020:/2020/03/10/ferry");
    let ledger = site.read(LEDGER);
    adopt(&site, &["atom.xml", "rss.xml"]);
    assert_eq!(site.read(LEDGER), ledger);

    let run = adopt(&site, &["rss.xml"]);
    assert!(run.fails_with(1).contains("error[kept-id]: `news/2020-03-10-ferry.md` keeps the id `tag:post.example,2020:/2020/03/10/ferry`, adopted earlier from `atom.xml`"), "{}", run.stderr);
    assert_eq!(site.read(LEDGER), ledger);
    adopt(&site, &["rss.xml", "--replace"]).is_silent();
    assert_eq!(built(&site), expected(&RSS_IDS));
}

#[test]
fn a_renamed_file_keeps_its_id_through_its_page() {
    let site = site();
    site.write("old.xml", RSS);
    adopt(&site, &["old.xml"]).is_silent();
    fs::create_dir(site.path("articles/moved")).unwrap();
    fs::rename(
        site.path("articles/news/2020-03-10-ferry.md"),
        site.path("articles/moved/2020-03-10-ferry.md"),
    )
    .unwrap();
    assert_eq!(built(&site), expected(&RSS_IDS));
    assert!(site.read(LEDGER).contains(r#""path":"moved/2020-03-10-ferry.md""#), "{}", site.read(LEDGER));
    assert_eq!(adopted(&site), 4);
    // Its old name may go to another article, and its page may change: it is still the same file.
    let another = "---\ntitle: Another ferry\ndate: 2020-03-10\nslug: another\n---\nIt is on time.\n";
    site.write("articles/news/2020-03-10-ferry.md", another);
    site.write("feedmill.toml", SETTINGS.replace("/{year}/{month}/{day}/{slug}/", "/{slug}.html"));
    let mut after = built(&site);
    assert_eq!(after.remove("Another ferry").as_deref(), Some("tag:post.example,2020-03-10:another"));
    assert_eq!(after, expected(&RSS_IDS));
    assert!(site.read(LEDGER).contains(r#""permalink":"https://post.example/bridge.html""#));
    site.write("feedmill.toml", SETTINGS);
    adopt(&site, &["old.xml"]).is_silent();
    assert_eq!(built(&site)["The ferry is “late”"], RSS_IDS[0].1);
}

#[test]
fn an_id_of_the_front_matter_stays_and_is_told() {
    let site = site();
    site.write("articles/news/2020-03-10-ferry.md", "---\ntitle: Late\nid: urn:x:own\n---\nBy an hour.\n");
    site.write("old.xml", RSS);
    let run = adopt(&site, &["old.xml"]);
    assert_eq!(
        run.fails_with(1),
        "old.xml:4:1: error[kept-id]: `news/2020-03-10-ferry.md` keeps the id of its front matter, `urn:x:own`, not that of `The ferry is \"late\"`, at `http://www.post.example/2020/03/10/ferry/?utm_source=rss`, with the id `http://www.post.example/?p=17`\n  help: delete the `id` from the front matter and run this again, if readers know only the old one\n4 of 4 entries of `old.xml` matched: 3 by link, 1 by title and date\n"
    );
    assert_eq!(built(&site)["Late"], "urn:x:own");
    assert_eq!(adopted(&site), 3, "the others are adopted");
}

/// A feed of these titles, links and guids, all of one day.
fn feed(items: &[(&str, &str, &str)]) -> String {
    let item = |(title, link, guid): &(&str, &str, &str)| {
        format!(
            "<item><title>{title}</title><link>{link}</link><guid>{guid}</guid><pubDate>Tue, 10 Mar 2020 08:00:00 +0200</pubDate></item>\n"
        )
    };
    format!("<rss version=\"2.0\"><channel>\n{}</channel></rss>", items.iter().map(item).collect::<String>())
}

#[test]
fn what_is_not_certain_is_reported_and_not_guessed() {
    let site = site();
    site.write(
        "articles/reports/again.md",
        "---\ntitle: The ferry is late\ndate: 2020-03-10\n---\nOnce more.\n",
    );
    site.write(
        "old.xml",
        feed(&[
            ("The ferry is late", "https://post.example/?p=1", "one"),
            ("Gone", "https://post.example/2020/03/11/brigde/", "urn:x:two"),
            ("Gone", "https://elsewhere.example/2020/03/12/seal/", "three"),
            ("High tide", "https://post.example/2020/03/13/tide/", "four"),
            ("High tide", "https://post.example/2020/03/13/tide.html", "five"),
        ]),
    );
    let run = adopt(&site, &["old.xml"]);
    let stderr = run.fails_with(1);
    let faults: Vec<&str> = stderr.lines().filter(|line| line.starts_with("old.xml:")).collect();
    assert_eq!(
        faults,
        [
            "old.xml:2:1: error[ambiguous-entry]: more than one article may be `The ferry is late`, at `https://post.example/?p=1`, with the id `one`: `news/2020-03-10-ferry.md`, `reports/again.md`",
            "old.xml:3:1: error[unmatched-entry]: no article is `Gone`, at `https://post.example/2020/03/11/brigde/`, with the id `urn:x:two`",
            "old.xml:4:1: error[unmatched-entry]: no article is `Gone`, at `https://elsewhere.example/2020/03/12/seal/`, with the id `three`",
            "old.xml:5:1: error[ambiguous-entry]: `reports/2020-03-13-tide.md` is more than one entry of the feed, one of them `High tide`, at `https://post.example/2020/03/13/tide/`, with the id `four`",
            "old.xml:6:1: error[ambiguous-entry]: `reports/2020-03-13-tide.md` is more than one entry of the feed, one of them `High tide`, at `https://post.example/2020/03/13/tide.html`, with the id `five`",
        ]
    );
    let hint = "  help: is it `news/2020-03-11-bridge.md`, at `https://post.example/2020/03/11/bridge/`? if so, add the old address to its `aliases`, and run this again";
    assert_eq!(stderr.lines().nth(3), Some(hint));
    assert!(!site.path(LEDGER).exists());
}

#[test]
fn an_alias_of_an_article_is_its_address_too() {
    let site = site();
    let old = "https://post.example/2020/03/10/ferry/";
    site.write(
        "articles/news/2020-03-11-bridge.md",
        "---\ntitle: The bridge is open\ndate: 2020-03-11 09:00\naliases: [/?p=2, /crossing.html]\n---\nFor boats.\n",
    );
    let items = [("Ferry", old, "1"), ("Bridge", "http://www.post.example/crossing", "2")];
    site.write("old.xml", feed(&items));
    adopt(&site, &["old.xml"]).is_silent();
    let found = built(&site);
    assert_eq!((found["The ferry is “late”"].as_str(), found["The bridge is open"].as_str()), ("1", "2"));
}

#[test]
fn no_two_articles_get_one_id() {
    let site = site();
    site.write(
        "same.xml",
        feed(&[
            ("A", "https://post.example/2020/03/10/ferry/", "same"),
            ("B", "https://post.example/2020/03/11/bridge/", " same "),
            ("C", "https://post.example/2020/03/12/seal/", "tag:post.example,2020-03-11:bridge"),
        ]),
    );
    let run = adopt(&site, &["same.xml"]);
    let stderr = run.fails_with(1);
    assert_eq!(stderr.matches("other entries have it too").count(), 2, "{stderr}");
    assert!(!site.path(LEDGER).exists());
}

#[test]
fn an_old_domain_is_the_site_where_titles_agree() {
    let site = site();
    let old = |path: &str| format!("http://old.example{path}");
    let items = |last_title: &'static str| {
        [
            ("The ferry is late", old("/2020/03/10/ferry.html"), "1"),
            ("The bridge is open", old("/2020/03/11/bridge.html"), "2"),
            ("A seal on pontoon C", old("/2020/03/12/seal.html"), "3"),
            (last_title, old("/2020/03/13/tide.html"), "4"),
        ]
    };
    let text = |items: &[(&'static str, String, &'static str)]| {
        feed(&items.iter().map(|(title, link, guid)| (*title, link.as_str(), *guid)).collect::<Vec<_>>())
    };
    // All paths are there and most titles are the same: the one with another title is meant too.
    site.write("old.xml", text(&items("A wet cellar")));
    adopt(&site, &["old.xml"]).is_silent();
    assert_eq!(built(&site)["High tide & low spirits"], "4");
    // One path that is not there, and each has to agree by its title.
    fs::remove_file(site.path(LEDGER)).unwrap();
    fs::remove_dir_all(site.path("feeds")).unwrap();
    let mut with_another = items("A wet cellar").to_vec();
    with_another.push(("Gone", old("/2020/03/14/gone.html"), "5"));
    site.write("old.xml", text(&with_another));
    let run = adopt(&site, &["old.xml"]);
    assert!(
        run.fails_with(1).contains("3 of 5 entries of `old.xml` matched: 3 by link; 2 were not"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_id_that_gave_way_to_an_adopted_one_goes_to_no_other_article() {
    let site = site();
    let before = built(&site)["The ferry is “late”"].clone();
    site.write("old.xml", RSS);
    adopt(&site, &["old.xml"]).is_silent();
    assert_eq!(built(&site), expected(&RSS_IDS));
    let other =
        "---\ntitle: Another ferry\ndate: 2020-03-10 08:00\nurl: /boats/ferry/\n---\nIt is on time.\n";
    site.write("articles/boats/2020-03-10-ferry.md", other);
    let after = built(&site);
    assert_eq!(after["The ferry is “late”"], RSS_IDS[0].1);
    assert_ne!(after["Another ferry"], before, "readers know this id");
}

#[test]
fn a_damaged_ledger_stops_every_run() {
    let site = site();
    site.write("old.xml", RSS);
    adopt(&site, &["old.xml"]).is_silent();
    site.build(&[]).is_silent();
    let before = site.tree("feeds");
    let ledger = site.read(LEDGER);
    site.write(LEDGER, &ledger[..ledger.len() - 20]);
    for args in [&["build"][..], &["check"], &["list"], &["adopt", "old.xml"]] {
        let run = site.feedmill(args);
        assert!(run.fails_with(2).starts_with(".feedmill/ledger.jsonl:12:"), "{}", run.stderr);
        assert!(run.stderr.contains("what `feedmill adopt` took over is adopted again with it"));
    }
    assert_eq!(site.tree("feeds"), before);
    fs::remove_file(site.path(LEDGER)).unwrap();
    adopt(&site, &["old.xml"]).is_silent();
    assert_eq!(adopted(&site), 4);
    assert_eq!(built(&site), expected(&RSS_IDS));
}

#[test]
fn what_is_no_feed_is_named_and_nothing_is_adopted() {
    let site = site();
    site.write("rss.xml", RSS);
    site.write("page.html", "<!DOCTYPE html>\n<html><body>404</body></html>");
    site.write("rss.xml.gz", [0x1f, 0x8b, 8, 0]);
    let run = adopt(&site, &["rss.xml", "page.html", "rss.xml.gz"]);
    assert_eq!(
        run.fails_with(2),
        "page.html:1:1: error[not-a-feed]: this is an HTML page, expected a feed\n  help: name a file in RSS, Atom or JSON Feed, as the other program wrote it\nrss.xml.gz:1:1: error[not-a-feed]: this is a gzip file, expected a feed\n  help: unpack it first: `gzip -dc FILE | feedmill adopt -`\n"
    );
    let run = adopt(&site, &["https://post.example/feed.xml"]);
    assert!(run.fails_with(2).contains("feedmill fetches nothing"), "{}", run.stderr);
    assert!(!site.path(LEDGER).exists());
}

#[test]
fn a_dry_run_says_what_it_would_do_and_does_nothing() {
    let site = site();
    site.write("atom.xml", ATOM);
    let before = site.tree("");
    let run = adopt(&site, &["atom.xml", "--dry-run"]);
    assert_eq!(
        run.stdout,
        "would adopt `tag:post.example,2020:/2020/03/10/ferry` for news/2020-03-10-ferry.md, from atom.xml\n"
    );
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(site.tree(""), before);
    let events = adopt(&site, &["atom.xml", "--dry-run", "--json"]).events();
    let types: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["adopted", "summary", "total"]);
    assert_eq!((&events[1]["by_link"], &events[2]["adopted"]), (&Value::from(1), &Value::from(1)));
}

#[test]
fn ids_that_readers_know_already() {
    let site = site();
    built(&site);
    // The article was withdrawn, and readers know it by its id for ever.
    site.write("old.xml", feed(&[("The ferry is late", "https://post.example/2020/03/10/ferry/", "17")]));
    let run = site.feedmill(&["adopt", "--dry-run", "old.xml"]);
    let told: Vec<&str> = run.stdout.lines().collect();
    assert_eq!((run.status, told.len()), (0, 2), "{}", run.stdout);
    assert!(
        told[0].starts_with("would adopt `17` for ")
            && told[0].contains(", in the place of `tag:post.example,"),
        "{}",
        told[0]
    );
    assert_eq!(
        told[1],
        "1 id would be adopted; 1 of these will be new to readers of the feeds that there are"
    );
    let known = site.read(LEDGER).lines().find_map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_bridge = record["type"] == "entry" && record["title"] == "The bridge is open";
        is_bridge
            .then(|| (record["id"].as_str().unwrap().to_owned(), record["path"].as_str().unwrap().to_owned()))
    });
    let (id, path) = known.unwrap();
    let text = site.read(&format!("articles/{path}")).replacen("---\n", "---\nwithdrawn: true\n", 1);
    site.write(&format!("articles/{path}"), text);
    assert_eq!(site.feedmill(&["build"]).status, 0);
    site.write("old.xml", feed(&[("The ferry is late", "https://post.example/2020/03/10/ferry/", &id)]));
    let run = site.feedmill(&["adopt", "--replace", "old.xml"]);
    assert!(run.fails_with(1).contains("readers know `The bridge is open` by it"), "{}", run.stderr);
}
