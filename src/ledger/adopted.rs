//! Ids that other programs gave, and readers know.

use super::Ledger;
use crate::address::Address;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An id that another program gave to an article, and readers know.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// The article's source file when it was adopted.
    pub path: String,
    /// The id, byte for byte.
    pub id: String,
    /// The article's page when it was adopted; finds it again when the file has another name.
    pub permalink: String,
    /// When the old feed says that it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<FixedOffset>>,
    /// The old feed, as it was named to feedmill.
    pub feed: String,
}

/// Where an article lies now, and its id.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its source file.
    pub path: &'a str,
    /// The id that it has in the feeds.
    pub id: &'a str,
    /// Its page.
    pub permalink: &'a str,
    /// Where its page was before.
    pub aliases: &'a [Address],
}

/// The adopted ids, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    by_path: BTreeMap<String, Adopted>,
    /// Only what was adopted for files that are gone: an id must not go to two articles, the one in
    /// its old place and the one on its old page.
    by_permalink: BTreeMap<String, Adopted>,
}

impl Ids {
    /// What was adopted for a source file, or for its page, present or former, when the file had
    /// another name.
    #[must_use]
    pub fn record(&self, path: &str, permalink: &str, aliases: &[Address]) -> Option<&Adopted> {
        if self.by_path.is_empty() {
            return None;
        }
        let pages = || std::iter::once(permalink).chain(aliases.iter().map(Address::as_str));
        self.by_path.get(path).or_else(|| pages().find_map(|page| self.by_permalink.get(page)))
    }

    /// What was adopted for files that are gone.
    pub fn of_missing_files(&self) -> impl Iterator<Item = &Adopted> {
        self.by_permalink.values()
    }
}

impl Ledger {
    /// The ledger after a run that found articles at these paths, with these pages: a renamed file is
    /// known by its new name from then on, so that its page may change next, and its old name may go
    /// to another article.
    #[must_use]
    pub fn followed<'c>(&self, ids: &Ids, articles: impl Iterator<Item = Page<'c>>) -> Ledger {
        let mut ledger = self.clone();
        if self.adopted.is_empty() {
            return ledger;
        }
        for Page { path, id, permalink, aliases } in articles {
            // An article with an id of its own has no use for the adopted one.
            let known = ids.record(path, permalink, aliases).filter(|known| known.id == id);
            let Some(known) = known else { continue };
            if known.path != path || known.permalink != permalink {
                ledger.forget(&known.path);
                let (path, permalink) = (path.to_owned(), permalink.to_owned());
                ledger.adopt(Adopted { path, permalink, ..known.clone() });
            }
        }
        ledger
    }

    /// The ids as they hold among the files that there are.
    #[must_use]
    pub fn among(&self, is_listed: &dyn Fn(&str) -> bool) -> Ids {
        if self.adopted.is_empty() {
            return Ids::default();
        }
        let mut by_permalink: BTreeMap<String, Option<Adopted>> = BTreeMap::new();
        for adopted in self.adopted.values().filter(|adopted| !is_listed(&adopted.path)) {
            let one = by_permalink.entry(adopted.permalink.clone());
            // Of two that were on one page in turn nobody knows which it is now.
            one.and_modify(|known| *known = None).or_insert_with(|| Some(adopted.clone()));
        }
        let moved = by_permalink.into_iter().filter_map(|(permalink, adopted)| Some((permalink, adopted?)));
        Ids { by_path: self.adopted.clone(), by_permalink: moved.collect() }
    }
}
