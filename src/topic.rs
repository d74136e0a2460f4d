//! Authors and tags in the spelling that is compared.

use unicode_normalization::UnicodeNormalization;

/// An author or a tag: `Sea Ice`, `sea-ice` and `sea_ice` are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Topic {
    name: String,
}

impl Topic {
    /// The topic of this spelling.
    #[must_use]
    pub fn of(spelling: &str) -> Topic {
        let spelling: String = spelling.nfc().collect();
        let words = spelling.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
        let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
        // A tag of nothing but hyphens is a tag all the same.
        let name = if name.is_empty() { spelling } else { name };
        // Some letters in lower case are two that make one together.
        Topic { name: name.to_lowercase().nfc().collect() }
    }

    /// The name that all its spellings share, in NFC.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_topic() {
        for spelling in ["Sea Ice", "sea-ice", " SEA_ice ", "sea  ice", "-sea-ice-"] {
            assert_eq!(Topic::of(spelling).name(), "sea-ice", "{spelling}");
        }
        assert_eq!(Topic::of("Cafe\u{301}"), Topic::of("CAFÉ"));
        assert_eq!(Topic::of("--").name(), "--");
        assert_ne!(Topic::of("C"), Topic::of("C++"));
    }
}
