//! What a rendered article was made of, by names that are short: of what changes, each has a name too, and where no name
//! is in both, the article is as it was.

use super::text::Key;
use crate::catalog::{Card, Catalog};
use crate::newsroom::{Extent, Fingerprint, Listing, MediaSource, Newsroom};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

/// The name of something that can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Name(u64);

impl Name {
    /// A file, or the article in it.
    #[must_use]
    pub fn of_file(path: &str) -> Name {
        Name::of_parts(b"file ", path.as_bytes())
    }

    /// All articles whose files have this bare name.
    #[must_use]
    pub fn of_bare(name: &str) -> Name {
        Name::of_parts(b"name ", name.as_bytes())
    }

    /// All translations of an article.
    #[must_use]
    pub fn of_translations(key: Key) -> Name {
        Name::of_parts(b"key ", &key.number().to_le_bytes())
    }

    /// Whatever these bytes name.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Name {
        Name::of_parts(b"", bytes)
    }

    fn of_parts(kind: &[u8], bytes: &[u8]) -> Name {
        let hash = blake3::Hasher::new().update(kind).update(bytes).finalize();
        let number = hash.as_bytes().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        Name(number)
    }

    /// As a number.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

/// A name of which only a part is kept: where two have it in common, something is made again that need not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct ShortName(u32);

impl Name {
    /// The part.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "it is a part")]
    pub fn short(self) -> ShortName {
        ShortName(self.0 as u32)
    }
}

/// What was asked for.
#[derive(Debug, Default)]
pub struct Asked(Mutex<Names>);

/// Names, and the files among them that no listing has: who wants to know whether these have changed must look.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Names {
    /// The names.
    pub names: BTreeSet<Name>,
    /// The paths of files that are not listed.
    pub unlisted: BTreeSet<String>,
}

impl Asked {
    /// All of it.
    #[must_use]
    pub fn names(self) -> Names {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, name: Name) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).names.insert(name);
    }

    fn note_file(&self, path: &str, is_listed: bool) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.names.insert(Name::of_file(path));
        if !is_listed {
            names.unlisted.insert(path.to_owned());
        }
    }
}

/// All articles, and a note of what is looked up among them.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    catalog: &'a Catalog,
    asked: Option<&'a Asked>,
}

impl<'a> View<'a> {
    /// A catalog of which nobody notes anything.
    #[must_use]
    pub fn of(catalog: &'a Catalog) -> View<'a> {
        View { catalog, asked: None }
    }

    /// The same, where it is noted what is asked.
    #[must_use]
    pub fn noted(catalog: &'a Catalog, asked: &'a Asked) -> View<'a> {
        View { catalog, asked: Some(asked) }
    }

    /// As [`Catalog::at_path`].
    #[must_use]
    pub fn at_path(self, path: &str) -> Option<&'a Card> {
        self.note(|| Name::of_file(path));
        self.catalog.at_path(path)
    }

    /// As [`Catalog::with_name`].
    pub fn with_name(self, name: &str) -> impl Iterator<Item = &'a Card> {
        self.note(|| Name::of_bare(name));
        self.catalog.with_name(name)
    }

    /// As [`Catalog::translations`].
    #[must_use]
    pub fn translations(self, card: &Card) -> Vec<usize> {
        if let Some(key) = card.key {
            self.note(|| Name::of_translations(key));
        }
        self.catalog.translations(card)
    }

    fn note(self, name: impl Fn() -> Name) {
        if let Some(asked) = self.asked {
            asked.note(name());
        }
    }
}

impl Deref for View<'_> {
    type Target = Catalog;

    fn deref(&self) -> &Catalog {
        self.catalog
    }
}

/// A newsroom, and a note of which of its files are looked at.
pub struct Noted<'a> {
    /// The newsroom.
    pub newsroom: &'a dyn Newsroom,
    /// Knows which files are listed.
    pub catalog: &'a Catalog,
    /// The note.
    pub asked: &'a Asked,
}

impl Noted<'_> {
    fn note(&self, path: &str) {
        self.asked.note_file(path, self.catalog.is_listed(path));
    }
}

impl Newsroom for Noted<'_> {
    fn list(&self) -> Listing {
        self.newsroom.list()
    }

    fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>> {
        self.note(path);
        self.newsroom.read(path, extent)
    }

    fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        self.newsroom.last_good(path)
    }

    fn has(&self, path: &str) -> bool {
        self.note(path);
        self.newsroom.has(path)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn MediaSource>> {
        self.note(path);
        self.newsroom.open(path)
    }

    fn fingerprint(&self, path: &str) -> Fingerprint {
        self.newsroom.fingerprint(path)
    }
}
