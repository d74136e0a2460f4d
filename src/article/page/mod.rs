//! A whole HTML page as a source file: what it says of itself in its `<meta>`, its JSON-LD and its
//! microdata, under feedmill's own names of fields.

mod linked_data;
mod scan;
mod shape;
mod table;

use super::described::Described;
use crate::diagnostic::{Code, Diagnostic, Lines, Location, Position};
use std::collections::BTreeMap;

/// Is this text a whole page? What is not begins with what stands in a body.
#[must_use]
pub fn is_page(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(inside) = rest
        .strip_prefix("<!--")
        .map(|inside| inside.split_once("-->"))
        .or_else(|| rest.strip_prefix("<?").map(|inside| inside.split_once('>')))
    {
        let Some((_, after)) = inside else { return false };
        rest = after.trim_start();
    }
    ["<!doctype", "<html", "<head", "<body"].iter().any(|start| {
        let begins = rest.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
        begins && rest[start.len()..].starts_with(|next: char| next == '>' || next.is_whitespace())
    })
}

/// Reads what a page says of itself. Its first line is the file's line `first_line`.
#[must_use]
pub fn describe(path: &str, html: &str, first_line: u32) -> Described {
    let lines = Lines::of(html);
    let at = |offset: usize| lines.position(offset).below(first_line - 1);
    let mut scanned = scan::scan(html);
    let mut diagnostics = Vec::new();
    for script in scanned.scripts.into_iter().take(MOST_OF_A_NAME) {
        if let Err(fault) = linked_data::read(html, script.clone(), &mut scanned.finds) {
            let message = format!("the JSON-LD does not parse, and was passed over: {}", fault.message);
            diagnostics.push(Diagnostic::new(
                Code::DamagedData,
                Location::new(path, at(fault.offset)),
                message,
            ));
        }
    }
    Described { fields: shape::fields(&scanned.finds, &at), base: shape::base(&scanned.finds), diagnostics }
}

/// A value in a page.
#[derive(Clone, Debug)]
struct Piece {
    at: usize,
    said: Said,
}

#[derive(Clone, Debug)]
enum Said {
    /// As it stands in the source, character references and all.
    Text(String),
    /// Parts of one thing, such as the name and the page of a person.
    Parts(Vec<(&'static str, Piece)>),
}

impl Piece {
    fn text(text: &str, at: usize) -> Piece {
        Piece { at, said: Said::Text(text.to_owned()) }
    }
}

/// Values by their names in the table, in the order of the source.
#[derive(Debug, Default)]
struct Finds(BTreeMap<&'static str, Vec<Piece>>);

/// No page says one thing more often.
const MOST_OF_A_NAME: usize = 100;

impl Finds {
    fn add(&mut self, name: &str, piece: Piece) {
        let Some(name) = table::known(name) else { return };
        let pieces = self.0.entry(name).or_default();
        if pieces.len() < MOST_OF_A_NAME {
            pieces.push(piece);
        }
    }

    fn all(&self, name: &str) -> &[Piece] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    fn last_mut(&mut self, name: &str) -> Option<&mut Piece> {
        self.0.get_mut(table::known(name)?)?.last_mut()
    }
}

/// Finds the place of an offset in the page.
type Places<'a> = &'a dyn Fn(usize) -> Position;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Node, Value};

    fn described(html: &str) -> Described {
        describe("a.html", html, 1)
    }

    fn said(html: &str, field: &str) -> Option<String> {
        fn spelled(node: &Node) -> String {
            match &node.value {
                Value::Text(text) => text.to_string(),
                Value::List(items) => items.iter().map(spelled).collect::<Vec<_>>().join("; "),
                Value::Map(map) => map
                    .entries
                    .iter()
                    .map(|(key, node)| format!("{}={}", key.name, spelled(node)))
                    .collect::<Vec<_>>()
                    .join(" "),
                other => other.kind().to_owned(),
            }
        }
        described(html).fields.get(field).map(spelled)
    }

    fn is(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn pages_and_fragments() {
        for page in ["<!doctype html>", "\n<!-- x --><HTML>", "<?xml version='1'?><html lang=en>", "<body\n>"]
        {
            assert!(is_page(page), "{page}");
        }
        for fragment in ["<p>text", "<header>", "text <html>", "<!-- <html> ", "<htmlx>", "<!-- x -->"] {
            assert!(!is_page(fragment), "{fragment}");
        }
    }

    #[test]
    fn the_title_without_the_site() {
        let site = "<meta property=og:site_name content='The Post'>";
        assert_eq!(
            said(&format!("{site}<title>Ferry - night | The Post</title>"), "title"),
            is("Ferry - night")
        );
        assert_eq!(said(&format!("{site}<title>The Post – Ferry</title>"), "title"), is("Ferry"));
        assert_eq!(said("<title>Ferry - night</title>", "title"), is("Ferry - night"));
        assert_eq!(said("<title>Ferry | Post</title><h1>Ferry &amp; co</h1>", "title"), is("Ferry & co"));
        let odd = "<title>Ferry | Post</title><h1>Post</h1><article><h1> The\n Ferry</h1></article>";
        assert_eq!(said(odd, "title"), is("Post"));
    }

    #[test]
    fn dates_in_order_of_trust() {
        let meta = "<meta name=DC.date.issued content=2026-01-02><meta property=article:published_time content=2026-01-01>";
        assert_eq!(said(meta, "published"), is("2026-01-01"));
        let broken = "<meta property=article:published_time content=soon><meta name=date content=2026-01-03>";
        assert_eq!(said(broken, "published"), is("2026-01-03"));
        assert_eq!(said("<meta name=date content=soon>", "published"), is("soon"));
        assert_eq!(
            said("<time datetime=2026-01-04>x</time><time datetime=2026-01-04>", "published"),
            is("2026-01-04")
        );
        assert_eq!(said("<time datetime=2026-01-04><time datetime=2026-01-05>", "published"), None);
        let one = "<article><time datetime=2026-01-04></time></article><time datetime=2026-01-05>";
        assert_eq!(said(one, "published"), is("2026-01-04"));
        assert_eq!(
            said("<abbr itemprop=datePublished title=2026-01-06>8 AM</abbr>", "published"),
            is("2026-01-06")
        );
        assert_eq!(said("<b itemprop=datePublished>8 AM</b>", "published"), None);
        assert_eq!(said("<b itemprop='datePublished'>2026-01-06</b> c", "published"), is("2026-01-06"));
    }

    #[test]
    fn linked_data() {
        let data = r##"<script type="application/ld+json">{"@graph":[
            {"@type":["NewsArticle"],"headline":"A &amp; B","author":[{"@id":"#b"},{"name":"Cy, Jr."},"Dee and Eli"],
             "keywords":["x","y, z"],"image":["https://e.example/a.jpg"],"isAccessibleForFree":"False",
             "articleSection":["News","All"],"dateModified":"2026-02-01"},
            {"@type":"Person","@id":"#b","name":"Bo"}]}</script>"##;
        assert_eq!(said(data, "title"), is("A & B"));
        assert_eq!(said(data, "authors"), is("name=Bo; name=Cy, Jr.; Dee; Eli"));
        assert_eq!(said(data, "tags"), is("x; y; z"));
        assert_eq!(said(data, "cover"), is("src=https://e.example/a.jpg"));
        assert_eq!(said(data, "access"), is("members"));
        assert_eq!(said(data, "section"), is("News"));
        assert_eq!(said(data, "updated"), is("2026-02-01"));
        let hidden = "<script type=application/ld+json>//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"A\"};\n//]]></script>";
        assert_eq!(said(hidden, "title"), is("A"));
    }

    #[test]
    fn values_know_their_place() {
        let html = "<html>\n<meta name='date'\n content=' 2026-01-01'>\n<script type='application/ld+json'>\n\
                    {\"@type\": \"Article\",\n \"headline\": \"Ж\", \"author\": \"Bo\"}</script>";
        let fields = described(html).fields;
        let at = |field: &str| fields.get(field).map(|node| (node.at.line, node.at.column));
        assert_eq!(at("published"), Some((3, 12)));
        assert_eq!(at("title"), Some((6, 15)));
        assert_eq!(at("authors"), Some((6, 30)));
    }

    #[test]
    fn what_networks_say_of_a_picture() {
        let html = "<meta property=og:image content=/a.jpg><meta property=og:image:width content=8>\
                    <meta property=og:image content=/b.jpg><meta property=og:image:alt content=B>";
        assert_eq!(said(html, "cover"), is("src=/a.jpg width=8"));
    }

    #[test]
    fn where_relative_addresses_start() {
        let base = |html: &str| described(html).base.map(|base| base.as_str().to_owned());
        let canonical = "<link rel=canonical href=https://e.example/news/ferry/>";
        assert_eq!(base(canonical), is("https://e.example/news/ferry/"));
        assert_eq!(base(&format!("{canonical}<base href=/old/>")), is("https://e.example/old/"));
        assert_eq!(
            base("<!-- saved from url=(0026)https://e.example/a.html -->"),
            is("https://e.example/a.html")
        );
        assert_eq!(
            base("<link rel=canonical href=https://e.example/>"),
            None,
            "no article is the front page"
        );
    }

    #[test]
    fn sources_of_pelican() {
        let html = "<meta name=category content=News><meta name=status content=draft><meta name=translation content=true>";
        assert_eq!((said(html, "category"), said(html, "status")), (is("News"), is("draft")));
        assert_eq!(said(html, "translation"), None);
        assert_eq!(said(&format!("{html}<meta property=og:title content=A>"), "status"), None);
    }

    #[test]
    fn pages_for_members() {
        for locked in [
            "<meta name=access content=members>",
            "<meta name=Visibility content=paid>",
            "<meta name=paywall content=yes>",
            "<meta name=members-only content=true>",
            "<meta name=access content=public><meta property=article:content_tier content=locked>",
        ] {
            assert_eq!(said(locked, "access"), is("members"), "{locked}");
        }
        for free in [
            "<meta name=access content=Public>",
            "<meta name=paywall content=false>",
            "<meta property=article:content_tier content=free>",
        ] {
            assert_eq!(said(free, "access"), None, "{free}");
        }
    }

    #[test]
    fn damaged_data_is_told_and_passed_over() {
        let html = "<title>A</title>\n<script type=application/ld+json> {\"@type\": \"Article\"</script>";
        let described = described(html);
        assert_eq!(described.diagnostics[0].location.to_string(), "a.html:2:35");
        assert!(described.fields.get("title").is_some());
        let deep = format!("<script type=application/ld+json>{}</script>", "[".repeat(1_000_000));
        assert_eq!(describe("a.html", &deep, 1).diagnostics.len(), 1);
        let closed = format!(
            "<script type=application/ld+json>{}{}</script>",
            "[".repeat(500_000),
            "]".repeat(500_000)
        );
        assert!(describe("a.html", &closed, 1).fields.entries.is_empty());
    }
}
