//! Atom 1.0 (RFC 4287), with the thumbnail of Media RSS.

use super::html::paragraph;
use super::rss::thumbnail_attributes;
use super::{Format, GENERATOR, MEDIA_NAMESPACE, xml};
use crate::feed::{Entry, Feed, Picture};
use crate::person::Person;
use atom_syndication as atom;
use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Generator, Link, Text};
use std::collections::BTreeMap;

pub fn encode(feed: &Feed<'_>) -> String {
    let has_covers = feed.entries.iter().any(|entry| entry.cover.is_some());
    let media = has_covers.then(|| ("media".to_owned(), MEDIA_NAMESPACE.to_owned()));
    let feed = atom::Feed {
        title: Text::plain(&feed.title),
        id: feed.id.clone(),
        updated: feed.updated.fixed_offset(),
        authors: feed.authors.iter().map(person).collect(),
        generator: Some(Generator { value: GENERATOR.to_owned(), ..Generator::default() }),
        icon: feed.icon.map(ToString::to_string),
        links: feed_links(feed),
        logo: feed.logo.map(ToString::to_string),
        rights: feed.rights.as_ref().map(Text::plain),
        subtitle: feed.description.as_ref().map(Text::plain),
        entries: feed.entries.iter().map(|entry| encoded_entry(entry, feed)).collect(),
        namespaces: media.into_iter().collect(),
        lang: feed.language.as_ref().map(ToString::to_string),
        ..atom::Feed::default()
    };
    xml::respell(&feed.to_string())
}

fn feed_links(feed: &Feed<'_>) -> Vec<Link> {
    let mut links = vec![
        page_link("alternate", feed.home.to_string()),
        Link {
            rel: "self".to_owned(),
            href: feed.self_link.to_string(),
            mime_type: Some(Format::Atom.media_type().to_owned()),
            ..Link::default()
        },
    ];
    links.extend(service_links(feed));
    links
}

/// What a feed offers beside itself: hubs (WebSub, 4) and support.
pub fn service_links(feed: &Feed<'_>) -> Vec<Link> {
    let hub = |hub: &crate::address::Address| Link {
        rel: "hub".to_owned(),
        href: hub.to_string(),
        ..Link::default()
    };
    let mut links: Vec<Link> = feed.hubs.iter().map(hub).collect();
    if let Some((url, text)) = feed.support {
        let title = text.map(str::to_owned);
        links.push(Link { title, ..page_link("payment", url.to_string()) });
    }
    links
}

/// A second `alternate` would send the readers of five programs to the wrong language; `related`
/// sends nobody astray.
pub fn translation_links(entry: &Entry) -> Vec<Link> {
    let link = |translation: &crate::feed::Translation| Link {
        hreflang: translation.language.as_ref().map(ToString::to_string),
        title: Some(translation.title.clone()),
        ..page_link("related", translation.permalink.to_string())
    };
    entry.translations.iter().map(link).collect()
}

fn page_link(rel: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), href, mime_type: Some("text/html".to_owned()), ..Link::default() }
}

fn encoded_entry(entry: &Entry, feed: &Feed<'_>) -> atom::Entry {
    // The crate gives an entry no language, so each of its texts has one.
    let differs = entry.language != feed.language;
    let lang = entry.language.as_ref().filter(|_| differs).map(ToString::to_string);
    let mut links = vec![page_link("alternate", entry.permalink.to_string())];
    links.extend(translation_links(entry));
    links.extend(entry.cover.as_ref().map(enclosure));
    // A feed's author is inherited by almost no reader, so every entry names its own.
    let authors = if entry.authors.is_empty() { &feed.authors } else { &entry.authors };
    atom::Entry {
        title: Text { lang: lang.clone(), ..Text::plain(&entry.title) },
        id: entry.id.clone(),
        updated: entry.updated.fixed_offset(),
        authors: authors.iter().map(person).collect(),
        categories: entry.categories.iter().map(|name| category(name)).collect(),
        links,
        published: Some(entry.published.fixed_offset()),
        // Most readers forget the type and take any summary for HTML.
        summary: entry.summary.as_ref().map(|summary| Text {
            lang: lang.clone(),
            ..Text::html(paragraph(summary, entry.language.as_ref()))
        }),
        content: entry.content.as_ref().map(|content| Content {
            lang: lang.clone(),
            value: Some(content.clone()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        extensions: entry.cover.as_ref().map(thumbnail).unwrap_or_default(),
        ..atom::Entry::default()
    }
}

/// No address of the person: readers show it and robots harvest it.
fn person(person: &Person) -> atom::Person {
    let uri = person.url.as_ref().map(ToString::to_string);
    atom::Person { name: person.name.clone(), uri, ..atom::Person::default() }
}

/// The readable name as the term: many readers ignore the label.
fn category(name: &str) -> Category {
    Category { term: name.to_owned(), label: Some(name.to_owned()), ..Category::default() }
}

fn enclosure(cover: &Picture) -> Link {
    Link {
        rel: "enclosure".to_owned(),
        href: cover.url.to_string(),
        mime_type: Some(cover.media_type.to_owned()),
        length: cover.length_bytes.map(|length| length.to_string()),
        ..Link::default()
    }
}

fn thumbnail(cover: &Picture) -> ExtensionMap {
    // This crate writes the attributes of an extension as they come.
    let escaped = |(name, value): (String, String)| (name, quick_xml::escape::escape(value).into_owned());
    let attrs = thumbnail_attributes(cover).into_iter().map(escaped).collect();
    let thumbnail = Extension { name: "media:thumbnail".to_owned(), attrs, ..Extension::default() };
    ExtensionMap::from([("media".to_owned(), BTreeMap::from([("thumbnail".to_owned(), vec![thumbnail])]))])
}
