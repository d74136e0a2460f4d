//! Names that can be one part of a path or an address.

use crate::text;
use unicode_normalization::UnicodeNormalization;

/// A name that is safe: no separators, no dots alone, nothing invisible. In NFC, for some file
/// systems hand back another spelling than they were given.
#[must_use]
pub fn safe_name(text: &str) -> Option<String> {
    let line: String =
        text::line(text).nfc().map(|c| if matches!(c, '/' | '\\') { '-' } else { c }).collect();
    let name = if line.chars().all(|c| c == '.') { "-".repeat(line.len()) } else { line };
    (!name.is_empty()).then_some(name)
}

/// A section's name in the spelling that is compared: one word, lower case, safe in a path.
#[must_use]
pub fn section_name(text: &str) -> String {
    safe_name(text).unwrap_or_default().to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe() {
        assert_eq!(safe_name("../..").as_deref(), Some("..-.."));
        assert_eq!(safe_name("..").as_deref(), Some("--"));
        assert_eq!(safe_name("a\u{202e}b\u{0}/c").as_deref(), Some("ab-c"));
        assert_eq!(safe_name("cafe\u{301}").as_deref(), Some("café"));
        assert_eq!(safe_name("  "), None);
    }

    #[test]
    fn sections_are_one_word() {
        assert_eq!(section_name(" Sea  Ice "), "sea-ice");
    }
}
