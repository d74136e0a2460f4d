//! The documents of the archives, made a few at a time when they are asked for: all of them would not fit in memory.

mod printing;

pub use printing::Printing;

use super::entries::Entries;
use super::freeze::Frozen;
use super::remembered::Remembered;
use super::{KnownFeeds, Publication, Withdrawals};
use crate::archive::{Mark, Shelf, Shelved, directory, document_path, line};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::encode::Format;
use crate::feed::Tombstone;
use crate::index::memo::{DocumentMemo, StillMemo};
use crate::index::name::{Name, Names};
use crate::ledger::{EntryRecord, Ledger};
use crate::masthead::Masthead;
use crate::newsroom::{Newsroom, WithLastGood};
use crate::plan::{Plan, PlannedFeed};
use crate::press::{Compositor, FeedFile, Identity};
use crate::render::{Closings, Rendered};
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

/// All documents of a run, ready to be made.
#[derive(Debug)]
pub struct Documents {
    archives: Vec<Bound>,
    /// Where each that is to be made stands in `archives`, those of the oldest articles first.
    order: Vec<(usize, usize)>,
    /// What is remembered of those that need not be made.
    current: BTreeMap<(usize, usize), DocumentMemo>,
    /// The files that these looked for, among others, and that no listing has.
    looked_for: Vec<String>,
    /// The rendered articles that the feeds themselves show, and what they were made of.
    entries: BTreeMap<usize, Rendered>,
    made: BTreeMap<usize, (Names, Vec<Diagnostic>)>,
    closings: Closings,
    first_day: DateTime<Utc>,
    now: DateTime<Utc>,
}

/// The archive of a feed.
#[derive(Debug)]
struct Bound {
    planned: PlannedFeed,
    identity: Identity,
    /// The paths of the feed itself in each format: the present one, then those that it had before.
    files: Vec<(Format, Vec<String>)>,
    documents: Vec<Shelved>,
    /// What is absent from documents, by their index.
    absences: BTreeMap<usize, Absence>,
}

/// What there is to say of entries that a document lost.
#[derive(Debug, Default)]
struct Absence {
    tombstones: Vec<Tombstone>,
    /// When the last of them was withdrawn.
    withdrawn: Option<DateTime<Utc>>,
    /// Is one of them withdrawn in this run?
    is_news: bool,
    /// May one of them come back?
    is_waiting: bool,
}

/// What a document becomes.
#[derive(Debug)]
pub struct PrintedDocument {
    /// Its files.
    pub files: Vec<FeedFile>,
    /// Does it stay as it is, where it is there already? An article of it cannot be read now, and is not to be missing.
    pub stays: bool,
    /// What is to be put aside of its entries, or nobody would know them again.
    pub records: Vec<EntryRecord>,
    /// Why articles are missing.
    pub faults: Vec<Diagnostic>,
}

/// What a run knows when its feeds are printed.
pub struct Binding<'a> {
    /// The planned feeds.
    pub plan: &'a Plan,
    /// All articles.
    pub catalog: &'a Catalog,
    /// What is known of the feeds.
    pub known: &'a KnownFeeds<'a>,
    /// The feeds that stay as they are, and with them their documents.
    pub frozen: &'a Frozen,
    /// What was withdrawn.
    pub withdrawals: &'a Withdrawals,
    /// The settings.
    pub settings: &'a Settings,
}

impl Binding<'_> {
    /// Makes the documents of these archives ready, which are in the order of the planned feeds.
    #[must_use]
    pub fn bind(
        &self,
        shelves: Vec<Option<Shelf>>,
        Entries { rendered, made, .. }: Entries<'_>,
        remembered: &Remembered<'_>,
        closings: Closings,
        (first_day, now): (DateTime<Utc>, DateTime<Utc>),
        ledger: &Ledger,
    ) -> Documents {
        let gone: HashMap<Mark, DateTime<Utc>> =
            self.withdrawals.gone().map(|(id, when)| (Mark::of(id), when)).collect();
        let waiting: HashSet<Mark> =
            self.catalog.standing.lost.iter().chain(&self.frozen.entries).map(|id| Mark::of(id)).collect();
        let shelves = self.plan.feeds.iter().zip(shelves).filter_map(|(feed, shelf)| Some((feed, shelf?)));
        let shelves = shelves.filter(|(_, shelf)| !self.frozen.feeds.contains(&shelf.feed));
        let archives: Vec<Bound> =
            shelves.map(|(feed, shelf)| self.bound(feed, shelf, &gone, &waiting, ledger)).collect();
        let compositor = Compositor { catalog: self.catalog, settings: self.settings, closings: &closings };
        let remembered = remembered.of_documents(self.catalog);
        let all: Vec<(usize, usize)> = (0..archives.len())
            .flat_map(|archive| (0..archives[archive].documents.len()).map(move |index| (archive, index)))
            .collect();
        let current = all.par_iter().filter_map(|&(archive, index)| {
            let bound: &Bound = &archives[archive];
            let articles = &bound.documents[index].articles;
            if articles.iter().any(|&article| rendered.contains_key(&(article as usize))) {
                return None;
            }
            let frame = bound.frame(index, compositor, first_day);
            let memo = remembered.document(&bound.identity.id, index, frame, articles, bound.paths(index));
            Some(((archive, index), memo?.clone()))
        });
        let current: BTreeMap<(usize, usize), DocumentMemo> = current.collect();
        let mut order: Vec<(usize, usize)> =
            all.into_iter().filter(|place| !current.contains_key(place)).collect();
        // Articles with high numbers are old.
        let oldest = |(archive, index): &(usize, usize)| {
            let oldest = archives[*archive].documents[*index].articles.last().copied();
            std::cmp::Reverse(oldest.unwrap_or(u32::MAX))
        };
        order.sort_by_key(oldest);
        let looked_for = if current.is_empty() { Vec::new() } else { remembered.looked_for() };
        Documents { archives, order, current, looked_for, entries: rendered, made, closings, first_day, now }
    }

    fn bound(
        &self,
        feed: &PlannedFeed,
        shelf: Shelf,
        gone: &HashMap<Mark, DateTime<Utc>>,
        waiting: &HashSet<Mark>,
        ledger: &Ledger,
    ) -> Bound {
        let record = ledger.feed(&shelf.feed);
        let joined = record.iter().flat_map(|record| &record.joined);
        let told = self.withdrawals.tombstones(&shelf.feed, joined);
        let absence = |document: &Shelved| {
            let marks: BTreeSet<Mark> = document.absent.iter().copied().collect();
            let is_news = |id: &String| marks.contains(&Mark::of(id));
            Absence {
                tombstones: told
                    .iter()
                    .filter(|stone| marks.contains(&Mark::of(&stone.id)))
                    .cloned()
                    .collect(),
                withdrawn: marks.iter().filter_map(|mark| gone.get(mark)).max().copied(),
                is_news: self.withdrawals.now.keys().any(is_news),
                is_waiting: marks.iter().any(|mark| waiting.contains(mark)),
            }
        };
        let lacking = shelf.documents.iter().enumerate().filter(|(_, document)| !document.absent.is_empty());
        let files = self.settings.feeds.formats.iter().map(|&format| {
            let present = feed.key.path(&self.settings.feeds, format.file_name());
            let former = self.known.former_paths(feed, format, self.settings);
            (format, std::iter::once(present).chain(former).collect())
        });
        Bound {
            planned: PlannedFeed {
                key: feed.key.clone(),
                spelled: feed.spelled.clone(),
                choices: feed.choices.clone(),
                ..PlannedFeed::default()
            },
            identity: Identity {
                id: shelf.feed,
                show: self.known.of(feed, self.settings).and_then(|known| known.show.clone()),
            },
            files: files.collect(),
            absences: lacking.map(|(index, document)| (index, absence(document))).collect(),
            documents: shelf.documents,
        }
    }
}

impl Bound {
    /// The feed without entries that a document is of: its own articles alone say more of it, for what newer ones say would
    /// change every document.
    fn of_document(&self, index: usize, catalog: &Catalog, settings: &Settings) -> PlannedFeed {
        let articles = &self.documents[index].articles;
        let newest = articles.first().map(|&article| &catalog.cards[article as usize]);
        let spelled = newest.and_then(|card| self.planned.key.spelled_by(card, settings));
        PlannedFeed {
            articles: articles.iter().map(|&article| article as usize).collect(),
            spelled: spelled.unwrap_or_else(|| self.planned.spelled.clone()),
            ..self.planned.clone()
        }
    }

    /// All that is in a document apart from what its articles say, as a digest.
    fn frame(&self, index: usize, compositor: Compositor<'_>, first_day: DateTime<Utc>) -> u64 {
        let Compositor { catalog, settings, closings } = compositor;
        let planned = self.of_document(index, catalog, settings);
        let Masthead { title, language, home } = Masthead::of(&planned, catalog, settings);
        let ids: Vec<&str> = planned.articles.iter().map(|&article| catalog.cards[article].id()).collect();
        let absence = self.absences.get(&index);
        let begins = ids.is_empty().then_some(first_day);
        let is_last = index + 1 == self.documents.len();
        let feed = (&planned.key, &planned.spelled, &planned.choices, &self.identity, &self.files, closings);
        let text = format!("{feed:?} {title:?} {language:?} {home} {absence:?} {ids:?} {begins:?} {is_last}");
        Name::of_bytes(text.as_bytes()).number()
    }

    /// The paths of a document.
    fn paths(&self, index: usize) -> impl Iterator<Item = String> {
        let files = self.files.iter();
        files.flat_map(move |(format, paths)| {
            paths.iter().map(move |path| document_path(path, *format, index + 1))
        })
    }
}

impl Publication {
    /// Makes the documents of the archives that are not as they were, those of the oldest articles first.
    pub fn documents<'p>(&'p self, newsroom: &'p dyn Newsroom, settings: &'p Settings) -> Printing<'p> {
        let held = self.catalog.held();
        Printing {
            documents: &self.archives,
            publication: self,
            settings,
            newsroom: WithLastGood::of(newsroom, held),
            put_aside: self.retired.iter().map(|record| record.id.as_str()).collect(),
            rendered: HashMap::new(),
            memos: BTreeMap::new(),
            unlisted: BTreeSet::new(),
            rest: &self.archives.order,
            ready: VecDeque::new(),
        }
    }

    /// The lines of the documents that are written down nowhere, in the order in which they were closed.
    pub fn closed(&self) -> impl Iterator<Item = String> {
        let cards = &self.catalog.cards;
        let told = self.ledger.archive().unwritten().iter().map(|closed| closed.line());
        let new = self.archives.archives.iter().flat_map(|archive| {
            (1..).zip(&archive.documents).filter(|(_, document)| document.is_new).map(|(number, document)| {
                let ids = document.articles.iter().map(|&article| cards[article as usize].id());
                line(&archive.identity.id, number, ids)
            })
        });
        told.chain(new)
    }

    /// A run that closes a document is not the last that changes something.
    pub(super) fn remember_archives(&mut self) {
        let (archives, closes) = (self.archive_directories(), self.closed().next().is_some());
        if let Some(run) = &mut self.index.memo.run {
            run.still = run.still.take().filter(|_| !closes).map(|still| StillMemo { archives, ..still });
        }
    }

    /// The directories in which documents lie or lay, of archives that are published now or were before.
    #[must_use]
    pub fn archive_directories(&self) -> BTreeSet<String> {
        let known = self.ledger.archive().feeds().filter_map(|(feed, _)| self.ledger.feed(feed));
        let known = known.flat_map(|record| &record.files);
        let known = known.filter_map(|(path, name)| {
            let format = Format::ALL.iter().find(|format| format.name() == name)?;
            Some(directory(path, *format))
        });
        let files = self.archives.archives.iter().flat_map(|archive| &archive.files);
        let now = files.flat_map(|(format, paths)| paths.iter().map(|path| directory(path, *format)));
        known.chain(now).collect()
    }
}

/// A rendered article, if it can be shown, of what it was made, and what is wrong with it.
type Made = (Option<Rendered>, Names, Vec<Diagnostic>);

impl Documents {
    /// The files of documents that need not be made.
    pub fn standing_files(&self) -> impl Iterator<Item = String> {
        self.current.keys().flat_map(|&(archive, index)| self.archives[archive].paths(index))
    }
}

#[cfg(test)]
mod tests {
    use crate::index::Index;
    use crate::ledger::Ledger;
    use crate::newsroom::{Fingerprint, MemoryNewsroom};
    use crate::publication::compose;
    use crate::settings::{Settings, read};

    /// What a run leaves, with every file of it where it belongs; and how many documents it made.
    fn run(
        newsroom: &MemoryNewsroom,
        settings: &Settings,
        ledger: Ledger,
        index: &Index,
    ) -> (Ledger, Index, usize) {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let publication = compose(newsroom, settings, &ledger, index, now).unwrap();
        let mut documents = publication.documents(newsroom, settings);
        let made = documents.by_ref().count();
        let index = publication.index.clone().with_documents(documents.remembered());
        let mark = Fingerprint::of([1]);
        let all = index.memo.details.get().documents.values().map(Vec::len).sum::<usize>();
        let paths =
            (1..=all).map(|number| format!("archive/{number}/atom.xml")).chain(["atom.xml".to_owned()]);
        let index = index.leaving(paths.map(|path| (path, mark))).with_outputs(|_| Some(mark));
        (publication.ledger.clone(), index, made)
    }

    #[test]
    fn only_documents_of_which_something_changed_are_made() {
        let settings = "[site]\nurl = 'https://e.example'\n[feeds]\nby = ['all']\nformats = ['atom']\nlimit = 1\narchive = true\narchive_entries = 2";
        let settings = read("feedmill.toml", settings, &Default::default()).unwrap();
        let article = |day: u32, more: &str| format!("---\ndate: 2026-11-{day:02}\n---\nDay {day}.{more}\n");
        let files = (1..=9)
            .map(|day| (format!("d{day}.md"), article(day, if day == 2 { " [It](d7.md)" } else { "" })));
        let mut newsroom = MemoryNewsroom::of(files);
        let mut state = (Ledger::default(), Index::default());
        let mut made = |newsroom: &MemoryNewsroom| {
            let (ledger, index, made) = run(newsroom, &settings, state.0.clone(), &state.1);
            state = (ledger, index);
            made
        };
        assert_eq!(made(&newsroom), 4);
        assert_eq!(made(&newsroom), 0);
        newsroom.files.insert("d3.md".to_owned(), article(3, " Or not.").into());
        assert_eq!(made(&newsroom), 1);
        assert_eq!(made(&newsroom), 0);
        // One that another one leads to.
        newsroom.files.insert("d7.md".to_owned(), article(7, " Or not.").into());
        assert_eq!(made(&newsroom), 2);
        newsroom.files.insert("d10.md".to_owned(), article(10, "").into());
        assert_eq!(made(&newsroom), 2, "the new one, and that before it, which leads to it");
        newsroom.files.remove("d1.md");
        assert_eq!(made(&newsroom), 1);
        assert_eq!(made(&newsroom), 0);
    }
}
