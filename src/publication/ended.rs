//! Feeds that subscribers have and that are not written any more, or not in every format.

use crate::archive::document_path;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::encode::Format;
use crate::ledger::{FeedRecord, Ledger};
use crate::plan::Plan;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

/// A file of a feed that stays as it is for good.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Ended {
    /// Where it lies under the output directory.
    pub path: String,
    /// What brings it back.
    mend: String,
}

impl Ended {
    /// Says so of the file, which is there.
    #[must_use]
    pub fn diagnostic(&self, file: Location) -> Diagnostic {
        let message = "the feed is not written here any more, and readers still get what it held last";
        let help = format!("{}; or delete the file, and let the server answer 410 (Gone)", self.mend);
        Diagnostic::new(Code::EndedFeed, file, message).help(help)
    }
}

/// Finds them in the ledger after a run, in the order of their paths. `written` are the files that the run writes or
/// keeps as they are.
#[must_use]
pub fn ended(ledger: &Ledger, plan: &Plan, written: &HashSet<&str>, settings: &Settings) -> Vec<Ended> {
    let planned: BTreeSet<_> = plan.feeds.iter().map(|feed| &feed.key).collect();
    let mend = |record: &FeedRecord, format: &str| match record.key().map(|(key, _)| key) {
        Some(key) if planned.contains(key) => format!("write `{format}` into `feeds.formats` again"),
        Some(key) if !settings.feeds.by.contains(&key.row()) => {
            format!("write `{}` into `feeds.by` again", key.row())
        }
        Some(_) => "give the feed a place of its own again".to_owned(),
        None => "let a feed lie there again with `feeds.path`".to_owned(),
    };
    let left = |record: &FeedRecord| {
        let files = record.files.iter().filter(|(path, _)| !written.contains(path.as_str()));
        let ended = files.map(|(path, format)| Ended { path: path.clone(), mend: mend(record, format) });
        ended.collect::<Vec<_>>()
    };
    let mut ended: Vec<Ended> = ledger.feeds().flat_map(left).collect();
    ended.extend(archives(ledger, plan));
    ended.sort_by(|a, b| a.path.cmp(&b.path));
    // Two may have lain in one place, one after the other.
    ended.dedup_by(|a, b| a.path == b.path);
    ended
}

/// Of each archive that is not written any more the oldest document speaks for all of them.
fn archives(ledger: &Ledger, plan: &Plan) -> Vec<Ended> {
    let archived: BTreeSet<_> =
        plan.feeds.iter().filter(|feed| feed.choices.archive).map(|feed| &feed.key).collect();
    let is_archived = |record: &FeedRecord| record.key().is_some_and(|(key, _)| archived.contains(key));
    let records = ledger.archive().feeds().filter_map(|(feed, _)| ledger.feed(feed));
    let files = records.filter(|record| !is_archived(record)).flat_map(|record| &record.files);
    let oldest = files.filter_map(|(path, name)| {
        let format = Format::ALL.iter().find(|format| format.name() == name)?;
        let mend = "write `archive = true` for this feed again".to_owned();
        Some(Ended { path: document_path(path, *format, 1), mend })
    });
    oldest.collect()
}
