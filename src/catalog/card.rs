//! The card of an article: what is kept of it.

use super::filing::Filing;
use super::order::hash;
use super::promised::Promised;
use crate::access::Access;
use crate::address::Address;
use crate::article::ChosenFeeds;
use crate::diagnostic::Position;
use crate::index::block::Block;
use crate::index::sketch::{ArticleSketch, Rest};
use crate::index::text::Key;
use crate::language::Language;
use chrono::{DateTime, FixedOffset, Utc};
use std::sync::Arc;

/// What is kept of an article. Its texts stay where they were read.
#[derive(Clone, Debug)]
pub struct Card {
    block: Arc<Block>,
    /// Its edition and section.
    pub(super) filing: Arc<Filing>,
    own: Option<Box<Own>>,
    /// First publication.
    pub published: DateTime<FixedOffset>,
    /// Last declared change.
    pub updated: DateTime<FixedOffset>,
    /// What it shares with its translations.
    pub key: Option<Key>,
    number: u32,
    /// Its place in the order of the paths of all cards.
    pub(super) rank: u32,
    /// How many of its declared changes count already.
    changes: u16,
    /// Who may read it.
    pub access: Access,
    /// Is it read from the last good version of its file?
    pub is_held: bool,
    /// Do subscribers know it?
    pub is_known: bool,
}

/// What few articles have.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
struct Own {
    /// The id that subscribers know it by, where that is not its own.
    known_id: Option<Box<str>>,
    /// Where its author's id stands, if it is that.
    id_at: Option<Position>,
    aliases: Box<[Address]>,
    authors: Box<[Box<str>]>,
    tags: Box<[Box<str>]>,
    feeds: Option<ChosenFeeds>,
}

impl Card {
    pub(super) fn of(
        block: &Arc<Block>,
        number: usize,
        (article, rest): (&ArticleSketch<'_>, &Rest<'_>),
        filing: Arc<Filing>,
        now: DateTime<Utc>,
        promised: &Promised,
    ) -> Option<Card> {
        let published = article.published.time()?;
        let changes = rest.changes.iter().filter_map(|change| change.time());
        let changes = changes.filter(|change| *change <= now);
        let mut card = Card {
            block: Arc::clone(block),
            filing,
            own: Own::of(rest).map(Box::new),
            published,
            updated: changes.clone().fold(published, DateTime::max),
            key: article.key,
            number: u32::try_from(number).ok()?,
            rank: 0,
            changes: u16::try_from(changes.count()).unwrap_or(u16::MAX),
            access: article.access,
            is_held: false,
            is_known: false,
        };
        if !card.declares_id()
            && let Some(adopted) = promised.adopted.record(card.path(), card.permalink(), card.aliases())
        {
            card.give_id(&adopted.id);
        }
        Some(card)
    }

    /// Its edition.
    #[must_use]
    pub fn edition(&self) -> Option<&Language> {
        self.filing.edition.as_ref()
    }

    /// Its section.
    #[must_use]
    pub fn section(&self) -> Option<&Arc<str>> {
        self.filing.section.as_ref()
    }

    /// The number of its edition and section among those of the catalog.
    #[must_use]
    pub fn filing(&self) -> usize {
        self.filing.number
    }

    /// What tells it from what it was before, or will be.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let said = self.block.record(self.number as usize).map(|record| record.digest);
        let known_id = self.own.as_ref().and_then(|own| own.known_id.as_deref());
        let times = [self.published, self.updated].map(|time| (time, time.offset().local_minus_utc()));
        hash((said, known_id, self.declares_id(), times, self.changes, self.is_held))
    }

    /// The bytes of its path, for what compares very many.
    #[must_use]
    pub fn raw_path(&self) -> &[u8] {
        self.block.raw_path(self.number as usize)
    }

    /// The bytes of its id, likewise.
    #[must_use]
    pub fn raw_id(&self) -> &[u8] {
        self.known_id().map_or_else(|| self.block.raw_id(self.number as usize), str::as_bytes)
    }

    /// The bytes of its permalink, likewise.
    #[must_use]
    pub fn raw_permalink(&self) -> &[u8] {
        self.block.raw_permalink(self.number as usize)
    }

    /// Its source file.
    #[must_use]
    pub fn path(&self) -> &str {
        self.block.path(self.number as usize)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.known_id().unwrap_or_else(|| self.block.id(self.number as usize))
    }

    /// Its page.
    #[must_use]
    pub fn permalink(&self) -> &str {
        self.block.permalink(self.number as usize)
    }

    /// The address of its page.
    #[must_use]
    pub fn address(&self) -> Address {
        Address::known(self.permalink())
    }

    /// Where its page was before.
    #[must_use]
    pub fn aliases(&self) -> &[Address] {
        self.own.as_ref().map_or(&[], |own| &own.aliases)
    }

    /// Its pages, now and before.
    pub fn pages(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.permalink()).chain(self.aliases().iter().map(Address::as_str))
    }

    /// Its authors' names, where there are feeds by author.
    #[must_use]
    pub fn authors(&self) -> &[Box<str>] {
        self.own.as_ref().map_or(&[], |own| &own.authors)
    }

    /// Its tags, where there are feeds by tag.
    #[must_use]
    pub fn tags(&self) -> &[Box<str>] {
        self.own.as_ref().map_or(&[], |own| &own.tags)
    }

    /// The feeds that it goes into, where it is not for all of its own.
    #[must_use]
    pub fn feeds(&self) -> Option<&ChosenFeeds> {
        self.own.as_ref()?.feeds.as_ref()
    }

    /// The key that front matter names for its translations.
    #[must_use]
    pub fn declared_key(&self) -> Option<&str> {
        self.key.filter(|key| key.is_declared())?;
        self.block.rest(self.number as usize)?.translation
    }

    /// Is its id its author's?
    #[must_use]
    pub fn declares_id(&self) -> bool {
        self.id_at() != Position::START
    }

    /// Where its author's id stands in the source file; the start where there is none.
    #[must_use]
    pub fn id_at(&self) -> Position {
        self.own.as_ref().and_then(|own| own.id_at).unwrap_or(Position::START)
    }

    /// From now on it has this id, which is not its author's.
    pub fn give_id(&mut self, id: &str) {
        let known_id = (self.block.id(self.number as usize) != id).then(|| id.into());
        if known_id.is_some() || self.own.is_some() {
            let own = self.own.get_or_insert_default();
            (own.known_id, own.id_at) = (known_id, None);
        }
    }

    fn known_id(&self) -> Option<&str> {
        self.own.as_ref()?.known_id.as_deref()
    }
}

/// Two cards are the same if they say the same, wherever they were read.
impl PartialEq for Card {
    fn eq(&self, other: &Card) -> bool {
        let texts = |card: &Card| [card.path(), card.id(), card.permalink()].map(str::to_owned);
        let others = |card: &Card| (card.id_at(), card.access, card.is_held, card.changes, card.key);
        let lists = |card: &Card| [card.authors(), card.tags()].map(<[Box<str>]>::to_vec);
        texts(self) == texts(other)
            && others(self) == others(other)
            && (self.edition(), self.section()) == (other.edition(), other.section())
            && (lists(self), self.aliases(), self.feeds()) == (lists(other), other.aliases(), other.feeds())
            && (self.published, self.updated) == (other.published, other.updated)
    }
}

impl Own {
    /// `None` where there is nothing of it.
    fn of(rest: &Rest<'_>) -> Option<Own> {
        let names = |names: &[&str]| names.iter().map(|name| Box::from(*name)).collect();
        let feeds = rest.feeds.as_ref().map(|feeds| ChosenFeeds {
            names: feeds.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect(),
        });
        let own = Own {
            known_id: None,
            id_at: rest.id_at,
            aliases: rest.aliases.iter().map(|alias| Address::known(alias)).collect(),
            authors: names(&rest.authors),
            tags: names(&rest.tags),
            feeds,
        };
        (own != Own::default()).then_some(own)
    }
}
