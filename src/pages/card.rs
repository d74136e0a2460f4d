//! A feed as a page shows it: what stands in it, how often it publishes, and every way to subscribe.

use super::Material;
use super::page::Page;
use super::pictures::{Shown, shown};
use super::plot::Plot;
use super::relative::relative;
use crate::address::encode_segment;
use crate::catalog::Card as Article;
use crate::encode::Format;
use crate::language::Language;
use crate::name::path_part;
use crate::plan::{FeedKey, PlannedFeed};
use crate::press::{PublishedFeed, PublishedFile};
use crate::settings::Settings;
use crate::teaser::Teaser;
use crate::texts::Texts;
use serde::Serialize;

/// So many of its newest articles are shown.
const HEADLINES: usize = 3;

/// A feed on a page.
#[derive(Serialize)]
pub struct Card {
    /// What links lead to.
    pub anchor: String,
    title: String,
    lang: Option<String>,
    dir: Option<&'static str>,
    /// What the title leaves open.
    note: Option<String>,
    headlines: Vec<Headline>,
    plot: Plot,
    subscribe: Subscribe,
}

/// An article that leads to a feed.
#[derive(Serialize)]
struct Headline {
    title: String,
    href: String,
    lang: Option<String>,
    dir: Option<&'static str>,
    published: String,
    day: String,
    picture: Option<Shown>,
}

/// The ways to subscribe.
#[derive(Serialize)]
pub struct Subscribe {
    /// The feed's address, to be copied.
    address: String,
    /// What opens a reader that is installed.
    open: String,
    /// Readers on the web.
    readers: Vec<Link>,
    /// The other formats.
    formats: Vec<Link>,
}

/// A link.
#[derive(Serialize)]
pub struct Link {
    /// What it says.
    pub name: String,
    /// Where it leads.
    pub href: String,
}

impl Card {
    /// The card of a feed that is by edition and section at most.
    #[must_use]
    pub fn of(page: &Page<'_>, texts: &Texts, planned: &PlannedFeed, published: &PublishedFeed) -> Card {
        let settings = page.material.settings;
        let key = &planned.key;
        let language = key.edition.as_ref().or(page.material.catalog.editions.first());
        let section = key.section.as_deref();
        let title = match section {
            Some(section) => page.material.catalog.section_title(section, language, settings).to_owned(),
            None => texts.get("everything").to_owned(),
        };
        let has_several = page.material.catalog.editions.len() > 1;
        let note = match &key.edition {
            None if has_several => Some(texts.get("in_all_languages").to_owned()),
            // Where one page is for all editions, these are named.
            Some(edition) if page.scope.edition.is_none() => Some(settings.edition_name(edition)),
            _ => None,
        };
        let headlines =
            newest(page, planned).map(|(article, teaser)| headline(page, texts, article, &teaser));
        Card {
            anchor: anchor(key),
            lang: section.and(language).filter(|own| **own != texts.language).map(ToString::to_string),
            dir: section
                .and(language)
                .filter(|own| **own != texts.language)
                .map(|own| own.direction().as_str()),
            title,
            note,
            headlines: headlines.collect(),
            plot: Plot::of(key, page.months, texts),
            subscribe: Subscribe::to(published, settings),
        }
    }
}

/// What links to a feed's card lead to.
#[must_use]
pub fn anchor(key: &FeedKey) -> String {
    let edition = key.edition.as_ref().map(Language::as_str);
    let section = key.section.as_deref().map(path_part);
    let parts = ["feed"].into_iter().chain(edition).chain(section.as_deref());
    parts.collect::<Vec<_>>().join("-")
}

/// Its newest articles that can be shown, with what leads to them.
pub fn newest<'a>(
    page: &'a Page<'_>,
    planned: &'a PlannedFeed,
) -> impl Iterator<Item = (&'a Article, Teaser)> {
    let Material { catalog, teaser, .. } = page.material;
    let articles = planned.articles.iter().filter_map(|&index| Some((&catalog.cards[index], teaser(index)?)));
    articles.take(HEADLINES)
}

fn headline(page: &Page<'_>, texts: &Texts, card: &Article, teaser: &Teaser) -> Headline {
    let settings = page.material.settings;
    let other = card.edition().filter(|own| **own != texts.language);
    let published = card.published.to_utc();
    Headline {
        title: teaser.title.clone(),
        href: card.permalink().to_owned(),
        lang: other.map(ToString::to_string),
        dir: other.map(|own| own.direction().as_str()),
        published: published.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        day: texts.date(published, settings.site.timezone),
        picture: teaser.picture.as_ref().and_then(|picture| shown(picture, &page.address(), settings)),
    }
}

impl Subscribe {
    /// The ways to subscribe to a feed: in the first of its formats, unless somebody wants another.
    #[must_use]
    pub fn to(published: &PublishedFeed, settings: &Settings) -> Subscribe {
        let first = published.formats.first();
        let address = first.map(|file| file.address.to_string()).unwrap_or_default();
        let encoded = encode_segment(&address).into_owned();
        let readers = settings
            .pages
            .readers
            .iter()
            .map(|reader| Link { name: reader.name.clone(), href: reader.url.replace("{feed}", &encoded) });
        let others = published.formats.iter().skip(1);
        Subscribe {
            open: format!("feed:{address}"),
            address,
            readers: readers.collect(),
            formats: others.map(in_format).collect(),
        }
    }
}

fn in_format(file: &PublishedFile) -> Link {
    Link { name: called(file.format).to_owned(), href: file.address.to_string() }
}

/// A format's name for people.
#[must_use]
pub fn called(format: Format) -> &'static str {
    match format {
        Format::Rss => "RSS",
        Format::Atom => "Atom",
        Format::Json => "JSON Feed",
    }
}

/// All formats of a feed, for a list in which it has one line.
#[must_use]
pub fn formats(page: &Page<'_>, published: &PublishedFeed) -> Vec<Link> {
    let link = |file: &PublishedFile| Link {
        name: called(file.format).to_owned(),
        href: relative(&page.address(), &file.address),
    };
    published.formats.iter().map(link).collect()
}
