//! How many articles came out in each of the last twelve months.

use crate::catalog::Catalog;
use crate::language::Language;
use crate::plan::FeedKey;
use chrono::Datelike;
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many months are counted.
pub const MONTHS: usize = 12;

/// The months up to that of the newest article. The clock has no part in it, or pages would change without an article.
pub struct Months {
    /// The last month, counted from the year 0.
    last: i32,
    counts: BTreeMap<Filed, [u32; MONTHS]>,
}

/// Under what an article is filed: its edition and its section.
type Filed = (Option<Language>, Option<Arc<str>>);

impl Months {
    /// Counts them, by edition and section.
    #[must_use]
    pub fn of(catalog: &Catalog, timezone: Tz) -> Months {
        let month = |card: &crate::catalog::Card| {
            let day = card.published.with_timezone(&timezone);
            day.year() * 12 + day.month0() as i32
        };
        // Of what cannot be read only the entries in feeds are known, and these grow fewer without a change of any article.
        let cards = || catalog.cards.iter().filter(|card| !card.is_held);
        let last = cards().next().map_or(0, month);
        let mut counts: BTreeMap<_, [u32; MONTHS]> = BTreeMap::new();
        for card in cards() {
            let Some(at) = usize::try_from(last - month(card)).ok().filter(|at| *at < MONTHS) else { break };
            counts.entry((card.edition().cloned(), card.section().cloned())).or_default()[MONTHS - 1 - at] +=
                1;
        }
        Months { last, counts }
    }

    /// The last of them, counted from the year 0.
    #[must_use]
    pub fn last(&self) -> i32 {
        self.last
    }

    /// Those of a feed, the earliest month first.
    #[must_use]
    pub fn of_feed(&self, key: &FeedKey) -> [u32; MONTHS] {
        let is_in = |edition: &Option<Language>, section: &Option<Arc<str>>| {
            (key.edition.is_none() || key.edition == *edition)
                && (key.section.is_none() || key.section == *section)
        };
        let mut sums = [0; MONTHS];
        for (_, counts) in self.counts.iter().filter(|((edition, section), _)| is_in(edition, section)) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        sums
    }

    /// A month as year and month, January as 0.
    #[must_use]
    pub fn named(&self, at: usize) -> (i32, u32) {
        let month = self.last - (MONTHS - 1 - at) as i32;
        (month.div_euclid(12), month.rem_euclid(12) as u32)
    }
}
