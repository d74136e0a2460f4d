//! A pass over the XML that the format crates write, for what they cannot be told.
//!
//! - Escapes are numeric (`&#x26;`): the same to an XML parser, and it cures the readers that decode
//!   the named ones twice. No CDATA: readers cut a title where a section is split.
//! - Instants end in `Z`: two readers ignore an offset written as `+00:00`.
//! - Elements stand on lines of their own, so that a person can read a feed and compare two.

use crate::language::Language;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

/// What goes past the format crates.
#[derive(Default)]
pub struct Aside<'t> {
    texts: Vec<Cow<'t, str>>,
    languages: Vec<Option<Language>>,
}

/// No text holds a control character, so none begins as a mark does.
const MARK: char = '\u{1}';

impl<'t> Aside<'t> {
    /// With `xml:lang` for Atom entries: one language for each, in their order.
    #[must_use]
    pub fn of_languages(languages: Vec<Option<Language>>) -> Aside<'t> {
        Aside { languages, texts: Vec::new() }
    }

    /// Keeps a long text, which the crates would escape for this pass to resolve it, and gives the mark that is to stand
    /// for it.
    pub fn hold(&mut self, text: impl Into<Cow<'t, str>>) -> String {
        self.texts.push(text.into());
        format!("{MARK}{}", self.texts.len() - 1)
    }

    fn held(&self, mark: &str) -> Option<&str> {
        let number: usize = mark.strip_prefix(MARK)?.parse().ok()?;
        self.texts.get(number).map(Cow::as_ref)
    }
}

/// Writes `xml` anew. It must be what a format crate wrote: well-formed, without comments, and with
/// text only where there are no elements.
#[must_use]
pub fn respell(xml: &str, aside: &Aside<'_>) -> String {
    let mut reader = Reader::from_str(xml);
    let length = xml.len() + aside.texts.iter().map(|text| text.len()).sum::<usize>();
    let mut out = Out {
        text: String::with_capacity(length + length / 8),
        depth: 0,
        after: After::Element,
        languages: aside.languages.iter(),
        aside,
    };
    out.text.push_str(DECLARATION);
    loop {
        match reader.read_event().expect("the format crates write well-formed XML") {
            Event::Start(tag) => out.start(&tag),
            Event::Empty(tag) => out.empty(&tag),
            Event::End(tag) => out.end(utf8(tag.name().as_ref())),
            // Outside of the root there are only line ends.
            Event::Text(_) if out.depth == 0 => {}
            Event::Text(text) => out.characters(utf8(&text)),
            Event::CData(section) => out.characters(utf8(&section)),
            Event::GeneralRef(reference) => out.characters(&resolved(&reference)),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
        }
    }
    out.text.push('\n');
    out.text
}

struct Out<'a> {
    text: String,
    depth: usize,
    after: After,
    languages: std::slice::Iter<'a, Option<Language>>,
    aside: &'a Aside<'a>,
}

/// What was written last.
#[derive(PartialEq)]
enum After {
    StartTag,
    Characters,
    Element,
}

impl Out<'_> {
    fn start(&mut self, tag: &BytesStart<'_>) {
        self.open(tag);
        if tag.name().as_ref() == b"entry"
            && let Some(Some(language)) = self.languages.next()
        {
            self.text.push_str(&format!(" xml:lang=\"{language}\""));
        }
        self.text.push('>');
        self.depth += 1;
        self.after = After::StartTag;
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        self.open(tag);
        self.text.push_str("/>");
        self.after = After::Element;
    }

    fn end(&mut self, name: &str) {
        self.depth -= 1;
        if self.after == After::Characters && DATES.contains(&name) && self.text.ends_with("+00:00") {
            self.text.truncate(self.text.len() - "+00:00".len());
            self.text.push('Z');
        }
        if self.after == After::Element {
            self.new_line();
        }
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
        self.after = After::Element;
    }

    fn characters(&mut self, characters: &str) {
        escape(self.aside.held(characters).unwrap_or(characters), &mut self.text);
        self.after = After::Characters;
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        self.new_line();
        self.text.push('<');
        self.text.push_str(utf8(tag.name().as_ref()));
        for attribute in tag.attributes() {
            let attribute = attribute.expect("the format crates write well-formed attributes");
            self.text.push(' ');
            self.text.push_str(utf8(attribute.key.as_ref()));
            self.text.push_str("=\"");
            let value = quick_xml::escape::unescape(utf8(&attribute.value))
                .expect("attributes were escaped by quick-xml");
            for (number, piece) in value.split('"').enumerate() {
                self.text.push_str(if number > 0 { "&#x22;" } else { "" });
                escape(piece, &mut self.text);
            }
            self.text.push('"');
        }
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }
}

const DATES: &[&str] = &["updated", "published"];

fn escape(characters: &str, out: &mut String) {
    let mut copied = 0;
    for (at, byte) in characters.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&#x26;",
            b'<' => "&#x3C;",
            b'>' => "&#x3E;",
            _ => continue,
        };
        out.extend([&characters[copied..at], escaped]);
        copied = at + 1;
    }
    out.push_str(&characters[copied..]);
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    resolve_predefined_entity(utf8(reference))
        .expect("the format crates use only XML's own entities")
        .to_owned()
}

fn utf8(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the format crates write UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_document_in_the_spelling_that_readers_take() {
        let xml = "<?xml version=\"1.0\"?><feed a=\"1&#x26;2\"><t>AT&amp;T \"&#60;b&gt;\"</t><c><![CDATA[<p>]]]]><![CDATA[></p>]]></c><l href=\"x&quot;\"/>\
                   <updated>2026-11-22T00:00:00+00:00</updated><d><e></e></d></feed>";
        assert_eq!(
            respell(xml, &Aside::default()),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed a=\"1&#x26;2\">\n  <t>AT&#x26;T \"&#x3C;b&#x3E;\"</t>\n  \
             <c>&#x3C;p&#x3E;]]&#x3E;&#x3C;/p&#x3E;</c>\n  <l href=\"x&#x22;\"/>\n  <updated>2026-11-22T00:00:00Z</updated>\n  \
             <d>\n    <e></e>\n  </d>\n</feed>\n"
        );
    }

    #[test]
    fn held_texts_stand_where_their_marks_stood() {
        let mut aside = Aside::default();
        let marks = ["<p>a & b</p>", "", "last"].map(|text| aside.hold(text));
        let [first, second, last] = marks;
        let xml = format!("<a><b>{first}</b><c><![CDATA[{second}]]></c><d>{last}</d><e>{MARK}9</e></a>");
        assert_eq!(
            respell(&xml, &aside),
            format!(
                "{DECLARATION}\n<a>\n  <b>&#x3C;p&#x3E;a &#x26; b&#x3C;/p&#x3E;</b>\n  <c></c>\n  <d>last</d>\n  \
                 <e>{MARK}9</e>\n</a>\n"
            )
        );
    }
}
