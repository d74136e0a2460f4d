//! Structured text as a tree of values with positions: what YAML, TOML and JSON have in common.
//!
//! Syntax only. No field or setting is known here by its name. Texts that stand in the source as they are meant are
//! borrowed from it.

mod json;
mod toml;
pub mod yaml;

pub use self::json::{object_length, parse as parse_json};
pub use self::toml::parse as parse_toml;
pub use self::yaml::parse as parse_yaml;

use crate::diagnostic::Position;
use std::borrow::Cow;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// The value.
    pub value: Value<'t>,
    /// Where it begins.
    pub at: Position,
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// Nothing: `~`, `null`, or a key with nothing after it.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, in the characters of the source, so that `1.10` and `007` survive.
    Number(Cow<'t, str>),
    /// A text.
    Text(Cow<'t, str>),
    /// A date or date-time that the syntax knows as such (TOML).
    Date(Cow<'t, str>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A map.
    Map(Map<'t>),
}

impl Node<'_> {
    /// The same, for as long as it is wanted.
    #[must_use]
    pub fn into_owned(self) -> Node<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let value = match self.value {
            Value::Null => Value::Null,
            Value::Bool(flag) => Value::Bool(flag),
            Value::Number(text) => Value::Number(owned(text)),
            Value::Text(text) => Value::Text(owned(text)),
            Value::Date(text) => Value::Date(owned(text)),
            Value::List(items) => Value::List(items.into_iter().map(Node::into_owned).collect()),
            Value::Map(map) => Value::Map(map.into_owned()),
        };
        Node { value, at: self.at }
    }

    fn move_position(&mut self, to: &impl Fn(Position) -> Position) {
        self.at = to(self.at);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.move_position(to)),
            Value::Map(map) => map.move_positions(to),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Date(_) => {}
        }
    }
}

impl Value<'_> {
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
pub struct Map<'t> {
    /// The pairs, in order.
    pub entries: Vec<(Key<'t>, Node<'t>)>,
}

impl<'t> Map<'t> {
    /// The value of a key, the last one where it stands twice.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node<'t>> {
        self.entries.iter().rev().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// The same, for as long as it is wanted.
    #[must_use]
    pub fn into_owned(self) -> Map<'static> {
        let owned = |(key, node): (Key<'_>, Node<'_>)| {
            (Key { name: Cow::Owned(key.name.into_owned()), at: key.at }, node.into_owned())
        };
        Map { entries: self.entries.into_iter().map(owned).collect() }
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
pub struct Key<'t> {
    /// The key, as written.
    pub name: Cow<'t, str>,
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
