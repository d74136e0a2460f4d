//! Archived feeds: a reader that follows the links sees every article, and what stands in a document stays in it.

use crate::support::{Run, Site, difference};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const SITE: &str = "[pages]\npublish = false\n[site]\nurl = \"https://post.example/\"\n";
const FORMATS: [&str; 3] = ["rss.xml", "atom.xml", "feed.json"];

/// A newsroom, and what its subscribers remember of the documents.
struct Harbour {
    site: Site,
    /// What a document held when it was first seen, by its path.
    closed: BTreeMap<String, BTreeSet<String>>,
    day: u32,
}

/// What a reader finds that follows the links from the feed itself: slugs, the feed first, then the newest document.
type Walk = Vec<(String, Vec<String>)>;

impl Harbour {
    /// Seven pieces of news and three reports, one a day from the first of January on.
    fn of(settings: &str) -> Harbour {
        let site = Site::of(&[("feedmill.toml", &format!("{SITE}{settings}"))]);
        let harbour = Harbour { site, closed: BTreeMap::new(), day: 1 };
        for day in 1..=10 {
            let section = if day % 3 == 0 { "reports" } else { "news" };
            harbour.write(&format!("en/{section}/p{day:02}.md"), &format!("date: 2026-01-{day:02}"));
        }
        harbour
    }

    fn write(&self, path: &str, fields: &str) {
        let name = path.rsplit('/').next().unwrap();
        self.site.write(
            &format!("articles/{path}"),
            format!(
                "---\ntitle: Piece {name}\n{fields}\n---\nWhat the harbour office says in {name} is long enough to be known again by its words alone.\n"
            ),
        );
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.site.path(&format!("articles/{path}"))).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        let [from, to] = [from, to].map(|path| self.site.path(&format!("articles/{path}")));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(from, to).unwrap();
    }

    fn run(&mut self, args: &[&str]) -> Run {
        self.day += 1;
        let now = format!("2026-02-{:02}T12:00:00Z", self.day);
        self.site.feedmill(&[&["build", "--as-of", &now], args].concat())
    }

    /// Publishes, and expects a reader to find exactly these articles in the feed of that directory.
    #[track_caller]
    fn publishes(&mut self, feed: &str, slugs: &[&str]) {
        let run = self.run(&[]);
        assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        self.shows(feed, slugs);
        // Nothing moves in a run before which nothing changed, nor in one that remembers no file.
        let before = self.files();
        self.run(&[]);
        assert_eq!(changed(&before, &self.files()), [""; 0]);
        fs::remove_file(self.site.path(".feedmill/index")).unwrap();
        self.run(&[]);
        assert_eq!(changed(&before, &self.files()), [""; 0]);
    }

    #[track_caller]
    fn shows(&mut self, feed: &str, slugs: &[&str]) {
        let expected: BTreeSet<String> = slugs.iter().map(|slug| (*slug).to_owned()).collect();
        let walks = FORMATS.map(|format| self.walk(feed, format));
        assert_eq!(walks[0], walks[1]);
        assert_eq!(walks[1], walks[2]);
        let [walk, ..] = walks;
        let seen: BTreeSet<String> = walk.iter().flat_map(|(_, slugs)| slugs).cloned().collect();
        assert_eq!(seen, expected, "{walk:#?}");
        let archived: Vec<&String> = walk[1..].iter().flat_map(|(_, slugs)| slugs).collect();
        let once: BTreeSet<&String> = archived.iter().copied().collect();
        assert_eq!(once.len(), archived.len(), "in one document only: {walk:#?}");
        for (path, slugs) in &walk[1..] {
            let slugs: BTreeSet<String> = slugs.iter().cloned().collect();
            let closed = self.closed.entry(format!("{feed}{path}")).or_insert_with(|| slugs.clone());
            assert!(slugs.is_subset(closed), "{path} held {closed:?}, and now {slugs:?}");
            let missing: Vec<&String> =
                closed.difference(&slugs).filter(|slug| seen.contains(*slug)).collect();
            assert!(missing.is_empty(), "{path} has lost {missing:?}");
        }
        let numbers = self.closed.keys().filter(|path| path.starts_with(&format!("{feed}archive/"))).count();
        assert_eq!(walk.len() - 1, numbers, "every document is still there: {walk:#?}");
    }

    fn walk(&self, feed: &str, format: &str) -> Walk {
        let mut walk: Walk = Vec::new();
        let mut path = format!("{feed}{format}");
        let mut before = None;
        loop {
            let text = self.site.read(&format!("feeds/{path}"));
            let told = Told::of(&text, format);
            assert_eq!(local(&told.own), path);
            if let Some(newer) = before {
                assert!(format == "feed.json" || told.is_document, "{path}");
                assert!(
                    format == "feed.json"
                        || told.current.as_deref().map(local) == Some(format!("{feed}{format}"))
                );
                let next = told.next.as_deref().map(local);
                let newer: &String = &newer;
                assert!(
                    format == "feed.json" || walk.len() == 1 || next.as_ref() == Some(newer),
                    "{path}: {next:?}"
                );
            } else {
                assert!(!told.is_document && told.current.is_none() && told.next.is_none());
            }
            walk.push((path.strip_prefix(feed).unwrap().replace(&format!("/{format}"), ""), told.slugs));
            before = Some(path);
            match told.previous {
                Some(address) => path = local(&address),
                None => break,
            }
        }
        walk[0].0.clear();
        walk
    }

    /// Every file of the output directory, with its time.
    fn files(&self) -> BTreeMap<String, (std::time::SystemTime, Vec<u8>)> {
        let tree = self.site.tree("feeds").into_iter();
        tree.map(|(path, bytes)| {
            let time = fs::metadata(self.site.path(&format!("feeds/{path}"))).unwrap().modified().unwrap();
            (path, (time, bytes))
        })
        .collect()
    }
}

fn changed<T: PartialEq>(before: &BTreeMap<String, T>, after: &BTreeMap<String, T>) -> Vec<String> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let moved = after.iter().filter(|(path, file)| before.get(*path) != Some(file)).map(|(path, _)| path);
    gone.chain(moved).cloned().collect()
}

fn local(address: &str) -> String {
    address.strip_prefix("https://post.example/feeds/").unwrap().to_owned()
}

/// What a file says.
struct Told {
    own: String,
    previous: Option<String>,
    next: Option<String>,
    current: Option<String>,
    is_document: bool,
    slugs: Vec<String>,
}

impl Told {
    fn of(text: &str, format: &str) -> Told {
        if format == "feed.json" {
            let feed: Value = serde_json::from_str(text).unwrap();
            let items = feed["items"].as_array().unwrap().iter();
            return Told {
                own: feed["feed_url"].as_str().unwrap().to_owned(),
                previous: feed["next_url"].as_str().map(str::to_owned),
                next: None,
                current: None,
                is_document: false,
                slugs: items.map(|item| slug(item["id"].as_str().unwrap())).collect(),
            };
        }
        let link = |rel: &str| {
            let mut tags = text.split("<link href=\"").chain(text.split("<atom:link href=\"")).skip(1);
            let tag = tags.find(|tag| tag.split('>').next().unwrap().contains(&format!("rel=\"{rel}\"")))?;
            Some(tag.split('"').next().unwrap().to_owned())
        };
        let (start, end) = match format {
            "atom.xml" => ("    <id>", "</id>"),
            _ => ("<guid isPermaLink=\"false\">", "</guid>"),
        };
        Told {
            own: link("self").unwrap(),
            previous: link("prev-archive"),
            next: link("next-archive"),
            current: link("current"),
            is_document: text.contains("<fh:archive>"),
            slugs: text.split(start).skip(1).map(|rest| slug(rest.split(end).next().unwrap())).collect(),
        }
    }
}

fn slug(id: &str) -> String {
    id.rsplit('/').next().unwrap().to_owned()
}

const ALL: [&str; 10] = ["p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10"];

fn without<'s>(slugs: &[&'s str], gone: &[&str]) -> Vec<&'s str> {
    slugs.iter().copied().filter(|slug| !gone.contains(slug)).collect()
}

const SMALL: &str =
    "[feeds]\nlimit = 3\narchive = true\narchive_entries = 3\nby = [\"all\", \"edition+section\"]\n";

#[test]
fn a_walk_sees_every_article_whatever_the_sizes() {
    for (limit, entries) in [(1, 1), (3, 3), (2, 4), (4, 2), (50, 3), (3, 50), (10, 10), (1, 10)] {
        let settings = format!("[feeds]\nlimit = {limit}\narchive = true\narchive_entries = {entries}\n");
        let mut harbour = Harbour::of(&settings);
        harbour.publishes("", &ALL);
        assert_eq!(harbour.walk("", "rss.xml").len(), 1 + 10 / entries);
        harbour.shows("en/reports/", &["p03", "p06", "p09"]);
    }
}

#[test]
fn new_articles_fill_new_documents_and_back_dated_ones_too() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    let mut slugs = ALL.to_vec();
    for (slug, date) in [
        ("q1", "2026-01-11"),
        ("q2", "2025-06-01"),
        ("q3", "2026-01-12"),
        ("q4", "2024-01-01"),
        ("q5", "2026-01-13"),
    ] {
        harbour.write(&format!("en/news/{slug}.md"), &format!("date: {date}"));
        slugs.push(slug);
        harbour.publishes("", &slugs);
    }
    let walk = harbour.walk("", "atom.xml");
    assert_eq!(walk[1].1, ["q5", "q3", "q4"]);
    assert_eq!(walk[2].1, ["q1", "p10", "q2"]);
}

#[test]
fn what_is_taken_back_leaves_its_document_and_may_come_back() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    harbour.remove("en/news/p02.md");
    harbour.write("en/news/p05.md", "date: 2026-01-05\nwithdrawn: true");
    harbour.publishes("", &without(&ALL, &["p02", "p05"]));
    let document = harbour.site.read("feeds/archive/1/atom.xml");
    assert!(document.contains("<at:deleted-entry ref=\"tag:post.example,2026-01-02:en/p02\""), "{document}");
    assert!(!document.contains("2026-01-05:en/p05"), "{document}");
    harbour.write("en/news/p02.md", "date: 2026-01-02");
    harbour.write("en/news/p05.md", "date: 2026-01-05");
    harbour.publishes("", &ALL);
    let walk = harbour.walk("", "rss.xml");
    assert_eq!(walk[3].1, ["p03", "p02", "p01"]);
    // Readers are told, for they have dropped them.
    assert_eq!(walk[0].1, ["p10", "p09", "p08", "p05"]);
}

#[test]
fn a_correction_is_shown_in_the_feed_and_changes_one_document() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    let before = harbour.files();
    harbour.write("en/news/p02.md", "date: 2026-01-02\nupdated: 2026-01-20");
    harbour.publishes("", &ALL);
    let changed = changed(&before, &harbour.files());
    let documents: Vec<&String> = changed.iter().filter(|path| path.contains("archive/")).collect();
    let of = |feed: &str| FORMATS.map(|format| format!("{feed}archive/1/{format}"));
    let expected: BTreeSet<String> = of("").into_iter().chain(of("en/news/")).collect();
    assert_eq!(documents.into_iter().cloned().collect::<BTreeSet<_>>(), expected);
    assert_eq!(harbour.walk("", "feed.json")[0].1, ["p10", "p09", "p08", "p02"]);
    // An old correction gives way like an old article.
    for day in 21..24 {
        harbour.write(&format!("en/news/n{day}.md"), &format!("date: 2026-01-{day}"));
    }
    harbour.run(&[]);
    assert!(!harbour.walk("", "feed.json")[0].1.contains(&"p02".to_owned()));
}

#[test]
fn a_change_rewrites_at_most_two_documents_of_a_feed() {
    let mut harbour = Harbour::of(SMALL);
    harbour.run(&[]);
    let changes: [(&str, &str); 6] = [
        ("en/news/q1.md", "date: 2026-01-11"),
        ("en/news/q2.md", "date: 2026-01-12"),
        ("en/news/q3.md", "date: 2026-01-13\ntags: [ice]"),
        ("en/news/p04.md", "date: 2026-01-04\nsummary: Edited."),
        ("en/news/p04.md", "date: 2026-01-04\ndraft: true"),
        ("en/news/p04.md", "date: 2026-01-04"),
    ];
    for (path, fields) in changes {
        let before = harbour.files();
        harbour.write(path, fields);
        harbour.run(&[]);
        let changed = changed(&before, &harbour.files());
        let mut documents: BTreeMap<String, usize> = BTreeMap::new();
        for path in changed.iter().filter(|path| path.contains("archive/")) {
            let (feed, file) = path.split_once("archive/").unwrap();
            *documents.entry(format!("{feed}{}", file.split_once('/').unwrap().1)).or_default() += 1;
        }
        assert!(documents.values().all(|&count| count <= 2), "{path} {fields}: {changed:?}");
    }
}

#[test]
fn a_document_outlives_every_setting() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    for (limit, entries) in [(1, 3), (5, 1), (5, 4), (50, 2)] {
        let settings = SMALL
            .replace("limit = 3", &format!("limit = {limit}"))
            .replace("entries = 3", &format!("entries = {entries}"));
        harbour.site.write("feedmill.toml", format!("{SITE}{settings}"));
        harbour.publishes("", &ALL);
        harbour.shows("en/news/", &without(&ALL, &["p03", "p06", "p09"]));
    }
}

#[test]
fn an_article_that_changes_its_section_changes_its_archive() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    let news = without(&ALL, &["p03", "p06", "p09"]);
    harbour.shows("en/news/", &news);
    harbour.shows("en/reports/", &["p03", "p06", "p09"]);
    harbour.rename("en/news/p04.md", "en/reports/p04.md");
    harbour.publishes("", &ALL);
    harbour.shows("en/news/", &without(&news, &["p04"]));
    harbour.shows("en/reports/", &["p03", "p04", "p06", "p09"]);
    harbour.rename("en/reports/p04.md", "en/news/p04.md");
    harbour.publishes("", &ALL);
    harbour.shows("en/news/", &news);
}

#[test]
fn a_file_with_another_name_is_the_same_archived_article() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    harbour.rename("en/news/p02.md", "en/news/tide-table.md");
    harbour.publishes("", &ALL);
    // And it is remembered, whatever becomes of the file later.
    harbour.rename("en/news/tide-table.md", "en/news/another-name.md");
    harbour.publishes("", &ALL);
    harbour.remove("en/news/another-name.md");
    harbour.publishes("", &without(&ALL, &["p02"]));
}

#[test]
fn an_archived_article_that_cannot_be_read_stays_where_it_was() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    let before = harbour.files();
    harbour.site.write("articles/en/news/p02.md", "---\ndate: 2026-01-\n---\n");
    let run = harbour.run(&[]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(changed(&before, &harbour.files()), [""; 0]);
    // What is withdrawn beside it goes all the same.
    harbour.remove("en/news/p01.md");
    harbour.run(&[]);
    assert!(!harbour.site.read("feeds/archive/1/feed.json").contains("/p01"));
    harbour.write("en/news/p01.md", "date: 2026-01-01");
    harbour.write("en/news/p02.md", "date: 2026-01-02");
    harbour.publishes("", &ALL);
}

#[test]
fn an_archive_is_not_emptied_by_a_slip() {
    let mut harbour =
        Harbour::of("[feeds]\nlimit = 2\narchive = true\narchive_entries = 2\nby = [\"all\"]\n");
    harbour.publishes("", &ALL);
    let before = harbour.files();
    for day in [1, 2, 4, 5, 7] {
        harbour.remove(&format!("en/news/p{day:02}.md"));
    }
    harbour.remove("en/reports/p03.md");
    let run = harbour.run(&[]);
    assert!(
        run.stderr.contains("the archive of the feed `all` would lose 6 of its 10 entries"),
        "{}",
        run.stderr
    );
    assert_eq!(changed(&before, &harbour.files()), [""; 0]);
    harbour.run(&[]);
    assert_eq!(changed(&before, &harbour.files()), [""; 0]);
    harbour.write("en/news/p07.md", "date: 2026-01-07");
    harbour.run(&[]);
    assert_eq!(changed(&before, &harbour.files()), [""; 0], "what is back stands where it stood");
    harbour.run(&["--accept"]);
    harbour.shows("", &["p06", "p07", "p08", "p09", "p10"]);
}

#[test]
fn what_stands_in_which_document_is_read_there_where_nobody_remembers() {
    for lost in ["ledger-archive.jsonl", ""] {
        let mut harbour = Harbour::of(SMALL);
        harbour.publishes("", &ALL);
        harbour.write("en/news/q1.md", "date: 2024-06-01");
        harbour.rename("en/news/p02.md", "en/news/tide-table.md");
        let slugs = [&ALL[..], &["q1"]].concat();
        harbour.publishes("", &slugs);
        let before = harbour.files();
        let state = harbour.site.path(".feedmill").join(lost);
        if lost.is_empty() {
            fs::remove_dir_all(state).unwrap()
        } else {
            fs::remove_file(state).unwrap()
        }
        harbour.publishes("", &slugs);
        assert_eq!(changed(&before, &harbour.files()), [""; 0], "{lost}");
        assert!(harbour.site.read(".feedmill/ledger-archive.jsonl").lines().count() > 4);
        harbour.rename("en/news/tide-table.md", "en/news/tides.md");
        harbour.publishes("", &slugs);
    }
}

#[test]
fn an_archive_that_ends_is_told_of() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    harbour
        .site
        .write("feedmill.toml", format!("{SITE}{}", SMALL.replace("archive = true", "archive = false")));
    let run = harbour.run(&[]);
    assert!(run.stderr.contains("archive/1/rss.xml"), "{}", run.stderr);
    assert!(run.stderr.contains("write `archive = true` for this feed again"), "{}", run.stderr);
    assert!(run.stderr.contains("and 5 more"), "{}", run.stderr);
    assert!(!harbour.site.read("feeds/rss.xml").contains("prev-archive"));
    harbour.site.write("feedmill.toml", format!("{SITE}{SMALL}"));
    harbour.publishes("", &ALL);
}

#[test]
fn an_archive_that_begins_late_knows_what_feeds_showed_before() {
    let mut harbour = Harbour::of("[feeds]\nlimit = 3\nby = [\"all\"]\n");
    harbour.run(&[]);
    harbour.rename("en/news/p10.md", "en/news/tide-table.md");
    harbour.run(&[]);
    for day in 11..=14 {
        harbour.write(&format!("en/news/p{day}.md"), &format!("date: 2026-01-{day}"));
        harbour.run(&[]);
    }
    harbour.site.write(
        "feedmill.toml",
        format!("{SITE}[feeds]\nlimit = 3\nby = [\"all\"]\narchive = true\narchive_entries = 2\n"),
    );
    harbour.publishes("", &[&ALL[..], &["p11", "p12", "p13", "p14"]].concat());
}

#[test]
fn a_feed_that_moves_takes_its_archive_along() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    harbour.closed.clear();
    harbour
        .site
        .write("feedmill.toml", format!("{SITE}{SMALL}path = \"all/{{edition}}/{{section}}/{{file}}\"\n"));
    harbour.publishes("all/", &ALL);
    for document in ["archive/1/", "en/news/archive/2/"] {
        for format in FORMATS {
            let [former, present] =
                ["", "all/"].map(|place| harbour.site.read(&format!("feeds/{place}{document}{format}")));
            assert_eq!(former, present);
        }
    }
}

#[test]
fn an_archive_moves_house_with_the_ledger() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    harbour.write("en/news/q1.md", "date: 2024-06-01");
    harbour.publishes("", &[&ALL[..], &["q1"]].concat());
    harbour.site.feedmill(&["ledger", "export", "all.jsonl"]).is_silent();
    let all = harbour.site.read("all.jsonl");
    let here = harbour.site.read(".feedmill/ledger-archive.jsonl");
    let new = Site::copy_of(&harbour.site.path(""), &["articles", "feedmill.toml", "all.jsonl"]);
    for args in [&["ledger", "import", "all.jsonl"][..], &["ledger", "import", "--replace", "all.jsonl"]] {
        new.feedmill(args).is_silent();
        assert_eq!(new.read(".feedmill/ledger-archive.jsonl"), here);
    }
    new.feedmill(&["build", "--as-of", "2026-03-01T12:00:00Z"]).is_silent();
    harbour.site.feedmill(&["build", "--as-of", "2026-03-01T12:00:00Z"]).is_silent();
    assert_eq!(difference(&harbour.site.tree("feeds"), &new.tree("feeds")), "");
    new.write("other.jsonl", all.replacen("/p01\"]", "/p99\"]", 1));
    let run = new.feedmill(&["ledger", "import", "other.jsonl"]);
    assert!(run.fails_with(2).contains("both have document `https://post.example/feeds/"), "{}", run.stderr);
    new.write(".feedmill/ledger.jsonl", &all);
    let run = new.feedmill(&["build"]);
    assert!(run.fails_with(2).contains("run `feedmill ledger import` with it"), "{}", run.stderr);
}

#[test]
fn a_damaged_archive_stops_the_run() {
    let mut harbour = Harbour::of(SMALL);
    harbour.publishes("", &ALL);
    let path = ".feedmill/ledger-archive.jsonl";
    harbour.site.write(path, harbour.site.read(path).replacen("\"number\":2", "\"number\":9", 1));
    let before = harbour.files();
    let run = harbour.run(&[]);
    assert!(run.fails_with(2).contains("ledger-archive.jsonl:2:1: error[damaged-ledger]"), "{}", run.stderr);
    assert_eq!(changed(&before, &harbour.files()), [""; 0]);
}
