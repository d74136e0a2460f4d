//! All that something is made of, as one number: where it is the same, nothing need be made again.

use super::name::Name;
use crate::plan::PlannedFeed;
use std::fmt::Debug;

/// The parts, one after the other.
#[derive(Debug, Default)]
pub struct Parts(Vec<u8>);

impl Parts {
    /// A number.
    pub fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// A text. Where it ends counts.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A text that may be missing.
    pub fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.number(u64::MAX),
        }
    }

    /// Something of which there is little.
    pub fn value(&mut self, value: &impl Debug) {
        self.text(&format!("{value:?}"));
    }

    /// What a feed is the feed of. Where it lies and what it is called follows from that, from the settings, and from the
    /// editions and sections that there are.
    pub fn feed(&mut self, PlannedFeed { key, spelled, .. }: &PlannedFeed) {
        self.optional(key.edition.as_ref().map(|edition| edition.as_str()));
        self.optional(key.section.as_deref());
        for (topic, spelled) in [(&key.author, &spelled.author), (&key.tag, &spelled.tag)] {
            self.optional(topic.as_ref().map(|topic| topic.name()));
            self.optional(spelled.as_deref());
        }
    }

    /// All of them as one number.
    #[must_use]
    pub fn made_of(&self) -> u64 {
        Name::of_bytes(&self.0).number()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::FeedKey;
    use crate::topic::Topic;

    #[test]
    fn every_part_has_its_place() {
        let of = |parts: &dyn Fn(&mut Parts)| {
            let mut made = Parts::default();
            parts(&mut made);
            made.made_of()
        };
        assert_eq!(of(&|parts| parts.text("ferry")), of(&|parts| parts.optional(Some("ferry"))));
        assert_ne!(of(&|parts| parts.text("")), of(&|parts| parts.optional(None)));
        let texts = |texts: &'static [&str]| of(&move |parts| texts.iter().for_each(|text| parts.text(text)));
        assert_ne!(texts(&["ferry", "late"]), texts(&["ferryl", "ate"]));
        assert_eq!(of(&|parts| parts.value(&1)), of(&|parts| parts.text("1")));
        let topic = Some(Topic::of("ice"));
        let tag = FeedKey { tag: topic.clone(), ..FeedKey::default() };
        let author = FeedKey { author: topic, ..FeedKey::default() };
        let feed = |key: &FeedKey| PlannedFeed { key: key.clone(), ..PlannedFeed::default() };
        assert_ne!(of(&|parts| parts.feed(&feed(&tag))), of(&|parts| parts.feed(&feed(&author))));
    }
}
