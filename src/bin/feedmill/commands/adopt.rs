//! `feedmill adopt`: takes over the ids of feeds that another program published.

use super::{ledger, number, open, status};
use crate::cli::{self, Adopt};
use crate::disk::lock::Lock;
use crate::disk::near::did_you_mean;
use crate::disk::{self, plain};
use crate::exit::ExitStatus;
use crate::progress::Progress;
use crate::report::Report;
use crate::site::Site;
use crate::terminal::visible_line;
use chrono::{DateTime, Utc};
use feedmill::adopt::{Adoption, Earlier, OldFeed, Tally, adopt};
use serde_json::json;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

pub fn run(flags: &Adopt, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&flags.output);
    let site_flags =
        cli::Site { config: flags.config.clone(), output: None, url: flags.url.clone(), as_of: None };
    let site = match open(&report, flags.articles.as_deref(), &site_flags, now) {
        Ok(site) => site,
        Err(status) => return status,
    };
    let feeds = match old_feeds(&report, &flags.old_feeds, &site) {
        Ok(feeds) => feeds,
        Err(status) => return status,
    };
    // A dry run changes nothing, so it need not wait for anybody.
    let _lock = match (!flags.dry_run).then(|| Lock::acquire(&site.state)).transpose() {
        Ok(lock) => lock,
        Err(error) => return report.failure(&error.to_string(), error.help().as_deref()),
    };
    let ledger = match ledger(&report, &site) {
        Ok(ledger) => ledger,
        Err(status) => return status,
    };
    let newsroom = Progress::over(site.newsroom(), report.is_watched());
    let earlier = if flags.replace { Earlier::GivesWay } else { Earlier::Stays };
    let adoption = adopt(&feeds, &newsroom, &site.settings, &ledger, earlier, now);
    newsroom.finish();
    if adoption.counts.total() == 0 {
        let message = format!("there are no articles in `{}`", site.articles.display());
        return report.failure(&message, Some("name their directory with `--articles`"));
    }
    if !flags.dry_run
        && let Err(error) = disk::ledger::write(&site.state, &adoption.ledger)
    {
        return report.failure(&error.to_string(), error.help().as_deref());
    }
    report.diagnostics(&adoption.diagnostics, &site.articles);
    let status = status(&adoption.diagnostics);
    tell(&report, &adoption, flags.dry_run, status);
    status
}

/// Reads every feed before anything is adopted: one that is none stops the run.
fn old_feeds(report: &Report, names: &[String], site: &Site) -> Result<Vec<OldFeed>, ExitStatus> {
    let mut feeds = Vec::new();
    let mut faults = Vec::new();
    for name in names {
        let (called, bytes) = match name.as_str() {
            "-" => ("standard input", standard_input()),
            file => (file, fs::read(Path::new(file))),
        };
        let bytes = bytes.map_err(|error| {
            let help = match name.contains("://") {
                true => Some("feedmill fetches nothing: save the feed to a file first".to_owned()),
                false => did_you_mean(Path::new(name)),
            };
            report.failure(&format!("cannot read `{called}`: {}", plain(&error)), help.as_deref())
        })?;
        match OldFeed::read(called, &bytes, site.settings.site.timezone) {
            Ok(feed) => feeds.push(feed),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        return Ok(feeds);
    }
    report.diagnostics(&faults, &site.articles);
    Err(ExitStatus::JobFailed)
}

fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn tell(report: &Report, adoption: &Adoption, dry_run: bool, status: ExitStatus) {
    for adopted in &adoption.adopted {
        let verb = if dry_run { "would adopt" } else { "adopted" };
        let replaced = adoption.replaced.get(&adopted.path);
        let place = replaced.map_or_else(String::new, |id| format!(", in the place of `{id}`"));
        let text = format!("{verb} `{}` for {}, from {}{place}", adopted.id, adopted.path, adopted.feed);
        let event = json!({
            "type": "adopted",
            "path": adopted.path,
            "id": adopted.id,
            "url": adopted.permalink,
            "feed": adopted.feed,
            "replaces": replaced,
            "dry_run": dry_run,
        });
        // What a dry run would do is what it was asked for.
        if dry_run {
            report.answer(&visible_line(&text), event);
        } else {
            report.detail(&visible_line(&text), event);
        }
    }
    for tally in &adoption.tallies {
        let event = json!({
            "type": "summary",
            "feed": tally.feed,
            "entries": tally.entries,
            "by_link": tally.by_link,
            "by_id": tally.by_id,
            "by_title": tally.by_title,
            "unmatched": tally.entries - tally.matched(),
        });
        if status == ExitStatus::Success {
            report.event(&summary(tally), event);
        } else {
            report.aside(&summary(tally), event);
        }
    }
    let verb = if dry_run { "would be adopted" } else { "adopted" };
    let faulty = match adoption.counts.faulty {
        0 => String::new(),
        faulty => format!("; {} left out for their faults, see `feedmill check`", number(faulty, "article")),
    };
    let (all, replaced) = (adoption.adopted.len(), adoption.replaced.len());
    let announced = match replaced {
        0 => String::new(),
        count => format!("; {count} of these will be new to readers of the feeds that there are"),
    };
    let text = format!("{} {verb}{announced}{faulty}", number(all, "id"));
    let event = json!({
        "type": "total",
        "adopted": all,
        "replaced": replaced,
        "faulty": adoption.counts.faulty,
        "dry_run": dry_run,
    });
    if dry_run && replaced > 0 {
        report.answer(&text, event);
    } else {
        report.event(&text, event);
    }
}

/// `48 of 50 entries of `old.xml` matched: 40 by link, 3 by id, 5 by title and date; 2 were not`.
fn summary(tally: &Tally) -> String {
    let ways = [(tally.by_link, "link"), (tally.by_id, "id"), (tally.by_title, "title and date")];
    let ways: Vec<String> =
        ways.iter().filter(|(count, _)| *count > 0).map(|(count, way)| format!("{count} by {way}")).collect();
    let (matched, entries) = (tally.matched(), tally.entries);
    let mut text = format!("{matched} of {} of `{}` matched", entries_of(entries), tally.feed);
    if !ways.is_empty() {
        text.push_str(&format!(": {}", ways.join(", ")));
    }
    match entries - matched {
        0 => {}
        1 => text.push_str("; 1 was not"),
        rest => text.push_str(&format!("; {rest} were not")),
    }
    text
}

fn entries_of(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}
