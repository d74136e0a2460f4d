//! What leads a person to an article: its title and its picture.

use crate::feed::Entry;
use serde::{Deserialize, Serialize};

/// A title, and a picture where there is one. It is remembered, so that a page can be made without rendering the articles that it
/// names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Teaser {
    /// One line of plain text.
    pub title: String,
    /// The cover.
    pub picture: Option<Picture>,
}

/// A picture by its address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Picture {
    /// Where it is.
    pub url: String,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
}

impl Teaser {
    /// The teaser of an entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Teaser {
        let cover = entry.cover.as_ref().map(|cover| &cover.file);
        let picture = cover.map(|file| Picture { url: file.url.to_string(), size: file.size });
        Teaser { title: entry.title.clone(), picture }
    }
}
