//! Links that RSS borrows from Atom, and that both write alike.

use crate::address::Address;
use crate::feed::{Entry, Feed, Translation};
use atom_syndication::Link;

/// What a feed offers beside itself: hubs (WebSub, 4) and support.
pub fn service_links(feed: &Feed<'_>) -> Vec<Link> {
    let hub = |hub: &Address| Link { rel: "hub".to_owned(), href: hub.to_string(), ..Link::default() };
    let mut links: Vec<Link> = feed.hubs.iter().map(hub).collect();
    if let Some((url, text)) = feed.support {
        let title = text.map(str::to_owned);
        links.push(Link { title, ..page_link("payment", url) });
    }
    links
}

/// What belongs to an entry beside its own page. A second `alternate` would send the readers of five
/// programs to the wrong language; `related` sends nobody astray.
pub fn entry_links(entry: &Entry) -> Vec<Link> {
    let translation = |translation: &Translation| Link {
        hreflang: translation.language.as_ref().map(ToString::to_string),
        title: Some(translation.title.clone()),
        ..page_link("related", &translation.permalink)
    };
    let mut links: Vec<Link> = entry.translations.iter().map(translation).collect();
    links.extend(entry.external.iter().map(|page| page_link("related", page)));
    links.extend(entry.canonical.iter().map(|page| page_link("canonical", page)));
    links
}

/// Where the feed itself is.
pub fn self_link(address: &Address, media_type: &str) -> Link {
    Link {
        rel: "self".to_owned(),
        href: address.to_string(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

/// A page.
pub fn page_link(rel: &str, address: &Address) -> Link {
    Link {
        rel: rel.to_owned(),
        href: address.to_string(),
        mime_type: Some("text/html".to_owned()),
        ..Link::default()
    }
}
