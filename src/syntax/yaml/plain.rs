//! Plain YAML, read line by line: what nearly every front matter is written in.
//!
//! Fields, lists and maps of one-line values are read here, in a small part of the time that the library takes.
//! Of everything else this reader knows that it does not know it, and the library is asked. Where it does answer,
//! the library says the same to the last position; `tests` below and a fuzz target hold it to that.

mod flow;
mod scalar;

use super::super::{Key, Map, Node, Value};
use crate::diagnostic::Position;
use crate::text;
use memchr::memchr;
use scalar::{Scalar, key};
use std::borrow::Cow;

/// Nobody nests plain fields deeper.
const DEEPEST: usize = 6;

/// Longer texts are nobody's front matter; the library counts what they cost.
const LONGEST_BYTES: usize = 256_000;

/// Reads a YAML mapping. `None`: there may be more to it than is understood here.
pub fn read(text: &str) -> Option<Map<'_>> {
    if text.len() > LONGEST_BYTES || !is_plain(text) {
        return None;
    }
    let mut reader = Reader { rest: text, number: 0, current: None };
    reader.advance();
    let map = reader.map(0, DEEPEST)?;
    reader.current.is_none().then_some(map)
}

/// Has the text only characters that YAML takes for what they are? Tabs are not among them.
fn is_plain(text: &str) -> bool {
    let is_suspect = |byte: u8| {
        let is_control = ((byte < b' ') & (byte != b'\n')) | (byte == 0x7f);
        // With these begin controls, separators and marks of other alphabets, but also quotation marks.
        is_control | (byte == 0xc2) | (byte == 0xe2) | (byte >= 0xef)
    };
    !text::has(text.as_bytes(), is_suspect) || text.chars().all(is_plain_character)
}

fn is_plain_character(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}')
        || matches!(character, '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
}

/// A line that is neither blank nor a comment, from its first character.
#[derive(Clone, Copy)]
struct Line<'t> {
    number: u32,
    /// How many blanks stand before the text.
    indent: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    /// The place of a byte of the text that only ASCII stands before.
    fn at(&self, offset: usize) -> Position {
        let column = u32::try_from(self.indent + offset + 1).unwrap_or(u32::MAX);
        Position { line: self.number, column }
    }

    /// What stands behind the dash of a list, as a line of its own.
    fn item(&self) -> Option<Line<'t>> {
        let behind = self.text.strip_prefix("- ")?;
        let text = behind.trim_start_matches(' ');
        Some(Line { indent: self.indent + self.text.len() - text.len(), text, ..*self })
    }
}

/// The lines that are still to be read, and the one that is looked at.
struct Reader<'t> {
    rest: &'t str,
    number: u32,
    current: Option<Line<'t>>,
}

impl<'t> Reader<'t> {
    fn advance(&mut self) {
        self.current = None;
        while self.current.is_none() && !self.rest.is_empty() {
            let end = memchr(b'\n', self.rest.as_bytes());
            let (line, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
            self.rest = rest.get(1..).unwrap_or_default();
            self.number = self.number.saturating_add(1);
            let indent = line.bytes().take_while(|byte| *byte == b' ').count();
            let text = &line[indent..];
            if !text.is_empty() && !text.starts_with('#') {
                let blanks = text.bytes().rev().take_while(|byte| *byte == b' ').count();
                let text = &text[..text.len() - blanks];
                self.current = Some(Line { number: self.number, indent, text });
            }
        }
    }

    /// The line that is looked at, if it stands at least as far to the right. One that stands farther belongs to nothing.
    fn at_indent(&self, indent: usize) -> Option<Option<Line<'t>>> {
        match self.current {
            Some(line) if line.indent > indent => None,
            Some(line) if line.indent == indent => Some(Some(line)),
            _ => Some(None),
        }
    }

    /// The map whose keys stand at `indent`, of which at least one is there.
    fn map(&mut self, indent: usize, depth: usize) -> Option<Map<'t>> {
        let depth = depth.checked_sub(1)?;
        let mut entries = Vec::with_capacity(if indent == 0 { 12 } else { 4 });
        while let Some(line) = self.at_indent(indent)? {
            let name = key(line.text)?;
            let key = Key { name: name.into(), at: line.at(0) };
            let colon = name.len();
            let value = match self.value(line, colon + 1, indent)? {
                Some(node) => node,
                None => self.block(indent, depth)?.unwrap_or(Node { value: Value::Null, at: line.at(colon) }),
            };
            entries.push((key, value));
        }
        (!entries.is_empty()).then_some(Map { entries })
    }

    /// The value behind `offset`, with the lines below, farther to the right than `indent`, on which it goes on.
    /// Nothing where nothing stands there. The next line is looked at.
    fn value(&mut self, line: Line<'t>, offset: usize, indent: usize) -> Option<Option<Node<'t>>> {
        let scalar = Scalar::of(line, offset)?;
        self.advance();
        let mut node = match scalar {
            Scalar::Nothing => return Some(None),
            Scalar::Node(node) => return Some(Some(node)),
            Scalar::Open(node) => node,
        };
        let mut above = line.number;
        while let Some(line) = self.current.filter(|line| line.indent > indent && line.number == above + 1) {
            let (Value::Text(text) | Value::Number(text)) = node.value else { return None };
            node.value = Value::Text(Cow::Owned(text.into_owned() + " " + scalar::further(line.text)?));
            above = line.number;
            self.advance();
        }
        Some(Some(node))
    }

    /// The list or map under a key without a value, or nothing.
    fn block(&mut self, key_indent: usize, depth: usize) -> Option<Option<Node<'t>>> {
        let Some(line) = self.current else { return Some(None) };
        let is_list = line.item().is_some();
        if line.indent < key_indent || (line.indent == key_indent && !is_list) {
            return Some(None);
        }
        if !is_list {
            return Some(Some(Node { value: Value::Map(self.map(line.indent, depth)?), at: line.at(0) }));
        }
        let items = self.list(line.indent, depth)?;
        // Of a list that stands no farther to the right than its key the library tells the place of the first item.
        let at = if line.indent == key_indent { items.first()?.at } else { line.at(0) };
        Some(Some(Node { value: Value::List(items), at }))
    }

    /// The list whose dashes stand at `indent`.
    fn list(&mut self, indent: usize, depth: usize) -> Option<Vec<Node<'t>>> {
        let depth = depth.checked_sub(1)?;
        let mut items = Vec::new();
        while let Some(line) = self.at_indent(indent)? {
            let Some(item) = line.item() else { break };
            if key(item.text).is_some() {
                self.current = Some(item);
                let at = item.at(0);
                items.push(Node { value: Value::Map(self.map(item.indent, depth)?), at });
            } else {
                items.push(self.value(item, 0, indent)??);
            }
        }
        Some(items)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_any;
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    /// What is understood here, or not, and never otherwise than the library understands it.
    fn is_understood(text: &str) -> bool {
        let plain = read(text);
        if let Some(map) = &plain {
            assert_eq!(Ok(map), read_any(text).as_ref(), "{text}");
        }
        plain.is_some()
    }

    #[test]
    fn what_front_matter_is_made_of() {
        for text in [
            "title: The ferry\n",
            "title: \"The ferry: late\" # again\nid: 'the captain''s'\nnote: \"a \\\"b\\\" \\\\ c\"",
            "date: 2026-11-22T08:30:00+02:00\nweight: 1.10\ncode: 007\nminus: -5\nbig: 12345678901234567890123\n",
            "yes: Yes\nno: ~\nempty:\nlast: TRUE\nhome: ~/harbour\nmany: 1e999\ndots: .5\nnone: NULL\n",
            "url: https://post.example/a:b#c # a comment\nlanguage: c#\n",
            "tags: [harbour, 'a, b', \"c]\", мост, http://e.example/, 5, true] # five\nnone: []\n",
            "tags:\n  - harbour\n  # a comment\n\n  - 'a: b'\nauthors:\n- Anna Berg\n-   Tom Hale\n",
            "cover:\n  src: a.jpg\n  alt: \"Паром: вид\"\n  credit:\ntitle: Мост  \n",
            "corrections:\n  - date: 2026-11-22\n    text: It was Tuesday\n  - text: b\nfeeds: false\n",
            "a:\n  - b:\n    - c\n    d:\n      e: f\n  -   g: [h]\n      i:\n\n# nothing follows\n",
            "summary: It is\n  late, and\n a - b 5\nlist:\n- 5\n and\n  more\n- a: b\n   c\n",
            "place: { name: Мост, lat: 57.2, lon: -20.1 } # there\nall: [{a: {b: [c]}}, {d: 'e: f', url: https://e.example/}, [], {}]\n",
            "empty:   # a comment\n\nalso: \n",
        ] {
            assert!(is_understood(text), "{text}");
        }
    }

    #[test]
    fn what_the_library_has_to_read() {
        for text in [
            "",
            "# nothing\n",
            "title: one: two\n",
            "title: \"one\n  two\"\n",
            "title: one\n\n  two\n",
            "title: one # a\n  two\n",
            "title: one\n  two # a\n",
            "title: one\n  two: a\n",
            "title: one\n  - two\n",
            "title: true\n  two\n",
            "title: 'one'\n  two\n",
            "title: >\n  one\n",
            "title: &a one\n",
            "title: one\tand two\n",
            "title: one\u{2028}two\n",
            "title: one\r\n",
            "title: 0x10\n",
            "title: \".inf\"\n",
            "title: \"\\u0041\"\n",
            "tags: [a, b\n",
            "tags: [a: b]\n",
            "tags: [a, ]\n",
            "cover: {src: a,}\n",
            "cover: {src}\n",
            "cover: {src:a}\n",
            "cover: {true: a}\n",
            "true: a\n",
            "? a\n",
            "<<: a\n",
            "---\na: b\n",
            "a: b\n...\n",
            "a: b\n c: d\n",
            "a:\n   b: c\n  d: e\n",
            "a:\n- - b\n",
            "a:\n-\n",
            "a: - b\n",
            " a: b\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_too_deep_or_too_long() {
        let deep: String = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert_eq!(read(&deep), None);
        assert_eq!(read(&format!("a: {}", "[".repeat(200_000))), None);
        assert!(read(&"a: b\n".repeat(100_000)).is_none());
        assert_eq!(read(&format!("{}: a\n", "b".repeat(2000))), None);
        assert!(is_understood(&format!("a: {}\n", "b ".repeat(2000))));
        assert!(is_understood(&format!("a:\n- \"{}\"\n- [{}c]\n", "b ".repeat(2000), "a, ".repeat(1000))));
    }

    const BREAKS: &[&str] =
        &["\n", "\n  ", "\n", "\n- ", "\n  - ", "\n    ", "\n\n", "\n# ", "\n   # ", " \n"];

    const KEYS: &[&str] =
        &["title", "a", "cover-src", "last_mod", "x.y", "true", "no", "Null", "a b", "é", "1", "\"q\""];

    const VALUES: &[&str] = &[
        "the ferry",
        "Мост и «паром»",
        "'a b'",
        "\"a b\"",
        "\"a \\\" b\"",
        "'a '' b'",
        "[a, b]",
        "['a', \"b\", 5]",
        "[мост, c]",
        "[]",
        "5",
        "-5",
        "1.5",
        "007",
        "2026-11-22",
        "2026-11-22 08:30",
        "true",
        "null",
        "~",
        "",
        "",
    ];

    const ODD: &[&str] = &[
        " ", "  ", ":", ": ", " #", "#", "\"", "'", "''", "\\", "\\n", "[", "]", "[ ", " ]", ",", ", ", "{",
        "}", "-", "- ", "&a", "*a", "!", "!!str ", "|", ">", "%", "@", "`", "?", "? ", "~", "<<", "=", "\t",
        "\r", "\u{a0}", "\u{85}", "\u{2028}", "\u{feff}", "---", "...", ".", "+", ".inf", ".nan", "inf",
        "nan", "0x1f", "0o7", "0b1", "1e5", "1e999", "1_000", "00", "+0", "e", "E", "x", "/", "$", "(", "—",
        "”", "日本", "😀",
    ];

    /// A text that is mostly plain.
    fn front_matter() -> impl Strategy<Value = String> {
        let odd = || select(ODD).prop_map(str::to_owned);
        let value = prop_oneof![
            8 => select(VALUES).prop_map(str::to_owned),
            2 => vec(prop_oneof![select(VALUES), select(ODD)], 1..5).prop_map(|parts| parts.concat()),
            1 => odd(),
        ];
        let key = prop_oneof![12 => select(KEYS).prop_map(str::to_owned), 1 => odd()];
        let colon = prop_oneof![12 => Just(": "), 4 => Just(":"), 1 => Just(" : "), 1 => Just("")];
        let pair = (key, colon, value.clone()).prop_map(|(key, colon, value)| [&key, colon, &value].concat());
        let piece = prop_oneof![4 => pair, 1 => value];
        vec((piece, select(BREAKS)), 1..7)
            .prop_map(|lines| lines.into_iter().map(|(piece, end)| piece + end).collect())
    }

    proptest! {
        #[test]
        fn it_never_says_otherwise_than_the_library(text in front_matter()) {
            is_understood(&text);
        }

        #[test]
        fn not_of_any_pieces_either(pieces in vec(prop_oneof![select(ODD), select(VALUES), select(KEYS), select(BREAKS), Just(": ")], 1..16)) {
            is_understood(&format!("a: {}", pieces.concat()));
        }
    }
}
