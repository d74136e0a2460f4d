//! feed-rs subscribes to a newsroom with headlines that break programs, and has what its editors wrote.
//!
//! `tests/readers/subscribe.py` does the same with six other programs.

use crate::serve::Preview;
use crate::support::{Site, repository, repository_text};
use chrono::{DateTime, Utc};
use feed_rs::model;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What subscribers must get of an edition, and what a program has of it.
#[derive(Debug, Deserialize, PartialEq)]
struct Feed {
    title: String,
    language: Option<String>,
    entries: Vec<Entry>,
}

/// Pictures arrive as enclosures: feed-rs takes a thumbnail only beside `media:content`, and no `image` of a JSON Feed.
#[derive(Debug, Deserialize, PartialEq)]
struct Entry {
    id: String,
    title: String,
    link: String,
    published: DateTime<Utc>,
    updated: DateTime<Utc>,
    authors: Vec<String>,
    content: String,
    enclosure: Option<String>,
}

fn text(text: Option<model::Text>) -> String {
    text.expect("there is a title").content
}

fn feed(feed: model::Feed) -> Feed {
    let entries = feed.entries.into_iter().map(entry).collect();
    Feed { title: text(feed.title), language: feed.language, entries }
}

/// An enclosure is a medium in RSS, and a link in the others.
fn entry(entry: model::Entry) -> Entry {
    let of_pictures =
        |link: &&model::Link| link.media_type.as_ref().is_some_and(|kind| kind.starts_with("image/"));
    let enclosed = entry.links.iter().find(of_pictures);
    let contents = entry.media.iter().flat_map(|media| &media.content);
    let played = contents.filter_map(|content| content.url.as_ref()).map(ToString::to_string).next();
    // RSS has a text in `description` where it needs no summary.
    let content = entry.content.and_then(|content| content.body);
    let content = content.or_else(|| entry.summary.map(|summary| summary.content));
    Entry {
        enclosure: enclosed.map(|link| link.href.clone()).or(played),
        link: entry.links[0].href.clone(),
        id: entry.id,
        title: text(entry.title),
        published: entry.published.expect("it was published"),
        updated: entry.updated.expect("it has a date"),
        authors: entry.authors.into_iter().filter_map(|author| author.name).collect(),
        content: content.expect("it has a text"),
    }
}

#[test]
fn what_the_editors_wrote_arrives() {
    let newsroom = repository("tests/readers/subscribed");
    let site = Site::copy_of(&newsroom, &["feedmill.toml", "articles", "static"]);
    site.write("tmp/.keep", "");
    let preview = Preview::now(&site);
    let expected = repository_text("tests/readers/subscribed/expected.json");
    let expected: BTreeMap<String, Feed> = serde_json::from_str(&expected).unwrap();
    for (edition, expected) in expected {
        for file in ["rss.xml", "atom.xml", "feed.json"] {
            let path = format!("/feeds/{edition}/{file}");
            let found = feed(feed_rs::parser::parse(&*preview.get(&path).body).unwrap());
            assert_eq!(found, expected, "{path}");
        }
    }
}
