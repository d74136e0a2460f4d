//! The ledger after a run: what is promised from now on.

use super::entries::Entries;
use super::freeze::Frozen;
use super::news::{Changes, News};
use super::{KnownFeeds, PublishedFeed, Withdrawals};
use crate::catalog::{Card, Catalog};
use crate::ledger::{EntryRecord, FeedOf, FeedRecord, IdSet, Ledger, Page};
use crate::plan::{Plan, PlannedFeed};
use crate::render::Rendered;
use crate::settings::{FeedSettings, Settings};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What a run knows when its feeds are printed.
pub struct Outcome<'a> {
    /// The ledger before.
    pub ledger: &'a Ledger,
    /// All articles.
    pub catalog: &'a Catalog,
    /// The planned feeds, in the order of `feeds`.
    pub plan: &'a Plan,
    /// What is known of them.
    pub known: &'a KnownFeeds<'a>,
    /// The printed feeds.
    pub feeds: &'a [PublishedFeed],
    /// Those of them of which nothing has changed, by their ids: what is remembered of them stays as it is.
    pub standing: &'a HashMap<&'a str, &'a FeedRecord>,
    /// The ids of what feeds show that do not stay as they are whatever changed.
    pub shown: &'a HashSet<&'a str>,
    /// The articles that can be shown.
    pub entries: &'a Entries<'a>,
    /// What was withdrawn.
    pub withdrawals: &'a Withdrawals,
    /// The feeds that stay as they are.
    pub frozen: &'a Frozen,
    /// The feeds that became one with another: their ids, by the id that stays.
    pub joined: &'a BTreeMap<String, BTreeSet<String>>,
    /// The archived articles that are remembered although no feed shows them, by their ids.
    pub outlasting: &'a BTreeMap<String, usize>,
    /// The settings.
    pub settings: &'a Settings,
    /// When it is.
    pub now: DateTime<Utc>,
}

/// The ids of what feeds show that do not stay as they are whatever changed.
#[must_use]
pub fn shown<'a>(
    plan: &Plan,
    feeds: &'a [PublishedFeed],
    standing: &HashMap<&str, &FeedRecord>,
    frozen: &Frozen,
    catalog: &'a Catalog,
) -> HashSet<&'a str> {
    let mut is_shown = vec![false; catalog.cards.len()];
    let mut shown = HashSet::new();
    for (planned, feed) in plan.feeds.iter().zip(feeds) {
        match standing.get(&*feed.id) {
            _ if frozen.feeds.contains(&feed.id) => {}
            // It shows all of its articles, each of which other feeds may show too.
            Some(known) if known.entries.len() == planned.articles.len() => {
                planned.articles.iter().for_each(|&index| is_shown[index] = true);
            }
            _ => shown.extend(feed.ids.iter()),
        }
    }
    let cards = catalog.cards.iter().zip(is_shown).filter(|(_, is_shown)| *is_shown);
    shown.extend(cards.map(|(card, _)| card.id()));
    shown
}

impl Outcome<'_> {
    /// The ledger after the run, and what no feed shows any more.
    #[must_use]
    pub fn recorded(&self) -> (Ledger, Vec<EntryRecord>) {
        let pages = self.catalog.cards.iter().map(|card| Page {
            path: card.path(),
            id: card.id(),
            permalink: card.permalink(),
            aliases: card.aliases(),
        });
        let mut ledger = self.ledger.followed(&self.catalog.promised.adopted, pages);
        let shown = self.shown;
        let mut places: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for (planned, feed) in self.plan.feeds.iter().zip(self.feeds) {
            if self.standing.contains_key(&*feed.id) || self.frozen.feeds.contains(&feed.id) {
                continue;
            }
            for id in feed.ids.iter() {
                places.entry(id).or_default().insert(&feed.id);
            }
            ledger.give(self.feed(planned, feed));
        }
        let mut left: HashMap<&str, &EntryRecord> = HashMap::new();
        for record in self.ledger.entries().filter(|record| !shown.contains(record.id.as_str())) {
            if let Some(when) = self.withdrawals.now.get(&record.id) {
                ledger.enter(EntryRecord { withdrawn: Some(*when), ..record.clone() });
            } else if record.stands() && !self.frozen.entries.contains(&record.id) {
                left.insert(&record.id, record);
            }
        }
        // It went to another place, or newer ones pushed it out. What nobody can read is no article, and waits.
        let (mut retired, mut stays) = (Vec::new(), Vec::new());
        for card in &self.catalog.cards {
            if left.is_empty() {
                break;
            }
            let Some(record) = left.remove(card.id()) else { continue };
            ledger.release(&record.id);
            let permalink = card.permalink().to_owned();
            let record =
                EntryRecord { path: card.path().to_owned(), permalink, held: false, ..record.clone() };
            let outlasts = self.outlasting.contains_key(&record.id) || self.is_missing(card);
            if outlasts { stays.push(record) } else { retired.push(record) }
        }
        let standing = self.entries.standing.keys().map(|&index| &self.catalog.cards[index]);
        let standing: HashMap<&str, &Card> = standing.map(|card| (card.id(), card)).collect();
        let known = self.ledger.entries().filter(|record| shown.contains(record.id.as_str()));
        let changed: Vec<(&Card, &EntryRecord)> = known
            .filter_map(|known| Some((*standing.get(known.id.as_str())?, known)))
            .filter(|(card, known)| !self.stands(card, known, places.get(card.id())))
            .collect();
        // Two files may have swapped their names, so all go before any comes.
        let rendered = self.entries.rendered.values().map(|rendered| rendered.entry.id.as_str());
        let changing = changed.iter().map(|(card, _)| card.id()).chain(rendered);
        changing.filter(|id| shown.contains(id)).for_each(|id| drop(ledger.release(id)));
        let recalled = self.outlasting.iter().filter_map(|(id, index)| {
            let (known, card) = (self.catalog.recalled.get(id)?, &self.catalog.cards[*index]);
            Some(EntryRecord {
                path: card.path().to_owned(),
                permalink: card.permalink().to_owned(),
                published: card.published.to_utc(),
                updated: card.updated.to_utc(),
                withdrawn: None,
                held: false,
                ..known.clone()
            })
        });
        stays.into_iter().chain(recalled).for_each(|record| ledger.enter(record));
        for (card, known) in changed {
            let held = self.catalog.standing.held.contains(card.id());
            let feeds = all_feeds(Some(known), places.get(card.id()));
            ledger.enter(EntryRecord { held, feeds, ..known.clone() });
        }
        for (index, rendered) in &self.entries.rendered {
            let id = rendered.entry.id.as_str();
            if !shown.contains(id) {
                continue;
            }
            let known = self.ledger.entry(id).or_else(|| self.catalog.recalled.get(id));
            let held = self.catalog.standing.held.contains(id);
            let record = entry(&self.catalog.cards[*index], rendered, known, places.get(id));
            ledger.enter(EntryRecord { held, ..record });
        }
        let held = self.catalog.standing.held.iter().filter(|id| !shown.contains(id.as_str()));
        let held: Vec<EntryRecord> = held.filter_map(|id| ledger.entry(id).cloned()).collect();
        for record in held.into_iter().filter(EntryRecord::stands) {
            ledger.enter(EntryRecord { held: true, ..record });
        }
        (ledger, retired)
    }

    /// What the run is to the subscribers of each feed, in the order of `feeds`.
    #[must_use]
    pub fn news(&self) -> Vec<News> {
        let entries =
            self.entries.rendered.values().map(|rendered| (rendered.entry.id.as_str(), rendered)).collect();
        let Outcome { ledger, catalog, withdrawals, joined, .. } = *self;
        let mut elsewhere = self.shown.clone();
        elsewhere.extend(
            self.feeds
                .iter()
                .filter(|feed| self.frozen.feeds.contains(&feed.id))
                .flat_map(|feed| feed.ids.iter()),
        );
        let changed = ledger.feeds().filter(|feed| !self.standing.contains_key(&*feed.id));
        let known = changed.flat_map(|feed| feed.entries.iter());
        let left: BTreeSet<&str> = known.filter(|id| !elsewhere.contains(id)).collect();
        let still_there = catalog.cards.iter().filter(|_| !left.is_empty()).map(|card| card.id());
        elsewhere.extend(still_there.filter(|id| left.contains(id)));
        let elsewhere = &elsewhere;
        let changes = Changes { ledger, catalog, entries: &entries, withdrawals, joined, elsewhere };
        let news = |(planned, feed): (&PlannedFeed, &PublishedFeed)| {
            if self.standing.contains_key(&*feed.id) {
                return News::default();
            }
            let news = changes.news(feed, self.known.of(planned, self.settings));
            News { is_frozen: self.frozen.feeds.contains(&feed.id), ..news }
        };
        self.plan.feeds.iter().zip(self.feeds).map(news).collect()
    }

    /// Is the file of an article gone that stays as it was? Should the article turn out to be gone too, those who have it
    /// are to be told, though newer ones have pushed it out of their feeds meanwhile.
    fn is_missing(&self, card: &Card) -> bool {
        card.is_held && !self.catalog.is_listed(card.path())
    }

    /// Is that which is known of an article that stands what is to be known of it?
    fn stands(&self, card: &Card, known: &EntryRecord, feeds: Option<&BTreeSet<&str>>) -> bool {
        known.path == card.path()
            && known.held == self.catalog.standing.held.contains(card.id())
            && feeds.into_iter().flatten().all(|feed| known.feeds.contains(feed))
    }

    fn feed(&self, planned: &PlannedFeed, feed: &PublishedFeed) -> FeedRecord {
        let known = self.known.of(planned, self.settings);
        let mut files = known.map(|known| known.files.clone()).unwrap_or_default();
        let FeedSettings { formats, .. } = &self.settings.feeds;
        files.extend(formats.iter().map(|format| {
            let path = planned.key.path(&self.settings.feeds, format.file_name());
            (path, format.name().to_owned())
        }));
        FeedRecord {
            id: feed.id.clone(),
            of: Some(FeedOf::of(&planned.key, &planned.spelled)),
            files,
            entries: feed.ids.clone(),
            updated: feed.updated,
            since: known.map_or(Some(self.now), |known| known.since),
            joined: known.map(|known| known.joined.clone()).unwrap_or_default(),
            show: feed.show.clone().or_else(|| known?.show.clone()),
        }
    }
}

/// What is remembered of an entry that feeds show, besides what was known before.
pub fn entry(
    card: &Card,
    rendered: &Rendered,
    known: Option<&EntryRecord>,
    feeds: Option<&BTreeSet<&str>>,
) -> EntryRecord {
    let entry = &rendered.entry;
    EntryRecord {
        id: entry.id.clone(),
        path: card.path().to_owned(),
        permalink: entry.permalink.to_string(),
        title: entry.title.clone(),
        published: entry.published,
        updated: entry.updated,
        edition: card.edition().map(ToString::to_string),
        translation: card.declared_key().map(str::to_owned),
        body: rendered.body.clone(),
        seen: Some(rendered.seen.clone()),
        held: false,
        withdrawn: None,
        feeds: all_feeds(known, feeds),
    }
}

/// The feeds that ever held an entry.
fn all_feeds(known: Option<&EntryRecord>, feeds: Option<&BTreeSet<&str>>) -> IdSet {
    let carried = known.into_iter().flat_map(|known| known.feeds.iter());
    carried.chain(feeds.into_iter().flatten().copied()).collect()
}
