//! As much of an article as a feed shows.

use crate::article::Access;
use crate::feed::Entry;
use crate::render::Rendered;
use crate::settings::{Choices, ContentExtent, MembersExtent};
use std::borrow::Cow;

/// The entry of an article in a feed with these choices.
#[must_use]
pub fn shown<'e>(article: &'e Rendered, choices: &Choices) -> Cow<'e, Entry> {
    let is_paid = article.access == Access::Members && choices.members != MembersExtent::Full;
    let is_short = is_paid || choices.content == ContentExtent::Summary;
    let mut entry = Cow::Borrowed(&article.entry);
    if is_short && (entry.content.is_some() || !entry.media.is_empty()) {
        let entry = entry.to_mut();
        entry.content = None;
        entry.media.clear();
    }
    if is_paid && !entry.enclosures.is_empty() {
        entry.to_mut().enclosures.clear();
    }
    if is_paid && !article.summary_is_written && entry.summary.is_some() {
        entry.to_mut().summary = None;
    }
    // A summary that says no less than the content is the content.
    if article.summary_is_content && entry.content.is_some() {
        entry.to_mut().summary = None;
    }
    entry
}
