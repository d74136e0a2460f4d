//! All feeds of one run, made from one newsroom: the stages joined.

mod ended;
mod freeze;
mod known_feeds;
mod news;
mod record;
mod renamed;
mod succession;
mod taken;
mod withdrawals;

pub use ended::Ended;
pub use known_feeds::KnownFeeds;
pub use news::{Headline, News};
pub use withdrawals::Withdrawals;

pub use crate::press::{FeedFile, PublishedFeed, PublishedFile};

use crate::catalog::{Card, Catalog, Counts, Reading, Standing, told_held};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::digest::Digest;
use crate::index::Index;
use crate::index::memo::Memo;
use crate::ledger::{EntryRecord, Ledger};
use crate::newsroom::{Newsroom, WithLastGood};
use crate::plan::{Plan, plan as make_plan};
use crate::press::Press;
use crate::render::{Closings, Rendered, Renderer};
use crate::settings::{Settings, Updates};
use crate::show::show_faults;
use chrono::{DateTime, SubsecRound, Utc};
use ended::ended;
use freeze::frozen;
use rayon::prelude::*;
use record::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use succession::Succession;

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
    /// What no feed shows any more, to be put aside.
    pub retired: Vec<EntryRecord>,
    /// The source files of what the feeds show, each with the digest of what was read; `None` where it was
    /// its last good version.
    pub sources: BTreeMap<String, Option<Digest>>,
    /// What changes for the subscribers of each feed, in the order of `feeds`.
    pub news: Vec<News>,
    /// Files of feeds that stay as they are.
    pub kept_files: BTreeSet<String>,
    /// What subscribers have and is not written any more.
    pub ended: Vec<Ended>,
    /// What is remembered for the next run.
    pub index: Index,
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
    /// What was promised before cannot be read.
    Damaged(Box<Diagnostic>),
}

/// Makes all feeds. The same newsroom, settings, ledger and `now` give the same bytes.
///
/// # Errors
/// A newsroom without any article that is due: publishing would empty every feed.
pub fn compose(
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    index: &Index,
    now: DateTime<Utc>,
) -> Result<Publication, Refusal> {
    // What feeds tell and the ledger remembers must be the same, and RSS knows no smaller unit.
    let now = now.trunc_subsecs(0);
    let Succession { ledger, joined } = &Succession::of(ledger, settings);
    let (mut catalog, mut diagnostics) = Catalog::gather(newsroom, settings, ledger, index, now);
    let Some(first_day) = first_day(&catalog, ledger, settings) else {
        return Err(Refusal::of(&catalog, diagnostics));
    };
    let (mut plan, mut found) = make_plan(&catalog, settings, ledger);
    let reading = Reading { newsroom, settings, now };
    while catalog
        .recall(&plan.articles(), ledger, reading)
        .map_err(|damage| Refusal::Damaged(Box::new(damage)))?
    {
        (plan, found) = make_plan(&catalog, settings, ledger);
    }
    diagnostics.extend(found);
    diagnostics.extend(show_faults(newsroom, settings, &catalog.editions));
    let (entries, found) = entries(&plan, &catalog, reading);
    diagnostics.extend(found);
    catalog.counts.lose(plan.articles().len() - entries.len());
    if entries.is_empty() && !may_be_empty(&catalog, ledger, settings) {
        diagnostics.sort();
        return Err(Refusal::of(&catalog, diagnostics));
    }
    let (closings, found) = Closings::of(settings, &catalog, newsroom);
    diagnostics.extend(found);
    let known = KnownFeeds::of_plan(&plan, ledger, settings);
    diagnostics.extend(taken::diagnose(&plan, &known, ledger, settings));
    let mut frozen = frozen(&plan, &known, &entries, &catalog, ledger, settings);
    diagnostics.append(&mut frozen.diagnostics);
    let withdrawals = Withdrawals::of(ledger, &catalog, &frozen.entries, settings, now);
    let press = Press {
        catalog: &catalog,
        settings,
        entries: &entries,
        closings: &closings,
        first_day,
        known: &known,
        withdrawals: &withdrawals,
    };
    let printed: Vec<_> = plan.feeds.par_iter().map(|feed| press.print(feed)).collect();
    let (mut files, mut feeds, mut kept_files) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (feed, its_files, told) in printed {
        match frozen.feeds.contains(&feed.id) {
            true => kept_files.extend(its_files.into_iter().map(|file| file.path)),
            false => files.extend(its_files),
        }
        feeds.push(feed);
        diagnostics.extend(told);
    }
    files.extend(press.lists(&plan, &feeds));
    let outcome = Outcome {
        ledger,
        catalog: &catalog,
        plan: &plan,
        known: &known,
        feeds: &feeds,
        entries: &entries,
        withdrawals: &withdrawals,
        frozen: &frozen,
        joined,
        settings,
        now,
    };
    let (after, retired) = outcome.recorded();
    let news = outcome.news();
    diagnostics.sort();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let written = files.iter().map(|file| &file.path).chain(&kept_files).map(String::as_str).collect();
    let ended = ended(&after, &plan, &written, settings);
    let sources = sources(&entries, &catalog);
    Ok(Publication {
        index: Index::of(catalog.blocks, Memo { reading: Some(settings.of_reading()) }),
        ended,
        ledger: after,
        retired,
        sources,
        news,
        kept_files,
        files,
        feeds,
        counts: catalog.counts,
        next_due: catalog.next_due,
        articles: catalog.cards,
        diagnostics,
    })
}

/// When the publication began. `None` where there is nothing to publish.
fn first_day(catalog: &Catalog, ledger: &Ledger, settings: &Settings) -> Option<DateTime<Utc>> {
    match catalog.cards.last() {
        Some(oldest) => Some(oldest.published.to_utc()),
        None if !may_be_empty(catalog, ledger, settings) => None,
        // What was withdrawn stays in the ledger with its date, so this day stays too.
        None => ledger.entries().map(|record| record.published).min(),
    }
}

/// May all feeds be empty? Only those that subscribers have, and only if all that they held was taken back by its
/// authors: rather an old feed than one that a slip has emptied.
fn may_be_empty(catalog: &Catalog, ledger: &Ledger, settings: &Settings) -> bool {
    let Standing { vanished, lost, .. } = &catalog.standing;
    let is_meant = vanished.is_empty() && lost.is_empty() || !settings.feeds.is_guarded();
    !catalog.is_deserted && is_meant && ledger.feeds().next().is_some()
}

/// The source files of what the feeds show.
fn sources(entries: &BTreeMap<usize, Rendered>, catalog: &Catalog) -> BTreeMap<String, Option<Digest>> {
    let source = |(index, rendered): (&usize, &Rendered)| {
        (catalog.cards[*index].path().to_owned(), rendered.source.clone())
    };
    entries.iter().map(source).collect()
}

impl Refusal {
    fn of(catalog: &Catalog, diagnostics: Vec<Diagnostic>) -> Refusal {
        match catalog.is_deserted || catalog.counts.total() == 0 {
            true => Refusal::NoArticles(diagnostics),
            false => Refusal::NothingDue(catalog.counts, diagnostics),
        }
    }
}

/// Finds the faults of every article, also of those that no feed shows.
#[must_use]
pub fn check(
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    index: &Index,
    now: DateTime<Utc>,
) -> (Counts, Vec<Diagnostic>) {
    let Succession { ledger, .. } = &Succession::of(ledger, settings);
    let (mut catalog, mut diagnostics) = Catalog::gather(newsroom, settings, ledger, index, now);
    diagnostics.extend(make_plan(&catalog, settings, ledger).1);
    diagnostics.extend(show_faults(newsroom, settings, &catalog.editions));
    diagnostics.extend(Closings::of(settings, &catalog, newsroom).1);
    let kept = WithLastGood::of(newsroom, catalog.held());
    let renderer = Renderer { newsroom: &kept, settings, catalog: &catalog, now };
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
fn entries(
    plan: &Plan,
    catalog: &Catalog,
    reading: Reading<'_>,
) -> (BTreeMap<usize, Rendered>, Vec<Diagnostic>) {
    let Reading { newsroom, settings, now } = reading;
    let kept = WithLastGood::of(newsroom, catalog.held());
    let renderer = Renderer { newsroom: &kept, settings, catalog, now };
    let chosen: Vec<usize> = plan.articles().into_iter().collect();
    let rendered: Vec<_> = chosen
        .par_iter()
        .map(|&index| {
            let card = &catalog.cards[index];
            let (entry, mut diagnostics) = renderer.entry(card);
            let entry = entry
                .or_else(|| renderer.last_good(card).inspect(|_| diagnostics.push(told_held(card.path()))))
                .map(|entry| with_its_text(entry, card, &renderer, &mut diagnostics));
            (entry.map(|entry| dated(entry, card, catalog, reading)), diagnostics)
        })
        .collect();
    let (entries, diagnostics): (Vec<_>, Vec<_>) = rendered.into_iter().unzip();
    let entries = chosen.into_iter().zip(entries).filter_map(|(index, entry)| Some((index, entry?)));
    (entries.collect(), diagnostics.into_iter().flatten().collect())
}

/// The entry, or where only its text is missing, which it had before, the last good version: somebody saved half
/// a file.
fn with_its_text(
    rendered: Rendered,
    card: &Card,
    renderer: &Renderer<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Rendered {
    if rendered.has_text || !renderer.settings.feeds.is_guarded() {
        return rendered;
    }
    let Some(kept) = renderer.last_good(card).filter(|kept| kept.has_text) else { return rendered };
    diagnostics.retain(|fault| fault.code != Code::EmptyArticle);
    diagnostics.push(lost_text(card));
    kept
}

fn lost_text(card: &Card) -> Diagnostic {
    let message = "the text of a published article is gone, so the feeds show it as it was";
    Diagnostic::new(Code::LostText, Location::new(card.path(), Position::START), message).help(format!(
        "save the file again; `.feedmill/last-good/{}` is how it was. if it is to have no text, run `feedmill build --accept`",
        card.path()
    ))
}

/// The entry with the time of its last change, where every change counts.
fn dated(mut rendered: Rendered, card: &Card, catalog: &Catalog, reading: Reading<'_>) -> Rendered {
    let promise = catalog.promised.of(card.path());
    if let (Updates::Detected, Some(promise)) = (reading.settings.feeds.updates, promise)
        && let Some(changed) = promise.changed(&rendered.seen, reading.now)
    {
        rendered.entry.updated = rendered.entry.updated.max(changed);
    }
    rendered
}
