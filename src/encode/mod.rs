//! From a feed to the bytes of a file, and the one table of formats.

mod atom;
mod context;
mod date;
mod element;
mod html;
mod json;
mod links;
mod media;
mod opml;
mod podcast;
mod rss;
mod xml;

pub use opml::{Outline, encode as encode_opml};

use crate::feed::{Feed, Place};

/// A feed format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: &'static [Format] = &[Format::Rss, Format::Atom, Format::Json];

    /// The name in settings and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Rss => "rss",
            Format::Atom => "atom",
            Format::Json => "json",
        }
    }

    /// The name of a feed's file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Format::Rss => "rss.xml",
            Format::Atom => "atom.xml",
            Format::Json => "feed.json",
        }
    }

    /// The media type that it should be served as (RFC 4287, 7; JSON Feed 1.1, "Suggestions for
    /// publishers"; RSS never had one registered).
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Rss => "application/rss+xml",
            Format::Atom => "application/atom+xml",
            Format::Json => "application/feed+json",
        }
    }

    /// Encodes a feed for its place. The same feed gives the same bytes, always.
    #[must_use]
    pub fn encode(self, feed: &Feed<'_>, place: &Place) -> String {
        match self {
            Format::Rss => rss::encode(feed, place),
            Format::Atom => atom::encode(feed, place),
            Format::Json => json::encode(feed, place),
        }
    }
}

/// The name of a subscription list's file.
pub const OPML_FILE_NAME: &str = "feeds.opml";
/// The media type of a subscription list: customary, none is registered.
pub const OPML_MEDIA_TYPE: &str = "text/x-opml";

/// The program that feeds name as their maker. Without its version: an update of the program would
/// change every feed, and a changed feed is downloaded by everybody.
pub const GENERATOR: &str = "feedmill";

/// Did this program make the feed that begins so? Another program's feeds may have the same names, and ours say who
/// made them. A JSON feed does not.
#[must_use]
pub fn is_ours(head: &[u8]) -> bool {
    let mark = format!("<generator>{GENERATOR}</generator>");
    head.windows(mark.len()).any(|bytes| bytes == mark.as_bytes())
}
