//! What stays as it was although its file is gone: it may be in another file that cannot be read, or too much went
//! with it.

use super::filed::Filed;
use super::keeping::Fate;
use super::misplaced::Misplaced;
use super::reading::Reading;
use super::{Catalog, Met};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::guard;
use crate::ledger::{EntryRecord, FeedRecord, Ledger};
use std::collections::BTreeSet;

impl Catalog {
    /// Takes an article as it was when a feed last showed it.
    pub(super) fn hold(&mut self, record: &EntryRecord, met: &mut Met, reading: Reading<'_>) {
        self.promised.promise(&record.path, record);
        let kept = reading.last_good(&record.path, &self.promised);
        let fate = kept.as_ref().map_or(Fate::Lost, Fate::of);
        match fate {
            Fate::There => {
                self.standing.vanished.remove(&record.id);
            }
            Fate::TakenBack => {
                self.standing.vanished.remove(&record.id);
                self.standing.taken_back.insert(record.id.clone());
            }
            Fate::Lost => {
                self.standing.lost.insert(record.id.clone());
            }
        }
        if let Some(kept) = kept {
            let mut filed = Filed::default();
            filed.file(kept, Some(&record.path));
            self.take(filed, met);
        }
    }

    /// Holds articles that may be under new names in files that cannot be read: what is withdrawn by a slip would
    /// come back as something new. Returns the others.
    pub(super) fn hold_misplaced<'l>(
        &mut self,
        vanished: Vec<&'l EntryRecord>,
        met: &mut Met,
        reading: Reading<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<&'l EntryRecord> {
        if vanished.is_empty() || !reading.settings.feeds.is_guarded() {
            return vanished;
        }
        let misplaced = Misplaced::of(std::mem::take(&mut met.misplaced), reading.newsroom);
        let mut gone = Vec::new();
        for record in vanished {
            match misplaced.may_be(record, reading.newsroom) {
                Some(path) if self.is_free(&record.path, met) => {
                    diagnostics.push(unreadable_move(path, record));
                    self.hold(record, met, reading);
                }
                _ => gone.push(record),
            }
        }
        gone
    }

    /// Holds what vanished from feeds that would lose too much at once.
    pub(super) fn guard(
        &mut self,
        ledger: &Ledger,
        vanished: &[&EntryRecord],
        met: &mut Met,
        reading: Reading<'_>,
    ) -> Option<Diagnostic> {
        let standing = &self.standing;
        let is_lost = |id: &&String| standing.vanished.contains(*id) || standing.lost.contains(*id);
        let max_loss = reading.settings.feeds.max_loss;
        // New entries make what was held before a smaller share of the feed, and no less of a loss.
        let was_held = |id: &&String| max_loss < 100 && ledger.entry(id).is_some_and(|record| record.held);
        let (mut poorer, mut held) = (Vec::new(), Vec::new());
        let mut kept: BTreeSet<String> = BTreeSet::new();
        // What a recovered feed is the feed of, only the plan can tell; it stays as it was, if it comes to that.
        let is_kept = |feed: &&FeedRecord| feed.of.is_some() && !feed.has_ended(reading.settings);
        for feed in ledger.feeds().filter(is_kept) {
            let mut lost: Vec<&String> = feed.entries.iter().filter(is_lost).collect();
            let count = lost.len();
            if guard::is_too_much(count, feed.entries.len(), max_loss) {
                poorer.push((feed, count));
            } else {
                lost.retain(was_held);
                held.extend((!lost.is_empty()).then_some((feed, count)));
            }
            kept.extend(lost.into_iter().cloned());
        }
        let poorer = if poorer.is_empty() { held } else { poorer };
        let is_kept = |record: &&EntryRecord| kept.contains(&record.id) && self.is_free(&record.path, met);
        let kept: Vec<&EntryRecord> = vanished.iter().copied().filter(is_kept).collect();
        let told = guard::vanished(&poorer, &kept, reading.settings);
        for record in kept {
            self.hold(record, met, reading);
            self.standing.held.insert(record.id.clone());
        }
        told
    }

    /// Is there no file of this name, so that another one may be read in its place?
    pub(super) fn is_free(&self, path: &str, met: &Met) -> bool {
        !path.is_empty() && !met.fates.contains_key(path)
    }

    /// The paths that are read as they were.
    pub fn held(&self) -> impl Iterator<Item = String> {
        self.cards.iter().filter(|card| card.is_held).map(|card| card.path().to_owned())
    }
}

fn unreadable_move(path: &str, record: &EntryRecord) -> Diagnostic {
    let message = format!("this may be `{}` under a new name, but it cannot be read", record.path);
    Diagnostic::new(Code::AmbiguousArticle, Location::new(path, Position::START), message).help(
        "mend the file; until then the feeds show the article as it was. if it is gone, run `feedmill build --accept`",
    )
}
