//! May an article go out, and to whom: drafts, withdrawals, members.

use super::chosen_feeds::is_unclear;
use super::fields::{Field, Fields, Found};
use super::{Access, HeldBack, place};
use crate::syntax::Value;

/// What `status` says of an article that is not published: in Pelican, Nikola and WordPress.
const NOT_PUBLISHED: &[&str] = &["draft", "hidden", "skip", "private", "pending", "auto-draft"];

/// Why the author holds the article back; `None` where it may go out.
pub fn held_back(fields: &Fields<'_>, path: &str) -> Option<HeldBack> {
    let status = fields.get(Field::Status).and_then(|found| found.text().map(str::to_lowercase));
    let status = status.as_deref().unwrap_or_default();
    let is_there = |field| fields.get(field).is_some_and(|found| found.flag() != Some(false));
    if is_there(Field::Withdrawn) || matches!(status, "withdrawn" | "retracted" | "trash") {
        return Some(HeldBack::Withdrawn);
    }
    let says_draft = fields.get(Field::Draft).and_then(|found| found.flag()) == Some(true);
    // Jekyll's `published: false`; with any other value the field is a date.
    let unpublished = fields.all(Field::Published).any(|found| found.node.value == Value::Bool(false));
    if says_draft || unpublished || NOT_PUBLISHED.contains(&status) || place::is_in_drafts(path) {
        return Some(HeldBack::Draft);
    }
    // A page that Eleventy does not write.
    let has_no_page = fields.get(Field::Url).is_some_and(|found| found.node.value == Value::Bool(false));
    let out_of_feeds = fields.get(Field::Feeds).is_some_and(|found| {
        let excludes = found.is_called("exclude_from_feed");
        found.flag() == Some(excludes)
    });
    (out_of_feeds || has_no_page || is_there(Field::Redirect) || is_there(Field::Unlisted))
        .then_some(HeldBack::NoFeeds)
}

/// Fields that are neither yes nor no, nor names of feeds: a slip in one would publish what is not to be seen.
pub fn unclear_flags<'a>(fields: &Fields<'a>) -> impl Iterator<Item = Found<'a>> {
    let draft = fields.get(Field::Draft).filter(|found| found.flag().is_none());
    draft.into_iter().chain(fields.get(Field::Feeds).filter(is_unclear))
}

/// What `access` and `visibility` say of an article that everybody may read.
const FOR_EVERYBODY: &[&str] = &["public", "free", "open", "everybody", "everyone", "all"];

/// What says anything else is for members, and so is what only seems to be called so: better a teaser too
/// many than a leak.
pub fn access(fields: &Fields<'_>) -> Access {
    let is_open = |found: Found<'_>| {
        let word = found.text().map(|word| word.trim().to_lowercase());
        found.flag() == Some(false) || word.is_some_and(|word| FOR_EVERYBODY.contains(&word.as_str()))
    };
    let is_misspelt = fields.near_misses().any(|(_, near, _)| near == "access");
    match fields.all(Field::Access).all(is_open) && !is_misspelt {
        true => Access::Public,
        false => Access::Members,
    }
}
