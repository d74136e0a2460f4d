//! `feedmill new`: a ready article, to be written and published.

use crate::cli::{self, Markup, New, Output};
use crate::disk::plain;
use crate::exit::ExitStatus;
use crate::report::{Report, in_directory};
use crate::site::{Site, time_of};
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use feedmill::article;
use feedmill::catalog::Catalog;
use feedmill::diagnostic::Diagnostic;
use feedmill::ledger::Ledger;
use feedmill::new_article::{Wish, new_article};
use serde_json::{Value::Null, json};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::Command;

pub fn run(flags: &New, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&Output { json: flags.json, ..Output::default() });
    create(flags, &report, now).err().unwrap_or(ExitStatus::Success)
}

fn create(flags: &New, report: &Report, now: DateTime<Utc>) -> Result<(), ExitStatus> {
    // Before anything is written that nobody can look at then.
    let editor = if flags.edit { Some(editor(report)?) } else { None };
    let told = |faults: Vec<Diagnostic>| {
        report.diagnostics(&faults, Path::new(""));
        ExitStatus::JobFailed
    };
    let of = cli::Site { config: flags.config.clone(), output: None, url: flags.url.clone(), as_of: None };
    let site = Site::load(flags.articles.as_deref(), &of, now).map_err(told)?;
    let published = published(flags, &site, now).map_err(|fault| told(vec![fault]))?;
    let newsroom = site.newsroom();
    let index = site.remembered();
    let (catalog, _) = Catalog::gather(&newsroom, &site.settings, &Ledger::default(), &index, now);
    let wish = Wish {
        title: &flags.title,
        section: flags.section.as_deref(),
        edition: flags.edition.as_deref(),
        slug: flags.slug.as_deref(),
        published,
        authors: &flags.author,
        markup: match flags.format {
            Markup::Md => article::markup::Markup::Markdown,
            Markup::Html => article::markup::Markup::Html,
        },
        is_bundle: flags.bundle,
        may_begin: flags.create,
    };
    let article = new_article(&wish, &newsroom, &catalog, &site.settings).map_err(|refused| {
        let at = refused.path.map(|path| format!("`{}` ", in_directory(&site.articles, &path).display()));
        let message = format!("{}{}", at.unwrap_or_default(), refused.message);
        report.failure(&message, refused.help.as_deref())
    })?;
    let path = in_directory(&site.articles, &article.path);
    write(&path, &article.text).map_err(|error| {
        let path = path.display();
        match error.kind() {
            ErrorKind::AlreadyExists => {
                report.failure(&format!("`{path}` is there already"), Some("give it another `--slug`"))
            }
            _ => report.failure(&format!("cannot write `{path}`: {}", plain(&error)), None),
        }
    })?;
    let shown = path.display().to_string();
    report.answer(&shown, json!({ "type": "new", "path": shown }));
    if !flags.json {
        report.event("it is a draft: no feed shows it until its line `draft` is gone", Null);
    }
    editor.map_or(Ok(()), |editor| edit(&editor, &path, report))
}

/// When the article is to be published, in the time of the site; seconds are no use to people.
fn published(flags: &New, site: &Site, now: DateTime<Utc>) -> Result<DateTime<FixedOffset>, Diagnostic> {
    match &flags.date {
        Some(date) => time_of("--date", date, &site.settings),
        None => {
            let now = now.with_timezone(&site.settings.site.timezone).fixed_offset();
            Ok(now - TimeDelta::seconds(now.timestamp().rem_euclid(60)))
        }
    }
}

/// The folders above it are made, and it replaces nothing.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    // Half a file would stand in the way of the next attempt.
    file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(path)))
}

fn editor(report: &Report) -> Result<OsString, ExitStatus> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).ok_or_else(|| {
        let help = "name one: `EDITOR=nano feedmill new --edit …`, or leave out `--edit`";
        report.failure("there is no editor: neither `VISUAL` nor `EDITOR` is set", Some(help))
    })
}

/// Runs the editor as `git` does: the variable may hold flags too.
fn edit(editor: &OsString, path: &Path, report: &Report) -> Result<(), ExitStatus> {
    let mut line = editor.clone();
    line.push(" \"$@\"");
    let ended = Command::new("sh").arg("-c").arg(line).arg("feedmill").arg(path).status();
    let what = match ended {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => status.to_string(),
        Err(error) => plain(&error),
    };
    let editor = editor.to_string_lossy();
    Err(report.failure(
        &format!("`{editor}` did not end well: {what}"),
        Some("the article is written all the same"),
    ))
}
