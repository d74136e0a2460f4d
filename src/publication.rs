//! All feeds of one run, made from one newsroom: the stages joined.

pub use crate::press::{FeedFile, PublishedFeed, PublishedFile};

use crate::catalog::{Card, Catalog, Counts};
use crate::diagnostic::Diagnostic;
use crate::ledger::{Ledger, Page};
use crate::newsroom::Newsroom;
use crate::plan::{Plan, plan};
use crate::press::Press;
use crate::render::{Closings, Rendered, Renderer};
use crate::settings::Settings;
use crate::show::show_faults;
use chrono::{DateTime, Utc};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What a run publishes, and what it has to say.
#[derive(Debug)]
pub struct Publication {
    /// Every file of the output directory, in the order of their paths.
    pub files: Vec<FeedFile>,
    /// The feeds, everything first.
    pub feeds: Vec<PublishedFeed>,
    /// The articles that are due, newest first.
    pub articles: Vec<Card>,
    /// How many source files became what.
    pub counts: Counts,
    /// When the next embargo ends.
    pub next_due: Option<DateTime<Utc>>,
    /// What is promised from now on.
    pub ledger: Ledger,
    /// What is wrong in the articles, in the order of their paths.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why there is nothing to publish. Every feed stays as it was.
#[derive(Debug)]
pub enum Refusal {
    /// There are no articles where they should be.
    NoArticles(Vec<Diagnostic>),
    /// There are articles, but none may be shown.
    NothingDue(Counts, Vec<Diagnostic>),
}

/// Makes all feeds. The same newsroom, settings, ledger and `now` give the same bytes.
///
/// # Errors
/// A newsroom without any article that is due: publishing would empty every feed.
pub fn compose(
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    now: DateTime<Utc>,
) -> Result<Publication, Refusal> {
    let (mut catalog, mut diagnostics) = Catalog::gather(newsroom, settings, ledger, now);
    let Some(oldest) = catalog.cards.last() else { return Err(Refusal::of(&catalog, diagnostics)) };
    let first_day = oldest.published.to_utc();
    let (plan, found) = plan(&catalog, settings);
    diagnostics.extend(found);
    diagnostics.extend(show_faults(newsroom, settings, &catalog.editions));
    let (entries, found) = entries(&plan, &Renderer { newsroom, settings, catalog: &catalog, now });
    diagnostics.extend(found);
    catalog.counts.lose(plan.articles().len() - entries.len());
    if entries.is_empty() {
        diagnostics.sort();
        return Err(Refusal::of(&catalog, diagnostics));
    }
    let (closings, found) = Closings::of(settings, &catalog, newsroom);
    diagnostics.extend(found);
    let press = Press { catalog: &catalog, settings, entries: &entries, closings: &closings, first_day };
    let printed: Vec<_> = plan.feeds.par_iter().map(|feed| press.print(feed)).collect();
    let mut files = press.lists(&plan);
    let mut feeds = Vec::new();
    for (feed, its_files, told) in printed {
        feeds.push(feed);
        files.extend(its_files);
        diagnostics.extend(told);
    }
    diagnostics.sort();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let articles = catalog.cards.iter().map(|card| Page {
        path: &card.path,
        id: &card.id,
        permalink: &card.permalink,
        aliases: &card.aliases,
    });
    Ok(Publication {
        ledger: ledger.followed(&catalog.adopted, articles),
        files,
        feeds,
        counts: catalog.counts,
        next_due: catalog.next_due,
        articles: catalog.cards,
        diagnostics,
    })
}

impl Refusal {
    fn of(catalog: &Catalog, diagnostics: Vec<Diagnostic>) -> Refusal {
        match catalog.counts.total() {
            0 => Refusal::NoArticles(diagnostics),
            _ => Refusal::NothingDue(catalog.counts, diagnostics),
        }
    }
}

/// Finds the faults of every article, also of those that no feed shows.
#[must_use]
pub fn check(
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    now: DateTime<Utc>,
) -> (Counts, Vec<Diagnostic>) {
    let (mut catalog, mut diagnostics) = Catalog::gather(newsroom, settings, ledger, now);
    diagnostics.extend(plan(&catalog, settings).1);
    diagnostics.extend(show_faults(newsroom, settings, &catalog.editions));
    diagnostics.extend(Closings::of(settings, &catalog, newsroom).1);
    let renderer = Renderer { newsroom, settings, catalog: &catalog, now };
    // Of each only whether it could be shown is kept.
    let told = catalog
        .cards
        .par_iter()
        .map(|card| renderer.entry(card))
        .map(|(entry, found)| (entry.is_none(), found));
    let (lost, found): (Vec<bool>, Vec<_>) = told.unzip();
    catalog.counts.lose(lost.into_iter().filter(|&lost| lost).count());
    diagnostics.extend(found.into_iter().flatten());
    diagnostics.sort();
    (catalog.counts, diagnostics)
}

/// Renders each article that some feed shows, once. Those that cannot be shown are missing.
fn entries(plan: &Plan, renderer: &Renderer<'_>) -> (BTreeMap<usize, Rendered>, Vec<Diagnostic>) {
    let chosen: Vec<usize> = plan.articles().into_iter().collect();
    let rendered: Vec<_> =
        chosen.par_iter().map(|&index| renderer.entry(&renderer.catalog.cards[index])).collect();
    let (entries, diagnostics): (Vec<_>, Vec<_>) = rendered.into_iter().unzip();
    let entries = chosen.into_iter().zip(entries).filter_map(|(index, entry)| Some((index, entry?)));
    (entries.collect(), diagnostics.into_iter().flatten().collect())
}
