//! From a source file to its card: as much of the file is read as its front matter needs.

use crate::access::Access;
use crate::address::Address;
use crate::article::{self, Article, ChosenFeeds, HeldBack, Outcome, TranslationKey};
use crate::diagnostic::{Diagnostic, Position};
use crate::identity::entry_id;
use crate::language::Language;
use crate::ledger::Ids;
use crate::newsroom::Newsroom;
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
    /// It has a fault that leaves it out.
    Faulty,
}

/// Reads one source file and decides what it is at `now`.
pub fn contribution(
    path: String,
    newsroom: &dyn Newsroom,
    settings: &Settings,
    adopted: &Ids,
    now: DateTime<Utc>,
) -> (Contribution, Vec<Diagnostic>) {
    match article::head(&path, newsroom, settings) {
        Ok((outcome, diagnostics)) => (Contribution::of(path, outcome, settings, adopted, now), diagnostics),
        Err(diagnostics) => (Contribution::Faulty, diagnostics),
    }
}

impl Contribution {
    fn of(
        path: String,
        outcome: Outcome,
        settings: &Settings,
        adopted: &Ids,
        now: DateTime<Utc>,
    ) -> Contribution {
        match outcome {
            Outcome::HeldBack(reason, translation) => Contribution::HeldBack(reason, translation),
            Outcome::Faulty => Contribution::Faulty,
            Outcome::Article(article) if article.withdrawn.is_some_and(|withdrawn| withdrawn <= now) => {
                Contribution::HeldBack(HeldBack::Withdrawn, article.translation)
            }
            Outcome::Article(article) if article.published > now => {
                Contribution::Embargoed(article.published.to_utc(), article.translation)
            }
            Outcome::Article(article) if article.expires.is_some_and(|expires| expires <= now) => {
                Contribution::Expired(article.translation)
            }
            Outcome::Article(article) => {
                let end = article.expires.into_iter().chain(article.withdrawn).min();
                let end = end.map(|end| end.to_utc());
                Contribution::Due(Box::new(card(path, *article, settings, adopted, now)), end)
            }
        }
    }
}

impl Card {
    /// Does the file, read again, still say what this card says?
    #[must_use]
    pub fn still_holds(
        &self,
        outcome: &Outcome,
        settings: &Settings,
        adopted: &Ids,
        now: DateTime<Utc>,
    ) -> bool {
        let again = Contribution::of(self.path.clone(), outcome.clone(), settings, adopted, now);
        matches!(again, Contribution::Due(card, _) if *card == *self)
    }

    /// Is its id its author's?
    #[must_use]
    pub fn declares_id(&self) -> bool {
        self.id_at != Position::START
    }
}

fn card(path: String, article: Article, settings: &Settings, adopted: &Ids, now: DateTime<Utc>) -> Card {
    let wanted = |part: fn(&Grouping) -> bool| settings.feeds.by.iter().any(part);
    // Of a million cards the room that their texts do not need would be tens of megabytes.
    let mut id = entry_id(&path, &article, &settings.site, adopted);
    id.shrink_to_fit();
    Card {
        id,
        updated: article.updated_at(now),
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
    }
}
