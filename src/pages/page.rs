//! One page: of the publication, or of an edition in its language and direction.

use super::card::{Card, Link, formats, newest};
use super::grid::Grid;
use super::months::Months;
use super::pictures::is_own;
use super::relative::relative;
use super::{Listed, Material, PAGE_STYLESHEET, SCRIPT, Scope};
use crate::address::Address;
use crate::encode::{GENERATOR, OPML_FILE_NAME};
use crate::index::parts::Parts;
use crate::language::Language;
use crate::masthead::Masthead;
use crate::plan::{FeedKey, PlannedFeed, Spelled};
use crate::press::{PublishedFeed, served_at};
use crate::templates;
use crate::texts::Texts;
use serde::Serialize;
use std::collections::BTreeMap;

/// A page, and all that it is made of.
pub struct Page<'a> {
    /// Feeds, articles, settings.
    pub material: &'a Material<'a>,
    /// How often the feeds publish.
    pub months: &'a Months,
    /// What it is the page of.
    pub scope: &'a Scope<'a>,
    /// What all the pages are of.
    pub scopes: &'a [Scope<'a>],
    /// The feeds of which people subscribe on it.
    pub feeds: Vec<Listed<'a>>,
    /// All feeds that are for everybody.
    pub by_key: &'a BTreeMap<&'a FeedKey, Listed<'a>>,
}

/// The page, as its template has it.
#[derive(Serialize)]
struct Contents<'a> {
    lang: &'a str,
    dir: &'a str,
    t: &'a BTreeMap<&'static str, String>,
    heading: String,
    description: Option<&'a str>,
    home: String,
    publication: &'a str,
    generator: &'a str,
    icon: Option<String>,
    stylesheet: String,
    script: String,
    discovered: Vec<Discovered>,
    neighbours: Vec<Neighbour>,
    grid: Option<Grid>,
    cards: Vec<Card>,
    tags: Vec<Line>,
    authors: Vec<Line>,
    list: Option<String>,
    list_name: &'a str,
}

/// Another page.
#[derive(Serialize)]
struct Neighbour {
    name: String,
    href: String,
    lang: String,
    dir: &'static str,
    is_this: bool,
}

/// A feed in a list, where it has one line.
#[derive(Serialize)]
struct Line {
    title: String,
    formats: Vec<Link>,
}

/// What autodiscovery finds.
#[derive(Serialize)]
struct Discovered {
    title: String,
    media_type: &'static str,
    href: String,
}

impl Page<'_> {
    /// Where it is served.
    #[must_use]
    pub fn address(&self) -> Address {
        served_at(&self.scope.path, self.material.settings)
    }

    /// All that differs in it from one run to the next under the same settings, where the same editions and sections are, as a
    /// number: which feeds it leads to, their newest articles, how often they publish.
    #[must_use]
    pub fn made_of(&self) -> u64 {
        let mut parts = Parts::default();
        parts.value(&self.months.last());
        for (planned, _) in &self.feeds {
            parts.feed(planned);
            if is_topical(&planned.key) {
                continue;
            }
            parts.value(&self.months.of_feed(&planned.key));
            for (card, teaser) in newest(self, planned) {
                parts.text(card.permalink());
                parts.value(&(teaser, card.published, card.edition()));
            }
        }
        let in_table = self.by_key.keys().filter(|key| self.scope.edition.is_none() && !is_topical(key));
        for key in in_table {
            parts.optional(key.edition.as_ref().map(Language::as_str));
            parts.optional(key.section.as_deref());
            parts.value(&self.months.of_feed(key));
        }
        parts.made_of()
    }

    /// The page.
    #[must_use]
    pub fn html(&self) -> String {
        let settings = self.material.settings;
        let language = self.language();
        let texts = Texts::of(language, settings);
        let masthead = self.masthead();
        let publication = settings.site.title.get(language);
        let is_told = publication == masthead.title || self.scope.edition.is_none();
        let publication = if is_told { publication } else { masthead.title.as_str() };
        let (topical, gridded): (Vec<_>, Vec<_>) =
            self.feeds.iter().copied().partition(|(planned, _)| is_topical(&planned.key));
        let (tags, authors): (Vec<_>, Vec<_>) =
            topical.into_iter().partition(|(planned, _)| planned.key.tag.is_some());
        let cards = gridded.iter().map(|(planned, published)| Card::of(self, &texts, planned, published));
        let to_root = |name| self.link(&served_at(&FeedKey::default().path(&settings.feeds, name), settings));
        let icon = settings.site.icon.as_ref().filter(|icon| is_own(icon, settings));
        let contents = Contents {
            lang: texts.language.as_str(),
            dir: texts.language.direction().as_str(),
            t: texts.all(),
            heading: texts.with("heading", &[("publication", publication)]),
            description: settings.site.description.as_ref().map(|text| text.get(language)),
            home: self.link(&masthead.home),
            publication,
            generator: GENERATOR,
            icon: icon.map(|icon| self.link(icon)),
            stylesheet: to_root(PAGE_STYLESHEET.0),
            script: to_root(SCRIPT.0),
            discovered: gridded.first().map(|(_, published)| discovered(self, published)).unwrap_or_default(),
            neighbours: self.neighbours(),
            grid: self.scope.edition.is_none().then(|| Grid::of(self, &texts)).flatten(),
            cards: cards.collect::<Vec<_>>(),
            tags: self.lines(&tags),
            authors: self.lines(&authors),
            list: self.list(),
            list_name: texts.get(if self.scope.edition.is_some() { "list_of_edition" } else { "list" }),
        };
        templates::render("page.html", &contents)
    }

    /// What it is written in: the language of its edition, of the publication that of the first one.
    fn language(&self) -> Option<&Language> {
        self.scope.edition.or(self.material.catalog.editions.first())
    }

    fn masthead(&self) -> Masthead {
        let key = FeedKey { edition: self.scope.edition.cloned(), ..FeedKey::default() };
        let settings = self.material.settings;
        let whole = PlannedFeed::empty(key, Spelled::default(), &settings.feeds);
        Masthead::of(&whole, self.material.catalog, settings)
    }

    fn link(&self, to: &Address) -> String {
        relative(&self.address(), to)
    }

    /// All pages, this one too; none where it is the only one.
    fn neighbours(&self) -> Vec<Neighbour> {
        let settings = self.material.settings;
        let neighbour = |scope: &Scope<'_>| {
            let edition = scope.edition;
            let texts = Texts::of(self.language(), settings);
            let language = edition.unwrap_or(&texts.language);
            Neighbour {
                name: edition.map_or_else(
                    || texts.get("all_feeds").to_owned(),
                    |edition| settings.edition_name(edition),
                ),
                href: self.link(&served_at(&scope.path, settings)),
                lang: language.to_string(),
                dir: language.direction().as_str(),
                is_this: scope.path == self.scope.path,
            }
        };
        if self.scopes.len() > 1 { self.scopes.iter().map(neighbour).collect() } else { Vec::new() }
    }

    fn lines(&self, feeds: &[Listed<'_>]) -> Vec<Line> {
        let catalog = self.material.catalog;
        let settings = self.material.settings;
        let line = |(planned, published): &Listed<'_>| {
            let topic = published.topic.clone().unwrap_or_default();
            let section = planned.key.section.as_deref();
            let section = section.map(|name| catalog.section_title(name, self.language(), settings));
            let title = section.map_or(topic.clone(), |section| format!("{topic} — {section}"));
            Line { title, formats: formats(self, published) }
        };
        feeds.iter().map(line).collect()
    }

    /// The list that readers import; there is none where nobody may know of any feed here.
    fn list(&self) -> Option<String> {
        let settings = self.material.settings;
        self.feeds.first()?;
        let key = FeedKey { edition: self.scope.edition.cloned(), ..FeedKey::default() };
        Some(self.link(&served_at(&key.path(&settings.feeds, OPML_FILE_NAME), settings)))
    }
}

/// Is it the feed of an author or a tag, which has one line on a page?
fn is_topical(key: &FeedKey) -> bool {
    key.author.is_some() || key.tag.is_some()
}

fn discovered(page: &Page<'_>, published: &PublishedFeed) -> Vec<Discovered> {
    let found = published.formats.iter().map(|file| Discovered {
        title: published.title.clone(),
        media_type: file.format.media_type(),
        href: page.link(&file.address),
    });
    found.collect()
}
