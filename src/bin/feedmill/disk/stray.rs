//! Feed files in the output directory that no feed belongs to any more.

use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::encode::{self, Format};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// Finds them, in the order of their paths, except where documents of archives lie. Nothing is removed: that is for a
/// person to decide.
pub fn strays(output: &Path, planned: &BTreeSet<&str>, archives: &BTreeSet<String>) -> Vec<Diagnostic> {
    let is_feed = |name: &str| Format::ALL.iter().any(|format| format.file_name() == name);
    let is_archive = |entry: &DirEntry| {
        let path = entry.path().strip_prefix(output).ok().and_then(Path::to_str);
        path.is_some_and(|path| archives.contains(path))
    };
    let files = WalkDir::new(output).min_depth(1).sort_by_file_name().into_iter();
    let files = files.filter_entry(|entry| !is_archive(entry)).flatten();
    let feeds =
        files.filter(|file| file.file_type().is_file() && file.file_name().to_str().is_some_and(is_feed));
    let is_planned = |path: &Path| {
        path.strip_prefix(output).ok().and_then(Path::to_str).is_some_and(|path| planned.contains(path))
    };
    let strays = feeds.filter(|file| !is_planned(file.path()) && is_ours(file.path()));
    strays.map(|file| diagnosed(file.path())).collect()
}

/// A JSON feed does not say who made it, so it is known by the feeds beside it.
fn is_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
    read.is_ok() && encode::is_ours(&head)
}

const HEAD_BYTES: u64 = 8192;

fn diagnosed(path: &Path) -> Diagnostic {
    let location = Location::new(path.to_string_lossy(), Position::START);
    let message = "no feed belongs to this file any more, and readers still get what it held last";
    Diagnostic::new(Code::StrayFeed, location, message)
        .help("name its section or edition in the settings to publish it without entries, or delete the file")
}
