//! What a shell and `man` get to know of the program.

use crate::cli::assert_golden;
use crate::support::{Site, repository_text};
use std::process::Command;

#[test]
fn the_manual_has_a_page_for_every_command() {
    let site = Site::of(&[]);
    site.feedmill(&["man", "--directory", "man/man1"]).is_silent();
    let pages = site.tree("man/man1");
    let help = site.feedmill(&["--help"]).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("    "));
    for command in commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(pages.contains_key(&format!("feedmill-{command}.1")), "{command}: {:?}", pages.keys());
    }
    for (name, page) in
        ["feedmill.1", "feedmill-build.1", "feedmill-ledger-redate.1"].map(|name| (name, &pages[name]))
    {
        let page = String::from_utf8(page.clone()).unwrap();
        assert_golden(&format!("help/{name}"), &page);
    }
    let redate = site.feedmill(&["man", "ledger", "redate"]).stdout;
    assert_eq!(redate.as_bytes(), pages["feedmill-ledger-redate.1"]);
}

#[test]
fn a_page_that_there_is_not_is_a_failure_with_a_suggestion() {
    let run = Site::of(&[]).feedmill(&["man", "ledger", "shwo"]);
    assert_eq!(run.fails_with(2), "error: there is no command `shwo`\n  help: did you mean `show`?\n");
}

/// What bash offers for the last of these words.
fn completed(words: &str) -> Vec<String> {
    let site = Site::of(&[]);
    let script = site.feedmill(&["completions", "bash"]).stdout;
    let ask = format!(
        "{script}
        COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _feedmill feedmill \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"
        printf '%s\n' \"${{COMPREPLY[@]}}\""
    );
    let output = Command::new("bash").args(["--norc", "-c", &ask]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_flags_and_values() {
    assert_eq!(completed("feedmill bui"), ["build"]);
    assert_eq!(completed("feedmill build --dry"), ["--dry-run"]);
    assert_eq!(completed("feedmill check --format git"), ["github", "gitlab"]);
    assert_eq!(completed("feedmill ledger red"), ["redate"]);
    assert_eq!(completed("feedmill explain bad-d"), ["bad-date"]);
    assert_eq!(completed("feedmill man comp"), ["completions"]);
}

#[test]
fn every_shell_has_every_command() {
    let site = Site::of(&[]);
    for shell in ["bash", "zsh", "fish"] {
        let script = site.feedmill(&["completions", shell]).stdout;
        for word in ["build", "dry-run", "redate", "gitlab", "missing-date"] {
            assert!(script.contains(word), "{word} in the script for {shell}");
        }
    }
    let run = site.feedmill(&["completions", "bsh"]);
    assert!(run.fails_with(2).contains("a similar value exists: 'bash'"), "{}", run.stderr);
}

/// A name in the manual is that of a file that the program has.
#[test]
fn the_files_of_the_manual_are_those_of_the_program() {
    let page = Site::of(&[]).feedmill(&["man"]).stdout;
    let (_, files) = page.split_once(".SH FILES\n").unwrap();
    let (files, _) = files.split_once(".SH").unwrap();
    let sources = ["ledger", "lock", "past", "archive", "last_good"];
    let sources = sources.map(|name| repository_text(&format!("src/bin/feedmill/disk/{name}.rs"))).concat();
    for name in ["ledger.jsonl", "ledger\\-past.jsonl", "ledger\\-archive.jsonl", "last\\-good", "lock"] {
        assert!(files.contains(name), "{name} in {files}");
        let name = name.replace('\\', "");
        assert!(sources.contains(&format!("\"{name}\"")), "no file is called `{name}`");
    }
}
