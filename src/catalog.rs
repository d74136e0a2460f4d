//! A card for every article: who is due now, unique ids and permalinks, translations, one order.
//!
//! Of a million articles only the cards stand in memory. The few that a feed will show are read
//! again, whole, when they are rendered.

use crate::address::Address;
use crate::article::{self, Article, KeptBack, Outcome, decode, place};
use crate::diagnostic::{Code, Diagnostic, Location, Position, nearest};
use crate::identity::entry_id;
use crate::language::Language;
use crate::newsroom::{Extent, HEAD_BYTES, Listing, Newsroom};
use crate::settings::{Grouping, Settings};
use chrono::{DateTime, FixedOffset, Utc};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// What is kept of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its source file.
    pub path: String,
    /// Its id.
    pub id: String,
    /// Where its id stands in the source file.
    pub id_at: Position,
    /// Its page.
    pub permalink: Address,
    /// Its edition.
    pub edition: Option<Language>,
    /// Its section.
    pub section: Option<String>,
    /// First publication.
    pub published: DateTime<FixedOffset>,
    /// Last declared change.
    pub updated: DateTime<FixedOffset>,
    /// The key that it shares with its translations.
    pub translation: Option<String>,
    /// Its authors' names, where there are feeds by author.
    pub authors: Vec<String>,
    /// Its tags, where there are feeds by tag.
    pub tags: Vec<String>,
}

/// The articles that are due, newest first.
#[derive(Debug, Default)]
pub struct Catalog {
    /// Newest first; what was published at one instant is ordered by id, of one id the older path last.
    pub cards: Vec<Card>,
    /// All editions: the settings' in their order, then the others by their tag.
    pub editions: Vec<Language>,
    /// All sections: the settings' in their order, then the others by their name.
    pub sections: Vec<String>,
    /// How many files became what.
    pub counts: Counts,
    /// When the next embargo ends.
    pub next_due: Option<DateTime<Utc>>,
    by_path: Vec<usize>,
    translations: BTreeMap<String, Vec<usize>>,
}

/// How many files became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the feeds, or in them until newer ones came.
    pub due: usize,
    /// Drafts.
    pub drafts: usize,
    /// Dated later than now.
    pub embargoed: usize,
    /// Past their `expires`.
    pub expired: usize,
    /// Taken back.
    pub withdrawn: usize,
    /// Kept out of the feeds by `feeds: false` and the like.
    pub not_for_feeds: usize,
    /// Left out because of a fault.
    pub faulty: usize,
}

impl Counts {
    /// All articles that were found.
    #[must_use]
    pub fn total(&self) -> usize {
        self.due
            + self.drafts
            + self.embargoed
            + self.expired
            + self.withdrawn
            + self.not_for_feeds
            + self.faulty
    }
}

/// How many files are read before their cards are filed.
const PORTION: usize = 4096;

/// What one source file contributes.
enum Contribution {
    Due(Box<Card>),
    Embargoed(DateTime<Utc>),
    Expired,
    Kept(KeptBack),
    Faulty,
}

impl Catalog {
    /// Reads the front matter of every article and decides which are due.
    pub fn gather(
        newsroom: &dyn Newsroom,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> (Catalog, Vec<Diagnostic>) {
        let Listing { mut paths, faults: mut diagnostics } = newsroom.list();
        paths.retain(|path| place::is_article(path));
        paths.sort_unstable();
        let mut catalog = Catalog { cards: Vec::with_capacity(paths.len()), ..Catalog::default() };
        // In portions, or every card would for a moment stand in memory twice.
        for portion in paths.chunks(PORTION) {
            let contributions: Vec<_> =
                portion.par_iter().map(|path| contribution(path, newsroom, settings, now)).collect();
            for (contribution, found) in contributions {
                diagnostics.extend(found);
                catalog.take(contribution);
            }
        }
        drop(paths);
        catalog.order();
        diagnostics.extend(catalog.drop_duplicates());
        catalog.link(&mut diagnostics);
        catalog.name_parts(settings, &mut diagnostics);
        (catalog, diagnostics)
    }

    fn take(&mut self, contribution: Contribution) {
        let counts = &mut self.counts;
        match contribution {
            Contribution::Due(card) => {
                counts.due += 1;
                self.cards.push(*card);
            }
            Contribution::Embargoed(until) => {
                counts.embargoed += 1;
                self.next_due = Some(self.next_due.map_or(until, |next| next.min(until)));
            }
            Contribution::Expired => counts.expired += 1,
            Contribution::Kept(KeptBack::Draft) => counts.drafts += 1,
            Contribution::Kept(KeptBack::Withdrawn) => counts.withdrawn += 1,
            Contribution::Kept(KeptBack::NoFeeds) => counts.not_for_feeds += 1,
            Contribution::Faulty => counts.faulty += 1,
        }
    }

    fn order(&mut self) {
        self.cards.sort_unstable_by(|a, b| {
            b.published.cmp(&a.published).then_with(|| a.id.cmp(&b.id)).then_with(|| b.path.cmp(&a.path))
        });
    }

    /// Of articles with one id or one permalink the oldest stays.
    fn drop_duplicates(&mut self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut stays = vec![true; self.cards.len()];
        let mut by_id: HashMap<&str, &Card> = HashMap::new();
        let mut by_permalink: HashMap<&Address, &Card> = HashMap::new();
        for (index, card) in self.cards.iter().enumerate().rev() {
            let location = Location::new(&card.path, card.id_at);
            let duplicate = if let Some(older) = by_id.get(card.id.as_str()) {
                let fault =
                    Diagnostic::new(Code::DuplicateId, location, format!("id `{}` is already used", card.id));
                Some((fault.help("give one of the two an `id` or a `slug` of its own"), *older))
            } else if let Some(older) = by_permalink.get(&card.permalink) {
                let message = format!("permalink `{}` is already used", card.permalink);
                let fault = Diagnostic::new(Code::DuplicatePermalink, location, message);
                Some((fault.help("give one of the two a `slug` or a `url` of its own"), *older))
            } else {
                None
            };
            match duplicate {
                Some((fault, older)) => {
                    diagnostics.push(
                        fault.related(
                            "the older one, which stays, is",
                            Location::new(&older.path, older.id_at),
                        ),
                    );
                    stays[index] = false;
                }
                None => {
                    by_id.insert(&card.id, card);
                    by_permalink.insert(&card.permalink, card);
                }
            }
        }
        let mut stay = stays.into_iter();
        self.cards.retain(|_| stay.next().unwrap_or(true));
        self.counts.due -= diagnostics.len();
        self.counts.faulty += diagnostics.len();
        diagnostics
    }

    fn link(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        self.by_path = (0..self.cards.len()).collect();
        self.by_path.sort_unstable_by(|&a, &b| self.cards[a].path.cmp(&self.cards[b].path));
        // Oldest first, so that of two in one edition the older one is the translation.
        for (index, card) in self.cards.iter().enumerate().rev() {
            let Some(key) = &card.translation else { continue };
            let group = self.translations.entry(key.clone()).or_default();
            match group.iter().map(|&other| &self.cards[other]).find(|other| other.edition == card.edition) {
                Some(older) => {
                    let location = Location::new(&card.path, Position::START);
                    let message = format!("translation `{key}` already stands in this edition");
                    let fault = Diagnostic::new(Code::DuplicateTranslation, location, message).related(
                        "the older one, which is linked, is",
                        Location::new(&older.path, Position::START),
                    );
                    diagnostics
                        .push(fault.help("give each article of an edition a translation key of its own"));
                }
                None => group.push(index),
            }
        }
    }

    /// Finds all editions and sections, and says which of them the settings may have meant otherwise.
    fn name_parts(&mut self, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
        let mut editions: BTreeMap<&Language, Vec<&str>> = BTreeMap::new();
        let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for &index in &self.by_path {
            let card = &self.cards[index];
            card.edition.iter().for_each(|edition| editions.entry(edition).or_default().push(&card.path));
            card.section.iter().for_each(|section| sections.entry(section).or_default().push(&card.path));
        }
        editions.retain(|edition, _| settings.edition(edition).is_none());
        sections.retain(|section, _| settings.section(section).is_none());
        if !settings.editions.is_empty() {
            for (edition, paths) in &editions {
                let message = format!("the settings name no edition `{edition}`{}", and_others(paths));
                let fault =
                    Diagnostic::new(Code::UnknownEdition, Location::new(paths[0], Position::START), message);
                diagnostics.push(
                    fault.help(format!(
                        "add `[editions.{edition}]`, or mend the article's `language` or folder"
                    )),
                );
            }
        }
        for (section, paths) in &sections {
            let Some(near) = nearest(section, settings.sections.iter().map(|known| known.name.as_str()))
            else {
                continue;
            };
            let message = format!("the settings name no section `{section}`{}", and_others(paths));
            let fault =
                Diagnostic::new(Code::UnknownSection, Location::new(paths[0], Position::START), message);
            diagnostics.push(fault.help(format!("did you mean `{near}`?")));
        }
        let declared = settings.editions.iter().map(|edition| edition.language.clone());
        let found = editions.into_keys().cloned();
        let all_editions = declared.chain(found).collect();
        let declared = settings.sections.iter().map(|section| section.name.clone());
        let found = sections.into_keys().map(str::to_owned);
        let all_sections = declared.chain(found).collect();
        (self.editions, self.sections) = (all_editions, all_sections);
    }

    /// The article of a source file.
    #[must_use]
    pub fn at_path(&self, path: &str) -> Option<&Card> {
        let found = self.by_path.binary_search_by(|&index| self.cards[index].path.as_str().cmp(path)).ok()?;
        Some(&self.cards[self.by_path[found]])
    }

    /// The same article in other editions, in the order of the editions. Indices into `cards`.
    #[must_use]
    pub fn translations(&self, card: &Card) -> Vec<usize> {
        let group = card.translation.as_ref().and_then(|key| self.translations.get(key));
        let mut others: Vec<usize> = group
            .into_iter()
            .flatten()
            .copied()
            .filter(|&other| self.cards[other].edition != card.edition)
            .collect();
        let rank = |index: &usize| {
            let edition = self.cards[*index].edition.as_ref();
            self.editions.iter().position(|known| Some(known) == edition)
        };
        others.sort_by_key(rank);
        others
    }
}

fn and_others(paths: &[&str]) -> String {
    if paths.len() > 1 { format!(", which {} articles have", paths.len()) } else { String::new() }
}

fn contribution(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
    now: DateTime<Utc>,
) -> (Contribution, Vec<Diagnostic>) {
    match interpreted(path, newsroom, settings) {
        Ok((outcome, diagnostics)) => (judge(path, outcome, settings, now), diagnostics),
        Err(diagnostics) => (Contribution::Faulty, diagnostics),
    }
}

fn judge(path: &str, outcome: Outcome, settings: &Settings, now: DateTime<Utc>) -> Contribution {
    match outcome {
        Outcome::Kept(reason) => Contribution::Kept(reason),
        Outcome::Faulty => Contribution::Faulty,
        Outcome::Article(article) if article.published > now => {
            Contribution::Embargoed(article.published.to_utc())
        }
        Outcome::Article(article) if article.expires.is_some_and(|expires| expires <= now) => {
            Contribution::Expired
        }
        Outcome::Article(article) => Contribution::Due(Box::new(card(path, *article, settings, now))),
    }
}

/// Reads as much of a file as its front matter needs.
fn interpreted(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
) -> Result<(Outcome, Vec<Diagnostic>), Vec<Diagnostic>> {
    let one = |fault| vec![fault];
    let head = article::bytes(path, newsroom, Extent::Head).map_err(one)?;
    let is_cut = head.len() >= HEAD_BYTES;
    let mut decoded = decode::decode(path, article::header_bytes(&head, is_cut), is_cut).map_err(one)?;
    let mut source = article::read(path, &decoded.text);
    if is_cut && source.is_err() {
        drop(source);
        let whole = article::bytes(path, newsroom, Extent::Whole).map_err(one)?;
        decoded = decode::decode(path, article::header_bytes(&whole, false), false).map_err(one)?;
        source = article::read(path, &decoded.text);
    }
    let source = source?;
    let (outcome, mut diagnostics) = article::interpret(path, &source, settings);
    diagnostics.extend(decoded.removed.map(|removed| article::illegal_character(path, removed)));
    Ok((outcome, diagnostics))
}

fn card(path: &str, article: Article, settings: &Settings, now: DateTime<Utc>) -> Card {
    let wanted = |part: fn(&Grouping) -> bool| settings.feeds.by.iter().any(part);
    Card {
        id: entry_id(&article, &settings.site),
        updated: article.updated_at(now),
        id_at: article.id.as_ref().map_or(Position::START, |(_, at)| *at),
        path: path.to_owned(),
        permalink: article.permalink,
        edition: article.edition,
        section: article.section,
        published: article.published,
        translation: article.translation,
        authors: if wanted(|row| row.author) {
            article.authors.into_iter().map(|author| author.name).collect()
        } else {
            Vec::new()
        },
        tags: if wanted(|row| row.tag) { article.tags } else { Vec::new() },
    }
}
