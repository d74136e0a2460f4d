//! `feedmill new`: an article begun, written and published.

use crate::support::{NOW, Run, Site};
use serde_json::json;
use std::fs;

const SETTINGS: &str = "\
[site]
url = \"https://post.example/\"
timezone = \"Europe/Riga\"
[editions.en]
[editions.ru]
[sections.news]
[sections.reports]
";

fn site() -> Site {
    Site::of(&[("feedmill.toml", SETTINGS)])
}

#[test]
fn it_prints_the_path_of_a_draft_that_goes_out_when_it_is_none_any_more() {
    let site = site();
    let date = "2026-11-20 08:30";
    let run = site.feedmill(&["new", "The ferry: \"late\" 🎉", "--section", "news", "--date", date]);
    let path = "articles/en/news/2026-11-20-the-ferry-late.md";
    assert_eq!(run, Run { status: 0, stdout: format!("{path}\n"), stderr: String::new() });
    let text = site.read(path);
    assert!(text.contains("published: 2026-11-20T08:30:00+02:00\n"), "{text}");
    site.feedmill(&["check"]).is_silent();
    site.build(&[]).fails_with(2);
    let lines = text.lines().filter(|line| !line.starts_with("draft"));
    site.write(path, lines.map(|line| format!("{line}\n")).collect::<String>() + "It waits for the tide.\n");
    site.build(&[]).is_silent();
    let feed = site.read("feeds/en/news/feed.json");
    assert!(feed.contains("\"title\": \"The ferry: \\\"late\\\" 🎉\""), "{feed}");
}

#[test]
fn it_is_dated_now_in_the_time_of_the_site() {
    let site = site();
    site.feedmill(&["new", "Паром", "--section", "reports", "--edition", "ru", "--bundle"]);
    let tree = site.tree("articles/ru/reports");
    let (path, text) = tree.first_key_value().unwrap();
    assert!(path.ends_with("-паром/index.md"), "{path}");
    let text = String::from_utf8(text.clone()).unwrap();
    let published = text.lines().find_map(|line| line.strip_prefix("published: ")).unwrap();
    assert!(published.ends_with(":00+02:00") || published.ends_with(":00+03:00"), "{published}");
    assert!(path.starts_with(&published[..10]), "{path} and {published}");
}

#[test]
fn nothing_is_replaced() {
    let site = site();
    let again = ["new", "Ferry", "--section", "news", "--date", "2026-11-20"];
    let path = site.feedmill(&again).stdout;
    let before = site.read(path.trim());
    let expected = "\
error: `articles/en/news/2026-11-20-ferry.md` is there already
  help: give the new article another `--slug`
";
    assert_eq!(site.feedmill(&again).fails_with(2), expected);
    assert_eq!(site.read(path.trim()), before);
}

#[test]
fn what_is_not_known_is_told_with_what_is() {
    let site = site();
    let expected = "\
error: there is no section `nwes`
  help: did you mean `news`? `--create` begins a new section
";
    assert_eq!(site.feedmill(&["new", "Ferry", "--section", "nwes"]).fails_with(2), expected);
    let run = site.feedmill(&["new", "Ferry", "--section", "news", "--date", "soon"]);
    let expected = "\
the command line:1:1: error[bad-settings]: `--date`: `soon` is not a date
  help: write it as `--date 2026-12-24` or `--date \"2026-12-24 08:30\"`
";
    assert_eq!(run.fails_with(2), expected);
    assert!(!site.path("articles").exists());
}

#[test]
fn the_editor_gets_the_path() {
    let site = site();
    let args = ["new", "Night crane", "--section", "reports", "--date", NOW, "--edit", "--json"];
    let mut command = site.command(&args);
    command.env_remove("EDITOR").env("VISUAL", "printf 'text of %s' >> crane.txt");
    let run = Run::of(command.output().unwrap());
    let path = "articles/en/reports/2026-11-22-night-crane.md";
    assert_eq!((run.status, run.events()), (0, vec![json!({ "type": "new", "path": path })]), "{run:?}");
    assert_eq!(site.read("crane.txt"), format!("text of {path}"));
    fs::remove_file(site.path(path)).unwrap();

    let run = Run::of(command.env("VISUAL", "").env("EDITOR", "false").output().unwrap());
    assert!(
        run.fails_with(2).is_empty() && run.stdout.contains("the article is written all the same"),
        "{run:?}"
    );
    fs::remove_file(site.path(path)).unwrap();

    let run = Run::of(command.env_remove("VISUAL").env_remove("EDITOR").output().unwrap());
    assert!(run.stdout.contains("neither `VISUAL` nor `EDITOR` is set"), "{run:?}");
    assert!(!site.path(path).exists());
}
