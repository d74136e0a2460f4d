//! From a source file to its card: as much of the file is read as its front matter needs.

use super::promised::Promised;
use crate::access::Access;
use crate::address::Address;
use crate::article::{self, Article, ChosenFeeds, HeldBack, Outcome, TranslationKey};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::identity::entry_id;
use crate::language::Language;
use crate::newsroom::{Newsroom, WithLastGood};
use crate::settings::{Grouping, Settings};
use chrono::{DateTime, FixedOffset, Utc};
use std::sync::Arc;

/// What is kept of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its source file.
    pub path: String,
    /// Its id.
    pub id: String,
    /// Where its author's id stands in the source file; the start where there is none.
    pub id_at: Position,
    /// Its page.
    pub permalink: Address,
    /// Its edition.
    pub edition: Option<Language>,
    /// Its section.
    pub section: Option<Arc<str>>,
    /// Who may read it.
    pub access: Access,
    /// First publication.
    pub published: DateTime<FixedOffset>,
    /// Last declared change.
    pub updated: DateTime<FixedOffset>,
    /// The key that it shares with its translations.
    pub translation: Option<TranslationKey>,
    /// Where its page was before.
    pub aliases: Box<[Address]>,
    /// Its authors' names, where there are feeds by author.
    pub authors: Vec<String>,
    /// Its tags, where there are feeds by tag.
    pub tags: Vec<String>,
    /// The feeds that it goes into, where it is not for all of its own.
    pub feeds: Option<Box<ChosenFeeds>>,
    /// Is it read from the last good version of its file?
    pub is_held: bool,
}

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
    /// In the feeds, until it expires or is taken back.
    Due(Box<Card>, Option<DateTime<Utc>>),
    /// Not before this time.
    Embargoed(DateTime<Utc>, Option<TranslationKey>),
    /// No longer.
    Expired(Option<TranslationKey>),
    /// Not now.
    HeldBack(HeldBack, Option<TranslationKey>),
    /// It has a fault that leaves it out. Its path.
    Faulty(String),
}

impl Reading<'_> {
    /// Reads one source file and decides what it is now. What stands in feeds and cannot be read any more
    /// is what it was when it was last shown.
    pub fn contribution(&self, path: String, promised: &Promised) -> (Contribution, Vec<Diagnostic>) {
        let (found, mut diagnostics) = match article::head(&path, self.newsroom, self.settings) {
            Ok((outcome, diagnostics)) => (self.decide(path.clone(), outcome, promised), diagnostics),
            Err(diagnostics) => (Contribution::Faulty(path.clone()), diagnostics),
        };
        if promised.of(&path).is_none() {
            return (found, diagnostics);
        }
        match found {
            Contribution::Faulty(_) => {}
            Contribution::HeldBack(HeldBack::Undated, _) => {
                let location = Location::new(&path, Position::START);
                let message = "the article has lost its date, but it is published";
                let fault = Diagnostic::new(Code::MissingDate, location, message);
                diagnostics.push(fault.help("give it back its date, or write `withdrawn: true`"));
            }
            found => return (found, diagnostics),
        }
        match self.last_good(&path, promised) {
            Some(kept) => {
                diagnostics.push(told_held(&path));
                (kept, diagnostics)
            }
            None => (Contribution::Faulty(path), diagnostics),
        }
    }

    /// What a file was when a feed last showed it, decided now.
    pub fn last_good(&self, path: &str, promised: &Promised) -> Option<Contribution> {
        let kept = WithLastGood::of(self.newsroom, [path.to_owned()]);
        let (outcome, _) = article::head(path, &kept, self.settings).ok()?;
        match self.decide(path.to_owned(), outcome, promised) {
            Contribution::Due(card, end) => {
                Some(Contribution::Due(Box::new(Card { is_held: true, ..*card }), end))
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
                Some(*card)
            }
            _ => None,
        }
    }

    fn decide(&self, path: String, outcome: Outcome, promised: &Promised) -> Contribution {
        let now = self.now;
        match outcome {
            Outcome::HeldBack(reason, translation) => Contribution::HeldBack(reason, translation),
            Outcome::Faulty => Contribution::Faulty(path),
            Outcome::Article(article) if article.withdrawn.is_some_and(|withdrawn| withdrawn <= now) => {
                Contribution::HeldBack(HeldBack::Withdrawn, article.translation)
            }
            // What is published cannot be embargoed, whatever becomes of its date or of the clock.
            Outcome::Article(article)
                if article.published > now
                    && promised.of(&path).is_none()
                    && !promised.may_know(&article) =>
            {
                Contribution::Embargoed(article.published.to_utc(), article.translation)
            }
            Outcome::Article(article) if article.expires.is_some_and(|expires| expires <= now) => {
                Contribution::Expired(article.translation)
            }
            Outcome::Article(article) => {
                let end = article.expires.into_iter().chain(article.withdrawn).min();
                let end = end.map(|end| end.to_utc());
                Contribution::Due(Box::new(self.card(path, *article, promised)), end)
            }
        }
    }

    /// Does the file, read again, still say what the card says?
    #[must_use]
    pub fn still_holds(&self, card: &Card, outcome: &Outcome, promised: &Promised) -> bool {
        match self.decide(card.path.clone(), outcome.clone(), promised) {
            Contribution::Due(mut again, _) => {
                promised.keep(&mut again, self.now);
                again.is_held = card.is_held;
                *again == *card
            }
            _ => false,
        }
    }

    fn card(&self, path: String, article: Article, promised: &Promised) -> Card {
        let wanted = |part: fn(&Grouping) -> bool| self.settings.feeds.by.iter().any(part);
        // Of a million cards the room that their texts do not need would be tens of megabytes.
        let mut id = entry_id(&path, &article, &self.settings.site, &promised.adopted);
        id.shrink_to_fit();
        Card {
            id,
            updated: article.updated_at(self.now),
            id_at: article.id.as_ref().map_or(Position::START, |(_, at)| *at),
            path,
            permalink: article.permalink.shrunk(),
            edition: article.edition,
            section: article.section.map(Arc::from),
            access: article.access,
            published: article.published,
            translation: article.translation,
            aliases: article.aliases.into(),
            authors: if wanted(|row| row.author) {
                article.authors.iter().map(|author| author.topic_name().to_owned()).collect()
            } else {
                Vec::new()
            },
            tags: if wanted(|row| row.tag) { article.tags } else { Vec::new() },
            feeds: article.feeds.map(Box::new),
            is_held: false,
        }
    }
}

/// Says that an article is shown as it was.
#[must_use]
pub fn told_held(path: &str) -> Diagnostic {
    let message = "the article stays in the feeds as it was when they last showed it";
    Diagnostic::new(Code::LastGood, Location::new(path, Position::START), message)
        .help(format!("mend the file; `.feedmill/last-good/{path}` is how it was"))
}

impl Card {
    /// Is its id its author's?
    #[must_use]
    pub fn declares_id(&self) -> bool {
        self.id_at != Position::START
    }
}
