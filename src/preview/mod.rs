//! An entry as subscribers get it: its element, cut out of the file of a feed, and what a reader makes of it.
//!
//! In: the text of a feed in one format. Out: its entries in their order, each with the part of the text that it is.

mod json;
mod media;
mod places;
mod xml;

pub use media::with_own_media;
pub use places::MediaPlaces;

use crate::encode::Format;
use serde::Serialize;

/// An entry of a feed's file.
#[derive(Clone, Debug, PartialEq)]
pub struct Excerpt<'t> {
    /// The element or object, exactly as it stands in the file.
    pub source: &'t str,
    /// What a reader makes of it.
    pub shown: Shown,
}

/// What a reader shows of an entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Shown {
    /// By which the reader knows it again.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// The page that it opens.
    pub link: String,
    /// Dates as the format spells them.
    pub published: String,
    /// The last change.
    pub updated: String,
    /// Names.
    pub authors: Vec<String>,
    /// Names.
    pub categories: Vec<String>,
    /// The address of the picture that stands for it.
    pub picture: Option<String>,
    /// HTML.
    pub summary: Option<String>,
    /// HTML.
    pub content: Option<String>,
    /// The addresses of what comes with it.
    pub enclosures: Vec<String>,
}

/// The entries of a feed, in their order.
///
/// # Errors
/// Where the text is no feed in this format, what is wrong with it.
pub fn excerpts(format: Format, text: &str) -> Result<Vec<Excerpt<'_>>, String> {
    match format {
        Format::Rss => xml::excerpts(text, "item", xml::of_item),
        Format::Atom => xml::excerpts(text, "entry", xml::of_entry),
        Format::Json => json::excerpts(text),
    }
}
