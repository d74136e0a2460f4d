//! A feed that another program published: bytes in, entries out, with their ids byte for byte.
//!
//! Only what tells an entry from others is read: id, links, title, dates. Feed readers' own parsers would
//! not do: they trim ids, make up those that are missing, and refuse a feed for a fault in its content.

use super::{json, xml};
use crate::article::date;
use crate::diagnostic::{Code, Diagnostic, Lines, Location, Position};
use crate::text;
use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use encoding_rs::{Encoding, UTF_8};
use html_escape::decode_html_entities;
use std::borrow::Cow;

/// An old feed.
#[derive(Clone, Debug, PartialEq)]
pub struct OldFeed {
    /// What messages call it.
    pub name: String,
    /// Its entries, in its order.
    pub entries: Vec<OldEntry>,
}

/// An entry of an old feed.
#[derive(Clone, Debug, PartialEq)]
pub struct OldEntry {
    /// What readers know it by: its id, or its link where it has none. Empty where it has neither.
    pub id: String,
    /// Where its page may be, the likeliest first; as the feed has them.
    pub links: Vec<String>,
    /// Its title as plain text.
    pub title: String,
    /// When it was published.
    pub published: Option<DateTime<FixedOffset>>,
    /// The day that it stands under: published, else the last change.
    pub dated: Option<DateTime<FixedOffset>>,
    /// Where it stands in the feed.
    pub at: Position,
}

/// An entry as the formats have it.
#[derive(Debug, Default)]
pub(super) struct RawEntry {
    pub id: Option<String>,
    /// Is the id the address of its page too?
    pub id_is_page: bool,
    pub link: Option<String>,
    /// Where `link` leads in the end, where that goes through a service that counts.
    pub original_link: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub offset: usize,
}

/// Why something is no feed, and where that shows.
#[derive(Debug)]
pub(super) struct NotAFeed {
    pub offset: usize,
    pub message: String,
}

const HELP: &str = "name a file in RSS, Atom or JSON Feed, as the other program wrote it";

impl OldFeed {
    /// Reads a feed in any format. `name` is what messages call it; `timezone` is for dates without an
    /// offset.
    ///
    /// # Errors
    /// `not-a-feed`: it is something else, or damaged.
    pub fn read(name: &str, bytes: &[u8], timezone: Tz) -> Result<OldFeed, Diagnostic> {
        let refused = |position, message: String| {
            Diagnostic::new(Code::NotAFeed, Location::new(name, position), message).help(HELP)
        };
        if let Some((what, help)) = packed(bytes) {
            return Err(refused(Position::START, format!("this is {what}, expected a feed")).help(help));
        }
        let text = decoded(bytes);
        // As XML asks for (2.11); for JSON it makes no difference.
        let text = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.into_owned()
        };
        let lines = Lines::of(&text);
        let start = text.len() - text.trim_start().len();
        let raw = match text[start..].chars().next() {
            Some('<') => xml::read(&text),
            Some('{' | '[') => json::read(&text[start..], start),
            Some(_) => Err(NotAFeed {
                offset: start,
                message: "this is neither XML nor JSON, expected a feed".to_owned(),
            }),
            None => Err(NotAFeed { offset: 0, message: "this is empty, expected a feed".to_owned() }),
        };
        let raw = raw.map_err(|fault| refused(lines.position(fault.offset), fault.message))?;
        let entries = raw.into_iter().map(|raw| OldEntry::of(raw, &lines, timezone)).collect();
        Ok(OldFeed { name: name.to_owned(), entries })
    }
}

impl OldEntry {
    fn of(raw: RawEntry, lines: &Lines<'_>, timezone: Tz) -> OldEntry {
        let trimmed = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let link = trimmed(&raw.link);
        let page_of_id = trimmed(&raw.id).filter(|id| raw.id_is_page && id.starts_with("http"));
        let id = raw.id.filter(|id| !id.trim().is_empty());
        let links = [trimmed(&raw.original_link), link.clone(), page_of_id].into_iter().flatten();
        let time = |text: Option<String>| date::parse(text?.trim(), timezone).ok();
        let published = time(raw.published);
        OldEntry {
            id: id.or(link).unwrap_or_default(),
            title: plain(&raw.title.unwrap_or_default()),
            published,
            dated: published.or_else(|| time(raw.updated)),
            links: links.collect(),
            at: lines.position(raw.offset),
        }
    }

    /// How messages call it.
    #[must_use]
    pub fn described(&self) -> String {
        let title = if self.title.is_empty() {
            "an entry without a title".to_owned()
        } else {
            format!("`{}`", self.title)
        };
        let link = self.links.first().map(|link| format!(", at `{link}`")).unwrap_or_default();
        format!("{title}{link}, with the id `{}`", self.id)
    }
}

/// Nobody has unpacked it yet.
fn packed(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x1f, 0x8b, ..] => Some(("a gzip file", "unpack it first: `gzip -dc FILE | feedmill adopt -`")),
        [b'P', b'K', 3, 4, ..] => Some(("a zip file", "unpack it first, and name the feed in it")),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            Some(("a zstd file", "unpack it first: `zstd -dc FILE | feedmill adopt -`"))
        }
        _ => None,
    }
}

/// The encoding is what the byte order mark says, else what the XML declaration says, else UTF-8.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let declaration = bytes.get(..200.min(bytes.len())).unwrap_or_default();
    let declaration = String::from_utf8_lossy(declaration);
    let label = declaration
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split("?>").next()?.split("encoding").nth(1)?.split(['"', '\'']).nth(1));
    label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8).decode(bytes).0
}

/// A title without the markup that some formats allow in it.
fn plain(title: &str) -> String {
    let mut words = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(start) = rest.find('<') {
        let is_tag = rest[start + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match rest[start..].find('>').filter(|_| is_tag) {
            Some(length) => {
                words.push_str(&rest[..start]);
                rest = &rest[start + length + 1..];
            }
            // No tag will end any more.
            None if is_tag => break,
            None => {
                words.push_str(&rest[..=start]);
                rest = &rest[start + 1..];
            }
        }
    }
    words.push_str(rest);
    text::line(&decode_html_entities(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: impl AsRef<[u8]>) -> Vec<OldEntry> {
        OldFeed::read("old", text.as_ref(), chrono_tz::Europe::Riga).unwrap().entries
    }

    fn rss(item: &str) -> OldEntry {
        let text = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:dc=\"d\" xmlns:feedburner=\"f\"><channel><title>T</title><guid>x</guid>\n<item>{item}</item></channel></rss>"
        );
        let mut entries = read(text);
        assert_eq!(entries.len(), 1);
        entries.remove(0)
    }

    fn refused(bytes: &[u8]) -> String {
        let fault = OldFeed::read("old.xml", bytes, chrono_tz::UTC).unwrap_err();
        format!("{}: {}", fault.location, fault.message)
    }

    #[test]
    fn ids_arrive_byte_for_byte() {
        for (guid, expected) in [
            (
                "<guid isPermaLink=\"false\">https://post.example/?p=17&amp;x=1</guid>",
                "https://post.example/?p=17&x=1",
            ),
            (
                "<guid isPermaLink=\"true\"> https://post.example/ferry </guid>",
                " https://post.example/ferry ",
            ),
            ("<guid>\r\n  17\r\n</guid>", "\n  17\n"),
            ("<guid><![CDATA[a&amp;b]]>&#x43;</guid>", "a&amp;bC"),
            ("<guid>a<!-- no -->b</guid><guid>second</guid>", "ab"),
            ("<guid>&nbsp;</guid>", "&nbsp;"),
            ("<link> https://post.example/ferry </link>", "https://post.example/ferry"),
            ("<guid> </guid><link>https://post.example/ferry</link>", "https://post.example/ferry"),
            ("<guid/><link>https://post.example/ferry</link>", "https://post.example/ferry"),
            (
                "<source><guid>no</guid></source><media:group xmlns:media='m'><guid>no</guid></media:group>",
                "",
            ),
        ] {
            assert_eq!(rss(guid).id, expected, "{guid}");
        }
    }

    #[test]
    fn an_item_of_rss() {
        let entry = rss(
            "<title>The &lt;em&gt;ferry&lt;/em&gt; &amp;amp; we &lt; 3</title><link>https://feeds.example/~r/1</link>\
             <guid>https://post.example/ferry</guid><pubDate>Tue, 10 Mar 2020 08:00:00 +0200</pubDate>\
             <feedburner:origLink>https://post.example/ferry/</feedburner:origLink>",
        );
        assert_eq!(entry.title, "The ferry & we < 3");
        let links =
            ["https://post.example/ferry/", "https://feeds.example/~r/1", "https://post.example/ferry"];
        assert_eq!(entry.links, links);
        assert_eq!(entry.published.unwrap().to_rfc3339(), "2020-03-10T08:00:00+02:00");
        assert_eq!(entry.at, Position { line: 2, column: 1 });
    }

    #[test]
    fn an_entry_of_atom() {
        let entries = read(
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xml:base='https://post.example/blog/'><a:id>feed</a:id>\
             <a:entry><a:id> tag:post.example,2020:1 </a:id><a:link rel='edit' href='/e'/><a:link href='ferry?a=1&amp;b=2'/>\
             <a:title type='xhtml'><div>The <b>ferry</b></div></a:title><a:updated>2020-03-11T08:00:00Z</a:updated>\
             <a:source><a:id>other</a:id></a:source></a:entry><entry><id>not Atom's</id></entry></a:feed>",
        );
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].id, " tag:post.example,2020:1 ");
        assert_eq!(entries[0].links, ["https://post.example/blog/ferry?a=1&b=2"]);
        assert_eq!(entries[0].title, "The ferry");
        assert_eq!(
            (entries[0].published, entries[0].dated.unwrap().to_rfc3339()),
            (None, "2020-03-11T08:00:00+00:00".to_owned())
        );
    }

    #[test]
    fn items_of_json_and_of_rss_1() {
        let entries = read(
            "\u{feff}{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": 9007199254740993, \"url\": \"https://post.example/a\"},\
             {\"id\": \" x\\u00e9\\ud83c\\udf09 \", \"title\": \"Мост\", \"date_published\": \"2020-03-10\"}, {\"url\": \"https://post.example/b\"}]}",
        );
        let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["9007199254740993", " xé🌉 ", "https://post.example/b"]);
        assert_eq!(entries[1].published.unwrap().to_rfc3339(), "2020-03-10T00:00:00+02:00");
        let entries = read(
            "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='c'/><item rdf:about='urn:x:1'>\
             <title>A</title><link>https://post.example/a</link></item></rdf:RDF>",
        );
        assert_eq!((entries[0].id.as_str(), entries[0].links.len()), ("urn:x:1", 1));
    }

    #[test]
    fn other_encodings() {
        let text = "<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>Мост</title></item></channel></rss>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(read(&bytes)[0].title, "Мост");
    }

    #[test]
    fn what_is_no_feed_is_named() {
        for (bytes, expected) in [
            (&b"\x1f\x8b\x08"[..], "old.xml:1:1: this is a gzip file, expected a feed"),
            (b" \n", "old.xml:1:1: this is empty, expected a feed"),
            (b"hello", "old.xml:1:1: this is neither XML nor JSON, expected a feed"),
            (
                b"<!DOCTYPE html>\n<html><p>Hi<br></html>",
                "old.xml:1:1: this is an HTML page, expected a feed",
            ),
            (b"\n<html lang=en>", "old.xml:2:1: this is an HTML page, expected a feed"),
            (
                b"<opml/>",
                "old.xml:1:1: the root element is `opml`, expected that of a feed: `rss`, `feed` or `rdf:RDF`",
            ),
            (
                b"<!-- only -->",
                "old.xml:1:14: there is no root element, expected that of a feed: `rss`, `feed` or `rdf:RDF`",
            ),
            (b"{\"a\": 1}", "old.xml:1:1: this is JSON without a list of `items`, expected a JSON Feed"),
            (b"{\"items\":\n [,]}", "old.xml:2:3: this is no JSON: expected value"),
        ] {
            assert_eq!(refused(bytes), expected);
        }
        assert!(
            refused(b"<rss>\n<channel></item>").starts_with("old.xml:2:"),
            "{}",
            refused(b"<rss>\n<channel></item>")
        );
        let cut = refused(b"<rss><channel>\n<item><title>A</title>");
        assert_eq!(cut, "old.xml:2:23: the feed ends within an element; was it cut off?");
    }

    #[test]
    fn hostile_input_takes_linear_time() {
        let deep = format!("<rss><channel><item>{}", "<a>".repeat(300_000));
        assert!(OldFeed::read("old", deep.as_bytes(), chrono_tz::UTC).is_err());
        assert!(OldFeed::read("old", "{".repeat(1_000_000).as_bytes(), chrono_tz::UTC).is_err());
        assert!(OldFeed::read("old", "[".repeat(1_000_000).as_bytes(), chrono_tz::UTC).is_err());
        let title_of = |text: &str| rss(&format!("<title>{}</title>", text.repeat(300_000))).title.len();
        assert_eq!(title_of("&lt;a "), 300_000 * 3 - 1);
        assert_eq!(title_of("&amp;"), 300_000);
    }
}
