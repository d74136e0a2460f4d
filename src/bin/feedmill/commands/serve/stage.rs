//! Rehearses at the beginning and after every change, tells of each run, and puts up what came of it.

use super::board::Board;
use super::rehearsal::{Rehearsal, rehearse};
use super::watch::{Next, Watch};
use crate::cli::Serve;
use crate::commands::hindrance::Hindrance;
use crate::commands::{found, number};
use crate::report::{Report, as_objects};
use crate::site::Site;
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use feedmill::diagnostic::{Diagnostic, Severity};
use feedmill::index::Index;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::watch::Sender;

pub struct Stage<'f> {
    flags: &'f Serve,
    room: PathBuf,
    index: Option<Index>,
    last: Option<Arc<Rehearsal>>,
    number: u64,
    /// In which times are told.
    zone: Tz,
}

/// More faults than these make no page better.
const SHOWN_FAULTS: usize = 200;

/// What came of a run, before it is put up.
struct Outcome {
    site: Option<Site>,
    result: Result<Rehearsal, Hindrance>,
}

impl<'f> Stage<'f> {
    pub fn new(flags: &'f Serve, room: PathBuf) -> Stage<'f> {
        // A page of an earlier server must not take the first run of this one for the one that it shows.
        let number = now().timestamp_millis().unsigned_abs();
        Stage { flags, room, index: None, last: None, number, zone: Tz::UTC }
    }

    /// Rehearses after every change that `watch` tells of.
    pub fn rehearse_until_stopped(mut self, mut watch: Watch, put_up: &Sender<Option<Arc<Board>>>) {
        loop {
            let report = Report::new(&self.flags.output);
            let started = Instant::now();
            let Outcome { site, result } = self.rehearse(&report, &mut watch);
            let due = result.as_ref().ok().and_then(|rehearsal| rehearsal.next_due);
            let board = self.board(result, site.as_ref(), started.elapsed());
            tell(&report, &board);
            put_up.send_replace(Some(Arc::new(board)));
            drop(report);
            let due = due.filter(|_| self.flags.site.as_of.is_none());
            if watch.wait(due.map(from_now)) == Next::Stop {
                return;
            }
        }
    }

    fn rehearse(&mut self, report: &Report, watch: &mut Watch) -> Outcome {
        let site = match found(self.flags.articles.as_deref(), &self.flags.site, now()) {
            Ok(site) => site,
            Err(hindrance) => {
                hindrance.tell(report);
                return Outcome { site: None, result: Err(hindrance) };
            }
        };
        // Before anything is read, or a change meanwhile would go unseen.
        if let Some(why) = watch.follow(&site) {
            report.aside(&why, json!({ "type": "watching", "message": why }));
        }
        let result = rehearse(&site, &self.room, &mut self.index, report.is_watched());
        match &result {
            Ok(rehearsal) => report.diagnostics(&rehearsal.diagnostics, &site.articles),
            Err(hindrance) => {
                hindrance.tell(report);
            }
        }
        Outcome { site: Some(site), result }
    }

    fn board(&mut self, result: Result<Rehearsal, Hindrance>, site: Option<&Site>, took: Duration) -> Board {
        self.number += 1;
        self.zone = site.map_or(self.zone, |site| site.settings.site.timezone);
        let articles = site.map(|site| site.articles.clone()).unwrap_or_default();
        let is_first = self.last.is_none();
        let is_fresh = result.is_ok();
        let (failure, diagnostics, outcome) = match result {
            Ok(mut rehearsal) => {
                let diagnostics = std::mem::take(&mut rehearsal.diagnostics);
                let outcome = rehearsal.outcome(is_first);
                self.last = Some(Arc::new(rehearsal));
                (None, diagnostics, outcome)
            }
            Err(mut hindrance) => {
                let diagnostics = std::mem::take(&mut hindrance.diagnostics);
                (hindrance.failure, diagnostics, "nothing was built".to_owned())
            }
        };
        let count = |wanted| diagnostics.iter().filter(|fault| fault.severity() == wanted).count();
        let mut faults: Vec<&Diagnostic> =
            diagnostics.iter().filter(|fault| fault.severity() > Severity::Note).collect();
        faults.sort_by_key(|fault| std::cmp::Reverse(fault.severity()));
        Board {
            number: self.number,
            when: now().with_timezone(&self.zone),
            took,
            outcome,
            failure,
            faults: as_objects(faults.into_iter().take(SHOWN_FAULTS), &articles),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            rehearsal: self.last.clone(),
            is_fresh,
        }
    }
}

/// A line for people, an object for programs.
fn tell(report: &Report, board: &Board) {
    let when = board.when.format("%H:%M:%S");
    let mut text = format!("{when}  {}, {:.2} s", board.outcome, board.took.as_secs_f64());
    for (count, noun) in [(board.errors, "error"), (board.warnings, "warning")] {
        if count > 0 {
            text += &format!(", {}", number(count, noun));
        }
    }
    let changed = board.rehearsal.as_ref().filter(|_| board.is_fresh);
    for path in changed.iter().flat_map(|rehearsal| &rehearsal.changed) {
        report.detail_line(&format!("changed {path}"));
    }
    let event = json!({
        "type": "rehearsal",
        "time": board.when.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true),
        "seconds": board.took.as_secs_f64(),
        "done": board.is_fresh,
        "changed": changed.map(|rehearsal| &rehearsal.changed),
        "errors": board.errors,
        "warnings": board.warnings,
    });
    report.aside(&text, event);
}

fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// How long it is until then. An embargo ends within its second.
fn from_now(due: DateTime<Utc>) -> Duration {
    (due - now()).to_std().unwrap_or_default() + Duration::from_secs(1)
}
