//! Files of feedmill in the output directory that belong to no feed and no edition any more.

use super::fingerprint::Settled;
use super::temporary::is_temporary;
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::encode::{self, Format};
use feedmill::index::memo::Looked;
use feedmill::newsroom::Fingerprint;
use feedmill::pages::{self, PAGE_FILE_NAME};
use rayon::prelude::*;
use rayon::{Scope, scope};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// What belongs to the output directory, by its path there.
pub struct Planned<'s> {
    pub files: HashSet<&'s str>,
    /// Where documents of archives lie.
    pub archives: &'s BTreeSet<String>,
}

/// What a look through the output directory found.
pub struct Found {
    /// Files of which a person has to decide, and where was looked.
    pub looked: Looked,
    /// What killed runs left beside files that are planned.
    leftovers: Vec<String>,
}

/// Finds strays, in the order of their paths, except where documents of archives lie. Nothing is removed.
pub fn strays(output: &Path, planned: &Planned<'_>) -> Found {
    Search::of(output, planned).all()
}

/// As [`strays`], where what is planned is what it was: a directory that is as it was at the look before holds what it held.
pub fn strays_since(before: &Looked, output: &Path, planned: &Planned<'_>) -> Found {
    Search::of(output, planned).since(before)
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A walk through the output directory, in which every directory is a task.
struct Search<'s> {
    output: &'s Path,
    planned: &'s Planned<'s>,
    /// The directories that are looked at besides.
    known: HashMap<&'s str, Option<Fingerprint>>,
    /// What happened in a directory until then shows.
    settled: Settled,
    folders: Mutex<Vec<(String, Option<Fingerprint>)>>,
    found: Mutex<Vec<String>>,
    leftovers: Mutex<Vec<String>>,
}

impl<'s> Search<'s> {
    fn of(output: &'s Path, planned: &'s Planned<'s>) -> Search<'s> {
        let settled = Settled::before(SystemTime::now());
        let (folders, found, leftovers) = (Mutex::default(), Mutex::default(), Mutex::default());
        Search { output, planned, known: HashMap::new(), settled, folders, found, leftovers }
    }

    fn all(self) -> Found {
        scope(|scope| self.enter(String::new(), scope));
        self.end()
    }

    fn since(mut self, before: &'s Looked) -> Found {
        if before.folders.is_empty() {
            return self.all();
        }
        self.known = before.folders.iter().map(|(folder, left)| (folder.as_str(), *left)).collect();
        scope(|scope| {
            self.known.par_iter().for_each(|(folder, left)| {
                if left.is_none() || self.fingerprint(&self.output.join(folder)) != *left {
                    self.enter((*folder).to_owned(), scope);
                }
            });
        });
        let entered: HashSet<String> = lock(&self.folders).iter().map(|(folder, _)| folder.clone()).collect();
        let is_left = |path: &&String| {
            let (folder, name) = parts(path);
            !entered.contains(folder) && is_ours(&self.output.join(path), name)
        };
        let left: Vec<String> = before.strays.iter().filter(is_left).cloned().collect();
        lock(&self.found).extend(left);
        self.end()
    }

    fn fingerprint(&self, folder: &Path) -> Option<Fingerprint> {
        self.settled.fingerprint(&[&fs::metadata(folder).ok()?])
    }

    fn enter<'t>(&'t self, folder: String, scope: &Scope<'t>) {
        let directory = self.output.join(&folder);
        // Before it is read: what changes it afterwards is seen the next time.
        let left = self.fingerprint(&directory);
        let entries = fs::read_dir(directory).into_iter().flatten().flatten();
        for (kind, entry) in entries.filter_map(|entry| Some((entry.file_type().ok()?, entry))) {
            let Some(name) = entry
                .file_name()
                .into_string()
                .ok()
                .filter(|name| kind.is_dir() || is_named(name) || is_temporary(name))
            else {
                continue;
            };
            let path = if folder.is_empty() { name.clone() } else { [&folder, "/", &name].concat() };
            if kind.is_dir() {
                if !self.planned.archives.contains(&path) && !self.known.contains_key(path.as_str()) {
                    scope.spawn(move |scope| self.enter(path, scope));
                }
            } else if kind.is_file() && is_temporary(&name) {
                lock(&self.leftovers).push(path);
            } else if kind.is_file()
                && !self.planned.files.contains(path.as_str())
                && is_ours(&entry.path(), &name)
            {
                lock(&self.found).push(path);
            }
        }
        lock(&self.folders).push((folder, left));
    }

    fn end(self) -> Found {
        let folders = self.folders.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut strays = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        strays.sort_unstable_by(|a, b| Path::new(a).cmp(Path::new(b)));
        let mut leftovers = self.leftovers.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !leftovers.is_empty() {
            let own: HashSet<&str> = self.planned.files.iter().map(|path| parts(path).0).collect();
            leftovers.retain(|path| own.contains(parts(path).0));
            leftovers.sort_unstable();
        }
        Found { looked: Looked { strays, folders }, leftovers }
    }
}

impl Found {
    /// What there is to say of strays.
    pub fn told(&self, output: &Path) -> Vec<Diagnostic> {
        self.looked.strays.iter().map(|path| diagnosed(&output.join(path))).collect()
    }

    /// Removes what killed runs left. Where that fails, the next run is to look again. Needs the run's lock.
    pub fn tidy(mut self, output: &Path) -> Looked {
        let stays = |path: &&String| fs::remove_file(output.join(path)).is_err();
        let left: HashSet<&str> = self.leftovers.iter().filter(stays).map(|path| parts(path).0).collect();
        let folders = self.looked.folders.iter_mut().filter(|(folder, _)| left.contains(folder.as_str()));
        folders.for_each(|(_, fingerprint)| *fingerprint = None);
        self.looked
    }
}

/// The directory of a path, and its name there.
fn parts(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Has it the name of a file that feedmill makes?
fn is_named(name: &str) -> bool {
    name == PAGE_FILE_NAME || Format::ALL.iter().any(|format| format.file_name() == name)
}

fn is_ours(path: &Path, name: &str) -> bool {
    let made = |head: Vec<u8>| match name {
        PAGE_FILE_NAME => pages::is_ours(&head),
        _ => encode::is_ours(&head),
    };
    is_named(name) && head(path).is_some_and(made)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const OURS: &str =
        "<?xml version=\"1.0\"?>\n<rss><channel><generator>feedmill</generator></channel></rss>";

    fn written(site: &Path, path: &str) {
        let file = site.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, OURS).unwrap();
    }

    #[test]
    fn only_directories_that_have_changed_are_read_again() {
        let site = tempfile::tempdir().unwrap();
        for path in
            ["rss.xml", "news/rss.xml", "news/old/rss.xml", "sport/rss.xml", "archive/rss.xml", "sport/a.xml"]
        {
            written(site.path(), path);
        }
        let archives = BTreeSet::from(["archive".to_owned()]);
        let planned = Planned { files: HashSet::from(["rss.xml", "sport/rss.xml"]), archives: &archives };
        let later = Settled::before(SystemTime::now() + Duration::from_secs(3600));
        let search = || Search { settled: later, ..Search::of(site.path(), &planned) };
        let before = search().all();
        let before = before.looked;
        assert_eq!(before.strays, ["news/old/rss.xml", "news/rss.xml"]);
        assert_eq!(before.folders.len(), 4);
        let since = search().since(&before).looked;
        assert_eq!((since.strays, since.folders.len()), (before.strays.clone(), 0));

        written(site.path(), "sport/new/er/rss.xml");
        fs::remove_file(site.path().join("news/rss.xml")).unwrap();
        let since = search().since(&before).looked;
        assert_eq!(since.strays, ["news/old/rss.xml", "sport/new/er/rss.xml"]);
        let mut folders: Vec<String> = since.folders.into_iter().map(|(folder, _)| folder).collect();
        folders.sort();
        assert_eq!(folders, ["news", "sport", "sport/new", "sport/new/er"]);

        let young = strays(site.path(), &planned).looked;
        assert!(young.folders.iter().all(|(_, left)| left.is_none()), "they may change in this moment");
        written(site.path(), "news/rss.xml");
        assert_eq!(strays_since(&young, site.path(), &planned).looked.strays.len(), 3);
    }

    #[test]
    fn what_killed_runs_left_goes_where_our_files_lie() {
        let site = tempfile::tempdir().unwrap();
        for path in
            ["en/rss.xml", "en/.feedmill-a1B2c3.tmp", "en/.feedmill-kept.tmp", "other/.feedmill-a1B2c3.tmp"]
        {
            written(site.path(), path);
        }
        let planned = Planned { files: HashSet::from(["en/rss.xml"]), archives: &BTreeSet::new() };
        strays(site.path(), &planned).tidy(site.path());
        let there = |path: &str| site.path().join(path).exists();
        assert!(!there("en/.feedmill-a1B2c3.tmp") && there("en/.feedmill-kept.tmp"));
        assert!(there("other/.feedmill-a1B2c3.tmp"), "it may be another feedmill's");
    }
}
