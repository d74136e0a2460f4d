//! feedmill builds the feeds of a newsroom from a directory of articles.
//!
//! ```text
//! articles/ ──list, read──> Article ──> Catalog ──> Plan ──> Entry ──> Feed ──encode──> FeedFile ──write──> feeds/
//!    disk                   └──────────────── pure: same input, same bytes ────────────────────┘            disk
//! ```
//!
//! This library is the pure core. It touches no disk, network, environment, clock or terminal: the
//! world comes in through [`newsroom::Newsroom`], the settings, the ledger and the time as values, and
//! what goes out is a [`publication::Publication`], which the program writes. Every arrow is a function from
//! plain values to plain values; what is wrong in an article is collected on the way as
//! [`diagnostic::Diagnostic`]s.
//!
//! The front door is [`publication::compose`]. Beside it stand [`publication::check`], which reads every
//! article for its faults; [`generator`], which makes settings of the files of another program; and
//! [`adopt::adopt`], which makes a ledger of its feeds.
//!
//! ```
//! use feedmill::{index::Index, ledger::Ledger, newsroom::MemoryNewsroom, publication::compose, settings};
//!
//! let settings = settings::read("feedmill.toml", "[site]\nurl = 'https://news.example/'", &Default::default()).unwrap();
//! let newsroom = MemoryNewsroom::of([("en/news/ferry.md", "---\ndate: 2026-11-22\n---\nThe ferry is late.\n")]);
//! let now = chrono::DateTime::parse_from_rfc3339("2026-11-23T00:00:00Z").unwrap().to_utc();
//! let publication = compose(&newsroom, &settings, &Ledger::default(), &Index::default(), now).unwrap();
//! assert!(publication.files.iter().any(|file| file.path == "en/news/atom.xml"));
//! ```
#![warn(clippy::disallowed_methods, clippy::unwrap_used)]

// In reading order: an article's way, then what serves it.
pub mod newsroom;

pub mod archive;
pub mod article;
pub mod catalog;
pub mod index;
pub mod plan;

pub mod feed;
mod guard;
pub mod identity;
pub mod ledger;
pub mod masthead;
mod measure;
pub mod render;

pub mod compress;
pub mod encode;
pub mod fenced;
pub mod pages;
pub mod press;
pub mod preview;
pub mod publication;
pub mod show;
mod shown;
pub mod teaser;
mod templates;
mod welcome;

pub mod adopt;
pub mod autodiscovery;
pub mod new_article;

pub mod diagnostic;
pub mod generator;
pub mod kit;
pub mod settings;

pub mod access;
pub mod address;
pub mod context;
pub mod digest;
pub mod language;
pub mod media_type;
pub mod name;
pub mod pattern;
pub mod permalink;
pub mod person;
pub mod podcast;
pub mod script;
pub mod syntax;
pub mod terms;
pub mod text;
pub mod texts;
pub mod topic;
