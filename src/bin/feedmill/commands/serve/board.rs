//! What there is to show now: what came of the last run, and the feeds of the last one that came to its end.

use super::rehearsal::Rehearsal;
use crate::commands::hindrance::Failure;
use chrono::DateTime;
use chrono_tz::Tz;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// Put up after a run, and never changed.
pub struct Board {
    /// Another one for every run.
    pub number: u64,
    /// When the run ended.
    pub when: DateTime<Tz>,
    /// How long it was.
    pub took: Duration,
    /// What it changed, in a few words.
    pub outcome: String,
    /// Why it could not be done, where no fault says so.
    pub failure: Option<Failure>,
    /// Its errors and warnings, the first ones, as the JSON form tells them.
    pub faults: Vec<Value>,
    pub errors: usize,
    pub warnings: usize,
    /// `None` until a run has come to its end.
    pub rehearsal: Option<Arc<Rehearsal>>,
    /// Was it this run? Else it could not be done.
    pub is_fresh: bool,
}
