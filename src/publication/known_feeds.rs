//! The feeds that subscribers have, found again among those that are planned.

use crate::address::Address;
use crate::encode::Format;
use crate::ledger::{FeedRecord, Ledger};
use crate::plan::{FeedKey, Plan, PlannedFeed};
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is remembered of the planned feeds.
pub struct KnownFeeds<'l> {
    by_key: BTreeMap<FeedKey, &'l FeedRecord>,
    /// Of feeds of which only the files are known.
    by_path: HashMap<&'l str, &'l FeedRecord>,
    ids: BTreeSet<&'l str>,
    /// The paths that planned feeds have now.
    taken: BTreeSet<String>,
}

impl<'l> KnownFeeds<'l> {
    /// Finds the planned feeds among those of the ledger.
    #[must_use]
    pub fn of_plan(plan: &Plan, ledger: &'l Ledger, settings: &Settings) -> KnownFeeds<'l> {
        let keyed = |feed: &'l FeedRecord| Some((feed.of.as_ref()?.key()?.0, feed));
        let unkeyed = ledger.feeds().filter(|feed| feed.of.is_none());
        KnownFeeds {
            by_key: ledger.feeds().filter_map(keyed).collect(),
            by_path: unkeyed
                .flat_map(|feed| feed.files.keys().map(move |path| (path.as_str(), feed)))
                .collect(),
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

    /// Where a feed's file of a format lay before, where no other feed lies now.
    pub fn former_paths<'a>(
        &'a self,
        planned: &PlannedFeed,
        format: Format,
        settings: &Settings,
    ) -> impl Iterator<Item = String> + use<'a, 'l> {
        let files = self.of(planned, settings).into_iter().flat_map(|known| &known.files);
        let of_format = files.filter(move |(_, name)| *name == format.name());
        of_format.map(|(path, _)| path.clone()).filter(|path| !self.taken.contains(path))
    }
}
