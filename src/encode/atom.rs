//! Atom 1.0 (RFC 4287), with the thumbnail of Media RSS.

use super::html::paragraph;
use super::links::{entry_links, page_link, self_link, service_links};
use super::media::{self, thumbnail_attributes};
use super::{Format, GENERATOR, xml};
use crate::address::Address;
use crate::feed::{Entry, Feed, Picture};
use crate::person::Person;
use atom_syndication as atom;
use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Generator, Link, Text};
use std::collections::BTreeMap;

pub fn encode(feed: &Feed<'_>, address: &Address) -> String {
    // The crate gives an entry no language, so it is set afterwards, where it differs from the feed's.
    let differs = |entry: &&Entry| entry.language.clone().filter(|_| entry.language != feed.language);
    let languages = feed.entries.iter().map(differs).collect();
    let document = atom::Feed {
        title: Text::plain(&feed.title),
        id: feed.id.clone(),
        updated: feed.updated.fixed_offset(),
        // Every entry names its authors; some readers would credit it to this one instead.
        authors: if feed.entries.is_empty() { feed.authors.iter().map(person).collect() } else { Vec::new() },
        generator: Some(Generator { value: GENERATOR.to_owned(), ..Generator::default() }),
        icon: feed.icon.map(ToString::to_string),
        links: feed_links(feed, address),
        logo: feed.logo.map(ToString::to_string),
        rights: feed.rights.as_ref().map(Text::plain),
        subtitle: feed.description.as_ref().map(Text::plain),
        entries: feed.entries.iter().map(|entry| encoded_entry(entry, &feed.authors)).collect(),
        namespaces: media::namespaces(feed),
        lang: feed.language.as_ref().map(ToString::to_string),
        ..atom::Feed::default()
    };
    xml::respell_with_languages(&document.to_string(), languages)
}

fn feed_links(feed: &Feed<'_>, address: &Address) -> Vec<Link> {
    let mut links = vec![page_link("alternate", &feed.home), self_link(address, Format::Atom.media_type())];
    links.extend(service_links(feed));
    links
}

fn encoded_entry(entry: &Entry, publishers: &[Person]) -> atom::Entry {
    let mut links = vec![page_link("alternate", &entry.permalink)];
    links.extend(entry_links(entry));
    links.extend(entry.cover.as_ref().map(enclosure));
    // A feed's author is inherited by almost no reader, so every entry names its own.
    let authors = if entry.authors.is_empty() { publishers } else { &entry.authors };
    atom::Entry {
        title: Text::plain(&entry.title),
        id: entry.id.clone(),
        updated: entry.updated.fixed_offset(),
        authors: authors.iter().map(person).collect(),
        categories: entry.categories.iter().map(|name| category(name)).collect(),
        links,
        published: Some(entry.published.fixed_offset()),
        // Most readers forget the type and take any summary for HTML.
        summary: entry
            .summary
            .as_ref()
            .map(|summary| Text::html(paragraph(summary, entry.language.as_ref()))),
        content: entry.content.as_ref().map(|content| Content {
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
