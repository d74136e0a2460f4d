//! A reader who follows the links from a feed down to the oldest document of its archive.

use super::shown::{Shown, View};
use super::subscriber::{Look, promise};
use std::collections::{BTreeMap, BTreeSet};

/// A document, as subscribers have it.
#[derive(Clone)]
pub struct Paper {
    pub number: usize,
    pub view: View,
    /// Does it stay as it was, because something in it cannot be read?
    pub is_stale: bool,
}

/// The bytes of a document in each format, and what a reader sees in them.
type Paged = ([Vec<u8>; 3], View);

/// What is remembered of documents.
#[derive(Default)]
pub struct Papers {
    /// Those that were read, by the id of their feed and their number: nobody reads the same bytes twice.
    read: BTreeMap<(String, usize), Paged>,
    /// The ids that stood in a document when it was first seen, by the id of its feed and its number.
    closed: BTreeMap<(String, usize), BTreeSet<String>>,
}

impl Papers {
    /// All that a feed of this directory leads to, the newest document first.
    pub fn walk(&mut self, place: &str, feed: &View, look: &Look<'_>) -> Result<Vec<Paper>, String> {
        let mut papers: Vec<Paper> = Vec::new();
        let mut previous = feed.previous.clone();
        while let Some(address) = previous {
            let path = address.split_once("/feeds/").map(|(_, path)| path.to_owned());
            let path = path.ok_or(format!("`{address}` is no address of a document"))?;
            let number = path.rsplit('/').nth(1).and_then(|number| number.parse().ok());
            let number = number.ok_or(format!("`{path}` has no number"))?;
            promise!(
                papers.last().is_none_or(|newer| newer.number == number + 1),
                "document {number} does not follow"
            );
            let view = self.read(&path, (feed.id.clone(), number), look)?;
            promise!(view.id == feed.id, "`{path}` is a document of another feed");
            let beside = look.output.get(&format!("{place}archive/{number}/atom.xml"));
            promise!(beside == look.output.get(&path), "document {number} is another at its other place");
            previous = view.previous.clone();
            papers.push(Paper { number, view, is_stale: look.stale.contains(&path) });
        }
        let last = papers.first().map_or(0, |paper| paper.number);
        promise!(papers.len() == last, "nothing leads to the oldest of {last} documents");
        let next = format!("{place}archive/{}/atom.xml", last + 1);
        promise!(!look.output.contains_key(&next), "nothing leads to `{next}`");
        self.check_closed(feed, &papers)?;
        Ok(papers)
    }

    fn read(&mut self, path: &str, document: (String, usize), look: &Look<'_>) -> Result<View, String> {
        let place = path.trim_end_matches("atom.xml");
        let file = |name: &str| {
            look.output.get(&format!("{place}{name}")).cloned().ok_or(format!("no `{place}{name}`"))
        };
        let files = [file("atom.xml")?, file("rss.xml")?, file("feed.json")?];
        if let Some((_, view)) = self.read.get(&document).filter(|(known, _)| *known == files) {
            return Ok(view.clone());
        }
        let [atom, rss, json] = &files;
        let view = View::of(atom, rss, json).map_err(|fault| format!("`{place}`: {fault}"))?;
        self.read.insert(document, (files, view.clone()));
        Ok(view)
    }

    /// What once stands in a document stands in it for ever, in no other one, or nowhere.
    fn check_closed(&mut self, feed: &View, papers: &[Paper]) -> Result<(), String> {
        let ids = |view: &View| view.entries.iter().map(|entry| entry.id.clone()).collect::<BTreeSet<_>>();
        let mut seen = BTreeSet::new();
        for paper in papers {
            for id in ids(&paper.view) {
                promise!(seen.insert(id.clone()), "`{id}` stands in two documents");
            }
        }
        seen.extend(ids(feed));
        for paper in papers {
            let (number, here) = (paper.number, ids(&paper.view));
            let closed = self.closed.entry((feed.id.clone(), number)).or_insert_with(|| here.clone());
            promise!(here.is_subset(closed), "document {number} held {closed:?}, and holds {here:?}");
            let lost = closed.iter().find(|id| seen.contains(*id) && !here.contains(*id));
            promise!(lost.is_none() || paper.is_stale, "document {number} has lost {lost:?}, which is shown");
        }
        Ok(())
    }

    /// What documents on the disk hold, whether they are published or not, by the ids of their feeds.
    pub fn on_disk(&self) -> BTreeMap<String, Vec<Shown>> {
        let mut found: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
        for ((feed, _), (_, view)) in &self.read {
            found.entry(feed.clone()).or_default().extend(view.entries.iter().cloned());
        }
        found
    }

    /// The ids that ever stood in documents of a feed.
    pub fn members(&self, feed: &str) -> impl Iterator<Item = &String> {
        self.closed.iter().filter(move |((id, _), _)| id == feed).flat_map(|(_, ids)| ids)
    }

    /// The tombstones that a document has to have, with its number: of what it has lost.
    pub fn lost<'p>(&'p self, feed: &str, paper: &'p Paper) -> impl Iterator<Item = &'p String> {
        let closed = self.closed.get(&(feed.to_owned(), paper.number)).into_iter().flatten();
        closed.filter(|id| paper.view.entry(id).is_none())
    }
}
