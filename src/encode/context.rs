//! What an entry stands beside, in the elements of other specifications that RSS and Atom borrow.

use super::element::Element;
use super::links::replies_type;
use crate::feed::{Comments, Entry, Source};

/// Where it happened (GeoRSS Simple, which has the latitude first).
pub fn place(entry: &Entry) -> Vec<Element> {
    let Some(location) = &entry.location else { return Vec::new() };
    let point = location.point.map(|(lat, lon)| Element::new("georss:point").text(format!("{lat} {lon}")));
    let name = location.name.as_ref().map(|name| Element::new("georss:featureName").text(name));
    point.into_iter().chain(name).collect()
}

/// What RSS says of comments beside its own `comments` (Slash; Well-Formed Web, "The Comment API").
pub fn discussion_in_rss(entry: &Entry) -> Vec<Element> {
    let Some(comments) = &entry.comments else { return Vec::new() };
    let count = comments.count.map(|count| Element::new("slash:comments").text(count.to_string()));
    let feed = comments.feed.as_ref().map(|feed| Element::new("wfw:commentRss").text(feed.as_str()));
    count.into_iter().chain(feed).collect()
}

/// The same in Atom (RFC 4685, 4 and 5). The crate's links have no attributes of other namespaces.
pub fn discussion_in_atom(entry: &Entry) -> Vec<Element> {
    let Some(Comments { url, count, feed }) = &entry.comments else { return Vec::new() };
    let replies = |address, media_type| {
        Element::new("link")
            .attribute("rel", Some("replies"))
            .attribute("href", Some(address))
            .attribute("type", Some(media_type))
            .attribute("thr:count", *count)
    };
    let page = url.iter().map(|url| replies(url, "text/html"));
    let feed = feed.iter().map(|feed| replies(feed, replies_type(feed)));
    let total = count.map(|count| Element::new("thr:total").text(count.to_string()));
    page.chain(feed).chain(total).collect()
}

/// The feed that a republished article was in first (RFC 4287, 4.2.11). The crate would date it 1970;
/// its id and date are that feed's own and not known here, so they are left out.
pub fn source_in_atom(entry: &Entry) -> Option<Element> {
    let Source { title, feed, .. } = entry.source.as_ref()?;
    let title = title.as_ref().map(|title| Element::new("title").text(title));
    let feed = feed
        .as_ref()
        .map(|feed| Element::new("link").attribute("rel", Some("self")).attribute("href", Some(feed)));
    let known: Vec<Element> = title.into_iter().chain(feed).collect();
    (!known.is_empty()).then(|| Element::new("source").children(known))
}
