//! From a source file to its card: as much of the file is read as its front matter needs.

use crate::address::Address;
use crate::article::{self, Article, KeptBack, Outcome, decode};
use crate::diagnostic::{Diagnostic, Position};
use crate::identity::entry_id;
use crate::language::Language;
use crate::newsroom::{Extent, HEAD_BYTES, Newsroom};
use crate::settings::{Grouping, Settings};
use chrono::{DateTime, FixedOffset, Utc};
use std::sync::Arc;

/// What is kept of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its source file.
    pub path: String,
    /// Its id.
    pub id: String,
    /// Where its id stands in the source file.
    pub id_at: Position,
    /// Its page.
    pub permalink: Address,
    /// Its edition.
    pub edition: Option<Language>,
    /// Its section.
    pub section: Option<Arc<str>>,
    /// First publication.
    pub published: DateTime<FixedOffset>,
    /// Last declared change.
    pub updated: DateTime<FixedOffset>,
    /// The key that it shares with its translations.
    pub translation: Option<String>,
    /// Its authors' names, where there are feeds by author.
    pub authors: Vec<String>,
    /// Its tags, where there are feeds by tag.
    pub tags: Vec<String>,
}

/// What one source file contributes.
pub enum Contribution {
    Due(Box<Card>),
    Embargoed(DateTime<Utc>),
    Expired,
    Kept(KeptBack),
    Faulty,
}

/// Reads one source file and decides what it is at `now`.
pub fn contribution(
    path: String,
    newsroom: &dyn Newsroom,
    settings: &Settings,
    now: DateTime<Utc>,
) -> (Contribution, Vec<Diagnostic>) {
    match interpreted(&path, newsroom, settings) {
        Ok((outcome, diagnostics)) => (judge(path, outcome, settings, now), diagnostics),
        Err(diagnostics) => (Contribution::Faulty, diagnostics),
    }
}

fn judge(path: String, outcome: Outcome, settings: &Settings, now: DateTime<Utc>) -> Contribution {
    match outcome {
        Outcome::Kept(reason) => Contribution::Kept(reason),
        Outcome::Faulty => Contribution::Faulty,
        Outcome::Article(article) if article.published > now => {
            Contribution::Embargoed(article.published.to_utc())
        }
        Outcome::Article(article) if article.expires.is_some_and(|expires| expires <= now) => {
            Contribution::Expired
        }
        Outcome::Article(article) => Contribution::Due(Box::new(card(path, *article, settings, now))),
    }
}

/// Reads as much of a file as its front matter needs.
fn interpreted(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
) -> Result<(Outcome, Vec<Diagnostic>), Vec<Diagnostic>> {
    let one = |fault| vec![fault];
    let head = article::bytes(path, newsroom, Extent::Head).map_err(one)?;
    let is_cut = head.len() >= HEAD_BYTES;
    let mut decoded = decode::decode(path, article::header_bytes(&head, is_cut), is_cut).map_err(one)?;
    let mut source = article::read(path, &decoded.text);
    if is_cut && source.is_err() {
        drop(source);
        let whole = article::bytes(path, newsroom, Extent::Whole).map_err(one)?;
        decoded = decode::decode(path, article::header_bytes(&whole, false), false).map_err(one)?;
        source = article::read(path, &decoded.text);
    }
    let source = source?;
    let (outcome, mut diagnostics) = article::interpret(path, &source, settings);
    diagnostics.extend(decoded.removed.map(|removed| article::illegal_character(path, removed)));
    Ok((outcome, diagnostics))
}

fn card(path: String, article: Article, settings: &Settings, now: DateTime<Utc>) -> Card {
    let wanted = |part: fn(&Grouping) -> bool| settings.feeds.by.iter().any(part);
    Card {
        id: entry_id(&article, &settings.site),
        updated: article.updated_at(now),
        id_at: article.id.as_ref().map_or(Position::START, |(_, at)| *at),
        path,
        permalink: article.permalink,
        edition: article.edition,
        section: article.section.map(Arc::from),
        published: article.published,
        translation: article.translation,
        authors: if wanted(|row| row.author) {
            article.authors.into_iter().map(|author| author.name).collect()
        } else {
            Vec::new()
        },
        tags: if wanted(|row| row.tag) { article.tags } else { Vec::new() },
    }
}
