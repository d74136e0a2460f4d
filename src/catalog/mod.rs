//! A card for every article: who is due now, unique ids and permalinks, translations, one order.
//!
//! Of a million articles only the cards stand in memory. The few that a feed will show are read
//! again, whole, when they are rendered.

mod card;
mod filed;
mod filing;
mod held;
mod keeping;
mod locate;
mod lost;
mod misplaced;
mod order;
mod parts;
mod promised;
mod reading;
mod recall;
mod recognise;
mod sections;
mod sources;
mod strangers;
mod translations;

pub use card::Card;
pub use keeping::Standing;
pub use promised::{Promised, after};
pub use reading::{Reading, told_held};

use filed::Filed;
use filing::Filing;
use keeping::Fate;
use sections::SectionTitles;
use sources::sources;
use translations::Translations;

use crate::article::bare_name;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::index::Index;
use crate::index::block::Block;
use crate::index::memo::SourcesMemo;
use crate::index::portion::{Compared, work};
use crate::index::text::Key;
use crate::language::Language;
use crate::ledger::{EntryRecord, Ledger};
use crate::newsroom::{Listing, Newsroom};
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// The articles that are due, newest first.
#[derive(Debug, Default)]
pub struct Catalog {
    /// Newest first; what was published at one instant is ordered by id.
    pub cards: Vec<Card>,
    /// All editions: the settings' in their order, then the others by their tag.
    pub editions: Vec<Language>,
    /// All sections: the settings' in their order, then the others by their name.
    pub sections: Vec<Arc<str>>,
    /// How many files became what.
    pub counts: Counts,
    /// Is there no file at all that could be an article, although everything could be listed?
    pub is_deserted: bool,
    /// When the feeds change next by the clock alone: an embargo ends, or an article expires or is
    /// taken back.
    pub next_due: Option<DateTime<Utc>>,
    /// What was promised of the articles.
    pub promised: Promised,
    /// What became of the entries that subscribers know and that are no articles now.
    pub standing: Standing,
    /// What was put aside of articles that feeds show again, by their ids.
    pub recalled: BTreeMap<String, EntryRecord>,
    /// What the source files say, in the order of their paths.
    pub blocks: Vec<Arc<Block>>,
    /// What the names of the files say of these together.
    pub sources: SourcesMemo,
    by_path: Vec<u32>,
    /// By the name of their file; sought by few articles, so it is made when the first of them asks.
    by_name: OnceLock<Vec<u32>>,
    filings: Vec<Arc<Filing>>,
    translations: Translations,
    section_titles: SectionTitles,
}

/// How many files became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
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
    /// Those of other files as well.
    fn add(&mut self, other: Counts) {
        self.due += other.due;
        self.drafts += other.drafts;
        self.embargoed += other.embargoed;
        self.expired += other.expired;
        self.withdrawn += other.withdrawn;
        self.not_for_feeds += other.not_for_feeds;
        self.faulty += other.faulty;
    }

    /// So many that were due cannot be shown after all.
    pub fn lose(&mut self, count: usize) {
        self.due -= count;
        self.faulty += count;
    }

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

/// What was met while the cards were filed.
#[derive(Default)]
struct Met {
    /// The keys of articles that are not published now.
    waiting: HashSet<Key>,
    /// What became of the files that stood in feeds, by their paths.
    fates: HashMap<String, Fate>,
    /// The cards of articles that subscribers know, by their number.
    known: Vec<usize>,
    /// The cards of articles that may be known ones, by their number.
    unclear: BTreeSet<usize>,
    /// Files of which nobody knows anything, and that cannot be read as articles.
    misplaced: Vec<String>,
}

/// Have any two cards the same id or permalink? It may seem so where none have.
#[derive(Clone, Copy)]
struct Repeated {
    ids: bool,
    permalinks: bool,
}

/// How many portions are read before their cards are filed.
const PORTIONS: usize = 24;

impl Catalog {
    /// Reads the front matter of every article and decides which are due.
    pub fn gather(
        newsroom: &dyn Newsroom,
        settings: &Settings,
        ledger: &Ledger,
        index: &Index,
        now: DateTime<Utc>,
    ) -> (Catalog, Vec<Diagnostic>) {
        Catalog::gather_listed(newsroom.list(), newsroom, settings, ledger, index, now)
    }

    /// The same of what is listed already.
    pub fn gather_listed(
        mut listing: Listing,
        newsroom: &dyn Newsroom,
        settings: &Settings,
        ledger: &Ledger,
        index: &Index,
        now: DateTime<Utc>,
    ) -> (Catalog, Vec<Diagnostic>) {
        let mut files = std::mem::take(&mut listing.files);
        let mut diagnostics = std::mem::take(&mut listing.faults);
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let compared = Compared::with(&files, index.blocks(settings));
        let (articles, sources) = match compared.known_names() {
            Some(articles) => (articles, index.memo.sources.clone()),
            None => sources(&files, settings),
        };
        diagnostics.extend(sources.told.iter().cloned());
        let (section_titles, found) = SectionTitles::read(&sources.section_pages, newsroom, settings);
        diagnostics.extend(found);
        let promised = Promised::among(ledger, &files, &articles);
        let reading = Reading { newsroom, settings, now };
        let count = articles.iter().filter(|is_article| **is_article).count();
        let mut work = work(files, &articles, compared);
        let cards = Vec::with_capacity(count);
        let is_deserted = count == 0 && listing.unlisted.is_empty();
        let mut catalog = Catalog { cards, sources, section_titles, is_deserted, ..Catalog::default() };
        let mut met = Met::default();
        // So many at a time, or every card would for a moment stand in memory twice.
        while !work.is_empty() {
            let portions = work.drain(..work.len().min(PORTIONS)).collect::<Vec<_>>().into_par_iter();
            let read: Vec<_> = portions.map(|portion| reading.portion(portion, &promised)).collect();
            for (block, mut filed) in read {
                diagnostics.append(&mut filed.diagnostics);
                catalog.take(filed, &mut met);
                catalog.blocks.push(block);
            }
        }
        catalog.promised = promised;
        diagnostics.extend(catalog.keep_promises(ledger, &listing, &mut met, reading));
        catalog.filings = filing::share(&mut catalog.cards);
        order::rank(&mut catalog.cards);
        // Texts are looked through while the cards are in the order in which these lie in memory.
        let repeated = Repeated {
            ids: order::is_any_repeated(&catalog.cards, Card::raw_id),
            permalinks: order::is_any_repeated(&catalog.cards, Card::raw_permalink),
        };
        catalog.order();
        diagnostics.extend(catalog.drop_duplicates(repeated));
        diagnostics.extend(catalog.link(&met.waiting, settings));
        diagnostics.extend(catalog.check_aliases());
        diagnostics.extend(lost::lost_ids(&catalog.promised.adopted, &catalog.cards));
        catalog.name_parts(settings, &mut diagnostics);
        locate::locate(&mut diagnostics, newsroom, settings);
        diagnostics.sort();
        (catalog, diagnostics)
    }

    /// Takes what files contribute.
    fn take(&mut self, filed: Filed, met: &mut Met) {
        let before = self.cards.len();
        self.cards.extend(filed.cards);
        self.counts.add(filed.counts);
        self.next_due = [self.next_due, filed.next_due].into_iter().flatten().min();
        met.waiting.extend(filed.waiting);
        met.fates.extend(filed.fates);
        met.known.extend(filed.known.iter().map(|number| before + number));
        met.misplaced.extend(filed.misplaced);
    }

    /// Puts the newest first.
    fn order(&mut self) {
        self.cards = order::newest_first(std::mem::take(&mut self.cards));
    }

    /// Of articles with one id or one permalink the oldest stays.
    fn drop_duplicates(&mut self, repeated: Repeated) -> Vec<Diagnostic> {
        let mut diagnostics = self.drop_repeated(repeated.ids, Card::raw_id, |card, _| {
            let message = format!("id `{}` is already used", card.id());
            Diagnostic::new(Code::DuplicateId, Location::new(card.path(), card.id_at()), message)
                .help("give one of the two an `id` or a `slug` of its own")
        });
        diagnostics.extend(self.drop_repeated(repeated.permalinks, Card::raw_permalink, |card, older| {
            let message = format!("permalink `{}` is already used", card.permalink());
            let help = match card.edition() == older.edition() {
                true => "give one of the two a `slug` or a `url` of its own",
                false => {
                    "write `{edition}` into `site.permalink`, so that every edition has pages of its own"
                }
            };
            Diagnostic::new(Code::DuplicatePermalink, Location::new(card.path(), Position::START), message)
                .help(help)
        }));
        diagnostics
    }

    /// Drops the cards that have the same key as an older one.
    fn drop_repeated(
        &mut self,
        is_any_repeated: bool,
        key: fn(&Card) -> &[u8],
        fault: fn(&Card, &Card) -> Diagnostic,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if !is_any_repeated {
            return diagnostics;
        }
        let mut oldest: HashMap<&[u8], usize> = HashMap::with_capacity(self.cards.len());
        let mut stays = vec![true; self.cards.len()];
        // An article that was published with an id, or whose id was adopted, has it whatever its date.
        let age = |index: usize| {
            let card = &self.cards[index];
            let adopted = self.promised.adopted.record(card.path(), card.permalink(), card.aliases());
            let is_new = self.promised.of(card.path()).is_none();
            (is_new, adopted.is_none_or(|adopted| adopted.id != card.id()), card.published, card.path())
        };
        for index in 0..self.cards.len() {
            let known = *oldest.entry(key(&self.cards[index])).or_insert(index);
            if known == index {
                continue;
            }
            let (older, newer) = if age(known) < age(index) { (known, index) } else { (index, known) };
            oldest.insert(key(&self.cards[index]), older);
            stays[newer] = false;
            let (older, newer) = (&self.cards[older], &self.cards[newer]);
            let fault = fault(newer, older);
            let at = if fault.code == Code::DuplicateId { older.id_at() } else { Position::START };
            let place = Location::new(older.path(), at);
            diagnostics.push(fault.related("the older one, which stays, is", place));
        }
        let mut stays = stays.into_iter();
        self.cards.retain(|_| stays.next().unwrap_or(true));
        self.counts.lose(diagnostics.len());
        diagnostics
    }

    /// Makes the articles ready to be looked up, once they have their order.
    fn index(&mut self) -> Vec<Diagnostic> {
        self.by_path = order::by_path(&self.cards);
        let (translations, diagnostics) = Translations::link(&self.cards);
        self.translations = translations;
        self.by_name = OnceLock::new();
        diagnostics
    }

    fn link(&mut self, waiting: &HashSet<Key>, settings: &Settings) -> Vec<Diagnostic> {
        let mut diagnostics = self.index();
        let first = self.cards.first().and_then(Card::edition);
        if self.cards.iter().any(|card| card.edition() != first) {
            diagnostics.extend(self.translations.one_sided(&self.cards, waiting, settings));
        }
        diagnostics
    }

    /// An alias that is the permalink of another article would lead readers away from it.
    fn check_aliases(&self) -> Vec<Diagnostic> {
        let aliases: BTreeMap<&str, &Card> = self
            .cards
            .iter()
            .flat_map(|card| card.aliases().iter().map(move |alias| (alias.as_str(), card)))
            .filter(|(alias, card)| *alias != card.permalink())
            .collect();
        if aliases.is_empty() {
            return Vec::new();
        }
        let taken = self.cards.iter().filter_map(|card| Some((card, *aliases.get(card.permalink())?)));
        taken
            .map(|(card, other)| {
                let message = format!("the alias `{}` is the permalink of another article", card.permalink());
                Diagnostic::new(Code::TakenAlias, Location::new(other.path(), Position::START), message)
                    .related("which is", Location::new(card.path(), Position::START))
                    .help("delete the alias, or give the other article a `slug` or a `url` of its own")
            })
            .collect()
    }

    /// All editions and sections, and what readers call these: whoever compares it knows whether one is another.
    #[must_use]
    pub fn names(&self) -> String {
        format!("{:?} {:?} {:?}", self.editions, self.sections, self.section_titles)
    }

    /// Is there a file of this name among those that were listed?
    #[must_use]
    pub fn is_listed(&self, path: &str) -> bool {
        let after = self.blocks.partition_point(|block| block.path(0) <= path);
        let block = after.checked_sub(1).and_then(|before| self.blocks.get(before));
        block.is_some_and(|block| block.position(path).is_some())
    }

    /// The article of a source file.
    #[must_use]
    pub fn at_path(&self, path: &str) -> Option<&Card> {
        let found = self
            .by_path
            .binary_search_by(|&index| self.cards[index as usize].raw_path().cmp(path.as_bytes()))
            .ok()?;
        Some(&self.cards[self.by_path[found] as usize])
    }

    /// The articles from this path on, in the order of their paths.
    pub fn from_path(&self, path: &str) -> impl Iterator<Item = &Card> {
        let start =
            self.by_path.partition_point(|&index| self.cards[index as usize].raw_path() < path.as_bytes());
        self.by_path[start..].iter().map(|&index| &self.cards[index as usize])
    }

    /// The articles whose file has this name, without its date, its language and its type; a bundle
    /// has the name of its folder. In the order of their paths.
    pub fn with_name(&self, name: &str) -> impl Iterator<Item = &Card> {
        let name_of = |index: u32| bare_name(self.cards[index as usize].path());
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name = self.by_path.clone();
            by_name.sort_by_key(|&index| name_of(index));
            by_name
        });
        let start = by_name.partition_point(|&index| name_of(index) < name);
        let found = by_name[start..].iter().map(|&index| &self.cards[index as usize]);
        found.take_while(move |card| bare_name(card.path()) == name)
    }

    /// The same article in other editions, in the order of the editions. Indices into `cards`.
    #[must_use]
    pub fn translations(&self, card: &Card) -> Vec<usize> {
        let Some(key) = card.key else { return Vec::new() };
        let group = self.translations.with_key(key, &self.cards);
        let mut others: Vec<usize> =
            group.filter(|&other| self.cards[other].edition() != card.edition()).collect();
        let rank = |index: &usize| {
            let edition = self.cards[*index].edition();
            self.editions.iter().position(|known| Some(known) == edition)
        };
        others.sort_by_key(rank);
        others
    }

    /// What readers of a language call a section.
    #[must_use]
    pub fn section_title<'a>(
        &'a self,
        name: &'a str,
        language: Option<&Language>,
        settings: &'a Settings,
    ) -> &'a str {
        self.section_titles.title(name, language, settings)
    }
}
