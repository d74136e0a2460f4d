//! Files of feedmill in the output directory that belong to no feed and no edition any more.

use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::encode::{self, Format};
use feedmill::pages::{self, PAGE_FILE_NAME};
use rayon::{Scope, scope};
use std::collections::{BTreeSet, HashSet};
use std::fs::{self, DirEntry, File, FileType};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Finds them, in the order of their paths, except where documents of archives lie. Nothing is removed: that is for a
/// person to decide.
pub fn strays(output: &Path, planned: &HashSet<&str>, archives: &BTreeSet<String>) -> Vec<Diagnostic> {
    let search = Search { output, planned, archives, found: Mutex::default() };
    scope(|scope| search.enter(output.to_owned(), scope));
    let mut strays = search.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    strays.sort_unstable();
    strays.iter().map(|file| diagnosed(file)).collect()
}

/// A walk through the output directory, in which every directory is a task.
struct Search<'s> {
    output: &'s Path,
    planned: &'s HashSet<&'s str>,
    archives: &'s BTreeSet<String>,
    found: Mutex<Vec<PathBuf>>,
}

impl Search<'_> {
    fn enter<'t>(&'t self, directory: PathBuf, scope: &Scope<'t>) {
        let entries = fs::read_dir(directory).into_iter().flatten().flatten();
        for (kind, entry) in entries.filter_map(|entry| Some((entry.file_type().ok()?, entry))) {
            let path = entry.path();
            if kind.is_dir() {
                if !self.relative(&path).is_some_and(|path| self.archives.contains(path)) {
                    scope.spawn(move |scope| self.enter(path, scope));
                }
            } else if self.is_stray(&entry, kind, &path) {
                self.found.lock().unwrap_or_else(PoisonError::into_inner).push(path);
            }
        }
    }

    fn is_stray(&self, entry: &DirEntry, kind: FileType, path: &Path) -> bool {
        let name = entry.file_name();
        let is_planned = || self.relative(path).is_some_and(|path| self.planned.contains(path));
        kind.is_file() && name.to_str().is_some_and(|name| !is_planned() && is_ours(path, name))
    }

    fn relative<'p>(&self, path: &'p Path) -> Option<&'p str> {
        path.strip_prefix(self.output).ok()?.to_str()
    }
}

fn is_ours(path: &Path, name: &str) -> bool {
    let is_feed = Format::ALL.iter().any(|format| format.file_name() == name);
    let made = |head: Vec<u8>| if is_feed { encode::is_ours(&head) } else { pages::is_ours(&head) };
    (is_feed || name == PAGE_FILE_NAME) && head(path).is_some_and(made)
}

/// The beginning of a file, by which it is known who made it. A JSON feed does not say, so it is known by the feeds beside
/// it.
pub fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head)).ok()?;
    Some(head)
}

/// Our mark stands within these.
pub const HEAD_BYTES: u64 = 8192;

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
