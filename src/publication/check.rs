//! Every article is rendered, and only its faults are kept.

use super::succession::Succession;
use crate::catalog::{Catalog, Counts};
use crate::diagnostic::Diagnostic;
use crate::index::Index;
use crate::index::name::View;
use crate::ledger::Ledger;
use crate::newsroom::{Newsroom, WithLastGood};
use crate::plan::plan as make_plan;
use crate::render::{Closings, Renderer};
use crate::settings::Settings;
use crate::show::show_faults;
use chrono::{DateTime, Utc};
use rayon::prelude::*;

/// Finds the faults of every article, also of those that no feed shows.
#[must_use]
pub fn check(
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    index: &Index,
    now: DateTime<Utc>,
) -> (Counts, Vec<Diagnostic>) {
    let Succession { ledger, .. } = &Succession::of(ledger, settings);
    let (mut catalog, mut diagnostics) = Catalog::gather(newsroom, settings, ledger, index, now);
    diagnostics.extend(make_plan(&catalog, settings, ledger).1);
    diagnostics.extend(show_faults(newsroom, settings, &catalog.editions));
    diagnostics.extend(Closings::of(settings, &catalog, newsroom).1);
    let kept = WithLastGood::of(newsroom, catalog.held());
    let renderer = Renderer { newsroom: &kept, settings, catalog: View::of(&catalog), now };
    // Of each only whether it could be shown is kept.
    let told = catalog
        .cards
        .par_iter()
        .map(|card| renderer.entry(card))
        .map(|(entry, found)| (entry.is_none(), found));
    let (lost, found): (Vec<bool>, Vec<_>) = told.unzip();
    catalog.counts.lose(lost.into_iter().filter(|&lost| lost).count());
    diagnostics.extend(found.into_iter().flatten());
    diagnostics.sort();
    (catalog.counts, diagnostics)
}
