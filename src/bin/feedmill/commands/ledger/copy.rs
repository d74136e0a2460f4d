//! `feedmill ledger export` and `import`: all of the ledger in one file, and back.

use super::lock;
use crate::cli::LedgerImport;
use crate::commands::ledger as read_ledger;
use crate::disk::near::did_you_mean;
use crate::disk::single::Single;
use crate::disk::{self, DiskError, past, plain};
use crate::exit::ExitStatus;
use crate::report::{Report, out};
use crate::site::Site;
use feedmill::archive::Closed;
use feedmill::diagnostic::Diagnostic;
use feedmill::ledger::{Contradiction, EntryRecord, Glance, Ledger};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::Path;

pub fn export(file: Option<&Path>, site: &Site, report: &Report) -> Result<(), ExitStatus> {
    let ledger = read_ledger(report, site)?;
    let mut text = ledger.write().to_string();
    for record in past_of(&ledger).map_err(|fault| refused(fault, site, report))? {
        text.push_str(&record.line_of_past());
        text.push('\n');
    }
    let written = disk::archive::lines(&site.state).map_err(|error| failed(&error, report))?;
    let unwritten = ledger.archive().unwritten().iter().map(Closed::line);
    for line in written.into_iter().chain(unwritten) {
        text.push_str(&line);
        text.push('\n');
    }
    match file {
        None => {
            out(text.trim_end());
            Ok(())
        }
        Some(file) => Single::find(file)
            .and_then(|file| file.replace(text.as_bytes()))
            .map_err(|error| failed(&error, report)),
    }
}

/// What was put aside, each once, as it was last.
fn past_of(ledger: &Ledger) -> Result<Vec<EntryRecord>, Diagnostic> {
    let mut records: BTreeMap<String, EntryRecord> = BTreeMap::new();
    if let Some(past) = &ledger.past().0 {
        let is_sought = |glance: Glance<'_>| ledger.entry(glance.id).is_none();
        past.each(&is_sought, &mut |record| drop(records.insert(record.id.clone(), record)))?;
    }
    Ok(records.into_values().collect())
}

pub fn import(flags: &LedgerImport, site: &Site, report: &Report) -> Result<(), ExitStatus> {
    let (ledger, past) = read(&flags.file, site, report)?;
    let _lock = lock(report, site, flags.dry_run)?;
    let here = if flags.replace {
        Ledger::default()
    } else {
        let here = disk::ledger::read(&site.state, Ledger::default);
        let archive = disk::archive::read(&site.state);
        let here = here.and_then(|ledger| Ok(ledger.with_archive(archive?.unwrap_or_default())));
        here.map_err(|fault| refused(fault, site, report))?
    };
    let merged = here.merged(&ledger).map_err(|found| contradicted(&flags.file, &found, report))?;
    let known: HashSet<String> = match flags.replace {
        true => HashSet::new(),
        false => {
            let known = past_of(&here).map_err(|fault| refused(fault, site, report))?;
            known.into_iter().map(|record| record.id).collect()
        }
    };
    let past: Vec<EntryRecord> = merged.unknown(past).filter(|record| !known.contains(&record.id)).collect();
    let added = (merged.entries().count() - here.entries().count(), past.len());
    if !flags.dry_run {
        write(&merged, &past, flags.replace, site).map_err(|error| failed(&error, report))?;
    }
    let verb = if flags.dry_run { "would take over" } else { "took over" };
    let feeds = merged.feeds().count() - here.feeds().count();
    let adopted = merged.adopted().count() - here.adopted().count();
    let text = format!(
        "{verb} {} entries, {} that no feed shows any more, {feeds} feeds and {adopted} adopted ids",
        added.0, added.1
    );
    let event = json!({
        "type": "imported",
        "entries": added.0,
        "past": added.1,
        "feeds": feeds,
        "adopted": adopted,
        "replace": flags.replace,
        "dry_run": flags.dry_run,
    });
    if flags.dry_run {
        report.answer(&text, event);
    } else {
        report.event(&text, event);
    }
    Ok(())
}

/// The past and the archive first: a ledger without these is worth less than one of them that it does not need.
fn write(ledger: &Ledger, past: &[EntryRecord], replace: bool, site: &Site) -> Result<(), DiskError> {
    let documents = ledger.archive().unwritten();
    if replace {
        past::replace(&site.state, past)?;
        disk::archive::replace(&site.state, documents)?;
    } else {
        past::append(&site.state, past)?;
        let mut archive = disk::archive::growing(&site.state);
        documents.iter().try_for_each(|closed| archive.add(&closed.line()))?;
        archive.finish()?;
    }
    disk::ledger::write(&site.state, ledger)?;
    Ok(())
}

fn read(file: &str, site: &Site, report: &Report) -> Result<(Ledger, Vec<EntryRecord>), ExitStatus> {
    let mut text = String::new();
    let read = match file {
        "-" => io::stdin().lock().read_to_string(&mut text).map(|_| ()),
        file => fs::read_to_string(file).map(|read| text = read),
    };
    let called = if file == "-" { "standard input" } else { file };
    read.map_err(|error| {
        let help = did_you_mean(Path::new(file));
        report.failure(&format!("cannot read `{called}`: {}", plain(&error)), help.as_deref())
    })?;
    Ledger::read_all(called, &text).map_err(|fault| refused(fault, site, report))
}

fn contradicted(file: &str, found: &[Contradiction], report: &Report) -> ExitStatus {
    let names: Vec<String> = found.iter().take(3).map(|one| format!("{} `{}`", one.kind, one.name)).collect();
    let more = match found.len().saturating_sub(names.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message =
        format!("`{file}` contradicts the ledger: both have {}{more}, and not the same", names.join(", "));
    report.failure(&message, Some("to forget what the ledger has, say `--replace`; export it first"))
}

fn refused(fault: Diagnostic, site: &Site, report: &Report) -> ExitStatus {
    report.diagnostics(&[fault], &site.articles);
    ExitStatus::JobFailed
}

fn failed(error: &DiskError, report: &Report) -> ExitStatus {
    report.failure(&error.to_string(), error.help().as_deref())
}
