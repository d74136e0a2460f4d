//! What is remembered of an entry.

use super::IdSet;
use crate::digest::Digest;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An entry that subscribers were shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct EntryRecord {
    /// Its id, for ever.
    pub id: String,
    /// Its source file; empty where nobody knows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Its page.
    pub permalink: String,
    /// Its headline, for those who read the ledger.
    pub title: String,
    /// When it was published, as subscribers were told.
    pub published: DateTime<Utc>,
    /// When it was last changed, as subscribers were told.
    pub updated: DateTime<Utc>,
    /// Its edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The translation key that its front matter declares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<String>,
    /// Of the text as it stands in the source file, where that is long enough to tell articles apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Digest>,
    /// Of what subscribers see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Digest>,
    /// Is its file gone, and does it stay because too much went with it? Then it stays until the file is back or
    /// a run accepts the loss, however many new entries make it a smaller share of its feeds.
    #[serde(default, skip_serializing_if = "is_not")]
    pub held: bool,
    /// When it was taken out of all feeds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<DateTime<Utc>>,
    /// The feeds that ever held it, by their ids.
    #[serde(default, skip_serializing_if = "IdSet::is_empty")]
    pub feeds: IdSet,
}

impl EntryRecord {
    /// What a tombstone tells of an entry.
    #[must_use]
    pub fn withdrawn(id: &str, when: DateTime<Utc>) -> EntryRecord {
        EntryRecord {
            id: id.to_owned(),
            path: String::new(),
            permalink: String::new(),
            title: String::new(),
            published: when,
            updated: when,
            edition: None,
            translation: None,
            body: None,
            seen: None,
            held: false,
            withdrawn: Some(when),
            feeds: IdSet::default(),
        }
    }

    /// When it was published, if anybody knows: of what was withdrawn a tombstone does not tell.
    #[must_use]
    pub fn known_published(&self) -> Option<DateTime<Utc>> {
        (!self.permalink.is_empty()).then_some(self.published)
    }

    /// Is its source file to be found? Nobody has seen it yet: this was read back from what subscribers have.
    #[must_use]
    pub fn is_homeless(&self) -> bool {
        self.stands() && self.path.is_empty() && self.seen.is_none()
    }

    /// Is its source file another article's now?
    #[must_use]
    pub fn is_ousted(&self) -> bool {
        self.stands() && self.path.is_empty() && self.seen.is_some()
    }

    /// Does nobody see this id any more, because its article was given another one? It is never given away.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.withdrawn.is_some() && self.feeds.is_empty()
    }

    /// Is it to be seen, or was it until newer ones came?
    #[must_use]
    pub fn stands(&self) -> bool {
        self.withdrawn.is_none()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_not(flag: &bool) -> bool {
    !flag
}
