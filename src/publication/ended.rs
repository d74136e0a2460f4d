//! Feeds that subscribers have and that are not written any more, or not in every format or place.

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::ledger::{FeedRecord, Ledger};
use crate::plan::Plan;
use crate::settings::Settings;
use std::collections::BTreeSet;

/// Files of a feed that stay as they are for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What the feed is called.
    pub name: String,
    /// Where they lie under the output directory, in order.
    pub paths: Vec<String>,
    /// What brings them back.
    mend: String,
}

impl Ended {
    /// Says so, at the first of the files that are still there.
    #[must_use]
    pub fn diagnostic(&self, first: Location) -> Diagnostic {
        let more = match self.paths.len() {
            1 => String::new(),
            2 => ", nor is another of its files".to_owned(),
            count => format!(", nor are {} more of its files", count - 1),
        };
        let message = format!(
            "the feed `{}` is not written here any more{more}, and readers still get what it held last",
            self.name
        );
        Diagnostic::new(Code::EndedFeed, first, message).help(format!(
            "{}; or delete the files, and let the server answer 410 (Gone) for them",
            self.mend
        ))
    }

    /// The same with those of its files alone for which this is true; `None` where there are none.
    #[must_use]
    pub fn with(&self, is_there: impl Fn(&str) -> bool) -> Option<Ended> {
        let paths: Vec<String> = self.paths.iter().filter(|path| is_there(path)).cloned().collect();
        (!paths.is_empty()).then(|| Ended { paths, ..self.clone() })
    }
}

/// Finds them in the ledger after a run. `written` are the files that it writes or keeps as they are.
#[must_use]
pub fn ended(ledger: &Ledger, plan: &Plan, written: &BTreeSet<&str>, settings: &Settings) -> Vec<Ended> {
    let planned: BTreeSet<_> = plan.feeds.iter().map(|feed| &feed.key).collect();
    let ended = |record: &FeedRecord| {
        let paths: Vec<String> =
            record.files.keys().filter(|path| !written.contains(path.as_str())).cloned().collect();
        if paths.is_empty() {
            return None;
        }
        let key = record.of.as_ref().and_then(|of| of.key()).map(|(key, _)| key);
        let mend = match key {
            Some(key) if planned.contains(&key) => {
                let formats: BTreeSet<&String> =
                    paths.iter().filter_map(|path| record.files.get(path)).collect();
                let formats: Vec<String> = formats.iter().map(|format| format!("`{format}`")).collect();
                format!("write {} into `feeds.formats` again", formats.join(" and "))
            }
            Some(key) if !settings.feeds.by.contains(&key.row()) => {
                format!("write `{}` into `feeds.by` again", key.row())
            }
            Some(_) => "give it a place of its own again".to_owned(),
            None => "let a feed lie there again with `feeds.path`".to_owned(),
        };
        Some(Ended { name: record.name(), paths, mend })
    };
    ledger.feeds().filter_map(ended).collect()
}
