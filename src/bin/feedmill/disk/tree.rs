//! The articles directory: what lies in it, and what only seems to.

use std::path::{Path, PathBuf};

/// A directory of articles.
pub struct Tree {
    root: PathBuf,
    /// Without links; `None` where the directory does not exist.
    real_root: Option<PathBuf>,
    /// What is not listed: the feeds.
    left_out: Option<PathBuf>,
}

impl Tree {
    pub fn new(root: PathBuf) -> Tree {
        Tree { real_root: root.canonicalize().ok(), root, left_out: None }
    }

    /// The same without one of its directories.
    pub fn without(self, directory: &Path) -> Tree {
        let real = directory.canonicalize().ok();
        let inside = real.as_deref().zip(self.real_root.as_deref());
        let inside = inside.and_then(|(real, root)| real.strip_prefix(root).ok());
        let left_out = inside.map(|inside| self.root.join(inside));
        Tree { left_out, ..self }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Is it the directory that is not listed?
    pub fn leaves_out(&self, directory: &Path) -> bool {
        self.left_out.as_deref() == Some(directory)
    }

    /// Does a link lead to a file in the tree? An error says where else it leads.
    pub fn file_in_tree(&self, link: &Path) -> Result<bool, String> {
        let target = link.canonicalize().map_err(|error| format!("the link leads nowhere: {error}"))?;
        if !self.real_root.as_ref().is_some_and(|root| target.starts_with(root)) {
            return Err(format!("the link leads out of the articles directory, to `{}`", target.display()));
        }
        Ok(target.is_file())
    }
}
