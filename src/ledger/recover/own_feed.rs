//! A feed that this program published, read back: what tells its entries apart, byte for byte.

use crate::encode::Format;
use crate::ledger::is_tellable;
use chrono::{DateTime, Utc};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use serde::Deserialize;
use std::borrow::Cow;

/// What one file says of a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnFeed {
    /// Its id; only Atom has one.
    pub id: Option<String>,
    /// What identifies it as a podcast; only RSS says it.
    pub show: Option<String>,
    /// Its title.
    pub title: String,
    /// Where the file is served.
    pub address: Option<String>,
    /// When it was last changed.
    pub updated: Option<DateTime<Utc>>,
    /// What stands in it, in its order.
    pub entries: Vec<OwnEntry>,
    /// What was withdrawn from it, and when.
    pub tombstones: Vec<(String, DateTime<Utc>)>,
    language: Option<String>,
}

/// What one file says of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnEntry {
    /// Its id.
    pub id: String,
    /// Its page.
    pub permalink: String,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
    /// When it was last changed.
    pub updated: Option<DateTime<Utc>>,
    /// Its language, where that is told.
    pub language: Option<String>,
}

impl OwnFeed {
    /// Reads a whole file; `None` where it is damaged.
    #[must_use]
    pub fn read(format: Format, bytes: &[u8]) -> Option<OwnFeed> {
        let text = std::str::from_utf8(bytes).ok()?;
        match format {
            Format::Rss | Format::Atom => Reading::of(format).through(text),
            Format::Json => of_json(text),
        }
    }

    /// Reads what stands before the entries, in the first bytes of a file.
    #[must_use]
    pub fn head(format: Format, bytes: &[u8]) -> OwnFeed {
        let text = String::from_utf8_lossy(bytes);
        match format {
            Format::Rss | Format::Atom => {
                let mut reading = Reading { is_head: true, ..Reading::of(format) };
                reading.walk(&text);
                reading.feed
            }
            Format::Json => OwnFeed { address: address_in_json(&text), ..OwnFeed::default() },
        }
    }
}

/// How far the reading of an XML file has come.
struct Reading {
    format: Format,
    is_head: bool,
    depth: usize,
    text: String,
    entry: Option<OwnEntry>,
    feed: OwnFeed,
}

impl Reading {
    fn of(format: Format) -> Reading {
        let (text, feed) = (String::new(), OwnFeed::default());
        Reading { format, is_head: false, depth: 0, text, entry: None, feed }
    }

    fn through(mut self, text: &str) -> Option<OwnFeed> {
        self.walk(text).then_some(self.feed)
    }

    /// Reads on to the end, which for a head is the first entry. Says whether it came there.
    fn walk(&mut self, text: &str) -> bool {
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    if self.is_head && self.is_entry(&tag) {
                        return true;
                    }
                    self.start(&tag);
                }
                Ok(Event::Empty(tag)) => {
                    self.start(&tag);
                    self.end(tag.name().as_ref());
                }
                Ok(Event::End(tag)) => self.end(tag.name().as_ref()),
                Ok(Event::Text(piece)) => self.text.push_str(&String::from_utf8_lossy(&piece)),
                Ok(Event::CData(piece)) => self.text.push_str(&String::from_utf8_lossy(&piece)),
                Ok(Event::GeneralRef(reference)) => self.text.push_str(&resolved(&reference)),
                Ok(Event::Eof) => return self.depth == 0,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
    }

    /// In how many elements the elements of the feed lie.
    fn level(&self) -> usize {
        if self.format == Format::Atom { 1 } else { 2 }
    }

    fn is_entry(&self, tag: &BytesStart<'_>) -> bool {
        let name: &[u8] = if self.format == Format::Atom { b"entry" } else { b"item" };
        self.depth == self.level() && tag.name().as_ref() == name
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        self.text.clear();
        let of_feed = self.depth == self.level();
        let of_entry = self.entry.is_some() && self.depth == self.level() + 1;
        if self.is_entry(tag) {
            let language = attribute(tag, "xml:lang").or_else(|| self.feed.language.clone());
            self.entry = Some(OwnEntry { language, ..OwnEntry::default() });
        } else if self.depth == 0 {
            self.feed.language = attribute(tag, "xml:lang");
        } else if of_feed || of_entry {
            self.attributes(tag);
        }
        self.depth += 1;
    }

    fn attributes(&mut self, tag: &BytesStart<'_>) {
        let rel = || attribute(tag, "rel");
        match (tag.name().as_ref(), &mut self.entry) {
            (b"link", Some(entry))
                if self.format == Format::Atom && rel().as_deref() == Some("alternate") =>
            {
                entry.permalink = attribute(tag, "href").unwrap_or_default();
            }
            (b"link" | b"atom:link", None) if rel().as_deref() == Some("self") => {
                self.feed.address = attribute(tag, "href");
            }
            (b"at:deleted-entry", None) => {
                let when = attribute(tag, "when").and_then(|when| time(&when));
                self.feed.tombstones.extend(attribute(tag, "ref").zip(when));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.depth = self.depth.saturating_sub(1);
        let text = std::mem::take(&mut self.text);
        let is_part = self.depth == self.level() + 1;
        if self.depth == self.level() {
            match (name, self.entry.take()) {
                (_, Some(entry)) => self.feed.entries.push(entry),
                (b"id", None) => self.feed.id = Some(text),
                (b"podcast:guid", None) => self.feed.show = Some(text),
                (b"title", None) => self.feed.title = text,
                (b"updated" | b"lastBuildDate", None) => self.feed.updated = time(&text),
                // RSS has its language here, Atom at the root.
                (b"language", None) => self.feed.language = Some(text),
                _ => {}
            }
        } else if let Some(entry) = self.entry.as_mut().filter(|_| is_part) {
            match name {
                b"id" | b"guid" => entry.id = text,
                b"title" => entry.title = text,
                b"link" if self.format == Format::Rss => entry.permalink = text,
                b"published" | b"pubDate" => entry.published = time(&text),
                b"updated" | b"atom:updated" => entry.updated = time(&text),
                b"dc:language" => entry.language = Some(text),
                _ => {}
            }
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
    let raw = String::from_utf8_lossy(&attribute.value).into_owned();
    quick_xml::escape::unescape(&raw).ok().map(Cow::into_owned)
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    resolve_predefined_entity(&String::from_utf8_lossy(reference)).unwrap_or_default().to_owned()
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text));
    Some(time.ok()?.to_utc()).filter(|time| is_tellable(*time))
}

#[derive(Deserialize)]
struct JsonFeed {
    title: String,
    feed_url: String,
    language: Option<String>,
    items: Vec<JsonItem>,
}

#[derive(Deserialize)]
struct JsonItem {
    id: String,
    url: String,
    title: String,
    date_published: String,
    date_modified: String,
    language: Option<String>,
}

fn of_json(text: &str) -> Option<OwnFeed> {
    let feed: JsonFeed = serde_json::from_str(text).ok()?;
    let language = feed.language;
    let entry = |item: JsonItem| OwnEntry {
        id: item.id,
        permalink: item.url,
        title: item.title,
        published: time(&item.date_published),
        updated: time(&item.date_modified),
        language: item.language.or_else(|| language.clone()),
    };
    Some(OwnFeed {
        title: feed.title,
        address: Some(feed.feed_url),
        entries: feed.items.into_iter().map(entry).collect(),
        ..OwnFeed::default()
    })
}

/// Half a file is no JSON, but ours have one key on each line.
fn address_in_json(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("\"feed_url\":"))?;
    serde_json::from_str(line.trim().trim_end_matches(',')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATOM: &str = "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n  <title>The Post</title>\n\
        <id>https://post.example/feeds/atom.xml</id><updated>2026-11-22T00:00:00Z</updated><generator>feedmill</generator>\
        <link href=\"https://post.example/\" rel=\"alternate\"/><link href=\"https://post.example/feeds/atom.xml\" rel=\"self\"/>\
        <entry xml:lang=\"ru\"><title>Мост &#x26; &#x3C;x&#x3E;</title><id> a&amp;b </id><updated>2026-11-21T00:00:00Z</updated>\
        <author><name>N</name></author><link href=\"https://post.example/r/\" rel=\"related\"/>\
        <link href=\"https://post.example/a/?x=1&amp;y\" rel=\"alternate\"/><published>2026-11-20T00:00:00Z</published>\
        <source><id>other</id><title>Other</title></source><content type=\"html\">&#x3C;p&#x3E;</content></entry>\
        <at:deleted-entry ref=\"gone&amp;1\" when=\"2026-11-19T00:00:00Z\"/></feed>";

    #[test]
    fn all_that_atom_tells() {
        let feed = OwnFeed::read(Format::Atom, ATOM.as_bytes()).unwrap();
        assert_eq!(feed.id.as_deref(), Some("https://post.example/feeds/atom.xml"));
        assert_eq!((feed.title.as_str(), feed.updated), ("The Post", time("2026-11-22T00:00:00Z")));
        assert_eq!(feed.address.as_deref(), Some("https://post.example/feeds/atom.xml"));
        let entry = OwnEntry {
            id: " a&b ".to_owned(),
            permalink: "https://post.example/a/?x=1&y".to_owned(),
            title: "Мост & <x>".to_owned(),
            published: time("2026-11-20T00:00:00Z"),
            updated: time("2026-11-21T00:00:00Z"),
            language: Some("ru".to_owned()),
        };
        assert_eq!(feed.entries, [entry]);
        assert_eq!(feed.tombstones, [("gone&1".to_owned(), time("2026-11-19T00:00:00Z").unwrap())]);
    }

    #[test]
    fn a_head_is_enough_for_the_address() {
        let cut = ATOM.find("<author>").unwrap();
        let head = OwnFeed::head(Format::Atom, &ATOM.as_bytes()[..cut]);
        assert_eq!(head.address.as_deref(), Some("https://post.example/feeds/atom.xml"));
        assert_eq!(head.entries, []);
        let json =
            b"{\n  \"version\": \"v\",\n  \"feed_url\": \"https://post.example/\\u0061.json\",\n  \"ite";
        let head = OwnFeed::head(Format::Json, json);
        assert_eq!(head.address.as_deref(), Some("https://post.example/a.json"));
    }

    #[test]
    fn what_is_damaged_tells_nothing() {
        assert_eq!(OwnFeed::read(Format::Atom, &ATOM.as_bytes()[..ATOM.len() - 9]), None);
        assert_eq!(OwnFeed::read(Format::Rss, b"<rss><channel></rss>"), None);
        assert_eq!(OwnFeed::read(Format::Json, b"{\"items\": []}"), None);
        let deep = format!("<feed><entry>{}", "<a>".repeat(300_000));
        assert_eq!(OwnFeed::read(Format::Atom, deep.as_bytes()), None);
        assert_eq!(OwnFeed::read(Format::Json, "[".repeat(1_000_000).as_bytes()), None);
    }
}
