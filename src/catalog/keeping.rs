//! What subscribers know is kept: every entry that stands in a feed finds its article again, stays as it was, or is
//! withdrawn.

use super::reading::{Contribution, Reading};
use super::recognise::{Recognised, recognise};
use super::{Card, Catalog, Met, told_held};
use crate::article::{self, HeldBack, place};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::digest::Digest;
use crate::ledger::{EntryRecord, Ledger};
use crate::newsroom::Listing;
use chrono::{DateTime, Utc};
use rayon::prelude::*;
use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What became of a file whose article stands in feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is an article that is due.
    There,
    /// Its author took it back: expired, withdrawn, a draft again.
    TakenBack,
    /// It cannot be read, and nobody kept how it was.
    Lost,
}

impl Fate {
    /// What a contribution of such a file means.
    #[must_use]
    pub fn of(contribution: &Contribution) -> Fate {
        match contribution {
            Contribution::Due(..) => Fate::There,
            Contribution::Faulty(_) | Contribution::HeldBack(HeldBack::Undated, _) => Fate::Lost,
            _ => Fate::TakenBack,
        }
    }
}

/// Entries that subscribers know and that are no articles now, by their ids.
#[derive(Debug, Default)]
pub struct Standing {
    /// Their authors took them back.
    pub taken_back: BTreeSet<String>,
    /// Their files are gone.
    pub vanished: BTreeSet<String>,
    /// They cannot be read, and nobody kept how they were.
    pub lost: BTreeSet<String>,
    /// Their files are gone, and they stay because too much went with them.
    pub held: BTreeSet<String>,
}

/// A card in whose place another article stood.
struct Displaced<'l> {
    index: usize,
    record: &'l EntryRecord,
    /// Is it certain that it is another article?
    is_another: bool,
}

impl Catalog {
    /// Gives every article that subscribers know its id and its dates, and finds what became of those that
    /// have none.
    pub(super) fn keep_promises(
        &mut self,
        ledger: &Ledger,
        listing: &Listing,
        met: &mut Met,
        reading: Reading<'_>,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if self.is_deserted {
            return diagnostics;
        }
        let (mut gone, mut elsewhere) = (Vec::new(), Vec::new());
        let is_out_of_sight =
            |record: &&EntryRecord| !record.path.is_empty() && listing.may_miss(&record.path);
        for record in ledger.entries().filter(|record| record.stands()) {
            match met.fates.get(&record.path) {
                Some(Fate::There) => {}
                Some(Fate::TakenBack) => {
                    self.standing.taken_back.insert(record.id.clone());
                }
                Some(Fate::Lost) => {
                    self.standing.lost.insert(record.id.clone());
                }
                // The page of the one may be another article's now, that of the other is its own still.
                None if record.is_ousted() || is_out_of_sight(&record) => elsewhere.push(record),
                None => gone.push(record),
            }
        }
        met.misplaced.extend(listing.unlisted.iter().filter(|path| place::is_article(path)).cloned());
        let displaced = self.displaced(ledger, &met.known, reading, &mut diagnostics);
        let vanished = self.find_again((gone, elsewhere), displaced, met, reading, &mut diagnostics);
        let (out_of_sight, vanished): (Vec<_>, Vec<_>) = vanished.into_iter().partition(is_out_of_sight);
        for record in out_of_sight {
            self.hold(record, met, reading);
            diagnostics.push(told_held(&record.path));
        }
        // Where the ledger was lost, the file of an article may be one that cannot be read.
        let may_be_there = self.counts.faulty > 0 || !listing.unlisted.is_empty();
        let (lost, vanished): (Vec<_>, Vec<_>) =
            vanished.into_iter().partition(|record| record.is_homeless() && may_be_there);
        self.standing.lost.extend(lost.into_iter().map(|record| record.id.clone()));
        let vanished = self.hold_misplaced(vanished, met, reading, &mut diagnostics);
        self.standing.vanished.extend(vanished.iter().map(|record| record.id.clone()));
        diagnostics.extend(self.guard(ledger, &vanished, met, reading));
        self.free_ids(ledger, &met.known);
        for &index in &met.known {
            let card = &mut self.cards[index];
            self.promised.keep(card, reading.now);
            card.is_known = self.promised.of(card.path()).is_some();
        }
        let mut unclear = std::mem::take(&mut met.unclear).into_iter().peekable();
        let mut index = 0;
        self.cards.retain(|_| {
            let is_unclear = unclear.next_if_eq(&index).is_some();
            index += 1;
            !is_unclear
        });
        self.counts.lose(index - self.cards.len());
        self.embargo_strangers(reading.now);
        diagnostics
    }

    /// Gives other ids to new articles that would get those of articles which had their slugs on the same day, and
    /// have others now or are gone.
    fn free_ids(&mut self, ledger: &Ledger, known: &[usize]) {
        let vanished = self.standing.vanished.iter().map(String::as_str);
        let renamed = known.iter().filter_map(|&index| {
            let promise = self.promised.of(self.cards[index].path())?;
            (promise.id != self.cards[index].id()).then_some(promise.id.as_str())
        });
        let freed: HashSet<String> = vanished.chain(renamed).map(str::to_owned).collect();
        if freed.is_empty() {
            return;
        }
        let Catalog { cards, promised, .. } = self;
        for card in cards.iter_mut().filter(|card| freed.contains(card.id()) && !card.declares_id()) {
            if promised.of(card.path()).is_none() {
                promised.give_other_id(card, ledger);
            }
        }
    }

    /// Holds back what looked like an article that subscribers know, and is none.
    fn embargo_strangers(&mut self, now: DateTime<Utc>) {
        let Catalog { cards, counts, next_due, .. } = self;
        cards.retain(|card| {
            if card.published <= now || card.is_known {
                return true;
            }
            counts.due -= 1;
            counts.embargoed += 1;
            *next_due = next_due.iter().copied().chain([card.published.to_utc()]).min();
            false
        });
    }

    /// Cards of files that seem to hold another article than they did.
    fn displaced<'l>(
        &mut self,
        ledger: &'l Ledger,
        known: &[usize],
        reading: Reading<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Displaced<'l>> {
        let mut displaced = Vec::new();
        // Sought only where a date has changed.
        let texts: LazyCell<HashSet<&Digest>, _> =
            LazyCell::new(|| ledger.entries().filter_map(|record| record.body.as_ref()).collect());
        // Nearly all are as they were.
        let may_be_another = |index: &&usize| {
            let card = &self.cards[**index];
            let record = ledger.of_path(card.path()).filter(|_| !card.is_held);
            record.is_some_and(|record| {
                card.published != record.published || (card.declares_id() && card.id() != record.id)
            })
        };
        for &index in known.par_iter().filter(may_be_another).collect::<Vec<_>>() {
            let card = &self.cards[index];
            let Some(record) = ledger.of_path(card.path()).filter(|_| !card.is_held) else { continue };
            let has_other_id = card.declares_id() && card.id() != record.id;
            if has_other_id && ledger.entry(card.id()).is_some() {
                displaced.push(Displaced { index, record, is_another: false });
                continue;
            }
            if has_other_id {
                diagnostics.push(late_id(card, record));
            }
            if card.published == record.published {
                continue;
            }
            match another(card, record, |text| texts.contains(text), reading) {
                Some(is_another) => displaced.push(Displaced { index, record, is_another }),
                None => diagnostics.push(changed_date(card, record)),
            }
        }
        displaced
    }

    /// Finds the articles whose files have other names now. Those of `elsewhere` are known by an id and a text only.
    /// Returns the records that have none.
    fn find_again<'l>(
        &mut self,
        (gone, elsewhere): (Vec<&'l EntryRecord>, Vec<&'l EntryRecord>),
        displaced: Vec<Displaced<'l>>,
        met: &mut Met,
        reading: Reading<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<&'l EntryRecord> {
        for one in &displaced {
            self.promised.release(self.cards[one.index].path());
            self.cards[one.index].is_known = false;
        }
        let mut vanished = Vec::new();
        let of_displaced = |is_another: bool| {
            displaced.iter().filter(move |one| one.is_another == is_another).map(|one| one.record)
        };
        let mut records: Vec<&EntryRecord> = gone.into_iter().chain(of_displaced(false)).collect();
        // The page of one whose file holds another article is that one's now.
        let with_pages = records.len();
        records.extend(of_displaced(true).chain(elsewhere));
        if records.is_empty() {
            return vanished;
        }
        let (strangers, unread) = self.strangers(&records, reading);
        let Recognised { found, unclear } = recognise(strangers, &records, with_pages);
        let is_unsure = !unread.is_empty() && reading.settings.feeds.is_guarded();
        met.unclear.extend(unread.iter().map(|(index, _)| *index));
        diagnostics.extend(unread.into_iter().flat_map(|(_, faults)| faults));
        let taken: BTreeSet<usize> = found.iter().map(|(_, record)| *record).collect();
        for (index, record) in &found {
            self.promised.promise(self.cards[*index].path(), records[*record]);
            met.known.push(*index);
        }
        let contested: BTreeSet<usize> = unclear.values().flatten().copied().collect();
        for (index, candidates) in &unclear {
            let candidates: Vec<&EntryRecord> = candidates.iter().map(|&record| records[record]).collect();
            diagnostics.push(ambiguous(&self.cards[*index], &candidates));
        }
        let places: HashMap<&str, &Displaced<'_>> =
            displaced.iter().map(|one| (one.record.id.as_str(), one)).collect();
        for (number, record) in records.iter().enumerate() {
            if taken.contains(&number) {
                continue;
            }
            let place = places.get(record.id.as_str());
            if let Some(one) = place.filter(|one| one.is_another) {
                diagnostics.push(reused_path(&self.cards[one.index], one.record));
                vanished.push(*record);
                continue;
            }
            let place = place.map(|one| &self.cards[one.index]);
            match place.filter(|card| self.promised.of(card.path()).is_none()) {
                // Nobody else has what the file held, so it is still the same article.
                Some(card) => {
                    diagnostics.push(changed_date(card, record));
                    self.promised.promise(card.path(), record);
                }
                None if contested.contains(&number) => self.hold(record, met, reading),
                None if is_unsure && self.is_free(&record.path, met) => {
                    self.hold(record, met, reading);
                    diagnostics.push(told_held(&record.path));
                }
                None => vanished.push(record),
            }
        }
        let is_unknown = |index: &usize| self.promised.of(self.cards[*index].path()).is_none();
        met.unclear.extend(unclear.into_keys().filter(is_unknown));
        vanished
    }
}

/// Does a file with another date hold another article? `Some(true)` where all is another's, `Some(false)`
/// where the text is that of a known one.
fn another(
    card: &Card,
    record: &EntryRecord,
    is_known: impl Fn(&Digest) -> bool,
    reading: Reading<'_>,
) -> Option<bool> {
    let whole = article::whole(card.path(), reading.newsroom, reading.settings).ok()?;
    let text = whole.body_digest()?;
    if record.body.as_ref()? == &text {
        return None;
    }
    if is_known(&text) {
        return Some(false);
    }
    let article::Outcome::Article(article) = whole.outcome else { return None };
    (article.title? != record.title).then_some(true)
}

fn at_start(code: Code, card: &Card, message: String) -> Diagnostic {
    Diagnostic::new(code, Location::new(card.path(), Position::START), message)
}

fn late_id(card: &Card, record: &EntryRecord) -> Diagnostic {
    let message = format!("readers know this article as `{}`, and not as `{}`", record.id, card.id());
    Diagnostic::new(Code::LateId, Location::new(card.path(), card.id_at()), message)
        .help("delete the `id`: with another one it would be announced a second time")
}

fn changed_date(card: &Card, record: &EntryRecord) -> Diagnostic {
    let day = record.published.with_timezone(&card.published.timezone());
    let message = format!("the article stays published on {}", day.format("%Y-%m-%d %H:%M"));
    at_start(Code::ChangedDate, card, message).help(format!(
        "`feedmill ledger redate {}` accepts its new date, {}",
        card.path(),
        card.published.format("%Y-%m-%d %H:%M")
    ))
}

fn reused_path(card: &Card, record: &EntryRecord) -> Diagnostic {
    let message = format!("the file holds another article than `{}`, which is withdrawn", record.title);
    at_start(Code::ReusedPath, card, message).help("give every article a file of its own")
}

fn ambiguous(card: &Card, candidates: &[&EntryRecord]) -> Diagnostic {
    let names: Vec<String> = candidates
        .iter()
        .take(3)
        .map(|record| match record.path.is_empty() {
            true => format!("`{}`", record.permalink),
            false => format!("`{}`", record.path),
        })
        .collect();
    let message = format!("this may be {} under a new name, and so may another file", names.join(" or "));
    let id = candidates.first().map_or("", |record| record.id.as_str());
    at_start(Code::AmbiguousArticle, card, message)
        .help(format!("write `id: {id}` into the one that it is; until then the feeds show it as it was"))
}
