//! Media RSS 1.5.1, which RSS and Atom both borrow.

use super::element::Element;
use crate::address::Address;
use crate::feed::{Entry, Feed, Media, MediaFile};
use crate::terms::Licence;

/// What stands in an entry of its media.
pub fn elements(entry: &Entry, feed: &Feed<'_>) -> Vec<Element> {
    if !feed.lists_media {
        let Some(cover) = &entry.cover else { return Vec::new() };
        // No `media:description` here, outside of a `media:content`: feedparser, and whatever is built on
        // it, takes that for the summary of the entry.
        let mut elements = vec![thumbnail_of(cover)];
        // Here they are true of all media of the entry (Media RSS, "Optional Elements"): FreshRSS would
        // credit a recording to the photographer of the cover.
        if entry.enclosures.is_empty() {
            elements.extend(owed(cover));
        }
        return elements;
    }
    let first: Vec<&Media> = entry.cover.iter().chain(&entry.enclosures).collect();
    let is_new = |media: &&Media| first.iter().all(|known| known.file.url != media.file.url);
    let all = first.iter().copied().chain(entry.media.iter().filter(is_new));
    entry.cover.iter().map(thumbnail_of).chain(all.map(listed)).collect()
}

/// A picture or recording; several renditions of one are a group (`media:group`).
fn listed(media: &Media) -> Element {
    if media.renditions.is_empty() {
        return content(&media.file).children(described(media));
    }
    let default = content(&media.file).attribute("isDefault", Some(true));
    let others = media.renditions.iter().map(content);
    Element::new("media:group").children(std::iter::once(default).chain(others)).children(described(media))
}

fn content(file: &MediaFile) -> Element {
    Element::new("media:content")
        .attribute("url", Some(&file.url))
        .attribute("type", Some(&file.media_type))
        .attribute("medium", Some(file.media_type.medium().as_str()))
        .attribute("fileSize", file.length_bytes.filter(|&length| length > 0))
        .attribute("width", file.size.map(|(width, _)| width))
        .attribute("height", file.size.map(|(_, height)| height))
        .attribute(
            "duration",
            file.duration.map(|duration| duration.as_secs()).filter(|&seconds| seconds > 0),
        )
}

fn described(media: &Media) -> Vec<Element> {
    let plain = |name, text: &Option<String>| {
        let element = |text: &String| Element::new(name).attribute("type", Some("plain")).text(text);
        text.as_ref().map(element)
    };
    // What it shows is its description; the words under it are that only where nothing else is.
    let (caption, description) = match media.alt {
        Some(_) => (&media.caption, &media.alt),
        None => (&None, &media.caption),
    };
    let title = if media.title.is_some() { &media.title } else { caption };
    let mut elements = Vec::new();
    elements.extend(plain("media:title", title));
    elements.extend(plain("media:description", description));
    elements.extend(media.poster.as_ref().map(|poster| thumbnail(poster, None)));
    elements.extend(owed(media));
    elements
}

/// To whom and on what terms. The validator does not know `media:license`, which came with 1.5.
fn owed(media: &Media) -> Vec<Element> {
    let credit = media.credit.as_ref().map(|credit| Element::new("media:credit").text(credit));
    let licence = media.licence.as_ref().map(|said| {
        let element = Element::new("media:copyright");
        match Licence::meant(said) {
            Some(licence) => element.attribute("url", Some(&licence.url)).text(licence.words()),
            None => element.text(said),
        }
    });
    credit.into_iter().chain(licence).collect()
}

fn thumbnail_of(cover: &Media) -> Element {
    thumbnail(&cover.file.url, cover.file.size)
}

fn thumbnail(url: &Address, size: Option<(u32, u32)>) -> Element {
    Element::new("media:thumbnail")
        .attribute("url", Some(url))
        .attribute("width", size.map(|(width, _)| width))
        .attribute("height", size.map(|(_, height)| height))
}
