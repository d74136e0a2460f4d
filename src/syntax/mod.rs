//! Structured text as a tree of values with positions: what YAML, TOML and JSON have in common.
//!
//! Syntax only. No field or setting is known here by its name.

mod json;
mod toml;
pub mod yaml;

pub use self::json::{object_length, parse as parse_json};
pub use self::toml::parse as parse_toml;
pub use self::yaml::parse as parse_yaml;

use crate::diagnostic::Position;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it begins.
    pub at: Position,
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: `~`, `null`, or a key with nothing after it.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, in the characters of the source, so that `1.10` and `007` survive.
    Number(String),
    /// A text.
    Text(String),
    /// A date or date-time that the syntax knows as such (TOML).
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A map.
    Map(Map),
}

impl Node {
    fn move_position(&mut self, to: &impl Fn(Position) -> Position) {
        self.at = to(self.at);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.move_position(to)),
            Value::Map(map) => map.move_positions(to),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Date(_) => {}
        }
    }
}

impl Value {
    /// What a person would call it: `a list`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// Keys and values in the order of the source. A key that stands twice is kept twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// The pairs, in order.
    pub entries: Vec<(Key, Node)>,
}

impl Map {
    /// The value of a key, the last one where it stands twice.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entries.iter().rev().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// Moves every position, for a map that stands inside a larger text.
    pub fn move_positions(&mut self, to: &impl Fn(Position) -> Position) {
        for (key, node) in &mut self.entries {
            key.at = to(key.at);
            node.move_position(to);
        }
    }
}

/// A key and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The key, as written.
    pub name: String,
    /// Where it begins.
    pub at: Position,
}

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxFault {
    /// Where the reader gave up.
    pub at: Position,
    /// What was wrong there.
    pub message: String,
}
