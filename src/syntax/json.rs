//! JSON to nodes. JSON is YAML, whose reader knows positions; what is no JSON is told by a reader of
//! JSON, which knows better what is missing.

use super::{Map, SyntaxFault, parse_yaml};
use crate::diagnostic::Position;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Deserializer, Error};

/// Reads a JSON object.
///
/// # Errors
/// The first fault, with its place.
pub fn parse(text: &str) -> Result<Map<'static>, SyntaxFault> {
    IgnoredAny::deserialize(&mut Deserializer::from_str(text)).map_err(|error| fault(text, &error))?;
    // A tab may indent JSON but not YAML; within a text of JSON there is none.
    parse_yaml(&text.replace('\t', " ")).map(Map::into_owned)
}

fn fault(text: &str, error: &Error) -> SyntaxFault {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).max(1);
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    // serde_json counts bytes.
    let before = line.char_indices().take_while(|(at, _)| at + 1 < error.column()).count();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    SyntaxFault {
        at: Position { line: count(error.line()), column: count(before + 1) },
        message: format!("this is no JSON: {message}"),
    }
}

/// The length of the object that a text begins with, in bytes; `None` where it does not end.
#[must_use]
pub fn object_length(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut is_escaped = false;
    for (at, byte) in bytes.iter().enumerate() {
        match (in_text, byte) {
            (true, _) if is_escaped => is_escaped = false,
            (true, b'\\') => is_escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'{' | b'[') => depth += 1,
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Value;

    #[test]
    fn values_and_positions() {
        let map = parse("{\n\t\"title\": \"A \\\"boat\\\" \\u0041\\ud83d\\ude00 \\/\",\n\t\"tags\": [\"a\", 1.10, null],\n\t\"draft\": false\n}").unwrap();
        assert_eq!(map.get("title").unwrap().value, Value::Text("A \"boat\" A😀 /".into()));
        assert_eq!(map.get("title").unwrap().at, Position { line: 2, column: 11 });
        let Value::List(tags) = &map.get("tags").unwrap().value else { panic!() };
        assert_eq!(tags[1].value, Value::Number("1.10".into()));
        assert_eq!(map.get("draft").unwrap().value, Value::Bool(false));
        assert!(parse(&format!("{{\"a\": {}{}}}", "[".repeat(5000), "]".repeat(5000))).is_err());
    }

    #[test]
    fn faults() {
        let fault = parse("{\"title\": \"a\",\n \"tags\": [1, }").unwrap_err();
        assert_eq!(
            (fault.at, fault.message.as_str()),
            (Position { line: 2, column: 14 }, "this is no JSON: expected value")
        );
    }

    #[test]
    fn where_an_object_ends() {
        assert_eq!(object_length(b"{\"a\": \"}\\\"\", \"b\": {}}\nbody {}"), Some(21));
        assert_eq!(object_length(b"{\"a\": "), None);
    }
}
