//! The card of an article: what is kept of it.

use super::order::hash;
use super::promised::Promised;
use super::reading::Words;
use crate::access::Access;
use crate::address::Address;
use crate::article::{ChosenFeeds, TranslationKey};
use crate::diagnostic::Position;
use crate::index::block::{Block, Span};
use crate::index::sketch::ArticleSketch;
use crate::index::text::Key;
use crate::language::Language;
use chrono::{DateTime, FixedOffset, Utc};
use std::sync::Arc;

/// What is kept of an article. Its texts stay where they were read.
#[derive(Clone, Debug)]
pub struct Card {
    block: Arc<Block>,
    path: Span,
    id: Span,
    permalink: Span,
    /// The id that subscribers know it by, where that is not its own.
    known_id: Option<Box<str>>,
    /// Where its author's id stands in the source file; the start where there is none.
    pub id_at: Position,
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
    /// How many of its declared changes count already.
    changes: u16,
    /// The key that it shares with its translations.
    pub translation: Option<TranslationKey>,
    extras: Option<Box<Extras>>,
    /// Is it read from the last good version of its file?
    pub is_held: bool,
    /// Its place in the order of the paths of all cards.
    pub(super) rank: u32,
}

/// What few articles have.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
struct Extras {
    aliases: Box<[Address]>,
    authors: Box<[Box<str>]>,
    tags: Box<[Box<str>]>,
    feeds: Option<ChosenFeeds>,
}

impl Card {
    pub(super) fn of(
        block: &Arc<Block>,
        number: usize,
        article: &ArticleSketch<'_>,
        words: &mut Words,
        now: DateTime<Utc>,
        promised: &Promised,
    ) -> Option<Card> {
        let published = article.published.time()?;
        let changes = article.changes.iter().filter_map(|change| change.time());
        let changes = changes.filter(|change| *change <= now);
        let mut card = Card {
            path: block.path_span(number),
            id: block.span(article.id),
            permalink: block.span(article.permalink),
            block: Arc::clone(block),
            known_id: None,
            id_at: article.id_at(),
            edition: words.edition(article.edition),
            section: words.section(article.section),
            access: article.access,
            published,
            changes: u16::try_from(changes.clone().count()).unwrap_or(u16::MAX),
            updated: changes.fold(published, DateTime::max),
            translation: article.translation.map(Key::key),
            extras: Extras::of(article).map(Box::new),
            is_held: false,
            rank: 0,
        };
        if !card.declares_id()
            && let Some(adopted) = promised.adopted.record(card.path(), card.permalink(), card.aliases())
        {
            card.give_id(&adopted.id);
        }
        Some(card)
    }

    /// Are both of one edition and one section?
    #[must_use]
    pub fn is_filed_with(&self, other: &Card) -> bool {
        self.edition == other.edition && self.section == other.section
    }

    /// What tells it from what it was before, or will be.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let Card {
            id_at, edition, section, access, published, updated, changes, translation, extras, ..
        } = self;
        let times = [published, updated].map(|time| (*time, time.offset().local_minus_utc()));
        hash((
            (self.raw_path(), self.raw_id(), self.raw_permalink()),
            (edition.as_ref().map(Language::as_str), section, access, id_at),
            (times, changes, translation, extras, self.is_held),
        ))
    }

    /// The bytes of its path, for what compares very many.
    #[must_use]
    pub fn raw_path(&self) -> &[u8] {
        self.block.raw(self.path)
    }

    /// The bytes of its id, likewise.
    #[must_use]
    pub fn raw_id(&self) -> &[u8] {
        self.known_id.as_deref().map_or_else(|| self.block.raw(self.id), str::as_bytes)
    }

    /// The bytes of its permalink, likewise.
    #[must_use]
    pub fn raw_permalink(&self) -> &[u8] {
        self.block.raw(self.permalink)
    }

    /// Its source file.
    #[must_use]
    pub fn path(&self) -> &str {
        self.block.text(self.path)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.known_id.as_deref().unwrap_or_else(|| self.block.text(self.id))
    }

    /// Its page.
    #[must_use]
    pub fn permalink(&self) -> &str {
        self.block.text(self.permalink)
    }

    /// The address of its page.
    #[must_use]
    pub fn address(&self) -> Address {
        Address::known(self.permalink())
    }

    /// Where its page was before.
    #[must_use]
    pub fn aliases(&self) -> &[Address] {
        self.extras.as_ref().map_or(&[], |extras| &extras.aliases)
    }

    /// Its pages, now and before.
    pub fn pages(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.permalink()).chain(self.aliases().iter().map(Address::as_str))
    }

    /// Its authors' names, where there are feeds by author.
    #[must_use]
    pub fn authors(&self) -> &[Box<str>] {
        self.extras.as_ref().map_or(&[], |extras| &extras.authors)
    }

    /// Its tags, where there are feeds by tag.
    #[must_use]
    pub fn tags(&self) -> &[Box<str>] {
        self.extras.as_ref().map_or(&[], |extras| &extras.tags)
    }

    /// The feeds that it goes into, where it is not for all of its own.
    #[must_use]
    pub fn feeds(&self) -> Option<&ChosenFeeds> {
        self.extras.as_ref()?.feeds.as_ref()
    }

    /// Is its id its author's?
    #[must_use]
    pub fn declares_id(&self) -> bool {
        self.id_at != Position::START
    }

    /// From now on it has this id, which is not its author's.
    pub fn give_id(&mut self, id: &str) {
        self.known_id = (self.block.text(self.id) != id).then(|| id.into());
        self.id_at = Position::START;
    }
}

/// Two cards are the same if they say the same, wherever they were read.
impl PartialEq for Card {
    fn eq(&self, other: &Card) -> bool {
        let texts = |card: &Card| [card.path(), card.id(), card.permalink()].map(str::to_owned);
        texts(self) == texts(other)
            && (self.id_at, self.access, self.is_held, self.changes)
                == (other.id_at, other.access, other.is_held, other.changes)
            && (&self.edition, &self.section, &self.extras) == (&other.edition, &other.section, &other.extras)
            && (self.published, self.updated) == (other.published, other.updated)
            && self.translation == other.translation
    }
}

impl Extras {
    /// `None` where there is nothing of it.
    fn of(article: &ArticleSketch<'_>) -> Option<Extras> {
        let names = |names: &[&str]| names.iter().map(|name| Box::from(*name)).collect();
        let feeds = article.feeds.as_ref().map(|feeds| ChosenFeeds {
            names: feeds.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect(),
        });
        let extras = Extras {
            aliases: article.aliases.iter().map(|alias| Address::known(alias)).collect(),
            authors: names(&article.authors),
            tags: names(&article.tags),
            feeds,
        };
        (extras != Extras::default()).then_some(extras)
    }
}
