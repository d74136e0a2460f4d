//! The feeds that subscribers have, found again among those that are planned.

use crate::address::Address;
use crate::encode::Format;
use crate::ledger::{FeedRecord, Ledger};
use crate::plan::{FeedKey, Plan, PlannedFeed};
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is remembered of the planned feeds.
pub struct KnownFeeds<'l> {
    by_key: BTreeMap<&'l FeedKey, &'l FeedRecord>,
    /// Of feeds of which only the files are known.
    by_path: HashMap<&'l str, &'l FeedRecord>,
    ids: BTreeSet<&'l str>,
    /// The paths that planned feeds have now.
    taken: BTreeSet<String>,
    /// The feed that a path belonged to, of those that ever lay there the one that was made last.
    owners: HashMap<&'l str, &'l FeedRecord>,
}

impl<'l> KnownFeeds<'l> {
    /// Finds the planned feeds among those of the ledger.
    #[must_use]
    pub fn of_plan(plan: &Plan, ledger: &'l Ledger, settings: &Settings) -> KnownFeeds<'l> {
        let keyed = |feed: &'l FeedRecord| Some((&feed.key()?.0, feed));
        let mut by_age: Vec<&FeedRecord> = ledger.feeds().collect();
        by_age.sort_by_key(|feed| feed.since);
        let paths = |feed: &'l FeedRecord| feed.files.keys().map(move |path| (path.as_str(), feed));
        let unkeyed = ledger.feeds().filter(|feed| feed.of.is_none());
        KnownFeeds {
            by_key: ledger.feeds().filter_map(keyed).collect(),
            by_path: unkeyed.flat_map(paths).collect(),
            owners: by_age.into_iter().flat_map(paths).collect(),
            ids: ledger
                .feeds()
                .flat_map(|feed| feed.joined.iter().chain([&feed.id]))
                .map(String::as_str)
                .collect(),
            taken: plan.feeds.iter().flat_map(|feed| feed.paths(settings)).collect(),
        }
    }

    /// What is known of a planned feed.
    #[must_use]
    pub fn of(&self, planned: &PlannedFeed, settings: &Settings) -> Option<&'l FeedRecord> {
        let at_path = || planned.paths(settings).find_map(|path| self.by_path.get(path.as_str()));
        self.by_key.get(&planned.key).or_else(at_path).copied()
    }

    /// The id of a feed: the one that it has, else the address of its Atom file, unless that is another's.
    #[must_use]
    pub fn id(&self, planned: &PlannedFeed, address: &Address, settings: &Settings) -> String {
        if let Some(known) = self.of(planned, settings) {
            return known.id.clone();
        }
        let name = planned.key.name();
        let numbered = (2..).map(|number| format!("{address}#{name}-{number}"));
        let mut ids = [address.to_string(), format!("{address}#{name}")].into_iter().chain(numbered);
        ids.find(|id| !self.ids.contains(id.as_str())).unwrap_or_else(|| address.to_string())
    }

    /// Where a feed's file of a format lay before, where no other feed lies now or lay later.
    pub fn former_paths<'a>(
        &'a self,
        planned: &PlannedFeed,
        format: Format,
        settings: &Settings,
    ) -> impl Iterator<Item = String> + use<'a, 'l> {
        let known = self.of(planned, settings).into_iter();
        let files = known.flat_map(|known| known.files.iter().map(move |file| (known, file)));
        let own = files.filter(move |(known, (path, name))| {
            let owner = self.owners.get(path.as_str());
            *name == format.name() && owner.is_some_and(|owner| owner.id == known.id)
        });
        own.map(|(_, (path, _))| path.clone()).filter(|path| !self.taken.contains(path))
    }
}
