//! Files of feedmill in the output directory that belong to no feed and no edition any more.

use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::encode::{self, Format};
use feedmill::pages::{self, PAGE_FILE_NAME};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// Finds them, in the order of their paths, except where documents of archives lie. Nothing is removed: that is for a
/// person to decide.
pub fn strays(output: &Path, planned: &BTreeSet<&str>, archives: &BTreeSet<String>) -> Vec<Diagnostic> {
    let is_ours = |path: &Path, name: &str| {
        let is_feed = Format::ALL.iter().any(|format| format.file_name() == name);
        let made = |head: Vec<u8>| if is_feed { encode::is_ours(&head) } else { pages::is_ours(&head) };
        (is_feed || name == PAGE_FILE_NAME) && head(path).is_some_and(made)
    };
    let is_archive = |entry: &DirEntry| {
        let path = entry.path().strip_prefix(output).ok().and_then(Path::to_str);
        path.is_some_and(|path| archives.contains(path))
    };
    let files = WalkDir::new(output).min_depth(1).sort_by_file_name().into_iter();
    let files = files.filter_entry(|entry| !is_archive(entry)).flatten();
    let is_planned = |path: &Path| {
        path.strip_prefix(output).ok().and_then(Path::to_str).is_some_and(|path| planned.contains(path))
    };
    let is_stray = |file: &DirEntry| {
        let name = file.file_name().to_str();
        file.file_type().is_file()
            && !is_planned(file.path())
            && name.is_some_and(|name| is_ours(file.path(), name))
    };
    files.filter(is_stray).map(|file| diagnosed(file.path())).collect()
}

/// The beginning of a file, by which it is known who made it. A JSON feed does not say, so it is known by the feeds beside
/// it.
pub fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head)).ok()?;
    Some(head)
}

const HEAD_BYTES: u64 = 8192;

fn diagnosed(path: &Path) -> Diagnostic {
    let location = Location::new(path.to_string_lossy(), Position::START);
    if path.file_name().is_some_and(|name| name == PAGE_FILE_NAME) {
        let message = "this page is not written any more, and people still see what it held last";
        return Diagnostic::new(Code::StrayFeed, location, message).help(
            "delete the file, or write `publish = true` into `[pages]` and name its edition in the settings",
        );
    }
    let message = "no feed belongs to this file any more, and readers still get what it held last";
    Diagnostic::new(Code::StrayFeed, location, message)
        .help("name its section or edition in the settings to publish it without entries, or delete the file")
}
