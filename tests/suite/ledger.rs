//! `feedmill ledger`: what is remembered is shown, copied and mended.

use super::support::{Site, difference};
use serde_json::{Value, json};
use std::fs;

const SETTINGS: &str = "[site]\nurl = \"https://post.example/\"\npermalink = \"/{slug}/\"\n[feeds]\nby = [\"all\"]\nformats = [\"atom\"]\nlimit = 2\n";

fn article(date: &str, title: &str) -> String {
    format!("---\ndate: {date}\ntitle: {title}\n---\n{title}, says the harbour office.\n")
}

/// One article in the feed, one that was withdrawn, one that newer ones pushed out, one that is adopted.
fn site() -> Site {
    let site = Site::of(&[("feedmill.toml", SETTINGS)]);
    for (name, date) in [("ferry", "2026-11-01"), ("bridge", "2026-11-02"), ("crane", "2026-11-03")] {
        site.write(&format!("articles/{name}.md"), article(date, name));
        site.feedmill(&["build", "--as-of", date]).is_silent();
    }
    fs::remove_file(site.path("articles/bridge.md")).unwrap();
    fs::remove_file(site.path("articles/ferry.md")).unwrap();
    site.write("articles/tide.md", article("2026-11-04", "tide"));
    site.build(&[]).is_silent();
    site.write(
        "old.xml",
        "<rss><channel><item><title>pier</title><guid>17</guid><link>https://post.example/pier/</link></item></channel></rss>",
    );
    site.write("articles/pier.md", article("2026-10-01", "pier"));
    site.feedmill(&["adopt", "old.xml"]).is_silent();
    site
}

fn id(name: &str, day: u32) -> String {
    format!("tag:post.example,2026-11-{day:02}:{name}")
}

#[test]
fn how_much_is_remembered() {
    let site = site();
    let run = site.feedmill(&["ledger", "show"]);
    let expected = ".feedmill/ledger.jsonl\n  2 entries in 1 feed\n  1 withdrawn\n  1 in no feed any more\n  1 id adopted\n";
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, expected, ""));
    let events = site.feedmill(&["ledger", "show", "--json"]).events();
    let expected = json!({
        "type": "ledger", "standing": 2, "withdrawn": 1, "past": 1, "adopted": 1, "feeds": 1, "recovered": false,
    });
    assert_eq!(events, [expected]);
    fs::remove_dir_all(site.path(".feedmill")).unwrap();
    let run = site.feedmill(&["ledger", "show"]);
    assert!(
        run.stdout.starts_with("there is no ledger; the feeds in feeds tell\n  2 entries in 1 feed\n"),
        "{}",
        run.stdout
    );
    assert!(!site.path(".feedmill").exists(), "looking writes nothing");
}

#[test]
fn what_is_remembered_of_an_article() {
    let site = site();
    let run = site.feedmill(&["ledger", "show", "articles/crane.md"]);
    let expected = "\
tag:post.example,2026-11-03:crane
  file       crane.md
  page       https://post.example/crane/
  title      crane
  published  2026-11-03T00:00:00Z
  updated    2026-11-03T00:00:00Z
  state      stands in all
";
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, expected, ""));
    let names = ["bridge.md", "https://post.example/ferry/", "17", &id("tide", 4)];
    let events = site.feedmill(&[&["ledger", "show", "--json"], &names[..]].concat()).events();
    let states: Vec<(&Value, &Value)> = events.iter().map(|event| (&event["id"], &event["state"])).collect();
    let expected = [
        (json!(id("bridge", 2)), json!("withdrawn")),
        (json!(id("tide", 4)), json!("standing")),
        (json!(id("ferry", 1)), json!("past")),
        (json!("17"), Value::Null),
    ];
    assert_eq!(states, expected.iter().map(|(id, state)| (id, state)).collect::<Vec<_>>());
    let run = site.feedmill(&["ledger", "show", "nowhere.md"]);
    let expected = "error: nothing is remembered of `nowhere.md`\n  help: name an article by its file, its id or its permalink\n";
    assert_eq!(run.fails_with(2), expected);
}

#[test]
fn a_ledger_moves_house() {
    let site = site();
    site.feedmill(&["ledger", "export", "all.jsonl"]).is_silent();
    let text = site.read("all.jsonl");
    assert_eq!(site.feedmill(&["ledger", "export"]).stdout, text);
    let kinds: Vec<&str> = text.lines().skip(1).map(|line| line.split('"').nth(3).unwrap()).collect();
    assert_eq!(kinds, ["adopted", "entry", "entry", "entry", "feed", "past"]);

    let new = Site::copy_of(&site.path(""), &["articles", "feeds", "feedmill.toml", "all.jsonl"]);
    let run = new.feedmill(&["ledger", "import", "--dry-run", "all.jsonl"]);
    let told = "would take over 3 entries, 1 that no feed shows any more, 1 feeds and 1 adopted ids\n";
    assert_eq!((run.stdout.as_str(), run.status), (told, 0));
    assert!(!new.path(".feedmill").exists());
    new.feedmill(&["ledger", "import", "all.jsonl"]).is_silent();
    for name in [".feedmill/ledger.jsonl", ".feedmill/ledger-past.jsonl"] {
        assert_eq!(new.read(name), site.read(name), "{name}");
    }
    // Twice is once.
    let before = new.tree(".feedmill");
    new.feedmill(&["ledger", "import", "all.jsonl"]).is_silent();
    assert_eq!(difference(&before, &new.tree(".feedmill")), "");
    new.build(&[]).is_silent();
    site.build(&[]).is_silent();
    assert_eq!(difference(&site.tree("feeds"), &new.tree("feeds")), "");
}

#[test]
fn a_copy_that_contradicts_is_refused_unless_it_replaces() {
    let site = site();
    site.feedmill(&["ledger", "export", "all.jsonl"]).is_silent();
    site.write("articles/late.md", article("2026-11-05", "late"));
    site.build(&[]).is_silent();
    let before = site.tree(".feedmill");
    let run = site.feedmill(&["ledger", "import", "all.jsonl"]);
    let expected = "\
error: `all.jsonl` contradicts the ledger: both have feed `https://post.example/feeds/atom.xml`, and not the same
  help: to forget what the ledger has, say `--replace`; export it first
";
    assert_eq!(run.fails_with(2), expected);
    assert_eq!(difference(&before, &site.tree(".feedmill")), "");
    site.feedmill(&["ledger", "import", "--replace", "all.jsonl"]).is_silent();
    assert_eq!(site.feedmill(&["ledger", "export"]).stdout, site.read("all.jsonl"));

    site.write("broken.jsonl", &site.read("all.jsonl")[..200]);
    let run = site.feedmill(&["ledger", "import", "broken.jsonl"]);
    assert!(run.fails_with(2).starts_with("broken.jsonl:3:62: error[damaged-ledger]: "), "{}", run.stderr);
    // What was copied into place by hand is not half understood.
    site.write(".feedmill/ledger.jsonl", site.read("all.jsonl"));
    let run = site.build(&[]);
    assert!(run.fails_with(2).contains("run `feedmill ledger import` with it"), "{}", run.stderr);
}

#[test]
fn a_new_date_is_accepted() {
    let site = site();
    site.write("articles/crane.md", article("2026-11-06", "crane"));
    let told = site.build(&[]).stderr;
    assert!(told.contains("`feedmill ledger redate crane.md` accepts its new date"), "{told}");
    let run = site.feedmill(&["ledger", "redate", "--dry-run", "crane.md"]);
    let expected = "crane.md would be published on 2026-11-06T00:00:00Z, not on 2026-11-03T00:00:00Z\n";
    assert_eq!(run.stdout, expected);
    site.feedmill(&["ledger", "redate", "articles/crane.md"]).is_silent();
    site.build(&[]).is_silent();
    let feed = site.read("feeds/atom.xml");
    let entry = "<id>tag:post.example,2026-11-03:crane</id>\n    <updated>2026-11-06T00:00:00Z</updated>";
    assert!(feed.contains(entry) && feed.contains("<published>2026-11-06T00:00:00Z</published>"), "{feed}");

    site.write("articles/crane.md", article("2026-11-02", "crane"));
    site.feedmill(&["ledger", "redate", "crane.md"]).is_silent();
    site.build(&[]).is_silent();
    assert!(site.read("feeds/atom.xml").contains(entry), "never backwards");

    let before = site.tree(".feedmill");
    site.write("articles/crane.md", article("2036-11-02", "crane"));
    let run = site.feedmill(&["ledger", "redate", "tide.md", "crane.md"]);
    assert!(run.fails_with(2).contains("which is later than now"), "{}", run.stderr);
    let run = site.feedmill(&["ledger", "redate", "ferry.md"]);
    assert!(run.fails_with(2).starts_with("error: no feed shows an article of `ferry.md`"), "{}", run.stderr);
    assert_eq!(difference(&before, &site.tree(".feedmill")), "");
}

#[test]
fn the_page_has_every_field() {
    let page = super::support::repository_text("docs/ledger.md");
    let (_, format) = page.split_once("## The format").unwrap();
    for line in site().feedmill(&["ledger", "export"]).stdout.lines().skip(1) {
        let record: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
        assert!(format.contains(&format!("**`{}`**", record["type"].as_str().unwrap())), "{line}");
        for field in record.keys().filter(|field| *field != "type") {
            assert!(format.contains(&format!("`{field}`")), "`{field}` of {line}");
        }
    }
}
