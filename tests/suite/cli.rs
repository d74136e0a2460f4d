//! What people, cron and other programs get to see.

use crate::support::{Run, Site, diff, is_accepting, repository};
use serde_json::{Value, json};
use std::fs;
use std::io::pipe;

const SETTINGS: &str = "[pages]\npublish = false\n[site]\nurl = \"https://post.example/\"\ntitle = \"The Harbour Post\"\n[feeds]\nby = [\"all\", \"section\"]\n";

/// One good article, one with unsafe HTML, one with a near miss of a field.
fn site() -> Site {
    Site::of(&[
        ("feedmill.toml", SETTINGS),
        (
            "articles/news/bridge.md",
            "---\ntitle: The bridge\npublished: 2026-11-20T08:00:00Z\n---\nIt is open.\n",
        ),
        (
            "articles/news/script.md",
            "---\ntitle: A script\npublished: 2026-11-19T08:00:00Z\n---\n<p>Text.</p><script>x</script>\n",
        ),
    ])
}

const NEAR_MISS: (&str, &str) =
    ("articles/news/near.md", "---\ntilte: Near\npublished: 2026-11-18T08:00:00Z\n---\nText.\n");
const FAULTY: (&str, &str) = ("articles/news/faulty.md", "---\ntitle: No date\n---\nText.\n");
const FAULT: &str = "\
articles/news/faulty.md:1:1: error[missing-date]: the article has no date
  help: add `published: 2026-11-22` to the front matter, or begin the file's name with the date
";
const WARNING: &str = "\
articles/news/near.md:2:1: warning[unknown-field]: no field is called `tilte`
    2 | tilte: Near
      | ^^^^^
  help: did you mean `title`?
";

/// Compares a text with the file that holds what is expected, or takes it over.
#[track_caller]
pub fn assert_golden(path: &str, found: &str) {
    let file = repository("tests/suite").join(path);
    if is_accepting() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        return fs::write(file, found).unwrap();
    }
    let expected = fs::read(&file).unwrap_or_default();
    let report = diff(path, &expected, found.as_bytes());
    assert!(report.is_empty(), "{report}");
}

#[test]
fn help() {
    let of_ledger = ["ledger show", "ledger export", "ledger import", "ledger redate"];
    let commands = [
        "",
        "build",
        "check",
        "serve",
        "list",
        "adopt",
        "ledger",
        "init",
        "new",
        "kit",
        "explain",
        "completions",
        "man",
    ];
    for command in commands.into_iter().chain(of_ledger) {
        let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let run = Site::of(&[]).feedmill(&args);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        let name = if command.is_empty() { "feedmill".to_owned() } else { command.replace(' ', "-") };
        assert_golden(&format!("help/{name}.txt"), &run.stdout);
    }
}

#[test]
fn version() {
    let expected = format!("feedmill {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(
        Site::of(&[]).feedmill(&["--version"]),
        Run { status: 0, stdout: expected, stderr: String::new() }
    );
}

#[test]
fn a_wrong_flag_is_a_failure_with_a_suggestion() {
    let run = site().feedmill(&["build", "--dry-rum"]);
    let expected = "\
error: unexpected argument '--dry-rum' found

  tip: a similar argument exists: '--dry-run'

Usage: feedmill build --dry-run

For more information, try '--help'.
";
    assert_eq!(run, Run { status: 2, stdout: String::new(), stderr: expected.to_owned() });
    let run = site().feedmill(&["bild"]);
    assert!(run.fails_with(2).contains("a similar subcommand exists: 'build'"), "{}", run.stderr);
    assert!(!site().path("feeds").exists());
}

#[test]
fn a_time_that_is_none_is_a_failure() {
    let run = site().feedmill(&["build", "--as-of", "soon"]);
    assert_eq!(
        run.fails_with(2),
        "\
the command line:1:1: error[bad-settings]: `--as-of`: `soon` is not a date
  help: write it as `--as-of 2026-12-24` or `--as-of \"2026-12-24 08:30\"`
"
    );
}

#[test]
fn a_file_that_does_not_exist_is_a_failure_with_a_suggestion() {
    let site = site();
    let help = |args: &[&str]| {
        let run = site.feedmill(args);
        let message = run.fails_with(2).trim_end();
        message.rsplit_once("\n  help: ").unwrap_or_else(|| panic!("no help in {message}")).1.to_owned()
    };
    assert_eq!(help(&["build", "--config", "feedmil.toml"]), "did you mean `feedmill.toml`?");
    assert_eq!(help(&["build", "--articles", "artcles"]), "did you mean `articles`?");
    assert_eq!(help(&["adopt", "feedmil.toml"]), "did you mean `feedmill.toml`?");
    assert_eq!(
        help(&["ledger", "import", "articles/news/brige.md"]),
        "did you mean `articles/news/bridge.md`?"
    );
    assert_eq!(help(&["init", "--config", "new.toml", "--articles", "article"]), "did you mean `articles`?");
    let init = "`feedmill init` writes one from what is found in this directory";
    assert_eq!(help(&["build", "--config", "nowhere/settings.toml"]), init);
    fs::remove_file(site.path("feedmill.toml")).unwrap();
    assert_eq!(help(&["build"]), format!("there is no `feedmill.toml` here; {init}"));
}

#[test]
fn without_a_terminal_success_is_silent() {
    let site = site();
    site.build(&[]).is_silent();
    site.feedmill(&["check"]).is_silent();
}

#[test]
fn quiet_leaves_errors_only() {
    let site = site();
    site.write(NEAR_MISS.0, NEAR_MISS.1);
    assert_eq!(site.build(&[]), Run { status: 0, stdout: String::new(), stderr: WARNING.to_owned() });
    site.build(&["-q"]).is_silent();
    site.write(FAULTY.0, FAULTY.1);
    assert_eq!(site.build(&[]).fails_with(1), format!("{FAULT}{WARNING}"));
    assert_eq!(site.build(&["--quiet"]).fails_with(1), FAULT);
    assert_eq!(site.build(&["-q", "-v"]).status, 2, "one cannot have both");
}

#[test]
fn verbose_says_what_changed_and_what_was_removed() {
    let site = site();
    let run = site.build(&["-v"]);
    let (lines, summary) = run.stderr.split_once("2 articles").unwrap();
    let expected = "\
articles/news/script.md:5:1: note[removed]: removed from the content: 1 `script`
created feeds/atom.xml
created feeds/feed.json
created feeds/feeds.opml
created feeds/news/atom.xml
created feeds/news/feed.json
created feeds/news/rss.xml
created feeds/rss.xml
+ The bridge (all, news)
+ A script (all, news)
all, news: 2 new
subscribers see 2 new, 0 updated, 0 withdrawn, 0 ids changed
";
    assert_eq!((lines, run.status, run.stdout.as_str()), (expected, 0, ""));
    assert!(summary.starts_with(": 2 due\n2 feeds in 7 files, 7 changed, "), "{summary}");

    let run = site.build(&["--verbose"]);
    let (lines, summary) = run.stderr.split_once("2 articles").unwrap();
    assert_eq!(lines, "articles/news/script.md:5:1: note[removed]: removed from the content: 1 `script`\n");
    assert!(summary.starts_with(": 2 due\n2 feeds in 7 files, 0 changed, "), "{summary}");
}

#[test]
fn json_is_one_object_per_line_and_each_has_a_type() {
    let site = site();
    site.write(FAULTY.0, FAULTY.1);
    let run = site.build(&["--json"]);
    assert_eq!(run.fails_with(1), "", "all is told on stdout");
    let types: Vec<Value> = run.events().iter().map(|event| event["type"].clone()).collect();
    let files = vec![json!("file"); 7];
    let diagnostics = vec![json!("diagnostic"); 2];
    let feeds = vec![json!("feed"); 2];
    assert_eq!(types, [diagnostics, files, feeds, vec![json!("summary")]].concat());
    let fault = json!({
        "type": "diagnostic",
        "severity": "error",
        "code": "missing-date",
        "location": { "path": "articles/news/faulty.md", "line": 1, "column": 1 },
        "message": "the article has no date",
        "related": [],
        "help": "add `published: 2026-11-22` to the front matter, or begin the file's name with the date",
        "snippet": null,
    });
    assert_eq!(run.events()[0], fault);
    assert_eq!(run.events()[2], json!({ "type": "file", "path": "feeds/atom.xml", "change": "created" }));
    let mut summary = run.events()[11].clone();
    assert!(summary["seconds"].take().is_number());
    ["started", "finished"].iter().for_each(|time| assert!(summary[time].take().is_string()));
    let counts = json!({
        "articles": 3, "due": 2, "drafts": 0, "embargoed": 0, "expired": 0, "withdrawn": 0, "not_for_feeds": 0, "faulty": 1,
    });
    let entries = json!({ "new": 2, "updated": 0, "withdrawn": 0, "ids_changed": 0 });
    let expected = json!({
        "type": "summary", "feedmill": env!("CARGO_PKG_VERSION"), "exit": 1, "failure": null, "started": null,
        "finished": null, "seconds": null, "counts": counts, "feeds": 2, "files": 7, "changed": 7, "entries": entries,
        "errors": 1, "warnings": 0, "notes": 1, "dry_run": false, "next_due": null,
    });
    assert_eq!(summary, expected);
}

#[test]
fn json_of_every_command_and_failure() {
    let site = site();
    for args in [&["build", "--dry-run", "--json"][..], &["check", "--json"], &["list", "--json"]] {
        let run = site.feedmill(args);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{args:?}");
        assert!(
            !run.events().is_empty() && run.events().iter().all(|event| event["type"].is_string()),
            "{args:?}"
        );
    }
    for args in
        [&["build", "--articles", "nowhere", "--json"][..], &["check", "--config", "nowhere", "--json"]]
    {
        let run = site.feedmill(args);
        assert_eq!(run.fails_with(2), "");
        assert!(run.events().iter().all(|event| event["type"].is_string()), "{args:?}");
    }
}

#[test]
fn check_finds_every_fault_and_writes_nothing() {
    let site = site();
    site.write(NEAR_MISS.0, NEAR_MISS.1);
    assert_eq!(
        site.feedmill(&["check"]),
        Run { status: 0, stdout: String::new(), stderr: WARNING.to_owned() }
    );
    // No feed shows it, but it is faulty all the same.
    site.write("feedmill.toml", format!("{SETTINGS}limit = 1\n"));
    site.write("articles/news/link.md", "---\npublished: 2020-01-01\n---\nTo [nowhere](gone.md).\n");
    site.write(FAULTY.0, FAULTY.1);
    let before = site.tree("");
    let link = "\
articles/news/link.md:4:14: warning[broken-link]: `gone.md` is no published article
    4 | To [nowhere](gone.md).
      |              ^^^^^^^
  help: mend the path, which is relative to this file, or link to the page's URL
";
    assert_eq!(site.feedmill(&["check"]).fails_with(1), format!("{FAULT}{link}{WARNING}"));
    assert_eq!(site.tree(""), before);
}

#[test]
fn list_shows_the_feeds() {
    let expected = "\
The Harbour Post: 2 entries, the newest of 2026-11-20
    1.4 kB  https://post.example/feeds/rss.xml
    1.4 kB  https://post.example/feeds/atom.xml
     911 B  https://post.example/feeds/feed.json
The Harbour Post — news: 2 entries, the newest of 2026-11-20
    1.5 kB  https://post.example/feeds/news/rss.xml
    1.4 kB  https://post.example/feeds/news/atom.xml
     925 B  https://post.example/feeds/news/feed.json
";
    let run = site().feedmill(&["list"]);
    assert_eq!(run, Run { status: 0, stdout: expected.to_owned(), stderr: String::new() });
}

#[test]
fn list_shows_the_articles_and_the_end_of_the_next_embargo() {
    let site = site();
    site.write("articles/news/later.md", "---\npublished: 2026-12-01T08:00:00Z\n---\nText.\n");
    let expected = "\
2026-11-20 08:00  -     news           articles/news/bridge.md  https://post.example/news/2026/11/bridge/
2026-11-19 08:00  -     news           articles/news/script.md  https://post.example/news/2026/11/script/
next due: 2026-12-01T08:00:00Z
";
    let run = site.feedmill(&["list", "--articles", "--as-of", crate::support::NOW]);
    assert_eq!(run, Run { status: 0, stdout: expected.to_owned(), stderr: String::new() });
}

#[test]
fn init_writes_settings_that_build_accepts() {
    let site = site();
    fs::remove_file(site.path("feedmill.toml")).unwrap();
    site.write("articles/ru/reports/most.md", "---\ntitle: Мост\npublished: 2026-11-20\n---\nОн открыт.\n");
    let run = site.feedmill(&["init", "--url", "https://post.example"]);
    let expected = "wrote feedmill.toml; found 3 articles: 3 due\nnow run `feedmill build`\n";
    assert_eq!(run, Run { status: 0, stdout: String::new(), stderr: expected.to_owned() });
    assert_golden("help/init.toml", &site.read("feedmill.toml"));
    site.build(&[]).is_silent();
    assert!(site.path("feeds/ru/reports/rss.xml").exists());
}

#[test]
fn init_changes_no_id() {
    let article = "---\npublished: 2026-11-20\n---\nText.\n";
    let site = Site::of(&[("articles/ferry.md", article), ("articles/ferry.ru.md", article)]);
    let url = ["--url", "https://post.example"];
    let before = site.feedmill(&[&["list", "--articles", "--json"], &url[..]].concat()).stdout;
    assert_eq!(site.feedmill(&[&["init"], &url[..]].concat()).status, 0);
    assert_eq!(site.feedmill(&["list", "--articles", "--json"]).stdout, before);
}

#[test]
fn init_without_a_url_says_what_is_missing() {
    let site = site();
    let run = site.feedmill(&["init", "--config", "new.toml"]);
    let expected = "wrote new.toml; found 2 articles: 2 due\nset `url` in it, then run `feedmill build`\n";
    assert_eq!(run, Run { status: 0, stdout: String::new(), stderr: expected.to_owned() });
    let fault = "new.toml:1:1: error[bad-settings]: `site.url` is missing: no link can be made without it\n";
    assert!(
        site.build(&["--config", "new.toml"]).fails_with(2).starts_with(fault),
        "ids would be made of it"
    );
    site.build(&["--config", "new.toml", "--url", "https://post.example/"]).is_silent();
}

#[test]
fn a_page_without_a_date_is_told_to_those_who_ask() {
    let site = site();
    site.write("feedmill.toml", format!("{SETTINGS}[articles]\nundated = \"skip\"\n"));
    site.write("articles/en/news/about.md", "---\ntitle: About us\n---\nText.\n");
    site.build(&[]).is_silent();
    let run = site.feedmill(&["check", "-v", "--as-of", crate::support::NOW]);
    let expected = "articles/en/news/about.md:1:1: note[undated-page]: the file has no date, so it is a page and no article\n";
    assert_eq!((run.status, run.stderr.contains(expected)), (0, true), "{}", run.stderr);
}

#[test]
fn init_replaces_nothing() {
    let site = site();
    let expected = "\
error: `feedmill.toml` already exists
  help: name another file with `--config`
";
    assert_eq!(site.feedmill(&["init"]).fails_with(2), expected);
    assert_eq!(site.read("feedmill.toml"), SETTINGS);
}

#[test]
fn no_colour_without_a_terminal() {
    let site = site();
    site.write(FAULTY.0, FAULTY.1);
    for args in [&["build", "-v"][..], &["list"], &["check"], &["--help"], &["build", "--wrong"]] {
        let run = site.feedmill(args);
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "{args:?}: {run:?}");
        let command = &mut site.command(args);
        assert_eq!(Run::of(command.env("NO_COLOR", "1").output().unwrap()).status, run.status);
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let site = site();
    for args in [&["list"][..], &["build", "--json"], &["--help"]] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let run = Run::of(site.command(args).stdout(writer).output().unwrap());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{args:?}");
    }
    site.write(FAULTY.0, FAULTY.1);
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    assert_eq!(Run::of(site.command(&["build"]).stderr(writer).output().unwrap()).status, 1);
}
