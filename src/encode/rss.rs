//! RSS 2.0, with the elements of Atom, Dublin Core and Media RSS that it lacks itself.

use super::date::{rfc_822, rfc_3339};
use super::element::{Element, namespaces, rss_extensions};
use super::html::paragraph;
use super::links::{archive_mark, entry_links, place_links, service_links};
use super::xml::{self, Aside};
use super::{Format, GENERATOR, context, media, podcast};
use crate::address::Address;
use crate::feed::{self, Entry, Feed, MediaFile, Place};
use atom_syndication::Link;
use rss::extension::atom::AtomExtension;
use rss::extension::dublincore::DublinCoreExtension;
use rss::{Category, Channel, Enclosure, Guid, Image, Item, Source};
use std::borrow::Cow;
use std::collections::BTreeMap;

pub fn encode(feed: &Feed<'_>, place: &Place) -> String {
    let show = feed.podcast.as_ref().map(|podcast| podcast::show_elements(podcast, &feed.title));
    let own: Vec<Element> = archive_mark(place).into_iter().chain(show.into_iter().flatten()).collect();
    let elements: Vec<Vec<Element>> = feed.entries.iter().map(|entry| elements(entry, feed)).collect();
    let items = feed.entries.iter().zip(&elements);
    let mut aside = Aside::default();
    let channel = Channel {
        title: feed.title.clone(),
        link: feed.home.to_string(),
        description: feed.description.clone().unwrap_or_else(|| feed.title.clone()),
        language: feed.language.as_ref().map(ToString::to_string),
        copyright: feed.rights.clone(),
        // Without entries nothing has changed yet.
        last_build_date: (!feed.entries.is_empty()).then(|| rfc_822(feed.updated)),
        generator: Some(GENERATOR.to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        image: image(feed),
        atom_ext: Some(AtomExtension { links: channel_links(feed, place) }),
        items: items.map(|(entry, elements)| item(entry, elements, feed, &mut aside)).collect(),
        namespaces: declared(&elements, &own),
        extensions: rss_extensions(&own),
        ..Channel::default()
    };
    xml::respell(&channel.to_string(), &aside)
}

fn channel_links(feed: &Feed<'_>, place: &Place) -> Vec<Link> {
    let mut links = place_links(place, Format::Rss);
    links.extend(service_links(feed));
    links
}

/// RSS knows no other picture formats (RSS 2.0, "image").
fn image(feed: &Feed<'_>) -> Option<Image> {
    let is_known = |url: &&Address| {
        let name = url.path().to_ascii_lowercase();
        [".png", ".jpg", ".jpeg", ".gif"].iter().any(|ending| name.ends_with(ending))
    };
    let show = feed.podcast.as_ref().and_then(|podcast| podcast.image.as_ref());
    let url = [show, feed.icon, feed.logo].into_iter().flatten().find(is_known)?;
    Some(Image {
        url: url.to_string(),
        title: feed.title.clone(),
        link: feed.home.to_string(),
        ..Image::default()
    })
}

fn item<'e>(entry: &'e Entry, elements: &[Element], feed: &Feed<'_>, aside: &mut Aside<'e>) -> Item {
    let language = entry.language.as_ref();
    let summary = entry.summary.as_ref().map(|summary| Cow::from(paragraph(summary, language)));
    // With one text only, that is the description (Best Practices Profile, 5.2.1).
    let (description, content) = match (summary, content(entry, feed)) {
        (None, content) => (content, None),
        both => both,
    };
    let differs = entry.language != feed.language;
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.permalink.to_string()),
        description: description.map(|description| aside.hold(description)),
        content: content.map(|content| aside.hold(content)),
        guid: Some(Guid { value: entry.id.clone(), permalink: false }),
        pub_date: Some(rfc_822(entry.published)),
        categories: entry
            .categories
            .iter()
            .map(|category| Category {
                name: category.name.clone(),
                domain: Some(category.scheme.to_string()),
            })
            .collect(),
        comments: entry.comments.as_ref().and_then(|comments| Some(comments.url.as_ref()?.to_string())),
        source: entry.source.as_ref().and_then(source),
        // There is one only (Best Practices Profile, 4.1.1.20.5).
        enclosure: entry
            .enclosures
            .iter()
            // A program would take a picture for the recording, or refuse the episode.
            .chain(entry.cover.iter().filter(|_| feed.podcast.is_none()))
            .next()
            .map(|media| enclosure(&media.file)),
        extensions: rss_extensions(elements),
        atom_ext: Some(AtomExtension { links: entry_links(entry) }),
        // No `author` beside it: several readers would show the name twice.
        dublin_core_ext: Some(DublinCoreExtension {
            creators: entry.authors.iter().map(|author| author.name.clone()).collect(),
            contributors: entry.each_contributor().map(|who| who.name.clone()).collect(),
            rights: entry.rights.iter().cloned().collect(),
            sources: entry.source.as_ref().and_then(source_without_feed).into_iter().collect(),
            languages: language.filter(|_| differs).map(ToString::to_string).into_iter().collect(),
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}

/// RSS names a republished article's first feed, whose address it requires (RSS 2.0, "source").
fn source(source: &feed::Source) -> Option<Source> {
    Some(Source { url: source.feed.as_ref()?.to_string(), title: Some(source.name()) })
}

/// Without a feed, Dublin Core says where the article is from; never both (Profile, 5.3.1).
fn source_without_feed(source: &feed::Source) -> Option<String> {
    let url = source.url.as_ref().map(ToString::to_string);
    if source.feed.is_some() { None } else { url.or_else(|| source.title.clone()) }
}

fn enclosure(file: &MediaFile) -> Enclosure {
    Enclosure {
        url: file.url.to_string(),
        // 0 stands for a length that is not known (Best Practices Profile, 4.1.1.20.5).
        length: file.length_bytes.unwrap_or(0).to_string(),
        mime_type: file.media_type.to_string(),
    }
}

/// The content; in a podcast without what plays its enclosure, of which programs would leave a bare link
/// at the top of the notes. What they have no enclosure of stays.
fn content<'e>(entry: &'e Entry, feed: &Feed<'_>) -> Option<Cow<'e, str>> {
    let content = entry.content.as_deref()?;
    let Some(player) = entry.player.as_ref().filter(|_| feed.podcast.is_some()) else {
        return Some(Cow::Borrowed(content));
    };
    let mut notes = content.replacen(player, "", 1);
    // A content without a text ends with the player, and its last line feed has been trimmed.
    if notes.len() == content.len() {
        notes = content.replacen(player.trim_end(), "", 1);
    }
    let notes = notes.trim();
    (!notes.is_empty()).then(|| Cow::Owned(notes.to_owned()))
}

fn elements(entry: &Entry, feed: &Feed<'_>) -> Vec<Element> {
    let mut elements = vec![Element::new("atom:updated").text(rfc_3339(entry.updated))];
    elements.extend(media::elements(entry, feed));
    elements.extend(context::place(entry));
    elements.extend(context::discussion_in_rss(entry));
    if let Some(podcast) = &feed.podcast {
        // The publication stands under articles that name nobody; it is heard in no episode, where the show
        // says who is.
        let is_unnamed = !podcast.persons.is_empty() && entry.authors == feed.authors;
        let heard = if is_unnamed { &[] } else { entry.authors.as_slice() };
        elements.extend(podcast::episode_elements(entry, heard));
    }
    elements
}

/// The crate declares `atom` itself.
fn declared(elements: &[Vec<Element>], own: &[Element]) -> BTreeMap<String, String> {
    let mut declared = namespaces(elements.iter().flatten().chain(own));
    declared.remove("atom");
    declared
}
