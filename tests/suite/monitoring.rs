//! What programs hear of a run: the file of `--report`, the events of `--json`, and the page about both.

use crate::support::{NOW, Run, Site, repository_text};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

const SETTINGS: &str =
    "[pages]\npublish = false\n[site]\nurl = \"https://post.example/\"\n[feeds]\nformats = [\"json\"]\n";
const BRIDGE: &str = "---\ntitle: The bridge\npublished: 2026-11-20T08:00:00Z\n---\nIt is open.\n";
const LATER: &str = "---\ntitle: The pier\npublished: 2026-12-01T08:00:00Z\n---\nIt is shut.\n";
const FAULTY: &str = "---\ntitle: No date\n---\nText.\n";

/// An article that is due, and one that is not yet.
fn site() -> Site {
    Site::of(&[
        ("feedmill.toml", SETTINGS),
        ("articles/en/news/bridge.md", BRIDGE),
        ("articles/en/news/pier.md", LATER),
    ])
}

fn json_report(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.read(path)).unwrap()
}

fn entries(new: usize, updated: usize, withdrawn: usize) -> Value {
    json!({ "new": new, "updated": updated, "withdrawn": withdrawn, "ids_changed": 0 })
}

/// The samples of a page by metric and labels without `site`, after the whole of it was held against the grammar.
fn samples(page: &str, site: &str) -> BTreeMap<String, f64> {
    let mut samples = BTreeMap::new();
    let mut families = BTreeSet::new();
    let mut lines = page.lines().peekable();
    assert!(page.ends_with('\n'), "the last line has its end");
    while let Some(line) = lines.next() {
        let (name, help) = line.strip_prefix("# HELP ").unwrap().split_once(' ').unwrap();
        assert!(name.starts_with("feedmill_") && is_name(name), "{name}");
        assert!(!name.ends_with("_total"), "{name} is a gauge");
        assert!(help.ends_with('.') && !help.contains('\\'), "{help}");
        assert!(families.insert(name.to_owned()), "{name} is told in one place");
        assert_eq!(lines.next(), Some(format!("# TYPE {name} gauge").as_str()));
        let mut count = 0;
        while let Some(sample) = lines.next_if(|line| !line.starts_with('#')) {
            let (series, value) = sample.rsplit_once("} ").unwrap();
            let labels = series.strip_prefix(name).unwrap().strip_prefix('{').unwrap();
            let others = labels.strip_prefix(&format!("site=\"{site}\"")).unwrap();
            for label in others.split(',').skip(1) {
                let (label, text) = label.split_once('=').unwrap();
                assert!(is_name(label) && !label.contains(':'), "{label}");
                let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap();
                assert!(!text.contains(['"', '\\']), "{text}");
            }
            let value = value.parse().unwrap_or_else(|_| panic!("no number, or a time behind it: {sample}"));
            assert!(samples.insert(format!("{name}{others}"), value).is_none(), "{sample} stands twice");
            count += 1;
        }
        assert!(count > 0, "{name} has samples");
    }
    samples
}

fn is_name(name: &str) -> bool {
    let may_begin = |c: char| c.is_ascii_alphabetic() || c == '_' || c == ':';
    name.starts_with(may_begin) && name.chars().all(|c| may_begin(c) || c.is_ascii_digit())
}

#[test]
fn a_good_run_in_both_forms() {
    let site = site();
    site.build(&["--report", "post.json"]).is_silent();
    let mut report = json_report(&site, "post.json");
    assert!(report["seconds"].take().as_f64().unwrap() > 0.0);
    let finished = report["finished"].take();
    assert_eq!(report["last_success"].take(), finished);
    assert!(report["started"].take().as_str() <= finished.as_str());
    let counts = json!({
        "articles": 2, "due": 1, "drafts": 0, "embargoed": 1, "expired": 0, "withdrawn": 0, "not_for_feeds": 0, "faulty": 0,
    });
    let expected = json!({
        "type": "summary", "feedmill": env!("CARGO_PKG_VERSION"), "exit": 0, "failure": null, "started": null,
        "finished": null, "seconds": null, "last_success": null, "counts": counts, "feeds": 4, "files": 6, "changed": 6,
        "entries": entries(1, 0, 0), "errors": 0, "warnings": 0, "notes": 0, "dry_run": false, "next_due": "2026-12-01T08:00:00Z",
    });
    assert_eq!(report, expected);

    site.build(&["--report", "post.prom"]).is_silent();
    let mut found = samples(&site.read("post.prom"), "post");
    let ended = found.remove("feedmill_last_run_timestamp_seconds").unwrap();
    assert!(ended > 1.7e9 && ended < 1e11, "{ended}");
    assert_eq!(found.remove("feedmill_last_success_timestamp_seconds"), Some(ended));
    assert!(found.remove("feedmill_last_run_duration_seconds").is_some());
    let expected = [
        ("articles,state=\"due\"", 1.0),
        ("articles,state=\"draft\"", 0.0),
        ("articles,state=\"embargoed\"", 1.0),
        ("articles,state=\"expired\"", 0.0),
        ("articles,state=\"withdrawn\"", 0.0),
        ("articles,state=\"not_for_feeds\"", 0.0),
        ("articles,state=\"faulty\"", 0.0),
        (concat!("build_info,version=\"", env!("CARGO_PKG_VERSION"), "\""), 1.0),
        ("feeds", 4.0),
        ("files", 6.0),
        ("last_run_diagnostics,severity=\"error\"", 0.0),
        ("last_run_diagnostics,severity=\"warning\"", 0.0),
        ("last_run_diagnostics,severity=\"note\"", 0.0),
        ("last_run_exit_code", 0.0),
        ("last_run_entries,change=\"new\"", 0.0),
        ("last_run_entries,change=\"updated\"", 0.0),
        ("last_run_entries,change=\"withdrawn\"", 0.0),
        ("last_run_entries,change=\"id_changed\"", 0.0),
        ("last_run_files_changed", 0.0),
        ("next_due_timestamp_seconds", 1_796_112_000.0),
    ];
    assert_eq!(found, expected.map(|(name, value)| (format!("feedmill_{name}"), value)).into());
}

#[test]
fn entries_are_counted_once_however_many_feeds_carry_them() {
    let site = site();
    site.write("articles/en/news/seal.md", BRIDGE.replace("bridge", "seal"));
    let heard = || {
        site.build(&["--report", "post.json"]).is_silent();
        json_report(&site, "post.json")["entries"].clone()
    };
    assert_eq!(heard(), entries(2, 0, 0));
    assert_eq!(heard(), entries(0, 0, 0));
    site.write(
        "articles/en/news/bridge.md",
        BRIDGE.replace("published", "updated: 2026-11-21T08:00:00Z\npublished"),
    );
    assert_eq!(heard(), entries(0, 1, 0));
    fs::remove_file(site.path("articles/en/news/seal.md")).unwrap();
    assert_eq!(heard(), entries(0, 0, 1));
    assert_eq!(heard(), entries(0, 0, 0));
    let dry = site.feedmill(&["build", "--as-of", "2026-12-24", "--dry-run", "--json"]).events();
    assert_eq!(dry.last().unwrap()["entries"], entries(1, 0, 0));
}

/// Each way to fail, with the exit code and how the failure begins.
#[test]
fn a_run_that_fails_reports_too_and_keeps_the_last_success() {
    let site = site();
    let reports = ["post.json", "post.prom"];
    let build = |args: &[&str]| reports.map(|report| site.build(&[args, &["--report", report]].concat()));
    let success = |name: &str| samples(&site.read(name), "post")["feedmill_last_success_timestamp_seconds"];
    let expect = |status: i32, failure: Option<&str>, runs: [Run; 2]| {
        assert_eq!(runs.each_ref().map(|run| run.status), [status; 2], "{runs:?}");
        let report = json_report(&site, reports[0]);
        assert_eq!(report["exit"], json!(status));
        let found = report["failure"].as_str();
        assert_eq!(found.is_some(), failure.is_some(), "{report}");
        assert!(found.unwrap_or_default().starts_with(failure.unwrap_or_default()), "{report}");
        let found = samples(&site.read(reports[1]), "post");
        assert_eq!(found["feedmill_last_run_exit_code"], f64::from(status));
    };

    expect(2, Some("there is no directory `nowhere`"), build(&["--articles", "nowhere"]));
    assert_eq!(json_report(&site, "post.json")["last_success"], Value::Null);
    assert_eq!(success("post.prom"), 0.0);
    expect(0, None, build(&[]));
    let (last_json, last_prom) =
        (json_report(&site, "post.json")["last_success"].clone(), success("post.prom"));
    assert!(last_prom > 0.0);

    site.write("articles/en/news/faulty.md", FAULTY);
    expect(1, None, build(&[]));
    expect(2, Some("nothing was written"), build(&["--strict"]));
    assert_eq!(json_report(&site, "post.json")["errors"], json!(1));
    assert_eq!(json_report(&site, "post.json")["counts"]["faulty"], json!(1));
    expect(2, Some("the settings cannot be read"), build(&["--config", "nowhere.toml"]));
    site.write(".feedmill/lock", "pid 4711\n");
    let lock = File::open(site.path(".feedmill/lock")).unwrap();
    lock.lock().unwrap();
    expect(2, Some("another run holds the lock"), build(&[]));
    lock.unlock().unwrap();
    fs::rename(site.path("articles/en/news/bridge.md"), site.path("bridge.md")).unwrap();
    expect(2, Some("no article in `articles` can be published"), build(&[]));
    fs::rename(site.path("bridge.md"), site.path("articles/en/news/bridge.md")).unwrap();
    // What is in the way of a feed.
    fs::remove_dir_all(site.path("feeds")).unwrap();
    site.write("feeds", "a file");
    expect(2, Some("cannot write `feeds/"), build(&[]));
    assert!(json_report(&site, "post.json")["last_success"].as_str() >= last_json.as_str());
    assert!(success("post.prom") >= last_prom);
}

#[test]
fn the_file_is_replaced_whole_with_its_mode_and_its_link() {
    let site = site();
    fs::create_dir(site.path("reports")).unwrap();
    site.write("reports/post.json", "");
    fs::set_permissions(site.path("reports/post.json"), Permissions::from_mode(0o640)).unwrap();
    symlink("reports/post.json", site.path("link.json")).unwrap();
    site.build(&["--report", "link.json"]).is_silent();
    assert!(site.path("link.json").is_symlink());
    assert_eq!(fs::metadata(site.path("reports/post.json")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(json_report(&site, "reports/post.json")["exit"], json!(0));
    assert_eq!(fs::read_dir(site.path("reports")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_dry_run_writes_no_report() {
    let site = site();
    let before = site.tree("");
    assert_eq!(site.build(&["--dry-run", "--report", "post.json"]).status, 0);
    assert_eq!(site.tree(""), before);
}

#[test]
fn a_report_that_cannot_be_written_stops_no_feed() {
    let site = site();
    let faulty = "cannot write `nowhere/post.json`: no such file or directory";
    let foreign = "`feedmill.toml` is not a report of feedmill";
    let served = "`feeds/post.json` lies within `feeds`, and what lies there is served";
    let among_articles = "`articles/post.prom` lies within `articles`, and what lies there is served";
    for (file, reason) in [
        ("nowhere/post.json", faulty),
        ("feedmill.toml", foreign),
        ("feeds/post.json", served),
        ("articles/post.prom", among_articles),
        ("articles", "cannot write `articles`: a directory is in its place"),
    ] {
        let _ = fs::remove_dir_all(site.path("feeds"));
        let before = site.tree("");
        let run = site.build(&["--report", file]);
        let expected = format!("error: the report was not written: {reason}\n");
        assert!(run.fails_with(1).starts_with(&expected), "{}", run.stderr);
        assert_eq!(run.stdout, "");
        let (mut after, feeds) = (site.tree(""), site.tree("feeds"));
        after.retain(|path, _| !path.starts_with("feeds/") && !path.starts_with(".feedmill/"));
        assert_eq!(
            (after, feeds.len()),
            (before.into_iter().filter(|(path, _)| !path.starts_with(".feedmill/")).collect(), 6)
        );
    }
    let run = site.build(&["--report", "nowhere/post.json", "--json"]);
    let last = run.events().pop().unwrap();
    assert_eq!((run.status, &last["exit"]), (1, &json!(1)));
    assert_eq!(last["failure"], json!(format!("the report was not written: {faulty}")));
    let failed = site.build(&["--report", "nowhere/post.json", "--articles", "nowhere"]);
    assert_eq!(failed.fails_with(2).matches("error: ").count(), 2, "{failed:?}");
    site.build(&["--report", ".feedmill/report.json"]).is_silent();
}

#[test]
fn a_run_can_wait_for_another() {
    let site = site();
    site.write(".feedmill/lock", "pid 4711\n");
    let lock = File::open(site.path(".feedmill/lock")).unwrap();
    lock.lock().unwrap();
    let expected = "\
error: another run holds the lock `.feedmill/lock` (pid 4711); waited 1 s for it
  help: let it finish, or end it with `kill 4711`: the lock goes with it
";
    assert_eq!(site.build(&["--wait", "1"]).fails_with(2), expected);
    let waiting = site.command(&["build", "--as-of", NOW, "--wait", "600", "--json"]);
    let mut waiting = { waiting }.stdout(std::process::Stdio::piped()).spawn().unwrap();
    // The run says that it waits, and then has the lock for the asking.
    let mut told = [0; 1];
    std::io::Read::read_exact(waiting.stdout.as_mut().unwrap(), &mut told).unwrap();
    assert!(!site.path("feeds").exists());
    lock.unlock().unwrap();
    let run = Run::of(waiting.wait_with_output().unwrap());
    assert_eq!((run.status, run.stdout.contains("\"dry_run\":false")), (0, true), "{run:?}");
    assert!(site.path("feeds/feed.json").exists());
    assert_eq!(site.build(&["--wait", "soon"]).status, 2);
}

#[test]
fn build_and_check_close_with_a_summary_however_they_end() {
    let site = site();
    site.write("broken.toml", "[site]\nurl = 1\n");
    for command in ["build", "check"] {
        for (args, status) in [
            (&["--as-of", NOW][..], 0),
            (&["--articles", "nowhere"], 2),
            (&["--config", "broken.toml"], 2),
            (&["--as-of", "soon"], 2),
        ] {
            let run = site.feedmill(&[&[command, "--json"], args].concat());
            assert_eq!((run.status, run.stderr.as_str()), (status, ""), "{command} {args:?}");
            let last = run.events().pop().unwrap();
            assert_eq!(
                (&last["type"], &last["exit"]),
                (&json!("summary"), &json!(status)),
                "{command} {args:?}"
            );
        }
    }
}

/// The fields of each kind of event, as the page has them: by heading.
fn documented(page: &str) -> BTreeMap<String, BTreeSet<String>> {
    let (_, events) = page.split_once("\n## Lines of JSON\n").unwrap();
    let sections = events.split("\n### ").skip(1);
    let first_cells = |section: &str| -> BTreeSet<String> {
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | "));
        rows.flat_map(|(cell, _)| cell.split(", ").map(|name| name.trim_matches('`').to_owned())).collect()
    };
    sections.map(|section| (section.lines().next().unwrap().to_owned(), first_cells(section))).collect()
}

#[test]
fn the_page_has_every_event_with_its_fields() {
    let site = site();
    site.write("articles/en/news/faulty.md", FAULTY);
    site.write(
        "old.xml",
        "<rss version=\"2.0\"><channel><title>Old</title><item><title>The bridge</title>\
         <guid isPermaLink=\"false\">17</guid><link>https://post.example/en/news/2026/11/bridge/</link></item>\
         </channel></rss>",
    );
    site.write(".feedmill/lock", "pid 4711\n");
    site.write("old.jsonl", "{\"feedmill\":\"ledger\",\"version\":2}\n");
    let lock = File::open(site.path(".feedmill/lock")).unwrap();
    lock.lock().unwrap();
    let waited = site.build(&["--json", "--wait", "1"]);
    lock.unlock().unwrap();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut note = |command: &str, run: &Run| {
        for event in run.events() {
            let kind = match event["type"].as_str().unwrap() {
                kind @ ("summary" | "feed") => format!("{kind} of {command}"),
                kind => kind.to_owned(),
            };
            let fields = event.as_object().unwrap().keys().filter(|key| *key != "type").cloned();
            found.entry(kind).or_default().extend(fields);
        }
    };
    note("build", &waited);
    for args in [
        &["build", "--json", "--as-of", NOW][..],
        &["check", "--json"],
        &["list", "--json", "--as-of", NOW],
        &["list", "--articles", "--json", "--as-of", NOW],
        &["list", "--html", "--json", "--as-of", NOW],
        &["adopt", "--json", "old.xml"],
        &["ledger", "show", "--json"],
        &["ledger", "show", "--json", "en/news/bridge.md"],
        &["ledger", "import", "--dry-run", "--json", "old.jsonl"],
        &["ledger", "redate", "--dry-run", "--json", "en/news/bridge.md"],
        &["new", "A bell", "--section", "news", "--json"],
        &["explain", "--json", "bad-date"],
    ] {
        note(args[0], &site.feedmill(args));
    }
    assert_eq!(documented(&repository_text("docs/monitoring.md")), found);
}

#[test]
fn the_page_has_every_metric() {
    let site = site();
    site.build(&["--report", "post.prom"]).is_silent();
    let text = site.read("post.prom");
    let written = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next());
    let page = repository_text("docs/monitoring.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `feedmill_")?.split('`').next());
    let documented: BTreeSet<String> = rows.map(|name| format!("feedmill_{name}")).collect();
    assert_eq!(documented, written.map(str::to_owned).collect());
    let (_, example) = page.split_once("```yaml\n").unwrap();
    let names = example.split("```").next().unwrap().split(|c: char| !c.is_alphanumeric() && c != '_');
    for name in names.filter(|name| name.starts_with("feedmill_")) {
        assert!(documented.contains(name), "{name}");
    }
}
