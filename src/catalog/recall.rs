//! Articles that come back into a feed, after newer ones had pushed them out or after they were withdrawn, are known
//! by what was put aside of them.

use super::{Card, Catalog, Reading};
use crate::article;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::ledger::{EntryRecord, Glance, Ledger};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// By what a record is an article's; the first counts most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    DeclaredId,
    File,
    Body,
    Id,
    Page,
}

/// What is sought.
struct Sought<'c> {
    cards: HashMap<usize, &'c Card>,
    by_id: HashMap<&'c str, usize>,
    by_path: HashMap<&'c str, usize>,
    by_body: HashMap<Digest, usize>,
    by_page: HashMap<&'c str, usize>,
}

impl Catalog {
    /// Looks up what nobody knows of these articles, which feeds are to show. Says whether any was found: its
    /// date may be another then, and with it its place.
    ///
    /// # Errors
    /// `damaged-ledger`, where what was put aside cannot be read.
    pub fn recall(
        &mut self,
        planned: &BTreeSet<usize>,
        ledger: &Ledger,
        reading: Reading<'_>,
    ) -> Result<bool, Diagnostic> {
        let sought = self.sought(planned, reading);
        if sought.cards.is_empty() {
            return Ok(false);
        }
        let mut found: BTreeMap<usize, (Evidence, EntryRecord)> = BTreeMap::new();
        let mut had_by_others: BTreeSet<usize> = BTreeSet::new();
        let mut consider = |record: &EntryRecord| {
            had_by_others.extend(sought.by_id.get(record.id.as_str()));
            let Some((evidence, index)) = sought.article_of(record) else { return };
            // Of two lines the later counts, unless the earlier is better founded.
            if found.get(&index).is_none_or(|(best, _)| evidence <= *best) {
                found.insert(index, (evidence, record.clone()));
            }
        };
        if let Some(past) = &ledger.past().0 {
            let is_sought =
                |glance: Glance<'_>| sought.may_have(&glance) && ledger.entry(glance.id).is_none();
            past.each(&is_sought, &mut |record| consider(&record))?;
        }
        ledger.entries().filter(|record| !record.stands()).for_each(consider);
        had_by_others.retain(|index| !found.contains_key(index) && !self.cards[*index].declares_id());
        let is_found = !found.is_empty() || !had_by_others.is_empty();
        let found: Vec<(usize, EntryRecord)> =
            found.into_iter().map(|(index, (_, record))| (index, record)).collect();
        for (index, record) in found {
            let path = self.cards[index].path.clone();
            self.promised.promise(&path, &record);
            self.promised.keep(&mut self.cards[index], reading.now);
            self.recalled.insert(record.id.clone(), record);
        }
        for index in had_by_others {
            self.promised.give_other_id(&mut self.cards[index], ledger);
        }
        if is_found {
            self.order();
            self.index();
        }
        Ok(is_found)
    }

    fn sought(&self, planned: &BTreeSet<usize>, reading: Reading<'_>) -> Sought<'_> {
        let is_unknown = |index: &&usize| self.promised.of(&self.cards[**index].path).is_none();
        let cards: HashMap<usize, &Card> =
            planned.iter().filter(is_unknown).map(|&index| (index, &self.cards[index])).collect();
        let bodies: Vec<_> = cards
            .par_iter()
            .filter_map(|(&index, card)| {
                let whole = article::whole(&card.path, reading.newsroom, reading.settings).ok()?;
                Some((whole.body_digest()?, index))
            })
            .collect();
        let each = |key: fn(&Card) -> &str| cards.iter().map(|(&index, card)| (key(card), index)).collect();
        Sought {
            by_id: each(|card| &card.id),
            by_path: each(|card| &card.path),
            by_page: each(|card| card.permalink.as_str()),
            by_body: bodies.into_iter().collect(),
            cards,
        }
    }
}

impl Sought<'_> {
    /// May a record be an article's?
    fn may_have(&self, glance: &Glance<'_>) -> bool {
        self.by_id.contains_key(glance.id)
            || self.by_path.contains_key(glance.path)
            || self.by_page.contains_key(glance.permalink)
            || glance.body.is_some_and(|body| self.by_body.contains_key(body))
    }

    fn article_of(&self, record: &EntryRecord) -> Option<(Evidence, usize)> {
        let by_id = || self.by_id.get(record.id.as_str()).copied();
        let declared = by_id().filter(|index| self.cards[index].declares_id());
        // A file of that name may hold another article by now, and a page may have gone to one.
        let has_date = |index: &usize| self.cards[index].published == record.published;
        // A tombstone does not tell when its entry was published.
        let may_have_date = |index: &usize| record.known_published().is_none() || has_date(index);
        let by_path = || self.by_path.get(record.path.as_str()).copied().filter(has_date);
        let by_body = || self.by_body.get(record.body.as_ref()?).copied();
        let by_page = || self.by_page.get(record.permalink.as_str()).copied().filter(has_date);
        declared
            .map(|index| (Evidence::DeclaredId, index))
            .or_else(|| Some((Evidence::File, by_path()?)))
            .or_else(|| Some((Evidence::Body, by_body()?)))
            .or_else(|| Some((Evidence::Id, by_id().filter(may_have_date)?)))
            .or_else(|| Some((Evidence::Page, by_page()?)))
    }
}
