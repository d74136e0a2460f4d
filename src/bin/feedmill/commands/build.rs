//! `feedmill build`: one run, from articles to feeds.

mod monitoring;
mod prometheus;
mod summary;
mod tray;
mod turn;
mod view;

use super::hindrance::Hindrance;
use super::promises::Promises;
use super::{number, open, status};
use crate::cli::Build;
use crate::disk::stray::{Planned, strays, strays_since};
use crate::disk::write::Change;
use crate::disk::{self, DiskError, last_good, past, variant_path};
use crate::exit::ExitStatus;
use crate::progress::Progress;
use crate::report::Report;
use crate::site::Site;
use chrono::{DateTime, Utc};
use feedmill::autodiscovery::snippets;
use feedmill::catalog::Counts;
use feedmill::compress::Encoding;
use feedmill::diagnostic::{Diagnostic, Location, Position};
use feedmill::index::Index;
use feedmill::ledger::{EntryRecord, Ledger};
use feedmill::newsroom::Newsroom;
use feedmill::publication::{Ended, Publication, Refusal, Still, compose_listed};
use serde_json::json;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use summary::Summary;
pub use summary::Tally;
pub use tray::{Changes, Tray, foreign};

pub fn run(flags: &Build, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&flags.output);
    let mut summary = Summary::begin(now, flags.dry_run);
    let mut site = open(&report, flags.articles.as_deref(), &flags.site, now);
    // Held until all is told, or the report of the next run could be replaced by that of this one.
    let lock = match &mut site {
        Ok(site) => {
            if flags.accept {
                site.settings.feeds.accept_losses();
            }
            turn::take(flags, &report, site)
        }
        Err(status) => Err(*status),
    };
    let status = match (&site, &lock) {
        (Ok(site), Ok(_)) => publish(flags, &report, site, &mut summary),
        (Err(status), _) | (_, Err(status)) => *status,
    };
    close(flags, &report, site.ok().as_ref(), summary, status)
}

/// Tells how the run went. The feeds are done with: what fails here touches none of them.
fn close(
    flags: &Build,
    report: &Report,
    site: Option<&Site>,
    summary: Summary,
    status: ExitStatus,
) -> ExitStatus {
    let mut outcome = summary.end(status, report.told());
    if let Some(file) = flags.report.as_deref().filter(|_| !flags.dry_run)
        && let Err(blind) = monitoring::write(file, &outcome, site)
    {
        report.failure(&format!("the report was not written: {blind}"), Some(blind.help()));
        outcome.exit = status.max(ExitStatus::ContentErrors);
        outcome.told = report.told();
    }
    outcome.tell(report);
    outcome.exit
}

/// The run itself: from articles to feeds.
fn publish(flags: &Build, report: &Report, site: &Site, summary: &mut Summary) -> ExitStatus {
    let (promises, before) = rayon::join(|| Promises::find(site), || site.remembered());
    let promises = match promises {
        Ok(promises) => promises,
        Err(hindrance) => return hindrance.tell(report),
    };
    // The program ends after this: to give back the memory of every card would only take time.
    let before = ManuallyDrop::new(before);
    let newsroom = Progress::over(site.newsroom(), report.is_watched());
    let (listing, settings) = (newsroom.list(), &site.settings);
    if !flags.dry_run
        && let Some(still) = Still::of(&listing, &newsroom, settings, &promises.digest(), &before, site.as_of)
    {
        newsroom.finish();
        return stands(flags, report, site, summary, &still);
    }
    // Both are needed now, and neither keeps all cores busy alone.
    let (ledger, _) = rayon::join(|| promises.read(site), || before.memo.details.get());
    let ledger = match ledger {
        Ok(ledger) => ManuallyDrop::new(ledger),
        Err(hindrance) => {
            newsroom.finish();
            return hindrance.tell(report);
        }
    };
    let mut tray = Tray::new(&site.output, &settings.output.compress, &ledger, flags.dry_run);
    let mut take = |file| tray.take(file);
    let composed = compose_listed(listing, &newsroom, settings, &ledger, &before, site.as_of, &mut take);
    newsroom.finish();
    let mut publication = match composed {
        Ok(publication) => ManuallyDrop::new(publication),
        Err(refusal) => return refused(report, &refusal, site, summary),
    };
    summary.composed(&publication);
    report.diagnostics(&publication.diagnostics, &site.articles);
    let status = status(&publication.diagnostics);
    if flags.strict && status != ExitStatus::Success {
        return too_strict(report);
    }
    let remembered = std::mem::take(&mut publication.index);
    let index = site.index.as_deref().filter(|_| !flags.dry_run);
    let index = index.map(|path| disk::index::Writing::begin(path, publication.catalog.blocks.clone()));
    let Written { files: changes, variants, faults, index: remembered } =
        match changes(&publication, (&before, &ledger, remembered), tray, site, flags.dry_run) {
            Ok(written) => written,
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
    report.diagnostics(&faults, &site.articles);
    let status = status.max(super::status(&faults));
    let changed = changes.iter().chain(&variants).filter(|(_, change)| *change != Change::Unchanged);
    for (path, change) in changed {
        let word = match (change, flags.dry_run) {
            (Change::Created, true) => "would create",
            (Change::Created, false) => "created",
            (Change::Removed, _) => "removed",
            (_, true) => "would replace",
            (_, false) => "replaced",
        };
        let path = site.place(path).display().to_string();
        let event = json!({ "type": "file", "path": path, "change": word });
        report.detail(&format!("{word} {path}"), event);
    }
    view::tell(report, &publication, flags.dry_run);
    if flags.dry_run {
        let changed = changes.iter().filter(|(_, change)| *change != Change::Unchanged).count();
        let files = changes.len() + publication.standing_files.len();
        report.answer_line(&format!("{changed} of {} would change", number(files, "file")));
    }
    let stays = publication.kept_files.iter().chain(&publication.standing_files);
    let files = publication.made.iter().chain(stays).map(String::as_str);
    let files = files.chain(publication.ledger.files()).collect();
    let found = strays(&site.output, &Planned { files, archives: &publication.archive_directories() });
    let told = found.told(&site.output);
    if !flags.dry_run {
        let written = changes.iter().map(|(path, _)| path.as_str());
        let remembered = remembered.having_looked(found.tidy(&site.output));
        remember(&publication, (&before, remembered, index), written, faults.is_empty(), site, report);
    }
    left_over(&publication.ended, site, report, flags.dry_run);
    report.diagnostics(&told, &site.articles);
    summary.written(&publication, &changes);
    status
}

/// The end of a run in which nothing has changed.
fn stands(
    flags: &Build,
    report: &Report,
    site: &Site,
    summary: &mut Summary,
    still: &Still<'_>,
) -> ExitStatus {
    summary.stands(still);
    report.diagnostics(still.diagnostics, &site.articles);
    let status = status(still.diagnostics);
    if flags.strict && status != ExitStatus::Success {
        return too_strict(report);
    }
    summary.nothing_written(still);
    left_over(still.ended, site, report, false);
    let files = still.files.iter().copied().chain(still.former.iter().map(String::as_str)).collect();
    let found = strays_since(still.looked, &site.output, &Planned { files, archives: still.archives });
    report.diagnostics(&found.told(&site.output), &site.articles);
    found.tidy(&site.output);
    status
}

fn too_strict(report: &Report) -> ExitStatus {
    let help = "mend them, or leave out `--strict`";
    report.failure("nothing was written, because articles have errors", Some(help))
}

/// Notes for the next run what this one read and how it left the feeds.
fn remember<'p>(
    publication: &'p Publication,
    (before, index, writing): (&Index, Index, Option<disk::index::Writing>),
    written: impl Iterator<Item = &'p str>,
    is_sound: bool,
    site: &Site,
    report: &Report,
) {
    let Some(writing) = writing else { return };
    let written = written.map(|path| (path, site.of_output(path)));
    // What stands was looked at already.
    let standing = publication.standing_files.iter().map(|path| (path.as_str(), before.left(path)));
    let left: Vec<_> = written.chain(standing).collect();
    let is_sound = is_sound && left.iter().all(|(_, left)| left.is_some());
    let index = index.leaving(left.into_iter().filter_map(|(path, left)| Some((path.to_owned(), left?))));
    let index = if is_sound { index } else { index.unsettled() };
    if let Err(error) = writing.end(&index) {
        let text = format!("{error}; the next run reads every article again");
        report.detail(&text, json!({ "type": "index", "message": text }));
    }
}

/// Tells of feeds that are not written any more and whose files are still there: who deletes them has ended the feed.
fn left_over(ended: &[Ended], site: &Site, report: &Report, dry_run: bool) {
    let left = still_there(ended, site);
    if dry_run && !left.is_empty() {
        for (_, path) in &left {
            let path = path.display().to_string();
            let event = json!({ "type": "file", "path": path, "change": "would leave" });
            report.detail(&format!("would leave {path}"), event);
        }
        report.answer_line(&format!("{} would stay behind", number(left.len(), "file")));
    }
    report.diagnostics(&of_ended(ended, site), &site.articles);
}

fn still_there<'e>(ended: &'e [Ended], site: &Site) -> Vec<(&'e Ended, PathBuf)> {
    // A server may hand out a variant of a file that is not there any more.
    let place = |file: &Ended| {
        let path = site.output.join(&file.path);
        let variants = Encoding::ALL.iter().map(|encoding| variant_path(&path, *encoding));
        [path.clone()].into_iter().chain(variants).find(|path| path.exists())
    };
    ended.iter().filter_map(|file| Some((file, place(file)?))).collect()
}

/// What there is to say of feeds that are not written any more.
pub fn of_ended(ended: &[Ended], site: &Site) -> Vec<Diagnostic> {
    let place = |path: &Path| Location::new(path.to_string_lossy(), Position::START);
    still_there(ended, site).iter().map(|(file, path)| file.diagnostic(place(path))).collect()
}

/// What was written.
struct Written {
    /// Each file that the run publishes, and what became of it.
    files: Changes,
    /// What became of variants.
    variants: Changes,
    /// Why articles are missing from documents of archives.
    faults: Vec<Diagnostic>,
    /// What is remembered for the next run.
    index: Index,
}

/// Writes what the run publishes; or, of a dry run, says what would be written. What is promised is on the disk before
/// subscribers see it: a run that ends in between leaves promises that nobody knows of, and never an entry that
/// nobody promised. Documents of archives are in their places before the feeds that lead to them.
fn changes(
    publication: &Publication,
    (before, ledger, index): (&Index, &Ledger, Index),
    mut tray: Tray<'_>,
    site: &Site,
    dry_run: bool,
) -> Result<Written, DiskError> {
    tray.check()?;
    let mut faults = Vec::new();
    let mut past = past::growing(&site.state);
    let newsroom = site.newsroom();
    let mut documents = publication.documents(&newsroom, &site.settings);
    for document in documents.by_ref() {
        faults.extend(document.faults);
        for file in document.files {
            match document.stays && site.output.join(&file.path).exists() {
                true => tray.leave(file.path),
                false => tray.take_first(file)?,
            }
        }
        for record in document.records.iter().filter(|_| !dry_run) {
            past.add(&record.line())?;
        }
    }
    if let Some(directory) = &site.snippets {
        for snippet in snippets(&publication.feeds, &site.settings) {
            tray.take_beside(directory, &format!("{}.html", snippet.name), &snippet.html)?;
        }
    }
    faults.extend(tray.foreign());
    let (batch, files, variants) = tray.end();
    faults.sort();
    faults.dedup();
    let written = Written { files, variants, faults, index: index.with_documents(documents.remembered()) };
    if dry_run {
        return Ok(written);
    }
    let promises = disk::ledger::stage(&site.state, &publication.ledger)?;
    last_good::keep(&site.state, &site.articles, &publication.sources, &publication.read)?;
    publication.retired.iter().try_for_each(|record| past.add(&record.line()))?;
    past.finish()?;
    let mut archive = disk::archive::growing(&site.state);
    publication.closed().try_for_each(|line| archive.add(&line))?;
    archive.finish()?;
    promises.publish().map_err(DiskError::before_publishing)?;
    batch.publish()?;
    let stands = |path: &str| publication.ledger.of_path(path).is_some();
    let is_kept =
        |record: &EntryRecord| publication.sources.contains_key(&record.path) || stands(&record.path);
    let is_all_kept = || ledger.entries().filter(|record| record.stands()).all(is_kept);
    // What the run before had to remove, it has removed.
    if before.follows(ledger) && is_all_kept() {
        return Ok(written);
    }
    match last_good::release(&site.state, &publication.sources, stands) {
        true => Ok(written),
        // The next run does all of it again.
        false => Ok(Written { index: written.index.of_sources(), ..written }),
    }
}

fn refused(report: &Report, refusal: &Refusal, site: &Site, summary: &mut Summary) -> ExitStatus {
    summary.counts = match refusal {
        Refusal::NoArticles(_) => Some(Counts::default()),
        Refusal::NothingDue(counts, _) => Some(*counts),
        Refusal::Damaged(_) => None,
    };
    Hindrance::of_refusal(refusal, site).tell(report)
}
