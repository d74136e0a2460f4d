//! The planned feeds become files, or stay the files that they are.

use super::entries::Entries;
use super::frame::Frames;
use super::freeze::Frozen;
use super::remembered::Remembered;
use super::{KnownFeeds, Tray};
use crate::diagnostic::Diagnostic;
use crate::index::memo::FeedMemo;
use crate::index::name::Name;
use crate::ledger::FeedRecord;
use crate::plan::{Plan, PlannedFeed};
use crate::press::{Draft, FeedFile, Press, PublishedFeed};
use crate::settings::Settings;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many feeds are printed before their files are handed out.
const PORTION: usize = 32;

/// What is known of the planned feeds before any is printed, in their order.
pub struct Unprinted<'a> {
    feeds: Vec<(&'a PlannedFeed, Option<Standing<'a>>)>,
    frames: Vec<u64>,
}

/// A feed of which nothing has changed.
struct Standing<'a> {
    record: &'a FeedRecord,
    memo: &'a FeedMemo,
    files: Vec<String>,
}

/// What came of them.
#[derive(Default)]
pub struct Printed {
    /// The feeds, in the order of the plan.
    pub feeds: Vec<PublishedFeed>,
    /// The files that were made.
    pub made: BTreeSet<String>,
    /// The files of feeds that stay as they are, whatever changed.
    pub kept_files: BTreeSet<String>,
    /// The files of feeds of which nothing has changed.
    pub standing_files: Vec<String>,
    /// What is remembered of the feeds, by the names of their ids.
    pub memos: BTreeMap<Name, FeedMemo>,
    /// The lists and pages, by their paths, and what they are made of.
    pub drafts: BTreeMap<String, u64>,
    /// What there is to say of them.
    pub told: Vec<Diagnostic>,
}

impl<'a> Unprinted<'a> {
    /// Finds the feeds of which nothing has changed: all of their articles stand, and so does what is around these.
    #[must_use]
    pub fn of(
        plan: &'a Plan,
        press: &Press<'_>,
        entries: &Entries<'_>,
        known: &KnownFeeds<'a>,
        frozen: &Frozen,
        remembered: &Remembered<'a>,
        settings: &Settings,
    ) -> Unprinted<'a> {
        let frames = Frames::of(press, entries);
        let found = plan.feeds.par_iter().map(|planned| {
            let frame = frames.frame(planned);
            let standing = || {
                let record =
                    known.of(planned, settings).filter(|record| !frozen.feeds.contains(&record.id))?;
                if !planned.articles.iter().all(|&index| entries.stands(index)) {
                    return None;
                }
                let memo = remembered.feed(Name::of_bytes(record.id.as_bytes()), frame)?;
                // It had these in the run before, so where it never had others they are all that it ever had.
                let files: Vec<String> = match record.files.len() == settings.feeds.formats.len() {
                    true => record.files.keys().cloned().collect(),
                    false => press.paths(planned).collect(),
                };
                let stand = files.iter().all(|path| remembered.stands(path));
                stand.then_some(Standing { record, memo, files })
            };
            ((planned, standing()), frame)
        });
        let (feeds, frames) = found.unzip();
        Unprinted { feeds, frames }
    }

    /// What is known of the feeds of which nothing has changed, by their ids.
    #[must_use]
    pub fn standing(&self) -> HashMap<&'a str, &'a FeedRecord> {
        let records = self.feeds.iter().filter_map(|(_, standing)| Some(standing.as_ref()?.record));
        records.map(|record| (record.id.as_str(), record)).collect()
    }

    /// The articles that have to be rendered for the feeds that are made, although they are as they were.
    #[must_use]
    pub fn wanted(&self, entries: &Entries<'_>) -> Vec<usize> {
        let made = self.feeds.iter().filter(|(_, standing)| standing.is_none());
        let wanted: BTreeSet<usize> = made.flat_map(|(planned, _)| &planned.articles).copied().collect();
        wanted.into_iter().filter(|&index| entries.stands(index)).collect()
    }

    /// Prints the feeds, once their articles are rendered, and hands the files out.
    pub fn print(mut self, press: &Press<'_>, frozen: &Frozen, tray: Tray<'_>) -> Printed {
        let print = |(planned, standing): &(&PlannedFeed, Option<Standing<'_>>)| match standing {
            Some(Standing { record, memo, .. }) => {
                (press.standing(planned, memo, record), None, memo.told.clone())
            }
            None => {
                let (feed, files, told) = press.print(planned);
                (feed, Some(files), told)
            }
        };
        let mut printed = Printed::default();
        let mut frames = self.frames.into_iter();
        for portion in self.feeds.chunks_mut(PORTION) {
            let made: Vec<_> = portion.par_iter().map(print).collect();
            let portion = portion.iter_mut().map(|(_, standing)| standing);
            for ((standing, frame), (feed, files, told)) in portion.zip(frames.by_ref()).zip(made) {
                let is_frozen = frozen.feeds.contains(&feed.id);
                if !is_frozen {
                    printed
                        .memos
                        .insert(Name::of_bytes(feed.id.as_bytes()), memo(&feed, frame, told.clone()));
                }
                match files {
                    None => {
                        printed.standing_files.extend(standing.take().into_iter().flat_map(|one| one.files))
                    }
                    Some(files) if is_frozen => {
                        printed.kept_files.extend(files.into_iter().map(|file| file.path))
                    }
                    Some(files) => files.into_iter().for_each(|file| printed.hand_out(file, tray)),
                }
                printed.feeds.push(feed);
                printed.told.extend(told);
            }
        }
        printed
    }
}

impl Printed {
    /// Lists and pages go out, unless they stand.
    pub fn hand_out_drafts(&mut self, drafts: Vec<Draft>, tray: Tray<'_>) {
        for Draft { path, made_of, file } in drafts {
            self.drafts.insert(path.clone(), made_of);
            match file {
                Some(file) => self.hand_out(file, tray),
                None => self.standing_files.push(path),
            }
        }
    }

    /// A file goes out.
    pub fn hand_out(&mut self, file: FeedFile, tray: Tray<'_>) {
        self.made.insert(file.path.clone());
        tray(file);
    }
}

fn memo(feed: &PublishedFeed, frame: u64, told: Option<Diagnostic>) -> FeedMemo {
    let sizes = feed.formats.iter().map(|file| file.size_bytes).collect();
    FeedMemo { frame, sizes, shortened: feed.shortened, told }
}
