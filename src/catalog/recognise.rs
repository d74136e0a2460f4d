//! Which of the articles that nobody knows is one that subscribers know, under another name or in another place.

use super::Card;
use crate::digest::Digest;
use crate::ledger::EntryRecord;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An article that may be a known one.
pub struct Stranger<'c> {
    /// Its number among the cards.
    pub index: usize,
    /// Its card, as the file has it.
    pub card: &'c Card,
    /// Of its text, where somebody looked.
    pub body: Option<Digest>,
    /// Its headline, where somebody looked.
    pub title: Option<String>,
}

/// What came of the search.
#[derive(Debug, Default, PartialEq)]
pub struct Recognised {
    /// Articles, by the number of their card, and the records that are theirs.
    pub found: Vec<(usize, usize)>,
    /// Articles that may be more than one record's, or share one that only one of them can have.
    pub unclear: BTreeMap<usize, BTreeSet<usize>>,
}

/// By what an article is known again; the first counts most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// The id that its author gave it.
    DeclaredId,
    /// Its page, where that is what was known last: an id that is minted now may have been another's.
    LastPage,
    /// Its text.
    Body,
    /// The id that it would get if it were new; another article may have had its slug on that day.
    Id,
    /// Its page, present or former.
    Page,
    /// Its translation key, edition and date.
    Translation,
    /// Its headline, edition and date.
    Headline,
}

/// Finds them. Only the first `with_pages` records are known by more than an id and a text.
#[must_use]
pub fn recognise<'c>(
    strangers: impl Iterator<Item = Stranger<'c>>,
    records: &[&EntryRecord],
    with_pages: usize,
) -> Recognised {
    let index = Index::of(records, with_pages);
    let mut claims: BTreeMap<usize, Vec<(Evidence, Stranger<'c>)>> = BTreeMap::new();
    let mut recognised = Recognised::default();
    for stranger in strangers {
        let Some((evidence, found)) = index.records(&stranger) else { continue };
        match narrowed(&found, |&&record| records[record].published == stranger.card.published) {
            Ok(record) => claims.entry(*record).or_default().push((evidence, stranger)),
            Err(found) => {
                recognised.unclear.insert(stranger.index, found.into_iter().copied().collect());
            }
        }
    }
    for (record, claims) in claims {
        let best = claims.iter().map(|(evidence, _)| *evidence).min();
        let best: Vec<Stranger<'_>> =
            claims.into_iter().filter(|(evidence, _)| Some(*evidence) == best).map(|(_, one)| one).collect();
        match narrowed(&best, |one| records[record].published == one.card.published) {
            Ok(one) => recognised.found.push((one.index, record)),
            Err(several) => {
                for one in several {
                    recognised.unclear.entry(one.index).or_default().insert(record);
                }
            }
        }
    }
    recognised
}

/// The only one, or the only one of this date; else all of them.
fn narrowed<T>(found: &[T], has_date: impl Fn(&&T) -> bool) -> Result<&T, Vec<&T>> {
    if let [one] = found {
        return Ok(one);
    }
    let dated: Vec<&T> = found.iter().filter(has_date).collect();
    match dated[..] {
        [one] => Ok(one),
        _ => Err(found.iter().collect()),
    }
}

/// The records by what they are known by.
struct Index<'r> {
    dates: Vec<DateTime<Utc>>,
    by_id: HashMap<&'r str, Vec<usize>>,
    by_body: HashMap<&'r Digest, Vec<usize>>,
    by_page: HashMap<&'r str, Vec<usize>>,
    by_translation: HashMap<InEdition<'r>, Vec<usize>>,
    by_headline: HashMap<InEdition<'r>, Vec<usize>>,
    by_last_page: HashMap<&'r str, Vec<usize>>,
}

/// A text in an edition, and when it was published.
type InEdition<'r> = (&'r str, Option<&'r str>, i64);

impl<'r> Index<'r> {
    fn of(records: &[&'r EntryRecord], with_pages: usize) -> Index<'r> {
        let mut index = Index {
            dates: records.iter().map(|record| record.published).collect(),
            by_id: HashMap::new(),
            by_body: HashMap::new(),
            by_page: HashMap::new(),
            by_translation: HashMap::new(),
            by_headline: HashMap::new(),
            by_last_page: HashMap::new(),
        };
        for (number, record) in records.iter().enumerate() {
            index.by_id.entry(&record.id).or_default().push(number);
            if let Some(body) = &record.body {
                index.by_body.entry(body).or_default().push(number);
            }
            if number >= with_pages {
                continue;
            }
            index.by_page.entry(&record.permalink).or_default().push(number);
            let in_edition = |text: &'r str| (text, record.edition.as_deref(), record.published.timestamp());
            index.by_headline.entry(in_edition(&record.title)).or_default().push(number);
            if record.is_homeless() {
                index.by_last_page.entry(&record.permalink).or_default().push(number);
            }
            if let Some(key) = &record.translation {
                index.by_translation.entry(in_edition(key)).or_default().push(number);
            }
        }
        index
    }

    /// The records that a stranger may be, by the best evidence that there is.
    fn records(&self, stranger: &Stranger<'_>) -> Option<(Evidence, Vec<usize>)> {
        let card = stranger.card;
        let by_body = || stranger.body.as_ref().and_then(|body| self.by_body.get(body)).cloned();
        let by_page = || card.pages().find_map(|page| self.by_page.get(page)).cloned();
        let edition = card.edition().map(|edition| edition.as_str());
        let by_translation = || {
            let key = card.declared_key()?;
            self.by_translation.get(&(key, edition, card.published.timestamp())).cloned()
        };
        let by_headline = || {
            let title = stranger.title.as_deref()?;
            self.by_headline.get(&(title, edition, card.published.timestamp())).cloned()
        };
        let by_id = || self.by_id.get(card.id()).cloned();
        let declared = if card.declares_id() { by_id() } else { None };
        let by_minted_id = || {
            let mut found = by_id()?;
            found.retain(|&record| self.dates[record] == card.published);
            (!found.is_empty()).then_some(found)
        };
        let found = declared.map(|found| (Evidence::DeclaredId, found));
        found
            .or_else(|| Some((Evidence::LastPage, self.by_last_page.get(card.permalink())?.clone())))
            .or_else(|| Some((Evidence::Body, by_body()?)))
            .or_else(|| Some((Evidence::Id, by_minted_id()?)))
            .or_else(|| Some((Evidence::Page, by_page()?)))
            .or_else(|| Some((Evidence::Translation, by_translation()?)))
            .or_else(|| Some((Evidence::Headline, by_headline()?)))
    }
}
