//! How faults are told: to people, to programs, to GitHub and GitLab; and how they are explained.

use crate::support::{NOW, Run, Site};
use serde_json::{Value, json};

const SETTINGS: &str =
    "[site]\nurl = \"https://post.example/\"\n[feeds]\nby = [\"all\"]\nformats = [\"json\"]\n";
const GOOD: &str = "---\ntitle: The bridge\npublished: 2026-11-20\n---\nIt is open.\n";

/// One good article, and these.
fn site(articles: &[(&str, &str)]) -> Site {
    let site = Site::of(&[("feedmill.toml", SETTINGS), ("articles/bridge.md", GOOD)]);
    articles.iter().for_each(|(path, text)| site.write(&format!("articles/{path}"), text));
    site
}

/// What `feedmill check` says of one article.
#[track_caller]
fn told(article: &str) -> String {
    let run = site(&[("a.md", article)]).feedmill(&["check"]);
    assert_eq!(run.stdout, "");
    run.stderr
}

#[test]
fn the_line_is_shown_with_a_caret_under_the_value() {
    let expected = "\
articles/a.md:2:7: error[bad-date]: `date`: `2026-13-01` has no month 13
    2 | date: 2026-13-01
      |       ^^^^^^^^^^
  help: months are 01 to 12 and stand before the day: `2026-11-22`
";
    assert_eq!(told("---\ndate: 2026-13-01\n---\nText.\n"), expected);
    let quoted =
        expected.replace("2026-13-01\n     ", "'2026-13-01'\n     ").replace("^^^^^^^^^^", "^^^^^^^^^^^^");
    assert_eq!(
        told("\u{feff}---\r\ndate: '2026-13-01'\r\n---\r\nText.\r\n"),
        quoted,
        "CRLF and a byte order mark"
    );
    assert_eq!(told("---\rdate: 2026-13-01\r---\rText.\r"), expected, "line ends of an old Macintosh");
}

#[test]
fn the_caret_stands_under_wide_and_right_to_left_text() {
    let wide = "---\n{ 題名: 橋, date: 明日 }\n---\nText.\n";
    let expected = "\
articles/a.md:2:16: error[bad-date]: `date`: `明日` is not a date
    2 | { 題名: 橋, date: 明日 }
      |                   ^^^^
";
    assert!(told(wide).starts_with(expected), "{}", told(wide));
    let arabic = "---\ndate: 2026-11-20\nlang: عربي\n---\nText.\n";
    assert!(told(arabic).contains("\n    3 | lang: عربي\n      |       ^^^^\n"), "{}", told(arabic));
}

#[test]
fn hostile_lines_reach_no_terminal() {
    let bell = "---\ndate: \"\\e[31m\u{202e}x\"\ntitle: \u{1b}]0;x\n---\nText.\n";
    let told = told(bell);
    assert!(!told.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{told:?}");
}

#[test]
fn a_settings_file_is_shown_too() {
    let site = site(&[]);
    site.write("feedmill.toml", format!("\u{feff}{SETTINGS}limti = 5\r\n"));
    let expected = "\
feedmill.toml:6:1: error[unknown-setting]: there is no setting `limti` in `[feeds]`
    6 | limti = 5
      | ^^^^^
  help: did you mean `limit`?
";
    assert_eq!(site.feedmill(&["list"]).fails_with(2), expected);
}

#[test]
fn one_fault_of_a_thousand_files_is_told_once() {
    let site = site(&[]);
    (0..1000).for_each(|number| site.write(&format!("articles/faulty-{number:03}.md"), "Text.\n"));
    let expected = "\
articles/faulty-000.md:1:1: error[missing-date]: the article has no date
  help: add `published: 2026-11-22` to the front matter, or begin the file's name with the date
  also in articles/faulty-001.md:1:1, articles/faulty-002.md:1:1, articles/faulty-003.md:1:1 and 996 more
… `feedmill check -v` shows every place
";
    assert_eq!(site.feedmill(&["check", "-q"]).fails_with(1), expected);
    let all = site.feedmill(&["check", "-v"]);
    assert_eq!(all.fails_with(1).matches("error[missing-date]: the article").count(), 1000);
    assert_eq!(site.feedmill(&["check", "--json"]).events().len(), 1001, "JSON lines leave nothing out");
    let github = site.feedmill(&["check", "--format", "github"]);
    assert_eq!(github.stdout.lines().count(), 1000);
}

#[test]
fn of_many_faults_of_one_kind_some_are_shown_and_all_are_counted() {
    let site = site(&[]);
    for number in 0..36 {
        let article = format!("---\ndate: soon {}\n---\nText.\n", number / 3);
        site.write(&format!("articles/faulty-{number:02}.md"), article);
    }
    let run = site.build(&["--config", "feedmill.toml"]);
    assert_eq!(run.fails_with(1).matches("error[bad-date]: `date`").count(), 10);
    let (_, last) = run.stderr.trim_end().rsplit_once('\n').unwrap();
    let command = format!("build --as-of {NOW} --config feedmill.toml -v");
    assert_eq!(last, format!("… and 6 more error[bad-date]; `feedmill {command}` shows all"));
    let run = site.feedmill(&command.split(' ').collect::<Vec<_>>());
    assert_eq!(
        run.fails_with(1).matches("error[bad-date]: `date`").count(),
        36,
        "the command does what it says"
    );
}

const BAD_DATE: (&str, &str) = ("50%, a.md", "---\ndate: 2026-13-01\n---\nText.\n");
const NEAR_MISS: (&str, &str) =
    ("near.md", "---\ntilte: Near\ndate: 2026-11-01\n---\nText.<script>x</script>\n");

#[test]
fn github_gets_workflow_commands() {
    let site = site(&[BAD_DATE, NEAR_MISS]);
    let expected = "\
::error file=articles/50%25%2C a.md,line=2,col=7,title=bad-date::`date`: `2026-13-01` has no month 13%0Amonths are 01 to 12 and stand before the day: `2026-11-22`
::warning file=articles/near.md,line=2,col=1,title=unknown-field::no field is called `tilte`%0Adid you mean `title`?
";
    let run = site.build(&["--format", "github"]);
    assert_eq!(run, Run { status: 1, stdout: expected.to_owned(), stderr: String::new() });
    let run = site.feedmill(&["check", "--format", "github", "-v"]);
    assert!(
        run.stdout.contains("\n::notice file=articles/near.md,line=5,col=1,title=removed::"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.lines().all(|line| line.starts_with("::")), "{}", run.stdout);
    let articles = site.path("articles");
    let run = site.build(&["--format", "github", "--articles", articles.to_str().unwrap()]);
    assert_eq!(run.stdout, expected, "paths are relative to the working directory");
    let run = site.feedmill(&["build", "--format", "github", "--as-of", "soon"]);
    let soon = "::error title=bad-settings::`--as-of`: `soon` is not a date%0Awrite it as ";
    assert!(run.stdout.starts_with(soon), "{}", run.stdout);
    let run = site.feedmill(&["build", "--format", "github", "--articles", "nowhere"]);
    assert!(
        run.stdout.starts_with("::error title=feedmill::there is no directory `nowhere`"),
        "{}",
        run.stdout
    );
}

/// The array of a report, however the run ended.
#[track_caller]
fn code_quality(run: &Run) -> Vec<Value> {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

#[test]
fn gitlab_gets_one_array() {
    let site = site(&[BAD_DATE, NEAR_MISS]);
    let run = site.build(&["--format", "gitlab"]);
    assert_eq!(run.fails_with(1), "");
    let issues = code_quality(&run);
    let expected = json!({
        "description": "`date`: `2026-13-01` has no month 13; months are 01 to 12 and stand before the day: `2026-11-22`",
        "check_name": "bad-date",
        "fingerprint": issues[0]["fingerprint"],
        "severity": "major",
        "location": { "path": "articles/50%, a.md", "lines": { "begin": 2 } },
    });
    assert_eq!(issues[0], expected);
    assert_eq!((issues.len(), &issues[1]["severity"]), (2, &json!("minor")));
    site.write(&format!("articles/{}", BAD_DATE.0), "---\ntitle: Moved\ndate: 2026-13-01\n---\nText.\n");
    let moved = code_quality(&site.feedmill(&["check", "--format", "gitlab"]));
    assert_eq!(moved[0]["fingerprint"], issues[0]["fingerprint"]);
    assert_eq!(moved[0]["location"]["lines"]["begin"], 3);
    assert_eq!(code_quality(&site.feedmill(&["check", "--format", "gitlab", "-v"])).len(), 3);
    // Whatever else is said has to go elsewhere.
    assert_eq!(code_quality(&site.build(&["--format", "gitlab", "--dry-run", "-v"])).len(), 3);
    let run = site.feedmill(&["build", "--format", "gitlab", "--articles", "nowhere"]);
    assert!(run.fails_with(2).starts_with("error: there is no directory"), "{}", run.stderr);
    assert!(code_quality(&run).is_empty());
    let run = site.feedmill(&["build", "--format", "gitlab", "--as-of", "soon"]);
    assert!(run.fails_with(2).starts_with("the command line:1:1: error[bad-settings]"), "{}", run.stderr);
    assert!(code_quality(&run).is_empty());
}

#[test]
fn the_forms_of_each_command() {
    let site = site(&[]);
    assert_eq!(site.feedmill(&["list", "--format", "json"]), site.feedmill(&["list", "--json"]));
    assert_eq!(site.feedmill(&["check", "--format", "json"]), site.feedmill(&["check", "--json"]));
    site.feedmill(&["check", "--format", "text"]).is_silent();
    assert_eq!(site.feedmill(&["check", "--format", "text", "--json"]).status, 2);
    assert_eq!(site.feedmill(&["list", "--format", "gitlab"]).status, 2);
    let run = site.feedmill(&["check", "--format", "gitbub"]);
    assert!(run.fails_with(2).contains("a similar value exists: 'github'"), "{}", run.stderr);
}

#[test]
fn json_lines_carry_the_snippet() {
    let event = site(&[BAD_DATE]).feedmill(&["check", "--json"]).events()[0].clone();
    assert_eq!(event["snippet"], json!({ "text": "date: 2026-13-01", "column": 7, "length": 10 }));
}

#[test]
fn languages_and_sections_that_were_nearly_right() {
    let site = site(&[]);
    let settings =
        "[editions.en]\n[editions.ru]\n[sections.news]\ntitle = { en = \"News\", ru = \"Новости\" }\n";
    site.write("feedmill.toml", format!("{SETTINGS}{settings}"));
    for (field, near) in [
        ("language: english", "en"),
        ("language: Русский", "ru"),
        ("language: rusian", "ru"),
        ("language: rus", "ru"),
        ("section: newss", "news"),
        ("section: Новсти", "news"),
    ] {
        site.write("articles/a.md", format!("---\ndate: 2026-11-01\n{field}\n---\nText.\n"));
        let told = site.feedmill(&["check"]).stderr;
        assert!(told.contains(&format!("  help: did you mean `{near}`?")), "{field}: {told}");
    }
}

#[test]
fn explain_shows_what_the_page_says() {
    let site = Site::of(&[]);
    let run = site.feedmill(&["explain", "bad-language"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let expected = "\
error[bad-language]: a language tag that is not BCP 47

Means. The language of an article is not a language tag of BCP 47.

Matters. The tag decides the edition, and readers use it for direction, hyphens and voices. The
article is left out.
";
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
    assert!(
        run.stdout.contains("\n\n    articles/en/news/ferry.md:2:11: error[bad-language]: "),
        "{}",
        run.stdout
    );
    assert_eq!(site.feedmill(&["explain", "error[bad-language]:"]), run);
    let event = site.feedmill(&["explain", "bad-language", "--json"]).events().remove(0);
    assert_eq!(
        (&event["type"], &event["code"], &event["severity"]),
        (&json!("code"), &json!("bad-language"), &json!("error"))
    );
    assert!(event["text"].as_str().unwrap().starts_with("**Means.** The language"));
}

#[test]
fn explain_lists_all_codes() {
    let site = Site::of(&[]);
    let run = site.feedmill(&["explain"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stdout.contains("\nbad-date               error    a date that cannot be read\n"),
        "{}",
        run.stdout
    );
    let codes = feedmill::diagnostic::Code::ALL.len();
    assert_eq!(run.stdout.lines().count(), codes);
    assert_eq!(site.feedmill(&["explain", "--json"]).events().len(), codes);
}

#[test]
fn a_code_that_does_not_exist() {
    let expected = "error: there is no code `bad-dat`\n  help: did you mean `bad-date`?\n";
    assert_eq!(Site::of(&[]).feedmill(&["explain", "bad-dat"]).fails_with(2), expected);
    let expected = "error: there is no code `ferry`\n  help: `feedmill explain` lists all codes\n";
    assert_eq!(Site::of(&[]).feedmill(&["explain", "ferry"]).fails_with(2), expected);
}
