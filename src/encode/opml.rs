//! OPML 2.0: a list of feeds to subscribe to.

use super::Format;
use super::date::rfc_822;
use super::xml::{self, Aside};
use crate::address::Address;
use crate::language::Language;
use chrono::{DateTime, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// A feed in the list.
pub struct Outline {
    /// The group that it stands in; none at the top of the list.
    pub group: Option<String>,
    /// Its title.
    pub title: String,
    /// Its address.
    pub feed_url: Address,
    /// The format at that address.
    pub format: Format,
    /// The page that it belongs to.
    pub home: Address,
    /// Its language.
    pub language: Option<Language>,
}

/// Writes a list. Feeds of one group stand together, in the order given; one level of groups, for
/// more confuses importers.
#[must_use]
pub fn encode(title: &str, modified: DateTime<Utc>, outlines: &[Outline]) -> String {
    let mut list = List { writer: Writer::new(Vec::new()) };
    list.start(BytesStart::new("opml").with_attributes([("version", "2.0")]));
    list.start(BytesStart::new("head"));
    list.element("title", title);
    list.element("dateModified", &rfc_822(modified));
    list.end("head");
    list.start(BytesStart::new("body"));
    for outline in outlines.iter().filter(|outline| outline.group.is_none()) {
        list.feed(outline);
    }
    let mut groups: Vec<&str> = Vec::new();
    for group in outlines.iter().filter_map(|outline| outline.group.as_deref()) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    for group in groups {
        list.start(BytesStart::new("outline").with_attributes([("text", group)]));
        for outline in outlines.iter().filter(|outline| outline.group.as_deref() == Some(group)) {
            list.feed(outline);
        }
        list.end("outline");
    }
    list.end("body");
    list.end("opml");
    let text = String::from_utf8(list.writer.into_inner()).expect("quick-xml writes what it is given");
    xml::respell(&text, &Aside::default())
}

struct List {
    writer: Writer<Vec<u8>>,
}

impl List {
    fn start(&mut self, tag: BytesStart<'_>) {
        self.write(Event::Start(tag));
    }

    fn end(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    fn element(&mut self, name: &str, text: &str) {
        self.start(BytesStart::new(name));
        self.write(Event::Text(BytesText::new(text)));
        self.end(name);
    }

    /// The type is `rss` for Atom and JSON too (OPML 2.0, "Subscription lists").
    fn feed(&mut self, outline: &Outline) {
        let mut tag = BytesStart::new("outline").with_attributes([
            ("type", "rss"),
            ("text", outline.title.as_str()),
            ("title", outline.title.as_str()),
            ("xmlUrl", outline.feed_url.as_str()),
            ("htmlUrl", outline.home.as_str()),
        ]);
        if let Some(language) = &outline.language {
            tag.push_attribute(("language", language.as_str()));
        }
        if outline.format == Format::Rss {
            tag.push_attribute(("version", "RSS2"));
        }
        self.write(Event::Empty(tag));
    }

    fn write(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("a write to memory does not fail");
    }
}
