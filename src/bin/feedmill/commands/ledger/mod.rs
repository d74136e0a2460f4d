//! `feedmill ledger`: what subscribers were promised, to be looked at, copied, and mended by hand.

mod copy;
mod redate;
mod show;

use crate::cli::{self, Ledger as Flags, LedgerSite, Output};
use crate::disk::lock::Lock;
use crate::exit::ExitStatus;
use crate::report::Report;
use crate::site::Site;
use chrono::{DateTime, SecondsFormat, Utc};
use std::path::Path;

pub fn run(flags: &Flags, now: DateTime<Utc>) -> ExitStatus {
    let (of, json) = match flags {
        Flags::Show(flags) => (&flags.site, flags.json),
        Flags::Export(flags) => (&flags.site, false),
        Flags::Import(flags) => (&flags.site, flags.json),
        Flags::Redate(flags) => (&flags.site, flags.json),
    };
    let report = Report::new(&Output { json, ..Output::default() });
    let site = match site(of, now) {
        Ok(site) => site,
        Err(diagnostics) => {
            report.diagnostics(&diagnostics, Path::new(""));
            return ExitStatus::JobFailed;
        }
    };
    let done = match flags {
        Flags::Show(flags) => show::show(&flags.names, &site, &report),
        Flags::Export(flags) => copy::export(flags.file.as_deref(), &site, &report),
        Flags::Import(flags) => copy::import(flags, &site, &report),
        Flags::Redate(flags) => redate::redate(flags, &site, &report),
    };
    done.err().unwrap_or(ExitStatus::Success)
}

/// The articles need not be there: a ledger may move before them.
fn site(of: &LedgerSite, now: DateTime<Utc>) -> Result<Site, Vec<feedmill::diagnostic::Diagnostic>> {
    let LedgerSite { config, articles, output, url } = of;
    let flags = cli::Site { config: config.clone(), output: output.clone(), url: url.clone(), as_of: None };
    Site::load(articles.as_deref(), &flags, now)
}

/// The lock, unless nothing is to be written.
fn lock(report: &Report, site: &Site, dry_run: bool) -> Result<Option<Lock>, ExitStatus> {
    let lock = (!dry_run).then(|| Lock::acquire(&site.state)).transpose();
    lock.map_err(|error| report.failure(&error.to_string(), error.help().as_deref()))
}

/// A file as the ledger calls it: from the directory of the articles.
fn source_path(name: &str, site: &Site) -> String {
    let path = Path::new(name);
    let inside = path.strip_prefix(&site.articles).unwrap_or(path);
    inside.strip_prefix(".").unwrap_or(inside).to_string_lossy().into_owned()
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
