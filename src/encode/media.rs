//! Media RSS 1.5.1: the thumbnail that RSS and Atom both borrow.

use crate::feed::{Feed, Picture};
use std::collections::BTreeMap;

const NAMESPACE: &str = "http://search.yahoo.com/mrss/";

/// The namespace, where some entry has a cover.
pub fn namespaces(feed: &Feed<'_>) -> BTreeMap<String, String> {
    let has_covers = feed.entries.iter().any(|entry| entry.cover.is_some());
    has_covers.then(|| ("media".to_owned(), NAMESPACE.to_owned())).into_iter().collect()
}

/// The attributes of `media:thumbnail`.
pub fn thumbnail_attributes(cover: &Picture) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::from([("url".to_owned(), cover.url.to_string())]);
    if let Some((width, height)) = cover.size {
        attributes.insert("width".to_owned(), width.to_string());
        attributes.insert("height".to_owned(), height.to_string());
    }
    attributes
}
