//! A configuration that is data: TOML, YAML or JSON, looked up by name.

use super::SiteFiles;
use crate::diagnostic::Position;
use crate::syntax::{Key, Map, Node, Value, parse_toml, parse_yaml};

/// A configuration file, read.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Its top level.
    pub map: Map<'static>,
    /// Why it could not be read; the map is empty then.
    pub fault: Option<String>,
}

impl Config {
    /// Reads a file by the ending of its name; `None` where there is none.
    pub fn read(files: &dyn SiteFiles, path: &str) -> Option<Config> {
        let text = files.text(path)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let read = match path.rsplit('.').next() {
            Some("toml") => parse_toml(text).map_err(|faults| faults.into_iter().next()),
            Some("json") => json(text).map_err(|_| None),
            _ => parse_yaml(text).map_err(Some),
        };
        Some(match read {
            Ok(map) => Config { map: map.into_owned(), fault: None },
            Err(fault) => {
                let line = fault.map(|fault| format!(", line {}: {}", fault.at.line, fault.message));
                let fault = format!("`{path}` could not be read{}", line.unwrap_or_default());
                Config { map: Map::default(), fault: Some(fault) }
            }
        })
    }
}

/// The value of a key, whatever its case (Hugo does not mind it), the last where there are several.
pub fn node<'m, 't>(map: &'m Map<'t>, key: &str) -> Option<&'m Value<'t>> {
    let found = map.entries.iter().rev().find(|(name, _)| name.name.eq_ignore_ascii_case(key));
    found.map(|(_, node)| &node.value)
}

/// A text that is not empty, or a number as it is written.
pub fn text(map: &Map, key: &str) -> Option<String> {
    node(map, key).and_then(as_text)
}

/// A value as a text.
pub fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) if !text.trim().is_empty() => {
            Some(text.trim().to_owned())
        }
        _ => None,
    }
}

/// A table below a key.
pub fn table<'m, 't>(map: &'m Map<'t>, key: &str) -> Option<&'m Map<'t>> {
    match node(map, key)? {
        Value::Map(table) => Some(table),
        _ => None,
    }
}

/// Yes or no.
pub fn flag(map: &Map, key: &str) -> Option<bool> {
    match node(map, key)? {
        Value::Bool(flag) => Some(*flag),
        _ => None,
    }
}

/// A number of entries.
pub fn count(map: &Map, key: &str) -> Option<u32> {
    text(map, key)?.parse().ok().filter(|count| *count > 0)
}

/// A list of texts; one text is a list of one.
pub fn texts(map: &Map, key: &str) -> Vec<String> {
    match node(map, key) {
        Some(Value::List(items)) => items.iter().filter_map(|item| as_text(&item.value)).collect(),
        Some(value) => as_text(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The names of people: texts, or maps with a `name`.
pub fn people(map: &Map, key: &str) -> Vec<String> {
    let name = |value: &Value| match value {
        Value::Map(person) => text(person, "name"),
        value => as_text(value),
    };
    match node(map, key) {
        Some(Value::List(items)) => items.iter().filter_map(|item| name(&item.value)).collect(),
        Some(value) => name(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// YAML would do for most JSON, but not for tabs.
fn json(text: &str) -> Result<Map<'static>, serde_json::Error> {
    match converted(serde_json::from_str(text)?).value {
        Value::Map(map) => Ok(map),
        _ => Ok(Map::default()),
    }
}

/// The parser allows no deeper nesting than this recursion can bear.
fn converted(value: serde_json::Value) -> Node<'static> {
    use serde_json::Value as Json;
    let value = match value {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(flag),
        Json::Number(number) => Value::Number(number.to_string().into()),
        Json::String(text) => Value::Text(text.into()),
        Json::Array(items) => Value::List(items.into_iter().map(converted).collect()),
        Json::Object(entries) => Value::Map(Map {
            entries: entries
                .into_iter()
                .map(|(name, value)| (Key { name: name.into(), at: Position::START }, converted(value)))
                .collect(),
        }),
    };
    Node { value, at: Position::START }
}

#[cfg(test)]
mod tests {
    use super::super::MemoryFiles;
    use super::*;

    #[test]
    fn three_syntaxes() {
        let files = MemoryFiles::of(&[
            ("a.toml", "\u{feff}Title = 'Post'\n[languages.en]\nweight = 1\n"),
            ("a.yml", "title: Post\nlanguages:\n  en:\n    weight: 1\n"),
            ("a.json", "{\n\t\"title\": \"Post\", \"languages\": { \"en\": { \"weight\": 1 } } }"),
        ]);
        for path in ["a.toml", "a.yml", "a.json"] {
            let map = Config::read(&files, path).unwrap().map;
            assert_eq!(text(&map, "title").as_deref(), Some("Post"), "{path}");
            let english = table(&map, "languages").and_then(|map| table(map, "en")).unwrap();
            assert_eq!(count(english, "weight"), Some(1), "{path}");
        }
    }

    #[test]
    fn a_broken_file_says_where() {
        let files = MemoryFiles::of(&[("a.yml", "a: 1\nb: [")]);
        let config = Config::read(&files, "a.yml").unwrap();
        assert!(config.fault.unwrap().starts_with("`a.yml` could not be read, line "));
        assert!(Config::read(&files, "b.yml").is_none());
    }
}
