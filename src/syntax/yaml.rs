//! YAML 1.2 to nodes: plain front matter by a reader of our own, all else by the library.

pub mod plain;

use super::{Key, Map, Node, SyntaxFault, Value};
use crate::diagnostic::Position;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Options, Spanned};
use std::fmt;

/// Front matter is flat; a tree deeper than this is an attack on the stack.
const DEEPEST: usize = 64;

/// Reads a YAML mapping. An empty document is an empty map.
///
/// # Errors
/// The first fault, with its place.
pub fn parse(text: &str) -> Result<Map<'_>, SyntaxFault> {
    if let Some(map) = plain::read(text) {
        return Ok(map);
    }
    match read_any(text) {
        Ok(map) => Ok(map),
        Err(fault) => indent_open_quotes(text).and_then(|mended| read_any(&mended).ok()).ok_or(fault),
    }
}

/// Reads a mapping of whatever YAML, with the library.
///
/// # Errors
/// The first fault, with its place.
pub fn read_any(text: &str) -> Result<Map<'static>, SyntaxFault> {
    let root: Option<Spanned<Raw>> =
        serde_saphyr::from_str_with_options(text, options()).map_err(|error| {
            let location = error.location().unwrap_or(Location::UNKNOWN);
            let error = error.without_snippet().to_string();
            let message = error.lines().next().unwrap_or_default().trim();
            // The place is told by our own location.
            let message = message.split(" at line ").next().unwrap_or(message);
            SyntaxFault { at: position(location), message: message.to_owned() }
        })?;
    let Some(root) = root else { return Ok(Map::default()) };
    let at = position(root.referenced);
    match node(text, root).value {
        Value::Map(map) => Ok(map),
        Value::Null => Ok(Map::default()),
        other => {
            Err(SyntaxFault { at, message: format!("expected `field: value` lines, found {}", other.kind()) })
        }
    }
}

/// A quoted value that goes on in the first column is no YAML, yet one article in ninety has one,
/// and every other publisher reads it. The lines inside the open quote are moved to the right,
/// which changes nothing else: line breaks in a quoted value fold to one blank.
fn indent_open_quotes(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len() + 64);
    let mut open: Option<char> = None;
    let mut moved = false;
    for line in text.split_inclusive('\n') {
        if open.is_some() && !line.starts_with([' ', '\t', '\n']) {
            mended.push_str("  ");
            moved = true;
        }
        mended.push_str(line);
        open = quote_left_open(line, open);
    }
    moved.then_some(mended)
}

/// The quotation mark that is still open at the end of `line`.
fn quote_left_open(line: &str, open: Option<char>) -> Option<char> {
    let rest = match open {
        Some(_) => line,
        None => line.split_once(": ").map_or("", |(_, value)| value).trim_start(),
    };
    let mut characters = rest.chars().peekable();
    let quote = match open {
        Some(quote) => quote,
        None => characters.next().filter(|first| matches!(first, '"' | '\''))?,
    };
    while let Some(character) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            if quote == '\'' && characters.peek() == Some(&'\'') {
                characters.next();
            } else {
                return None;
            }
        }
    }
    Some(quote)
}

fn options() -> Options {
    let mut options = Options::default();
    if let Some(budget) = options.budget.as_mut() {
        budget.max_depth = DEEPEST;
        budget.flow_nesting_limit = DEEPEST;
    }
    options.duplicate_keys = serde_saphyr::DuplicateKeyPolicy::PassThrough;
    options.strict_booleans = true;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    // A number that is too large for one is some other generator's text.
    options.non_finite_float_policy = serde_saphyr::NonFiniteFloatPolicy::AsString;
    options.with_snippet = false;
    options
}

fn position(location: Location) -> Position {
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX).max(1);
    Position { line: count(location.line()), column: count(location.column()) }
}

/// A value as serde meets it. A number is only known to be one: its characters are in the source.
enum Raw {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

fn node(text: &str, spanned: Spanned<Raw>) -> Node<'static> {
    let at = position(spanned.referenced);
    let value = match spanned.value {
        Raw::Null => Value::Null,
        Raw::Bool(value) => Value::Bool(value),
        Raw::Number(value) => Value::Number(source(text, spanned.defined).unwrap_or(value).into()),
        // What is too large for a number was none.
        Raw::Text(value) if matches!(value.as_str(), ".inf" | "-.inf" | ".nan") => {
            Value::Text(source(text, spanned.defined).unwrap_or(value).into())
        }
        Raw::Text(value) => Value::Text(value.into()),
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(text, item)).collect()),
        Raw::Map(entries) => {
            Value::Map(Map { entries: entries.into_iter().map(|pair| entry(text, pair)).collect() })
        }
    };
    Node { value, at }
}

fn entry(text: &str, (key, value): (Spanned<Raw>, Spanned<Raw>)) -> (Key<'static>, Node<'static>) {
    let key = node(text, key);
    let name = match key.value {
        Value::Text(name) | Value::Number(name) | Value::Date(name) => name,
        Value::Bool(flag) => flag.to_string().into(),
        Value::Null | Value::List(_) | Value::Map(_) => "".into(),
    };
    (Key { name, at: key.at }, node(text, value))
}

fn source(text: &str, location: Location) -> Option<String> {
    let span = location.span();
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let length = usize::try_from(span.byte_len()?).ok()?;
    text.get(start..start + length).map(|slice| slice.trim().to_owned())
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Raw, E> {
        Ok(Raw::Text(String::from_utf8_lossy(value).into_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(pair) = pairs.next_entry()? {
            map.push(pair);
        }
        Ok(Raw::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(map: &Map, name: &str) -> String {
        match &map.get(name).unwrap().value {
            Value::Text(text) | Value::Number(text) => text.to_string(),
            other => panic!("{name} is {other:?}"),
        }
    }

    #[test]
    fn keeps_what_was_written() {
        let map =
            parse("title: Yes\nlang: no\nversion: 1.10\ncode: 007\nid: 12345678901234567890123\nempty:\n")
                .unwrap();
        assert_eq!(text(&map, "title"), "Yes");
        assert_eq!(text(&map, "lang"), "no");
        assert_eq!(text(&map, "version"), "1.10");
        assert_eq!(text(&map, "code"), "007");
        assert_eq!(text(&map, "id"), "12345678901234567890123");
        assert_eq!(map.get("empty").unwrap().value, Value::Null);
        assert_eq!(text(&parse("id: 12e4567890\n").unwrap(), "id"), "12e4567890");
    }

    #[test]
    fn knows_where_things_stand() {
        let map = parse("title: Мост\ncover:\n  src: a.jpg\n").unwrap();
        let Value::Map(cover) = &map.get("cover").unwrap().value else { panic!() };
        assert_eq!(cover.get("src").unwrap().at, Position { line: 3, column: 8 });
        assert_eq!(cover.entries[0].0.at, Position { line: 3, column: 3 });
    }

    #[test]
    fn reads_quotes_that_go_on_in_the_first_column() {
        let map = parse("title: \"one\ntwo\"\ntags: [a]\n").unwrap();
        assert_eq!(text(&map, "title"), "one two");
        assert_eq!(map.get("tags").unwrap().at.line, 3);
    }

    #[test]
    fn refuses_deep_trees() {
        let deep = format!("a: {}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(parse(&deep).is_err());
    }

    #[test]
    fn says_where_it_gave_up() {
        let fault = parse("title: a\ntags: [a, b\nsection: news\n").unwrap_err();
        assert_eq!(fault.at, Position { line: 3, column: 8 });
        assert_eq!(fault.message, "illegal placement of ':' indicator");
    }

    #[test]
    fn an_empty_document_is_an_empty_map() {
        assert_eq!(parse("").unwrap(), Map::default());
        assert_eq!(parse("# nothing\n").unwrap(), Map::default());
        assert!(parse("just a text").is_err());
    }
}
