//! Reads what feedmill wrote: how many entries a feed has, which titles, which files were touched.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::archive;
use crate::change::Change;

/// How many entries a feed shows when the settings do not say.
pub const ENTRY_LIMIT: usize = 50;

/// What there is of each feed when the settings do not say.
const FILES: [&str; 3] = ["rss.xml", "atom.xml", "feed.json"];

/// So many documents of a feed, in each format, may be written because an article changed: its own, and that of a
/// translation, which names it.
const MOST_DOCUMENTS: usize = 2;

/// A JSON Feed, of which only strings are looked at. A quotation mark within a JSON string is always escaped, so text
/// between two bare ones is a whole string, never part of one.
pub struct JsonFeed {
    path: PathBuf,
    text: String,
}

impl JsonFeed {
    pub fn read(path: PathBuf) -> Result<JsonFeed, String> {
        match fs::read_to_string(&path) {
            Ok(text) => Ok(JsonFeed { path, text }),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }

    /// Every article has a date, and in a JSON Feed only items have this field.
    pub fn expect_entries(&self, expected: usize) -> Result<(), String> {
        let found = self.text.matches(r#""date_published""#).count();
        if found == expected {
            return Ok(());
        }
        Err(format!("{} has {found} entries, expected {expected}", self.path.display()))
    }

    /// As [`JsonFeed::expect_entries`], of a feed that may show this many more.
    pub fn expect_entries_and_some(&self, expected: usize, more: usize) -> Result<(), String> {
        match self.ids().count() {
            found if (expected..=expected + more).contains(&found) => Ok(()),
            found => Err(format!(
                "{} has {found} entries, expected {expected} to {}",
                self.path.display(),
                expected + more
            )),
        }
    }

    /// The ids of its entries.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let items = self.text.split("\n    {\n      \"id\": \"").skip(1);
        items.map(|rest| rest.split('"').next().unwrap_or_default())
    }

    /// Where older entries are to be read.
    pub fn next_url(&self) -> Option<&str> {
        self.text.split_once("\"next_url\": \"")?.1.split('"').next()
    }

    pub fn expect_title(&self, title: &str) -> Result<(), String> {
        if self.text.contains(&format!("\"{title}\"")) {
            return Ok(());
        }
        Err(format!("{} does not show the new title `{title}`", self.path.display()))
    }

    pub fn expect_no_title(&self, title: &str) -> Result<(), String> {
        if !self.text.contains(&format!("\"{title}\"")) {
            return Ok(());
        }
        Err(format!("{} still shows the title `{title}`", self.path.display()))
    }
}

/// What tells that a file or a folder was written to, even with the same bytes or the old time.
#[derive(PartialEq)]
pub struct Trace {
    inode: u64,
    length_bytes: u64,
    modified: (i64, i64),
    is_folder: bool,
}

pub type Traces = BTreeMap<PathBuf, Trace>;

/// The traces of a directory and all that is in it.
pub fn traces(directory: &Path) -> io::Result<Traces> {
    let mut traces = BTreeMap::new();
    let mut waiting = vec![directory.to_path_buf()];
    while let Some(path) = waiting.pop() {
        let metadata = fs::symlink_metadata(&path)?;
        if metadata.is_dir() {
            for child in fs::read_dir(&path)? {
                waiting.push(child?.path());
            }
        }
        let trace = Trace {
            inode: metadata.ino(),
            length_bytes: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            is_folder: metadata.is_dir(),
        };
        traces.insert(path, trace);
    }
    Ok(traces)
}

/// What is new or was written to.
pub fn touched<'a>(before: &'a Traces, after: &'a Traces) -> impl Iterator<Item = &'a Path> {
    after.iter().filter(|&(path, trace)| before.get(path) != Some(trace)).map(|(path, _)| path.as_path())
}

/// Every feed that must have changed was written in all formats, and none that cannot have changed was.
pub fn expect_touched(
    directory: &Path,
    before: &Traces,
    after: &Traces,
    change: &Change,
) -> Result<(), String> {
    let written: BTreeSet<&Path> = touched(before, after).filter(|&path| !after[path].is_folder).collect();
    for feed in &change.must_change {
        for file in FILES {
            let path = directory.join(feed).join(file);
            if !written.contains(path.as_path()) {
                return Err(format!("{} was not written, although an article of it changed", path.display()));
            }
        }
    }
    let Some(may_change) = &change.may_change else { return Ok(()) };
    let mut documents: BTreeMap<(&str, &OsStr), usize> = BTreeMap::new();
    for path in written {
        let folder = path.parent().and_then(|folder| folder.strip_prefix(directory).ok());
        let folder = folder.and_then(Path::to_str).unwrap_or_default();
        let feed = archive::feed_of_document(folder);
        if let Some(feed) = feed {
            let count = documents.entry((feed, path.file_name().unwrap_or_default())).or_default();
            *count += 1;
            if *count > MOST_DOCUMENTS {
                return Err(format!("more documents were written than {MOST_DOCUMENTS}: {}", path.display()));
            }
        }
        let feed = feed.unwrap_or(folder);
        if !change.must_change.contains(feed) && !may_change.contains(feed) {
            return Err(format!("{} was written, although no article of it changed", path.display()));
        }
    }
    Ok(())
}
