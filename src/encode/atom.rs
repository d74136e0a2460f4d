//! Atom 1.0 (RFC 4287), with the thumbnail of Media RSS.

use super::date::rfc_3339;
use super::element::{Element, atom_extensions, namespaces};
use super::html::paragraph;
use super::links::{archive_mark, entry_links, page_link, place_links, service_links};
use super::xml::{self, Aside};
use super::{Format, GENERATOR, context, media};
use crate::feed::{self, Entry, Feed, Media, Place, Tombstone};
use crate::person::Person;
use atom_syndication as atom;
use atom_syndication::{Category, Content, Generator, Link, Text};

pub fn encode(feed: &Feed<'_>, place: &Place) -> String {
    // The crate gives an entry no language, so it is set afterwards, where it differs from the feed's.
    let differs = |entry: &Entry| entry.language.clone().filter(|_| entry.language != feed.language);
    let mut aside = Aside::of_languages(feed.entries.iter().map(|entry| differs(entry)).collect());
    let elements: Vec<Vec<Element>> = feed.entries.iter().map(|entry| elements(entry, feed)).collect();
    let entries = feed.entries.iter().zip(&elements);
    let own: Vec<Element> =
        archive_mark(place).into_iter().chain(feed.tombstones.iter().map(tombstone)).collect();
    let document = atom::Feed {
        title: Text::plain(&feed.title),
        id: feed.id.clone(),
        updated: feed.updated.fixed_offset(),
        // Every entry names its authors; some readers would credit it to this one instead.
        authors: if feed.entries.is_empty() { feed.authors.iter().map(person).collect() } else { Vec::new() },
        generator: Some(Generator { value: GENERATOR.to_owned(), ..Generator::default() }),
        icon: feed.icon.map(ToString::to_string),
        links: feed_links(feed, place),
        logo: feed.logo.map(ToString::to_string),
        rights: feed.rights.as_ref().map(Text::plain),
        subtitle: feed.description.as_ref().map(Text::plain),
        entries: entries
            .map(|(entry, elements)| encoded_entry(entry, elements, &feed.authors, &mut aside))
            .collect(),
        namespaces: namespaces(elements.iter().flatten().chain(&own)),
        extensions: atom_extensions(&own),
        lang: feed.language.as_ref().map(ToString::to_string),
        ..atom::Feed::default()
    };
    xml::respell(&document.to_string(), &aside)
}

fn elements(entry: &Entry, feed: &Feed<'_>) -> Vec<Element> {
    let mut elements = context::discussion_in_atom(entry);
    elements.extend(context::source_in_atom(entry));
    elements.extend(media::elements(entry, feed));
    elements.extend(context::place(entry));
    elements
}

fn tombstone(tombstone: &Tombstone) -> Element {
    Element::new("at:deleted-entry")
        .attribute("ref", Some(&tombstone.id))
        .attribute("when", Some(rfc_3339(tombstone.when)))
}

fn feed_links(feed: &Feed<'_>, place: &Place) -> Vec<Link> {
    let mut links = vec![page_link("alternate", &feed.home)];
    links.extend(place_links(place, Format::Atom));
    links.extend(service_links(feed));
    links
}

fn encoded_entry<'e>(
    entry: &'e Entry,
    elements: &[Element],
    publishers: &[Person],
    aside: &mut Aside<'e>,
) -> atom::Entry {
    let mut links = vec![page_link("alternate", &entry.permalink)];
    links.extend(entry_links(entry));
    links.extend(entry.enclosures.iter().chain(&entry.cover).map(enclosure));
    // A feed's author is inherited by almost no reader, so every entry names its own.
    let authors = if entry.authors.is_empty() { publishers } else { &entry.authors };
    atom::Entry {
        title: Text::plain(&entry.title),
        id: entry.id.clone(),
        updated: entry.updated.fixed_offset(),
        authors: authors.iter().map(person).collect(),
        contributors: entry.each_contributor().map(person).collect(),
        categories: entry.categories.iter().map(category).collect(),
        links,
        rights: entry.rights.as_ref().map(Text::plain),
        published: Some(entry.published.fixed_offset()),
        // Most readers forget the type and take any summary for HTML.
        summary: entry
            .summary
            .as_ref()
            .map(|summary| Text::html(aside.hold(paragraph(summary, entry.language.as_ref())))),
        content: entry.content.as_ref().map(|content| Content {
            value: Some(aside.hold(content)),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        extensions: atom_extensions(elements),
        ..atom::Entry::default()
    }
}

/// A mail address only of those who ask for it: readers show it and robots harvest it.
fn person(person: &Person) -> atom::Person {
    let uri = person.url.as_ref().map(ToString::to_string);
    atom::Person { name: person.name.clone(), uri, email: person.email.clone(), ..atom::Person::default() }
}

/// The readable name as the term: many readers ignore the label.
fn category(category: &feed::Category) -> Category {
    Category {
        term: category.name.clone(),
        scheme: Some(category.scheme.to_string()),
        label: Some(category.name.clone()),
    }
}

fn enclosure(media: &Media) -> Link {
    let file = &media.file;
    Link {
        rel: "enclosure".to_owned(),
        href: file.url.to_string(),
        mime_type: Some(file.media_type.to_string()),
        length: file.length_bytes.map(|length| length.to_string()),
        title: media.title.clone(),
        ..Link::default()
    }
}
