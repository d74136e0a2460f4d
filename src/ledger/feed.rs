//! What is remembered of a feed.

use super::found::Found;
use super::{IdList, is_tellable, is_usable};
use crate::language::Language;
use crate::plan::{FeedKey, Spelled};
use crate::settings::Settings;
use crate::topic::Topic;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A feed that subscribers were given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FeedRecord {
    /// Its id, for ever.
    pub id: String,
    /// What it is the feed of; `None` where only its files are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<FeedOf>,
    /// Every path under the output directory that it was ever written to, with the format's name.
    pub files: BTreeMap<String, String>,
    /// The ids of its entries, in their order.
    pub entries: IdList,
    /// When it was last changed, as subscribers were told.
    pub updated: DateTime<Utc>,
    /// When it was first published; `None` where that was before anybody noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// The ids of feeds that became one with it. They are never given away.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub joined: BTreeSet<String>,
    /// What identifies it as a podcast, as directories were told (`podcast:guid`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
}

impl FeedRecord {
    /// What it is the feed of, as the plan has it; `None` where nobody knows, or where no feed can be called so.
    #[must_use]
    pub fn key(&self) -> Option<&(FeedKey, Spelled)> {
        self.of.as_ref()?.key()
    }

    /// What people call it: as front matter does, else where it lies.
    #[must_use]
    pub fn name(&self) -> String {
        let called = self.key().map(|(key, _)| key.name());
        called.unwrap_or_else(|| self.files.keys().next().unwrap_or(&self.id).clone())
    }

    /// What keeps it from being written, where a person or another program wrote the record.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        let ids = self.joined.iter().chain([&self.id]).chain(&self.show);
        let is_inside = |path: &String| {
            !path.contains('\0') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        };
        if !ids.into_iter().all(|id| is_usable(id)) {
            Some("an id of the feed is empty or holds a character that no feed may hold")
        } else if !self.files.keys().all(is_inside) {
            Some("a path of the feed leads out of the output directory")
        } else if !is_tellable(self.updated) {
            Some("the feed has a time that no feed can tell")
        } else {
            None
        }
    }

    /// Do the settings know no feeds of its kind any more?
    #[must_use]
    pub fn has_ended(&self, settings: &Settings) -> bool {
        self.key().is_some_and(|(key, _)| !settings.feeds.by.contains(&key.row()))
    }
}

/// The parts that tell a feed apart, as texts. None of them: the feed of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedOf {
    /// The edition's tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    /// The section's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    /// The author and their name as an article spells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<(String, String)>,
    /// The tag, and as an article spells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<(String, String)>,
    /// The same as the plan has it; nothing, where no feed can be called so.
    #[serde(skip)]
    key: Found<Option<Box<(FeedKey, Spelled)>>>,
}

impl FeedOf {
    /// What a planned feed is the feed of.
    #[must_use]
    pub fn of(key: &FeedKey, spelled: &Spelled) -> FeedOf {
        let topic = |topic: &Option<Topic>, spelled: &Option<String>| {
            let name = topic.as_ref()?.name().to_owned();
            let spelled = spelled.clone().unwrap_or_else(|| name.clone());
            Some((name, spelled))
        };
        FeedOf {
            edition: key.edition.as_ref().map(ToString::to_string),
            section: key.section.as_deref().map(str::to_owned),
            author: topic(&key.author, &spelled.author),
            tag: topic(&key.tag, &spelled.tag),
            key: Found::default(),
        }
    }

    /// The same as the plan has it; `None` where no feed can be called so.
    #[must_use]
    pub fn key(&self) -> Option<&(FeedKey, Spelled)> {
        self.key.get_or_init(|| self.found_key().map(Box::new)).as_deref()
    }

    fn found_key(&self) -> Option<(FeedKey, Spelled)> {
        let topics = [&self.author, &self.tag].into_iter().flatten();
        let mut names = topics.flat_map(|(name, spelled)| [name, spelled]).chain(&self.section);
        if !names.all(|name| is_usable(name)) {
            return None;
        }
        let edition = match &self.edition {
            Some(tag) => Some(Language::parse(tag)?),
            None => None,
        };
        let name = |topic: &Option<(String, String)>| topic.as_ref().map(|(name, _)| Topic::of(name));
        let spelled = |topic: &Option<(String, String)>| topic.as_ref().map(|(_, spelled)| spelled.clone());
        let key = FeedKey {
            edition,
            section: self.section.as_deref().map(Arc::from),
            author: name(&self.author),
            tag: name(&self.tag),
        };
        Some((key, Spelled { author: spelled(&self.author), tag: spelled(&self.tag) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_feed_can_be_called_is_the_feed_of_nothing() {
        let is_known = |of: &str| serde_json::from_str::<FeedOf>(of).unwrap().key().is_some();
        assert!(is_known(r#"{"section":"news","tag":["sea-ice","Sea Ice"]}"#));
        for of in [r#"{"section":""}"#, r#"{"author":["ann","\u0001"]}"#, r#"{"edition":"not a language"}"#] {
            assert!(!is_known(of), "{of}");
        }
    }
}
