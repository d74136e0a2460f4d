//! What is taken out of the feeds, and how their subscribers are told.

use crate::archive::Mark;
use crate::catalog::{Catalog, after};
use crate::feed::Tombstone;
use crate::ledger::{FeedRecord, Ledger};
use crate::settings::Settings;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The entries that are withdrawn.
#[derive(Debug, Default)]
pub struct Withdrawals {
    /// Those of this run: when, by id.
    pub now: BTreeMap<String, DateTime<Utc>>,
    /// All that ever were, in this run or before, and are not back: when, by id.
    gone: BTreeMap<String, DateTime<Utc>>,
    /// All that subscribers are still told of, by the ids of the feeds that held them.
    told: BTreeMap<String, Vec<Tombstone>>,
    /// For how long.
    told_for: TimeDelta,
}

impl Withdrawals {
    /// Finds them. What feeds hold that stay as they are (`frozen`) is withdrawn only if its author said so.
    #[must_use]
    pub fn of(
        ledger: &Ledger,
        catalog: &Catalog,
        frozen: &BTreeSet<String>,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Withdrawals {
        let told_for = TimeDelta::days(settings.feeds.tombstone_days.into());
        let standing = &catalog.standing;
        let vanished = standing.vanished.difference(frozen);
        let withdrawn = standing.taken_back.iter().chain(vanished).filter_map(|id| {
            let record = ledger.entry(id)?;
            Some((id.clone(), now.max(after(record.updated))))
        });
        let mut withdrawals = Withdrawals { now: withdrawn.collect(), told_for, ..Withdrawals::default() };
        let gone: HashSet<&str> =
            ledger.entries().filter(|record| !record.stands()).map(|record| record.id.as_str()).collect();
        let cards = catalog.cards.iter().filter(|_| !gone.is_empty()).map(|card| card.id());
        let back: HashSet<&str> = cards.filter(|id| gone.contains(id)).collect();
        let since = now.checked_sub_signed(told_for);
        let mut told = Vec::new();
        for record in ledger.entries().filter(|record| !back.contains(record.id.as_str())) {
            let when = withdrawals.now.get(&record.id).copied().or(record.withdrawn);
            withdrawals.gone.extend(when.map(|when| (record.id.clone(), when)));
            let is_told = |when: &DateTime<Utc>| since.is_none_or(|since| *when > since);
            told.extend(when.filter(is_told).map(|when| (record, when)));
        }
        // What is in a document only, that feed never listed.
        let holders =
            ledger.archive().holders(&told.iter().map(|(record, _)| Mark::of(&record.id)).collect());
        for (record, when) in told {
            let holders = holders.get(&Mark::of(&record.id)).into_iter().flatten();
            for feed in record.feeds.with(holders.copied()).iter() {
                let tombstone = Tombstone { id: record.id.clone(), when };
                withdrawals.told.entry(feed.to_owned()).or_default().push(tombstone);
            }
        }
        withdrawals
    }

    /// All that ever were and are not back, with when.
    pub fn gone(&self) -> impl Iterator<Item = (&str, DateTime<Utc>)> {
        self.gone.iter().map(|(id, when)| (id.as_str(), *when))
    }

    /// What the subscribers of a feed are told of, the newest first; `joined` are the ids of feeds that became one
    /// with it.
    #[must_use]
    pub fn tombstones<'i>(&self, id: &'i str, joined: impl Iterator<Item = &'i String>) -> Vec<Tombstone> {
        let ids = std::iter::once(id).chain(joined.map(String::as_str));
        let mut told: Vec<Tombstone> = ids.filter_map(|id| self.told.get(id)).flatten().cloned().collect();
        told.sort_by(|a, b| b.when.cmp(&a.when).then_with(|| a.id.cmp(&b.id)));
        told.dedup();
        told
    }

    /// When the next of those that subscribers are told of is told no longer.
    #[must_use]
    pub fn told_until(&self) -> Option<DateTime<Utc>> {
        let oldest = self.told.values().flatten().map(|tombstone| tombstone.when).min()?;
        oldest.checked_add_signed(self.told_for)
    }

    /// When a feed that subscribers know was last changed, as far as its withdrawals tell. One that is back after
    /// some time has missed some.
    #[must_use]
    pub fn moved(&self, feed: &FeedRecord) -> DateTime<Utc> {
        let withdrawn = feed.entries.iter().filter_map(|id| self.gone.get(id)).max();
        withdrawn.map_or(feed.updated, |when| after(feed.updated).max(*when))
    }
}
