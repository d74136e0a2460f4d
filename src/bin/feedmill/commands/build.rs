//! `feedmill build`: one run, from articles to feeds.

use super::{counted, counts_json, ledger, no_articles_help, number, open, status};
use crate::cli::Build;
use crate::disk::lock::Lock;
use crate::disk::stray::strays;
use crate::disk::write::{Change, compare, stage_all};
use crate::disk::{self, DiskError, last_good, past};
use crate::exit::ExitStatus;
use crate::progress::Progress;
use crate::report::Report;
use crate::site::Site;
use chrono::{DateTime, SecondsFormat, Utc};
use feedmill::publication::{Publication, Refusal, compose};
use serde_json::json;
use std::time::{Duration, Instant};

pub fn run(flags: &Build, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&flags.output);
    let site = match open(&report, flags.articles.as_deref(), &flags.site, now) {
        Ok(site) => site,
        Err(status) => return status,
    };
    // A dry run changes nothing, so it need not wait for anybody.
    let _lock = match (!flags.dry_run).then(|| Lock::acquire(&site.state)).transpose() {
        Ok(lock) => lock,
        Err(error) => return report.failure(&error.to_string(), error.help().as_deref()),
    };
    let started = Instant::now();
    let ledger = match ledger(&report, &site) {
        Ok(ledger) => ledger,
        Err(status) => return status,
    };
    let newsroom = Progress::over(site.newsroom(), report.is_watched());
    let composed = compose(&newsroom, &site.settings, &ledger, site.as_of);
    newsroom.finish();
    let publication = match composed {
        Ok(publication) => publication,
        Err(refusal) => return refused(&report, &refusal, &site),
    };
    report.diagnostics(&publication.diagnostics, &site.articles);
    let status = status(&publication.diagnostics);
    if flags.strict && status != ExitStatus::Success {
        return report.failure(
            "nothing was written, because articles have errors",
            Some("mend them, or leave out `--strict`"),
        );
    }
    let changes = match changes(&publication, &site, flags.dry_run) {
        Ok(changes) => changes,
        Err(error) => {
            let help = error.help();
            let message = if error.is_after_publishing() {
                format!("{error}; the other feeds are published")
            } else {
                error.to_string()
            };
            return report.failure(&message, help.as_deref());
        }
    };
    for (path, change) in changes.iter().filter(|(_, change)| *change != Change::Unchanged) {
        let word = match (change, flags.dry_run) {
            (Change::Created, true) => "would create",
            (Change::Created, false) => "created",
            (_, true) => "would replace",
            (_, false) => "replaced",
        };
        let path = site.output.join(path).display().to_string();
        let event = json!({ "type": "file", "path": path, "change": word });
        // What a dry run would do is what it was asked for.
        if flags.dry_run {
            report.answer(&format!("{word} {path}"), event);
        } else {
            report.detail(&format!("{word} {path}"), event);
        }
    }
    let files = publication.files.iter().map(|file| &file.path).chain(&publication.kept_files);
    let planned = files.map(String::as_str).collect();
    report.diagnostics(&strays(&site.output, &planned), &site.articles);
    summarise(&report, &publication, &changes, started.elapsed(), flags.dry_run);
    status
}

/// Writes what the run publishes; or, of a dry run, says what would be written. What is promised is on the disk before
/// subscribers see it: a run that ends in between leaves promises that nobody knows of, and never an entry that
/// nobody promised.
fn changes<'p>(
    publication: &'p Publication,
    site: &Site,
    dry_run: bool,
) -> Result<Vec<(&'p str, Change)>, DiskError> {
    let files = publication.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice()));
    if dry_run {
        return files.map(|(path, bytes)| Ok((path, compare(&site.output, path, bytes)?))).collect();
    }
    let (feeds, changes) = stage_all(&site.output, files)?;
    let ledger = disk::ledger::stage(&site.state, &publication.ledger)?;
    last_good::keep(&site.state, &site.articles, &publication.sources)?;
    past::append(&site.state, &publication.retired)?;
    ledger.publish().map_err(DiskError::before_publishing)?;
    feeds.publish()?;
    let stands = |path: &str| publication.ledger.of_path(path).is_some();
    last_good::release(&site.state, &publication.sources, stands);
    Ok(changes)
}

fn refused(report: &Report, refusal: &Refusal, site: &Site) -> ExitStatus {
    let directory = site.articles.display();
    match refusal {
        Refusal::NoArticles(diagnostics) => {
            report.diagnostics(diagnostics, &site.articles);
            let message = format!("there are no articles in `{directory}`, so no feed was touched");
            report.failure(&message, Some(no_articles_help(site)))
        }
        Refusal::Damaged(fault) => {
            report.diagnostics(std::slice::from_ref(fault), &site.articles);
            ExitStatus::JobFailed
        }
        Refusal::NothingDue(counts, diagnostics) => {
            report.diagnostics(diagnostics, &site.articles);
            let message = format!("no article in `{directory}` can be published, so no feed was touched");
            report.failure(&message, Some(&format!("found {}", counted(counts))))
        }
    }
}

fn summarise(
    report: &Report,
    publication: &Publication,
    changes: &[(&str, Change)],
    took: Duration,
    dry_run: bool,
) {
    let changed = changes.iter().filter(|(_, change)| *change != Change::Unchanged).count();
    let next_due = publication.next_due.map(|due| due.to_rfc3339_opts(SecondsFormat::Secs, true));
    let verb = if dry_run { "would change" } else { "changed" };
    let mut text = format!(
        "{}\n{} in {}, {changed} {verb}, {:.2} s",
        counted(&publication.counts),
        number(publication.feeds.len(), "feed"),
        number(changes.len(), "file"),
        took.as_secs_f64()
    );
    if let Some(due) = &next_due {
        text.push_str(&format!("\nnext due: {due}"));
    }
    let event = json!({
        "type": "summary",
        "counts": counts_json(&publication.counts),
        "feeds": publication.feeds.len(),
        "files": changes.len(),
        "changed": changed,
        "dry_run": dry_run,
        "seconds": took.as_secs_f64(),
        "next_due": next_due,
    });
    report.event(&text, event);
}
