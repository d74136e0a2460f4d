//! May an article go out, and to whom: drafts, withdrawals, members.

use super::chosen_feeds::is_unclear;
use super::fields::{Field, Fields, Found, is_name_of};
use super::{HeldBack, place};
use crate::access::Access;
use crate::syntax::Value;
use chrono::{DateTime, FixedOffset};

/// What `status` says of an article that is not published: in Pelican, Nikola and WordPress.
const NOT_PUBLISHED: &[&str] = &["draft", "hidden", "skip", "private", "pending", "auto-draft"];

/// Why the author holds the article back; `None` where it may go out. What is `withdrawn` by a date goes
/// out until then.
pub fn held_back(
    fields: &Fields<'_>,
    path: &str,
    withdrawn: Option<DateTime<FixedOffset>>,
) -> Option<HeldBack> {
    let status = fields.get(Field::Status).and_then(|found| found.text().map(str::to_lowercase));
    let status = status.as_deref().unwrap_or_default();
    let is_there = |field| fields.get(field).is_some_and(|found| found.flag() != Some(false));
    let is_withdrawn = withdrawn.is_none() && is_there(Field::Withdrawn);
    if is_withdrawn || matches!(status, "withdrawn" | "retracted" | "trash") {
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

/// Is this what `access` or `visibility` says of an article that everybody may read?
pub fn is_for_everybody(word: &str) -> bool {
    FOR_EVERYBODY.contains(&word.trim().to_lowercase().as_str())
}

/// What says anything else is for members, and so is what only seems to be called so: better a teaser too
/// many than a leak.
pub fn access(fields: &Fields<'_>, near_misses: &[&str]) -> Access {
    let is_open = |found: Found<'_>| {
        // No access is not open access.
        let is_switch = !found.is_called("access") && !found.is_called("visibility");
        // Those who belong to a club or a band are called so too.
        let is_other = || matches!(found.node.value, Value::List(_) | Value::Map(_));
        (is_switch && found.flag() == Some(false))
            || (found.is_called("members") && is_other())
            || found.text().is_some_and(is_for_everybody)
    };
    let is_slip = near_misses.iter().any(|near| is_name_of(Field::Access, near));
    match fields.all(Field::Access).all(is_open) && !is_slip {
        true => Access::Public,
        false => Access::Members,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Map, parse_json, parse_toml, parse_yaml};

    fn of(front_matter: &Map) -> Access {
        let none = Map::default();
        let fields = Fields::of(front_matter, &none);
        let near_misses: Vec<&str> = fields.near_misses().map(|(_, near, _)| near).collect();
        access(&fields, &near_misses)
    }

    #[test]
    fn for_members_in_every_spelling() {
        for text in [
            "access: members",
            "Access: Members",
            "ACCESS: paid",
            "visibility: subscribers",
            "access: [public, members]",
            "access: { level: gold }",
            "paywall: true",
            "members-only: yes",
            "membersOnly: x\nmembers_only: 1",
            "access: public\npaywall: true",
            "params: { access: members }",
            "extra:\n  Visibility: Paid",
            "acess: members",
            "acces: public",
            "visiblity: members",
            "pay_wall: true",
            "member-only: true",
            "membersOnly: true",
            "members: true",
            "members: only",
            "subscribers_only: yes",
            "premium: true",
            "access: no",
            "access: false",
            "visibility: off",
            "access: members\naccess: public",
            "access: members\nAccess:",
            "params: { access: members, Access: public }",
            "params: { paywall: true }\naccess: public",
        ] {
            assert_eq!(of(&parse_yaml(text).unwrap()), Access::Members, "{text}");
        }
        assert_eq!(of(&parse_toml("[params]\naccess = 'members'").unwrap()), Access::Members);
        assert_eq!(of(&parse_json("{\"extra\": {\"Access\": \"Members\"}}").unwrap()), Access::Members);
    }

    #[test]
    fn for_everybody() {
        for text in [
            "title: a",
            "access: Public",
            "access:",
            "visibility: free",
            "paywall: false",
            "members_only: no",
            "params: { access: public }",
            "members: [Ann Lee, Bo Ek]",
            "members: no",
            "premium: false",
        ] {
            assert_eq!(of(&parse_yaml(text).unwrap()), Access::Public, "{text}");
        }
    }
}
