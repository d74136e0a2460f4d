//! JSON Feed 1.1. What is absent is left out; there is no `null`.

mod context;

use super::date::rfc_3339;
use super::html::paragraph;
use crate::access::Access;
use crate::feed::{Entry, Feed, Media, Place};
use crate::person::Person;
use context::Context;
use serde::Serialize;
use std::borrow::Cow;

const VERSION: &str = "https://jsonfeed.org/version/1.1";

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    favicon: Option<&'a str>,
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    #[serde(rename = "_feedmill", skip_serializing_if = "Option::is_none")]
    extension: Option<FeedExtension<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct FeedExtension<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    support: Option<Support<'a>>,
}

#[derive(Serialize)]
struct Support<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(PartialEq, Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<&'a str>,
}

#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    content_html: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    #[serde(rename = "_feedmill", skip_serializing_if = "Option::is_none")]
    extension: Option<ItemExtension<'a>>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u64>,
}

#[derive(Default, PartialEq, Serialize)]
struct ItemExtension<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contributors: Vec<Contributor<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    episode: Option<Episode<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Picture<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translations: Vec<Translation<'a>>,
    #[serde(flatten)]
    context: Context<'a>,
}

#[derive(Default, PartialEq, Serialize)]
struct Episode<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    season: Option<u32>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transcripts: Vec<Transcript<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chapters: Option<&'a str>,
}

#[derive(PartialEq, Serialize)]
struct Transcript<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// What is said of the `image`, for which the format has no place.
#[derive(Default, PartialEq, Serialize)]
struct Picture<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    alt: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
}

#[derive(PartialEq, Serialize)]
struct Contributor<'a> {
    #[serde(flatten)]
    person: Author<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
}

#[derive(PartialEq, Serialize)]
struct Translation<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

pub fn encode(feed: &Feed<'_>, place: &Place) -> String {
    let support = feed.support.map(|(url, text)| Support { url: url.as_str(), text });
    let document = JsonFeed {
        version: VERSION,
        title: &feed.title,
        home_page_url: feed.home.as_str(),
        feed_url: place.address.as_str(),
        description: feed.description.as_deref(),
        next_url: place.previous.as_ref().map(|address| address.as_str()),
        icon: feed.icon.or(feed.logo).map(|icon| icon.as_str()),
        favicon: feed.icon.map(|icon| icon.as_str()),
        authors: feed.authors.iter().map(author).collect(),
        language: feed.language.as_ref().map(|language| language.as_str()),
        hubs: feed.hubs.iter().map(|hub| Hub { kind: "WebSub", url: hub.as_str() }).collect(),
        extension: (feed.rights.is_some() || support.is_some())
            .then_some(FeedExtension { rights: feed.rights.as_deref(), support }),
        items: feed.entries.iter().map(|entry| item(entry, feed)).collect(),
    };
    let mut text =
        serde_json::to_string_pretty(&document).expect("texts, numbers and lists have a JSON form");
    text.push('\n');
    text
}

fn item<'a>(entry: &'a Entry, feed: &Feed<'_>) -> Item<'a> {
    let language = entry.language.as_ref();
    let summary = entry.summary.as_deref();
    let content = entry.content.as_deref().map(Cow::Borrowed);
    let content = content.or_else(|| Some(Cow::Owned(paragraph(summary?, language))));
    Item {
        id: &entry.id,
        url: entry.permalink.as_str(),
        external_url: entry.external.as_ref().map(|page| page.as_str()),
        title: &entry.title,
        // An item needs its content; one without any text has an empty one.
        content_html: content.unwrap_or_default(),
        summary,
        image: entry.cover.as_ref().map(|cover| cover.file.url.as_str()),
        date_published: rfc_3339(entry.published),
        date_modified: rfc_3339(entry.updated),
        authors: entry.authors.iter().map(author).collect(),
        tags: entry.categories.iter().map(|category| tag(&category.name)).collect(),
        language: language.filter(|_| entry.language != feed.language).map(|language| language.as_str()),
        attachments: entry.enclosures.iter().chain(&entry.cover).map(attachment).collect(),
        extension: extension(entry),
    }
}

fn extension(entry: &Entry) -> Option<ItemExtension<'_>> {
    let extension = ItemExtension {
        access: (entry.access == Access::Members).then_some("members"),
        words: entry.reading.map(|reading| reading.words),
        minutes: entry.reading.map(|reading| reading.minutes),
        canonical: entry.canonical.as_ref().map(|page| page.as_str()),
        contributors: entry.contributors.iter().map(contributor).collect(),
        episode: entry.episode.as_deref().map(episode).filter(|episode| *episode != Episode::default()),
        image: entry.cover.as_ref().map(picture).filter(|said| *said != Picture::default()),
        translations: entry.translations.iter().map(translation).collect(),
        context: Context::of(entry),
    };
    (extension != ItemExtension::default()).then_some(extension)
}

/// FreshRSS loses the whole feed over an ampersand in a tag, so a wide one stands in for it.
fn tag(name: &str) -> String {
    name.replace('&', "＆")
}

fn author(person: &Person) -> Author<'_> {
    Author {
        name: &person.name,
        url: person.url.as_ref().map(|url| url.as_str()),
        avatar: person.avatar.as_ref().map(|picture| picture.as_str()),
    }
}

fn contributor(who: &crate::feed::Contributor) -> Contributor<'_> {
    Contributor { person: author(&who.person), role: who.role.as_deref() }
}

fn picture(cover: &Media) -> Picture<'_> {
    Picture {
        alt: cover.alt.as_deref(),
        caption: cover.caption.as_deref(),
        credit: cover.credit.as_deref(),
        licence: cover.licence.as_deref(),
        width: cover.file.size.map(|(width, _)| width),
        height: cover.file.size.map(|(_, height)| height),
    }
}

fn attachment(media: &Media) -> Attachment<'_> {
    Attachment {
        url: media.file.url.as_str(),
        mime_type: media.file.media_type.as_str(),
        title: media.title.as_deref(),
        size_in_bytes: media.file.length_bytes,
        duration_in_seconds: media.file.duration.map(|duration| duration.as_secs()),
    }
}

fn episode(episode: &crate::feed::Episode) -> Episode<'_> {
    Episode {
        number: episode.number.as_deref(),
        season: episode.season,
        kind: episode.kind.map(|kind| kind.as_str()),
        transcripts: episode.transcripts.iter().map(transcript).collect(),
        chapters: episode.chapters.as_ref().map(|(url, _)| url.as_str()),
    }
}

fn transcript(transcript: &crate::feed::Transcript) -> Transcript<'_> {
    Transcript {
        url: transcript.url.as_str(),
        mime_type: transcript.media_type.as_str(),
        language: transcript.language.as_ref().map(|language| language.as_str()),
    }
}

fn translation(translation: &crate::feed::Translation) -> Translation<'_> {
    Translation {
        id: &translation.id,
        url: translation.permalink.as_str(),
        title: &translation.title,
        language: translation.language.as_ref().map(|language| language.as_str()),
    }
}
