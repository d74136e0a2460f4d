//! `feedmill ledger redate`: accepts the date that the file of a published article has now.

use super::{lock, source_path, time};
use crate::cli::LedgerRedate;
use crate::commands::ledger as read_ledger;
use crate::disk;
use crate::exit::ExitStatus;
use crate::report::Report;
use crate::site::Site;
use crate::terminal::visible_line;
use chrono::{DateTime, Utc};
use feedmill::article::{Outcome, head};
use feedmill::ledger::{EntryRecord, Ledger};
use serde_json::json;

pub fn redate(flags: &LedgerRedate, site: &Site, report: &Report) -> Result<(), ExitStatus> {
    let _lock = lock(report, site, flags.dry_run)?;
    let mut ledger = read_ledger(report, site)?;
    // All or none: a list of paths that is half done is hard to go on with.
    let mut dates: Vec<(EntryRecord, DateTime<Utc>)> = Vec::new();
    for name in &flags.paths {
        let path = source_path(name, site);
        let record = known(&path, &ledger, report)?.clone();
        dates.push((record, date(&path, site, report)?));
    }
    for (record, published) in &dates {
        ledger.redate(&record.id, *published);
    }
    if !flags.dry_run {
        disk::ledger::write(&site.state, &ledger)
            .map_err(|error| report.failure(&error.to_string(), error.help().as_deref()))?;
    }
    for (record, published) in &dates {
        tell(record, *published, flags.dry_run, report);
    }
    Ok(())
}

fn known<'l>(path: &str, ledger: &'l Ledger, report: &Report) -> Result<&'l EntryRecord, ExitStatus> {
    ledger.of_path(path).ok_or_else(|| {
        let message = format!("no feed shows an article of `{path}`");
        let help = "name the file from here or from the directory of the articles; what is not published yet has the \
                    date of its file";
        report.failure(&message, Some(help))
    })
}

/// The date that the file has.
fn date(path: &str, site: &Site, report: &Report) -> Result<DateTime<Utc>, ExitStatus> {
    let (outcome, faults) =
        head(path, &site.newsroom(), &site.settings).unwrap_or_else(|faults| (Outcome::Faulty, faults));
    let Outcome::Article(article) = outcome else {
        report.diagnostics(&faults, &site.articles);
        return Err(report.failure(&format!("`{path}` has no date that could be accepted"), None));
    };
    let published = article.published.to_utc();
    if published > site.as_of {
        let message = format!("`{path}` is dated {}, which is later than now", time(published));
        let help = "what is published cannot be embargoed; to take it back, write `withdrawn: true`";
        return Err(report.failure(&message, Some(help)));
    }
    Ok(published)
}

fn tell(record: &EntryRecord, published: DateTime<Utc>, dry_run: bool, report: &Report) {
    let (from, to) = (time(record.published), time(published));
    let text = match (from == to, dry_run) {
        (true, _) => format!("{} stays published on {to}", record.path),
        (false, true) => format!("{} would be published on {to}, not on {from}", record.path),
        (false, false) => format!("{} is published on {to}, not on {from}", record.path),
    };
    let event = json!({
        "type": "redated",
        "path": record.path,
        "id": record.id,
        "from": from,
        "to": to,
        "dry_run": dry_run,
    });
    if dry_run {
        report.answer(&visible_line(&text), event);
    } else {
        report.event(&visible_line(&text), event);
    }
}
