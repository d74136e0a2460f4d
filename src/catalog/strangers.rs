//! The articles that nobody knows, looked at more closely where one of them may be one that subscribers know.

use super::order::narrow;
use super::recognise::Stranger;
use super::{Catalog, Reading};
use crate::article::{self, Outcome};
use crate::diagnostic::Diagnostic;
use crate::ledger::EntryRecord;
use rayon::iter::Either;
use rayon::prelude::*;
use std::cmp::Reverse;

/// No newsroom has so many new articles at once, and each is a file read whole.
const MOST_READ: usize = 5_000;

/// So many are read in any case: one that has another name may have an earlier date too.
const FEWEST_READ: usize = 100;

/// The numbers of cards whose files cannot be read any more, and why.
pub type Unread = Vec<(usize, Vec<Diagnostic>)>;

impl Catalog {
    /// The articles that nobody knows, with their texts and headlines as far as these may tell something. Apart from
    /// them the cards of those that could be read a moment ago and cannot be now: nobody knows what they are.
    pub(super) fn strangers(
        &self,
        records: &[&EntryRecord],
        reading: Reading<'_>,
    ) -> (impl Iterator<Item = Stranger<'_>>, Unread) {
        let numbered = (0..narrow(self.cards.len())).zip(&self.cards);
        let mut strangers: Vec<u32> =
            numbered.filter(|(_, card)| !card.is_known).map(|(index, _)| index).collect();
        let published = |index: u32| self.cards[index as usize].published;
        // What is older than all that is sought has been there before, unless its date was changed too.
        let oldest = records.iter().map(|record| record.published).min();
        let is_likely = |index: &&u32| oldest.is_some_and(|oldest| published(**index) >= oldest);
        let likely = strangers.iter().filter(is_likely).count();
        let count = likely.clamp(FEWEST_READ, MOST_READ).min(strangers.len());
        if count < strangers.len() {
            strangers.select_nth_unstable_by_key(count, |&index| (Reverse(published(index)), index));
        }
        let rest = strangers.split_off(count);
        let (read, unread): (Vec<_>, Unread) =
            strangers.into_par_iter().partition_map(|index| match read(self.stranger(index), reading) {
                Ok(stranger) => Either::Left(stranger),
                Err(faults) => Either::Right(faults),
            });
        (read.into_iter().chain(rest.into_iter().map(|index| self.stranger(index))), unread)
    }

    fn stranger(&self, index: u32) -> Stranger<'_> {
        let index = index as usize;
        Stranger { index, card: &self.cards[index], body: None, title: None }
    }
}

fn read<'c>(mut one: Stranger<'c>, reading: Reading<'_>) -> Result<Stranger<'c>, (usize, Vec<Diagnostic>)> {
    let whole = article::whole(one.card.path(), reading.newsroom, reading.settings);
    let whole = whole.map_err(|faults| (one.index, faults))?;
    one.body = whole.body_digest();
    if let Outcome::Article(article) = whole.outcome {
        one.title = article.title;
    }
    Ok(one)
}

#[cfg(test)]
mod tests {
    use crate::index::Index;
    use crate::ledger::Ledger;
    use crate::newsroom::{Extent, Listing, MemoryNewsroom, Newsroom};
    use crate::publication::{Publication, compose};
    use crate::settings::read;
    use std::io;

    const FERRY: &str = "---\ntitle: The ferry is late\npublished: 2026-11-20T08:00:00Z\n---\nFor the third time this \
        week the ferry left an hour late, with a piano on the deck and nobody who could play it.\n";
    const BRIDGE: &str = "---\ntitle: The bridge\npublished: 2026-11-19T08:00:00Z\n---\nIt is open.\n";

    /// A disk that fails behind the heads of files.
    struct Failing(MemoryNewsroom, &'static str);

    impl Newsroom for Failing {
        fn list(&self) -> Listing {
            self.0.list()
        }

        fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>> {
            match path == self.1 && extent == Extent::Whole {
                true => Err(io::Error::other("the disk fails")),
                false => self.0.read(path, extent),
            }
        }

        fn last_good(&self, path: &str) -> Option<Vec<u8>> {
            self.0.last_good(path)
        }
    }

    fn run(newsroom: &dyn Newsroom, ledger: &Ledger) -> Publication {
        let settings =
            read("feedmill.toml", "[site]\nurl = 'https://post.example/'", &Default::default()).unwrap();
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        compose(newsroom, &settings, ledger, &Index::default(), now).unwrap()
    }

    #[test]
    fn a_renamed_file_that_cannot_be_read_to_its_end_is_not_taken_for_a_new_one() {
        let mut newsroom = MemoryNewsroom::of([("en/ferry.md", FERRY), ("en/bridge.md", BRIDGE)]);
        let first = run(&newsroom, &Ledger::default());
        newsroom.last_good.insert("en/ferry.md".to_owned(), FERRY.into());
        let text = newsroom.files.remove("en/ferry.md").unwrap();
        newsroom.files.insert("en/late.md".to_owned(), text);
        let failing = Failing(newsroom, "en/late.md");
        let second = run(&failing, &first.ledger);
        assert_eq!(second.feeds[0].ids, first.feeds[0].ids);
        let told: Vec<&str> = second.diagnostics.iter().map(|fault| fault.code.as_str()).collect();
        assert_eq!(told, ["last-good", "unreadable"]);
        let third = run(&failing.0, &second.ledger);
        assert_eq!(third.feeds[0].ids, first.feeds[0].ids);
        assert_eq!(
            third.ledger.of_path("en/late.md").map(|known| known.id.as_str()),
            first.feeds[0].ids.iter().next()
        );
    }
}
