//! The archives of feeds (RFC 5005, 4): which entries stand in which document. What once stands in one is a promise.
//!
//! A document has a number, from 1 for the oldest, and holds the same entries for ever. Of a million entries in several
//! feeds only [`Mark`]s stand in memory.

mod absent;
mod line;
mod place;
mod shelf;

pub use absent::{hold_losses, outlasting, with_missing};
pub use line::{Closed, line};
pub use place::{directory, document_path, is_document};
pub use shelf::{Shelf, Shelved, shelve};

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Stands for an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mark(u64);

impl Mark {
    /// The mark of an id: the same in the whole of a run.
    #[must_use]
    pub fn of(id: &str) -> Mark {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        Mark(hasher.finish())
    }
}

/// The documents of all feeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Archive {
    /// By the feeds' ids, the oldest document first.
    feeds: BTreeMap<String, Vec<Box<[Mark]>>>,
    /// Those that are read back from what subscribers have, and are written down nowhere.
    unwritten: Vec<Closed>,
}

impl Archive {
    /// The documents of a feed, the oldest first.
    #[must_use]
    pub fn documents(&self, feed: &str) -> &[Box<[Mark]>] {
        self.feeds.get(feed).map_or(&[], Vec::as_slice)
    }

    /// The feeds that have documents, in the order of their ids.
    pub fn feeds(&self) -> impl Iterator<Item = (&str, &[Box<[Mark]>])> {
        self.feeds.iter().map(|(feed, documents)| (feed.as_str(), documents.as_slice()))
    }

    /// The feeds in whose documents these entries stand.
    #[must_use]
    pub fn holders(&self, entries: &HashSet<Mark>) -> BTreeMap<Mark, BTreeSet<&str>> {
        let mut holders: BTreeMap<Mark, BTreeSet<&str>> = BTreeMap::new();
        for (feed, documents) in self.feeds().filter(|_| !entries.is_empty()) {
            for mark in documents.iter().flatten().filter(|mark| entries.contains(mark)) {
                holders.entry(*mark).or_default().insert(feed);
            }
        }
        holders
    }

    /// Has no feed any document?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.feeds.is_empty()
    }

    /// What tells it from others.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.feeds, self.unwritten.len()).hash(&mut hasher);
        hasher.finish()
    }

    /// Those that are written down nowhere.
    #[must_use]
    pub fn unwritten(&self) -> &[Closed] {
        &self.unwritten
    }

    /// Adds the next document of a feed as it was read back. Says whether it is the next.
    pub fn read_back(&mut self, closed: Closed) -> bool {
        let is_next = self.add(&closed.feed, closed.number, closed.marks());
        if is_next {
            self.unwritten.push(closed);
        }
        is_next
    }

    /// Adds the next document of a feed. Says whether it is the next.
    fn add(&mut self, feed: &str, number: usize, marks: Box<[Mark]>) -> bool {
        if !self.feeds.contains_key(feed) {
            self.feeds.insert(feed.to_owned(), Vec::new());
        }
        let documents = self.feeds.get_mut(feed).expect("it was put there");
        let is_next = number == documents.len() + 1;
        if is_next {
            documents.push(marks);
        }
        is_next
    }
}
