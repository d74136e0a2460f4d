//! The kinds of work that are measured: what precedes each of them, and the proof that it was done right.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::archive;
use crate::change::Change;
use crate::feedmill::Feedmill;
use crate::feeds::{self, ENTRY_LIMIT, JsonFeed, Traces};
use crate::process::Run;
use crate::tree::Tree;

/// A build that begins with what the work before it left, in this order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Cold,
    Unchanged,
    OneChanged,
    OneDeleted,
    NewSection,
    HundredChanged,
}

/// A file that was changed a moment before a run may change again within the same tick of the clock, so the next run
/// reads it again. Older ones it trusts.
const MOMENT: Duration = Duration::from_millis(2_200);

impl Work {
    /// Those of one round. The later ones change more than those before them, so that the few files that a run reads
    /// again, because they changed just before it, weigh little.
    pub const ALL: [Work; 6] = [
        Work::Cold,
        Work::Unchanged,
        Work::OneChanged,
        Work::OneDeleted,
        Work::NewSection,
        Work::HundredChanged,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Work::Cold => "cold build",
            Work::Unchanged => "nothing changed",
            Work::OneChanged => "one article changed",
            Work::OneDeleted => "one article deleted",
            Work::NewSection => "a new section",
            Work::HundredChanged => "hundred changed",
        }
    }

    /// Does the work once. `round` tells one round's changes from another's.
    pub fn run(self, feedmill: &Feedmill, tree: &mut Tree, round: usize) -> Result<Run, String> {
        let outcome = match self {
            Work::Cold => cold(feedmill, tree),
            Work::Unchanged => unchanged(feedmill, tree),
            Work::OneChanged => tree.change_one(round).and_then(|change| changed(feedmill, tree, &change)),
            Work::OneDeleted => tree.delete_one(round).and_then(|change| changed(feedmill, tree, &change)),
            Work::NewSection => tree.open_section(round).and_then(|change| changed(feedmill, tree, &change)),
            Work::HundredChanged => {
                tree.change_hundred(round).and_then(|change| changed(feedmill, tree, &change))
            }
        };
        outcome.map_err(|message| format!("{} is wrong in round {round}: {message}", self.name()))
    }
}

fn cold(feedmill: &Feedmill, tree: &Tree) -> Result<Run, String> {
    for directory in ["feeds", ".feedmill"] {
        remove(&tree.site.join(directory))?;
    }
    let run = feedmill.build(&tree.site, &[])?;
    expect_entries(tree)?;
    Ok(run)
}

fn unchanged(feedmill: &Feedmill, tree: &Tree) -> Result<Run, String> {
    settle(tree)?;
    let before = traces(tree)?;
    let run = feedmill.build(&tree.site, &[])?;
    match feeds::touched(&before, &traces(tree)?).next() {
        Some(path) => Err(format!("{} was written to, although nothing had changed", path.display())),
        None => Ok(run),
    }
}

/// Waits until no article is so young that a run would read it again, and lets a run see that.
fn settle(tree: &Tree) -> Result<(), String> {
    thread::sleep((tree.changed_at + MOMENT).saturating_duration_since(Instant::now()));
    Feedmill::default().build(&tree.site, &[]).map(drop)
}

fn changed(feedmill: &Feedmill, tree: &Tree, change: &Change) -> Result<Run, String> {
    let before = traces(tree)?;
    let run = feedmill.build(&tree.site, &[])?;
    expect_entries(tree)?;
    expect_titles(tree, change)?;
    feeds::expect_touched(&tree.site.join("feeds"), &before, &traces(tree)?, change)?;
    Ok(run)
}

fn traces(tree: &Tree) -> Result<Traces, String> {
    let directory = tree.site.join("feeds");
    feeds::traces(&directory).map_err(|error| format!("{}: {error}", directory.display()))
}

fn expect_entries(tree: &Tree) -> Result<(), String> {
    for (feed, articles) in &tree.in_feeds {
        let (json, shown) = (json_feed(tree, feed)?, ENTRY_LIMIT.min(*articles));
        match tree.shape.has_archives {
            true => {
                json.expect_entries_and_some(shown, archive::MOST_CORRECTED)?;
                archive::expect_all(tree, feed, &json, *articles)?;
            }
            false => json.expect_entries(shown)?,
        }
    }
    Ok(())
}

fn expect_titles(tree: &Tree, change: &Change) -> Result<(), String> {
    let everything = json_feed(tree, "")?;
    change.shown.iter().try_for_each(|title| everything.expect_title(title))?;
    for feed in &change.must_change {
        let feed = json_feed(tree, feed)?;
        change.gone.iter().try_for_each(|title| feed.expect_no_title(title))?;
    }
    Ok(())
}

fn json_feed(tree: &Tree, feed: &str) -> Result<JsonFeed, String> {
    JsonFeed::read(tree.site.join("feeds").join(feed).join("feed.json"))
}

/// Removes a directory, if it is there.
pub fn remove(directory: &Path) -> Result<(), String> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(format!("{}: {error}", directory.display()))
        }
        _ => Ok(()),
    }
}
