//! One field of front matter: the name it was found under, and what its value can be read as.

use super::names::same;
use crate::syntax::{Node, Value};
use std::fmt;

/// A field as it was found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The name in the source, for messages.
    pub name: &'a str,
    /// The value and its place.
    pub node: &'a Node<'a>,
}

impl<'a> Found<'a> {
    /// A value that stands in a field, without a name of its own.
    #[must_use]
    pub fn of(node: &'a Node<'a>) -> Found<'a> {
        Found { name: "", node }
    }

    /// The value as text, where it is a text, a number or a date.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        match &self.node.value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text),
            _ => None,
        }
    }
}

impl Found<'_> {
    /// Is there nothing in it? Then the field is as good as absent.
    pub(super) fn is_empty(&self) -> bool {
        match &self.node.value {
            Value::Null => true,
            Value::Text(text) => text.trim_start().is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// Is this the name that was found, in whatever spelling?
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        same(self.name, name)
    }

    /// The value as yes or no, in the words that sites use.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        match &self.node.value {
            Value::Bool(flag) => Some(*flag),
            Value::Text(word) | Value::Number(word) => match word.trim() {
                "" => Some(false),
                long if long.len() > "false".len() => None,
                word => match word.to_ascii_lowercase().as_str() {
                    "true" | "yes" | "on" | "1" => Some(true),
                    "false" | "no" | "off" | "0" => Some(false),
                    _ => None,
                },
            },
            _ => None,
        }
    }
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
