//! Articles dealt out to their feeds. A million of them name few editions, sections, authors and tags: so each name is
//! understood once, and a feed is found by the numbers of its parts.

use super::{FeedKey, PlannedFeed, Spelled};
use crate::access::Access;
use crate::catalog::Card;
use crate::settings::{Grouping, MembersExtent, Settings};
use crate::topic::Topic;
use std::collections::{BTreeMap, HashMap};

/// The feeds, while they get their articles.
pub struct Deal<'s> {
    settings: &'s Settings,
    row: Grouping,
    editions: Numbers,
    sections: Numbers,
    authors: Topics,
    tags: Topics,
    feeds: Vec<PlannedFeed>,
    by_parts: HashMap<Parts, usize>,
    /// The feeds of a row that tells nothing but editions and sections apart, by the numbers of these together.
    by_filing: Vec<Option<usize>>,
    /// What the article at hand has, so that no memory is asked for each of them.
    its_authors: Vec<Part>,
    its_tags: Vec<Part>,
}

/// The numbers of a feed's edition, section, author and tag.
type Parts = [u32; 4];

/// The number of what a feed does not have.
const NONE: u32 = 0;

/// An author or a tag of an article: its number, and which of the article's it is.
type Part = (u32, usize);

/// An article, and its place among all.
#[derive(Clone, Copy)]
pub struct Dealt<'c> {
    /// Its index in the catalog.
    pub index: usize,
    /// What is known of it.
    pub card: &'c Card,
}

impl<'s> Deal<'s> {
    /// No feeds of this row of the grid yet.
    pub fn new(settings: &'s Settings, row: Grouping) -> Deal<'s> {
        Deal {
            settings,
            row,
            editions: Numbers::default(),
            sections: Numbers::default(),
            authors: Topics::default(),
            tags: Topics::default(),
            feeds: Vec::new(),
            by_parts: HashMap::new(),
            by_filing: Vec::new(),
            its_authors: Vec::new(),
            its_tags: Vec::new(),
        }
    }

    /// Adds a feed that is there without any article, unless it is there already. Returns its number.
    pub fn open(&mut self, key: FeedKey, spelled: Spelled) -> usize {
        let parts = [
            key.edition.as_ref().map_or(NONE, |edition| self.editions.of(edition.as_str())),
            key.section.as_deref().map_or(NONE, |section| self.sections.of(section)),
            key.author.as_ref().map_or(NONE, |author| self.authors.of_topic(author)),
            key.tag.as_ref().map_or(NONE, |tag| self.tags.of_topic(tag)),
        ];
        number(&mut self.feeds, &mut self.by_parts, parts, self.settings, || (key, spelled))
    }

    /// Gives an article to a feed. Articles come newest first.
    pub fn give(&mut self, article: Dealt<'_>, key: FeedKey, spelled: &Spelled) {
        let number = self.open(key, spelled.clone());
        self.feeds[number].take(article, || spelled.clone());
    }

    /// Gives an article to all feeds that it belongs to. Articles come newest first.
    pub fn give_to_all(&mut self, article: Dealt<'_>) {
        let (card, row) = (article.card, self.row);
        if (row.edition && card.edition().is_none()) || (row.section && card.section().is_none()) {
            return;
        }
        if !row.author && !row.tag {
            let number = self.of_filing(card);
            return self.feeds[number].take(article, Spelled::default);
        }
        let edition = card.edition().filter(|_| row.edition);
        let edition = edition.map_or(NONE, |edition| self.editions.of(edition.as_str()));
        let section = card.section().filter(|_| row.section);
        let section = section.map_or(NONE, |section| self.sections.of(section));
        let tags = &self.settings.tags;
        self.its_authors.clear();
        match row.author {
            true => (card.authors().iter().zip(0..))
                .for_each(|(name, number)| self.its_authors.push((self.authors.of(name, Topic::of), number))),
            false => self.its_authors.push((NONE, 0)),
        }
        self.its_tags.clear();
        match row.tag {
            true => (card.tags().iter().zip(0..)).for_each(|(name, number)| {
                self.its_tags.push((self.tags.of(name, |name| tags.called(name)), number));
            }),
            false => self.its_tags.push((NONE, 0)),
        }
        for &(author, author_number) in &self.its_authors {
            for &(tag, tag_number) in &self.its_tags {
                let spelled = || Spelled {
                    author: row.author.then(|| card.authors()[author_number].to_string()),
                    tag: row.tag.then(|| card.tags()[tag_number].to_string()),
                };
                let key = || FeedKey {
                    edition: card.edition().filter(|_| row.edition).cloned(),
                    section: card.section().filter(|_| row.section).cloned(),
                    author: self.authors.topic(author),
                    tag: self.tags.topic(tag),
                };
                let parts = [edition, section, author, tag];
                let made = || (key(), spelled());
                let number = number(&mut self.feeds, &mut self.by_parts, parts, self.settings, made);
                self.feeds[number].take(article, spelled);
            }
        }
    }

    /// The number of the feed of an article's edition and section, in a row that tells nothing else apart.
    fn of_filing(&mut self, card: &Card) -> usize {
        let filing = card.filing();
        if let Some(number) = self.by_filing.get(filing).copied().flatten() {
            return number;
        }
        let key = FeedKey {
            edition: card.edition().filter(|_| self.row.edition).cloned(),
            section: card.section().filter(|_| self.row.section).cloned(),
            ..FeedKey::default()
        };
        let number = self.open(key, Spelled::default());
        self.by_filing.resize(self.by_filing.len().max(filing + 1), None);
        self.by_filing[filing] = Some(number);
        number
    }

    /// The feeds, in no order.
    pub fn end(self) -> Vec<PlannedFeed> {
        self.feeds
    }
}

/// The number of the feed of these parts, which is made where there is none.
fn number(
    feeds: &mut Vec<PlannedFeed>,
    by_parts: &mut HashMap<Parts, usize>,
    parts: Parts,
    settings: &Settings,
    made: impl FnOnce() -> (FeedKey, Spelled),
) -> usize {
    *by_parts.entry(parts).or_insert_with(|| {
        let (key, spelled) = made();
        feeds.push(PlannedFeed::empty(key, spelled, &settings.feeds));
        feeds.len() - 1
    })
}

impl PlannedFeed {
    fn take(&mut self, article: Dealt<'_>, spelled: impl FnOnce() -> Spelled) {
        let Dealt { index, card } = article;
        let is_kept_out = card.access == Access::Members && self.choices.members == MembersExtent::Out;
        let number = u32::try_from(index).expect("so many articles fit in no memory");
        // It may spell one tag in two ways.
        let has_it = self.articles.last() == Some(&index)
            || self.pushed_out.last() == Some(&index)
            || self.history.last() == Some(&number);
        if is_kept_out || has_it {
            return;
        }
        if self.choices.archive {
            self.history.push(number);
        }
        if self.articles.len() < self.choices.limit {
            // As the newest article that it holds spells them.
            if self.articles.is_empty() {
                self.spelled = spelled();
            }
            self.articles.push(index);
        } else if card.is_known {
            self.pushed_out.push(index);
        }
    }
}

/// Names, each with a number.
#[derive(Default)]
struct Numbers(HashMap<Box<str>, u32>);

impl Numbers {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.0.get(name) {
            return number;
        }
        let number = next(self.0.len());
        self.0.insert(name.into(), number);
        number
    }
}

/// Authors or tags, each with a number, whatever its spelling.
#[derive(Default)]
struct Topics {
    by_spelling: HashMap<Box<str>, u32>,
    by_topic: BTreeMap<Topic, u32>,
    /// In the order of their numbers.
    topics: Vec<Topic>,
}

impl Topics {
    fn of(&mut self, spelling: &str, topic: impl FnOnce(&str) -> Topic) -> u32 {
        if let Some(&number) = self.by_spelling.get(spelling) {
            return number;
        }
        let number = self.of_topic(&topic(spelling));
        self.by_spelling.insert(spelling.into(), number);
        number
    }

    fn of_topic(&mut self, topic: &Topic) -> u32 {
        if let Some(&number) = self.by_topic.get(topic) {
            return number;
        }
        let number = next(self.topics.len());
        self.by_topic.insert(topic.clone(), number);
        self.topics.push(topic.clone());
        number
    }

    fn topic(&self, number: u32) -> Option<Topic> {
        self.topics.get((number as usize).checked_sub(1)?).cloned()
    }
}

/// The number of a name that comes after so many others.
fn next(others: usize) -> u32 {
    u32::try_from(others + 1).expect("no memory holds four billion names")
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::index::Index;
    use crate::ledger::Ledger;
    use crate::newsroom::MemoryNewsroom;
    use crate::plan::plan;
    use crate::settings::read;

    #[test]
    fn a_tag_in_two_spellings_is_one() {
        let text = "[site]\nurl = 'https://e.example'\n[feeds]\nby = ['tag']\nlimit = 1\narchive = true";
        let settings = read("feedmill.toml", text, &Default::default()).unwrap();
        let newsroom = MemoryNewsroom::of([
            ("en/a.md", "---\npublished: 2026-01-02\ntags: [Sea Ice, sea-ice]\n---\n"),
            ("en/b.md", "---\npublished: 2026-01-01\ntags: [SEA ICE, Sea_Ice]\n---\n"),
        ]);
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let (catalog, _) = Catalog::gather(&newsroom, &settings, &Ledger::default(), &Index::default(), now);
        let feeds = plan(&catalog, &settings, &Ledger::default()).0.feeds;
        assert_eq!(feeds.len(), 1);
        assert_eq!(feeds[0].spelled.tag.as_deref(), Some("Sea Ice"));
        assert_eq!((&*feeds[0].articles, &*feeds[0].history), (&[0][..], &[0, 1][..]));
    }
}
