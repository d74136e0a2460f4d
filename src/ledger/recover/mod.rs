//! The ledger made again from the feeds that subscribers have: what a run needs so that it announces nothing twice.
//!
//! In: the files of the output directory. Out: a ledger whose entries know their pages and not their source files,
//! which the next run finds. What no feed shows any more is lost, and so is what was adopted for it.

mod documents;
mod own_feed;

use super::{EntryRecord, FeedOf, FeedRecord, IdSet, Ledger, is_usable};
use crate::archive::is_document;
use crate::encode::{Format, OPML_FILE_NAME, is_ours};
use crate::newsroom::{Extent, Newsroom};
use crate::plan::whereabouts;
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use own_feed::{OwnEntry, OwnFeed};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A file of a feed of ours.
struct OwnFile {
    path: String,
    format: Format,
    /// The id of the feed, in Atom.
    id: Option<String>,
    /// What identifies it as a podcast, in RSS.
    show: Option<String>,
}

/// A feed, put together from its files.
struct Recovered {
    id: String,
    of: Option<FeedOf>,
    files: BTreeMap<String, String>,
    updated: Option<DateTime<Utc>>,
    /// What identifies it as a podcast.
    show: Option<String>,
    told: OwnFeed,
}

impl Ledger {
    /// The ledger that the feeds in `published` tell of, the files of the output directory. Only what this
    /// program made counts; what cannot be read is as good as absent.
    #[must_use]
    pub fn recovered(published: &dyn Newsroom, settings: &Settings) -> Ledger {
        let files = own_files(published);
        let feed = |(name, files): (String, Vec<OwnFile>)| recovered(&name, files, published, settings);
        let mut feeds: Vec<Recovered> = files.into_par_iter().filter_map(feed).collect();
        // Where two disagree, the one that was changed last is right: the other is left from former settings.
        feeds.sort_by(|a, b| (Reverse(a.updated), &a.id).cmp(&(Reverse(b.updated), &b.id)));
        let standing = standing(&feeds);
        let mut ledger = Ledger::default();
        for record in withdrawn(&feeds, &standing).into_values() {
            ledger.enter(record);
        }
        let newest = feeds.iter().filter_map(|feed| feed.updated).max();
        for feed in feeds {
            // One that never had an entry has promised nothing.
            let Some(updated) = feed.updated.or(newest) else { continue };
            let mut files = feed.files;
            files.extend(ledger.feed(&feed.id).map(|known| known.files.clone()).unwrap_or_default());
            let (of, entries) = match ledger.feed(&feed.id) {
                Some(known) => (known.of.clone(), known.entries.clone()),
                None => {
                    let is_known = |id: &String| standing.contains_key(id) && ledger.entry(id).is_none();
                    (feed.of, feed.told.entries.into_iter().map(|one| one.id).filter(is_known).collect())
                }
            };
            let updated = ledger.feed(&feed.id).map_or(updated, |known| known.updated);
            let show = feed.show.or_else(|| ledger.feed(&feed.id)?.show.clone());
            let (since, joined) = (None, BTreeSet::new());
            ledger.give(FeedRecord { id: feed.id, of, files, entries, updated, since, joined, show });
        }
        for record in standing.into_values() {
            if ledger.entry(&record.id).is_none() {
                ledger.enter(record);
            }
        }
        ledger
    }
}

/// The files of each feed, by its address without the name of a format.
fn own_files(published: &dyn Newsroom) -> BTreeMap<String, Vec<OwnFile>> {
    let mut feeds: BTreeMap<String, Vec<OwnFile>> = BTreeMap::new();
    let mut unmarked = Vec::new();
    let mut lists = Vec::new();
    for path in published.list().files.into_iter().map(|file| String::from(file.path)) {
        if path.ends_with(OPML_FILE_NAME) {
            lists.push(path);
            continue;
        }
        let Some(format) = Format::ALL.iter().find(|format| path.ends_with(format.file_name())) else {
            continue;
        };
        // What stands there once stood in the feed.
        if is_document(&path) {
            continue;
        }
        let Ok(bytes) = published.read(&path, Extent::Head) else { continue };
        let head = OwnFeed::head(*format, &bytes);
        let Some(address) = head.address else { continue };
        let Some(name) = nameless(&address, *format) else { continue };
        let file = OwnFile { path, format: *format, id: head.id, show: head.show };
        match is_ours(&bytes) {
            true => feeds.entry(name).or_default().push(file),
            false if *format == Format::Json => unmarked.push((name, address, file)),
            false => {}
        }
    }
    // A JSON Feed does not say who made it: the same feed in another format does, or our list of feeds.
    let mut listed = None;
    for (name, address, file) in unmarked {
        match feeds.entry(name) {
            Entry::Occupied(feed) => feed.into_mut().push(file),
            Entry::Vacant(place) => {
                let text = listed.get_or_insert_with(|| text_of(&lists, published));
                if text.contains(&format!("xmlUrl=\"{address}\"")) {
                    place.insert(vec![file]);
                }
            }
        }
    }
    feeds
}

fn text_of(paths: &[String], published: &dyn Newsroom) -> String {
    let bytes = paths.iter().filter_map(|path| published.read(path, Extent::Whole).ok());
    bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

fn nameless(address: &str, format: Format) -> Option<String> {
    let at = address.rfind(format.file_name())?;
    Some(format!("{}*{}", &address[..at], &address[at + format.file_name().len()..]))
}

/// One feed; `None` where none of its files can be read.
fn recovered(
    name: &str,
    mut files: Vec<OwnFile>,
    published: &dyn Newsroom,
    settings: &Settings,
) -> Option<Recovered> {
    let rank = |file: &OwnFile| {
        // A format that is not published any more stopped somewhere; Atom tells most.
        let is_published = settings.feeds.formats.contains(&file.format);
        let wealth = [Format::Atom, Format::Json, Format::Rss].iter().position(|one| *one == file.format);
        (!is_published, wealth, file.path.clone())
    };
    files.sort_by_cached_key(rank);
    let read = |file: &OwnFile| OwnFeed::read(file.format, &published.read(&file.path, Extent::Whole).ok()?);
    let told = files.iter().find_map(read)?;
    let of_entries = told.entries.iter().filter_map(|entry| entry.updated).max();
    let id = files.iter().find_map(|file| file.id.clone().filter(|id| is_usable(id)));
    let at = |file: &OwnFile| whereabouts::feed_at(&file.path, file.format, &told.title, &settings.feeds);
    // What a feed with entries is the feed of, the plan knows by its path.
    let of = if told.entries.is_empty() { files.iter().find_map(at) } else { None };
    Some(Recovered {
        id: id.unwrap_or_else(|| name.replacen('*', Format::Atom.file_name(), 1)),
        of: of.map(|(key, spelled)| FeedOf::of(&key, &spelled)),
        show: files.iter().find_map(|file| file.show.clone().filter(|show| is_usable(show))),
        files: files.into_iter().map(|file| (file.path, file.format.name().to_owned())).collect(),
        updated: told.updated.max(of_entries),
        told,
    })
}

/// What stands in the feeds, each with what the first of them says.
fn standing(feeds: &[Recovered]) -> BTreeMap<String, EntryRecord> {
    let mut standing: BTreeMap<String, EntryRecord> = BTreeMap::new();
    let mut pages: HashSet<&str> = HashSet::new();
    for feed in feeds {
        for entry in &feed.told.entries {
            let Some(record) = record(entry).filter(|record| is_usable(&record.id)) else { continue };
            match standing.entry(record.id.clone()) {
                Entry::Occupied(known) => {
                    let known = known.into_mut();
                    known.updated = known.updated.max(record.updated);
                    known.feeds = known.feeds.with([feed.id.as_str()]);
                }
                // One page is one article.
                Entry::Vacant(place) if pages.insert(&entry.permalink) => {
                    place.insert(EntryRecord { feeds: [&feed.id].into_iter().collect(), ..record });
                }
                Entry::Vacant(_) => {}
            }
        }
    }
    standing
}

fn record(entry: &OwnEntry) -> Option<EntryRecord> {
    let published = entry.published?;
    Some(EntryRecord {
        id: entry.id.clone(),
        path: String::new(),
        permalink: entry.permalink.clone(),
        title: entry.title.clone(),
        published,
        updated: entry.updated.unwrap_or(published).max(published),
        edition: entry.language.clone(),
        translation: None,
        body: None,
        seen: None,
        held: false,
        withdrawn: None,
        feeds: IdSet::default(),
    })
}

/// What was withdrawn and has not come back since. A tombstone tells no more than when.
fn withdrawn(feeds: &[Recovered], standing: &BTreeMap<String, EntryRecord>) -> BTreeMap<String, EntryRecord> {
    let mut withdrawn: BTreeMap<String, EntryRecord> = BTreeMap::new();
    for feed in feeds {
        for (id, when) in feed.told.tombstones.iter().filter(|(id, _)| is_usable(id)) {
            if standing.get(id).is_some_and(|record| record.updated > *when) {
                continue;
            }
            let known = withdrawn.entry(id.clone()).or_insert_with(|| EntryRecord::withdrawn(id, *when));
            known.withdrawn = known.withdrawn.max(Some(*when));
            known.feeds = known.feeds.with([feed.id.as_str()]);
        }
    }
    withdrawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsroom::MemoryNewsroom;
    use crate::settings::{Overrides, read};

    fn atom(path: &str, updated: &str, entries: &str) -> (String, String) {
        let text = format!(
            "<feed><title>T</title><id>urn:{path}</id><updated>{updated}</updated><generator>feedmill</generator>\
             <link rel='self' href='https://e.example/feeds/{path}'/>{entries}</feed>"
        );
        (path.to_owned(), text)
    }

    fn entry(id: &str, page: &str, updated: &str) -> String {
        format!(
            "<entry><title>A</title><id>{id}</id><updated>{updated}</updated>\
             <link rel='alternate' href='https://e.example/{page}'/><published>2026-01-01T00:00:00Z</published></entry>"
        )
    }

    fn recovered(files: Vec<(String, String)>) -> Ledger {
        let settings = read("t", "[site]\nurl = 'https://e.example'", &Overrides::default()).unwrap();
        Ledger::recovered(&MemoryNewsroom::of(files), &settings)
    }

    fn ids(ledger: &Ledger) -> Vec<(&str, bool)> {
        ledger.entries().map(|record| (record.id.as_str(), record.stands())).collect()
    }

    #[test]
    fn of_two_feeds_that_disagree_the_newer_is_right() {
        let (old, new) = ("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z");
        let ledger = recovered(vec![
            atom("a/atom.xml", old, &(entry("former", "ferry/", old) + &entry("both", "b/", old))),
            atom("b/atom.xml", new, &(entry("now", "ferry/", old) + &entry("both", "b/", new))),
        ]);
        assert_eq!(ids(&ledger), [("both", true), ("now", true)]);
        assert_eq!(ledger.entry("both").unwrap().updated.to_rfc3339(), "2026-01-03T00:00:00+00:00");
        assert_eq!(ledger.feed("urn:a/atom.xml").unwrap().entries, ["both"]);
        assert_eq!(ledger.entry("both").unwrap().feeds.iter().len(), 2);
    }

    #[test]
    fn a_tombstone_counts_until_the_entry_is_back() {
        let (before, when, after) = ("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z");
        let grave = |id: &str| format!("<at:deleted-entry ref='{id}' when='{when}'/>");
        let ledger = recovered(vec![
            atom("a/atom.xml", before, &(entry("gone", "g/", before) + &entry("back", "b/", before))),
            atom("b/atom.xml", after, &(entry("back", "b/", after) + &grave("gone") + &grave("back"))),
        ]);
        assert_eq!(ids(&ledger), [("back", true), ("gone", false)]);
        assert_eq!(ledger.entry("gone").unwrap().known_published(), None);
        let text = ledger.write();
        assert_eq!(Ledger::read("ledger.jsonl", &text).unwrap(), ledger);
    }
}
