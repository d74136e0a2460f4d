//! Which articles of a feed stand in which document now, and which are still in none.

use super::{Archive, Mark};
use crate::catalog::{Card, Catalog};
use crate::encode::Format;
use crate::ledger::Ledger;
use crate::plan::{Plan, PlannedFeed};
use crate::press::served_at;
use crate::publication::KnownFeeds;
use crate::settings::Settings;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The archive of a planned feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// The id of the feed.
    pub feed: String,
    /// The oldest first.
    pub documents: Vec<Shelved>,
}

/// A document of an archive, in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelved {
    /// Its articles, newest first: indices into the catalog's cards.
    pub articles: Box<[u32]>,
    /// What stands in it and is no article of the feed now.
    pub absent: Box<[Mark]>,
    /// Is it closed in this run?
    pub is_new: bool,
}

/// One article in so many of those that a feed shows at most may be there for its correction alone.
const CORRECTED: usize = 5;

/// Lays the articles of each feed that has an archive into its documents. As soon as enough are in none, the oldest of
/// them make the next one. The feed itself shows what is in none besides its newest, so that nothing is ever missing
/// between it and the newest document; and the archived articles that were corrected since the oldest of its newest was
/// published, for a correction is to reach those who do not read the archive again (RFC 5005, 4.1).
#[must_use]
pub fn shelve(
    plan: &mut Plan,
    catalog: &Catalog,
    ledger: &Ledger,
    settings: &Settings,
) -> Vec<Option<Shelf>> {
    if plan.feeds.iter().all(|feed| !feed.choices.archive) {
        return plan.feeds.iter().map(|_| None).collect();
    }
    let known = KnownFeeds::of_plan(plan, ledger, settings);
    let id = |feed: &PlannedFeed| {
        let atom = feed.key.path(&settings.feeds, Format::Atom.file_name());
        feed.choices.archive.then(|| known.id(feed, &served_at(&atom, settings), settings))
    };
    let ids: Vec<Option<String>> = plan.feeds.iter().map(id).collect();
    let marks: Vec<Mark> = catalog.cards.par_iter().map(|card| Mark::of(card.id())).collect();
    let marks = &marks;
    let shelve = |(feed, id): (&mut PlannedFeed, Option<String>)| {
        let id = id?;
        let (documents, open) = laid_out(feed, ledger.archive().documents(&id), marks);
        show(feed, &open, catalog);
        feed.documents = documents.len();
        feed.archived = feed.history.len() - open.len();
        Some(Shelf { feed: id, documents })
    };
    plan.feeds.par_iter_mut().zip(ids).map(shelve).collect()
}

/// The documents, and the articles that are in none, newest first.
fn laid_out(feed: &PlannedFeed, members: &[Box<[Mark]>], marks: &[Mark]) -> (Vec<Shelved>, Vec<u32>) {
    let mut places: Vec<(Mark, u32)> = Vec::with_capacity(members.iter().map(|marks| marks.len()).sum());
    for (number, marks) in (0..).zip(members) {
        places.extend(marks.iter().map(|mark| (*mark, number)));
    }
    places.sort_unstable();
    let mut found: Vec<Vec<u32>> = members.iter().map(|marks| Vec::with_capacity(marks.len())).collect();
    let mut open = Vec::new();
    for &article in &feed.history {
        let mark = marks[article as usize];
        // Should one stand in two, the older has it.
        let at = places.partition_point(|(known, _)| *known < mark);
        match places.get(at).filter(|(known, _)| *known == mark) {
            Some((_, number)) => found[*number as usize].push(article),
            None => open.push(article),
        }
    }
    drop(places);
    let shelved = |(articles, members): (Vec<u32>, &[Mark])| {
        let absent = match articles.len() == members.len() {
            true => Box::default(),
            false => {
                let there: BTreeSet<Mark> = articles.iter().map(|&article| marks[article as usize]).collect();
                members.iter().copied().filter(|mark| !there.contains(mark)).collect()
            }
        };
        Shelved { articles: articles.into(), absent, is_new: false }
    };
    let mut documents: Vec<Shelved> =
        found.into_iter().zip(members.iter().map(|members| &**members)).map(shelved).collect();
    while open.len() >= feed.choices.archive_entries {
        let oldest = open.split_off(open.len() - feed.choices.archive_entries);
        documents.push(Shelved { articles: oldest.into(), absent: Box::default(), is_new: true });
    }
    (documents, open)
}

/// Chooses what the feed itself shows.
fn show(feed: &mut PlannedFeed, open: &[u32], catalog: &Catalog) {
    let card = |article: u32| -> &Card { &catalog.cards[article as usize] };
    let newest = feed.history.len().min(feed.choices.limit);
    let (newest, older) = feed.history.split_at(newest);
    let mut shown: BTreeSet<u32> = newest.iter().chain(open).copied().collect();
    if let Some(since) = newest.last().map(|&oldest| card(oldest).published) {
        let is_corrected = |&article: &u32| {
            let card = card(article);
            card.updated > card.published && card.updated >= since && !shown.contains(&article)
        };
        let mut corrected: Vec<u32> = older.iter().copied().filter(is_corrected).collect();
        corrected.sort_by_key(|&article| (Reverse(card(article).updated), article));
        shown.extend(corrected.into_iter().take(feed.choices.limit.div_ceil(CORRECTED)));
    }
    feed.pushed_out = older
        .iter()
        .filter(|article| !shown.contains(*article) && catalog.promised.of(card(**article).path()).is_some())
        .map(|&article| article as usize)
        .collect();
    feed.articles = shown.into_iter().map(|article| article as usize).collect();
    let last_open = open.last().and_then(|&open| feed.articles.binary_search(&(open as usize)).ok());
    feed.indispensable = last_open.map_or(0, |position| position + 1);
}

impl Archive {
    /// The same with the documents that are closed now.
    #[must_use]
    pub fn closing<'s>(&self, shelves: impl Iterator<Item = &'s Shelf>, catalog: &Catalog) -> Archive {
        let mut archive = self.clone();
        for shelf in shelves {
            let numbered = (1..).zip(&shelf.documents).filter(|(_, document)| document.is_new);
            for (number, document) in numbered {
                let mark = |&article: &u32| Mark::of(catalog.cards[article as usize].id());
                archive.add(&shelf.feed, number, document.articles.iter().map(mark).collect());
            }
        }
        archive
    }

    /// The marks of everything that stands in some document of feeds that are archived now or were before.
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        self.feeds.values().flatten().flat_map(|marks| marks.iter().copied())
    }
}
