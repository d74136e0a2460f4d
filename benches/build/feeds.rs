//! Reads what feedmill wrote: how many entries a feed has, which titles, which files were touched.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// How many entries a feed shows when the settings do not say.
pub const ENTRY_LIMIT: usize = 50;

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

    pub fn expect_title(&self, title: &str) -> Result<(), String> {
        if self.text.contains(&format!("\"{title}\"")) {
            return Ok(());
        }
        Err(format!("{} does not show the changed title `{title}`", self.path.display()))
    }
}

/// What tells that a file or a folder was written to, even with the same bytes or the old time.
#[derive(PartialEq)]
pub struct Trace {
    inode: u64,
    length_bytes: u64,
    modified: (i64, i64),
}

/// The traces of a directory and all that is in it.
pub fn traces(directory: &Path) -> io::Result<BTreeMap<PathBuf, Trace>> {
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
        };
        traces.insert(path, trace);
    }
    Ok(traces)
}
