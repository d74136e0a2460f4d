//! How the articles of a site are written: the new one is to look like them.

use super::front_matter::Syntax;
use super::path::folder;
use crate::article::{self, Outcome, date, place::Place};
use crate::catalog::{Card, Catalog};
use crate::language::Language;
use crate::newsroom::{Extent, Newsroom};
use crate::settings::Settings;
use crate::topic::Topic;

/// How the articles beside a new one are written.
#[derive(Debug)]
pub struct Habits {
    /// The syntax of their front matter.
    pub syntax: Syntax,
    /// Do their names begin with the date?
    pub is_dated: bool,
    /// The path of the newest.
    pub newest: Option<String>,
    /// The folder that holds the new one's own section and edition.
    pub folder: Option<String>,
    /// Who has written all of them.
    pub author: Option<String>,
}

/// So many tell how all are written.
const ENOUGH: usize = 20;

impl Habits {
    /// Those of the newest articles of the same section and edition; where there are none, of the same edition, else of
    /// all.
    pub fn of(
        edition: Option<&Language>,
        section: Option<&str>,
        newsroom: &dyn Newsroom,
        catalog: &Catalog,
        settings: &Settings,
    ) -> Habits {
        let is_of_edition = |card: &&Card| card.edition() == edition;
        let is_beside =
            |card: &&Card| is_of_edition(card) && card.section().map(|section| &**section) == section;
        let cards = || catalog.cards.iter();
        let beside: Vec<&Card> = cards().filter(is_beside).take(ENOUGH).collect();
        let own: Vec<&Card> = cards().filter(is_of_edition).take(ENOUGH).collect();
        let any: Vec<&Card> = cards().take(ENOUGH).collect();
        let like = [&beside, &own, &any].into_iter().find(|cards| !cards.is_empty()).unwrap_or(&any);
        let is_most = |count: usize| 2 * count > like.len();
        let is_toml = |card: &&&Card| {
            newsroom.read(card.path(), Extent::Head).is_ok_and(|head| head.starts_with(b"+++"))
        };
        let is_dated = |card: &&&Card| {
            let place = Place::of(card.path(), settings);
            place.is_some_and(|place| date::from_file_name(place.filename).is_some())
        };
        Habits {
            syntax: if is_most(like.iter().filter(is_toml).count()) { Syntax::Toml } else { Syntax::Yaml },
            is_dated: like.is_empty() || is_most(like.iter().filter(is_dated).count()),
            newest: like.first().map(|card| card.path().to_owned()),
            folder: beside.first().map(|card| folder(card.path()).to_owned()),
            author: author(&own, newsroom, settings),
        }
    }
}

/// The one author of all these articles, as front matter names a person: by the id, if there is one.
fn author(cards: &[&Card], newsroom: &dyn Newsroom, settings: &Settings) -> Option<String> {
    let mut found: Option<String> = None;
    for card in cards {
        let Ok((Outcome::Article(article), _)) = article::full_head(card.path(), newsroom, settings) else {
            continue;
        };
        let [only] = &article.authors[..] else { return None };
        let name = only.id.as_ref().map_or(only.person.name.as_str(), Topic::name);
        if *found.get_or_insert_with(|| name.to_owned()) != name {
            return None;
        }
    }
    found
}
