//! Which feeds there are, which articles each holds, and where each lies.

mod chosen;
mod deal;
mod exceptions;
mod present;
pub mod whereabouts;

use crate::catalog::{Card, Catalog};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::language::Language;
use crate::ledger::Ledger;
use crate::name::path_part;
use crate::settings::{Choices, Exception, FeedSettings, Grouping, MembersExtent, Settings};
use crate::topic::Topic;
use chosen::chosen;
use deal::{Deal, Dealt};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What tells a feed apart from the others. All parts empty: the feed of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeedKey {
    /// One edition only.
    pub edition: Option<Language>,
    /// One section only.
    pub section: Option<Arc<str>>,
    /// One author only.
    pub author: Option<Topic>,
    /// One tag only.
    pub tag: Option<Topic>,
}

/// A feed and its articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlannedFeed {
    /// What it is the feed of.
    pub key: FeedKey,
    /// Its author and its tag as the newest article spells them.
    pub spelled: Spelled,
    /// What it holds.
    pub choices: Choices,
    /// Its articles, newest first: indices into the catalog's cards.
    pub articles: Vec<usize>,
    /// The articles that subscribers know and for which newer ones left no room.
    pub pushed_out: Vec<usize>,
    /// All that belong to it, newest first, where it has an archive: indices into the catalog's cards.
    pub history: Vec<u32>,
    /// How many of its articles, from the newest on, may not be left out: some stand in no document.
    pub indispensable: usize,
    /// How many documents its archive has.
    pub documents: usize,
    /// How many of its articles stand in these.
    pub archived: usize,
}

/// An author and a tag as an article spells them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelled {
    /// The author.
    pub author: Option<String>,
    /// The tag.
    pub tag: Option<String>,
}

/// All feeds of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Everything first, then by edition, section, author, tag.
    pub feeds: Vec<PlannedFeed>,
}

impl Plan {
    /// The articles that some feed holds: indices into the catalog's cards.
    #[must_use]
    pub fn articles(&self) -> BTreeSet<usize> {
        let articles = || self.feeds.iter().flat_map(|feed| &feed.articles);
        // Of many feeds most articles stand in several.
        let mut is_held = vec![false; articles().max().map_or(0, |last| last + 1)];
        articles().for_each(|&index| is_held[index] = true);
        is_held.iter().enumerate().filter(|(_, is_held)| **is_held).map(|(index, _)| index).collect()
    }
}

/// Plans the feeds of the settings' grid. Editions and sections that the settings name have their
/// feeds even while these are empty, and so has everything that had one before.
#[must_use]
pub fn plan(catalog: &Catalog, settings: &Settings, ledger: &Ledger) -> (Plan, Vec<Diagnostic>) {
    let known: Vec<_> = ledger.feeds().filter_map(|feed| feed.key()).collect();
    let mut unmet = Vec::new();
    let own = |card: &Card| settings.feeds.by.iter().flat_map(|row| keys(*row, card, settings)).collect();
    let chosen: BTreeMap<usize, Vec<(FeedKey, Spelled)>> = catalog
        .cards
        .iter()
        .enumerate()
        .filter(|(_, card)| card.feeds().is_some())
        .map(|(index, card)| (index, chosen(card, own(card), settings, &mut unmet)))
        .collect();
    // No feed is in two rows of the grid.
    let rows: Vec<Vec<PlannedFeed>> = settings
        .feeds
        .by
        .par_iter()
        .map(|&row| {
            let mut deal = Deal::new(settings, row);
            for key in declared(row, settings) {
                deal.open(key, Spelled::default());
            }
            for (key, spelled) in known.iter().filter(|(key, _)| key.row() == row) {
                deal.open(key.clone(), spelled.clone());
            }
            for (index, card) in catalog.cards.iter().enumerate() {
                let article = Dealt { index, card };
                match card.feeds().and_then(|_| chosen.get(&index)) {
                    None => deal.give_to_all(article),
                    Some(own) => own
                        .iter()
                        .filter(|(key, _)| key.row() == row)
                        .for_each(|(key, spelled)| deal.give(article, key.clone(), spelled)),
                }
            }
            deal.end()
        })
        .collect();
    let mut feeds = in_order(rows.into_iter().flatten().collect(), catalog);
    let mut diagnostics = drop_clashes(&mut feeds, settings);
    diagnostics.extend(exceptions::diagnose(&feeds, settings));
    diagnostics.extend(chosen::diagnose(unmet, feeds.iter().map(|feed| &feed.key)));
    (Plan { feeds }, diagnostics)
}

/// Everything first, then by edition and by section in their order, then by author and by tag.
fn in_order(feeds: Vec<PlannedFeed>, catalog: &Catalog) -> Vec<PlannedFeed> {
    let editions: HashMap<&Language, usize> = catalog.editions.iter().zip(0..).collect();
    let sections: HashMap<&str, usize> = catalog.sections.iter().map(|section| &**section).zip(0..).collect();
    let place = |key: &FeedKey| {
        let edition = key.edition.as_ref().and_then(|edition| editions.get(edition));
        let section = key.section.as_deref().and_then(|section| sections.get(section));
        (edition.copied(), section.copied())
    };
    let mut placed: Vec<_> = feeds.into_iter().map(|feed| (place(&feed.key), feed)).collect();
    placed
        .sort_unstable_by(|(a_place, a), (b_place, b)| a_place.cmp(b_place).then_with(|| a.key.cmp(&b.key)));
    placed.into_iter().map(|(_, feed)| feed).collect()
}

/// The feeds of one row that exist because the settings name their parts.
fn declared(row: Grouping, settings: &Settings) -> Vec<FeedKey> {
    if row.author || row.tag {
        return Vec::new();
    }
    let editions = settings.editions.iter().map(|edition| Some(edition.language.clone()));
    let editions: Vec<_> = if row.edition { editions.collect() } else { vec![None] };
    let sections = settings.sections.iter().map(|section| Some(Arc::from(section.name.as_str())));
    let sections: Vec<_> = if row.section { sections.collect() } else { vec![None] };
    let key = |edition: &Option<Language>, section: &Option<Arc<str>>| FeedKey {
        edition: edition.clone(),
        section: section.clone(),
        ..FeedKey::default()
    };
    editions.iter().flat_map(|edition| sections.iter().map(move |section| key(edition, section))).collect()
}

/// The feeds of one row that an article belongs to, with the spelling of its author and tag.
fn keys(row: Grouping, card: &Card, settings: &Settings) -> Vec<(FeedKey, Spelled)> {
    if (row.edition && card.edition().is_none()) || (row.section && card.section().is_none()) {
        return Vec::new();
    }
    let base = FeedKey {
        edition: card.edition().filter(|_| row.edition).cloned(),
        section: card.section().filter(|_| row.section).cloned(),
        ..FeedKey::default()
    };
    let authors = parts(row.author, card.authors(), Topic::of);
    let tags = parts(row.tag, card.tags(), |tag| settings.tags.called(tag));
    let mut keys: BTreeMap<FeedKey, Spelled> = BTreeMap::new();
    for author in &authors {
        for tag in &tags {
            let topic = |part: &Part| part.as_ref().map(|(topic, _)| topic.clone());
            let spelling = |part: &Part| part.as_ref().map(|(_, spelling)| spelling.clone());
            let key = FeedKey { author: topic(author), tag: topic(tag), ..base.clone() };
            let spelled = Spelled { author: spelling(author), tag: spelling(tag) };
            keys.entry(key).or_insert(spelled);
        }
    }
    keys.into_iter().collect()
}

/// An author or a tag with its spelling; none, where feeds are not told apart by it.
type Part = Option<(Topic, String)>;

fn parts(is_wanted: bool, names: &[Box<str>], topic: impl Fn(&str) -> Topic) -> Vec<Part> {
    match is_wanted {
        true => names.iter().map(|name| Some((topic(name), name.to_string()))).collect(),
        false => vec![None],
    }
}

/// Two feeds cannot lie in one place; that of an edition stays, for it holds more than a section.
fn drop_clashes(feeds: &mut Vec<PlannedFeed>, settings: &Settings) -> Vec<Diagnostic> {
    let place = |feed: &PlannedFeed| feed.key.path(&settings.feeds, "*");
    let mut by_weight: Vec<&PlannedFeed> = feeds.iter().collect();
    by_weight.sort_by_key(|feed| feed.key.section.is_some());
    let mut taken = BTreeSet::new();
    let losers: BTreeSet<FeedKey> = by_weight
        .into_iter()
        .filter(|feed| !taken.insert(place(feed).to_lowercase()))
        .map(|feed| feed.key.clone())
        .collect();
    let diagnose = |feed: &PlannedFeed| {
        let location = Location::new(&settings.source, Position::START);
        Diagnostic::new(Code::DuplicatePath, location, format!("two feeds would lie at `{}`", place(feed)))
            .help("give each its own place with `feeds.path`, or rename the section")
    };
    let diagnostics = feeds.iter().filter(|feed| losers.contains(&feed.key)).map(diagnose).collect();
    feeds.retain(|feed| !losers.contains(&feed.key));
    diagnostics
}

impl PlannedFeed {
    /// A feed without articles.
    #[must_use]
    pub fn empty(key: FeedKey, spelled: Spelled, settings: &FeedSettings) -> PlannedFeed {
        let fitting = settings.exceptions.iter().filter(|exception| key.fits(exception));
        let choices =
            fitting.fold(settings.choices.clone(), |choices, exception| choices.with(&exception.given));
        PlannedFeed { key, spelled, choices, ..PlannedFeed::default() }
    }

    /// May everybody know of it? Whoever reads a list of feeds need not know where members read.
    #[must_use]
    pub fn is_listed(&self, settings: &Settings) -> bool {
        self.choices.members != MembersExtent::Full || settings.feeds.choices.members == MembersExtent::Full
    }

    /// Where its files lie under the output directory, in the order of the formats.
    pub fn paths(&self, settings: &Settings) -> impl Iterator<Item = String> {
        let feeds = &settings.feeds;
        feeds.formats.iter().map(|format| self.key.path(feeds, format.file_name()))
    }
}

impl FeedKey {
    /// Has it all the parts that the exception names?
    fn fits(&self, exception: &Exception) -> bool {
        let is = |topic: &Option<Topic>, wanted: &Option<String>| {
            wanted.as_deref().is_none_or(|wanted| *topic == Some(Topic::of(wanted)))
        };
        (exception.edition.is_none() || exception.edition == self.edition)
            && (exception.section.is_none() || exception.section.as_deref() == self.section.as_deref())
            && is(&self.author, &exception.author)
            && is(&self.tag, &exception.tag)
    }

    /// Its author and its tag as an article of its own spells them.
    #[must_use]
    pub fn spelled_by(&self, card: &Card, settings: &Settings) -> Option<Spelled> {
        let own = keys(self.row(), card, settings).into_iter();
        own.into_iter().find(|(key, _)| key == self).map(|(_, spelled)| spelled)
    }

    /// The row of the grid that it belongs to.
    #[must_use]
    pub fn row(&self) -> Grouping {
        Grouping {
            edition: self.edition.is_some(),
            section: self.section.is_some(),
            author: self.author.is_some(),
            tag: self.tag.is_some(),
        }
    }

    /// Where the feed's file of this name lies under the output directory.
    #[must_use]
    pub fn path(&self, settings: &FeedSettings, file: &str) -> String {
        settings.path.expand(|name| match name {
            "edition" => self.edition.as_ref().map(|edition| edition.as_str().to_owned()),
            "section" => self.section.as_deref().map(path_part),
            "author" => self.author.as_ref().map(|author| format!("authors/{}", path_part(author.name()))),
            "tag" => self.tag.as_ref().map(|tag| format!("tags/{}", path_part(tag.name()))),
            _ => Some(file.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::newsroom::MemoryNewsroom;
    use crate::settings::{Overrides, read};
    use chrono::DateTime;

    fn planned(settings: &str, articles: &[(&str, &str)]) -> (Vec<(String, usize)>, Vec<String>) {
        let settings = read(
            "feedmill.toml",
            &format!("[site]\nurl = 'https://e.example'\n{settings}"),
            &Overrides::default(),
        )
        .unwrap();
        let articles = articles.iter().map(|(path, fields)| (*path, format!("---\n{fields}\n---\n")));
        let newsroom = MemoryNewsroom::of(articles);
        let now = DateTime::parse_from_rfc3339("2026-11-22T00:00:00Z").unwrap().to_utc();
        let (catalog, diagnostics) =
            Catalog::gather(&newsroom, &settings, &Ledger::default(), &Index::default(), now);
        assert_eq!(diagnostics, []);
        let (plan, diagnostics) = plan(&catalog, &settings, &Ledger::default());
        let feeds = plan
            .feeds
            .iter()
            .map(|feed| (feed.key.path(&settings.feeds, "f"), feed.articles.len()))
            .collect();
        (feeds, diagnostics.into_iter().map(|found| found.message).collect())
    }

    fn paths(feeds: &[(String, usize)]) -> Vec<&str> {
        feeds.iter().map(|(path, _)| path.as_str()).collect()
    }

    #[test]
    fn the_grid_of_an_unconfigured_site() {
        let (feeds, _) =
            planned("", &[("ru/news/a.md", "date: 2026-01-01"), ("en/b.md", "date: 2026-01-02")]);
        assert_eq!(paths(&feeds), ["f", "news/f", "en/f", "ru/f", "ru/news/f"]);
        assert_eq!(feeds[0].1, 2);
    }

    #[test]
    fn declared_parts_have_their_order_and_their_empty_feeds() {
        let (feeds, _) = planned(
            "[editions.ru]\n[editions.en]\n[sections.news]\n[sections.art]",
            &[("en/news/a.md", "date: 2026-01-01")],
        );
        assert_eq!(
            paths(&feeds),
            ["f", "news/f", "art/f", "ru/f", "ru/news/f", "ru/art/f", "en/f", "en/news/f", "en/art/f"]
        );
    }

    #[test]
    fn authors_and_tags() {
        let fields = "date: 2026-01-01\ntags: [Sea Ice, sea-ice, C++, 'a/b', мост]\nauthors: [Ann Lee]";
        let (feeds, _) = planned("[feeds]\nby = ['tag', 'edition+author']", &[("en/a.md", fields)]);
        assert_eq!(
            paths(&feeds),
            ["tags/a~2fb/f", "tags/c++/f", "tags/sea-ice/f", "tags/мост/f", "en/authors/ann-lee/f"]
        );
    }

    #[test]
    fn exceptions_that_no_feed_meets() {
        let settings = "[editions.en]\n[sections.news]\n[[feeds.where]]\nsection = 'nwes'\nmembers = 'out'\n\
            [[feeds.where]]\nedition = 'ru'\ntag = 'sea ice'\nlimit = 9\n[[feeds.where]]\nsection = 'news'\nlimit = 9";
        let (_, diagnostics) = planned(settings, &[("en/news/a.md", "date: 2026-01-01\ntags: sea ice")]);
        assert_eq!(
            diagnostics,
            [
                "this `[[feeds.where]]` is for no feed: none has the section `nwes`",
                "this `[[feeds.where]]` is for no feed: none has the edition `ru` and the tag `sea-ice`",
            ]
        );
    }

    #[test]
    fn no_two_feeds_in_one_place() {
        let articles = [
            ("ru/en/a.md", "date: 2026-01-01"),
            ("en/b.md", "date: 2026-01-02"),
            ("en/c.md", "date: 2026-01-03"),
        ];
        let (feeds, diagnostics) = planned("[editions.ru]\n[editions.en]", &articles);
        assert_eq!(paths(&feeds), ["f", "ru/f", "ru/en/f", "en/f"]);
        assert_eq!(feeds[3].1, 2, "the edition's feed stays");
        assert_eq!(diagnostics, ["two feeds would lie at `en/*`"]);
    }
}
