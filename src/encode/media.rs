//! Media RSS 1.5.1, which RSS and Atom both borrow.

use super::element::Element;
use crate::feed::{Entry, Media};

/// What stands in an entry of its media.
pub fn elements(entry: &Entry) -> Vec<Element> {
    entry.cover.iter().map(thumbnail).collect()
}

fn thumbnail(cover: &Media) -> Element {
    Element::new("media:thumbnail")
        .attribute("url", Some(&cover.file.url))
        .attribute("width", cover.file.size.map(|(width, _)| width))
        .attribute("height", cover.file.size.map(|(_, height)| height))
}
