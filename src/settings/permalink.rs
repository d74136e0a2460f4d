//! Patterns of permalinks, with feedmill's names or with those of other generators.

use super::table::{Faults, Table};
use crate::diagnostic::Position;
use crate::pattern::Pattern;
use crate::permalink::{NAMES, Patterns, TELLING_NAMES, from_colons, has_colons};

/// Reads a pattern or a list of them; of a wrong one nothing is left.
pub fn permalink(table: &Table<'_>, key: &str, faults: &mut Faults<'_>) -> Option<Patterns> {
    let texts = table.texts(key, faults)?;
    let fault = |at: Position, message: String, faults: &mut Faults<'_>| {
        faults.bad(at, format!("`{}`: {message}", table.key(key)));
    };
    let mut patterns = Vec::new();
    for (text, at) in &texts {
        let pattern = match has_colons(text) && !text.contains("://") {
            true => from_colons(text, None).and_then(|own| parsed(&own)),
            false => parsed(text),
        };
        match pattern {
            Ok(pattern) => patterns.push(pattern),
            Err(message) => fault(*at, message, faults),
        }
    }
    let is_for_all = |pattern: &Pattern| !pattern.uses("own_slug");
    if let (Some((_, at)), false) = (texts.first(), patterns.is_empty() || patterns.iter().any(is_for_all)) {
        fault(*at, "articles without a slug of their own need a pattern too".to_owned(), faults);
    }
    Some(Patterns::of(patterns))
}

fn parsed(text: &str) -> Result<Pattern, String> {
    let pattern = Pattern::parse(text, NAMES)?;
    match TELLING_NAMES.iter().any(|name| pattern.uses(name)) {
        true => Ok(pattern),
        false => Err(format!("`{text}` needs `{{slug}}`, or there would be one place for everything")),
    }
}
