//! The documents, made a portion at a time when they are asked for.

use super::super::Publication;
use super::super::entries::rendered;
use super::super::record;
use super::{Absence, Bound, Documents, Made, PrintedDocument};
use crate::archive::document_path;
use crate::catalog::Reading;
use crate::diagnostic::Severity;
use crate::encode::Format;
use crate::feed::{Document, Feed, Place};
use crate::index::memo::{DocumentMemo, DocumentNotes};
use crate::index::name::Name;
use crate::ledger::EntryRecord;
use crate::newsroom::{Newsroom, WithLastGood};
use crate::press::{Compositor, Cut, FeedFile, served_at};
use crate::render::Rendered;
use crate::settings::Settings;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

/// How many documents are made at once. Neighbours share articles: those of an edition and those of its sections.
const PORTION: usize = 32;

/// The documents, as they are made.
pub struct Printing<'p> {
    pub(super) documents: &'p Documents,
    pub(super) publication: &'p Publication,
    pub(super) settings: &'p Settings,
    pub(super) newsroom: WithLastGood<'p>,
    /// The ids of entries that are known already, or were put aside meanwhile.
    pub(super) put_aside: HashSet<&'p str>,
    /// What the portion before has rendered.
    pub(super) rendered: HashMap<u32, Made>,
    /// What is to be remembered of the documents that were made.
    pub(super) memos: BTreeMap<(usize, usize), DocumentMemo>,
    /// The files that their articles looked for and that no listing has.
    pub(super) unlisted: BTreeSet<String>,
    pub(super) rest: &'p [(usize, usize)],
    pub(super) ready: VecDeque<PrintedDocument>,
}

impl Iterator for Printing<'_> {
    type Item = PrintedDocument;

    fn next(&mut self) -> Option<PrintedDocument> {
        if self.ready.is_empty() && !self.rest.is_empty() {
            self.print_portion();
        }
        self.ready.pop_front()
    }
}

impl<'p> Printing<'p> {
    fn print_portion(&mut self) {
        let (portion, rest) = self.rest.split_at(self.rest.len().min(PORTION));
        self.rest = rest;
        let documents = self.documents;
        let articles: BTreeSet<u32> = portion
            .iter()
            .flat_map(|&(archive, index)| &documents.archives[archive].documents[index].articles)
            .copied()
            .filter(|&article| !documents.entries.contains_key(&(article as usize)))
            .collect();
        let mut before = std::mem::take(&mut self.rendered);
        let catalog = &self.publication.catalog;
        let reading = Reading { newsroom: &self.newsroom, settings: self.settings, now: documents.now };
        self.rendered = articles.iter().filter_map(|article| before.remove_entry(article)).collect();
        drop(before);
        let unknown: Vec<u32> =
            articles.into_iter().filter(|article| !self.rendered.contains_key(article)).collect();
        let render = |&article: &u32| {
            let (entry, names, mut faults) = rendered(&catalog.cards[article as usize], catalog, reading);
            faults.retain(|fault| fault.severity() == Severity::Error);
            (article, (entry, names, faults))
        };
        let fresh: Vec<(u32, Made)> = unknown.par_iter().map(render).collect();
        let faults = fresh.iter().flat_map(|(_, (_, _, faults))| faults).cloned().collect();
        self.rendered.extend(fresh);
        let printed: Vec<PrintedDocument> =
            portion.par_iter().map(|&(archive, index)| self.printed(archive, index)).collect();
        let mut ready: VecDeque<PrintedDocument> = printed.into();
        for (&(archive, index), document) in portion.iter().zip(&mut ready) {
            document.records = self.records(&documents.archives[archive], index);
            self.remember(archive, index);
        }
        if let Some(first) = ready.front_mut() {
            first.faults = faults;
        }
        self.ready = ready;
    }

    /// Notes of what a document was made, if all of it could be shown.
    fn remember(&mut self, archive: usize, index: usize) {
        let documents = self.documents;
        let bound = &documents.archives[archive];
        let catalog = &self.publication.catalog;
        let (mut names, mut unlisted) = (BTreeSet::new(), BTreeSet::new());
        let is_waiting = bound.absences.get(&index).is_some_and(|absence| absence.is_waiting);
        for &article in &bound.documents[index].articles {
            let card = &catalog.cards[article as usize];
            let made = match self.rendered.get(&article) {
                Some((Some(_), made, faults)) if faults.is_empty() => Some(made),
                Some(_) => None,
                None => documents.made.get(&(article as usize)).map(|(made, _)| made),
            };
            let Some(made) = made.filter(|_| !card.is_held && !is_waiting) else { return };
            let own = Name::of_file(card.path());
            names.extend(made.names.iter().filter(|name| **name != own).map(|name| name.short()));
            unlisted.extend(made.unlisted.iter().cloned());
        }
        let compositor = Compositor { catalog, settings: self.settings, closings: &documents.closings };
        let frame = bound.frame(index, compositor, documents.first_day);
        self.memos.insert((archive, index), DocumentMemo { frame, names: names.into_iter().collect() });
        self.unlisted.extend(unlisted);
    }

    /// What is to be remembered of a run, when all documents are made.
    #[must_use]
    pub fn remembered(self) -> DocumentNotes {
        let Documents { archives, current, looked_for, .. } = self.documents;
        let mut documents: BTreeMap<String, Vec<Option<DocumentMemo>>> = archives
            .iter()
            .map(|bound| (bound.identity.id.clone(), vec![None; bound.documents.len()]))
            .collect();
        for ((archive, index), memo) in current.clone().into_iter().chain(self.memos) {
            let places = documents.get_mut(&archives[archive].identity.id);
            if let Some(place) = places.and_then(|places| places.get_mut(index)) {
                *place = Some(memo);
            }
        }
        let looked_for = looked_for.iter().cloned().chain(self.unlisted);
        let unlisted = looked_for.map(|path| (path.clone(), self.newsroom.fingerprint(&path))).collect();
        DocumentNotes { documents, unlisted }
    }

    fn article(&self, article: u32) -> Option<&Rendered> {
        let shown = self.documents.entries.get(&(article as usize));
        shown.or_else(|| self.rendered.get(&article)?.0.as_ref())
    }

    /// A document in all formats.
    fn printed(&self, archive: usize, index: usize) -> PrintedDocument {
        let bound = &self.documents.archives[archive];
        let document = &bound.documents[index];
        let articles: Vec<&Rendered> =
            document.articles.iter().filter_map(|&article| self.article(article)).collect();
        let none = Absence::default();
        let absence = bound.absences.get(&index).unwrap_or(&none);
        let is_whole = articles.len() == document.articles.len() && !absence.is_waiting;
        let feed = self.feed(bound, index, &articles, absence);
        let files = bound.files.iter().flat_map(|(format, paths)| {
            let place = self.place(bound, index, *format, &paths[0]);
            let bytes = format.encode(&feed, &place).into_bytes();
            let file = move |path: &String| FeedFile {
                path: document_path(path, *format, index + 1),
                bytes: bytes.clone(),
                media_type: format.media_type(),
            };
            paths.iter().map(file)
        });
        PrintedDocument {
            files: files.collect(),
            stays: !is_whole && !absence.is_news && !document.is_new,
            records: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn feed<'a>(
        &'a self,
        bound: &Bound,
        index: usize,
        articles: &[&'a Rendered],
        absence: &Absence,
    ) -> Feed<'a> {
        let catalog = &self.publication.catalog;
        let compositor = Compositor { catalog, settings: self.settings, closings: &self.documents.closings };
        let planned = bound.of_document(index, catalog, self.settings);
        let entries = compositor.entries(articles, &planned.choices, Cut::none(articles.len()));
        let changes = entries.iter().map(|entry| entry.updated).chain(absence.withdrawn);
        let updated = changes.max().unwrap_or(self.documents.first_day);
        let identity = bound.identity.clone();
        let feed = compositor.feed(&planned, identity, entries, updated, absence.tombstones.clone());
        // A hub tells of what is new, and nothing is new here.
        Feed { hubs: &[], ..feed }
    }

    fn place(&self, bound: &Bound, index: usize, format: Format, feed_file: &str) -> Place {
        let at = |number: usize| served_at(&document_path(feed_file, format, number), self.settings);
        let number = index + 1;
        Place {
            address: at(number),
            previous: (number > 1).then(|| at(number - 1)),
            document: Some(Document {
                current: served_at(feed_file, self.settings),
                next: (number < bound.documents.len()).then(|| at(number + 1)),
            }),
        }
    }

    /// What is to be put aside of a document that is new to what feedmill remembers.
    fn records(&mut self, bound: &'p Bound, index: usize) -> Vec<EntryRecord> {
        let Publication { catalog, ledger, .. } = self.publication;
        let document = &bound.documents[index];
        let mut records = Vec::new();
        if !document.is_new && ledger.archive().unwritten().is_empty() {
            return records;
        }
        for &article in &document.articles {
            let card = &catalog.cards[article as usize];
            let is_known = ledger.entry(card.id()).is_some() || catalog.recalled.contains_key(card.id());
            if is_known || !self.put_aside.insert(card.id()) {
                continue;
            }
            let feeds = BTreeSet::from([bound.identity.id.as_str()]);
            records.extend(
                self.article(article).map(|rendered| record::entry(card, rendered, None, Some(&feeds))),
            );
        }
        records
    }
}
