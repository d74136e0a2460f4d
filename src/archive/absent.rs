//! Entries of documents whose articles are not to be found: they are sought in the past, and not let go too many at once.

use super::{Mark, Shelf};
use crate::catalog::{Catalog, Reading, Standing};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::guard;
use crate::ledger::{EntryRecord, Ledger};
use crate::plan::Plan;
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The ledger with the records of entries that stand in documents, of which it says nothing and which no article has:
/// their files were renamed, broken or deleted. `None` where there are none.
///
/// # Errors
/// `damaged-ledger`, where the past cannot be read.
pub fn with_missing(
    ledger: &Ledger,
    catalog: &Catalog,
    settings: &Settings,
) -> Result<Option<Ledger>, Diagnostic> {
    let archive = ledger.archive();
    let Some(past) =
        ledger.past().0.as_ref().filter(|_| !archive.is_empty() && settings.feeds.have_archive())
    else {
        return Ok(None);
    };
    let there: HashSet<Mark> = catalog
        .cards
        .iter()
        .map(|card| card.id())
        .chain(ledger.entries().map(|record| record.id.as_str()))
        .map(Mark::of)
        .collect();
    let missing: HashSet<Mark> = archive.marks().filter(|mark| !there.contains(mark)).collect();
    if missing.is_empty() {
        return Ok(None);
    }
    drop(there);
    // Of two lines with one id the later counts.
    let mut records: BTreeMap<String, EntryRecord> = BTreeMap::new();
    past.each(&|glance| missing.contains(&Mark::of(glance.id)), &mut |record| {
        records.insert(record.id.clone(), record);
    })?;
    if records.is_empty() {
        return Ok(None);
    }
    let holders = archive.holders(&records.keys().map(|id| Mark::of(id)).collect());
    let mut fuller = ledger.clone();
    for mut record in records.into_values() {
        record.withdrawn = None;
        let held_by = holders.get(&Mark::of(&record.id)).into_iter().flatten();
        record.feeds = record.feeds.with(held_by.copied());
        if ledger.of_path(&record.path).is_some() {
            record.path.clear();
        }
        fuller.enter(record);
    }
    Ok(Some(fuller))
}

/// Keeps what vanished from archives that would lose too much at once: their documents stay as they are.
pub fn hold_losses(standing: &mut Standing, ledger: &Ledger, settings: &Settings) -> Option<Diagnostic> {
    let archive = ledger.archive();
    if standing.vanished.is_empty() || archive.is_empty() || !settings.feeds.have_archive() {
        return None;
    }
    let marks =
        |ids: &mut dyn Iterator<Item = &String>| -> HashSet<Mark> { ids.map(|id| Mark::of(id)).collect() };
    let vanished = marks(&mut standing.vanished.iter());
    let is_listed = listed(ledger);
    let withdrawn = marks(&mut ledger.entries().filter(|record| !record.stands()).map(|record| &record.id));
    let (mut held, mut told) = (HashSet::new(), None);
    for (feed, documents) in archive.feeds() {
        let members = || documents.iter().flatten();
        let lost = members().filter(|mark| vanished.contains(mark)).count();
        let all = members().filter(|mark| !withdrawn.contains(mark)).count();
        if guard::is_too_much(lost, all, settings.feeds.max_loss) {
            held.extend(members().filter(|mark| vanished.contains(mark)).copied());
            let name = ledger.feed(feed).map_or_else(|| feed.to_owned(), |record| record.name());
            told.get_or_insert((name, lost, all));
        }
    }
    let is_kept = |id: &&String| {
        // New entries make what was held before a smaller share of the archive, and no less of a loss.
        let was_held = || settings.feeds.is_guarded() && ledger.entry(id).is_some_and(|record| record.held);
        held.contains(&Mark::of(id)) || (!is_listed.contains(id.as_str()) && was_held())
    };
    let kept: Vec<String> = standing.vanished.iter().filter(is_kept).cloned().collect();
    for id in kept {
        standing.vanished.remove(&id);
        standing.held.insert(id.clone());
        standing.lost.insert(id);
    }
    let (name, lost, all) = told?;
    let message = format!(
        "the archive of the feed `{name}` would lose {lost} of its {all} entries, so its documents stay as they were"
    );
    let fault = Diagnostic::new(Code::PoorerFeed, Location::new(&settings.source, Position::START), message);
    Some(fault.help(
        "is a directory missing, or not mounted? if the articles are to go, run `feedmill build --accept`",
    ))
}

/// The archived articles that the ledger is to remember although no feed shows them any more, by their ids: their files
/// alone would give them other ids or dates. What a file says itself the next run reads there.
#[must_use]
pub fn outlasting(
    plan: &Plan,
    shelves: &[Option<Shelf>],
    catalog: &Catalog,
    ledger: &Ledger,
    reading: Reading<'_>,
) -> BTreeMap<String, usize> {
    if shelves.iter().all(Option::is_none) {
        return BTreeMap::new();
    }
    let shown = plan.articles();
    let listed = listed(ledger);
    let archived = plan.feeds.iter().zip(shelves).filter(|(_, shelf)| shelf.is_some());
    let left: BTreeSet<usize> = archived.flat_map(|(feed, _)| feed.pushed_out.iter().copied()).collect();
    let outlasts = |index: &usize| {
        let card = &catalog.cards[*index];
        let record = ledger.entry(card.id());
        let may_go = record.is_none_or(|record| record.held || listed.contains(record.id.as_str()));
        !may_go || !reading.says_itself(card, &catalog.promised)
    };
    let left = left.into_iter().filter(|index| !shown.contains(index));
    left.filter(outlasts).map(|index| (catalog.cards[index].id().to_owned(), index)).collect()
}

/// The ids that some feed listed in the run before.
fn listed(ledger: &Ledger) -> HashSet<&str> {
    ledger.feeds().flat_map(|feed| feed.entries.iter()).collect()
}
