//! What holds for any input. `PROPTEST_CASES=5000 cargo test --test suite properties` looks longer,
//! `PROPTEST_RNG_SEED=…` elsewhere.

use crate::readers::{Entry, read};
use chrono::{DateTime, Utc};
use feedmill::diagnostic::Severity;
use feedmill::encode::Format;
use feedmill::index;
use feedmill::ledger::Ledger;
use feedmill::newsroom::{Extent, Listed, Listing, MemoryNewsroom, Newsroom};
use feedmill::publication::{FeedFile, Publication, check, compose};
use feedmill::settings::{self, Overrides, Settings};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The same cases in every run, unless the environment says otherwise.
fn config() -> ProptestConfig {
    let given = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { 64 },
        rng_seed: if given.rng_seed == RngSeed::Random { RngSeed::Fixed(2026) } else { given.rng_seed },
        failure_persistence: None,
        ..given
    }
}

/// Pieces of text that have broken feeds or their readers.
const NASTY: &[&str] = &[
    "]]>",
    "<![CDATA[",
    "<",
    "&",
    "&amp;",
    "&nbsp;",
    "&#8;",
    "<b>",
    "</div>",
    "<p>",
    "<!--",
    "<?php",
    "<script>",
    "<iframe src=\"",
    "<img src=x data-src=\"",
    "<table><td>",
    "<svg>",
    "javascript:",
    "\"",
    "'",
    "`",
    "\\",
    "{",
    "}",
    "%",
    "---",
    "+++",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\n\n# ",
    "\n> ",
    "\n- ",
    "\n\n    ",
    "![](",
    "](",
    "[^1]",
    "\n[^1]: ",
    "|",
    "**",
    "\u{1}",
    "\u{8}",
    "\u{b}",
    "\u{1b}",
    "\u{7f}",
    "\u{85}",
    "\u{9f}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{2067}",
    "\u{2069}",
    "\u{d7ff}",
    "\u{e000}",
    "\u{fdd0}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{1fffe}",
    "\u{10ffff}",
    "e\u{301}",
    "👩‍👩‍👧‍👦",
    "мост",
    "جسر",
    "橋",
    "..",
    "/",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(NASTY).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        2 => "[a-z0-9 ]{0,12}",
        1 => "\\PC{0,12}",
        1 => (1..40_usize).prop_map(|count| "so it went on ".repeat(count)),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// What an author types into one article.
#[derive(Clone, Debug)]
struct Draft {
    title: String,
    summary: String,
    author: String,
    tag: String,
    body: String,
}

prop_compose! {
    fn any_draft()(
        title in any_text(), summary in any_text(), author in any_text(), tag in any_text(), body in any_text(),
    ) -> Draft {
        // A NUL byte makes a file no text at all, and what has no text at all is another test's matter.
        Draft { title, summary, author, tag, body: format!("Text.\n\n{}", body.replace('\0', "")) }
    }
}

impl Draft {
    /// The article. JSON's texts are YAML's too.
    fn source(&self, day: usize) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        format!(
            "---\npublished: 2026-11-{day:02}T08:00:00Z\ntitle: {}\nsummary: {}\nauthors: [{}]\ntags: [{}]\n---\n{}",
            quoted(&self.title),
            quoted(&self.summary),
            quoted(&self.author),
            quoted(&self.tag),
            self.body
        )
    }
}

fn site(more: &str) -> Settings {
    let text = format!("[site]\nurl = \"https://post.example/\"\n{more}");
    settings::read("feedmill.toml", &text, &Overrides::default()).unwrap()
}

fn now() -> DateTime<Utc> {
    crate::support::NOW.parse().unwrap()
}

fn published(newsroom: &dyn Newsroom, settings: &Settings) -> Publication {
    compose(newsroom, settings, &Ledger::default(), &index::Index::default(), now()).unwrap()
}

fn file<'p>(publication: &'p Publication, path: &str) -> &'p [u8] {
    &publication.files.iter().find(|file| file.path == path).unwrap().bytes
}

/// XML 1.0 allows no others, and those that it discourages are accidents.
fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
        || matches!(character, '\u{fdd0}'..='\u{fdef}')
        || character as u32 & 0xfffe == 0xfffe
}

/// Parsers are lenient, so what they let pass is looked for here.
fn assert_legal(file: &FeedFile) {
    let text = std::str::from_utf8(&file.bytes).unwrap();
    assert_eq!(text.chars().find(|&character| is_forbidden(character)), None, "{}", file.path);
    if file.path.ends_with(".json") {
        // What has to be escaped by its number is a control character.
        assert!(!text.replace(r"\\", "").contains(r"\u"), "{}:\n{text}", file.path);
        return;
    }
    assert!(!text.contains("<!["), "{}: readers cut split CDATA", file.path);
    for after in text.split('&').skip(1) {
        let is_known = ["#x26;", "#x3C;", "#x3E;", "#x22;"].iter().any(|known| after.starts_with(known));
        assert!(is_known, "{}: an ampersand before {after:.20}", file.path);
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_gives_feeds_that_tell_the_same_in_three_formats(drafts in vec(any_draft(), 1..4)) {
        let sources = drafts.iter().zip(1..).map(|(draft, day)| (format!("en/news/{day}.md"), draft.source(day)));
        let publication = published(&MemoryNewsroom::of(sources), &site("[feeds]\nby = [\"all\", \"author\", \"tag\"]\n"));
        let errors: Vec<_> =
            publication.diagnostics.iter().filter(|found| found.severity() == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "{errors:#?}");
        publication.files.iter().for_each(assert_legal);

        let channel = rss::Channel::read_from(file(&publication, "rss.xml")).unwrap();
        let feed = atom_syndication::Feed::read_from(file(&publication, "atom.xml")).unwrap();
        let json: serde_json::Value = serde_json::from_slice(file(&publication, "feed.json")).unwrap();
        prop_assert_eq!(channel.items().len(), drafts.len());
        prop_assert_eq!(feed.entries().len(), drafts.len());
        prop_assert_eq!(json["items"].as_array().unwrap().len(), drafts.len());

        let rss = read(file(&publication, "rss.xml"));
        prop_assert_eq!(&rss, &read(file(&publication, "atom.xml")));
        prop_assert_eq!(&rss, &read(file(&publication, "feed.json")));
        prop_assert!(rss.iter().all(|entry| !entry.title.is_empty()));
    }

    #[test]
    fn files_in_any_order_give_the_same_bytes(
        (files, order) in vec((any_draft(), 1..4_usize, 0..3_usize), 2..6).prop_flat_map(|drafts| {
            let places = ["en/news", "en/reports", "ru/news"];
            let files: BTreeMap<String, String> = (0..)
                .zip(drafts)
                .map(|(number, (draft, day, place))| (format!("{}/{number}.md", places[place]), draft.source(day)))
                .collect();
            let order = Just(files.keys().cloned().collect::<Vec<_>>()).prop_shuffle();
            (Just(files), order)
        }),
    ) {
        let newsroom = MemoryNewsroom::of(files);
        let settings = site("[feeds]\nby = [\"all\", \"edition+section\", \"tag\"]\n");
        let expected = published(&newsroom, &settings);
        let shuffled = published(&Shuffled { newsroom: newsroom.clone(), order }, &settings);
        let again = published(&newsroom, &settings);
        for other in [shuffled, again] {
            prop_assert_eq!(&expected.files, &other.files);
            prop_assert_eq!(&expected.diagnostics, &other.diagnostics);
        }
    }

    #[test]
    fn any_html_becomes_safe_and_absolute(pieces in vec(select(HTML), 0..16), in_markdown in any::<bool>()) {
        let start = if in_markdown { "Text " } else { "<div>" };
        let source = format!("---\ndate: 2026-11-20\n---\n{start}{}", pieces.concat());
        let publication = published(&MemoryNewsroom::of([("a.md", source)]), &site("[feeds]\nformats = [\"json\"]\n"));
        for entry in read(file(&publication, "feed.json")) {
            let faults = unsafe_parts(&entry.content);
            prop_assert!(faults.is_empty(), "{faults:?} in {}", entry.content);
        }
    }

    #[test]
    fn every_file_has_a_path_that_a_disk_can_take(drafts in vec((any_draft(), any_text()), 1..4)) {
        let sources = drafts.iter().zip(1..).map(|((draft, section), day)| {
            let section = format!("---\nsection: {}\n", serde_json::Value::from(section.as_str()));
            (format!("en/{day}.md"), draft.source(day).replacen("---\n", &section, 1))
        });
        let by = "[feeds]\nby = [\"all\", \"edition+section\", \"author\", \"tag\"]\n";
        let publication = published(&MemoryNewsroom::of(sources), &site(by));
        let paths: BTreeSet<&str> = publication.files.iter().map(|file| file.path.as_str()).collect();
        prop_assert_eq!(paths.len(), publication.files.len());
        for path in &paths {
            let fits = |part: &str| !matches!(part, "" | "." | "..") && part.len() <= 255;
            prop_assert!(path.split('/').all(fits), "{path}");
            let is_directory = paths.iter().any(|other| other.starts_with(&format!("{path}/")));
            prop_assert!(!is_directory, "{path} is a file and a directory");
        }
    }

    #[test]
    fn any_bytes_are_an_article_or_a_fault(
        (start, bytes, end) in (
            select(vec!["", "---\n", "+++\n", "---\ndate: 2026-11-01\n", "---\ndate: 2026-11-01\n---\n"]),
            prop_oneof![
                vec(any::<u8>(), 0..200),
                any_text().prop_map(String::into_bytes),
                vec(select(YAML), 0..20).prop_map(|pieces| pieces.concat().into_bytes()),
            ],
            select(vec!["", "\n---\n", "\n+++\n", "\n---\nText.\n"]),
        ),
    ) {
        let any = [start.as_bytes(), &bytes, end.as_bytes()].concat();
        let good = b"---\ntitle: A good one\ndate: 2026-11-20\n---\nText.\n".to_vec();
        let newsroom = MemoryNewsroom::of([("en/any.md", any), ("en/good.md", good)]);
        let settings = site("");
        let publication = published(&newsroom, &settings);
        let counts = publication.counts;
        prop_assert_eq!(counts.total(), 2);
        let has_error = publication.diagnostics.iter().any(|found| found.severity() == Severity::Error);
        prop_assert!(has_error || counts.faulty == 0, "no article is left out without a word");
        let entries = read(file(&publication, "atom.xml"));
        prop_assert!(entries.iter().any(|entry| entry.title == "A good one"));
        let is_shown = counts.due == 2 && !has_error;
        prop_assert_eq!(entries.len() == 2, is_shown, "{:#?}", publication.diagnostics);
        publication.files.iter().for_each(assert_legal);
        prop_assert_eq!(check(&newsroom, &settings, &Ledger::default(), &index::Index::default(), now()).1, publication.diagnostics);
    }

    #[test]
    fn ids_are_unique_in_a_feed_and_the_same_in_all(
        articles in vec((0..2_usize, 0..2_usize, 0..3_usize, 1..3_usize, any::<Index>()), 1..12),
        by in subsequence(vec!["all", "edition", "section", "edition+section", "author", "tag"], 1..=6),
    ) {
        // Few editions, slugs and days, so that ids collide.
        let slugs = ["ferry", "мост", "%C3%A9"];
        let authors = ["Ann Lee", "ann-lee", "Bo Ek"];
        let files = articles.iter().enumerate().map(|(number, (edition, section, slug, day, author))| {
            let path = format!("{}/{}/{number}.md", ["en", "ru"][*edition], ["news", "reports"][*section]);
            let (slug, author) = (slugs[*slug], authors[author.index(authors.len())]);
            let fields = format!("slug: '{slug}'\nauthor: {author}\ntags: [{author}]");
            (path, format!("---\npublished: 2026-11-0{day}\n{fields}\n---\nText {number}.\n"))
        });
        let publication = published(&MemoryNewsroom::of(files), &site(&format!("[feeds]\nby = {by:?}\n")));
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        for file in publication.files.iter().filter(|file| is_feed(file)) {
            let entries: Vec<Entry> = read(&file.bytes);
            let different: BTreeSet<_> = entries.iter().map(|entry| &entry.id).collect();
            prop_assert_eq!(different.len(), entries.len(), "{}", file.path);
            for entry in entries {
                let known = ids.entry(entry.link).or_insert_with(|| entry.id.clone());
                prop_assert_eq!(&*known, &entry.id, "{}", file.path);
            }
        }
        prop_assert_eq!(ids.values().collect::<BTreeSet<_>>().len(), ids.len(), "{:#?}", ids);
    }
}

/// What front matter is made of.
const YAML: &[&str] = &[
    "title",
    "date",
    "tags",
    "cover",
    "corrections",
    ": ",
    ":",
    "\n",
    "\n  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    "\"",
    "|",
    ">",
    "&a",
    "*a",
    "!!",
    "!",
    "#",
    "?",
    "%",
    "@",
    "~",
    "null",
    "true",
    "2026-11-01",
    "17",
    "x",
    "= ",
    "[[",
    "\"\"\"",
    "\t",
];

/// A disk that lists its files in an order of its own.
struct Shuffled {
    newsroom: MemoryNewsroom,
    order: Vec<String>,
}

impl Newsroom for Shuffled {
    fn list(&self) -> Listing {
        let listed = |path: &String| Listed { path: path.as_str().into(), fingerprint: None };
        Listing { files: self.order.iter().map(listed).collect(), ..Listing::default() }
    }

    fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>> {
        self.newsroom.read(path, extent)
    }
}

/// What unsafe HTML is made of.
const HTML: &[&str] = &[
    "<a href=\"",
    "<img src=\"",
    "<img src=x onerror=alert(1)>",
    "<svg>",
    "<math><mtext>",
    "<mglyph>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<template>",
    "<textarea>",
    "<title>",
    "<noscript>",
    "</noscript>",
    "<iframe src=\"",
    "<embed src=",
    "<object data=",
    "<video poster=\"",
    "<source srcset=\"",
    "<blockquote cite=\"",
    "<form action=\"",
    "<table>",
    "<tr>",
    "<td>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x ",
    "javascript:alert(1)",
    "&#106;ava\tscript:x",
    "data:text/html,x",
    "//host/x",
    "/x y",
    "#x",
    "../x.jpg 2x, y.jpg",
    "a.md",
    "\"",
    "'",
    ">",
    "/>",
    " ",
    "\n",
    "\n\n",
    "=",
    "`",
    " onclick=alert(1) ",
    " style=\"x:url(y)\" ",
    " data-src=\"",
    " data-srcset=\"",
    " src=\"",
    " srcset=\"",
    " xlink:href=\"",
    " href=",
    "![x](",
    "[x](",
    ")",
    "&lt;script&gt;",
    "&",
    "text",
];

/// Elements and attributes that no feed may hold, and addresses that do not stand by themselves.
fn unsafe_parts(html: &str) -> Vec<String> {
    const ELEMENTS: &[&str] = &[
        "script", "style", "iframe", "object", "embed", "form", "input", "svg", "math", "template",
        "noscript", "base",
    ];
    const ADDRESSES: &[&str] = &["href", "src", "poster", "cite"];
    const STARTS: &[&str] = &["https://", "http://", "mailto:"];
    let mut found = Vec::new();
    let look = element!("*", |element| {
        if ELEMENTS.contains(&element.tag_name().as_str()) {
            found.push(element.tag_name());
        }
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            let is_address = ADDRESSES.contains(&name.as_str());
            let is_absolute = STARTS.iter().any(|start| value.starts_with(start));
            let is_set =
                name == "srcset" && !value.split(", ").all(|candidate| candidate.starts_with("http"));
            if name.starts_with("on") || name == "style" || (is_address && !is_absolute) || is_set {
                found.push(format!("{name}={value}"));
            }
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(look).with_strict(false);
    rewrite_str(html, settings).unwrap();
    found
}

fn is_feed(file: &FeedFile) -> bool {
    Format::ALL.iter().any(|format| file.path.ends_with(format.file_name()))
}
