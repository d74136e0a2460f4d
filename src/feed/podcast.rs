//! What makes a feed a podcast, and an entry an episode of it.
//!
//! `itunes` is told in Apple's "Podcast RSS feed requirements" and "A podcaster's guide to RSS", `podcast` in
//! docs/tags of Podcasting 2.0. Atom has none of it, JSON what stands in the last column.
//!
//! | field | RSS 2.0 | JSON Feed 1.1 |
//! |---|---|---|
//! | [`Podcast::title`] | `itunes:title`, where it is not the `title` | — |
//! | [`Podcast::author`] | `itunes:author` | — |
//! | [`Podcast::owner`] | `itunes:owner` | — |
//! | [`Podcast::categories`] | `itunes:category` | — |
//! | [`Podcast::explicit`], [`Episode::explicit`] | `itunes:explicit` | — |
//! | [`Podcast::order`] | `itunes:type` | — |
//! | [`Podcast::image`] | `itunes:image`, `image` | — |
//! | [`Podcast::guid`] | `podcast:guid` | — |
//! | [`Podcast::locked`] | `podcast:locked` | — |
//! | [`Podcast::funding`] | `podcast:funding` | — |
//! | [`Podcast::medium`] | `podcast:medium` | — |
//! | [`Podcast::is_complete`] | `itunes:complete` | — |
//! | [`Podcast::is_blocked`] | `itunes:block` | — |
//! | [`Podcast::new_feed_url`] | `itunes:new-feed-url` | — |
//! | [`Podcast::persons`] | `podcast:person` | — |
//! | [`Episode::number`] | `itunes:episode`; not whole: `podcast:episode` | `_feedmill.episode.number` |
//! | [`Episode::season`] | `itunes:season` | `_feedmill.episode.season` |
//! | [`Episode::season_name`] | `podcast:season name` | — |
//! | [`Episode::kind`] | `itunes:episodeType` | `_feedmill.episode.type` |
//! | [`Episode::title`] | `itunes:title` | — |
//! | [`Episode::transcripts`] | `podcast:transcript` | `_feedmill.episode.transcripts` |
//! | [`Episode::chapters`] | `podcast:chapters` | `_feedmill.episode.chapters` |
//! | [`Episode::image`], else the cover | `itunes:image` | — |
//! | duration of the first of [`Entry::enclosures`](super::Entry::enclosures) | `itunes:duration` | `duration_in_seconds` |
//! | [`Entry::authors`](super::Entry::authors), [`Entry::contributors`](super::Entry::contributors) | `podcast:person` | as everywhere |

use crate::address::Address;
use crate::language::Language;
use crate::media_type::MediaType;
use crate::person::Person;
use crate::podcast::Category;

/// A show.
#[derive(Clone, Debug, PartialEq)]
pub struct Podcast {
    /// Its name without that of the edition.
    pub title: String,
    /// Who makes it.
    pub author: String,
    /// Whom directories write to.
    pub owner: Option<Owner>,
    /// What it is about; the first counts most.
    pub categories: Vec<Category>,
    /// Is it not for children?
    pub explicit: bool,
    /// In which order it is heard.
    pub order: Order,
    /// A square picture.
    pub image: Option<Address>,
    /// What identifies it wherever it moves.
    pub guid: String,
    /// May other hosts take it over?
    pub locked: Option<bool>,
    /// Where listeners can give money, and what the link says.
    pub funding: Option<(Address, String)>,
    /// What kind of medium it is, in the word of Podcasting 2.0.
    pub medium: String,
    /// Will there be no more episodes?
    pub is_complete: bool,
    /// Is it to stay out of Apple's directory?
    pub is_blocked: bool,
    /// Where its feed has moved to.
    pub new_feed_url: Option<Address>,
    /// Who is heard in it as a rule.
    pub persons: Vec<PodcastPerson>,
}

/// Whom directories write to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// The name.
    pub name: Option<String>,
    /// The mail address, which everybody can read.
    pub email: Option<String>,
}

/// In which order a show is heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// In any; the newest first.
    #[default]
    Episodic,
    /// From the first on.
    Serial,
}

/// Who has which part in a show.
#[derive(Clone, Debug, PartialEq)]
pub struct PodcastPerson {
    /// Who it is.
    pub person: Person,
    /// The role, in a word of the Podcast Taxonomy.
    pub role: &'static str,
    /// The group of roles.
    pub group: &'static str,
}

/// What an entry is beside a text, where it is an episode.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Episode {
    /// A decimal number.
    pub number: Option<String>,
    /// From 1 on.
    pub season: Option<u32>,
    /// What the season is called.
    pub season_name: Option<String>,
    /// What kind of episode it is.
    pub kind: Option<EpisodeKind>,
    /// Its title for programs that show numbers themselves.
    pub title: Option<String>,
    /// Is it not for children? `None`: as the show.
    pub explicit: Option<bool>,
    /// What is said in it.
    pub transcripts: Vec<Transcript>,
    /// Its parts.
    pub chapters: Option<(Address, MediaType)>,
    /// A square picture.
    pub image: Option<Address>,
}

/// What kind of episode it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpisodeKind {
    /// The usual.
    Full,
    /// A foretaste.
    Trailer,
    /// Something beside.
    Bonus,
}

/// What is said in an episode.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// Where it is.
    pub url: Address,
    /// What it is.
    pub media_type: MediaType,
    /// What it is written in, where that is not the feed's language.
    pub language: Option<Language>,
}

impl Order {
    /// Apple's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Episodic => "episodic",
            Order::Serial => "serial",
        }
    }
}

impl EpisodeKind {
    /// Apple's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            EpisodeKind::Full => "full",
            EpisodeKind::Trailer => "trailer",
            EpisodeKind::Bonus => "bonus",
        }
    }

    /// Reads Apple's word.
    #[must_use]
    pub fn read(word: &str) -> Option<EpisodeKind> {
        let kinds = [EpisodeKind::Full, EpisodeKind::Trailer, EpisodeKind::Bonus];
        kinds.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word.trim()))
    }
}
