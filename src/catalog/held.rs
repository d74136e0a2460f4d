//! What stays as it was although its file is gone: it may be in another file that cannot be read, or too much went
//! with it.

use super::filed::Filed;
use super::keeping::Fate;
use super::misplaced::Misplaced;
use super::reading::Reading;
use super::{Catalog, Met};
use crate::archive::Mark;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::guard;
use crate::ledger::{EntryRecord, FeedRecord, Ledger};
use crate::settings::Settings;
use std::collections::{BTreeSet, HashSet};

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
        let is_lost = |id: &&str| standing.vanished.contains(*id) || standing.lost.contains(*id);
        let max_loss = reading.settings.feeds.max_loss;
        // New entries make what was held before a smaller share of the feed, and no less of a loss.
        let was_held = |id: &&str| max_loss < 100 && ledger.entry(id).is_some_and(|record| record.held);
        let (mut poorer, mut held) = (Vec::new(), Vec::new());
        let mut kept: BTreeSet<String> = BTreeSet::new();
        // What a recovered feed is the feed of, only the plan can tell; it stays as it was, if it comes to that.
        let is_kept = |feed: &&FeedRecord| feed.of.is_some() && !feed.has_ended(reading.settings);
        for feed in ledger.feeds().filter(is_kept) {
            let mut lost: Vec<&str> = feed.entries.iter().filter(is_lost).collect();
            let count = lost.len();
            if guard::is_too_much(count, feed.entries.len(), max_loss) {
                poorer.push((feed, count));
            } else {
                lost.retain(was_held);
                held.extend((!lost.is_empty()).then_some((feed, count)));
            }
            kept.extend(lost.into_iter().map(str::to_owned));
        }
        let poorer = if poorer.is_empty() { held } else { poorer };
        let is_kept = |record: &&EntryRecord| kept.contains(&record.id) && self.is_free(&record.path, met);
        let kept: Vec<&EntryRecord> = vanished.iter().copied().filter(is_kept).collect();
        let waiting = self.waiting(ledger, vanished, met, reading.settings);
        let told = guard::vanished(&poorer, &kept, reading.settings)
            .or_else(|| guard::still_gone(&waiting, reading.settings));
        for record in kept {
            self.hold(record, met, reading);
            self.standing.held.insert(record.id.clone());
        }
        for record in waiting {
            self.standing.vanished.remove(&record.id);
            self.hold(record, met, reading);
            self.standing.held.insert(record.id.clone());
        }
        told
    }

    /// What was held before newer ones pushed it out of all feeds. Nobody knows yet whether it is gone; what stands in
    /// archives is looked after there.
    fn waiting<'l>(
        &self,
        ledger: &Ledger,
        vanished: &[&'l EntryRecord],
        met: &Met,
        settings: &Settings,
    ) -> Vec<&'l EntryRecord> {
        let was_held = |record: &&EntryRecord| record.held && self.is_free(&record.path, met);
        let mut waiting: Vec<&EntryRecord> = vanished.iter().copied().filter(was_held).collect();
        if waiting.is_empty() || !settings.feeds.is_guarded() {
            return Vec::new();
        }
        let listed: HashSet<&str> = ledger.feeds().flat_map(|feed| feed.entries.iter()).collect();
        let archived: HashSet<Mark> = match settings.feeds.have_archive() {
            true => ledger.archive().marks().collect(),
            false => HashSet::new(),
        };
        waiting.retain(|record| {
            !listed.contains(record.id.as_str()) && !archived.contains(&Mark::of(&record.id))
        });
        waiting
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

#[cfg(test)]
mod tests {
    use crate::index::Index;
    use crate::ledger::Ledger;
    use crate::newsroom::MemoryNewsroom;
    use crate::publication::{Publication, compose};
    use crate::settings::{Overrides, read};

    fn article(title: &str, day: u8) -> String {
        format!("---\ntitle: {title}\ndate: 2026-11-{day:02}\n---\nThe {title} comes once a year.\n")
    }

    fn run(newsroom: &MemoryNewsroom, ledger: &Ledger, max_loss: u8) -> Publication {
        let text = "[site]\nurl = 'https://post.example/'\n[feeds]\nby = ['all']\nlimit = 2\n";
        let mut settings = read("feedmill.toml", text, &Overrides::default()).unwrap();
        settings.feeds.max_loss = max_loss;
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        compose(newsroom, &settings, ledger, &Index::default(), now).unwrap()
    }

    fn withdrawn(publication: &Publication) -> Vec<&str> {
        let gone = publication.ledger.entries().filter(|record| !record.stands());
        gone.map(|record| record.path.as_str()).collect()
    }

    #[test]
    fn what_newer_ones_push_out_while_its_disk_is_away_is_withdrawn_when_somebody_lets_it_go() {
        let two = [("en/fair.md", article("fair", 1)), ("en/seal.md", article("seal", 2))];
        let mut newsroom = MemoryNewsroom::of(two.clone());
        let first = run(&newsroom, &Ledger::default(), 50);
        newsroom.last_good = std::mem::take(&mut newsroom.files);
        for (number, name) in (3..).zip(["ferry", "bridge", "pier"]) {
            newsroom.files.insert(format!("en/{name}.md"), article(name, number).into());
        }
        let second = run(&newsroom, &first.ledger, 50);
        let third = run(&newsroom, &second.ledger, 50);
        for waiting in [&second, &third] {
            assert_eq!(waiting.feeds[0].ids.len(), 2);
            assert_eq!(withdrawn(waiting), [""; 0]);
            assert!(waiting.retired.is_empty());
            assert_eq!(waiting.diagnostics[0].code.as_str(), "poorer-feed");
        }
        assert_eq!(third.ledger, second.ledger);
        let message = "nothing is withdrawn of what went at once: `en/fair.md`, `en/seal.md` are gone";
        assert_eq!(third.diagnostics[0].message, message);
        assert_eq!(withdrawn(&run(&newsroom, &third.ledger, 100)), ["en/fair.md", "en/seal.md"]);
        newsroom.files.extend(two.map(|(path, text)| (path.to_owned(), text.into())));
        let back = run(&newsroom, &third.ledger, 50);
        assert_eq!((withdrawn(&back), back.diagnostics.len(), back.retired.len()), (Vec::new(), 0, 2));
    }
}
