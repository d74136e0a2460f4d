//! What an article has several of: its tags, and all else that is counted.

use super::{Asked, Reading};
use crate::article::fields::{Field, Found};
use crate::diagnostic::Code;
use crate::settings::Grouping;
use crate::syntax::Value;
use crate::text;
use std::collections::BTreeSet;

/// No article has more authors or tags.
const MOST_NAMES: usize = 100;

/// So few are compared with each other, one by one.
const FEW: usize = 8;

impl Reading<'_> {
    /// Each once, and not more than an article can have.
    pub(super) fn first_of_each<T: Clone + Ord>(&mut self, all: Vec<T>, found: &Found<'_>) -> Vec<T> {
        let is_again = |at: usize| all[..at].contains(&all[at]);
        if all.len() <= FEW && !(0..all.len()).any(is_again) {
            return all;
        }
        let mut seen = BTreeSet::new();
        let mut each: Vec<T> = all.into_iter().filter(|one| seen.insert(one.clone())).collect();
        if each.len() > MOST_NAMES {
            let message = format!("`{found}` names {}, of which the first {MOST_NAMES} count", each.len());
            self.report(Code::TooMany, found.node.at, message).help = Some(
                "is a text with commas in it taken for a list? put it into quotes and brackets".to_owned(),
            );
            each.truncate(MOST_NAMES);
        }
        each
    }

    /// Is it left unread, once its characters have been looked at? So few names cannot be too many.
    pub(super) fn is_unasked(&self, found: &Found<'_>, wanted_for_feeds: fn(&Grouping) -> bool) -> bool {
        let is_short = match &found.node.value {
            Value::Text(text) => text.len() <= MOST_NAMES,
            Value::List(items) => items.len() <= MOST_NAMES,
            _ => true,
        };
        is_short && self.asked == Asked::ForCard && !self.settings.feeds.by.iter().any(wanted_for_feeds)
    }

    /// The tags, and those of the categories that are no section.
    pub(super) fn tags(&mut self) -> Vec<String> {
        let is_tag = |name: &String| self.settings.section_called(name).is_none();
        let category = self.names(Field::OneCategory).into_iter().filter(is_tag);
        let tags = self.names(Field::Tags).into_iter();
        let categories = self.names(Field::Categories).into_iter().filter(is_tag);
        let mut all: Vec<String> = Vec::new();
        for name in category.chain(tags).chain(categories) {
            if !all.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
                all.push(name);
            }
        }
        all
    }

    fn names(&mut self, field: Field) -> Vec<String> {
        let Some(found) = self.fields.get(field) else { return Vec::new() };
        if self.is_unasked(&found, |row| row.tag) {
            self.tell_illegal(found.node);
            return Vec::new();
        }
        let names: Vec<String> = match &found.node.value {
            Value::Text(text) => text.split(',').map(text::line).collect(),
            Value::List(items) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text::line(text)),
                    Value::Bool(flag) => Some(flag.to_string()),
                    // Ghost's.
                    Value::Map(map) => match &map.get("name")?.value {
                        Value::Text(name) => Some(text::line(name)),
                        _ => None,
                    },
                    Value::Null | Value::List(_) => None,
                })
                .collect(),
            _ => found.text().map(text::line).into_iter().collect(),
        };
        self.tell_illegal(found.node);
        let names = names.into_iter().filter(|name| !name.is_empty()).collect();
        self.first_of_each(names, &found)
    }
}
