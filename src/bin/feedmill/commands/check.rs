//! `feedmill check`: every article's and setting's faults, without writing anything.

use super::{counted, counts_json, ledger, no_articles_help, number, open, status};
use crate::cli::Check;
use crate::exit::ExitStatus;
use crate::progress::Progress;
use crate::report::Report;
use chrono::{DateTime, Utc};
use feedmill::catalog::Counts;
use feedmill::publication;
use serde_json::json;

pub fn run(flags: &Check, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&flags.output);
    let checked = check(flags, &report, now);
    let status = checked.as_ref().map_or_else(|status| *status, |(_, status)| *status);
    let counts = checked.ok().map(|(counts, _)| counts);
    let told = report.told();
    let event = json!({
        "type": "summary",
        "exit": status.code(),
        "failure": told.reason(status),
        "counts": counts.as_ref().map(counts_json),
        "errors": told.errors,
        "warnings": told.warnings,
        "notes": told.notes,
    });
    match counts {
        Some(counts) => {
            let (errors, warnings) = (number(told.errors, "error"), number(told.warnings, "warning"));
            report.event(&format!("{}\n{errors}, {warnings}", counted(&counts)), event);
        }
        None => report.object(&event),
    }
    status
}

fn check(flags: &Check, report: &Report, now: DateTime<Utc>) -> Result<(Counts, ExitStatus), ExitStatus> {
    let site = open(report, flags.articles.as_deref(), &flags.site, now)?;
    let ledger = ledger(report, &site)?;
    let newsroom = Progress::over(site.newsroom(), report.is_watched());
    let (counts, diagnostics) =
        publication::check(&newsroom, &site.settings, &ledger, &site.remembered(), site.as_of);
    newsroom.finish();
    report.diagnostics(&diagnostics, &site.articles);
    if counts.total() == 0 {
        let message = format!("there are no articles in `{}`", site.articles.display());
        return Err(report.failure(&message, Some(no_articles_help(&site))));
    }
    Ok((counts, status(&diagnostics)))
}
