//! A feed file read as strictly as its format allows.

use super::html::is_absolute;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use serde_json::Value;

/// What a feed file tells.
#[derive(Debug, Default)]
pub struct FeedFile {
    /// The ids of its entries, in order.
    pub ids: Vec<String>,
    /// Every text that readers show as HTML.
    pub html: Vec<String>,
}

/// Reads a file; panics where a strict parser would refuse it, or where it holds a character or an address
/// that no feed may hold.
pub fn read(path: &str, bytes: &[u8]) -> FeedFile {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    is_legal(text, path);
    let mut told = FeedFile::default();
    if path.ends_with(".html") {
        // Whatever an article says, the page has its own script and no other.
        assert_eq!(text.matches("<script").count(), 1, "{path}");
    } else if path.ends_with(".css") || path.ends_with(".js") {
        // They are the same for every newsroom.
    } else if path.ends_with(".json") {
        let feed: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for item in feed["items"].as_array().expect("items") {
            told.ids.push(item["id"].as_str().expect("an id").to_owned());
            told.html.extend(item["content_html"].as_str().map(str::to_owned));
        }
        each_text(&feed, &mut |name, text| {
            is_legal(text, path);
            if matches!(name, "url" | "external_url" | "image" | "banner_image" | "icon" | "favicon") {
                assert!(is_absolute(text, &["http", "https", "mailto"]), "{path}: {name}: {text:?}");
            }
        });
    } else {
        for element in elements(path, text) {
            element.read(path, &mut told);
        }
    }
    told
}

/// XML 1.0 allows no others, and those that it discourages are accidents.
fn is_legal(text: &str, path: &str) {
    let is_forbidden = |character: char| {
        matches!(character, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}')
            || character as u32 & 0xfffe == 0xfffe
    };
    assert_eq!(text.chars().find(|&character| is_forbidden(character)), None, "{path}");
}

fn each_text<'v>(value: &'v Value, look: &mut dyn FnMut(&'v str, &'v str)) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) => look(name, text),
                    _ => each_text(member, look),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each_text(item, look)),
        _ => {}
    }
}

/// An element of XML, with the text directly in it.
struct Element {
    /// The names of all that it stands in, and its own, with `/` between them.
    path: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn read(self, path: &str, told: &mut FeedFile) {
        is_legal(&self.text, path);
        for (name, value) in &self.attributes {
            is_legal(value, path);
            if matches!(name.as_str(), "href" | "src" | "url" | "xmlUrl" | "htmlUrl" | "uri") {
                assert!(is_absolute(value, &["http", "https"]), "{path}: {}: {name}={value:?}", self.path);
            }
        }
        match self.path.as_str() {
            "rss/channel/item/guid" | "feed/entry/id" => told.ids.push(self.text),
            "rss/channel/item/content:encoded" | "rss/channel/item/description" => told.html.push(self.text),
            "feed/entry/content" | "feed/entry/summary" => {
                assert!(
                    self.attributes.contains(&("type".to_owned(), "html".to_owned())),
                    "{path}: {}",
                    self.path
                );
                told.html.push(self.text);
            }
            "rss/channel/item/link"
            | "rss/channel/link"
            | "feed/logo"
            | "feed/icon"
            | "rss/channel/image/url" => {
                assert!(
                    is_absolute(&self.text, &["http", "https"]),
                    "{path}: {}: {:?}",
                    self.path,
                    self.text
                );
            }
            _ => {}
        }
    }
}

/// All elements, in the order in which they end.
fn elements(path: &str, text: &str) -> Vec<Element> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut open: Vec<Element> = Vec::new();
    let mut closed = Vec::new();
    loop {
        let (namespace, event) =
            reader.read_resolved_event().unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        assert!(!matches!(namespace, ResolveResult::Unknown(_)), "{path}: {namespace:?} is not declared");
        match event {
            Event::Start(tag) => open.push(element(&tag, open.last())),
            Event::Empty(tag) => closed.push(element(&tag, open.last())),
            Event::End(_) => closed.extend(open.pop()),
            Event::Text(text) => append(&mut open, &text.decode().expect("UTF-8"), path),
            Event::GeneralRef(reference) => {
                let name = reference.decode().expect("UTF-8");
                let character = reference.resolve_char_ref().expect("a character that there is");
                let predefined = || resolve_predefined_entity(&name).map(str::to_owned);
                let text = character.map(String::from).or_else(predefined);
                append(&mut open, &text.unwrap_or_else(|| panic!("{path}: &{name}; is not declared")), path);
            }
            Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
            other => panic!("{path}: {other:?} is nothing that a feed needs"),
        }
    }
    assert!(open.is_empty() && !closed.is_empty(), "{path} ends early");
    closed
}

fn element(tag: &BytesStart<'_>, parent: Option<&Element>) -> Element {
    let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let name = utf8(tag.name().as_ref());
    let attributes = tag.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute with a value, once");
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).expect("no strange reference");
        (utf8(attribute.key.as_ref()), value.into_owned())
    });
    Element {
        path: parent.map_or(name.clone(), |parent| format!("{}/{name}", parent.path)),
        attributes: attributes.collect(),
        text: String::new(),
    }
}

fn append(open: &mut [Element], text: &str, path: &str) {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None => assert!(text.trim().is_empty(), "{path}: text outside of the root"),
    }
}
