//! Feeds read back by an independent reader: the three formats tell the same.

use crate::support::{Site, repository};
use chrono::{DateTime, Utc};
use std::fs;
use walkdir::WalkDir;

/// What a reader gets of an entry in every format.
#[derive(Debug, PartialEq)]
pub struct Entry {
    pub id: String,
    pub title: String,
    pub link: String,
    pub published: Option<DateTime<Utc>>,
    pub updated: Option<DateTime<Utc>>,
    pub content: String,
    pub categories: Vec<String>,
}

/// Reads a feed in any format, strictly: an entry without one of its parts is a fault.
#[track_caller]
pub fn read(bytes: &[u8]) -> Vec<Entry> {
    let feed = feed_rs::parser::parse(bytes)
        .unwrap_or_else(|error| panic!("{error}:\n{}", String::from_utf8_lossy(bytes)));
    feed.entries.into_iter().map(entry).collect()
}

fn entry(entry: feed_rs::model::Entry) -> Entry {
    let content = entry.content.and_then(|content| content.body).filter(|content| !content.is_empty());
    // Without content the summary is shown; in RSS both stand in one place.
    let content = content.or(entry.summary.map(|summary| summary.content)).unwrap_or_default();
    Entry {
        id: entry.id,
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        link: entry.links.first().expect("every entry has its page").href.clone(),
        published: entry.published,
        updated: entry.updated,
        content: content.trim().to_owned(),
        // The one difference that is meant: FreshRSS cannot take an ampersand in a JSON tag.
        categories: entry.categories.iter().map(|category| category.term.replace('&', "＆")).collect(),
    }
}

#[test]
fn the_sample_feeds_tell_the_same_in_three_formats() {
    let mut feeds = 0;
    for file in WalkDir::new(repository("feeds")).into_iter().map(Result::unwrap) {
        if file.file_name() != "rss.xml" {
            continue;
        }
        let is_podcast = fs::read_to_string(file.path()).unwrap().contains("<itunes:type>");
        let entries_in = |name| {
            let mut entries = read(&fs::read(file.path().with_file_name(name)).unwrap());
            // Programs play the enclosure of a podcast; there the notes hold no player for it.
            entries
                .iter_mut()
                .filter(|_| is_podcast)
                .for_each(|entry| entry.content = without_player(&entry.content));
            entries
        };
        let rss = entries_in("rss.xml");
        feeds += usize::from(!rss.is_empty());
        assert_eq!(rss, entries_in("atom.xml"), "{}", file.path().display());
        assert_eq!(rss, entries_in("feed.json"), "{}", file.path().display());
    }
    assert_eq!(feeds, 23, "everything, 3 editions, 5 sections and their crossings; no Arabic recordings");
}

fn without_player(content: &str) -> String {
    let Some(start) = content.find("<figure><audio ") else { return content.to_owned() };
    let (player, after) = content[start..].split_once("</figure>\n").expect("a figure is closed");
    assert!(player.contains(" controls "), "{player}");
    format!("{}{after}", &content[..start])
}

#[test]
fn a_summary_is_shown_where_there_is_no_text() {
    let site = Site::of(&[
        ("feedmill.toml", "[site]\nurl = \"https://post.example/\"\n"),
        ("articles/photo.md", "---\npublished: 2026-11-20\nsummary: A boat at rest.\n---\n"),
    ]);
    site.build(&[]);
    for name in ["rss.xml", "atom.xml", "feed.json"] {
        let entries = read(site.read(&format!("feeds/{name}")).as_bytes());
        assert_eq!(entries[0].content, "<p>A boat at rest.</p>", "{name}");
    }
    assert!(!site.read("feeds/rss.xml").contains("<content:encoded>"));
    assert!(!site.read("feeds/atom.xml").contains("<content "));
}
