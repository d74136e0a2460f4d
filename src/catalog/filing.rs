//! Editions and sections as articles have them: a million articles share a few notes of both.

use super::Card;
use crate::language::Language;
use std::collections::HashMap;
use std::sync::Arc;

/// An edition and a section.
#[derive(Debug, Default)]
pub struct Filing {
    /// Its edition.
    pub edition: Option<Language>,
    /// Its section.
    pub section: Option<Arc<str>>,
    /// Its number among those of the catalog.
    pub number: usize,
}

/// The filings of a block, of which there are few.
#[derive(Default)]
pub struct Filings(Vec<Arc<Filing>>);

impl Filings {
    /// The filing of this edition and this section.
    pub fn of(&mut self, edition: Option<&str>, section: Option<&str>) -> Arc<Filing> {
        let is_it = |known: &&Arc<Filing>| {
            known.edition.as_ref().map(Language::as_str) == edition && known.section.as_deref() == section
        };
        if let Some(known) = self.0.iter().rev().find(is_it) {
            return Arc::clone(known);
        }
        let edition = edition.and_then(Language::parse);
        let filing = Arc::new(Filing { edition, section: section.map(Arc::from), number: 0 });
        self.0.push(Arc::clone(&filing));
        filing
    }
}

/// Gives all cards of one edition and section the same filing, and returns these in the order of their numbers.
pub fn share(cards: &mut [Card]) -> Vec<Arc<Filing>> {
    let mut shared: Vec<Arc<Filing>> = Vec::new();
    let mut by_parts: HashMap<(Option<Language>, Option<Arc<str>>), usize> = HashMap::new();
    // Neighbours mostly come of one block and have one filing.
    let mut last: Option<(Arc<Filing>, usize)> = None;
    for card in cards {
        let known =
            last.as_ref().filter(|(own, _)| Arc::ptr_eq(own, &card.filing)).map(|(_, number)| *number);
        let number = known.unwrap_or_else(|| {
            let parts = (card.filing.edition.clone(), card.filing.section.clone());
            let number = *by_parts.entry(parts).or_insert_with_key(|(edition, section)| {
                let (edition, section, number) = (edition.clone(), section.clone(), shared.len());
                shared.push(Arc::new(Filing { edition, section, number }));
                number
            });
            last = Some((Arc::clone(&card.filing), number));
            number
        });
        card.filing = Arc::clone(&shared[number]);
    }
    shared
}
