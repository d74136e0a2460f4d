//! What a run did, as far as it got: told at its end, however it ended.

use crate::commands::{counted, counts_json, number};
use crate::disk::write::Change;
use crate::exit::ExitStatus;
use crate::report::{Report, Told};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use feedmill::catalog::Counts;
use feedmill::publication::{Headline, News, Publication, Still};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Filled in while the run goes on; what it did not get to stays `None`.
pub struct Summary {
    started: DateTime<Utc>,
    clock: Instant,
    is_dry_run: bool,
    pub counts: Option<Counts>,
    pub feeds: Option<usize>,
    pub next_due: Option<DateTime<Utc>>,
    pub files: Option<Files>,
    pub entries: Option<Tally>,
}

/// Files of the output directory.
#[derive(Clone, Copy)]
pub struct Files {
    pub all: usize,
    /// Written, or to be written after a dry run.
    pub changed: usize,
}

/// Entries of which subscribers hear, each counted once, however many feeds carry it.
#[derive(Clone, Copy)]
pub struct Tally {
    pub new: usize,
    pub updated: usize,
    pub withdrawn: usize,
    pub ids_changed: usize,
}

impl Tally {
    pub fn of(feeds: &[News]) -> Tally {
        let heard = || feeds.iter().filter(|feed| !feed.is_frozen);
        let each_once = |of: fn(&News) -> &Vec<Headline>| -> usize {
            heard().flat_map(of).map(|entry| entry.id.as_str()).collect::<BTreeSet<_>>().len()
        };
        Tally {
            new: each_once(|feed| &feed.new),
            updated: each_once(|feed| &feed.updated),
            withdrawn: each_once(|feed| &feed.withdrawn),
            ids_changed: each_once(|feed| &feed.ids_changed),
        }
    }

    pub fn as_text(self) -> String {
        let Tally { new, updated, withdrawn, ids_changed } = self;
        format!("{new} new, {updated} updated, {withdrawn} withdrawn, {ids_changed} ids changed")
    }

    fn as_json(self) -> Value {
        let Tally { new, updated, withdrawn, ids_changed } = self;
        json!({ "new": new, "updated": updated, "withdrawn": withdrawn, "ids_changed": ids_changed })
    }
}

impl Summary {
    pub fn begin(now: DateTime<Utc>, is_dry_run: bool) -> Summary {
        Summary {
            started: now,
            clock: Instant::now(),
            is_dry_run,
            counts: None,
            feeds: None,
            next_due: None,
            files: None,
            entries: None,
        }
    }

    pub fn composed(&mut self, publication: &Publication) {
        self.counts = Some(publication.counts);
        self.feeds = Some(publication.feeds.len());
        self.next_due = publication.next_due;
    }

    pub fn written(&mut self, publication: &Publication, changes: &[(String, Change)]) {
        let changed = changes.iter().filter(|(_, change)| *change != Change::Unchanged).count();
        let all = changes.len() + publication.standing_files.len();
        self.files = Some(Files { all, changed });
        self.entries = Some(Tally::of(&publication.news));
    }

    /// What is known of a run in which nothing has changed.
    pub fn stands(&mut self, still: &Still<'_>) {
        self.counts = Some(still.counts);
        self.feeds = Some(still.feeds);
        self.next_due = still.next_due;
    }

    pub fn nothing_written(&mut self, still: &Still<'_>) {
        self.files = Some(Files { all: still.files.len(), changed: 0 });
        self.entries = Some(Tally::of(&[]));
    }

    pub fn end(self, exit: ExitStatus, told: Told) -> Outcome {
        let took = self.clock.elapsed();
        Outcome { summary: self, took, exit, told }
    }
}

/// A run that is over.
pub struct Outcome {
    pub summary: Summary,
    pub took: Duration,
    pub exit: ExitStatus,
    pub told: Told,
}

impl Outcome {
    /// When it was over, by the clock at its start: one that jumped meanwhile moves nothing.
    pub fn finished(&self) -> DateTime<Utc> {
        let took = TimeDelta::from_std(self.took).unwrap_or_default();
        self.summary.started.checked_add_signed(took).unwrap_or(self.summary.started)
    }

    /// Tells a person in a few lines and a program in an object, which is the last.
    pub fn tell(&self, report: &Report) {
        match self.as_text() {
            Some(text) => report.event(&text, self.as_json()),
            None => report.object(&self.as_json()),
        }
    }

    /// Nothing where no feed was written: then a failure was told.
    fn as_text(&self) -> Option<String> {
        let Summary { counts, feeds, files, next_due, is_dry_run, .. } = &self.summary;
        let (counts, feeds, files) = (counts.as_ref()?, (*feeds)?, (*files)?);
        let verb = if *is_dry_run { "would change" } else { "changed" };
        let mut text = format!(
            "{}\n{} in {}, {} {verb}, {:.2} s",
            counted(counts),
            number(feeds, "feed"),
            number(files.all, "file"),
            files.changed,
            self.took.as_secs_f64()
        );
        if let Some(due) = next_due {
            text.push_str(&format!("\nnext due: {}", in_utc(*due)));
        }
        Some(text)
    }

    /// The object that closes `--json`; `docs/monitoring.md` says what its fields are.
    pub fn as_json(&self) -> Value {
        let Summary { started, is_dry_run, counts, feeds, next_due, files, entries, .. } = &self.summary;
        json!({
            "type": "summary",
            "feedmill": env!("CARGO_PKG_VERSION"),
            "exit": self.exit.code(),
            "failure": self.told.reason(self.exit),
            "started": in_utc(*started),
            "finished": in_utc(self.finished()),
            "seconds": self.took.as_secs_f64(),
            "counts": counts.as_ref().map(counts_json),
            "feeds": feeds,
            "files": files.map(|files| files.all),
            "changed": files.map(|files| files.changed),
            "entries": entries.map(Tally::as_json),
            "errors": self.told.errors,
            "warnings": self.told.warnings,
            "notes": self.told.notes,
            "dry_run": is_dry_run,
            "next_due": next_due.map(in_utc),
        })
    }
}

/// An instant as all that is for programs spells it.
pub fn in_utc(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
