//! The feeds that subscribers have, found again among those that are planned.

use crate::address::Address;
use crate::encode::Format;
use crate::ledger::{FeedRecord, Ledger};
use crate::plan::{FeedKey, Plan, PlannedFeed};
use crate::settings::Settings;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is remembered of the planned feeds.
pub struct KnownFeeds<'l> {
    by_key: BTreeMap<&'l FeedKey, &'l FeedRecord>,
    /// Of feeds of which only the files are known.
    by_path: HashMap<&'l str, &'l FeedRecord>,
    ids: BTreeSet<&'l str>,
    /// The files of feeds, by their ids, that lie where no planned feed lies now or another one lay later.
    former: HashMap<&'l str, Vec<File<'l>>>,
}

/// The path of a file, and the name of its format.
type File<'l> = (&'l str, &'l str);

impl<'l> KnownFeeds<'l> {
    /// Finds the planned feeds among those of the ledger.
    #[must_use]
    pub fn of_plan(plan: &Plan, ledger: &'l Ledger, settings: &Settings) -> KnownFeeds<'l> {
        let paths = |feed: &'l FeedRecord| feed.files.keys().map(move |path| (path.as_str(), feed));
        let unkeyed = ledger.feeds().filter(|feed| feed.of.is_none());
        KnownFeeds {
            by_key: ledger.feeds().filter_map(|feed| Some((&feed.key()?.0, feed))).collect(),
            by_path: unkeyed.flat_map(paths).collect(),
            ids: ledger
                .feeds()
                .flat_map(|feed| feed.joined.iter().chain([&feed.id]))
                .map(String::as_str)
                .collect(),
            former: former(plan, ledger, settings),
        }
    }

    /// What is known of a planned feed.
    #[must_use]
    pub fn of(&self, planned: &PlannedFeed, settings: &Settings) -> Option<&'l FeedRecord> {
        let at_path = || planned.paths(settings).find_map(|path| self.by_path.get(path.as_str()));
        let is_at_path = || !self.by_path.is_empty();
        self.by_key.get(&planned.key).or_else(|| is_at_path().then(at_path)?).copied()
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
        let id = || self.of(planned, settings).map(|known| known.id.as_str());
        let files = (!self.former.is_empty()).then(id).flatten().and_then(|id| self.former.get(id));
        let own = files.into_iter().flatten().filter(move |(_, name)| *name == format.name());
        own.map(|(path, _)| (*path).to_owned())
    }
}

/// What lies where no planned feed lies now, for the feed that was made last of those that ever lay there.
fn former<'l>(plan: &Plan, ledger: &'l Ledger, settings: &Settings) -> HashMap<&'l str, Vec<File<'l>>> {
    let taken: HashSet<String> = plan.feeds.par_iter().flat_map_iter(|feed| feed.paths(settings)).collect();
    let is_left = |file: &(&'l String, &'l String)| !taken.contains(file.0);
    let mut by_age: Vec<&FeedRecord> =
        ledger.feeds().filter(|feed| feed.files.iter().any(|file| is_left(&file))).collect();
    by_age.sort_by_key(|feed| feed.since);
    let files = |feed: &&'l FeedRecord| feed.files.iter().filter(is_left);
    let owners: HashMap<&str, &str> = by_age
        .iter()
        .flat_map(|feed| files(feed).map(|(path, _)| (path.as_str(), feed.id.as_str())))
        .collect();
    let own = by_age.iter().map(|feed| {
        let own = files(feed).filter(|(path, _)| owners.get(path.as_str()) == Some(&feed.id.as_str()));
        (feed.id.as_str(), own.map(|(path, name)| (path.as_str(), name.as_str())).collect())
    });
    own.collect()
}
