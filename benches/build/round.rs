//! One round: each kind of build next to its reference, and the proof that the build was right.

use std::fs;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::feeds::{self, ENTRY_LIMIT, JsonFeed};
use crate::process::{self, Run};
use crate::tree::Tree;

/// A program that does the least that a build must do too.
#[derive(Clone, Copy)]
pub struct Reference {
    pub name: &'static str,
    arguments: &'static [&'static str],
    exit_code: i32,
}

impl Reference {
    /// Reads every article to its end, because no article holds the word; no match is exit code 1.
    pub const RIPGREP: Reference = Reference {
        name: "rg",
        arguments: &["--no-config", "--no-ignore", "-c", "zzqxnotthere", "articles"],
        exit_code: 1,
    };

    /// Asks for size and time of every article.
    pub const FIND: Reference = Reference {
        name: "find",
        arguments: &["articles", "-type", "f", "-printf", "%s %T@\\n"],
        exit_code: 0,
    };

    /// This reference, unless the machine has none that works; that is said, since a ratio will be missing.
    pub fn if_it_runs(self, tree: &Tree) -> Option<Reference> {
        match self.run(tree) {
            Ok(_) => Some(self),
            Err(message) => {
                eprintln!(
                    "WARNING: {message}\nWARNING: everything is measured, but no ratio to `{}`",
                    self.name
                );
                None
            }
        }
    }

    fn run(self, tree: &Tree) -> Result<Run, String> {
        let mut command = Command::new(self.name);
        command.args(self.arguments).current_dir(&tree.site);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let (status, run) =
            process::run(&mut command).map_err(|error| format!("`{}`: {error}", self.name))?;
        if status.code() != Some(self.exit_code) {
            return Err(format!(
                "`{}` ended with {status}, expected exit code {}",
                self.name, self.exit_code
            ));
        }
        Ok(run)
    }
}

#[derive(Clone, Copy)]
enum Build {
    Cold,
    Unchanged,
    OneChanged,
}

/// One kind of build, what it is measured against, and the runs so far.
pub struct Contest {
    pub name: &'static str,
    /// How many times the reference's time the build may take.
    pub bar: f64,
    pub reference: Option<Reference>,
    pub feedmill_runs: Vec<Run>,
    pub reference_runs: Vec<Run>,
    build: Build,
}

impl Contest {
    /// The kinds of build in the order of a round: each starts from what the one before it left.
    pub fn all(ripgrep: Option<Reference>, find: Option<Reference>) -> [Contest; 3] {
        [
            Contest::new("cold build", Build::Cold, 1.5, ripgrep),
            Contest::new("nothing changed", Build::Unchanged, 1.3, find),
            Contest::new("one article changed", Build::OneChanged, 1.4, find),
        ]
    }

    fn new(name: &'static str, build: Build, bar: f64, reference: Option<Reference>) -> Contest {
        Contest { name, bar, reference, feedmill_runs: Vec::new(), reference_runs: Vec::new(), build }
    }
}

/// Runs every contest once, reference first. `number` tells one round's change of an article from another's.
pub fn run(tree: &Tree, number: usize, contests: &mut [Contest]) -> Result<(), String> {
    for contest in contests {
        if let Some(reference) = contest.reference {
            contest.reference_runs.push(reference.run(tree)?);
        }
        let built = match contest.build {
            Build::Cold => cold(tree),
            Build::Unchanged => unchanged(tree),
            Build::OneChanged => one_changed(tree, number),
        };
        let run =
            built.map_err(|message| format!("{} is wrong in round {number}: {message}", contest.name))?;
        contest.feedmill_runs.push(run);
    }
    Ok(())
}

fn cold(tree: &Tree) -> Result<Run, String> {
    for directory in ["feeds", ".feedmill"] {
        remove(&tree.site.join(directory))?;
    }
    feedmill_build(tree)
}

fn unchanged(tree: &Tree) -> Result<Run, String> {
    let directory = tree.site.join("feeds");
    let traces = || feeds::traces(&directory).map_err(|error| format!("{}: {error}", directory.display()));
    let before = traces()?;
    let run = feedmill_build(tree)?;
    let after = traces()?;
    match after.iter().find(|&(path, trace)| before.get(path) != Some(trace)) {
        Some((path, _)) => Err(format!("{} was written to, although nothing had changed", path.display())),
        None => Ok(run),
    }
}

fn one_changed(tree: &Tree, number: usize) -> Result<Run, String> {
    let title = tree.change_one(number)?;
    let run = feedmill_build(tree)?;
    JsonFeed::read(tree.site.join("feeds/feed.json"))?.expect_title(&title)?;
    Ok(run)
}

/// Builds as cron does, where success is silent, and checks what holds after every build.
fn feedmill_build(tree: &Tree) -> Result<Run, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_feedmill"));
    command.arg("build").current_dir(&tree.site);
    let (run, complaint) = run_listening(&mut command).map_err(|error| format!("`feedmill`: {error}"))?;
    if let Some(complaint) = complaint {
        return Err(complaint);
    }
    let feed = |path| JsonFeed::read(tree.site.join(path));
    feed("feeds/feed.json")?.expect_entries(tree.articles.min(ENTRY_LIMIT))?;
    feed("feeds/en/news/feed.json")?.expect_entries(tree.english_news.min(ENTRY_LIMIT))?;
    Ok(run)
}

/// Runs a program that should succeed without a word; what it said or how it failed comes back as a complaint.
fn run_listening(command: &mut Command) -> io::Result<(Run, Option<String>)> {
    let mut output = tempfile::tempfile()?;
    command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output.try_clone()?);
    let (status, run) = process::run(command)?;
    let mut said = String::new();
    output.rewind()?;
    output.read_to_string(&mut said)?;
    let silent_success = status.success() && said.is_empty();
    Ok((
        run,
        (!silent_success).then(|| format!("feedmill ended with {status} and said `{}`", said.trim_end())),
    ))
}

fn remove(directory: &Path) -> Result<(), String> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(format!("{}: {error}", directory.display()))
        }
        _ => Ok(()),
    }
}
