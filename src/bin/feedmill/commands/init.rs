//! `feedmill init`: a commented settings file, from what is found in the directory.

use crate::cli::{Init, Output};
use crate::disk::near::did_you_mean;
use crate::disk::plain;
use crate::disk::read::DiskNewsroom;
use crate::disk::root::DiskFiles;
use crate::exit::ExitStatus;
use crate::report::{Report, in_directory};
use chrono::{DateTime, Utc};
use feedmill::catalog::Catalog;
use feedmill::diagnostic::Location;
use feedmill::generator::{Draft, Found, recognise, written};
use feedmill::index::Index;
use feedmill::ledger::Ledger;
use feedmill::settings::{self, Overrides};
use serde_json::Value::Null;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Stands where the user has to say the address, in a domain that is reserved for examples (RFC 2606, 3).
const PLACEHOLDER_URL: &str = "https://example.org/";

pub fn run(flags: &Init, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&Output { verbose: true, ..Output::default() });
    let found = recognise(&DiskFiles::new(Path::new(".")));
    let known_url = flags.url.as_ref().or(found.as_ref().and_then(|found| found.url.as_ref()));
    let overrides = Overrides {
        url: Some(known_url.cloned().unwrap_or_else(|| PLACEHOLDER_URL.to_owned())),
        ..Overrides::default()
    };
    let url = match settings::read(Location::COMMAND_LINE, "", &overrides) {
        Ok(settings) => settings.site.url,
        Err(diagnostics) => {
            report.diagnostics(&diagnostics, Path::new(""));
            return ExitStatus::JobFailed;
        }
    };
    let of_generator = found.as_ref().map(|found| found.directory.as_str());
    let directory = flags.articles.as_deref().or(of_generator).unwrap_or("articles");
    if !Path::new(directory).is_dir() {
        let message = format!("there is no directory `{directory}` to look for articles in");
        let help =
            did_you_mean(Path::new(directory)).unwrap_or_else(|| "name it with `--articles`".to_owned());
        return report.failure(&message, Some(&help));
    }
    let draft = Draft {
        found: found.as_ref(),
        url: &url,
        url_is_missing: known_url.is_none(),
        directory,
        catalog: None,
    };
    let catalog = match catalog(&draft, &flags.config, now) {
        Ok(catalog) => catalog,
        Err(status) => return status,
    };
    let text = written(&Draft { catalog: Some(&catalog), ..draft });
    let config = flags.config.display();
    match create(&flags.config, &text) {
        Ok(()) => {
            if let Some(found) = &found {
                tell_found(&report, found);
            }
            let counted = format!("found {}", super::counted(&catalog.counts));
            report.event(&format!("wrote {config}; {counted}"), Null);
            if found.is_some() {
                tell_sample(&report, directory, &catalog);
            }
            let next = if draft.url_is_missing { "set `url` in it, then run" } else { "now run" };
            report.event(&format!("{next} `feedmill build`"), Null);
            ExitStatus::Success
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            report.failure(&format!("`{config}` already exists"), Some("name another file with `--config`"))
        }
        Err(error) => report.failure(&format!("cannot write `{config}`: {}", plain(&error)), None),
    }
}

/// Half a file would stand in the way of the next attempt.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(path)))
}

/// The articles, read by the settings as far as they are known before.
fn catalog(draft: &Draft<'_>, config: &Path, now: DateTime<Utc>) -> Result<Catalog, ExitStatus> {
    let report = Report::new(&Output::default());
    let config = config.display().to_string();
    let overrides = Overrides { url: Some(draft.url.as_str().to_owned()), ..Overrides::default() };
    match settings::read(&config, &written(draft), &overrides) {
        Ok(settings) => {
            let newsroom = DiskNewsroom::new(PathBuf::from(draft.directory));
            Ok(Catalog::gather(&newsroom, &settings, &Ledger::default(), &Index::default(), now).0)
        }
        Err(diagnostics) => {
            report.diagnostics(&diagnostics, Path::new(""));
            Err(ExitStatus::JobFailed)
        }
    }
}

fn tell_found(report: &Report, found: &Found) {
    report.event(&format!("recognised {}", found.origin()), Null);
    let of_sections = found.sections.iter().flat_map(|(name, pattern)| {
        pattern.notes.iter().map(move |note| format!("permalinks of `{name}`: {note}"))
    });
    let of_site = found.permalink.notes.iter().map(|note| format!("permalinks: {note}"));
    for note in found.notes.iter().cloned().chain(of_site).chain(of_sections) {
        report.event(&format!("note: {note}"), Null);
    }
}

/// The newest article and its page, for a person who knows where it really is.
fn tell_sample(report: &Report, directory: &str, catalog: &Catalog) {
    let Some(card) = catalog.cards.first() else { return };
    let path = in_directory(Path::new(directory), card.path());
    let page = card.permalink();
    report.event(&format!("the newest article, `{}`, has the permalink {page}", path.display()), Null);
    report.event("compare it with your site; `feedmill list --articles` shows the others", Null);
}
