//! What files contribute, each put where it belongs; the files of a portion apart from those of the others.

use super::keeping::Fate;
use super::reading::Contribution;
use super::{Card, Counts};
use crate::article::HeldBack;
use crate::diagnostic::Diagnostic;
use crate::index::text::Key;
use chrono::{DateTime, Utc};

/// What files contribute.
#[derive(Default)]
pub struct Filed {
    /// The articles that are due.
    pub cards: Vec<Card>,
    /// How many files became what.
    pub counts: Counts,
    /// When the first of these changes by the clock alone.
    pub next_due: Option<DateTime<Utc>>,
    /// The keys of articles that are not published now.
    pub waiting: Vec<Key>,
    /// What became of the files that stood in feeds, by their paths.
    pub fates: Vec<(String, Fate)>,
    /// The cards of articles that subscribers know, by their number.
    pub known: Vec<usize>,
    /// Files of which nobody knows anything, and that cannot be read as articles.
    pub misplaced: Vec<String>,
    /// What there is to say of them.
    pub diagnostics: Vec<Diagnostic>,
}

impl Filed {
    /// Puts a contribution where it belongs; `known` is the path of a file that stood in feeds.
    pub fn file(&mut self, contribution: Contribution, known: Option<&str>) {
        self.fates.extend(known.map(|path| (path.to_owned(), Fate::of(&contribution))));
        let counts = &mut self.counts;
        match contribution {
            Contribution::Due(mut card, expires) => {
                counts.due += 1;
                card.is_known = known.is_some();
                self.known.extend(known.map(|_| self.cards.len()));
                self.cards.push(card);
                self.next_due = [self.next_due, expires].into_iter().flatten().min();
            }
            Contribution::Embargoed(until, key) => {
                counts.embargoed += 1;
                self.next_due = [self.next_due, Some(until)].into_iter().flatten().min();
                self.waiting.extend(key);
            }
            Contribution::Expired(key) => {
                counts.expired += 1;
                self.waiting.extend(key);
            }
            Contribution::HeldBack(reason, key) => {
                match reason {
                    HeldBack::Draft => counts.drafts += 1,
                    HeldBack::Withdrawn => counts.withdrawn += 1,
                    HeldBack::NoFeeds | HeldBack::Undated => counts.not_for_feeds += 1,
                }
                self.waiting.extend(key);
            }
            Contribution::Faulty(path) => {
                counts.faulty += 1;
                self.misplaced.extend(known.is_none().then_some(path));
            }
        }
    }
}
