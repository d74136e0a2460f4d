//! Feed and Entry before any format.
//!
//! In RSS, elements without a prefix are those of RSS 2.0 ("Required channel elements", "Optional channel elements",
//! "Elements of `<item>`"), `content:` is its content module, `dc:` Dublin Core, `slash:` and `wfw:` are the modules of
//! these names (Profile, 5.4.1; "The Comment API"), and `atom:link` is RFC 4287, 4.2.7. `media:` is Media RSS 1.5.1 in
//! RSS and Atom; numbers in the column of Atom are those of RFC 4287. JSON Feed 1.1 tells its names under "Top-level",
//! "Items" and "Attachments", and `_feedmill` is an extension ("Extensions").
//!
//! | field | RSS 2.0 | Atom 1.0 (RFC 4287) | JSON Feed 1.1 |
//! |---|---|---|---|
//! | [`Feed::id`] | — | `id` (4.2.6) | — |
//! | [`Feed::title`] | `title` | `title` (4.2.14) | `title` |
//! | [`Feed::description`] | `description`, which is required: else the title | `subtitle` (4.2.12) | `description` |
//! | [`Feed::language`] | `language` | `xml:lang` (2) | `language` |
//! | [`Feed::home`] | `link` | `link rel=alternate` (4.2.7) | `home_page_url` |
//! | [`Feed::authors`] | — | `author` (4.2.1) of a feed without entries, else of entries that name nobody | `authors` |
//! | [`Place::address`] | `atom:link rel=self` | `link rel=self` | `feed_url` |
//! | [`Place::previous`] | `atom:link rel=prev-archive` (RFC 5005, 4 and appendix B) | `link rel=prev-archive` | `next_url` |
//! | [`Place::document`] | `fh:archive`, `atom:link rel=current`, `atom:link rel=next-archive` | `fh:archive`, `link rel=current`, `link rel=next-archive` (RFC 5005, 4) | — |
//! | [`Feed::updated`] | `lastBuildDate` | `updated` (4.2.15) | — |
//! | [`Feed::tombstones`] | — | `at:deleted-entry` (RFC 6721, 3) | — |
//! | [`Feed::rights`] | `copyright` | `rights` (4.2.10) | `_feedmill.rights` |
//! | [`Feed::logo`], [`Feed::icon`] | `image` (its PNG, JPEG or GIF) | `logo` (4.2.8), `icon` (4.2.5) | `icon`, `favicon` |
//! | [`Feed::support`] | `atom:link rel=payment` (IANA, link relations) | likewise | `_feedmill.support` |
//! | [`Feed::hubs`] | `atom:link rel=hub` (WebSub, 4) | likewise | `hubs` |
//! | [`Entry::id`] | `guid isPermaLink=false` | `id` (4.2.6) | `id` |
//! | [`Entry::title`] | `title` | `title` (4.2.14) | `title` |
//! | [`Entry::permalink`] | `link` | `link rel=alternate` (4.2.7) | `url` |
//! | [`Entry::published`] | `pubDate` | `published` (4.2.9) | `date_published` |
//! | [`Entry::updated`] | `atom:updated` | `updated` (4.2.15) | `date_modified` |
//! | [`Entry::language`] | `dc:language`, where it is not the feed's | `xml:lang`, where it is not the feed's | `language` |
//! | [`Entry::authors`] | `dc:creator` | `author` (4.2.1) with `name`, `uri` (3.2); `email` where it may be public | `authors` with `name`, `url`, `avatar` |
//! | [`Entry::contributors`] | `dc:contributor` | `contributor` (4.2.3) | `_feedmill.contributors`, with their roles |
//! | [`Entry::categories`] | `category`, with `domain` | `category` (4.2.2), with `scheme` | `tags` |
//! | [`Entry::summary`] | `description` | `summary` (4.2.13) | `summary` |
//! | [`Entry::content`] | `content:encoded` | `content` (4.1.3) | `content_html` |
//! | [`Entry::cover`] | `media:thumbnail`; `enclosure` where there is no other | `media:thumbnail`, `link rel=enclosure` (4.2.7.2) | `image`, `attachments` |
//! | what is said of it ([`Media`]) | `media:credit`, `media:copyright` | likewise | `_feedmill.image` |
//! | [`Entry::enclosures`] | `enclosure` (the first; Profile 4.1.1.20.5) | `link rel=enclosure` (4.2.7.2) | `attachments` |
//! | [`Feed::podcast`] | `itunes:*`, `podcast:*` ([`Podcast`]) | — | — |
//! | [`Entry::player`] | in `content:encoded`; not in a podcast | in `content` | in `content_html` |
//! | [`Entry::episode`] | in a podcast `itunes:*`, `podcast:*` ([`Episode`]) | — | `_feedmill.episode` |
//! | [`Entry::media`], cover and enclosures, with [`Feed::lists_media`] | `media:content`, `media:group` ([`Media`]) | likewise | — |
//! | [`Entry::translations`] | `atom:link rel=related`, with `hreflang` | `link rel=related` (4.2.7.2), with `hreflang` | `_feedmill.translations` |
//! | [`Entry::external`] | `atom:link rel=related` | `link rel=related` (4.2.7.2) | `external_url` |
//! | [`Entry::access`] | — | — | `_feedmill.access`, where it is for members |
//! | [`Entry::reading`] | — | — | `_feedmill.words`, `_feedmill.minutes` |
//! | [`Entry::canonical`] | `atom:link rel=canonical` (RFC 6596) | likewise | `_feedmill.canonical` |
//! | [`Entry::rights`] | `dc:rights` | `rights` (4.2.10) | `_feedmill.rights` |
//! | [`Entry::licence`] | `atom:link rel=license` (RFC 4946) | likewise | `_feedmill.licence` |
//! | [`Entry::location`] | `georss:point`, `georss:featureName` (GeoRSS Simple) | likewise | `_feedmill.location` |
//! | [`Entry::source`] | `source` with a feed, else `dc:source`; `atom:link rel=via` | `source` (4.2.11), `link rel=via` (4.2.7.2) | `_feedmill.source` |
//! | [`Entry::related`] | `atom:link rel=related` | `link rel=related` (4.2.7.2) | `_feedmill.related` |
//! | [`Entry::comments`] | `comments`, `slash:comments`, `wfw:commentRss` | `link rel=replies`, `thr:count`, `thr:total` (RFC 4685) | `_feedmill.comments` |
//!
//! What many readers show of no element stands in the content as well: the roles of contributors, corrections, source,
//! terms, related pages, translations and the closing block (`render/around.rs`). Corrections stand nowhere else.

mod media;
mod podcast;

pub use crate::context::{Comments, Location, Related, Source};
pub use crate::person::Contributor;
pub use media::{Media, MediaFile};
pub use podcast::{Episode, EpisodeKind, Order, Owner, Podcast, PodcastPerson, Transcript};

use crate::access::Access;
use crate::address::Address;
use crate::language::Language;
use crate::person::Person;
use crate::terms::Licence;
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A feed with its entries, in no format.
#[derive(Clone, Debug)]
pub struct Feed<'a> {
    /// Different from every other feed's: the address that the Atom feed had when it was first published.
    pub id: String,
    /// One line of plain text.
    pub title: String,
    /// One line of plain text.
    pub description: Option<String>,
    /// The language of the title, and of the entries unless they say otherwise.
    pub language: Option<Language>,
    /// The page that the feed belongs to.
    pub home: Address,
    /// Latest `updated` of the entries; of a feed without entries, the publication's first day.
    pub updated: DateTime<Utc>,
    /// Who is behind the publication.
    pub authors: Vec<Person>,
    /// The rights in the whole.
    pub rights: Option<String>,
    /// A wide picture.
    pub logo: Option<&'a Address>,
    /// A square picture.
    pub icon: Option<&'a Address>,
    /// Where readers can give money, and what the link says.
    pub support: Option<(&'a Address, Option<&'a str>)>,
    /// WebSub hubs.
    pub hubs: &'a [Address],
    /// What makes it a podcast.
    pub podcast: Option<Podcast>,
    /// Are all pictures and recordings listed (Media RSS), or the cover alone, as a thumbnail?
    pub lists_media: bool,
    /// Newest first; each with as much of it as this feed shows.
    pub entries: Vec<Cow<'a, Entry>>,
    /// What was in it and was withdrawn, the latest first.
    pub tombstones: Vec<Tombstone>,
}

/// Where a file of a feed is served, and which files of its archive are beside it, in its own format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's own address.
    pub address: Address,
    /// The document of the archive with what is older.
    pub previous: Option<Address>,
    /// What makes it a document of the archive; `None` for what people subscribe to.
    pub document: Option<Document>,
}

/// A file that holds the same entries for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What people subscribe to.
    pub current: Address,
    /// The document with what is newer.
    pub next: Option<Address>,
}

/// What tells subscribers that an entry was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The entry's id.
    pub id: String,
    /// When it was withdrawn.
    pub when: DateTime<Utc>,
}

/// An article as it stands in a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The same in every feed and format, for ever: absolute, ASCII.
    pub id: String,
    /// One line of plain text, never empty.
    pub title: String,
    /// The lasting address of its page.
    pub permalink: Address,
    /// First publication.
    pub published: DateTime<Utc>,
    /// Last significant change.
    pub updated: DateTime<Utc>,
    /// What it is written in.
    pub language: Option<Language>,
    /// Who wrote it, in order.
    pub authors: Vec<Person>,
    /// Who else had a part in it, in order.
    pub contributors: Vec<Contributor>,
    /// Section and tags.
    pub categories: Vec<Category>,
    /// In short: one line of plain text.
    pub summary: Option<String>,
    /// In full: safe HTML, every address absolute. `None` where only the summary is shown.
    pub content: Option<String>,
    /// The picture that stands for it.
    pub cover: Option<Media>,
    /// Recordings and files that come with it, the one that counts first; the cover is none of them.
    pub enclosures: Vec<Media>,
    /// What stands in the content to play the first of them. Podcast programs do that themselves.
    pub player: Option<String>,
    /// What it is as an episode of a podcast.
    pub episode: Option<Box<Episode>>,
    /// Pictures and recordings in its content.
    pub media: Vec<Media>,
    /// The same article in other editions.
    pub translations: Vec<Translation>,
    /// The address that copies defer to, where it is not the permalink.
    pub canonical: Option<Address>,
    /// A page elsewhere that it is about.
    pub external: Option<Address>,
    /// Who may read it in full.
    pub access: Access,
    /// How long it is, in feeds that tell.
    pub reading: Option<Reading>,
    /// Whose it is, in one line.
    pub rights: Option<String>,
    /// What everybody may do with it.
    pub licence: Option<Licence>,
    /// Where it happened.
    pub location: Option<Location>,
    /// Where it appeared first.
    pub source: Option<Source>,
    /// Pages that belong to it.
    pub related: Vec<Related>,
    /// What readers say to it.
    pub comments: Option<Comments>,
}

/// How long a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// A character of Chinese or Japanese is one.
    pub words: usize,
    /// How long people need for it, 1 or more.
    pub minutes: usize,
}

impl Entry {
    /// Those who had a part in it besides the authors, each once, for formats that know no roles.
    pub fn each_contributor(&self) -> impl Iterator<Item = &Person> {
        let mut known = BTreeSet::new();
        self.contributors.iter().map(|who| &who.person).filter(move |who| known.insert(*who))
    }
}

/// What an article is filed under: its section, or a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// What readers see, in the entry's language; without a comma.
    pub name: String,
    /// What stays the same when the name changes.
    pub scheme: Address,
}

/// The same article in another edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Translation {
    /// The other entry's id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its page.
    pub permalink: Address,
    /// What it is written in.
    pub language: Option<Language>,
}
