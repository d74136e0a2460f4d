//! Takes over the ids of feeds that another program published: old feeds, articles and a ledger in, the
//! ledger with what was adopted out.
//!
//! An id that goes to the wrong article is worse than one that is lost, so nothing is guessed: what
//! cannot be told for certain is reported.

mod adopting;
mod claims;
mod finder;
mod json;
mod near;
mod old_feed;
mod page;
mod xml;

pub use finder::Way;
pub use old_feed::{OldEntry, OldFeed};

use crate::catalog::{Catalog, Counts};
use crate::diagnostic::Diagnostic;
use crate::index::Index;
use crate::index::name::View;
use crate::ledger::{Adopted, Ledger};
use crate::newsroom::Newsroom;
use crate::render::Renderer;
use crate::settings::Settings;
use adopting::Adopting;
use chrono::{DateTime, Utc};
use finder::{Finder, Finding};
use std::collections::BTreeMap;

/// What becomes of an id that was adopted earlier, where an old feed has another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// It stays, and the other is reported.
    Stays,
    /// The other takes its place.
    GivesWay,
}

/// What an adoption comes to.
#[derive(Debug)]
pub struct Adoption {
    /// The ledger with what was adopted.
    pub ledger: Ledger,
    /// What was adopted, in the order of the feeds; what was adopted earlier is not in it.
    pub adopted: Vec<Adopted>,
    /// The ids that readers of our own feeds know and that these take the place of, by the paths of their
    /// articles.
    pub replaced: BTreeMap<String, String>,
    /// What became of each feed's entries, in the order given.
    pub tallies: Vec<Tally>,
    /// What became of the source files.
    pub counts: Counts,
    /// What was not adopted, feed by feed.
    pub diagnostics: Vec<Diagnostic>,
}

/// What became of the entries of a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// The feed.
    pub feed: String,
    /// All of its entries.
    pub entries: usize,
    /// Those whose article was found by its address.
    pub by_link: usize,
    /// By its id.
    pub by_id: usize,
    /// By its title and day.
    pub by_title: usize,
}

impl Tally {
    /// The entries whose article was found.
    #[must_use]
    pub fn matched(&self) -> usize {
        self.by_link + self.by_id + self.by_title
    }
}

/// Adopts the ids of old feeds. Of two feeds that have different ids for an article the first wins.
#[must_use]
pub fn adopt(
    feeds: &[OldFeed],
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    earlier: Earlier,
    now: DateTime<Utc>,
) -> Adoption {
    let (catalog, _) = Catalog::gather(newsroom, settings, ledger, &Index::default(), now);
    let renderer = Renderer { newsroom, settings, catalog: View::of(&catalog), now };
    let mut finder = Finder::new(&renderer, feeds);
    let mut adopting = Adopting::new(feeds, &catalog, settings, ledger, earlier);
    let mut tallies = Vec::new();
    for feed in feeds {
        let findings = finder.find(feed);
        tallies.push(tally(feed, &findings));
        adopting.adopt_feed(feed, &findings);
    }
    let Adopting { ledger, adopted, replaced, diagnostics, .. } = adopting;
    Adoption { ledger, adopted, replaced, tallies, counts: catalog.counts, diagnostics }
}

fn tally(feed: &OldFeed, findings: &[Finding]) -> Tally {
    let by = |wanted| {
        findings.iter().filter(|found| matches!(found, Finding::One(_, way) if *way == wanted)).count()
    };
    Tally {
        feed: feed.name.clone(),
        entries: findings.len(),
        by_link: by(Way::Link),
        by_id: by(Way::Id),
        by_title: by(Way::TitleAndDate),
    }
}
