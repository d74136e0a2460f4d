//! The only helper: a temporary site, the program run in it, and files compared.

use similar::TextDiff;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The moment for which the tests publish.
pub const NOW: &str = "2026-11-22T12:00:00Z";

/// A directory to publish from, gone when it is dropped.
pub struct Site {
    directory: TempDir,
}

impl Site {
    /// A site of these files.
    pub fn of(files: &[(&str, &str)]) -> Site {
        let site = Site { directory: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(path, text)| site.write(path, text));
        site
    }

    /// A site with these parts of another directory: files, or directories with all that is in them.
    pub fn copy_of(directory: &Path, parts: &[&str]) -> Site {
        let site = Site::of(&[]);
        for part in parts {
            for (path, bytes) in tree(&directory.join(part)) {
                site.write(
                    &if path.is_empty() { (*part).to_owned() } else { format!("{part}/{path}") },
                    bytes,
                );
            }
        }
        site
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file of the site or of a part of it.
    pub fn tree(&self, path: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(path))
    }

    /// The program, to be run in this site as cron would: without a terminal.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedmill"));
        command.args(args).current_dir(&self.directory).stdin(Stdio::null());
        // Help is as wide as the terminal, or as this says.
        command.env("COLUMNS", "100").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }

    /// Runs the program.
    pub fn feedmill(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    /// Runs `feedmill build` for the tests' moment.
    pub fn build(&self, args: &[&str]) -> Run {
        self.feedmill(&[&["build", "--as-of", NOW], args].concat())
    }
}

/// What a run said, and how it ended.
#[derive(Debug, PartialEq)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(output: Output) -> Run {
        Run {
            status: output.status.code().expect("no signal ended the program"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Expects success in silence.
    #[track_caller]
    pub fn is_silent(&self) {
        assert_eq!(*self, Run { status: 0, stdout: String::new(), stderr: String::new() });
    }

    /// Expects this status, and hands on what was said on stderr.
    #[track_caller]
    pub fn fails_with(&self, status: i32) -> &str {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        &self.stderr
    }

    /// The objects of `--json`.
    #[track_caller]
    pub fn events(&self) -> Vec<serde_json::Value> {
        let event = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.stdout.lines().map(event).collect()
    }
}

/// Every file below a directory by its path, or the one file that it is. Nothing is an empty tree.
pub fn tree(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(directory).into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(directory).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// What tells two trees apart, for people to read; empty where they are the same.
pub fn difference(expected: &BTreeMap<String, Vec<u8>>, found: &BTreeMap<String, Vec<u8>>) -> String {
    let mut report = String::new();
    for (path, bytes) in expected {
        match found.get(path) {
            Some(other) => report += &diff(path, bytes, other),
            None => report += &format!("missing: {path}\n"),
        }
    }
    for path in found.keys().filter(|path| !expected.contains_key(*path)) {
        report += &format!("not expected: {path}\n");
    }
    report
}

/// What tells two versions of one file apart; empty where they are the same.
pub fn diff(path: &str, expected: &[u8], found: &[u8]) -> String {
    if expected == found {
        return String::new();
    }
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let diff = TextDiff::from_lines(&*expected, &*found);
    format!("{}\n", diff.unified_diff().header(&format!("{path} (expected)"), path))
}

/// Is this run to take over what it finds, in place of comparing it?
pub fn is_accepting() -> bool {
    std::env::var("FEEDMILL_ACCEPT").is_ok_and(|value| value == "1")
}

/// The directories of a directory of the repository, in order, as names of tests.
pub fn cases_in(path: &str) -> Vec<String> {
    let entries = fs::read_dir(repository(path)).unwrap().map(Result::unwrap);
    let directories = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let mut names: Vec<String> =
        directories.map(|entry| entry.file_name().into_string().unwrap().replace('-', "_")).collect();
    names.sort();
    names
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file of the repository.
pub fn repository_text(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
