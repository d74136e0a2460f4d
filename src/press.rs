//! From planned feeds and rendered articles to the files of the output directory.

mod compositor;
mod draft;
mod fit;
mod size;

pub use compositor::{Compositor, Identity};
pub use draft::{Draft, Stands};
pub use fit::Cut;
pub use size::readable_size;

use crate::address::{Address, encode_segment};
use crate::archive::document_path;
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::encode::{Format, OPML_FILE_NAME, OPML_MEDIA_TYPE, Outline, encode_opml};
use crate::feed::{Entry, Feed, Place};
use crate::index::memo::FeedMemo;
use crate::index::parts::Parts;
use crate::language::Language;
use crate::ledger::{FeedRecord, IdList};
use crate::masthead::Masthead;
use crate::pages::{feed_stylesheet, page_address};
use crate::plan::{FeedKey, Plan, PlannedFeed, Spelled};
use crate::publication::{KnownFeeds, Withdrawals};
use crate::render::{Closings, Rendered};
use crate::settings::Settings;
use crate::show;
use crate::welcome::Welcome;
use chrono::{DateTime, Utc};
use rayon::prelude::*;
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
    /// The feed in each format, in the order of the settings.
    pub formats: Vec<PublishedFile>,
    /// How many entries it has.
    pub entries: usize,
    /// How many documents its archive has.
    pub documents: usize,
    /// How many entries stand in these.
    pub archived: usize,
    /// How many of them, the oldest, are summaries to keep to a size.
    pub shortened: usize,
    /// When its newest entry was published.
    pub newest: Option<DateTime<Utc>>,
    /// Its id.
    pub id: String,
    /// When it was last changed.
    pub updated: DateTime<Utc>,
    /// The ids of its entries, in their order.
    pub ids: IdList,
    /// What identifies it as a podcast, if it is one.
    pub show: Option<String>,
}

/// A feed in one format, as it was published.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedFile {
    /// The format.
    pub format: Format,
    /// Where it will be served.
    pub address: Address,
    /// Where it will be served besides, because subscribers had it there before.
    pub aliases: Vec<Address>,
    /// Its size in bytes.
    pub size_bytes: usize,
}

/// A feed with its files, and what there is to say of it.
pub type Printed = (PublishedFeed, Vec<FeedFile>, Option<Diagnostic>);

/// Everything that a planned feed needs to become files.
pub struct Press<'a> {
    /// All articles.
    pub catalog: &'a Catalog,
    /// The settings.
    pub settings: &'a Settings,
    /// The rendered articles, by their index in the catalog.
    pub entries: &'a BTreeMap<usize, Rendered>,
    /// What the entries end with.
    pub closings: &'a Closings,
    /// When the publication began: the date of a feed that has no entries yet.
    pub first_day: DateTime<Utc>,
    /// What subscribers know of the feeds.
    pub known: &'a KnownFeeds<'a>,
    /// What was withdrawn.
    pub withdrawals: &'a Withdrawals,
}

impl Press<'_> {
    /// A feed in all formats, cut to the size that the settings allow.
    #[must_use]
    pub fn print(&self, planned: &PlannedFeed) -> Printed {
        let articles: Vec<&Rendered> =
            planned.articles.iter().filter_map(|index| self.entries.get(index)).collect();
        let (cut, feed, files) = self.fitted(planned, &articles);
        let formats = self.settings.feeds.formats.iter();
        let formats =
            formats.map(|&format| self.in_format(planned, format, self.size(planned, &files, format)));
        let published = PublishedFeed {
            key: planned.key.clone(),
            topic: Masthead::topics(planned, self.catalog, self.settings),
            title: feed.title.clone(),
            formats: formats.collect(),
            entries: feed.entries.len(),
            documents: planned.documents,
            archived: planned.archived,
            shortened: cut.summaries().len(),
            newest: feed.entries.first().map(|entry| entry.published),
            ids: feed.entries.iter().map(|entry| &entry.id).collect(),
            updated: feed.updated,
            show: feed.podcast.map(|show| show.guid),
            id: feed.id,
        };
        let is_cut = cut != Cut::none(articles.len());
        let told = is_cut.then(|| self.told(&published, articles.len(), planned.choices.max_bytes));
        (published, files, told)
    }

    /// Every path that a feed lies at.
    pub fn paths(&self, planned: &PlannedFeed) -> impl Iterator<Item = String> {
        let formats = self.settings.feeds.formats.iter();
        let former = formats.flat_map(|&format| self.known.former_paths(planned, format, self.settings));
        planned.paths(self.settings).chain(former)
    }

    /// A feed as it was published before, and is still.
    #[must_use]
    pub fn standing(&self, planned: &PlannedFeed, memo: &FeedMemo, known: &FeedRecord) -> PublishedFeed {
        let formats = self.settings.feeds.formats.iter().zip(&memo.sizes);
        let first = planned.articles.first().filter(|_| !known.entries.is_empty());
        PublishedFeed {
            key: planned.key.clone(),
            topic: Masthead::topics(planned, self.catalog, self.settings),
            title: Masthead::title(planned, self.catalog, self.settings),
            formats: formats.map(|(&format, &size)| self.in_format(planned, format, size)).collect(),
            entries: known.entries.len(),
            documents: planned.documents,
            archived: planned.archived,
            shortened: memo.shortened,
            newest: first.map(|&index| self.catalog.cards[index].published.to_utc()),
            ids: known.entries.clone(),
            updated: known.updated,
            show: known.show.clone().filter(|_| show::of_feed(&planned.key, self.settings).is_some()),
            id: known.id.clone(),
        }
    }

    fn in_format(&self, planned: &PlannedFeed, format: Format, size_bytes: usize) -> PublishedFile {
        let former = self.known.former_paths(planned, format, self.settings);
        PublishedFile {
            format,
            address: self.address(&planned.key, format),
            aliases: former.map(|path| served_at(&path, self.settings)).collect(),
            size_bytes,
        }
    }

    fn feed<'e>(&'e self, planned: &PlannedFeed, entries: Vec<Cow<'e, Entry>>) -> Feed<'e> {
        let known = self.known.of(planned, self.settings);
        let id = self.known.id(planned, &self.address(&planned.key, Format::Atom), self.settings);
        let tombstones = self.withdrawals.tombstones(&id, known.iter().flat_map(|known| &known.joined));
        let identity = Identity { id, show: known.and_then(|known| known.show.clone()) };
        let updated = self.updated(&entries, known);
        self.compositor().feed(planned, identity, entries, updated, tombstones)
    }

    fn compositor(&self) -> Compositor<'_> {
        Compositor { catalog: self.catalog, settings: self.settings, closings: self.closings }
    }

    /// The newest change of its entries; a withdrawal is one too. Never earlier than subscribers were told.
    fn updated(&self, entries: &[Cow<'_, Entry>], known: Option<&FeedRecord>) -> DateTime<Utc> {
        let newest = entries.iter().map(|entry| entry.updated).max();
        let promised = known.map(|known| self.withdrawals.moved(known));
        newest.into_iter().chain(promised).max().unwrap_or(self.first_day)
    }

    /// The feed with the cut with which every file keeps to its size, and these files.
    fn fitted<'e>(
        &'e self,
        planned: &PlannedFeed,
        articles: &[&'e Rendered],
    ) -> (Cut, Feed<'e>, Vec<FeedFile>) {
        let entries = |cut| self.compositor().entries(articles, &planned.choices, cut);
        let limit = planned.choices.max_bytes.unwrap_or(usize::MAX);
        let indispensable = planned.indispensable.min(articles.len());
        let mut fitting = None;
        let cut = fit::fitting(articles.len(), indispensable, |cut| {
            let entries = entries(cut);
            // Encoding makes no text shorter, so the longest feeds need not be encoded to be refused.
            if entries.iter().map(|entry| text_bytes(entry)).sum::<usize>() > limit {
                return false;
            }
            let feed = self.feed(planned, entries);
            // The last that fits is the one that is taken.
            match self.encode(planned, &feed, limit) {
                Some(files) => fitting = Some((feed, files)),
                None => return false,
            }
            true
        });
        let (feed, files) = fitting.unwrap_or_else(|| {
            let feed = self.feed(planned, entries(cut));
            let files = self.encode(planned, &feed, usize::MAX).unwrap_or_default();
            (feed, files)
        });
        (cut, feed, files)
    }

    /// What a publisher may want to know of a cut.
    fn told(&self, feed: &PublishedFeed, articles: usize, limit: Option<usize>) -> Diagnostic {
        let kept = match (articles - feed.entries, feed.shortened) {
            (0, shortened) => format!("{shortened} of its {articles} entries are summaries"),
            (_, 0) => format!("it has {} of {articles} entries", feed.entries),
            (_, shortened) => {
                format!("it has {} of {articles} entries, {shortened} of them as summaries", feed.entries)
            }
        };
        let limit = readable_size(limit.unwrap_or_default());
        let message = format!("the feed `{}` is cut to keep to {limit}: {kept}", feed.title);
        Diagnostic::new(Code::FeedCut, Location::new(&self.settings.source, Position::START), message)
            .help("raise `max_bytes`, or set a lower `limit` or `content = \"summary\"` for this feed")
    }

    fn size(&self, planned: &PlannedFeed, files: &[FeedFile], format: Format) -> usize {
        let path = planned.key.path(&self.settings.feeds, format.file_name());
        files.iter().find(|file| file.path == path).map_or(0, |file| file.bytes.len())
    }

    /// The feed in each format, at its path and at those that it had before. `None` where one is longer than `limit`.
    fn encode(&self, planned: &PlannedFeed, feed: &Feed<'_>, limit: usize) -> Option<Vec<FeedFile>> {
        let welcome = self.welcome(planned, feed);
        let mut files = Vec::new();
        for &format in &self.settings.feeds.formats {
            let bytes = self.encoded(planned, feed, format, welcome.as_ref()).into_bytes();
            if bytes.len() > limit {
                return None;
            }
            let media_type = format.media_type();
            let former = self.known.former_paths(planned, format, self.settings);
            let former =
                former.map(|path| FeedFile { path, bytes: bytes.clone(), media_type }).collect::<Vec<_>>();
            let path = planned.key.path(&self.settings.feeds, format.file_name());
            files.push(FeedFile { path, bytes, media_type });
            files.extend(former);
        }
        Some(files)
    }

    fn encoded(
        &self,
        planned: &PlannedFeed,
        feed: &Feed<'_>,
        format: Format,
        welcome: Option<&Welcome>,
    ) -> String {
        let path = planned.key.path(&self.settings.feeds, format.file_name());
        let newest = (planned.documents > 0).then(|| document_path(&path, format, planned.documents));
        let place = Place {
            address: served_at(&path, self.settings),
            previous: newest.map(|path| served_at(&path, self.settings)),
            document: None,
        };
        let text = format.encode(feed, &place);
        match welcome {
            Some(welcome) => welcome.put_into(text, format),
            None => text,
        }
    }

    /// What people see of it who open it in a browser.
    fn welcome(&self, planned: &PlannedFeed, feed: &Feed<'_>) -> Option<Welcome> {
        if !self.settings.pages.in_feeds {
            return None;
        }
        let page =
            page_address(planned.key.edition.as_ref(), self.settings).unwrap_or_else(|| feed.home.clone());
        let stylesheet = served_at(&feed_stylesheet(self.settings), self.settings);
        Some(Welcome::of(feed, &page, &stylesheet, self.settings))
    }

    fn address(&self, key: &FeedKey, format: Format) -> Address {
        self.compositor().address(key, format)
    }

    /// Subscription lists: one of all feeds, and one for each edition. `printed` are the plan's feeds.
    #[must_use]
    pub fn lists(&self, plan: &Plan, printed: &[PublishedFeed], stands: Stands<'_>) -> Vec<Draft> {
        let mut scopes: Vec<Option<&Language>> = vec![None];
        scopes.extend(self.catalog.editions.iter().map(Some));
        let mut lists: Vec<Draft> =
            scopes.into_par_iter().filter_map(|scope| self.list(plan, printed, scope, stands)).collect();
        // Where paths do not tell editions apart, the list of all feeds, which comes first, stays.
        let mut taken = BTreeSet::new();
        lists.retain(|list| taken.insert(list.path.clone()));
        lists
    }

    fn list(
        &self,
        plan: &Plan,
        printed: &[PublishedFeed],
        scope: Option<&Language>,
        stands: Stands<'_>,
    ) -> Option<Draft> {
        // RSS first: the format that every importer of such lists knows.
        let format = *self.settings.feeds.formats.iter().min()?;
        let is_in_scope = |feed: &PlannedFeed| scope.is_none() || feed.key.edition.as_ref() == scope;
        let feeds = || {
            let feeds = plan.feeds.iter().zip(printed);
            feeds.filter(|(planned, _)| is_in_scope(planned) && planned.is_listed(self.settings))
        };
        let outline = |(feed, _): (&PlannedFeed, &PublishedFeed)| {
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
        let modified = feeds().map(|(_, printed)| printed.updated).max()?;
        let mut parts = Parts::default();
        parts.value(&modified);
        for (feed, _) in feeds() {
            parts.feed(feed);
            let language = Masthead::language(feed, self.catalog, self.settings);
            parts.optional(language.as_ref().map(Language::as_str));
        }
        let key = FeedKey { edition: scope.cloned(), ..FeedKey::default() };
        let whole = PlannedFeed::empty(key, Spelled::default(), &self.settings.feeds);
        let path = whole.key.path(&self.settings.feeds, OPML_FILE_NAME);
        let list = |path| {
            let title = Masthead::title(&whole, self.catalog, self.settings);
            let outlines: Vec<Outline> = feeds().map(outline).collect();
            let bytes = encode_opml(&title, modified, &outlines).into_bytes();
            FeedFile { path, bytes, media_type: OPML_MEDIA_TYPE }
        };
        Some(Draft::of(path, parts.made_of(), stands, list))
    }
}

/// Where a file of the output directory is served.
#[must_use]
pub fn served_at(path: &str, settings: &Settings) -> Address {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded = match path.bytes().all(is_plain) {
        true => Cow::Borrowed(path),
        false => path.split('/').map(encode_segment).collect::<Vec<_>>().join("/").into(),
    };
    settings.site.feeds_url.below(&encoded).expect("an encoded path joins any page's address")
}

fn text_bytes(entry: &Entry) -> usize {
    [&entry.content, &entry.summary].into_iter().flatten().map(String::len).sum()
}
