//! What subscribers were promised: ids, dates, withdrawals, and the feeds that they were given. Value in,
//! value out.

mod adopted;
mod entry;
mod feed;
mod found;
mod glance;
mod ids;
mod merge;
mod past;
mod recover;
mod text;
mod unread;

pub use adopted::{Adopted, Ids, Page};
pub use entry::EntryRecord;
pub use feed::{FeedOf, FeedRecord};
pub use glance::Glance;
pub use ids::{IdList, IdSet};
pub use merge::Contradiction;
pub use past::{KnownPast, Past};
pub use text::MEND;
pub use unread::Unread;

use crate::archive::Archive;
use crate::digest::Digest;
use crate::text::is_legal;
use chrono::{DateTime, Datelike, Utc};
use found::Found;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Everything that is promised. Its copies share the records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// By source path.
    adopted: BTreeMap<String, Adopted>,
    /// What stands in a feed, and what was withdrawn, by id.
    entries: BTreeMap<String, Arc<EntryRecord>>,
    /// Those that stand and whose source file is known, by its path.
    paths: HashMap<String, Arc<EntryRecord>>,
    /// By id.
    feeds: BTreeMap<String, Arc<FeedRecord>>,
    /// What stood in a feed before.
    past: KnownPast,
    /// What stands in which document.
    archive: Arc<Archive>,
    /// What is known of the text of all this.
    seal: Seal,
}

impl Ledger {
    /// Is nothing promised?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.adopted.is_empty() && self.entries.is_empty() && self.feeds.is_empty()
    }

    /// What tells it from others.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let text = self.seal.digest.get_or_init(|| Digest::of([self.write().as_bytes()]));
        unread::digest(text, &self.archive)
    }

    /// The same with what stood in a feed before.
    #[must_use]
    pub fn with_past(self, past: KnownPast) -> Ledger {
        Ledger { past, ..self }
    }

    /// What stood in a feed before.
    #[must_use]
    pub fn past(&self) -> &KnownPast {
        &self.past
    }

    /// The same with what stands in which document.
    #[must_use]
    pub fn with_archive(self, archive: Archive) -> Ledger {
        Ledger { archive: Arc::new(archive), ..self }
    }

    /// What stands in which document.
    #[must_use]
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// What stands in a feed and what was withdrawn, in the order of the ids.
    pub fn entries(&self) -> impl Iterator<Item = &EntryRecord> {
        self.entries.values().map(|record| &**record)
    }

    /// What is known of an entry.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&EntryRecord> {
        self.entries.get(id).map(|record| &**record)
    }

    /// What stands in a feed and has this source file.
    #[must_use]
    pub fn of_path(&self, path: &str) -> Option<&EntryRecord> {
        self.paths.get(path).map(|record| &**record)
    }

    /// Remembers an entry, in the place of what was known of it. The file of another one that stands is its own
    /// now; where that one's article is, nobody knows.
    pub fn enter(&mut self, entry: EntryRecord) {
        self.seal.break_up();
        let entry = Arc::new(entry);
        if let Some(before) = self.entries.insert(entry.id.clone(), Arc::clone(&entry)) {
            self.leave(&before);
        }
        if entry.stands() && !entry.path.is_empty() {
            let other = self.paths.insert(entry.path.clone(), entry);
            if let Some(other) = other.and_then(|other| self.entries.get_mut(&other.id)) {
                Arc::make_mut(other).path.clear();
            }
        }
    }

    /// What was known of an entry is none of its source file's any more.
    fn leave(&mut self, entry: &EntryRecord) {
        if self.paths.get(&entry.path).is_some_and(|known| known.id == entry.id) {
            self.paths.remove(&entry.path);
        }
    }

    /// Forgets an entry, and returns what was known of it.
    pub fn release(&mut self, id: &str) -> Option<Arc<EntryRecord>> {
        self.seal.break_up();
        let entry = self.entries.remove(id)?;
        self.leave(&entry);
        Some(entry)
    }

    /// The feeds, in the order of their ids.
    pub fn feeds(&self) -> impl Iterator<Item = &FeedRecord> {
        self.feeds.values().map(|feed| &**feed)
    }

    /// Every path under the output directory that a feed was ever written to.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.feeds().flat_map(|feed| feed.files.keys()).map(String::as_str)
    }

    /// What is known of a feed.
    #[must_use]
    pub fn feed(&self, id: &str) -> Option<&FeedRecord> {
        self.feeds.get(id).map(|feed| &**feed)
    }

    /// Remembers a feed, in the place of what was known of it.
    pub fn give(&mut self, feed: FeedRecord) {
        self.seal.break_up();
        self.feeds.insert(feed.id.clone(), Arc::new(feed));
    }

    /// Forgets a feed.
    pub fn end(&mut self, id: &str) {
        self.seal.break_up();
        self.feeds.remove(id);
    }

    /// What is adopted, in the order of the paths.
    pub fn adopted(&self) -> impl Iterator<Item = &Adopted> {
        self.adopted.values()
    }

    /// What is adopted for a source file.
    #[must_use]
    pub fn adopted_of(&self, path: &str) -> Option<&Adopted> {
        self.adopted.get(path)
    }

    /// Gives an article an id, in the place of one that its path had. Subscribers who knew it by another one
    /// see it as new; who adopts an id knows better whose subscribers count.
    pub fn adopt(&mut self, adopted: Adopted) {
        let known = self.of_path(&adopted.path).filter(|known| known.id != adopted.id);
        if let Some(id) = known.map(|known| known.id.clone()) {
            self.rename(&id, &adopted.id);
        }
        self.seal.break_up();
        self.adopted.insert(adopted.path.clone(), adopted);
    }

    /// Gives what stands in a feed the date of its file. It is not changed before it is published.
    pub fn redate(&mut self, id: &str, published: DateTime<Utc>) {
        if let Some(entry) = self.entry(id).cloned() {
            self.enter(EntryRecord { published, updated: entry.updated.max(published), ..entry });
        }
    }

    fn rename(&mut self, id: &str, new: &str) {
        let Some(entry) = self.release(id) else { return };
        let (withdrawn, feeds) = (Some(entry.updated), IdSet::default());
        let entry = Arc::unwrap_or_clone(entry);
        self.enter(EntryRecord { withdrawn, feeds, ..entry.clone() });
        self.enter(EntryRecord { id: new.to_owned(), ..entry });
        for feed in self.feeds.values_mut().filter(|feed| feed.entries.contains(id)) {
            let entries = feed.entries.iter().map(|known| if known == id { new } else { known }).collect();
            Arc::make_mut(feed).entries = entries;
        }
    }

    /// Takes the adopted id of a path away.
    pub fn forget(&mut self, path: &str) {
        self.seal.break_up();
        self.adopted.remove(path);
    }
}

/// What takes long to find out of a ledger's text.
#[derive(Clone, Debug, Default, PartialEq)]
struct Seal {
    digest: Found<Digest>,
    text: Found<Arc<str>>,
}

impl Seal {
    /// The ledger is about to change.
    fn break_up(&mut self) {
        *self = Seal::default();
    }
}

/// Can every format hold this id as it is?
#[must_use]
pub fn is_usable(id: &str) -> bool {
    !id.trim().is_empty() && id.chars().all(is_legal)
}

/// Can every format tell this time? RFC 3339 has four digits for the year.
#[must_use]
pub fn is_tellable(time: DateTime<Utc>) -> bool {
    (0..=9999).contains(&time.year())
}
