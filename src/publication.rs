//! All feeds of one run, made from one newsroom: the stages joined.

use crate::address::{Address, encode_segment};
use crate::catalog::{Card, Catalog, Counts};
use crate::diagnostic::Diagnostic;
use crate::encode::{Format, OPML_FILE_NAME, OPML_MEDIA_TYPE, Outline, encode_opml};
use crate::feed::{Entry, Feed};
use crate::language::Language;
use crate::masthead::Masthead;
use crate::newsroom::Newsroom;
use crate::person::Person;
use crate::plan::{FeedKey, Plan, PlannedFeed, plan};
use crate::render::Renderer;
use crate::settings::{Settings, Support};
use chrono::{DateTime, Utc};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

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
    /// What is wrong in the articles, in the order of their paths.
    pub diagnostics: Vec<Diagnostic>,
}

/// One file to be served.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedFile {
    /// Where it lies under the output directory.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What it is to be served as.
    pub media_type: &'static str,
}

/// A feed as it was published.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedFeed {
    /// What it is the feed of.
    pub key: FeedKey,
    /// The author or tag that it is the feed of.
    pub topic: Option<String>,
    /// Its title.
    pub title: String,
    /// Its addresses, one for each format, in the order of the settings.
    pub addresses: Vec<(Format, Address)>,
    /// How many entries it has.
    pub entries: usize,
    /// When its newest entry was published.
    pub newest: Option<DateTime<Utc>>,
}

/// Why there is nothing to publish. Every feed stays as it was.
#[derive(Debug)]
pub enum Refusal {
    /// There are no articles where they should be.
    NoArticles(Vec<Diagnostic>),
    /// There are articles, but none may be shown.
    NothingDue(Counts, Vec<Diagnostic>),
}

/// Makes all feeds. The same newsroom, settings and `now` give the same bytes.
///
/// # Errors
/// A newsroom without any article that is due: publishing would empty every feed.
pub fn compose(
    newsroom: &dyn Newsroom,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Publication, Refusal> {
    let (mut catalog, mut diagnostics) = Catalog::gather(newsroom, settings, now);
    if catalog.counts.total() == 0 {
        return Err(Refusal::NoArticles(diagnostics));
    }
    let Some(first) = catalog.cards.last() else {
        return Err(Refusal::NothingDue(catalog.counts, diagnostics));
    };
    let first_day = first.published.to_utc();
    let (plan, found) = plan(&catalog, settings);
    diagnostics.extend(found);
    let chosen: BTreeSet<usize> = plan.feeds.iter().flat_map(|feed| feed.articles.iter().copied()).collect();
    let chosen: Vec<usize> = chosen.into_iter().collect();
    let count = chosen.len();
    let renderer = Renderer { newsroom, settings, catalog: &catalog, now };
    let rendered = render(chosen, &renderer, |index, entry| Some((index, entry?)));
    let (entries, found): (Vec<_>, Vec<_>) = rendered.into_iter().unzip();
    let entries: BTreeMap<usize, Entry> = entries.into_iter().flatten().collect();
    diagnostics.extend(found.into_iter().flatten());
    diagnostics.sort();
    catalog.counts.lose(count - entries.len());
    if entries.is_empty() {
        return Err(Refusal::NothingDue(catalog.counts, diagnostics));
    }
    let press = Press { catalog: &catalog, settings, entries: &entries, first_day };
    let printed: Vec<(PublishedFeed, Vec<FeedFile>)> =
        plan.feeds.par_iter().map(|feed| press.print(feed)).collect();
    let (feeds, files): (Vec<_>, Vec<_>) = printed.into_iter().unzip();
    let mut files: Vec<FeedFile> = files.into_iter().flatten().collect();
    files.extend(press.lists(&plan));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Publication {
        files,
        feeds,
        counts: catalog.counts,
        next_due: catalog.next_due,
        articles: catalog.cards,
        diagnostics,
    })
}

/// Finds the faults of every article, also of those that no feed shows.
#[must_use]
pub fn check(newsroom: &dyn Newsroom, settings: &Settings, now: DateTime<Utc>) -> (Counts, Vec<Diagnostic>) {
    let (mut catalog, mut diagnostics) = Catalog::gather(newsroom, settings, now);
    diagnostics.extend(plan(&catalog, settings).1);
    let all = (0..catalog.cards.len()).collect();
    let found = render(all, &Renderer { newsroom, settings, catalog: &catalog, now }, |_, rendered| {
        usize::from(rendered.is_none())
    });
    let (lost, found): (Vec<usize>, Vec<_>) = found.into_iter().unzip();
    catalog.counts.lose(lost.into_iter().sum());
    diagnostics.extend(found.into_iter().flatten());
    diagnostics.sort();
    (catalog.counts, diagnostics)
}

/// Renders articles, each once, and keeps of an entry what `keep` makes of it.
fn render<T: Send>(
    cards: Vec<usize>,
    renderer: &Renderer<'_>,
    keep: impl Fn(usize, Option<Entry>) -> T + Sync,
) -> Vec<(T, Vec<Diagnostic>)> {
    let render = |index: usize| {
        let (entry, diagnostics) = renderer.entry(&renderer.catalog.cards[index]);
        (keep(index, entry), diagnostics)
    };
    cards.into_par_iter().map(render).collect()
}

/// Who is behind the publication: its authors, else the publication itself.
fn publishers(authors: &[Person], title: &str) -> Vec<Person> {
    match authors {
        [] => vec![Person { name: title.to_owned(), url: None }],
        authors => authors.to_vec(),
    }
}

/// Everything that a planned feed needs to become files.
struct Press<'a> {
    catalog: &'a Catalog,
    settings: &'a Settings,
    entries: &'a BTreeMap<usize, Entry>,
    first_day: DateTime<Utc>,
}

impl Press<'_> {
    fn print(&self, planned: &PlannedFeed) -> (PublishedFeed, Vec<FeedFile>) {
        let mut feed = self.feed(planned);
        let mut files = self.encode(planned, &feed);
        while let Some(fewer) = self.entries_that_fit(&files, feed.entries.len()) {
            feed.entries.truncate(fewer);
            feed.updated = self.updated(&feed.entries);
            files = self.encode(planned, &feed);
        }
        let formats = self.settings.feeds.formats.iter();
        let published = PublishedFeed {
            key: planned.key.clone(),
            topic: planned.spelling.clone(),
            title: feed.title.clone(),
            addresses: formats.map(|&format| (format, self.address(&planned.key, format))).collect(),
            entries: feed.entries.len(),
            newest: feed.entries.first().map(|entry| entry.published),
        };
        (published, files)
    }

    fn feed(&self, planned: &PlannedFeed) -> Feed<'_> {
        let masthead = Masthead::of(planned, self.catalog, self.settings);
        let site = &self.settings.site;
        let entries: Vec<&Entry> =
            planned.articles.iter().filter_map(|index| self.entries.get(index)).collect();
        let language = masthead.language.as_ref();
        let description = site.description.as_ref().map(|description| description.get(language).to_owned());
        Feed {
            id: self.address(&planned.key, Format::Atom).to_string(),
            description,
            title: masthead.title,
            home: masthead.home,
            updated: self.updated(&entries),
            authors: publishers(&site.authors, site.title.get(language)),
            rights: site.copyright.as_ref().map(|copyright| copyright.get(language).to_owned()),
            logo: site.logo.as_ref(),
            icon: site.icon.as_ref(),
            support: site
                .support
                .as_ref()
                .map(|Support { url, text }| (url, text.as_ref().map(|text| text.get(language)))),
            hubs: &self.settings.feeds.hubs,
            entries,
            language: masthead.language.clone(),
        }
    }

    fn updated(&self, entries: &[&Entry]) -> DateTime<Utc> {
        entries.iter().map(|entry| entry.updated).max().unwrap_or(self.first_day)
    }

    fn encode(&self, planned: &PlannedFeed, feed: &Feed<'_>) -> Vec<FeedFile> {
        let file = |&format: &Format| FeedFile {
            path: planned.key.path(&self.settings.feeds, format.file_name()),
            bytes: format.encode(feed, &self.address(&planned.key, format)).into_bytes(),
            media_type: format.media_type(),
        };
        self.settings.feeds.formats.iter().map(file).collect()
    }

    /// How many entries to keep when the largest file is too large; `None` when all is well, or when
    /// a single entry is larger than the limit, for a feed without it would be worse.
    fn entries_that_fit(&self, files: &[FeedFile], entries: usize) -> Option<usize> {
        let limit = self.settings.feeds.max_bytes?;
        let largest = files.iter().map(|file| file.bytes.len()).max()?;
        (largest > limit && entries > 1).then(|| (entries * limit / largest).clamp(1, entries - 1))
    }

    fn address(&self, key: &FeedKey, format: Format) -> Address {
        self.served_at(&key.path(&self.settings.feeds, format.file_name()))
    }

    fn served_at(&self, path: &str) -> Address {
        let encoded = path.split('/').map(encode_segment).collect::<Vec<_>>().join("/");
        let feeds_url = &self.settings.site.feeds_url;
        feeds_url.join(&encoded).expect("an encoded path joins any page's address")
    }

    /// Subscription lists: one of all feeds, and one for each edition.
    fn lists(&self, plan: &Plan) -> Vec<FeedFile> {
        let mut scopes: Vec<Option<&Language>> = vec![None];
        scopes.extend(self.catalog.editions.iter().map(Some));
        let mut lists: Vec<FeedFile> =
            scopes.into_iter().filter_map(|scope| self.list(plan, scope)).collect();
        // Where paths do not tell editions apart, the list of all feeds, which comes first, stays.
        let mut taken = BTreeSet::new();
        lists.retain(|list| taken.insert(list.path.clone()));
        lists
    }

    fn list(&self, plan: &Plan, scope: Option<&Language>) -> Option<FeedFile> {
        // RSS first: the format that every importer of such lists knows.
        let format = *self.settings.feeds.formats.iter().min()?;
        let is_in_scope = |feed: &&PlannedFeed| scope.is_none() || feed.key.edition.as_ref() == scope;
        let feeds: Vec<&PlannedFeed> = plan.feeds.iter().filter(is_in_scope).collect();
        let outline = |feed: &&PlannedFeed| {
            let masthead = Masthead::of(feed, self.catalog, self.settings);
            let edition = feed.key.edition.as_ref().filter(|_| scope.is_none());
            Outline {
                group: edition.map(|edition| self.settings.edition_name(edition).to_owned()),
                title: masthead.title,
                feed_url: self.address(&feed.key, format),
                format,
                home: masthead.home,
                language: masthead.language,
            }
        };
        let outlines: Vec<Outline> = feeds.iter().map(outline).collect();
        if outlines.is_empty() {
            return None;
        }
        let shown = feeds.iter().flat_map(|feed| &feed.articles).filter_map(|index| self.entries.get(index));
        let modified = shown.map(|entry| entry.updated).max().unwrap_or(self.first_day);
        let key = FeedKey { edition: scope.cloned(), ..FeedKey::default() };
        let whole = PlannedFeed { key, spelling: None, articles: Vec::new() };
        let title = Masthead::of(&whole, self.catalog, self.settings).title;
        Some(FeedFile {
            path: whole.key.path(&self.settings.feeds, OPML_FILE_NAME),
            bytes: encode_opml(&title, modified, &outlines).into_bytes(),
            media_type: OPML_MEDIA_TYPE,
        })
    }
}
