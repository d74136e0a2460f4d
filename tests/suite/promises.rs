//! What subscribers were shown is kept: whatever becomes of files and folders, nothing is announced twice, nothing
//! disappears that nobody took back, and what is mended leaves no trace.

use crate::support::{Run, Site, difference, repository_text};
use feedmill::index::Index;
use feedmill::ledger::Ledger;
use feedmill::newsroom::MemoryNewsroom;
use feedmill::publication::{Publication, compose};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;

const SETTINGS: &str = "[pages]\npublish = false\n[site]\nurl = \"https://post.example/\"\n[editions.en]\n[editions.ru]\n\
    [feeds]\nformats = [\"atom\"]\n";

fn article(title: &str, day: u32) -> String {
    format!(
        "---\ntitle: {title}\npublished: 2026-11-{day:02}T08:00:00Z\n---\n\
         {title}, said the harbour office on day {day}, and nobody on the quay had expected it so soon after the storm.\n"
    )
}

/// Six articles in English and three in Russian.
fn site() -> Site {
    let site = Site::of(&[("feedmill.toml", SETTINGS)]);
    for (day, (name, title)) in [
        ("bridge", "The bridge opens"),
        ("ferry", "The ferry is late"),
        ("pier", "The pier closes"),
        ("seal", "The seal returns"),
        ("tide", "The tide table is wrong"),
        ("whale", "The whale was a buoy"),
    ]
    .into_iter()
    .enumerate()
    {
        site.write(&format!("articles/en/news/{name}.md"), article(title, day as u32 + 1));
    }
    for (day, (name, title)) in
        [("most", "Мост открыт"), ("parom", "Паром опаздывает"), ("tyulen", "Тюлень вернулся")]
            .into_iter()
            .enumerate()
    {
        site.write(&format!("articles/ru/news/{name}.md"), article(title, day as u32 + 11));
    }
    site
}

/// The same after its first run.
fn published() -> Site {
    let site = site();
    site.build(&[]).is_silent();
    site
}

/// The titles of a feed.
fn titles(site: &Site, feed: &str) -> Vec<String> {
    let text = site.read(&format!("feeds/{feed}/atom.xml"));
    let entries = text.split("<entry").skip(1);
    entries
        .map(|entry| entry.split("<title>").nth(1).unwrap().split('<').next().unwrap().to_owned())
        .collect()
}

fn ids(site: &Site, feed: &str) -> Vec<String> {
    let text = site.read(&format!("feeds/{feed}/atom.xml"));
    let entries = text.split("<entry").skip(1);
    entries.map(|entry| entry.split("<id>").nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

fn rename(site: &Site, from: &str, to: &str) {
    fs::create_dir_all(site.path(to).parent().unwrap()).unwrap();
    fs::rename(site.path(from), site.path(to)).unwrap();
}

/// The codes of what a run reports, in the order of their names.
fn codes(run: &Run) -> Vec<String> {
    let diagnostics = run.events().into_iter().filter(|event| event["type"] == "diagnostic");
    let mut codes: Vec<String> =
        diagnostics.map(|event| event["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes
}

fn feeds_of(run: &Run) -> BTreeMap<String, Value> {
    let feeds = run.events().into_iter().filter(|event| event["type"] == "feed");
    feeds.map(|event| (event["path"].as_str().unwrap().to_owned(), event)).collect()
}

const BRIDGE: &str = "articles/en/news/bridge.md";
const FERRY: &str = "articles/en/news/ferry.md";

#[test]
fn an_editor_sees_what_subscribers_would_see() {
    let site = published();
    site.write("articles/ru/news/kit.md", article("Кит оказался буем", 20));
    site.write(
        FERRY,
        article("The ferry is late", 2).replace("---\nThe", "updated: 2026-11-21T08:00:00Z\n---\nThe"),
    );
    site.write(BRIDGE, article("The bridge opens", 1).replace("storm", "gale"));
    fs::remove_file(site.path("articles/en/news/pier.md")).unwrap();
    let before = site.tree("");
    let run = site.build(&["--dry-run"]);
    let page = repository_text("docs/promises.md");
    let (_, expected) = page.split_once("<!-- dry run -->\n```\n").unwrap();
    let (expected, _) = expected.split_once("```\n").unwrap();
    assert_eq!(run, Run { status: 0, stdout: expected.to_owned(), stderr: String::new() });
    let events = site.build(&["--dry-run", "--json"]);
    let id = |day: &str, name: &str| format!("tag:post.example,2026-11-{day}:{name}");
    assert_eq!(
        feeds_of(&events)["en/news"],
        json!({
            "type": "feed", "path": "en/news", "title": "post.example — English — news", "kept": false,
            "new": [], "gone": [], "ids_changed": [],
            "updated": [{ "id": id("02", "en/ferry"), "title": "The ferry is late" }],
            "edited": [{ "id": id("01", "en/bridge"), "title": "The bridge opens" }],
            "withdrawn": [{ "id": id("03", "en/pier"), "title": "The pier closes" }],
        })
    );
    assert_eq!(difference(&before, &site.tree("")), "", "nothing was written");

    let real = site.build(&["-v"]);
    let told = expected.replace("would see", "see").replace("9 of 9 files would change\n", "");
    assert!(real.fails_with(0).contains(&told), "{real:?}");
    let quiet = "6 feeds have the same entries as before\n\
        subscribers would see 0 new, 0 updated, 0 withdrawn, 0 ids changed\n0 of 9 files would change\n";
    assert_eq!(site.build(&["--dry-run"]).stdout, quiet);
    assert_eq!(feeds_of(&site.build(&["--json"])), BTreeMap::new());
}

#[test]
fn a_first_run_is_told_in_short() {
    let site = site();
    for number in 0..50 {
        site.write(&format!("articles/en/reports/r{number}.md"), article(&format!("Report {number}"), 9));
    }
    let told = site.build(&["--dry-run"]).stdout;
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "+ Тюлень вернулся (all, news, ru, ru/news)");
    assert_eq!(lines[10], "+ and 49 more new; `-v` has all");
    assert_eq!(
        &lines[11..],
        [
            "all, reports, en, en/reports: 50 new",
            "news: 9 new",
            "en/news: 6 new",
            "ru, ru/news: 3 new",
            "subscribers would see 59 new, 0 updated, 0 withdrawn, 0 ids changed",
            "11 of 11 files would change",
        ]
    );
    let all = site.build(&["--dry-run", "-v"]).stdout;
    assert_eq!(all.lines().filter(|line| line.starts_with('+')).count(), 59);
}

#[test]
fn a_folder_that_is_not_mounted_empties_no_feed() {
    let site = published();
    let before = site.tree("feeds");
    rename(&site, "articles/ru", "away");
    let message = "feedmill.toml:1:1: error[poorer-feed]: the feed `ru` would lose 3 of its 3 entries, \
        `ru/news` 3 of 3, so they stay: `ru/news/most.md`, `ru/news/parom.md`, \
        `ru/news/tyulen.md` are gone\n  help: is a directory missing, or not mounted? if the articles are to go, \
        run `feedmill build --accept`\n";
    assert_eq!(site.build(&[]).fails_with(1), message);
    assert_eq!(difference(&before, &site.tree("feeds")), "");
    fs::create_dir(site.path("articles/ru")).unwrap();
    assert_eq!(site.build(&[]).fails_with(1), message, "an empty directory in its place");
    assert_eq!(difference(&before, &site.tree("feeds")), "");

    // What is new comes out beside what is kept.
    site.write("articles/en/news/kit.md", article("The whale is back", 21));
    assert_eq!(site.build(&["-q"]).fails_with(1), message);
    assert_eq!(titles(&site, "en/news")[0], "The whale is back");
    assert_eq!(titles(&site, ".").len(), 10);
    fs::remove_file(site.path("articles/en/news/kit.md")).unwrap();
    site.build(&[]).fails_with(1);

    fs::remove_dir(site.path("articles/ru")).unwrap();
    rename(&site, "away", "articles/ru");
    site.build(&[]).is_silent();
    assert_eq!(site.tree("feeds")["ru/atom.xml"], before["ru/atom.xml"], "coming back leaves no trace");
    assert_eq!(site.tree("feeds")["ru/news/atom.xml"], before["ru/news/atom.xml"]);
}

#[test]
fn what_is_gone_goes_when_that_is_accepted() {
    let site = published();
    rename(&site, "articles/ru", "away");
    let before = site.tree("");
    let dry = site.build(&["--dry-run", "--accept"]);
    let expected = "\
- Тюлень вернулся (all, news, ru, ru/news)
- Паром опаздывает (all, news, ru, ru/news)
- Мост открыт (all, news, ru, ru/news)
all, news, ru, ru/news: 3 withdrawn
2 feeds have the same entries as before
subscribers would see 0 new, 0 updated, 3 withdrawn, 0 ids changed
6 of 9 files would change
";
    assert_eq!(dry, Run { status: 0, stdout: expected.to_owned(), stderr: String::new() });
    assert_eq!(difference(&before, &site.tree("")), "");
    site.build(&["--accept"]).is_silent();
    assert_eq!(titles(&site, "ru"), [""; 0]);
    assert_eq!(site.read("feeds/ru/atom.xml").matches("<at:deleted-entry").count(), 3);
    site.build(&[]).is_silent();

    rename(&site, "away", "articles/ru");
    let back = site.build(&["--json"]);
    assert_eq!(back.status, 0);
    assert_eq!(
        feeds_of(&back)["ru"]["updated"].as_array().unwrap().len(),
        3,
        "with the ids that readers know"
    );
    assert!(!site.read("feeds/ru/atom.xml").contains("deleted-entry"));
}

#[test]
fn a_feed_whose_articles_all_leave_it_stays_as_it_was() {
    let site = published();
    let before = site.tree("feeds");
    rename(&site, "articles/en/news", "articles/en/reports");
    let run = site.build(&["--dry-run"]);
    let expected = "\
+ The whale was a buoy (reports, en/reports)
+ The tide table is wrong (reports, en/reports)
+ The seal returns (reports, en/reports)
+ The pier closes (reports, en/reports)
+ The ferry is late (reports, en/reports)
+ The bridge opens (reports, en/reports)
news, en/news: stays as it was
reports, en/reports: 6 new
4 feeds have the same entries as before
subscribers would see 6 new, 0 updated, 0 withdrawn, 0 ids changed
6 of 9 files would change
";
    assert_eq!((run.status, run.stdout.as_str()), (1, expected));
    let run = site.build(&["--json"]);
    assert_eq!((run.status, codes(&run)), (1, vec!["poorer-feed".to_owned(); 2]));
    assert_eq!(
        (&feeds_of(&run)["en/news"]["kept"], &feeds_of(&run)["en/reports"]["kept"]),
        (&json!(true), &json!(false))
    );
    for feed in ["news/atom.xml", "en/news/atom.xml"] {
        assert_eq!(site.tree("feeds")[feed], before[feed]);
    }
    site.build(&["--accept"]).is_silent();
    assert_eq!(titles(&site, "en/news"), [""; 0]);
    assert_eq!(titles(&site, "en/reports").len(), 6);
}

#[test]
fn times_of_the_clock_are_told_in_whole_seconds() {
    let settings = feedmill::settings::read("feedmill.toml", SETTINGS, &Default::default()).unwrap();
    let now = "2026-11-22T12:30:00.816469047Z".parse().unwrap();
    let mut newsroom =
        MemoryNewsroom::of([("en/a.md", article("The pier", 1)), ("en/b.md", article("The seal", 2))]);
    let first = compose(&newsroom, &settings, &Ledger::default(), &Index::default(), now).unwrap();
    newsroom.files.remove("en/b.md");
    let second = compose(&newsroom, &settings, &first.ledger, &Index::default(), now).unwrap();
    let told = |text: &str| assert!(!text.contains(".816"), "{text}");
    told(&second.ledger.write());
    second.files.iter().for_each(|file| told(&String::from_utf8_lossy(&file.bytes)));
}

#[test]
fn an_empty_directory_of_articles_is_none() {
    let site = published();
    let before = site.tree("feeds");
    rename(&site, "articles", "away");
    for args in [&[][..], &["--accept"]] {
        let run = site.build(args);
        assert!(run.fails_with(2).starts_with("error: there is no directory `articles`"), "{run:?}");
    }
    fs::create_dir(site.path("articles")).unwrap();
    for args in [&[][..], &["--accept"]] {
        let run = site.build(args);
        assert!(run.fails_with(2).starts_with("error: there are no articles in `articles`"), "{run:?}");
    }
    assert_eq!(difference(&before, &site.tree("feeds")), "");
    fs::remove_dir(site.path("articles")).unwrap();
    rename(&site, "away", "articles");
    site.build(&[]).is_silent();
    assert_eq!(difference(&before, &site.tree("feeds")), "");
}

/// Breaks the bridge in some way, sees that nobody notices, mends it, and sees that nothing stays of it.
#[track_caller]
fn breaks(how: &str, broken: impl FnOnce(&Site), expected: &[&str]) {
    let site = published();
    let before = site.tree("feeds");
    broken(&site);
    for _ in 0..2 {
        let run = site.build(&["--json"]);
        assert_eq!(
            (codes(&run), run.status),
            (expected.iter().map(|code| (*code).to_owned()).collect(), 1),
            "{how}"
        );
        assert_eq!(difference(&before, &site.tree("feeds")), "", "{how}");
    }
    let told = site.build(&[]).stderr;
    let copy = ".feedmill/last-good/en/news/bridge.md";
    assert!(told.contains(copy), "{how}: {told}");
    assert_eq!(site.read(copy), article("The bridge opens", 1), "{how}");
    let _ = fs::remove_dir_all(site.path(BRIDGE));
    let _ = fs::remove_file(site.path(BRIDGE));
    site.write(BRIDGE, article("The bridge opens", 1));
    site.build(&[]).is_silent();
    assert_eq!(difference(&before, &site.tree("feeds")), "", "{how}");
}

#[test]
fn a_file_that_was_saved_by_half_stays_as_it_was() {
    let cut = |length: usize| {
        move |site: &Site| {
            let whole = article("The bridge opens", 1);
            site.write(BRIDGE, &whole[..length]);
        }
    };
    breaks("within the front matter", cut(30), &["bad-front-matter", "last-good"]);
    breaks("within the first line", cut(2), &["last-good", "missing-date"]);
    breaks("emptied", cut(0), &["empty-file", "last-good"]);
    let head = article("The bridge opens", 1).rfind("---\n").unwrap() + 4;
    breaks("after the front matter", cut(head), &["lost-text"]);
    breaks("not UTF-8", |site| site.write(BRIDGE, b"---\ntitle: \xff\xfe\n"), &["last-good", "not-utf8"]);
    breaks("zeroes", |site| site.write(BRIDGE, [0; 200]), &["last-good", "nul-byte"]);
    let undated = article("The bridge opens", 1).replace("published: 2026-11-01T08:00:00Z\n", "");
    breaks("without its date", |site| site.write(BRIDGE, undated), &["last-good", "missing-date"]);
    let deep = article("The bridge opens", 1) + &"<div>".repeat(2000);
    breaks("a body that cannot be shown", |site| site.write(BRIDGE, deep), &["last-good", "too-deep"]);
}

#[test]
fn a_file_that_is_no_file_stays_as_it_was() {
    let gone = |site: &Site| fs::remove_file(site.path(BRIDGE)).unwrap();
    breaks(
        "a directory",
        |site| {
            gone(site);
            fs::create_dir(site.path(BRIDGE)).unwrap();
        },
        &["last-good", "not-a-file"],
    );
    breaks(
        "a link that leads nowhere",
        |site| {
            gone(site);
            symlink("nowhere", site.path(BRIDGE)).unwrap();
        },
        &["last-good", "link-outside"],
    );
}

#[test]
fn several_broken_files_stay_as_they_were() {
    let site = published();
    let before = site.tree("feeds");
    for file in fs::read_dir(site.path("articles/en/news")).unwrap() {
        fs::write(file.unwrap().path(), "---\ntitle: [\n").unwrap();
    }
    let run = site.build(&["--json"]);
    assert_eq!((run.status, codes(&run).len()), (1, 12));
    assert_eq!(difference(&before, &site.tree("feeds")), "");
}

#[test]
fn a_text_that_is_to_be_gone_goes_when_that_is_accepted() {
    let site = published();
    let whole = article("The bridge opens", 1);
    site.write(BRIDGE, &whole[..whole.rfind("---\n").unwrap() + 4]);
    assert_eq!(codes(&site.build(&["--json"])), ["lost-text"]);
    assert_eq!(codes(&site.build(&["--accept", "--json"])), ["empty-article"]);
    assert!(!site.read("feeds/atom.xml").contains("The bridge opens, said"));
    assert_eq!(codes(&site.build(&["--json"])), ["empty-article"]);
}

#[test]
fn a_file_that_was_moved_and_broken_at_once_loses_nothing() {
    let whole = article("The bridge opens", 1);
    for (to, text, how) in [
        ("articles/en/reports/bridge.md", "", "emptied, in another folder"),
        ("articles/en/news/new-bridge.md", "", "emptied, under another name"),
        ("articles/en/reports/opening.md", &whole[..30], "by half"),
        ("articles/en/reports/opening.md", &whole.replace("published", "tags: [\npublished"), "by a slip"),
    ] {
        let site = published();
        let before = site.tree("feeds");
        let known = ids(&site, "en");
        fs::remove_file(site.path(BRIDGE)).unwrap();
        site.write(to, text);
        for _ in 0..2 {
            let run = site.build(&["--json"]);
            assert_eq!(run.status, 1, "{how}");
            assert!(codes(&run).contains(&"ambiguous-article".to_owned()), "{how}: {run:?}");
            assert_eq!(difference(&before, &site.tree("feeds")), "", "{how}");
        }
        site.write(to, &whole);
        assert_eq!(site.build(&[]).status, 0, "{how}");
        assert_eq!(ids(&site, "en"), known, "{how}");
        assert!(!site.read("feeds/en/atom.xml").contains("deleted-entry"), "{how}");
    }
}

#[test]
fn a_broken_file_of_its_own_keeps_nothing_that_is_gone() {
    let site = published();
    site.write("articles/en/news/new.md", "---\ntitle: [\n---\nSomething else entirely.\n");
    fs::remove_file(site.path(BRIDGE)).unwrap();
    let run = site.build(&["--json"]);
    assert_eq!(codes(&run), ["bad-front-matter"]);
    assert_eq!(feeds_of(&run)["en"]["withdrawn"][0]["title"], "The bridge opens");
    // And what is accepted goes, whatever it looks like.
    fs::remove_file(site.path(FERRY)).unwrap();
    site.write("articles/en/reports/ferry.md", "");
    assert!(codes(&site.build(&["--json"])).contains(&"ambiguous-article".to_owned()));
    let run = site.build(&["--accept", "--json"]);
    assert_eq!(feeds_of(&run)["en"]["withdrawn"][0]["title"], "The ferry is late");
}

/// A run over a newsroom in memory, and the newsroom after it.
fn run_in_memory(newsroom: &mut MemoryNewsroom, ledger: &Ledger) -> Publication {
    let settings = feedmill::settings::read("feedmill.toml", SETTINGS, &Default::default()).unwrap();
    let now = crate::support::NOW.parse().unwrap();
    let publication = compose(newsroom, &settings, ledger, &Index::default(), now).unwrap();
    for (path, _) in publication.sources.iter().filter(|(_, digest)| digest.is_some()) {
        newsroom.last_good.insert(path.clone(), newsroom.files[path].clone());
    }
    publication
}

#[test]
fn a_folder_that_cannot_be_listed_stays_as_it_was() {
    let files = site().tree("articles");
    let mut newsroom = MemoryNewsroom::of(files);
    let first = run_in_memory(&mut newsroom, &Ledger::default());
    for folder in ["ru", "en/news", ""] {
        newsroom.unlisted = vec![folder.to_owned()];
        let run = run_in_memory(&mut newsroom, &first.ledger);
        assert_eq!(run.files, first.files, "{folder}");
        assert_eq!(run.ledger, first.ledger, "{folder}");
    }
}

#[test]
fn the_last_article_can_be_withdrawn() {
    let site = Site::of(&[("feedmill.toml", SETTINGS), (BRIDGE, &article("The bridge opens", 1))]);
    site.build(&[]).is_silent();
    site.write(BRIDGE, article("The bridge opens", 1).replace("title", "withdrawn: true\ntitle"));
    site.build(&[]).is_silent();
    for feed in [".", "en", "en/news", "news"] {
        let text = site.read(&format!("feeds/{feed}/atom.xml"));
        assert_eq!(
            (text.matches("<entry").count(), text.matches("<at:deleted-entry").count()),
            (0, 1),
            "{feed}"
        );
    }
    let before = site.tree("feeds");
    site.build(&[]).is_silent();
    assert_eq!(difference(&before, &site.tree("feeds")), "", "and stays withdrawn");
    site.write(BRIDGE, article("The bridge opens", 1));
    site.build(&[]).is_silent();
    assert_eq!(ids(&site, "en"), ["tag:post.example,2026-11-01:en/bridge"]);
}

/// What an author may write to take an article back, and that it comes back as something later, not as something new.
#[test]
fn what_its_author_takes_back_goes_and_may_come_back() {
    for taken_back in
        ["draft: true", "feeds: false", "withdrawn: true", "expires: 2026-11-20", "status: draft"]
    {
        let site = published();
        let before = ids(&site, "en");
        let updated = |site: &Site| {
            let text = site.read("feeds/en/atom.xml");
            let entry = text.split("<entry").find(|entry| entry.contains("The bridge opens")).unwrap();
            entry.split("<updated>").nth(1).unwrap().split('<').next().unwrap().to_owned()
        };
        assert_eq!(updated(&site), "2026-11-01T08:00:00Z");
        site.write(BRIDGE, article("The bridge opens", 1).replace("title", &format!("{taken_back}\ntitle")));
        let run = site.build(&["--json"]);
        assert_eq!((run.status, codes(&run)), (0, vec![]), "{taken_back}");
        assert_eq!(feeds_of(&run)["en"]["withdrawn"][0]["title"], "The bridge opens", "{taken_back}");
        assert!(!ids(&site, "en").contains(&"tag:post.example,2026-11-01:en/bridge".to_owned()));
        assert_eq!(site.read("feeds/en/atom.xml").matches("<at:deleted-entry").count(), 1, "{taken_back}");
        site.write(BRIDGE, article("The bridge opens", 1));
        let run = site.build(&["--json"]);
        assert_eq!(feeds_of(&run)["en"]["updated"][0]["title"], "The bridge opens", "{taken_back}");
        assert_eq!(ids(&site, "en"), before, "{taken_back}");
        assert!(updated(&site).as_str() > "2026-11-22T12:00:00Z", "later than the tombstone");
        site.build(&[]).is_silent();
    }
}

#[test]
fn what_is_published_is_not_embargoed_again() {
    let site = published();
    let before = site.tree("feeds");
    site.write(BRIDGE, article("The bridge opens", 1).replace("2026-11-01", "2026-11-30"));
    let run = site.build(&["--json"]);
    assert_eq!((run.status, codes(&run)), (0, vec!["changed-date".to_owned()]));
    assert_eq!(difference(&before, &site.tree("feeds")), "");
}

#[test]
fn what_is_lost_of_the_memory_is_announced_by_nobody() {
    for lost in [
        &["ledger.jsonl"][..],
        &["ledger-past.jsonl"],
        &["last-good"],
        &["ledger.jsonl", "last-good", "lock"],
    ] {
        let site = published();
        let before = site.tree("feeds");
        for name in lost {
            let path = site.path(&format!(".feedmill/{name}"));
            let _ = fs::remove_file(&path);
            let _ = fs::remove_dir_all(&path);
        }
        let run = site.build(&["--json"]);
        assert_eq!((run.status, feeds_of(&run)), (0, BTreeMap::new()), "{lost:?}");
        assert_eq!(difference(&before, &site.tree("feeds")), "", "{lost:?}");
        assert_eq!(site.read(".feedmill/last-good/en/news/bridge.md"), article("The bridge opens", 1));
    }
}
