//! What makes a feed a podcast, and an entry an episode of it.

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
    pub credits: Vec<Credit>,
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
pub struct Credit {
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
