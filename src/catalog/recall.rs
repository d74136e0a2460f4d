//! Articles that come back into a feed, after newer ones had pushed them out or after they were withdrawn, are known
//! by what was put aside of them.

use super::{Card, Catalog, Reading};
use crate::article;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::ledger::{EntryRecord, Glance, Ledger};
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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
    /// Two new articles may have one text.
    by_body: HashMap<Digest, Vec<usize>>,
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
        let mut records: Vec<EntryRecord> = Vec::new();
        if let Some(past) = &ledger.past().0 {
            // All lines of an id from the first that is sought: the last of them counts.
            let met: RefCell<HashSet<String>> = RefCell::default();
            let is_known = |id: &str| ledger.entry(id).is_some() || self.recalled.contains_key(id);
            let is_sought = |glance: Glance<'_>| {
                !is_known(glance.id) && (sought.may_have(&glance) || met.borrow().contains(glance.id))
            };
            past.each(&is_sought, &mut |record| {
                met.borrow_mut().insert(record.id.clone());
                records.push(record);
            })?;
        }
        let withdrawn = ledger.entries().filter(|record| !record.stands());
        records.extend(withdrawn.filter(|record| sought.may_have(&Glance::of(record))).cloned());
        // Of two lines with one id the later counts: the file that the earlier names may be another's by now.
        let last: HashMap<&str, usize> =
            records.iter().enumerate().map(|(number, record)| (record.id.as_str(), number)).collect();
        let mut found: BTreeMap<usize, (Evidence, &EntryRecord)> = BTreeMap::new();
        let recalled = self.recalled.keys().filter_map(|id| sought.by_id.get(id.as_str()));
        let mut had_by_others: BTreeSet<usize> = recalled.copied().collect();
        for (number, record) in records.iter().enumerate() {
            had_by_others.extend(sought.by_id.get(record.id.as_str()));
            let found_for = sought.article_of(record).filter(|_| !record.is_retired());
            let Some((evidence, index)) = found_for else { continue };
            let is_best = found.get(&index).is_none_or(|(best, _)| evidence <= *best);
            if is_best && last[record.id.as_str()] == number {
                found.insert(index, (evidence, record));
            }
        }
        had_by_others.retain(|index| !found.contains_key(index) && !self.cards[*index].declares_id());
        let is_found = !found.is_empty() || !had_by_others.is_empty();
        for (index, (_, record)) in found {
            self.promised.promise(self.cards[index].path(), record);
            self.promised.keep(&mut self.cards[index], reading.now);
            self.recalled.insert(record.id.clone(), record.clone());
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
        let is_unknown = |index: &&usize| self.promised.of(self.cards[**index].path()).is_none();
        let cards: HashMap<usize, &Card> =
            planned.iter().filter(is_unknown).map(|&index| (index, &self.cards[index])).collect();
        let bodies: Vec<_> = cards
            .par_iter()
            .filter_map(|(&index, card)| {
                let whole = article::whole(card.path(), reading.newsroom, reading.settings).ok()?;
                Some((whole.body_digest()?, index))
            })
            .collect();
        let mut by_body: HashMap<Digest, Vec<usize>> = HashMap::new();
        for (body, index) in bodies {
            by_body.entry(body).or_default().push(index);
        }
        let each = |key: fn(&Card) -> &str| cards.iter().map(|(&index, card)| (key(card), index)).collect();
        Sought {
            by_id: each(|card| card.id()),
            by_path: each(|card| card.path()),
            by_page: each(|card| card.permalink()),
            by_body,
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
        // Of two with this text nobody knows which it is, unless one has its date.
        let by_body = || {
            let found = self.by_body.get(record.body.as_ref()?)?;
            let mut dated = found.iter().filter(|index| has_date(index));
            match (&found[..], dated.next(), dated.next()) {
                ([one], ..) | (_, Some(one), None) => Some(*one),
                _ => None,
            }
        };
        let by_page = || self.by_page.get(record.permalink.as_str()).copied().filter(has_date);
        declared
            .map(|index| (Evidence::DeclaredId, index))
            .or_else(|| Some((Evidence::File, by_path()?)))
            .or_else(|| Some((Evidence::Body, by_body()?)))
            .or_else(|| Some((Evidence::Id, by_id().filter(may_have_date)?)))
            .or_else(|| Some((Evidence::Page, by_page()?)))
    }
}

#[cfg(test)]
mod tests {
    use crate::index::Index;
    use crate::ledger::{EntryRecord, KnownPast, Ledger};
    use crate::newsroom::MemoryNewsroom;
    use crate::publication::compose;
    use crate::settings::read;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    fn article(title: &str, published: &str, text: &str) -> String {
        format!("---\ntitle: {title}\npublished: {published}\n---\n{text}\n")
    }

    /// The entries of a run over these files, by their paths.
    fn shown(files: &[(&str, &str)], past: Vec<EntryRecord>) -> BTreeMap<String, EntryRecord> {
        let newsroom = MemoryNewsroom::of(files.iter().copied());
        let settings = read("t", "[site]\nurl = 'https://post.example/'", &Default::default()).unwrap();
        let ledger = Ledger::default().with_past(KnownPast(Some(Arc::new(past))));
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let publication = compose(&newsroom, &settings, &ledger, &Index::default(), now).unwrap();
        publication.ledger.entries().map(|entry| (entry.path.clone(), entry.clone())).collect()
    }

    const TEXT: &str = "For the third time this week the ferry left an hour late, with a piano on the deck and nobody \
        who could play it.";

    #[test]
    fn one_id_goes_to_one_article_although_its_file_had_two_names() {
        let ferry = article("The ferry", "2026-11-20T08:00:00Z", TEXT);
        let seal = article("The seal", "2026-11-20T08:00:00Z", "It is back.");
        let before = shown(&[("en/late.md", &ferry)], Vec::new())["en/late.md"].clone();
        let (path, permalink) = ("en/ferry.md".to_owned(), "https://post.example/en/ferry/".to_owned());
        let renamed = EntryRecord { path, permalink, ..before.clone() };
        let after = shown(&[("en/late.md", &seal), ("en/ferry.md", &ferry)], vec![before.clone(), renamed]);
        assert_eq!(after["en/ferry.md"].id, before.id);
        assert_eq!(after.len(), 2);
    }

    #[test]
    fn of_two_articles_with_one_text_the_date_tells_or_nobody_knows() {
        let at = |day: u8| article("The ferry", &format!("2026-11-{day:02}T08:00:00Z"), TEXT);
        let before = shown(&[("en/old.md", &at(20))], Vec::new())["en/old.md"].clone();
        // Ten, or they might come in the right order by chance.
        let days: Vec<(String, String)> =
            (11..=20).map(|day| (format!("en/day-{day}.md"), at(day))).collect();
        let files: Vec<(&str, &str)> =
            days.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let after = shown(&files, vec![before.clone()]);
        assert_eq!(after["en/day-20.md"].id, before.id);
        let after = shown(&files[..9], vec![before.clone()]);
        assert!(after.values().all(|entry| entry.id != before.id), "{after:?}");
    }
}
