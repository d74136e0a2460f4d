//! Patterns of permalinks, with feedmill's names or with those of other generators.

use super::table::{Faults, Table};
use crate::pattern::Pattern;
use crate::permalink::{NAMES, TELLING_NAMES, from_colons, has_colons};

/// Reads a pattern; of a wrong one nothing is left.
pub fn permalink(table: &Table<'_>, key: &str, faults: &mut Faults<'_>) -> Option<Pattern> {
    let (text, at) = table.text(key, faults)?;
    let pattern = match has_colons(text) && !text.contains("://") {
        true => from_colons(text, None).and_then(|own| parsed(&own)),
        false => parsed(text),
    };
    match pattern {
        Ok(pattern) => Some(pattern),
        Err(message) => {
            faults.bad(at, format!("`{}`: {message}", table.key(key)));
            Some(Pattern::default())
        }
    }
}

fn parsed(text: &str) -> Result<Pattern, String> {
    let pattern = Pattern::parse(text, NAMES)?;
    match TELLING_NAMES.iter().any(|name| pattern.uses(name)) {
        true => Ok(pattern),
        false => Err(format!("`{text}` needs `{{slug}}`, or there would be one place for everything")),
    }
}
