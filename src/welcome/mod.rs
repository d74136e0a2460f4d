//! What a person sees who opens a feed in a browser: a stylesheet that hides the feed, and one block of XHTML that says what this is.
//!
//! Browsers show XML with a CSS stylesheet, and make the links of XHTML elements in it work; they run no XSLT for much longer. Readers pass
//! the block over: it is of another namespace, and holds no element that a feed has.

use crate::address::Address;
use crate::encode::Format;
use crate::feed::{Entry, Feed};
use crate::language::Language;
use crate::settings::Settings;
use crate::templates;
use crate::text::escape_html;
use crate::texts::Texts;
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of the stylesheet's file.
pub const STYLESHEET_FILE_NAME: &str = "feed.css";
/// The stylesheet.
pub const STYLESHEET: &str = include_str!("feed.css");

/// The entries that a person sees at once; readers get them all.
const NEWEST: usize = 10;

/// What is put into a feed for people.
#[derive(Clone, Debug)]
pub struct Welcome {
    stylesheet: String,
    block: String,
}

/// The block, as its template has it.
#[derive(Serialize)]
struct Block<'a> {
    lang: &'a str,
    dir: &'a str,
    feed_lang: Option<&'a str>,
    feed_dir: Option<&'a str>,
    title: &'a str,
    page: &'a str,
    newest: Vec<Newest<'a>>,
    t: &'a BTreeMap<&'static str, String>,
}

/// An entry as the block shows it.
#[derive(Serialize)]
struct Newest<'a> {
    title: &'a str,
    href: &'a str,
    lang: Option<&'a str>,
    dir: Option<&'a str>,
    published: String,
    day: String,
    summary: Option<&'a str>,
}

impl Welcome {
    /// The block of a feed. `page` is where people subscribe, in the feed's language.
    #[must_use]
    pub fn of(feed: &Feed<'_>, page: &Address, stylesheet: &Address, settings: &Settings) -> Welcome {
        let texts = Texts::of(feed.language.as_ref(), settings);
        let other = feed.language.as_ref().filter(|language| **language != texts.language);
        let newest = feed.entries.iter().take(NEWEST).map(|entry| newest(entry, feed, &texts, settings));
        let block = Block {
            lang: texts.language.as_str(),
            dir: texts.language.direction().as_str(),
            feed_lang: other.map(Language::as_str),
            feed_dir: other.map(|language| language.direction().as_str()),
            title: &feed.title,
            page: page.as_str(),
            newest: newest.collect(),
            t: texts.all(),
        };
        let block = templates::render("welcome.xml", &block);
        // The path alone, so that a copy of the site shows its own.
        Welcome { stylesheet: stylesheet.path().to_owned(), block }
    }

    /// Puts it into a feed of this format, before its entries: what tells programs about the feed itself stands first, for
    /// some read only the beginning of a file.
    #[must_use]
    pub fn put_into(&self, mut xml: String, format: Format) -> String {
        let (entry, end, indent) = match format {
            Format::Rss => ("\n    <item>", "\n  </channel>", "    "),
            Format::Atom => ("\n  <entry", "\n</feed>", "  "),
            Format::Json => return xml,
        };
        let Some(head_end) = xml.find(entry).or_else(|| xml.rfind(end)) else { return xml };
        let declaration_end = xml.find("?>").map_or(0, |at| at + 2);
        let stylesheet = escape_html(&self.stylesheet);
        let block: String = self.block.lines().map(|line| format!("\n{indent}{line}")).collect();
        xml.insert_str(head_end, &block);
        let instruction = format!("\n<?xml-stylesheet type=\"text/css\" href=\"{stylesheet}\"?>");
        xml.insert_str(declaration_end, &instruction);
        xml
    }
}

fn newest<'a>(entry: &'a Entry, feed: &Feed<'_>, texts: &Texts, settings: &Settings) -> Newest<'a> {
    let other = entry.language.as_ref().filter(|_| entry.language != feed.language);
    Newest {
        title: &entry.title,
        href: entry.permalink.as_str(),
        lang: other.map(Language::as_str),
        dir: other.map(|language| language.direction().as_str()),
        published: entry.published.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        day: texts.date(entry.published, settings.site.timezone),
        summary: entry.summary.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_stylesheet_is_escaped() {
        let welcome = Welcome { stylesheet: "/a&b/feed.css".to_owned(), block: "<div/>\n".to_owned() };
        let xml = "<?xml version=\"1.0\"?>\n<feed>\n  <id>a</id>\n</feed>\n".to_owned();
        assert_eq!(
            welcome.put_into(xml, Format::Atom),
            "<?xml version=\"1.0\"?>\n<?xml-stylesheet type=\"text/css\" href=\"/a&amp;b/feed.css\"?>\n\
             <feed>\n  <id>a</id>\n  <div/>\n</feed>\n"
        );
    }
}
