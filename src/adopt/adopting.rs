//! An adoption under way: which article gets the id of which entry, and why some do not.

use super::Earlier;
use super::claims::{Unclear, unclear};
use super::finder::Finding;
use super::near;
use super::old_feed::{OldEntry, OldFeed};
use super::page::Page;
use crate::address::Address;
use crate::catalog::{Card, Catalog};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::ledger::{Adopted, EntryRecord, Ledger, is_usable};
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// An adoption under way.
pub struct Adopting<'a> {
    cards: &'a [Card],
    catalog: &'a Catalog,
    settings: &'a Settings,
    earlier: Earlier,
    /// The ledger as far as it has come.
    pub ledger: Ledger,
    /// Whose an id is. Readers take white space around an id for nothing, so none of it counts here.
    holders: HashMap<String, Holder>,
    /// What this run has adopted, or found adopted: the feed that it is from, by card.
    settled: BTreeMap<usize, String>,
    /// What was adopted, in order.
    pub adopted: Vec<Adopted>,
    /// The ids that feeds have shown and that change, by the paths of their articles.
    pub replaced: BTreeMap<String, String>,
    /// What was not adopted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Who has an id.
#[derive(Clone, Debug, PartialEq)]
enum Holder {
    /// An article, by the number of its card.
    Article(usize),
    /// A source file that is no article that is due: gone, held back, or faulty.
    Gone(String),
    /// An article that readers were shown, of this file.
    Shown { path: String, title: String },
}

impl<'a> Adopting<'a> {
    /// Before the first feed. `catalog` has the articles with their ids from `ledger`.
    #[must_use]
    pub fn new(
        feeds: &[OldFeed],
        catalog: &'a Catalog,
        settings: &'a Settings,
        ledger: &Ledger,
        earlier: Earlier,
    ) -> Adopting<'a> {
        let entries = feeds.iter().flat_map(|feed| &feed.entries);
        let wanted: HashSet<&str> = entries.map(|entry| entry.id.trim()).collect();
        let gone =
            ledger.adopted().map(|known| (known.id.trim().to_owned(), Holder::Gone(known.path.clone())));
        let mut holders: HashMap<String, Holder> = gone.collect();
        holders.extend(shown(ledger, &wanted));
        for (index, card) in catalog.cards.iter().enumerate() {
            if wanted.contains(card.id().trim()) {
                holders.insert(card.id().trim().to_owned(), Holder::Article(index));
            }
        }
        Adopting {
            cards: &catalog.cards,
            catalog,
            settings,
            earlier,
            ledger: ledger.clone(),
            holders,
            settled: BTreeMap::new(),
            adopted: Vec::new(),
            replaced: BTreeMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Adopts the ids of a feed, for whose entries these articles were found.
    pub fn adopt_feed(&mut self, feed: &OldFeed, findings: &[Finding]) {
        let before = self.diagnostics.len();
        let unclear = unclear(feed, findings);
        let mut unmatched: Vec<&OldEntry> = Vec::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for (number, (entry, finding)) in feed.entries.iter().zip(findings).enumerate() {
            match finding {
                Finding::Nothing => unmatched.push(entry),
                Finding::Several(found) => {
                    let paths: Vec<String> = found.iter().take(3).map(|&one| self.path(one)).collect();
                    let message =
                        format!("more than one article may be {}: {}", entry.described(), paths.join(", "));
                    let fault = report(Code::AmbiguousEntry, feed, entry, message);
                    self.diagnostics
                        .push(fault.help("give them titles or dates of their own for this run, or write the id into the right one"));
                }
                Finding::One(card, _) => {
                    taken.insert(*card);
                    let fault = match unclear.get(&number) {
                        Some(reason) => Some(self.told_unclear(feed, entry, *card, *reason)),
                        None => self.settle(feed, entry, *card),
                    };
                    self.diagnostics.extend(fault);
                }
            }
        }
        self.tell_unmatched(feed, &unmatched, &taken);
        self.diagnostics[before..].sort_by_key(|fault| fault.location.position);
    }

    /// Gives an article the id of an entry, or says why not.
    fn settle(&mut self, feed: &OldFeed, entry: &OldEntry, index: usize) -> Option<Diagnostic> {
        let card = &self.cards[index];
        let known = self.catalog.promised.adopted.record(card.path(), card.permalink(), card.aliases());
        let current = self.ledger.adopted_of(card.path()).or(known).cloned();
        if let Some(obstacle) = self.obstacle(entry, index, current.as_ref()) {
            return obstacle.reported(feed, entry, card.path());
        }
        let is_known = |known: &Adopted| known.id.trim() == entry.id.trim();
        let (path, permalink) = (card.path().to_owned(), card.permalink().to_owned());
        let adopted = match current.clone().filter(is_known) {
            // The file may have another name now, or its page another address.
            Some(known) => Adopted { path, permalink, ..known },
            None => {
                let (id, published, feed) = (entry.id.clone(), entry.published, feed.name.clone());
                Adopted { path, id, permalink, published, feed }
            }
        };
        self.settled.insert(index, adopted.feed.clone());
        if current.as_ref() != Some(&adopted) {
            self.enter(adopted, index, current);
        }
        None
    }

    /// What keeps an article from the id of an entry.
    fn obstacle(&self, entry: &OldEntry, index: usize, current: Option<&Adopted>) -> Option<Obstacle> {
        let (card, id) = (&self.cards[index], entry.id.trim());
        if !is_usable(&entry.id) {
            return Some(Obstacle::Unusable);
        }
        if card.declares_id() {
            return Some(if card.id().trim() == id {
                Obstacle::IsSo
            } else {
                Obstacle::Declared(card.id().to_owned())
            });
        }
        if let (Some(winner), Some(current)) = (self.settled.get(&index), current) {
            let other = Obstacle::OtherFeed { id: current.id.clone(), feed: winner.clone() };
            return Some(if current.id.trim() == id { Obstacle::IsSo } else { other });
        }
        let may_replace = self.earlier == Earlier::GivesWay;
        match self.holders.get(id) {
            Some(Holder::Article(other)) if *other != index => {
                return Some(Obstacle::Taken(self.cards[*other].path().to_owned()));
            }
            Some(Holder::Shown { path, title }) if *path != card.path() => {
                return Some(Obstacle::Shown(title.clone()));
            }
            Some(Holder::Gone(other)) if !may_replace => return Some(Obstacle::TakenByNone(other.clone())),
            _ => {}
        }
        let earlier = current.filter(|known| known.id.trim() != id && !may_replace)?;
        Some(Obstacle::Earlier { id: earlier.id.clone(), feed: earlier.feed.clone() })
    }

    fn enter(&mut self, adopted: Adopted, index: usize, before: Option<Adopted>) {
        if let Some(before) = before {
            self.ledger.forget(&before.path);
        }
        let holder = self.holders.insert(adopted.id.trim().to_owned(), Holder::Article(index));
        if let Some(Holder::Gone(path)) = holder {
            self.ledger.forget(&path);
        }
        let shown = self.ledger.of_path(&adopted.path).map(|entry| entry.id.clone());
        self.replaced.extend(shown.filter(|id| *id != adopted.id).map(|id| (adopted.path.clone(), id)));
        self.ledger.adopt(adopted.clone());
        self.adopted.push(adopted);
    }

    fn told_unclear(&self, feed: &OldFeed, entry: &OldEntry, card: usize, reason: Unclear) -> Diagnostic {
        let path = self.path(card);
        let message = match reason {
            Unclear::SeveralIds => {
                format!("{path} is more than one entry of the feed, one of them {}", entry.described())
            }
            Unclear::SeveralArticles => {
                format!("{path} cannot have the id of {}: other entries have it too", entry.described())
            }
        };
        report(Code::AmbiguousEntry, feed, entry, message)
            .help("take the entry that readers do not know out of the old feed, and run this again")
    }

    fn tell_unmatched(&mut self, feed: &OldFeed, unmatched: &[&OldEntry], taken: &BTreeSet<usize>) {
        let site = &self.settings.site;
        let page = |entry: &&OldEntry| {
            let link = entry.links.first()?;
            Page::of(&Address::parse(link).or_else(|| site.url.join(link))?)
        };
        let pages: Vec<Option<Page>> = unmatched.iter().map(page).collect();
        let hints = near::nearest(&pages, self.cards, taken);
        for (entry, hint) in unmatched.iter().zip(hints) {
            let message = format!("no article is {}", entry.described());
            let help = match hint {
                Some(near) => {
                    let (path, permalink) = (self.path(near), self.cards[near].permalink());
                    format!(
                        "is it {path}, at `{permalink}`? if so, add the old address to its `aliases`, and run this again"
                    )
                }
                None => "if it is still published, see with `feedmill check` whether it has a fault; \
                         else add the old address to its `aliases`, and run this again"
                    .to_owned(),
            };
            self.diagnostics.push(report(Code::UnmatchedEntry, feed, entry, message).help(help));
        }
    }

    fn path(&self, card: usize) -> String {
        format!("`{}`", self.cards[card].path())
    }
}

/// The wanted ids that readers know already, from feeds of ours.
fn shown(ledger: &Ledger, wanted: &HashSet<&str>) -> Vec<(String, Holder)> {
    let holder = |record: &EntryRecord| {
        let title = if record.title.is_empty() { record.id.clone() } else { record.title.clone() };
        (record.id.trim().to_owned(), Holder::Shown { path: record.path.clone(), title })
    };
    let mut shown = Vec::new();
    if let Some(past) = &ledger.past().0 {
        // What is damaged there stops the next run, which can say so better.
        let _ =
            past.each(&|glance| wanted.contains(glance.id.trim()), &mut |record| shown.push(holder(&record)));
    }
    shown.extend(ledger.entries().filter(|entry| wanted.contains(entry.id.trim())).map(holder));
    shown
}

/// Why an article does not get the id of an entry.
enum Obstacle {
    /// It has it already.
    IsSo,
    /// No feed could hold it.
    Unusable,
    /// Its front matter has this one.
    Declared(String),
    /// A feed that was named first had this one.
    OtherFeed { id: String, feed: String },
    /// This one was adopted in an earlier run.
    Earlier { id: String, feed: String },
    /// The article of this file has the id.
    Taken(String),
    /// It was adopted for this file, which is no article any more.
    TakenByNone(String),
    /// Readers know an article of this title by it.
    Shown(String),
}

impl Obstacle {
    fn reported(self, feed: &OldFeed, entry: &OldEntry, path: &str) -> Option<Diagnostic> {
        let (described, mut code) = (entry.described(), Code::KeptId);
        let (message, help) = match self {
            Obstacle::IsSo => return None,
            Obstacle::Unusable => (
                format!("`{path}` cannot have the id of {described}"),
                "nothing can be done: it is empty, or holds what no feed may hold",
            ),
            Obstacle::Declared(id) => (
                format!("`{path}` keeps the id of its front matter, `{id}`, not that of {described}"),
                "delete the `id` from the front matter and run this again, if readers know only the old one",
            ),
            Obstacle::OtherFeed { id, feed: first } => {
                code = Code::SecondId;
                let (name, old) = (&feed.name, &entry.id);
                let message = format!(
                    "`{path}` has the id `{id}`, from `{first}`; \
                     to readers of `{name}` it will be new, where it had `{old}`"
                );
                (message, "name the feed first that has the most subscribers")
            }
            Obstacle::Earlier { id, feed: first } => (
                format!(
                    "`{path}` keeps the id `{id}`, adopted earlier from `{first}`, not that of {described}"
                ),
                "say `--replace` to let the new id take its place",
            ),
            Obstacle::Shown(title) => (
                format!("`{path}` cannot have the id of {described}: readers know `{title}` by it"),
                "an id is that of one article for ever, also when that is withdrawn",
            ),
            Obstacle::Taken(other) => (
                format!("`{path}` cannot have the id of {described}: `{other}` has it"),
                "an id is that of one article for ever; see which of the two is meant",
            ),
            Obstacle::TakenByNone(other) => (
                format!("`{path}` cannot have the id of {described}: it was adopted for `{other}`"),
                "say `--replace` if that file is gone and this is the same article",
            ),
        };
        Some(report(code, feed, entry, message).help(help))
    }
}

fn report(code: Code, feed: &OldFeed, entry: &OldEntry, message: String) -> Diagnostic {
    Diagnostic::new(code, Location::new(&feed.name, entry.at), message)
}
