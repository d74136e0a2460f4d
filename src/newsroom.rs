//! The one way from the core to the world: which files there are, and what one of them holds.

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Cursor, Read, Seek};
use std::num::NonZeroU64;

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

    /// The same for [`Extent::Head`], into a buffer that is used again and again. What was in it goes.
    ///
    /// # Errors
    /// As for [`Newsroom::read`].
    fn read_head(&self, path: &str, head: &mut Vec<u8>) -> io::Result<()> {
        *head = self.read(path, Extent::Head)?;
        Ok(())
    }

    /// The source file as it was when a feed last showed it, where that was kept.
    fn last_good(&self, _path: &str) -> Option<Vec<u8>> {
        None
    }

    /// Does a regular file lie among the articles themselves?
    fn has(&self, path: &str) -> bool {
        self.read(path, Extent::Head).is_ok()
    }

    /// What tells whether [`Newsroom::open`] opens the same as before, nothing maybe. Another one every time where a change
    /// might not show.
    fn fingerprint(&self, path: &str) -> Fingerprint {
        let mut bytes = Vec::new();
        let read = self.open(path).and_then(|mut file| file.read_to_end(&mut bytes));
        Fingerprint::of_bytes(read.map_or(b"", |_| &bytes))
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

/// Enough for nearly all front matter, and one page of the system's memory.
pub const HEAD_BYTES: usize = 4096;

/// A file that there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its path.
    pub path: Box<str>,
    /// What it has as long as it is not changed; `None` where a change might not show.
    pub fingerprint: Option<Fingerprint>,
}

impl Listed {
    /// A file that has nothing but its bytes to tell whether it was changed.
    #[must_use]
    pub fn of(path: &str, bytes: &[u8]) -> Listed {
        Listed { path: path.into(), fingerprint: Some(Fingerprint::of_bytes(bytes)) }
    }
}

/// What is different when a file was changed: a mixture of its size, its times and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Fingerprint(NonZeroU64);

impl Fingerprint {
    /// The fingerprint of what has these properties.
    #[must_use]
    pub fn of(properties: impl IntoIterator<Item = u64>) -> Fingerprint {
        // Every bit of a property moves about half of all bits: multiplications by odd numbers and shifts (SplitMix64).
        let mix = |mixed: u64, property: u64| {
            let mut bits = (mixed ^ property).wrapping_add(0x9e37_79b9_7f4a_7c15);
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            bits ^ (bits >> 31)
        };
        let mixed = properties.into_iter().fold(0, mix);
        Fingerprint(NonZeroU64::new(mixed).unwrap_or(NonZeroU64::MIN))
    }

    /// The fingerprint of something that has nothing but its bytes.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Fingerprint {
        Fingerprint::of(Digest::of([bytes]).as_str().bytes().map(u64::from))
    }

    /// As a number, which is never 0.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0.get()
    }

    /// The fingerprint with this number; 0 is none.
    #[must_use]
    pub fn of_number(number: u64) -> Option<Fingerprint> {
        NonZeroU64::new(number).map(Fingerprint)
    }
}

/// What there is.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The regular files, in any order.
    pub files: Vec<Listed>,
    /// What could not be listed, and why.
    pub faults: Vec<Diagnostic>,
    /// The directories that could not be listed, or not to their end, and files that are none now. Nobody
    /// knows what became of what was there.
    pub unlisted: Vec<String>,
}

impl Listing {
    /// Is it unknown whether this file is still there?
    #[must_use]
    pub fn may_miss(&self, path: &str) -> bool {
        let lies_in = |directory: &String| {
            let rest = path.strip_prefix(directory.as_str());
            directory.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.unlisted.iter().any(lies_in)
    }
}

/// A newsroom in which some articles are read as they were when a feed last showed them.
pub struct WithLastGood<'n> {
    newsroom: &'n dyn Newsroom,
    held: HashSet<String>,
}

impl<'n> WithLastGood<'n> {
    /// The newsroom with the last good versions of these files.
    pub fn of(newsroom: &'n dyn Newsroom, held: impl IntoIterator<Item = String>) -> WithLastGood<'n> {
        WithLastGood { newsroom, held: held.into_iter().collect() }
    }
}

impl Newsroom for WithLastGood<'_> {
    fn list(&self) -> Listing {
        self.newsroom.list()
    }

    fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>> {
        match self.held.contains(path) {
            true => self.newsroom.last_good(path).ok_or_else(|| io::ErrorKind::NotFound.into()),
            false => self.newsroom.read(path, extent),
        }
    }

    fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        self.newsroom.last_good(path)
    }

    fn has(&self, path: &str) -> bool {
        self.held.contains(path) || self.newsroom.has(path)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn MediaSource>> {
        self.newsroom.open(path)
    }

    fn fingerprint(&self, path: &str) -> Fingerprint {
        self.newsroom.fingerprint(path)
    }
}

/// A newsroom in memory: paths and bytes.
#[derive(Clone, Debug, Default)]
pub struct MemoryNewsroom {
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What was kept of them.
    pub last_good: BTreeMap<String, Vec<u8>>,
    /// Directories that cannot be listed.
    pub unlisted: Vec<String>,
}

impl MemoryNewsroom {
    /// A newsroom of these files.
    pub fn of<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> MemoryNewsroom {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        MemoryNewsroom { files, ..MemoryNewsroom::default() }
    }
}

impl Newsroom for MemoryNewsroom {
    fn list(&self) -> Listing {
        let listing = Listing { unlisted: self.unlisted.clone(), ..Listing::default() };
        let files = self.files.iter().filter(|(path, _)| !listing.may_miss(path));
        Listing { files: files.map(|(path, bytes)| Listed::of(path, bytes)).collect(), ..listing }
    }

    fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        self.last_good.get(path).cloned()
    }

    fn read(&self, path: &str, _: Extent) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
