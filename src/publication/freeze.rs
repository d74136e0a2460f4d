//! Which feeds stay as they are, because what they hold would not come out.

use super::KnownFeeds;
use super::entries::Entries;
use super::renamed::Renamed;
use crate::catalog::{Card, Catalog};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::guard;
use crate::ledger::{EntryRecord, FeedRecord, Ledger};
use crate::plan::{Plan, PlannedFeed};
use crate::settings::Settings;
use rayon::prelude::*;
use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap};

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
    entries: &Entries<'_>,
    catalog: &Catalog,
    ledger: &Ledger,
    settings: &Settings,
) -> Frozen {
    let mut frozen = Frozen::default();
    // Of a million articles, and sought only when something is wrong.
    let by_id = LazyCell::new(|| -> HashMap<&str, &Card> {
        catalog.cards.iter().map(|card| (card.id(), card)).collect()
    });
    let poorer = |planned: &PlannedFeed| {
        let record = known.of(planned, settings)?;
        let lost = lost(planned, record, entries, catalog, ledger);
        let is_poorer = guard::is_too_much(lost.len(), record.entries.len(), settings.feeds.max_loss);
        is_poorer.then_some((record, lost))
    };
    for (record, lost) in plan.feeds.par_iter().filter_map(poorer).collect::<Vec<_>>() {
        let elsewhere: Vec<&Card> = lost.iter().filter_map(|id| by_id.get(id).copied()).collect();
        let renamed = Renamed::of(record, &elsewhere, settings);
        frozen.diagnostics.push(told(record, lost.len(), renamed.as_ref(), settings));
        frozen.feeds.insert(record.id.clone());
        frozen.entries.extend(record.entries.iter().map(str::to_owned));
    }
    frozen
}

/// The entries that a feed would lose without their authors' will, and not to newer ones.
fn lost<'r>(
    planned: &PlannedFeed,
    record: &'r FeedRecord,
    entries: &Entries<'_>,
    catalog: &Catalog,
    ledger: &Ledger,
) -> Vec<&'r str> {
    let shown = || planned.articles.iter().filter(|index| entries.contains(**index));
    // As nearly all feeds do in nearly all runs.
    if shown().map(|&index| catalog.cards[index].raw_id()).eq(record.entries.iter().map(str::as_bytes)) {
        return Vec::new();
    }
    let id = |index: &usize| catalog.cards[*index].id();
    let stays: BTreeSet<&str> = shown().chain(&planned.pushed_out).map(id).collect();
    // A feed that is back after some time may hold what was withdrawn meanwhile, or put aside for newer ones.
    let is_standing = |id: &str| ledger.entry(id).is_some_and(EntryRecord::stands);
    let is_lost = |known: &&str| {
        !stays.contains(known) && !catalog.standing.taken_back.contains(*known) && is_standing(known)
    };
    record.entries.iter().filter(is_lost).collect()
}

/// Says so.
fn told(record: &FeedRecord, lost: usize, renamed: Option<&Renamed>, settings: &Settings) -> Diagnostic {
    let mut message = format!("the feed {}, so it stays as it was", guard::loss(record, lost));
    let help = match renamed {
        Some(Renamed { part, before, now }) => {
            message.push_str(&format!(": they have the {part} `{now}` now"));
            format!(
                "if this is the new name of `{before}`, write `aliases = [{}]` into `[{part}s.{}]`; if it is another \
                 {part}, run `feedmill build --accept`",
                quoted(before),
                key(now)
            )
        }
        None => "mend what its articles or the settings say; if that is meant, run `feedmill build --accept`"
            .to_owned(),
    };
    Diagnostic::new(Code::PoorerFeed, Location::new(&settings.source, Position::START), message).help(help)
}

/// As a key in TOML.
fn key(name: &str) -> String {
    let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
