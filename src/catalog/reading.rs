//! From what a source file says to its card: whether it is due, and as what.

use super::Card;
use super::filed::Filed;
use super::filing::Filings;
use super::promised::Promised;
use crate::article::{self, HeldBack, Outcome};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::index::block::{Block, BlockWriter};
use crate::index::portion::{Portion, Work};
use crate::index::sketch::{Head, Kind, Sketch, sketch};
use crate::index::text::{Key, Time};
use crate::newsroom::{Newsroom, WithLastGood};
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// What source files are read with.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Where the articles come from.
    pub newsroom: &'a dyn Newsroom,
    /// The settings.
    pub settings: &'a Settings,
    /// What is dated later is not shown yet.
    pub now: DateTime<Utc>,
}

/// What one source file contributes.
pub enum Contribution {
    /// In the feeds, until it expires or is taken back; or until another of its changes counts.
    Due(Card, Option<DateTime<Utc>>),
    /// Not before this time.
    Embargoed(DateTime<Utc>, Option<Key>),
    /// No longer.
    Expired(Option<Key>),
    /// Not now.
    HeldBack(HeldBack, Option<Key>),
    /// It has a fault that leaves it out. Its path.
    Faulty(String),
}

fn is_unreadable(head: &Head) -> bool {
    head.as_ref().is_err_and(|faults| faults.iter().any(|fault| fault.code == Code::Unreadable))
}

/// A block of one file.
fn alone(path: &str, head: &Head, settings: &Settings) -> Arc<Block> {
    let mut writer = BlockWriter::default();
    sketch(head, settings, |sketch| writer.add(path, None, sketch));
    Arc::new(writer.finish())
}

impl Reading<'_> {
    /// Reads the files of a portion that have changed, and decides what all of them are now.
    pub fn portion(&self, work: Work<'_>, promised: &Promised) -> (Arc<Block>, Filed) {
        let block = match work {
            Work::Known(block) => Arc::clone(block),
            Work::Unknown(files, block) => Arc::new(self.block(&Portion { files: &files, block })),
        };
        let mut filings = Filings::default();
        let mut filed = Filed { cards: Vec::with_capacity(block.len()), ..Filed::default() };
        for number in (0..block.len()).filter(|&number| block.is_article(number)) {
            let path = block.path(number);
            let is_promised = promised.of(path).is_some();
            let (contribution, diagnostics) =
                self.contribution(&block, number, &mut filings, promised, is_promised);
            filed.file(contribution, is_promised.then_some(path));
            filed.diagnostics.extend(diagnostics);
        }
        (block, filed)
    }

    fn block(&self, portion: &Portion<'_, '_>) -> Block {
        let mut writer = BlockWriter::default();
        for (file, known) in portion.known() {
            match portion.block.zip(known) {
                Some((block, number)) => writer.copy(block, number),
                None if !file.is_article => writer.add_file(&file.path, file.fingerprint),
                None => {
                    let head = article::head(&file.path, self.newsroom, self.settings);
                    // What cannot be read may be there again in a moment, and look the same.
                    let fingerprint = file.fingerprint.filter(|_| !is_unreadable(&head));
                    sketch(&head, self.settings, |sketch| writer.add(&file.path, fingerprint, sketch));
                }
            }
        }
        writer.finish()
    }

    /// Decides what a source file is now. What stands in feeds and cannot be read any more is what it was when it was
    /// last shown.
    fn contribution(
        &self,
        block: &Arc<Block>,
        number: usize,
        filings: &mut Filings,
        promised: &Promised,
        is_promised: bool,
    ) -> (Contribution, Vec<Diagnostic>) {
        let path = block.path(number);
        let Some((found, mut diagnostics)) = self.decide(block, number, filings, promised, is_promised)
        else {
            // No sketch that this program wrote.
            let head = article::head(path, self.newsroom, self.settings);
            let alone = alone(path, &head, self.settings);
            let again = self.decide(&alone, 0, &mut Filings::default(), promised, is_promised);
            return again.unwrap_or_else(|| (Contribution::Faulty(path.to_owned()), Vec::new()));
        };
        if !is_promised {
            return (found, diagnostics);
        }
        match found {
            Contribution::Faulty(_) => {}
            Contribution::HeldBack(HeldBack::Undated, _) => {
                let location = Location::new(path, Position::START);
                let message = "the article has lost its date, but it is published";
                let fault = Diagnostic::new(Code::MissingDate, location, message);
                diagnostics.push(fault.help("give it back its date, or write `withdrawn: true`"));
            }
            found => return (found, diagnostics),
        }
        match self.last_good(path, promised) {
            Some(kept) => {
                diagnostics.push(told_held(path));
                (kept, diagnostics)
            }
            None => (Contribution::Faulty(path.to_owned()), diagnostics),
        }
    }

    /// What a file was when a feed last showed it, decided now.
    pub fn last_good(&self, path: &str, promised: &Promised) -> Option<Contribution> {
        let kept = WithLastGood::of(self.newsroom, [path.to_owned()]);
        let head = Ok(article::head(path, &kept, self.settings).ok()?);
        match self.decide_alone(path, &head, promised)?.0 {
            Contribution::Due(mut card, end) => {
                card.is_held = true;
                Some(Contribution::Due(card, end))
            }
            Contribution::Faulty(_) | Contribution::HeldBack(HeldBack::Undated, _) => None,
            other => Some(other),
        }
    }

    /// The card of what a file was when a feed last showed it, if it is still due.
    pub fn held_card(&self, path: &str, promised: &Promised) -> Option<Card> {
        match self.last_good(path, promised)? {
            Contribution::Due(mut card, _) => {
                promised.keep(&mut card, self.now);
                Some(card)
            }
            _ => None,
        }
    }

    /// What a file is now of which this is the head.
    fn decide_alone(
        &self,
        path: &str,
        head: &Head,
        promised: &Promised,
    ) -> Option<(Contribution, Vec<Diagnostic>)> {
        let block = alone(path, head, self.settings);
        self.decide(&block, 0, &mut Filings::default(), promised, promised.of(path).is_some())
    }

    /// `None` where there is no sketch of this number that can be read.
    fn decide(
        &self,
        block: &Arc<Block>,
        number: usize,
        filings: &mut Filings,
        promised: &Promised,
        is_promised: bool,
    ) -> Option<(Contribution, Vec<Diagnostic>)> {
        let Sketch { kind, mut rest } = block.sketch(number)?;
        let told = std::mem::take(&mut rest.told).into_owned();
        let article = match kind {
            Kind::Article(article) => article,
            Kind::HeldBack(reason, key) => return Some((Contribution::HeldBack(reason, key), told)),
            Kind::Faulty => return Some((Contribution::Faulty(block.path(number).to_owned()), told)),
        };
        let now = self.now;
        let utc = |time: Option<Time>| Some(time?.time()?.to_utc());
        let (withdrawn, expires) = (utc(rest.withdrawn), utc(rest.expires));
        let published = article.published.time()?.to_utc();
        // What is published cannot be embargoed, whatever becomes of its date or of the clock.
        let is_known = || is_promised || promised.may_know(article.permalink, published);
        let contribution = if withdrawn.is_some_and(|withdrawn| withdrawn <= now) {
            Contribution::HeldBack(HeldBack::Withdrawn, article.key)
        } else if published > now && !is_known() {
            Contribution::Embargoed(published, article.key)
        } else if expires.is_some_and(|expires| expires <= now) {
            Contribution::Expired(article.key)
        } else {
            let changes = rest.changes.iter().filter_map(|change| utc(Some(*change)));
            let next =
                expires.into_iter().chain(withdrawn).chain(changes.filter(|change| *change > now)).min();
            let filing = filings.of(article.edition, article.section);
            let card = Card::of(block, number, (&article, &rest), filing, now, promised)?;
            Contribution::Due(card, next)
        };
        Some((contribution, told))
    }

    /// Does the file, read again, still say what the card says?
    #[must_use]
    pub fn still_holds(&self, card: &Card, outcome: &Outcome, promised: &Promised) -> bool {
        let head = Ok((outcome.clone(), Vec::new()));
        match self.decide_alone(card.path(), &head, promised) {
            Some((Contribution::Due(mut again, _), _)) => {
                promised.keep(&mut again, self.now);
                again.is_held = card.is_held;
                again == *card
            }
            _ => false,
        }
    }

    /// Does the file say of itself all that the card says, without what was promised of it?
    #[must_use]
    pub fn says_itself(&self, card: &Card, promised: &Promised) -> bool {
        let outcome = article::head(card.path(), self.newsroom, self.settings).map(|(outcome, _)| outcome);
        outcome.is_ok_and(|outcome| self.still_holds(card, &outcome, &promised.of_strangers()))
    }
}

/// Says that an article is shown as it was.
#[must_use]
pub fn told_held(path: &str) -> Diagnostic {
    let message = "the article stays in the feeds as it was when they last showed it";
    Diagnostic::new(Code::LastGood, Location::new(path, Position::START), message)
        .help(format!("mend the file; `.feedmill/last-good/{path}` is how it was"))
}
