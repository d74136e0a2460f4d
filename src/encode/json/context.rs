//! What an entry stands beside, for which JSON Feed has no fields: a part of `_feedmill`.

use crate::feed::{self, Entry};
use crate::terms;
use serde::Serialize;

#[derive(Default, PartialEq, Serialize)]
pub struct Context<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<Licence<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comments: Option<Comments<'a>>,
}

#[derive(PartialEq, Serialize)]
struct Licence<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(PartialEq, Serialize)]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longitude: Option<f64>,
}

#[derive(PartialEq, Serialize)]
struct Source<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<&'a str>,
}

#[derive(PartialEq, Serialize)]
struct Related<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

#[derive(PartialEq, Serialize)]
struct Comments<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<&'a str>,
}

impl<'a> Context<'a> {
    pub fn of(entry: &'a Entry) -> Context<'a> {
        Context {
            rights: entry.rights.as_deref(),
            licence: entry.licence.as_ref().map(licence),
            location: entry.location.as_ref().map(location),
            source: entry.source.as_ref().map(source),
            related: entry.related.iter().map(related).collect(),
            comments: entry.comments.as_ref().map(comments),
        }
    }
}

fn licence(licence: &terms::Licence) -> Licence<'_> {
    Licence { url: licence.url.as_str(), name: licence.name.as_deref() }
}

fn location(location: &feed::Location) -> Location<'_> {
    let (latitude, longitude) = location.point.unzip();
    Location { name: location.name.as_deref(), latitude, longitude }
}

fn source(source: &feed::Source) -> Source<'_> {
    Source {
        title: source.title.as_deref(),
        url: source.url.as_ref().map(|url| url.as_str()),
        feed_url: source.feed.as_ref().map(|feed| feed.as_str()),
    }
}

fn related(related: &feed::Related) -> Related<'_> {
    Related {
        url: related.url.as_str(),
        title: related.title.as_deref(),
        language: related.language.as_ref().map(|language| language.as_str()),
    }
}

fn comments(comments: &feed::Comments) -> Comments<'_> {
    Comments {
        url: comments.url.as_ref().map(|url| url.as_str()),
        count: comments.count,
        feed_url: comments.feed.as_ref().map(|feed| feed.as_str()),
    }
}
