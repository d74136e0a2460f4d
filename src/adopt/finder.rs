//! Which article an entry of an old feed is: by its address, its id, or its title and day. Never a guess.

use super::old_feed::{OldEntry, OldFeed};
use super::page::Page;
use crate::address::Address;
use crate::catalog::Card;
use crate::identity::declared_id;
use crate::render::Renderer;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How an entry was found, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Its address is that of the article.
    Link,
    /// Its id is that of the article already.
    Id,
    /// It has the title of the article, and its day.
    TitleAndDate,
}

/// What was found for an entry: the numbers of cards.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// One article.
    One(usize, Way),
    /// So many that nobody can say which.
    Several(Vec<usize>),
    /// None.
    Nothing,
}

/// Looks for entries among the articles. Only what some entry asks for is kept of a large archive.
pub struct Finder<'a> {
    renderer: &'a Renderer<'a>,
    by_path: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, usize>,
    titles: HashMap<usize, String>,
    days: HashMap<NaiveDate, HashMap<String, Vec<usize>>>,
}

/// The addresses by which old links may know an article, the one that it has now first.
fn addresses(card: &Card) -> impl Iterator<Item = Address> {
    std::iter::once(card.address()).chain(card.aliases().iter().cloned())
}

/// On so many entries at least an old host must agree with the new one before it counts as the same site.
const FEWEST_THAT_SHOW_A_MOVE: usize = 3;

impl<'a> Finder<'a> {
    /// Makes ready to look for the entries of these feeds.
    #[must_use]
    pub fn new(renderer: &'a Renderer<'a>, feeds: &[OldFeed]) -> Finder<'a> {
        let mut finder = Finder {
            renderer,
            by_path: HashMap::new(),
            by_id: HashMap::new(),
            titles: HashMap::new(),
            days: HashMap::new(),
        };
        let entries = || feeds.iter().flat_map(|feed| &feed.entries);
        let paths: HashSet<String> =
            entries().flat_map(|entry| finder.pages(entry)).map(|page| page.path).collect();
        let ids: HashSet<String> = entries().flat_map(|entry| finder.ids(entry)).collect();
        let cards = &renderer.catalog.cards;
        let known: Vec<(usize, String)> = cards
            .par_iter()
            .enumerate()
            .flat_map_iter(|(index, card)| {
                addresses(card).filter_map(|page| Page::of(&page)).map(move |page| (index, page.path))
            })
            .filter(|(_, path)| paths.contains(path))
            .collect();
        for (index, path) in known {
            let there = finder.by_path.entry(path).or_default();
            if there.last() != Some(&index) {
                there.push(index);
            }
        }
        for (index, card) in cards.iter().enumerate().filter(|(_, card)| ids.contains(card.id())) {
            finder.by_id.insert(card.id().to_owned(), index);
        }
        finder
    }

    /// Finds the articles of a feed's entries, in their order.
    pub fn find(&mut self, feed: &OldFeed) -> Vec<Finding> {
        let at_links: Vec<AtLink> = feed.entries.iter().map(|entry| self.at_link(entry)).collect();
        let moved = self.moved_hosts(feed, &at_links);
        feed.entries
            .iter()
            .zip(at_links)
            .map(|(entry, at_link)| {
                let by_link = match at_link {
                    AtLink::Here(found) => found,
                    AtLink::Elsewhere(page, found) if moved.contains(&page.host) => found,
                    AtLink::Elsewhere(_, found) => {
                        found.into_iter().filter(|&index| self.has_title(index, entry)).collect()
                    }
                    AtLink::Nowhere(_) => Vec::new(),
                };
                let found = [(by_link, Way::Link), (self.by_id(entry), Way::Id)];
                let found = found.into_iter().find(|(found, _)| !found.is_empty());
                let (found, way) = found.unwrap_or_else(|| (self.by_title_and_day(entry), Way::TitleAndDate));
                match found[..] {
                    [] => Finding::Nothing,
                    [one] => Finding::One(one, way),
                    _ => Finding::Several(found),
                }
            })
            .collect()
    }

    /// The pages that an entry may mean; what is relative is meant on the site.
    fn pages(&self, entry: &OldEntry) -> Vec<Page> {
        let site = &self.renderer.settings.site.url;
        let address = |link: &String| Address::parse(link).or_else(|| site.join(link));
        entry.links.iter().filter_map(address).filter_map(|address| Page::of(&address)).collect()
    }

    /// An entry's id, and what feedmill would make of it in front matter.
    fn ids(&self, entry: &OldEntry) -> BTreeSet<String> {
        if entry.id.is_empty() {
            return BTreeSet::new();
        }
        [entry.id.clone(), declared_id(entry.id.trim(), &self.renderer.settings.site)].into()
    }

    fn at_link(&self, entry: &OldEntry) -> AtLink {
        let pages = self.pages(entry);
        for page in &pages {
            let Some(there) = self.by_path.get(&page.path) else { continue };
            let is_here = |index: &&usize| {
                let mut pages =
                    addresses(&self.renderer.catalog.cards[**index]).filter_map(|page| Page::of(&page));
                pages.any(|known| known == *page)
            };
            let here: Vec<usize> = there.iter().filter(is_here).copied().collect();
            if here.is_empty() {
                return AtLink::Elsewhere(page.clone(), there.clone());
            }
            // The page of one article may be an alias of another.
            let is_own = |index: &&usize| {
                Page::of(&self.renderer.catalog.cards[**index].address()).is_some_and(|own| own == *page)
            };
            let own: Vec<usize> = here.iter().filter(is_own).copied().collect();
            let here = if own.is_empty() { here } else { own };
            // `/a/` and `/a.html` may be two articles; then the spelling decides.
            let is_spelt_so = |index: &&usize| {
                let mut known = addresses(&self.renderer.catalog.cards[**index]);
                known.any(|known| entry.links.iter().any(|link| known.as_str() == link))
            };
            let exact: Vec<usize> = here.iter().filter(is_spelt_so).copied().collect();
            return AtLink::Here(if exact.is_empty() { here } else { exact });
        }
        AtLink::Nowhere(pages.first().map(|page| page.host.clone()).unwrap_or_default())
    }

    /// The hosts that are this site under another name: every link of the feed to such a host leads to
    /// an article by its path, there are some, and most of them have its title too. Paths alone would not do:
    /// `/posts/1` is on many sites.
    fn moved_hosts(&mut self, feed: &OldFeed, at_links: &[AtLink]) -> BTreeSet<String> {
        #[derive(Default)]
        struct Tally {
            entries: usize,
            agree: usize,
            is_whole: bool,
        }
        let mut hosts: BTreeMap<&str, Tally> = BTreeMap::new();
        for (entry, at_link) in feed.entries.iter().zip(at_links) {
            let (host, found) = match at_link {
                AtLink::Here(_) => continue,
                AtLink::Elsewhere(page, found) => (page.host.as_str(), found.as_slice()),
                AtLink::Nowhere(host) => (host.as_str(), &[][..]),
            };
            let tally = hosts.entry(host).or_insert(Tally { is_whole: true, ..Tally::default() });
            tally.entries += 1;
            tally.is_whole &= found.len() == 1;
            if tally.is_whole && self.has_title(found[0], entry) {
                tally.agree += 1;
            }
        }
        let is_moved = |tally: &Tally| {
            tally.is_whole && tally.entries >= FEWEST_THAT_SHOW_A_MOVE && tally.agree * 2 > tally.entries
        };
        hosts.into_iter().filter(|(_, tally)| is_moved(tally)).map(|(host, _)| host.to_owned()).collect()
    }

    fn by_id(&self, entry: &OldEntry) -> Vec<usize> {
        let found = self.ids(entry).into_iter().filter_map(|id| self.by_id.get(&id).copied());
        found.collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn by_title_and_day(&mut self, entry: &OldEntry) -> Vec<usize> {
        let (Some(dated), title) = (&entry.dated, folded(&entry.title)) else { return Vec::new() };
        if title.is_empty() {
            return Vec::new();
        }
        let mut found = BTreeSet::new();
        for day in days(dated) {
            if !self.days.contains_key(&day) {
                let titles = self.titles_of(day);
                self.days.insert(day, titles);
            }
            found.extend(self.days[&day].get(&title).into_iter().flatten());
        }
        found.into_iter().collect()
    }

    /// The articles of a day by their titles. Read now, because no card has a title.
    fn titles_of(&mut self, day: NaiveDate) -> HashMap<String, Vec<usize>> {
        let cards = &self.renderer.catalog.cards;
        // No offset is a whole day.
        let from = (day - Days::new(1)).and_time(NaiveTime::MIN).and_utc();
        let to = (day + Days::new(2)).and_time(NaiveTime::MIN).and_utc();
        let first = cards.partition_point(|card| card.published > to);
        let end = cards.partition_point(|card| card.published >= from);
        let of_day: Vec<usize> =
            (first..end).filter(|&index| days(&cards[index].published).contains(&day)).collect();
        let unread: Vec<usize> =
            of_day.iter().copied().filter(|index| !self.titles.contains_key(index)).collect();
        let renderer = self.renderer;
        let read =
            |index| (index, renderer.headline(&cards[index]).map(|title| folded(&title)).unwrap_or_default());
        let titles: Vec<_> = unread.into_par_iter().map(read).collect();
        self.titles.extend(titles);
        let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
        for index in of_day {
            by_title.entry(self.titles[&index].clone()).or_default().push(index);
        }
        by_title
    }

    fn has_title(&mut self, index: usize, entry: &OldEntry) -> bool {
        let renderer = self.renderer;
        let known = self.titles.entry(index).or_insert_with(|| {
            let title = renderer.headline(&renderer.catalog.cards[index]);
            title.map(|title| folded(&title)).unwrap_or_default()
        });
        !known.is_empty() && *known == folded(&entry.title)
    }
}

/// Where an entry's link leads.
enum AtLink {
    /// To articles, on their own host.
    Here(Vec<usize>),
    /// To the path of articles on another host.
    Elsewhere(Page, Vec<usize>),
    /// To nothing known, on this host.
    Nowhere(String),
}

/// The days that a time may be said to be on: that of its own offset, and Greenwich's.
fn days(time: &DateTime<FixedOffset>) -> BTreeSet<NaiveDate> {
    [time.date_naive(), time.to_utc().date_naive()].into()
}

/// A title without what programs change in it: capitals, quotation marks, dashes, blanks.
fn folded(title: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || "+#".contains(c);
    let words = title.split(|c: char| !is_kept(c) && !matches!(c, '\'' | '’' | '‘'));
    let words = words.map(|word| word.chars().filter(|&c| is_kept(c)).collect::<String>());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(|word| word.to_lowercase()).collect();
    if words.is_empty() { title.trim().to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_folded() {
        assert_eq!(folded("The “ferry” – it’s LATE!"), folded("The \"ferry\" - it's late"));
        assert_eq!(folded("Мост"), "мост");
        assert_ne!(folded("C++"), folded("C"));
        assert_ne!(folded("🌉"), folded("⛴"));
    }
}
