//! All feeds of one run, made from one newsroom: the stages joined.

mod check;
mod documents;
mod ended;
mod entries;
mod frame;
mod freeze;
mod known_feeds;
mod news;
mod printing;
mod record;
mod remembered;
mod renamed;
mod still;
mod succession;
mod taken;
mod withdrawals;

pub use check::check;
pub use documents::{Documents, PrintedDocument, Printing};
pub use ended::Ended;
pub use known_feeds::KnownFeeds;
pub use news::{Headline, News};
pub use still::Still;
pub use withdrawals::Withdrawals;

pub use crate::press::{FeedFile, PublishedFeed, PublishedFile};

use crate::archive::{self, Shelf};
use crate::catalog::{Catalog, Counts, Reading, Standing};
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::index::Index;
use crate::index::block::Block;
use crate::index::changes::digests;
use crate::index::memo::{ArticleMemo, Looked, Made, Memo, RunMemo, StillMemo};
use crate::index::name::{Asked, Name, Names, Noted};
use crate::ledger::{EntryRecord, Ledger};
use crate::newsroom::{Fingerprint, Listed, Listing, Newsroom};
use crate::pages::Material;
use crate::plan::{Plan, plan as make_plan};
use crate::press::Press;
use crate::render::Closings;
use crate::settings::Settings;
use crate::show::show_faults;
use chrono::{DateTime, SubsecRound, Utc};
use documents::Binding;
use ended::ended;
use entries::Entries;
use freeze::frozen;
use printing::{Printed, Unprinted};
use record::Outcome;
use remembered::{Remembered, frame};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use still::until;
use succession::Succession;

/// What a run publishes, and what it has to say.
#[derive(Debug)]
pub struct Publication {
    /// The files that were made, in the order of their paths; none where they were handed out as they were made.
    pub files: Vec<FeedFile>,
    /// The paths of all files that were made.
    pub made: BTreeSet<String>,
    /// The feeds, everything first.
    pub feeds: Vec<PublishedFeed>,
    /// The articles that are due, and all that is known of them.
    pub catalog: Catalog,
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
    /// Those of them that this run read. The others are as they were in the run before.
    pub read: BTreeSet<String>,
    /// What changes for the subscribers of each feed, in the order of `feeds`.
    pub news: Vec<News>,
    /// The documents of the archives.
    pub archives: Documents,
    /// Files of feeds that stay as they are, whatever changed.
    pub kept_files: BTreeSet<String>,
    /// Files that hold what they should already, as is known without looking into them.
    pub standing_files: Vec<String>,
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

/// Takes the files of the output directory one by one, so that they need not stand in memory together.
pub type Tray<'t> = &'t mut dyn FnMut(FeedFile);

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
    let mut files = Vec::new();
    let publication = compose_into(newsroom, settings, ledger, index, now, &mut |file| files.push(file))?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Publication { files, ..publication })
}

/// As [`compose`], but the files are handed out as they are made, in the order of the feeds.
///
/// # Errors
/// As for [`compose`]; no file is handed out then.
pub fn compose_into(
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    index: &Index,
    now: DateTime<Utc>,
    tray: Tray<'_>,
) -> Result<Publication, Refusal> {
    compose_listed(newsroom.list(), newsroom, settings, ledger, index, now, tray)
}

/// As [`compose_into`], once it is known which files there are.
///
/// # Errors
/// As for [`compose_into`].
pub fn compose_listed(
    listing: Listing,
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    index: &Index,
    now: DateTime<Utc>,
    tray: Tray<'_>,
) -> Result<Publication, Refusal> {
    let is_all_listed = listing.faults.is_empty() && listing.unlisted.is_empty();
    // What feeds tell and the ledger remembers must be the same, and RSS knows no smaller unit.
    let now = now.trunc_subsecs(0);
    let unjoined = ledger;
    let Succession { ledger, joined } = &Succession::of(ledger, settings);
    let (mut catalog, fuller, mut diagnostics) = gathered(listing, newsroom, settings, ledger, index, now)?;
    let as_written: &Ledger = ledger;
    let ledger = fuller.as_ref().unwrap_or(ledger);
    let Some(first_day) = first_day(&catalog, ledger, settings) else {
        return Err(Refusal::of(&catalog, diagnostics));
    };
    let reading = Reading { newsroom, settings, now };
    let (plan, shelves, found) = planned(&mut catalog, ledger, reading)?;
    let outlasting = archive::outlasting(&plan, &shelves, &catalog, ledger, reading);
    diagnostics.extend(found);
    let asked = Asked::default();
    diagnostics.extend(show_faults(
        &Noted { newsroom, catalog: &catalog, asked: &asked },
        settings,
        &catalog.editions,
    ));
    let digests = digests(&catalog);
    let remembered = Remembered::of(index, &digests, &catalog, newsroom, as_written, (settings, now));
    let articles = plan.articles();
    let mut entries = Entries::of(&articles, &remembered, &catalog, reading);
    catalog.counts.lose(articles.len() - entries.len());
    if entries.len() == 0 && !may_be_empty(&catalog, ledger, settings) {
        diagnostics.extend(entries.told().cloned());
        diagnostics.sort();
        return Err(Refusal::of(&catalog, diagnostics));
    }
    let noted = Noted { newsroom, catalog: &catalog, asked: &asked };
    let (closings, found) = Closings::of(settings, &catalog, &noted);
    diagnostics.extend(found);
    let known = KnownFeeds::of_plan(&plan, ledger, settings);
    diagnostics.extend(taken::diagnose(&plan, &known, ledger, settings));
    let mut frozen = frozen(&plan, &known, &entries, &catalog, ledger, settings);
    diagnostics.append(&mut frozen.diagnostics);
    let withdrawals = Withdrawals::of(ledger, &catalog, &frozen.entries, settings, now);
    let none = BTreeMap::new();
    let mut press = Press {
        catalog: &catalog,
        settings,
        entries: &none,
        closings: &closings,
        first_day,
        known: &known,
        withdrawals: &withdrawals,
    };
    let unprinted = Unprinted::of(&plan, &press, &entries, &known, &frozen, &remembered, settings);
    if !entries.render(unprinted.wanted(&entries), &catalog, reading) {
        // Something changed while it was read, so what was found out before may be wrong.
        return compose_into(newsroom, settings, unjoined, &index.of_sources(), now, tray);
    }
    press.entries = &entries.rendered;
    let standing = unprinted.standing();
    let mut printed = unprinted.print(&press, &frozen, tray);
    let stands = |path: &str, made_of| remembered.draft(path, made_of);
    let teaser = |index| entries.teaser(index);
    let pages = Material { plan: &plan, feeds: &printed.feeds, catalog: &catalog, settings, teaser: &teaser };
    let (lists, pages) = rayon::join(|| press.lists(&plan, &printed.feeds, &stands), || pages.files(&stands));
    [lists, pages].into_iter().for_each(|drafts| printed.hand_out_drafts(drafts, tray));
    diagnostics.extend(entries.told().cloned());
    let Printed { feeds, made, kept_files, mut standing_files, memos, drafts, told } = printed;
    diagnostics.extend(told);
    let shown = record::shown(&plan, &feeds, &standing, &frozen, &catalog);
    let outcome = Outcome {
        ledger,
        catalog: &catalog,
        plan: &plan,
        known: &known,
        feeds: &feeds,
        standing: &standing,
        shown: &shown,
        entries: &entries,
        withdrawals: &withdrawals,
        frozen: &frozen,
        joined,
        outlasting: &outlasting,
        settings,
        now,
    };
    let (after, retired) = outcome.recorded();
    let kept = || shelves.iter().flatten().filter(|shelf| !frozen.feeds.contains(&shelf.feed));
    let closes = kept().any(|shelf| shelf.documents.iter().any(|document| document.is_new));
    let after = if closes { after.with_archive(ledger.archive().closing(kept(), &catalog)) } else { after };
    let news = outcome.news();
    diagnostics.sort();
    let written = made.iter().chain(&kept_files).chain(&standing_files).map(String::as_str).collect();
    let ended = ended(&after, &plan, &written, settings);
    // What is told of a change, and what is done about it, is for the run in which it happens.
    let has_settled = is_all_listed && after == *unjoined && retired.is_empty() && kept_files.is_empty();
    let still = || StillMemo {
        until: until(&catalog, &withdrawals),
        next_due: catalog.next_due.map(|due| due.timestamp()),
        counts: catalog.counts,
        feeds: feeds.len(),
        told: diagnostics.clone(),
        ended: ended.clone(),
        former: after.files().filter(|path| !written.contains(path)).map(str::to_owned).collect(),
        archives: BTreeSet::new(),
        looked: Looked::default(),
    };
    let articles = entries.memos();
    let run = RunMemo {
        settings: settings.digest(),
        ledger: after.digest(),
        frame: frame(&catalog),
        now: now.timestamp(),
        unlisted: unlisted(&articles, &asked.names(), newsroom),
        outputs: Vec::new(),
        still: (has_settled && catalog.held().next().is_none()).then(still),
    };
    let details = Made { digests, articles, feeds: memos, drafts, documents: BTreeMap::new() };
    let reading = Some(settings.of_reading());
    let names = catalog.sources.clone();
    let memo = Memo { reading, sources: names, run: Some(run), details: details.into() };
    let sources = entries.sources(&catalog);
    let read = entries.rendered.keys().map(|&index| catalog.cards[index].path().to_owned()).collect();
    let binding = Binding {
        plan: &plan,
        catalog: &catalog,
        known: &known,
        frozen: &frozen,
        withdrawals: &withdrawals,
        settings,
    };
    let archives = binding.bind(shelves, entries, &remembered, closings, (first_day, now), &after);
    standing_files.extend(archives.standing_files());
    let mut publication = Publication {
        index: Index::of(catalog.blocks.clone(), memo),
        ended,
        ledger: after,
        retired,
        sources,
        read,
        archives,
        news,
        kept_files,
        standing_files,
        files: Vec::new(),
        made,
        feeds,
        counts: catalog.counts,
        next_due: catalog.next_due,
        catalog,
        diagnostics,
    };
    publication.remember_archives();
    Ok(publication)
}

/// All articles, and the ledger with what was missing from it.
fn gathered(
    listing: Listing,
    newsroom: &dyn Newsroom,
    settings: &Settings,
    ledger: &Ledger,
    index: &Index,
    now: DateTime<Utc>,
) -> Result<(Catalog, Option<Ledger>, Vec<Diagnostic>), Refusal> {
    let (faults, unlisted) = (listing.faults.clone(), listing.unlisted.clone());
    let (mut catalog, mut diagnostics) =
        Catalog::gather_listed(listing, newsroom, settings, ledger, index, now);
    let fuller = archive::with_missing(ledger, &catalog, settings).map_err(Refusal::damaged)?;
    if let Some(ledger) = &fuller {
        // What was listed and read a moment ago need not be again.
        let listing = Listing { files: listed(&catalog.blocks), faults, unlisted };
        let names = catalog.sources.clone();
        let memo = Memo { reading: Some(settings.of_reading()), sources: names, ..Memo::default() };
        let read = Index::of(std::mem::take(&mut catalog.blocks), memo);
        catalog.cards.clear();
        (catalog, diagnostics) = Catalog::gather_listed(listing, newsroom, settings, ledger, &read, now);
    }
    diagnostics.extend(archive::hold_losses(
        &mut catalog.standing,
        fuller.as_ref().unwrap_or(ledger),
        settings,
    ));
    Ok((catalog, fuller, diagnostics))
}

/// The files that are in these blocks. One that could not be read is read again.
fn listed(blocks: &[Arc<Block>]) -> Vec<Listed> {
    let files = blocks.iter().flat_map(|block| (0..block.len()).map(move |number| (block, number)));
    let listed = |(block, number): (&Arc<Block>, usize)| Listed {
        path: block.path(number).into(),
        fingerprint: block.fingerprint(number),
    };
    files.map(listed).collect()
}

/// The feeds, the archive of each that has one, and what there is to say of them.
type Planned = (Plan, Vec<Option<Shelf>>, Vec<Diagnostic>);

/// Plans them, once all that was put aside of their articles is known.
fn planned(catalog: &mut Catalog, ledger: &Ledger, reading: Reading<'_>) -> Result<Planned, Refusal> {
    loop {
        let (mut plan, found) = make_plan(catalog, reading.settings, ledger);
        let shelves = archive::shelve(&mut plan, catalog, ledger, reading.settings);
        let announced = announced(&plan, &shelves, catalog, ledger);
        if !catalog.recall(&announced, ledger, reading).map_err(Refusal::damaged)? {
            return Ok((plan, shelves, found));
        }
    }
}

/// The files that no listing has and that were looked for, as they are.
fn unlisted(
    articles: &BTreeMap<Name, Arc<ArticleMemo>>,
    asked: &Names,
    newsroom: &dyn Newsroom,
) -> BTreeMap<String, Fingerprint> {
    let names = articles.values().map(|memo| &memo.names).chain([asked]);
    let paths = names.flat_map(|names| &names.unlisted);
    paths.map(|path| (path.clone(), newsroom.fingerprint(path))).collect()
}

/// The articles that may be new to subscribers: what feeds are to show, what goes straight into their archives, and
/// what is back in these.
fn announced(plan: &Plan, shelves: &[Option<Shelf>], catalog: &Catalog, ledger: &Ledger) -> BTreeSet<usize> {
    let mut announced = plan.articles();
    if ledger.is_empty() {
        return announced;
    }
    let gone: HashSet<&str> =
        ledger.entries().filter(|record| !record.stands()).map(|record| record.id.as_str()).collect();
    let documents = || shelves.iter().flatten().flat_map(|shelf| &shelf.documents);
    let is_back = |article: &&u32| !gone.is_empty() && gone.contains(catalog.cards[**article as usize].id());
    let back = documents().flat_map(|document| &document.articles).filter(is_back);
    let new = documents().filter(|document| document.is_new).flat_map(|document| &document.articles);
    announced.extend(new.chain(back).map(|&article| article as usize));
    announced
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

impl Refusal {
    fn damaged(damage: Diagnostic) -> Refusal {
        Refusal::Damaged(Box::new(damage))
    }

    fn of(catalog: &Catalog, diagnostics: Vec<Diagnostic>) -> Refusal {
        match catalog.is_deserted || catalog.counts.total() == 0 {
            true => Refusal::NoArticles(diagnostics),
            false => Refusal::NothingDue(catalog.counts, diagnostics),
        }
    }
}
