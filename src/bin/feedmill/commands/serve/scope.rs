//! Which files a preview is made of, and whether a change on the disk is one of them.

use crate::disk::ledger;
use crate::site::{Site, real};
use notify::{Event, EventKind, RecursiveMode};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files and directories, all without links.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// Everything below counts.
    trees: Vec<PathBuf>,
    /// These count wherever they lie, and whether they are there or not.
    files: Vec<PathBuf>,
    /// Lies in a tree, and does not count.
    left_out: Vec<PathBuf>,
}

impl Scope {
    /// The settings alone.
    pub fn of_settings(config: &Path) -> Scope {
        Scope { files: named(config), ..Scope::default() }
    }

    /// All that a site is made of.
    pub fn of(site: &Site, config: &Path) -> Scope {
        let trees = std::iter::once(&site.articles).chain(&site.media);
        let mut files = named(config);
        // The directory itself may go and come back, and a link may lead elsewhere.
        files.extend(trees.clone().flat_map(|tree| named(tree)));
        files.extend(site.registries.iter().flat_map(|file| named(file)));
        // A real run moves what is promised; the first one makes the place for it.
        files.extend(
            [&site.state, &site.state.join(ledger::FILE_NAME)].into_iter().flat_map(|file| named(file)),
        );
        Scope {
            trees: trees.filter_map(|tree| tree.canonicalize().ok()).collect(),
            files,
            left_out: [&site.output, &site.state].into_iter().filter_map(|path| real(path)).collect(),
        }
    }

    /// Does a change matter? Looking at a file is none.
    pub fn concerns(&self, event: &Event) -> bool {
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        event.paths.is_empty() || event.need_rescan() || event.paths.iter().any(|path| self.holds(path))
    }

    fn holds(&self, path: &Path) -> bool {
        if self.files.iter().any(|file| file == path) {
            return true;
        }
        let is_hidden =
            |below: &Path| below.iter().any(|part| part.as_encoded_bytes().first() == Some(&b'.'));
        let below = self.trees.iter().find_map(|tree| path.strip_prefix(tree).ok());
        below.is_some_and(|below| !is_hidden(below))
            && !self.left_out.iter().any(|left| path.starts_with(left))
    }

    /// The directories to be watched. A file is watched by its directory: who replaces it makes another.
    pub fn directories(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let parents = self.files.iter().filter_map(|file| file.parent());
        let is_below = |directory: &Path| self.trees.iter().any(|tree| directory.starts_with(tree));
        let alone = parents.filter(|parent| parent.is_dir() && !is_below(parent));
        let alone = alone.map(|parent| (parent.to_owned(), RecursiveMode::NonRecursive));
        let is_inner =
            |tree: &PathBuf| self.trees.iter().any(|other| other != tree && tree.starts_with(other));
        let trees = self.trees.iter().filter(|tree| !is_inner(tree));
        alone.chain(trees.map(|tree| (tree.clone(), RecursiveMode::Recursive))).collect()
    }
}

/// A file by its own name, and by that of what a link leads to.
fn named(file: &Path) -> Vec<PathBuf> {
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let own = real(directory).zip(file.file_name()).map(|(directory, name)| directory.join(name));
    let mut names: Vec<PathBuf> = own.into_iter().chain(file.canonicalize().ok()).collect();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind};
    use std::fs;

    #[test]
    fn what_counts() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("site/articles")).unwrap();
        fs::write(root.join("shared.toml"), "").unwrap();
        std::os::unix::fs::symlink("../shared.toml", root.join("site/feedmill.toml")).unwrap();
        let scope = Scope {
            trees: vec![root.join("site"), root.join("site/articles")],
            files: named(&root.join("site/feedmill.toml")),
            left_out: vec![root.join("site/feeds")],
        };
        let event = |path: &str| Event::new(EventKind::Create(CreateKind::Any)).add_path(root.join(path));
        for path in ["site/feedmill.toml", "shared.toml", "site/articles/en/a.md", "site/media/a.jpg"] {
            assert!(scope.concerns(&event(path)), "{path}");
        }
        for path in ["site/feeds/rss.xml", "site/.git/index", "site/articles/.a.md.swp", "other.toml"] {
            assert!(!scope.concerns(&event(path)), "{path}");
        }
        let looked = Event::new(EventKind::Access(AccessKind::Any)).add_path(root.join("site/articles/a.md"));
        assert!(!scope.concerns(&looked));
        let watched: Vec<_> = scope.directories().into_iter().collect();
        assert_eq!(
            watched,
            [(root.clone(), RecursiveMode::NonRecursive), (root.join("site"), RecursiveMode::Recursive)]
        );
    }
}
