//! Links that RSS borrows from Atom, and that both write alike.

use super::Format;
use super::element::Element;
use crate::address::Address;
use crate::feed::{Entry, Feed, Place, Related, Translation};
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
    links.extend(entry.related.iter().map(related));
    links.extend(entry.canonical.iter().map(|page| page_link("canonical", page)));
    links.extend(
        entry
            .licence
            .iter()
            .map(|licence| Link { title: licence.name.clone(), ..page_link("license", &licence.url) }),
    );
    let source = entry.source.as_ref().and_then(|source| Some((source, source.url.as_ref()?)));
    links.extend(source.map(|(source, url)| Link { title: source.title.clone(), ..page_link("via", url) }));
    links
}

fn related(related: &Related) -> Link {
    Link {
        hreflang: related.language.as_ref().map(ToString::to_string),
        title: related.title.clone(),
        ..page_link("related", &related.url)
    }
}

/// What the feed of an entry's comments is, as far as its address tells. Most are RSS, which gave
/// `wfw:commentRss` its name.
pub fn replies_type(feed: &Address) -> &'static str {
    let path = feed.path().to_ascii_lowercase();
    let says = |format| path.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == format);
    match (says("atom"), says("json")) {
        (true, _) => Format::Atom.media_type(),
        (_, true) => Format::Json.media_type(),
        _ => Format::Rss.media_type(),
    }
}

/// Where the file itself is, and where the files of the archive are (RFC 5005, 4): links of the feed, never of an
/// entry.
pub fn place_links(place: &Place, format: Format) -> Vec<Link> {
    let feed_link = |rel: &str, address: &Address| Link {
        rel: rel.to_owned(),
        href: address.to_string(),
        mime_type: Some(format.media_type().to_owned()),
        ..Link::default()
    };
    let mut links = vec![feed_link("self", &place.address)];
    let document = place.document.as_ref();
    links.extend(document.map(|document| feed_link("current", &document.current)));
    links.extend(place.previous.iter().map(|address| feed_link("prev-archive", address)));
    let next = document.and_then(|document| document.next.as_ref());
    links.extend(next.map(|address| feed_link("next-archive", address)));
    links
}

/// What says that a file is a document of the archive, which does not change (RFC 5005, 4).
pub fn archive_mark(place: &Place) -> Option<Element> {
    place.document.as_ref().map(|_| Element::new("fh:archive"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_of_replies() {
        let of = |path: &str| replies_type(&Address::parse(&format!("https://e.example{path}")).unwrap());
        assert_eq!(of("/ferry/comments/Atom.xml"), "application/atom+xml");
        assert_eq!(of("/ferry/comments/feed/atom/"), "application/atom+xml");
        assert_eq!(of("/ferry/feed.json"), "application/feed+json");
        assert_eq!(of("/anatomy-of-a-ferry/comments.xml"), "application/rss+xml");
    }
}
