//! The archive made again from the documents that subscribers have, where nobody remembers what stands in them.

use super::own_feed::OwnFeed;
use super::record;
use crate::archive::{Archive, Closed, document_path};
use crate::diagnostic::Diagnostic;
use crate::encode::Format;
use crate::ledger::{EntryRecord, FeedRecord, Glance, KnownPast, Ledger, Past, is_usable};
use crate::newsroom::{Extent, Newsroom};
use rayon::prelude::*;
use std::sync::Arc;

/// Atom tells most.
const FORMATS: [Format; 3] = [Format::Atom, Format::Json, Format::Rss];

/// The entries of documents, as what was put aside before everything else.
struct Documents<N> {
    published: N,
    paths: Vec<(String, Format)>,
    since: KnownPast,
}

impl Ledger {
    /// The ledger with the archive that the documents in `published` tell of, the files of the output directory. What
    /// stands in them counts as put aside, so that an article is known there too.
    #[must_use]
    pub fn with_documents<N: Newsroom + Send + 'static>(self, published: N) -> Ledger {
        let feeds: Vec<&FeedRecord> = self.feeds().collect();
        let found: Vec<_> = feeds.par_iter().flat_map_iter(|feed| documents(feed, &published)).collect();
        if found.is_empty() {
            return self;
        }
        let (mut archive, mut paths) = (Archive::default(), Vec::new());
        for (closed, place) in found {
            archive.read_back(closed);
            paths.extend(place);
        }
        let since = self.past().clone();
        let past = Documents { published, paths, since };
        self.with_archive(archive).with_past(KnownPast(Some(Arc::new(past))))
    }
}

/// The documents of a feed, the oldest first, each with the file that tells of it. One that is damaged is there, but
/// nobody knows what stood in it.
fn documents(feed: &FeedRecord, published: &dyn Newsroom) -> Vec<(Closed, Option<(String, Format)>)> {
    let files: Vec<(&String, Format)> = FORMATS
        .into_iter()
        .flat_map(|format| {
            let files = feed.files.iter().filter(move |(_, name)| *name == format.name());
            files.map(move |(path, _)| (path, format))
        })
        .collect();
    let mut documents = Vec::new();
    for number in 1.. {
        let paths = files.iter().map(|(path, format)| (document_path(path, *format, number), *format));
        let mut paths = paths.filter(|(path, _)| published.has(path)).peekable();
        if paths.peek().is_none() {
            break;
        }
        let told = paths.find_map(|(path, format)| Some((read(&path, format, published)?, path, format)));
        let (entries, place) = match told {
            Some((told, path, format)) => (told, Some((path, format))),
            None => (OwnFeed::default(), None),
        };
        // What was withdrawn from it may come back into it.
        let withdrawn = entries.tombstones.into_iter().map(|(id, _)| id);
        let ids = entries.entries.into_iter().map(|entry| entry.id).chain(withdrawn);
        let entries = ids.filter(|id| is_usable(id)).collect();
        documents.push((Closed { feed: feed.id.clone(), number, entries }, place));
    }
    documents
}

fn read(path: &str, format: Format, published: &dyn Newsroom) -> Option<OwnFeed> {
    OwnFeed::read(format, &published.read(path, Extent::Whole).ok()?)
}

impl<N: Newsroom + Send> Past for Documents<N> {
    fn each(
        &self,
        is_sought: &dyn Fn(Glance<'_>) -> bool,
        take: &mut dyn FnMut(EntryRecord),
    ) -> Result<(), Diagnostic> {
        for (path, format) in &self.paths {
            let told = read(path, *format, &self.published).unwrap_or_default();
            let records = told.entries.iter().filter_map(record);
            records.filter(|record| is_sought(Glance::of(record))).for_each(&mut *take);
        }
        match &self.since.0 {
            Some(since) => since.each(is_sought, take),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::IdList;
    use crate::newsroom::MemoryNewsroom;
    use std::collections::{BTreeMap, BTreeSet};

    fn atom(id: &str) -> String {
        format!(
            "<feed><title>T</title><entry><title>A</title><id>{id}</id><updated>2026-01-02T00:00:00Z</updated>\
             <link rel='alternate' href='https://e.example/{id}/'/><published>2026-01-01T00:00:00Z</published></entry></feed>"
        )
    }

    #[test]
    fn documents_tell_what_stands_in_them() {
        let files = [("en/atom.xml", "atom"), ("en/rss.xml", "rss")];
        let files = files.map(|(path, format)| (path.to_owned(), format.to_owned()));
        let mut ledger = Ledger::default();
        ledger.give(FeedRecord {
            id: "urn:en".to_owned(),
            of: None,
            files: BTreeMap::from(files),
            entries: IdList::default(),
            updated: chrono::DateTime::UNIX_EPOCH,
            since: None,
            joined: BTreeSet::new(),
            show: None,
        });
        let published = MemoryNewsroom::of([
            ("en/archive/1/atom.xml", atom("one")),
            ("en/archive/2/atom.xml", "damaged".to_owned()),
            ("en/archive/3/atom.xml", atom("three")),
            ("en/archive/5/atom.xml", atom("five")),
            ("ru/archive/1/atom.xml", atom("no feed of ours")),
        ]);
        let ledger = ledger.with_documents(published);
        let told =
            ledger.archive().unwritten().iter().map(|closed| (closed.number, closed.entries.join(" ")));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [(1, "one".to_owned()), (2, String::new()), (3, "three".to_owned())]
        );
        let mut pages = Vec::new();
        let past = ledger.past().0.as_ref().unwrap();
        past.each(&|glance| glance.id == "three", &mut |record| pages.push(record.permalink)).unwrap();
        assert_eq!(pages, ["https://e.example/three/"]);
    }
}
