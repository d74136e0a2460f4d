//! From what a source file says to its card: whether it is due, and as what.

use super::Card;
use super::promised::Promised;
use crate::article::{self, HeldBack, Outcome, TranslationKey};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::index::block::{Block, BlockWriter};
use crate::index::portion::{Portion, Work};
use crate::index::sketch::{Head, Kind, sketch};
use crate::index::text::{Key, Time};
use crate::language::Language;
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
    Embargoed(DateTime<Utc>, Option<TranslationKey>),
    /// No longer.
    Expired(Option<TranslationKey>),
    /// Not now.
    HeldBack(HeldBack, Option<TranslationKey>),
    /// It has a fault that leaves it out. Its path.
    Faulty(String),
}

/// The editions and sections of a block, of which there are few.
#[derive(Default)]
pub struct Words {
    edition: Option<Language>,
    section: Option<Arc<str>>,
}

impl Words {
    pub fn edition(&mut self, tag: Option<&str>) -> Option<Language> {
        let tag = tag?;
        if self.edition.as_ref().is_none_or(|known| known.as_str() != tag) {
            self.edition = Language::parse(tag);
        }
        self.edition.clone()
    }

    pub fn section(&mut self, name: Option<&str>) -> Option<Arc<str>> {
        let name = name?;
        if self.section.as_deref().is_none_or(|known| known != name) {
            self.section = Some(Arc::from(name));
        }
        self.section.clone()
    }
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

/// A block, and what each of its articles contributes, by its number.
type Read = (Arc<Block>, Vec<Contributed>);

/// An article's number, whether something was promised of its file, what it contributes and what there is to say of it.
type Contributed = (usize, bool, Contribution, Vec<Diagnostic>);

impl Reading<'_> {
    /// Reads the files of a portion that have changed, and decides what all of them are now.
    pub fn portion(&self, work: Work<'_>, promised: &Promised) -> Read {
        let block = match work {
            Work::Known(block) => Arc::clone(block),
            Work::Unknown(files, block) => Arc::new(self.block(&Portion { files: &files, block })),
        };
        let mut words = Words::default();
        let contribution = |number| {
            let (contribution, diagnostics) = self.contribution(&block, number, &mut words, promised);
            (number, promised.of(block.path(number)).is_some(), contribution, diagnostics)
        };
        let articles = (0..block.len()).filter(|&number| block.is_article(number));
        let contributions = articles.map(contribution).collect();
        (block, contributions)
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
    pub fn contribution(
        &self,
        block: &Arc<Block>,
        number: usize,
        words: &mut Words,
        promised: &Promised,
    ) -> (Contribution, Vec<Diagnostic>) {
        let path = block.path(number);
        let Some((found, mut diagnostics)) = self.decide(block, number, words, promised) else {
            // No sketch that this program wrote.
            let head = article::head(path, self.newsroom, self.settings);
            let again = self.decide(&alone(path, &head, self.settings), 0, words, promised);
            return again.unwrap_or_else(|| (Contribution::Faulty(path.to_owned()), Vec::new()));
        };
        if promised.of(path).is_none() {
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
        match self.decide(&alone(path, &head, self.settings), 0, &mut Words::default(), promised)?.0 {
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

    /// `None` where there is no sketch of this number that can be read.
    fn decide(
        &self,
        block: &Arc<Block>,
        number: usize,
        words: &mut Words,
        promised: &Promised,
    ) -> Option<(Contribution, Vec<Diagnostic>)> {
        let sketch = block.sketch(number)?;
        let told = sketch.told.into_owned();
        let article = match sketch.kind {
            Kind::Article(article) => article,
            Kind::HeldBack(reason, key) => {
                return Some((Contribution::HeldBack(reason, key.map(Key::key)), told));
            }
            Kind::Faulty => return Some((Contribution::Faulty(block.path(number).to_owned()), told)),
        };
        let now = self.now;
        let utc = |time: Option<Time>| Some(time?.time()?.to_utc());
        let (withdrawn, expires) = (utc(article.withdrawn), utc(article.expires));
        let published = article.published.time()?.to_utc();
        let path = block.path(number);
        let translation = || article.translation.map(Key::key);
        // What is published cannot be embargoed, whatever becomes of its date or of the clock.
        let is_known = || promised.of(path).is_some() || promised.may_know(article.permalink, published);
        let contribution = if withdrawn.is_some_and(|withdrawn| withdrawn <= now) {
            Contribution::HeldBack(HeldBack::Withdrawn, translation())
        } else if published > now && !is_known() {
            Contribution::Embargoed(published, translation())
        } else if expires.is_some_and(|expires| expires <= now) {
            Contribution::Expired(translation())
        } else {
            let changes = article.changes.iter().filter_map(|change| utc(Some(*change)));
            let next =
                expires.into_iter().chain(withdrawn).chain(changes.filter(|change| *change > now)).min();
            let card = Card::of(block, number, &article, words, self.now, promised)?;
            Contribution::Due(card, next)
        };
        Some((contribution, told))
    }

    /// Does the file, read again, still say what the card says?
    #[must_use]
    pub fn still_holds(&self, card: &Card, outcome: &Outcome, promised: &Promised) -> bool {
        let head = Ok((outcome.clone(), Vec::new()));
        let block = alone(card.path(), &head, self.settings);
        match self.decide(&block, 0, &mut Words::default(), promised) {
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
