//! The one way from the core to the world: which files there are, and what one of them holds.

use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Seek};

/// Where articles and their media come from. Paths are relative to the articles directory, with
/// `/` between their parts.
pub trait Newsroom: Sync {
    /// Every file there is, in any order.
    fn list(&self) -> Listing;

    /// The bytes of a file.
    ///
    /// # Errors
    /// What the system says of a file that cannot be read.
    fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>>;

    /// Does a regular file lie among the articles themselves?
    fn has(&self, path: &str) -> bool {
        self.read(path, Extent::Head).is_ok()
    }

    /// A picture or a recording, for measuring it without reading all of it. What lies beside the
    /// articles and is served from the site's root counts as lying among them.
    ///
    /// # Errors
    /// As for [`Newsroom::read`].
    fn open(&self, path: &str) -> io::Result<Box<dyn MediaSource>> {
        Ok(Box::new(Cursor::new(self.read(path, Extent::Whole)?)))
    }
}

/// The bytes of a picture or a recording, in whatever order they are wanted.
pub trait MediaSource: Read + Seek {}

impl<Source: Read + Seek> MediaSource for Source {}

/// How much of a file is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first [`HEAD_BYTES`]; or more, or all that there is.
    Head,
    /// All of it.
    Whole,
}

/// Enough for nearly all front matter.
pub const HEAD_BYTES: usize = 8192;

/// What there is.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The paths of the regular files.
    pub paths: Vec<String>,
    /// What could not be listed, and why.
    pub faults: Vec<Diagnostic>,
}

/// A newsroom in memory: paths and bytes.
#[derive(Clone, Debug, Default)]
pub struct MemoryNewsroom {
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl MemoryNewsroom {
    /// A newsroom of these files.
    pub fn of<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> MemoryNewsroom {
        MemoryNewsroom { files: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect() }
    }
}

impl Newsroom for MemoryNewsroom {
    fn list(&self) -> Listing {
        Listing { paths: self.files.keys().cloned().collect(), faults: Vec::new() }
    }

    fn read(&self, path: &str, _: Extent) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
