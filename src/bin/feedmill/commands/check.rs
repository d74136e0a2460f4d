//! `feedmill check`: every article's and setting's faults, without writing anything.

use super::{counted, counts_json, ledger, no_articles_help, number, open, status};
use crate::cli::Check;
use crate::exit::ExitStatus;
use crate::progress::Progress;
use crate::report::Report;
use chrono::{DateTime, Utc};
use feedmill::diagnostic::Severity;
use feedmill::publication::check;
use serde_json::json;

pub fn run(flags: &Check, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&flags.output);
    let site = match open(&report, flags.articles.as_deref(), &flags.site, now) {
        Ok(site) => site,
        Err(status) => return status,
    };
    let ledger = match ledger(&report, &site) {
        Ok(ledger) => ledger,
        Err(status) => return status,
    };
    let newsroom = Progress::over(site.newsroom(), report.is_watched());
    let (counts, diagnostics) = check(&newsroom, &site.settings, &ledger, site.as_of);
    newsroom.finish();
    report.diagnostics(&diagnostics, &site.articles);
    if counts.total() == 0 {
        let message = format!("there are no articles in `{}`", site.articles.display());
        return report.failure(&message, Some(no_articles_help(&site)));
    }
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let text = format!("{}\n{}, {}", counted(&counts), number(errors, "error"), number(warnings, "warning"));
    let event =
        json!({ "type": "summary", "counts": counts_json(&counts), "errors": errors, "warnings": warnings });
    report.event(&text, event);
    status(&diagnostics)
}
