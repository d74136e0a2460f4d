//! One module for each subcommand: read, call the core, write, report.

pub mod adopt;
pub mod build;
pub mod check;
pub mod completions;
pub mod explain;
mod hindrance;
pub mod init;
pub mod kit;
pub mod ledger;
pub mod list;
pub mod man;
pub mod new;
mod promises;
pub mod serve;

use crate::cli;
use crate::disk::near::did_you_mean;
use crate::exit::ExitStatus;
use crate::report::Report;
use crate::site::Site;
use chrono::{DateTime, Utc};
use feedmill::catalog::Counts;
use feedmill::diagnostic::{Diagnostic, Severity};
use feedmill::ledger::Ledger;
use feedmill::publication::{Publication, compose_into};
use hindrance::Hindrance;
use promises::Promises;

/// What to do where no articles were found.
fn no_articles_help(site: &Site) -> &'static str {
    match site.settings.articles.layout {
        Some(_) => {
            "see whether `articles.layout` fits the paths below that directory; `feedmill check -v` names what it has no place for"
        }
        None => {
            "articles are `.md`, `.mdx`, `.html` and `.txt` files; name their directory with `--articles`"
        }
    }
}

/// The status of a run that was done.
fn status(diagnostics: &[Diagnostic]) -> ExitStatus {
    match diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
        true => ExitStatus::ContentErrors,
        false => ExitStatus::Success,
    }
}

/// The newsroom to work on; where it cannot be had, the reason is reported.
fn open(
    report: &Report,
    articles: Option<&str>,
    flags: &cli::Site,
    now: DateTime<Utc>,
) -> Result<Site, ExitStatus> {
    found(articles, flags, now).map_err(|hindrance| hindrance.tell(report))
}

/// The newsroom to work on.
fn found(articles: Option<&str>, flags: &cli::Site, now: DateTime<Utc>) -> Result<Site, Hindrance> {
    let site = Site::load(articles, flags, now)?;
    if !site.articles.is_dir() {
        let message = format!("there is no directory `{}` to read articles from", site.articles.display());
        let named = || "name it with `--articles`, or `directory` in `[articles]`".to_owned();
        let help = did_you_mean(&site.articles).unwrap_or_else(named);
        return Err(Hindrance::failure(message, Some(&help)));
    }
    if let Some(reason) = site.misplaced_output() {
        let message = format!("the feeds cannot go into this directory: {reason}");
        return Err(Hindrance::failure(message, Some("give them one of their own with `--output`")));
    }
    if let Some(reason) = site.misplaced_snippets() {
        let message = format!("the links for pages cannot go into this directory: {reason}");
        return Err(Hindrance::failure(message, Some("name another one as `snippets` in `[output]`")));
    }
    Ok(site)
}

/// What `build` would publish, of which nothing is written.
fn composed(
    report: &Report,
    articles: Option<&str>,
    flags: &cli::Site,
    now: DateTime<Utc>,
) -> Result<(Site, Publication), ExitStatus> {
    let site = open(report, articles, flags, now)?;
    let ledger = ledger(report, &site)?;
    let (newsroom, index) = (site.newsroom(), site.remembered());
    match compose_into(&newsroom, &site.settings, &ledger, &index, site.as_of, &mut |_| ()) {
        Ok(publication) => Ok((site, publication)),
        Err(_) => {
            let message = format!("no article in `{}` can be published", site.articles.display());
            Err(report.failure(&message, Some("`feedmill check` says why")))
        }
    }
}

/// What subscribers were promised; where it cannot be read, the reason is reported.
fn ledger(report: &Report, site: &Site) -> Result<Ledger, ExitStatus> {
    promised(site).map_err(|hindrance| hindrance.tell(report))
}

/// What subscribers were promised, as the ledger says, or, where there is none, the feeds that they have.
fn promised(site: &Site) -> Result<Ledger, Hindrance> {
    Promises::find(site)?.read(site)
}

/// `41 articles: 38 due, 1 draft, 2 embargoed`.
fn counted(counts: &Counts) -> String {
    let parts = [
        (counts.due, "due"),
        (counts.drafts, "held back as drafts"),
        (counts.embargoed, "embargoed"),
        (counts.expired, "expired"),
        (counts.withdrawn, "withdrawn"),
        (counts.not_for_feeds, "not for feeds"),
        (counts.faulty, "left out for their faults"),
    ];
    let parts: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let all = number(counts.total(), "article");
    if parts.is_empty() { all } else { format!("{all}: {}", parts.join(", ")) }
}

fn number(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn counts_json(counts: &Counts) -> serde_json::Value {
    serde_json::json!({
        "articles": counts.total(),
        "due": counts.due,
        "drafts": counts.drafts,
        "embargoed": counts.embargoed,
        "expired": counts.expired,
        "withdrawn": counts.withdrawn,
        "not_for_feeds": counts.not_for_feeds,
        "faulty": counts.faulty,
    })
}
