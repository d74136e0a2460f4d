//! As much of an article as a feed shows.

use crate::access::Access;
use crate::feed::{Entry, Episode};
use crate::language::{Direction, FOR_MEMBERS_IN_ENGLISH, Language};
use crate::render::Rendered;
use crate::settings::{Choices, ContentExtent, MembersExtent};
use crate::text::escape_html;
use std::borrow::Cow;

/// The entry of an article in a feed with these choices.
#[must_use]
pub fn shown<'e>(article: &'e Rendered, choices: &Choices) -> Cow<'e, Entry> {
    let is_paid = article.entry.access == Access::Members && choices.members != MembersExtent::Full;
    let mut entry = match is_paid {
        true => Cow::Owned(public_part(article)),
        false => Cow::Borrowed(&article.entry),
    };
    let is_short = !is_paid && choices.content == ContentExtent::Summary;
    if is_short && (entry.content.is_some() || !entry.media.is_empty()) {
        let entry = entry.to_mut();
        entry.content = None;
        entry.media.clear();
    }
    // A summary that says no less than the content is the content.
    if article.summary_is_content && !is_paid && entry.content.is_some() {
        entry.to_mut().summary = None;
    }
    if !choices.reading_time && entry.reading.is_some() {
        entry.to_mut().reading = None;
    }
    entry
}

/// What everybody may know of an article for members. Every field stands here, so that none gets out because
/// nobody thought of it.
fn public_part(article: &Rendered) -> Entry {
    let entry = &article.entry;
    let summary = entry.summary.clone().filter(|_| article.summary_is_written);
    Entry {
        // Without any text at all readers would take the entry for a broken one.
        content: summary.is_none().then(|| way_in(entry)),
        summary,
        enclosures: Vec::new(),
        player: None,
        episode: entry.episode.as_deref().map(public_episode),
        media: Vec::new(),
        reading: None,
        id: entry.id.clone(),
        title: entry.title.clone(),
        permalink: entry.permalink.clone(),
        published: entry.published,
        updated: entry.updated,
        language: entry.language.clone(),
        authors: entry.authors.clone(),
        contributors: entry.contributors.clone(),
        categories: entry.categories.clone(),
        cover: entry.cover.clone(),
        translations: entry.translations.clone(),
        canonical: entry.canonical.clone(),
        external: entry.external.clone(),
        access: entry.access,
        rights: entry.rights.clone(),
        licence: entry.licence.clone(),
        location: entry.location.clone(),
        source: entry.source.clone(),
        related: entry.related.clone(),
        comments: entry.comments.clone(),
    }
}

/// An episode without what is said in it.
fn public_episode(episode: &Episode) -> Box<Episode> {
    Box::new(Episode {
        transcripts: Vec::new(),
        chapters: None,
        number: episode.number.clone(),
        season: episode.season,
        season_name: episode.season_name.clone(),
        kind: episode.kind,
        title: episode.title.clone(),
        explicit: episode.explicit,
        image: episode.image.clone(),
    })
}

/// A line that says where members read the article.
fn way_in(entry: &Entry) -> String {
    let line = entry.language.as_ref().map_or(FOR_MEMBERS_IN_ENGLISH, Language::for_members);
    let direction = match entry.language.as_ref().map(Language::direction) {
        Some(Direction::RightToLeft) => " dir=\"rtl\"",
        _ => "",
    };
    format!("<p{direction}><a href=\"{}\">{line}</a></p>", escape_html(entry.permalink.as_str()))
}
