//! What a run is to subscribers, feed by feed.

use super::{PublishedFeed, Withdrawals};
use crate::catalog::Catalog;
use crate::ledger::{FeedRecord, Ledger};
use crate::render::Rendered;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What changes for the subscribers of a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// Entries that they have not seen in it.
    pub new: Vec<Headline>,
    /// Entries that say that they were changed.
    pub updated: Vec<Headline>,
    /// Entries that read otherwise, without saying so.
    pub edited: Vec<Headline>,
    /// Entries that were withdrawn.
    pub withdrawn: Vec<Headline>,
    /// Entries that are not in it any more, but elsewhere, or that newer ones pushed out.
    pub gone: Vec<Headline>,
    /// Entries that have another id now, and so are announced a second time.
    pub ids_changed: Vec<Headline>,
    /// Does it stay as it was, whatever changed?
    pub is_frozen: bool,
}

/// An entry, as people and programs know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl News {
    /// Do subscribers notice nothing?
    #[must_use]
    pub fn is_none(&self) -> bool {
        let lists = [&self.new, &self.updated, &self.edited, &self.withdrawn, &self.gone, &self.ids_changed];
        lists.iter().all(|list| list.is_empty())
    }
}

/// Finds what changed.
pub struct Changes<'a> {
    /// What subscribers knew.
    pub ledger: &'a Ledger,
    /// All articles.
    pub catalog: &'a Catalog,
    /// The rendered articles, by id.
    pub entries: &'a BTreeMap<&'a str, &'a Rendered>,
    /// What was withdrawn.
    pub withdrawals: &'a Withdrawals,
    /// The feeds that become one with another: their ids, by the id that stays.
    pub joined: &'a BTreeMap<String, BTreeSet<String>>,
    /// The ids of entries that left some feed and whose articles are still there.
    pub elsewhere: &'a HashSet<&'a str>,
}

impl Changes<'_> {
    /// What changes for the subscribers of a feed, of which `known` tells what they had.
    #[must_use]
    pub fn news(&self, feed: &PublishedFeed, known: Option<&FeedRecord>) -> News {
        let mut news = News::default();
        // What the subscribers of only one of them know is new to the others.
        let joined = || self.joined.get(&feed.id).into_iter().flatten().chain([&feed.id]);
        for id in feed.ids.iter() {
            let Some(rendered) = self.entries.get(id) else { continue };
            let headline = || Headline { id: id.to_owned(), title: rendered.entry.title.clone() };
            let record = self.ledger.entry(id).or_else(|| self.catalog.recalled.get(id));
            let record = record.filter(|record| joined().all(|feed| record.feeds.contains(feed)));
            match record {
                None => news.new.push(headline()),
                Some(record) if rendered.entry.updated > record.updated => news.updated.push(headline()),
                Some(record) if record.seen.as_ref().is_some_and(|seen| *seen != rendered.seen) => {
                    news.edited.push(headline());
                }
                Some(_) => {}
            }
        }
        let stays: BTreeSet<&str> = feed.ids.iter().collect();
        let left = known.into_iter().flat_map(|known| known.entries.iter()).filter(|id| !stays.contains(id));
        for id in left {
            let record = self.ledger.entry(id);
            let title = record.map_or_else(String::new, |record| record.title.clone());
            let headline = Headline { id: id.to_owned(), title };
            // Of what vanished it is certain that its file holds another article.
            let is_accounted_for = self.elsewhere.contains(id) || self.catalog.standing.vanished.contains(id);
            let now_at_path = record.and_then(|record| self.catalog.at_path(&record.path));
            if self.withdrawals.now.contains_key(id) {
                news.withdrawn.push(headline);
            } else if !is_accounted_for && now_at_path.is_some_and(|card| card.id() != id) {
                news.ids_changed.push(headline);
            } else {
                news.gone.push(headline);
            }
        }
        news
    }
}
