//! From planned feeds and rendered articles to the files of the output directory.

use crate::address::{Address, encode_segment};
use crate::catalog::Catalog;
use crate::encode::{Format, OPML_FILE_NAME, OPML_MEDIA_TYPE, Outline, encode_opml};
use crate::feed::{Entry, Feed};
use crate::language::Language;
use crate::masthead::Masthead;
use crate::person::Person;
use crate::plan::{FeedKey, Plan, PlannedFeed};
use crate::render::Rendered;
use crate::settings::{Settings, Support};
use crate::shown::shown;
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

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

/// Everything that a planned feed needs to become files.
pub struct Press<'a> {
    /// All articles.
    pub catalog: &'a Catalog,
    /// The settings.
    pub settings: &'a Settings,
    /// The rendered articles, by their index in the catalog.
    pub entries: &'a BTreeMap<usize, Rendered>,
    /// When the publication began: the date of a feed that has no entries yet.
    pub first_day: DateTime<Utc>,
}

impl Press<'_> {
    /// A feed in all formats, cut to the size that the settings allow.
    #[must_use]
    pub fn print(&self, planned: &PlannedFeed) -> (PublishedFeed, Vec<FeedFile>) {
        let mut feed = self.feed(planned);
        let mut files = self.encode(planned, &feed);
        let limit = planned.choices.max_bytes;
        while let Some(fewer) = entries_that_fit(limit, &files, feed.entries.len()) {
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
        let rendered = planned.articles.iter().filter_map(|index| self.entries.get(index));
        let entries: Vec<Cow<'_, Entry>> = rendered.map(|article| shown(article, &planned.choices)).collect();
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

    fn updated(&self, entries: &[Cow<'_, Entry>]) -> DateTime<Utc> {
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

    fn address(&self, key: &FeedKey, format: Format) -> Address {
        self.served_at(&key.path(&self.settings.feeds, format.file_name()))
    }

    fn served_at(&self, path: &str) -> Address {
        let encoded = path.split('/').map(encode_segment).collect::<Vec<_>>().join("/");
        let feeds_url = &self.settings.site.feeds_url;
        feeds_url.join(&encoded).expect("an encoded path joins any page's address")
    }

    /// Subscription lists: one of all feeds, and one for each edition.
    #[must_use]
    pub fn lists(&self, plan: &Plan) -> Vec<FeedFile> {
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
        let modified = shown.map(|article| article.entry.updated).max().unwrap_or(self.first_day);
        let key = FeedKey { edition: scope.cloned(), ..FeedKey::default() };
        let whole = PlannedFeed::empty(key, None, &self.settings.feeds);
        let title = Masthead::of(&whole, self.catalog, self.settings).title;
        Some(FeedFile {
            path: whole.key.path(&self.settings.feeds, OPML_FILE_NAME),
            bytes: encode_opml(&title, modified, &outlines).into_bytes(),
            media_type: OPML_MEDIA_TYPE,
        })
    }
}

/// How many entries to keep when the largest file is too large; `None` when all is well, or when
/// a single entry is larger than the limit, for a feed without it would be worse.
fn entries_that_fit(limit: Option<usize>, files: &[FeedFile], entries: usize) -> Option<usize> {
    let (limit, largest) = (limit?, files.iter().map(|file| file.bytes.len()).max()?);
    (largest > limit && entries > 1).then(|| (entries * limit / largest).clamp(1, entries - 1))
}

/// Who is behind the publication: its authors, else the publication itself.
fn publishers(authors: &[Person], title: &str) -> Vec<Person> {
    match authors {
        [] => vec![Person::called(title.to_owned())],
        authors => authors.to_vec(),
    }
}
