//! What was promised of the articles that there are, by their source files.

use super::Card;
use crate::digest::Digest;
use crate::ledger::{EntryRecord, Ids, Ledger, is_tellable};
use crate::newsroom::Listed;
use chrono::{DateTime, TimeDelta, Utc};
use rayon::iter::Either;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The promises that hold among the files that there are.
#[derive(Debug, Default)]
pub struct Promised {
    /// Ids that other programs gave.
    pub adopted: Ids,
    by_path: HashMap<String, Promise>,
    /// The ids of new articles that another article had before them, with those that they get instead.
    new_ids: HashMap<String, String>,
    /// The pages of articles whose source files are to be found.
    homeless: BTreeSet<String>,
    /// When that was published whose file has gone, or has another name.
    sought: HashSet<DateTime<Utc>>,
}

/// What subscribers know of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// Its id.
    pub id: String,
    published: Option<DateTime<Utc>>,
    updated: DateTime<Utc>,
    withdrawn: Option<DateTime<Utc>>,
    seen: Option<Digest>,
}

impl Promised {
    /// What the ledger knows of these files, which are given in the order of their paths, each with whether it is an
    /// article.
    #[must_use]
    pub fn among(ledger: &Ledger, files: &[Listed], articles: &[bool]) -> Promised {
        let found = |path: &str| files.binary_search_by(|file| (*file.path).cmp(path)).ok();
        let is_listed = |path: &str| found(path).is_some_and(|number| articles[number]);
        let standing: Vec<_> = ledger.entries().filter(|record| record.stands()).collect();
        let (listed, sought): (Vec<_>, Vec<_>) = standing.into_par_iter().partition_map(|record| {
            if is_listed(&record.path) {
                Either::Left((record.path.clone(), Promise::of(record)))
            } else {
                Either::Right(record.published)
            }
        });
        let homeless = ledger.entries().filter(|record| record.is_homeless());
        Promised {
            adopted: ledger.among(&is_listed),
            homeless: homeless.map(|record| record.permalink.clone()).collect(),
            sought: sought.into_iter().collect(),
            new_ids: HashMap::new(),
            by_path: listed.into_iter().collect(),
        }
    }

    /// What holds for files of which nothing is known.
    #[must_use]
    pub fn of_strangers(&self) -> Promised {
        Promised { adopted: self.adopted.clone(), ..Promised::default() }
    }

    /// What was promised of a file's article.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<&Promise> {
        self.by_path.get(path)
    }

    /// May subscribers know an article, although nobody knows of its file? One with the date of what is sought
    /// is in the future only where the clock went back.
    #[must_use]
    pub fn may_know(&self, permalink: &str, published: DateTime<Utc>) -> bool {
        self.homeless.contains(permalink) || self.sought.contains(&published)
    }

    /// From now on this is promised of a file's article.
    pub fn promise(&mut self, path: &str, record: &EntryRecord) {
        self.by_path.insert(path.to_owned(), Promise::of(record));
    }

    /// A new article gets the first id after its own that no article ever had.
    pub fn give_other_id(&mut self, card: &mut Card, ledger: &Ledger) {
        let mut ids = (2..).map(|number| format!("{}#{number}", card.id()));
        let id = ids.find(|id| ledger.entry(id).is_none()).expect("there are more numbers than articles");
        card.give_id(&id);
        self.new_ids.insert(card.path().to_owned(), id);
    }

    /// Nothing is promised of a file's article after all.
    pub fn release(&mut self, path: &str) {
        self.by_path.remove(path);
    }

    /// Gives a card the id and the dates that its article has for subscribers.
    pub fn keep(&self, card: &mut Card, now: DateTime<Utc>) {
        if let Some(promise) = self.of(card.path()) {
            promise.keep(card, now);
        } else if let Some(id) = self.new_ids.get(card.path()) {
            card.give_id(id);
        }
    }
}

impl Promise {
    fn of(record: &EntryRecord) -> Promise {
        Promise {
            id: record.id.clone(),
            published: record.known_published(),
            updated: record.updated,
            withdrawn: record.withdrawn,
            seen: record.seen.clone(),
        }
    }

    fn keep(&self, card: &mut Card, now: DateTime<Utc>) {
        if card.id() != self.id {
            card.give_id(&self.id);
        }
        if let Some(published) = self.published.filter(|published| card.published != *published) {
            // A new date is no change that its author declares.
            if card.updated == card.published {
                card.updated = published.fixed_offset();
            }
            card.published = published.fixed_offset();
        }
        // Readers take an entry that comes back for one that they know unless it is newer than its
        // tombstone (RFC 6721, 4).
        let back = self.withdrawn.map(|withdrawn| now.max(after(withdrawn)));
        let known = [back, Some(self.updated), self.published];
        let known = known.into_iter().flatten().map(|time| time.fixed_offset());
        card.updated = known.fold(card.updated, DateTime::max);
    }

    /// When an entry that subscribers see so was last changed, where every change counts; `None` where
    /// nothing changed.
    #[must_use]
    pub fn changed(&self, seen: &Digest, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let is_changed = self.seen.as_ref().is_some_and(|known| known != seen);
        is_changed.then(|| now.max(after(self.updated)))
    }
}

/// The next second, as feeds count time; the last one that they can tell has none.
#[must_use]
pub fn after(time: DateTime<Utc>) -> DateTime<Utc> {
    let next = time.checked_add_signed(TimeDelta::seconds(1));
    next.filter(|next| is_tellable(*next)).unwrap_or(time)
}
