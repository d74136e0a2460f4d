//! What stands at the head of a feed: its title, its language, the page that it belongs to.

use crate::address::Address;
use crate::catalog::Catalog;
use crate::language::Language;
use crate::permalink;
use crate::plan::PlannedFeed;
use crate::settings::{LocalText, Settings};
use crate::show;

/// The head of a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Masthead {
    /// Different from that of every other feed, so that a person can tell them apart.
    pub title: String,
    /// The language of the title: the feed's own, or the first edition's.
    pub language: Option<Language>,
    /// The page that the feed belongs to.
    pub home: Address,
}

impl Masthead {
    /// The head of a planned feed.
    #[must_use]
    pub fn of(feed: &PlannedFeed, catalog: &Catalog, settings: &Settings) -> Masthead {
        let language = Masthead::language(feed, catalog, settings);
        let title = Masthead::title(feed, catalog, settings);
        let home = home(feed, language.as_ref(), settings);
        Masthead { title, language, home }
    }

    /// The language of a planned feed.
    #[must_use]
    pub fn language(feed: &PlannedFeed, catalog: &Catalog, settings: &Settings) -> Option<Language> {
        feed.key.edition.clone().or_else(|| common_language(feed, catalog, settings).cloned())
    }

    /// The title of a planned feed.
    #[must_use]
    pub fn title(feed: &PlannedFeed, catalog: &Catalog, settings: &Settings) -> String {
        let mut title = publication_title(feed, catalog, settings);
        if let Some(section) = &feed.key.section {
            let names = match &feed.key.edition {
                Some(edition) => catalog.section_title(section, Some(edition), settings).to_owned(),
                None => section_titles(section, catalog, settings),
            };
            title = format!("{title} — {names}");
        }
        let show = show::of_feed(&feed.key, settings).and_then(|show| show.title.as_ref());
        if let Some(show) = show {
            title = show_title(show, feed, catalog, settings);
        }
        if let Some(topics) = Masthead::topics(feed, catalog, settings) {
            title = format!("{title} — {topics}");
        }
        title
    }

    /// What readers call the author and the tag of a feed: as the settings have it, else as the newest
    /// article spells it.
    #[must_use]
    pub fn topics(feed: &PlannedFeed, catalog: &Catalog, settings: &Settings) -> Option<String> {
        let edition = feed.key.edition.as_ref();
        let named = |name: Option<&LocalText>, spelled: &Option<String>| match (name, edition) {
            (Some(name), Some(_)) => Some(name.get(edition).to_owned()),
            (Some(name), None) => Some(in_all_languages(catalog, |edition| name.get(edition))),
            (None, _) => spelled.clone(),
        };
        let tag = feed.key.tag.as_ref().and_then(|tag| settings.tags.title(tag));
        let author = feed.key.author.as_ref().and_then(|author| settings.authors.name(author));
        let names = [named(author, &feed.spelled.author), named(tag, &feed.spelled.tag)];
        let names: Vec<String> = names.into_iter().flatten().collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// The language of a feed of all editions: that of its articles where they have one in common, else
/// the first edition's. None where some of its articles have none.
fn common_language<'a>(
    feed: &PlannedFeed,
    catalog: &'a Catalog,
    settings: &'a Settings,
) -> Option<&'a Language> {
    let mut editions = feed.articles.iter().map(|&index| catalog.cards[index].edition());
    let Some(first) = editions.next() else { return catalog.editions.first() };
    match editions.clone().all(|edition| edition == first) {
        true => first,
        false if first.is_none() || editions.any(|edition| edition.is_none()) => settings.default_edition(),
        false => catalog.editions.first(),
    }
}

/// The publication's title in the feed's edition; of a feed of all editions, all its titles. Where
/// it has one title for every edition, the edition is named.
fn publication_title(feed: &PlannedFeed, catalog: &Catalog, settings: &Settings) -> String {
    let title = &settings.site.title;
    match (&feed.key.edition, title) {
        (Some(edition), title) if !title.is_for(edition) => {
            format!("{} — {}", title.get(Some(edition)), settings.edition_name(edition))
        }
        (Some(edition), title) => title.get(Some(edition)).to_owned(),
        (None, LocalText::Same(text)) => text.clone(),
        (None, LocalText::PerEdition(_)) if feed.key.section.is_some() => {
            title.get(catalog.editions.first()).to_owned()
        }
        (None, LocalText::PerEdition(_)) => in_all_languages(catalog, |edition| title.get(edition)),
    }
}

/// The title of a show, told apart for each edition as that of the publication is.
fn show_title(title: &LocalText, feed: &PlannedFeed, catalog: &Catalog, settings: &Settings) -> String {
    match &feed.key.edition {
        Some(edition) if !title.is_for(edition) && catalog.editions.len() > 1 => {
            format!("{} — {}", title.get(Some(edition)), settings.edition_name(edition))
        }
        Some(edition) => title.get(Some(edition)).to_owned(),
        None => in_all_languages(catalog, |edition| title.get(edition)),
    }
}

fn section_titles(section: &str, catalog: &Catalog, settings: &Settings) -> String {
    in_all_languages(catalog, |edition| catalog.section_title(section, edition, settings))
}

/// What something is called in every edition, each name once. One that runs the other way is
/// isolated, or it would reorder the names around it.
fn in_all_languages<'a>(catalog: &'a Catalog, name: impl Fn(Option<&'a Language>) -> &'a str) -> String {
    let Some(first) = catalog.editions.first() else { return name(None).to_owned() };
    let mut names: Vec<(&str, bool)> = Vec::new();
    for edition in &catalog.editions {
        let name = name(Some(edition));
        if !names.iter().any(|(known, _)| *known == name) {
            names.push((name, edition.direction() != first.direction()));
        }
    }
    let isolated = names.into_iter().map(|(name, turns)| match turns {
        true => format!("\u{2068}{name}\u{2069}"),
        false => name.to_owned(),
    });
    isolated.collect::<Vec<_>>().join(" / ")
}

/// The section's page, else the edition's, else the site's.
fn home(feed: &PlannedFeed, language: Option<&Language>, settings: &Settings) -> Address {
    let site = &settings.site;
    let declared = |url: &LocalText| site.url.join(url.get(language));
    let section = feed.key.section.as_deref();
    let section = section.and_then(|name| {
        let page = settings.section(name).and_then(|section| section.url.as_ref()).and_then(declared);
        page.or_else(|| site.url.join(&permalink::beginning("section", language, Some(name), settings)?))
    });
    let edition = || {
        let edition = feed.key.edition.as_ref()?;
        let page = settings.edition(edition).and_then(|edition| edition.url.clone());
        page.or_else(|| site.url.join(&permalink::beginning("edition", language, None, settings)?))
    };
    section.or_else(edition).unwrap_or_else(|| site.url.clone())
}
