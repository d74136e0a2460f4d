//! Which files there are in the articles directory: the walk through it, on all cores.

use super::fingerprint::Settled;
use super::tree::Tree;
use feedmill::article::place;
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::newsroom::{Listed, Listing};
use rayon::prelude::*;
use rayon::{Scope, scope};
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// So many files are one task, or one directory with all the articles would keep one core waiting.
const PORTION: usize = 1024;

/// Every file of a tree, in the order of their paths.
pub fn list(tree: &Tree) -> Listing {
    if tree.root().metadata().is_ok_and(|root| !root.is_dir()) {
        return Listing::default();
    }
    let walk = Walk { tree, settled: Settled::before(SystemTime::now()), portions: Mutex::new(Vec::new()) };
    scope(|scope| walk.enter(tree.root().to_owned(), scope));
    walk.end()
}

/// One walk through the tree. Every directory is a task, which never waits for those below it: so a deep tree
/// needs no deep stack, and a wide one not many open directories.
struct Walk<'t> {
    tree: &'t Tree,
    settled: Settled,
    portions: Mutex<Vec<Portion>>,
}

/// Some files of one directory.
#[derive(Default)]
struct Portion {
    files: Vec<Listed>,
    faults: Vec<Diagnostic>,
}

impl<'t> Walk<'t> {
    fn enter<'w>(&'w self, directory: PathBuf, scope: &Scope<'w>) {
        let mut faults = Vec::new();
        let entries = match fs::read_dir(&directory) {
            Ok(entries) => Some(entries),
            Err(error) => {
                faults.push(self.unlisted(&directory, &error));
                None
            }
        };
        let mut files = Vec::new();
        for entry in entries.into_iter().flatten() {
            let entry = entry.and_then(|entry| Ok((entry.file_type()?, entry)));
            match entry {
                Ok((kind, entry)) if is_hidden(&entry, kind) => {}
                Ok((kind, entry)) if kind.is_dir() => {
                    let below = entry.path();
                    match self.named_as_article(&below) {
                        _ if self.tree.leaves_out(&below) => {}
                        Some(fault) => faults.push(fault),
                        None => scope.spawn(move |scope| self.enter(below, scope)),
                    }
                }
                Ok((kind, entry)) => files.push((entry, kind)),
                Err(error) => faults.push(self.unlisted(&directory, &error)),
            }
            if files.len() == PORTION {
                let (files, directory) = (std::mem::take(&mut files), directory.clone());
                scope.spawn(move |_| self.keep(self.portion(&directory, &files)));
            }
        }
        let mut last = self.portion(&directory, &files);
        last.faults.extend(faults);
        self.keep(last);
    }

    fn portion(&self, directory: &Path, entries: &[(DirEntry, FileType)]) -> Portion {
        let mut portion = Portion::default();
        let directory = self.relative(directory);
        let mut path = String::new();
        for (entry, kind) in entries {
            path.clear();
            let name = entry.file_name();
            let (Some(directory), Some(name)) = (directory.to_str(), name.to_str()) else {
                portion.faults.push(not_utf8(&directory.join(name)));
                continue;
            };
            if !directory.is_empty() {
                path.push_str(directory);
                path.push('/');
            }
            path.push_str(name);
            match self.take(&path, entry, *kind) {
                Ok(None) => {}
                Ok(Some(file)) => portion.files.push(file),
                Err(fault) => portion.faults.push(*fault),
            }
        }
        portion.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        portion
    }

    /// What is listed of an entry that is no directory.
    fn take(&self, path: &str, entry: &DirEntry, kind: FileType) -> Result<Option<Listed>, Box<Diagnostic>> {
        let fault = |code, message: String, help| {
            let fault = Diagnostic::new(code, Location::new(path, Position::START), message);
            Err(Box::new(fault.help(help)))
        };
        // What cannot be looked at can perhaps be read.
        let own = || entry.metadata().ok();
        if kind.is_file() {
            let fingerprint = own().and_then(|own| self.settled.fingerprint(&[&own]));
            return Ok(Some(Listed { path: path.into(), fingerprint }));
        }
        if kind.is_symlink() {
            let link = entry.path();
            return match self.tree.file_in_tree(&link) {
                Ok(true) => {
                    let both = own().zip(link.metadata().ok());
                    let fingerprint = both.and_then(|(own, file)| self.settled.fingerprint(&[&own, &file]));
                    Ok(Some(Listed { path: path.into(), fingerprint }))
                }
                // A directory that lies in the tree is listed where it lies.
                Ok(false) => Ok(None),
                // A link to a picture elsewhere costs nothing; one to articles does.
                Err(_) if !place::is_article(path) && link.is_file() => Ok(None),
                Err(message) => {
                    fault(Code::LinkOutside, message, "copy what it leads to into the articles directory")
                }
            };
        }
        match place::is_article(path) {
            true => {
                let message = "this is no regular file, so it is no article".to_owned();
                fault(Code::NotAFile, message, "move it away or give it another name")
            }
            false => Ok(None),
        }
    }

    fn named_as_article(&self, directory: &Path) -> Option<Diagnostic> {
        let path = self.relative(directory).to_str().filter(|path| place::is_article(path))?;
        let message = "this is a directory, so it is no article".to_owned();
        let fault = Diagnostic::new(Code::NotAFile, Location::new(path, Position::START), message);
        Some(fault.help("give the directory a name that does not end in `.md`"))
    }

    fn unlisted(&self, path: &Path, error: &io::Error) -> Diagnostic {
        let location = Location::new(self.relative(path).to_string_lossy(), Position::START);
        Diagnostic::new(Code::Unreadable, location, format!("it cannot be listed: {error}"))
            .help("make it readable for the user that runs feedmill")
    }

    fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(self.tree.root()).unwrap_or(path)
    }

    fn keep(&self, portion: Portion) {
        self.portions.lock().unwrap_or_else(PoisonError::into_inner).push(portion);
    }

    fn end(self) -> Listing {
        let mut portions = self.portions.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Each is in order already; one after the other they nearly are, and a stable sort makes use of that.
        portions.sort_by(|a, b| first(a).cmp(&first(b)));
        let mut files = Vec::with_capacity(portions.iter().map(|portion| portion.files.len()).sum());
        let mut faults = Vec::new();
        for portion in portions {
            files.extend(portion.files);
            faults.extend(portion.faults);
        }
        files.par_sort_by(|a, b| a.path.cmp(&b.path));
        faults.sort();
        // What was there may still be there.
        let unlisted = faults.iter().map(|fault| fault.location.path.clone()).collect();
        Listing { files, faults, unlisted }
    }
}

fn first(portion: &Portion) -> Option<&str> {
    portion.files.first().map(|file| &*file.path)
}

fn not_utf8(path: &Path) -> Diagnostic {
    let location = Location::new(path.to_string_lossy(), Position::START);
    Diagnostic::new(Code::NotUtf8, location, "the file's name is not UTF-8").help("rename the file")
}

/// What packages of a site's tools bring along is no newsroom.
fn is_hidden(entry: &DirEntry, kind: FileType) -> bool {
    let name = entry.file_name();
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || (name == b"node_modules" && kind.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use tempfile::TempDir;

    fn tree(files: &[&str]) -> TempDir {
        let directory = tempfile::tempdir().unwrap();
        for file in files {
            let path = directory.path().join("articles").join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, *file).unwrap();
        }
        directory
    }

    fn listed(directory: &TempDir) -> Listing {
        list(&Tree::new(directory.path().join("articles")))
    }

    fn paths(listing: &Listing) -> Vec<&str> {
        listing.files.iter().map(|file| &*file.path).collect()
    }

    fn faults(listing: &Listing) -> Vec<(&str, &str)> {
        assert!(listing.faults.iter().map(|fault| &fault.location.path).eq(&listing.unlisted));
        listing.faults.iter().map(|fault| (fault.location.path.as_str(), fault.code.as_str())).collect()
    }

    #[test]
    fn in_the_order_of_their_paths() {
        let directory =
            tree(&["b.md", "a/z.md", "a/b/c.md", "a-b/c.md", "a.md", "a/b.md", "мост.md", "a/b-c"]);
        let listing = listed(&directory);
        let expected = ["a-b/c.md", "a.md", "a/b-c", "a/b.md", "a/b/c.md", "a/z.md", "b.md", "мост.md"];
        assert_eq!(paths(&listing), expected);
        assert_eq!(faults(&listing), []);
    }

    #[test]
    fn what_is_hidden_or_left_out_is_not_there() {
        let directory = tree(&[
            ".git/a.md",
            ".b.md",
            "en/.drafts/c.md",
            "node_modules/d.md",
            "en/node_modules/e/f.md",
            "feeds/g.md",
            "en/feeds/h.md",
        ]);
        fs::write(directory.path().join("articles/en/node_modules.md"), "i").unwrap();
        let tree = Tree::new(directory.path().join("articles"));
        let tree = tree.without(&directory.path().join("articles/en/../feeds"));
        assert_eq!(paths(&list(&tree)), ["en/feeds/h.md", "en/node_modules.md"]);
    }

    #[test]
    fn links() {
        let directory = tree(&["en/ferry.md", "../bridge.md", "../bridge.png", "../far/moon.md"]);
        let link = |target: &str, name: &str| {
            symlink(target, directory.path().join("articles").join(name)).unwrap();
        };
        link("ferry.md", "en/same.md");
        link("same.md", "en/same-again.md");
        link("en", "folder");
        link("..", "en/up");
        link("../bridge.md", "bridge.md");
        link("../bridge.png", "bridge.png");
        link("../far", "far");
        link("nowhere.md", "gone.md");
        link("round.md", "round.md");
        link("ferry.md", "en/.hidden.md");
        let listing = listed(&directory);
        assert_eq!(paths(&listing), ["en/ferry.md", "en/same-again.md", "en/same.md"]);
        let outside = ["bridge.md", "far", "gone.md", "round.md"].map(|path| (path, "link-outside"));
        assert_eq!(faults(&listing), outside);
    }

    #[test]
    fn a_link_is_known_by_what_it_leads_to() {
        let directory = tree(&["ferry.md", "bridge.md"]);
        let link = directory.path().join("articles/link.md");
        symlink("ferry.md", &link).unwrap();
        let tree = Tree::new(directory.path().join("articles"));
        let fingerprints = || {
            // Later than everything that was made here.
            let settled = Settled::before(SystemTime::now() + std::time::Duration::from_secs(3600));
            let walk = Walk { tree: &tree, settled, portions: Mutex::default() };
            scope(|scope| walk.enter(tree.root().to_owned(), scope));
            walk.end().files.into_iter().map(|file| file.fingerprint).collect::<Vec<_>>()
        };
        let before = fingerprints();
        assert!(before.iter().all(Option::is_some) && before[1] != before[2], "{before:?}");
        assert_eq!(fingerprints(), before);
        fs::write(directory.path().join("articles/ferry.md"), "It left early.").unwrap();
        let after = fingerprints();
        assert_eq!(after[0], before[0]);
        assert!(after[1] != before[1] && after[2] != before[2], "{before:?} {after:?}");
        assert!(list(&tree).files.iter().all(|file| file.fingerprint.is_none()), "they are young");
    }

    #[test]
    fn what_is_no_file() {
        let directory = tree(&["ferry.md/index.md", "en/bridge.md/a/b.md"]);
        let socket = |name: &str| UnixListener::bind(directory.path().join("articles").join(name)).unwrap();
        let _open = [socket("socket.md"), socket("socket.png")];
        let listing = listed(&directory);
        assert_eq!(paths(&listing), [""; 0]);
        let none = ["en/bridge.md", "ferry.md", "socket.md"].map(|path| (path, "not-a-file"));
        assert_eq!(faults(&listing), none);
    }

    #[test]
    fn names_that_are_not_utf8() {
        let directory = tree(&["a.md"]);
        let folder = directory.path().join("articles").join(OsStr::from_bytes(b"en\xff"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("b.md"), "b").unwrap();
        fs::write(folder.join(OsStr::from_bytes(b".\xff")), "c").unwrap();
        fs::write(directory.path().join("articles").join(OsStr::from_bytes(b"d\xfe.md")), "d").unwrap();
        let listing = listed(&directory);
        assert_eq!(paths(&listing), ["a.md"]);
        assert_eq!(faults(&listing), [("d\u{fffd}.md", "not-utf8"), ("en\u{fffd}/b.md", "not-utf8")]);
    }

    #[test]
    fn one_directory_with_everything() {
        let names: Vec<String> = (0..3 * PORTION + 7).map(|number| format!("{number}.md")).collect();
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        let listing = listed(&tree(&names));
        names.sort_unstable();
        assert_eq!(paths(&listing), names);
    }

    #[test]
    fn a_deep_tree() {
        let deep = format!("{}ferry.md", "a/".repeat(1500));
        assert_eq!(paths(&listed(&tree(&[&deep]))), [deep]);
    }

    #[test]
    fn what_is_no_directory_has_no_files_and_what_is_not_there_nobody_knows() {
        let directory = tree(&["ferry.md"]);
        let at = |path: &str| list(&Tree::new(directory.path().join(path)));
        assert_eq!(faults(&at("articles/ferry.md")), []);
        assert_eq!(faults(&at("nowhere")), [("", "unreadable")]);
    }
}
