//! The file of `--report`: how the last run went, for programs that look in from time to time.

use super::prometheus;
use super::summary::{Outcome, in_utc};
use crate::disk::DiskError;
use crate::disk::single::Single;
use crate::exit::ExitStatus;
use crate::site::{Site, real};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a report was not written.
#[derive(Debug, Error)]
pub enum Blind {
    #[error(transparent)]
    Disk(#[from] DiskError),
    #[error("`{}` is not a report of feedmill", .0.display())]
    Foreign(PathBuf),
    #[error("`{}` lies within `{}`, and what lies there is served", .0.display(), .1.display())]
    Served(PathBuf, PathBuf),
}

impl Blind {
    /// What a person can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Blind::Disk(_) => {
                "let feedmill write there (the directory has to exist), or name another file with `--report`"
            }
            Blind::Foreign(_) => "move that file away, or name another one with `--report`",
            Blind::Served(..) => "name a file elsewhere with `--report`: it tells of drafts and embargoes",
        }
    }
}

/// A report is a few kilobytes long.
const MOST_BYTES: u64 = 64 * 1024;

/// Writes the report of a run. `site` is `None` where the settings could not be read.
pub fn write(path: &Path, outcome: &Outcome, site: Option<&Site>) -> Result<(), Blind> {
    let file = Single::find(path)?;
    if let Some(served) = site.and_then(|site| served(&file, site)) {
        return Err(Blind::Served(path.into(), served));
    }
    let form = Form::of(path);
    let old = String::from_utf8(file.read(MOST_BYTES)?).map_err(|_| Blind::Foreign(path.into()))?;
    let earlier = form.last_success(&old).ok_or_else(|| Blind::Foreign(path.into()))?;
    let last_success = match outcome.exit {
        ExitStatus::JobFailed => earlier,
        ExitStatus::Success | ExitStatus::ContentErrors => Some(outcome.finished()),
    };
    file.replace(form.write(path, outcome, last_success).as_bytes())?;
    Ok(())
}

/// The directory of the site that the file lies in, if a server may serve what lies there.
fn served(file: &Single, site: &Site) -> Option<PathBuf> {
    let place = file.place()?;
    let holds = |directory: &PathBuf| real(directory).is_some_and(|directory| place.starts_with(directory));
    let mut directories = [&site.output, &site.articles].into_iter().chain(&site.media);
    directories.find(|directory| holds(directory)).filter(|_| !holds(&site.state)).cloned()
}

/// In which form a report is written; its name says so.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Prometheus,
}

impl Form {
    fn of(path: &Path) -> Form {
        if path.extension() == Some(OsStr::new("prom")) { Form::Prometheus } else { Form::Json }
    }

    /// When a run last succeeded, as an old report has it; nothing at all where the text is none.
    fn last_success(self, old: &str) -> Option<Option<DateTime<Utc>>> {
        if old.is_empty() {
            return Some(None);
        }
        match self {
            Form::Prometheus => old.starts_with(prometheus::OPENING).then(|| prometheus::last_success(old)),
            Form::Json => {
                let report: Value = serde_json::from_str(old).ok()?;
                let is_ours = report["type"] == "summary" && report["feedmill"].is_string();
                let time = report.get(LAST_SUCCESS).filter(|_| is_ours)?.as_str();
                Some(time.and_then(|time| time.parse().ok()))
            }
        }
    }

    fn write(self, path: &Path, outcome: &Outcome, last_success: Option<DateTime<Utc>>) -> String {
        match self {
            Form::Prometheus => {
                let site = path.file_stem().unwrap_or_default().to_string_lossy();
                prometheus::page(outcome, &site, last_success)
            }
            Form::Json => {
                let mut report = outcome.as_json();
                report[LAST_SUCCESS] = json!(last_success.map(in_utc));
                format!("{report}\n")
            }
        }
    }
}

const LAST_SUCCESS: &str = "last_success";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reports_of_ours_are_replaced() {
        let time = "2026-11-22T12:00:00Z";
        let json = |text: &str| Form::Json.last_success(text);
        assert_eq!(json(""), Some(None), "made beforehand, for its mode");
        let ours = format!(r#"{{"type":"summary","feedmill":"9.0.0","last_success":"{time}","more":1}}"#);
        assert_eq!(json(&ours), Some(Some(time.parse().unwrap())));
        assert_eq!(json(&ours.replace(&format!("{time:?}"), "null")), Some(None));
        for foreign in [r#"{"type":"summary"}"#, "[]", "---\ntitle: The bridge\n---\n", &ours[..40], "null"] {
            assert_eq!(json(foreign), None, "{foreign}");
        }
        assert_eq!(Form::Prometheus.last_success("# HELP feedmill_feeds Feeds.\n"), Some(None));
        assert_eq!(Form::Prometheus.last_success("# HELP node_time_seconds Time.\n"), None);
    }
}
