//! Other ways to make feeds of the same articles, where they are installed: Hugo, and a script with feedgen.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::feeds::ENTRY_LIMIT;
use crate::process::{self, Run};
use crate::tree::Tree;
use crate::work::remove;

const HUGO_SETTINGS: &str = include_str!("peers/hugo.toml");
const HUGO_TEMPLATE: &str = include_str!("peers/rss.xml");
const SCRIPT: &str = include_str!("peers/feeds.py");

/// A program that makes feeds from nothing, as it was made for, and the runs so far.
pub struct Peer {
    pub name: String,
    pub runs: Vec<Run>,
    directory: PathBuf,
    command: &'static [&'static str],
    /// What it writes, and there a feed of the English edition.
    output: &'static str,
    english: &'static str,
}

impl Peer {
    /// They are slow, so they take part in the first rounds only.
    pub const ROUNDS: usize = 3;

    /// Those that this machine has. Of the others it is said that they are left out.
    pub fn installed(tree: &Tree) -> Result<Vec<Peer>, String> {
        let mut peers = Vec::new();
        match answer(&["hugo", "version"]) {
            Some(answer) => peers.push(Peer::hugo(tree, &answer)?),
            None => eprintln!("left out: `hugo`, which is not installed"),
        }
        match answer(&[
            "python3",
            "-c",
            "import yaml, feedgen.version as feedgen; print(feedgen.version_str)",
        ]) {
            Some(version) => peers.push(Peer::feedgen(tree, &version)?),
            None => eprintln!("left out: `feedgen`, which python3 does not have, or PyYAML"),
        }
        Ok(peers)
    }

    /// `hugo v0.168.0-e27a67…+extended linux/amd64 …`
    fn hugo(tree: &Tree, answer: &str) -> Result<Peer, String> {
        let word = answer.split_whitespace().find(|word| word.starts_with("v0.")).unwrap_or("");
        let version: String = word.chars().skip(1).take_while(|c| matches!(c, '0'..='9' | '.')).collect();
        let directory = tree.site.join("peers/hugo");
        write(&directory.join("hugo.toml"), HUGO_SETTINGS)?;
        write(&directory.join("layouts/_default/rss.xml"), HUGO_TEMPLATE)?;
        Ok(Peer {
            name: format!("Hugo {version}"),
            runs: Vec::new(),
            directory,
            command: &["hugo", "--quiet", "--noBuildLock", "--destination", "public"],
            output: "public",
            english: "public/en/index.xml",
        })
    }

    fn feedgen(tree: &Tree, version: &str) -> Result<Peer, String> {
        let directory = tree.site.join("peers/feedgen");
        write(&directory.join("feeds.py"), SCRIPT)?;
        Ok(Peer {
            name: format!("feedgen {}", version.trim()),
            runs: Vec::new(),
            directory,
            command: &["python3", "feeds.py", "../../articles", "feeds"],
            output: "feeds",
            english: "feeds/en/rss.xml",
        })
    }

    /// Makes all of its feeds from nothing.
    pub fn run(&mut self, tree: &Tree) -> Result<(), String> {
        remove(&self.directory.join(self.output))?;
        let mut command = Command::new(self.command[0]);
        command.args(&self.command[1..]).current_dir(&self.directory);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let (status, run) =
            process::run(&mut command).map_err(|error| format!("`{}`: {error}", self.name))?;
        if !status.success() {
            return Err(format!("`{}` ended with {status}", self.name));
        }
        let feed = self.directory.join(self.english);
        let text = fs::read_to_string(&feed).map_err(|error| format!("{}: {error}", feed.display()))?;
        let expected = tree.in_feeds.get("en").map_or(0, |&articles| articles.min(ENTRY_LIMIT));
        let found = text.matches("<item>").count();
        if found != expected {
            return Err(format!("{} has {found} entries, expected {expected}", feed.display()));
        }
        self.runs.push(run);
        Ok(())
    }
}

/// What a program says of itself, if it is there.
fn answer(words: &[&str]) -> Option<String> {
    let output = Command::new(words[0]).args(&words[1..]).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
