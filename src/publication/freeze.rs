//! Which feeds stay as they are, because what they hold would not come out.

use super::KnownFeeds;
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::guard;
use crate::ledger::FeedRecord;
use crate::plan::{Plan, PlannedFeed};
use crate::render::Rendered;
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};

/// The feeds that stay as they are.
#[derive(Debug, Default)]
pub struct Frozen {
    /// By their ids.
    pub feeds: BTreeSet<String>,
    /// The ids of their entries.
    pub entries: BTreeSet<String>,
    /// Why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds them, once it is known which articles can be shown.
#[must_use]
pub fn frozen(
    plan: &Plan,
    known: &KnownFeeds<'_>,
    entries: &BTreeMap<usize, Rendered>,
    catalog: &Catalog,
    settings: &Settings,
) -> Frozen {
    let mut frozen = Frozen::default();
    for planned in &plan.feeds {
        let Some(record) = known.of(planned, settings) else { continue };
        let lost = lost(planned, record, entries, catalog);
        if guard::is_too_much(lost, record.entries.len(), settings.feeds.max_loss) {
            frozen.diagnostics.push(guard::frozen(record, lost, settings));
            frozen.feeds.insert(record.id.clone());
            frozen.entries.extend(record.entries.iter().cloned());
        }
    }
    frozen
}

/// How many of its entries a feed would lose without their authors' will, and not to newer ones.
fn lost(
    planned: &PlannedFeed,
    record: &FeedRecord,
    entries: &BTreeMap<usize, Rendered>,
    catalog: &Catalog,
) -> usize {
    let id = |index: &usize| catalog.cards[*index].id.as_str();
    let shown = planned.articles.iter().filter(|index| entries.contains_key(index)).map(id);
    let stays: BTreeSet<&str> = shown.chain(planned.pushed_out.iter().map(id)).collect();
    let is_lost =
        |known: &&String| !stays.contains(known.as_str()) && !catalog.standing.taken_back.contains(*known);
    record.entries.iter().filter(is_lost).count()
}
