//! What a source file says of its article that depends on nothing else: not on the time, and not on what was promised.

use super::text::{Key, Time};
use crate::access::Access;
use crate::article::{Article, HeldBack, Outcome};
use crate::diagnostic::{Diagnostic, Position};
use crate::identity::own_id;
use crate::settings::{Grouping, Settings};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What one source file says, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Sketch<'a> {
    /// What it is.
    #[serde(borrow)]
    pub kind: Kind<'a>,
    /// What there is to say of it in every run.
    pub told: Cow<'a, [Diagnostic]>,
}

/// What a source file is.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub enum Kind<'a> {
    /// An article that may be published.
    #[serde(borrow)]
    Article(Box<ArticleSketch<'a>>),
    /// One that its author holds back.
    HeldBack(HeldBack, #[serde(borrow)] Option<Key<'a>>),
    /// Nothing that could be read.
    Faulty,
}

/// What is kept of an article's front matter.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ArticleSketch<'a> {
    /// The id that its author gave it, or that it would get if it were new.
    pub id: &'a str,
    /// Where its author's id stands.
    pub id_at: Option<Position>,
    /// Its page.
    pub permalink: &'a str,
    /// Its edition.
    pub edition: Option<&'a str>,
    /// Its section.
    pub section: Option<&'a str>,
    /// Who may read it.
    pub access: Access,
    /// First publication.
    pub published: Time,
    /// The changes that it declares, whenever they are.
    pub changes: Vec<Time>,
    /// From when on it is no longer to be shown.
    pub expires: Option<Time>,
    /// From when on it is taken back.
    pub withdrawn: Option<Time>,
    /// The key that it shares with its translations.
    #[serde(borrow)]
    pub translation: Option<Key<'a>>,
    /// Where its page was before.
    #[serde(borrow)]
    pub aliases: Vec<&'a str>,
    /// Its authors' names, where there are feeds by author.
    #[serde(borrow)]
    pub authors: Vec<&'a str>,
    /// Its tags, where there are feeds by tag.
    #[serde(borrow)]
    pub tags: Vec<&'a str>,
    /// The feeds that it goes into, where it is not for all of its own.
    #[serde(borrow)]
    pub feeds: Option<Vec<(&'a str, Position)>>,
}

/// What became of the head of a source file.
pub type Head = Result<(Outcome, Vec<Diagnostic>), Vec<Diagnostic>>;

/// Hands the sketch of a source file to `keep`; it lives no longer than that.
pub fn sketch<T>(head: &Head, settings: &Settings, keep: impl FnOnce(&Sketch<'_>) -> T) -> T {
    let (outcome, diagnostics) = match head {
        Ok((outcome, diagnostics)) => (outcome, diagnostics),
        Err(diagnostics) => (&Outcome::Faulty, diagnostics),
    };
    let told = Cow::Borrowed(diagnostics.as_slice());
    match outcome {
        Outcome::Article(article) => {
            let id = own_id(article, &settings.site);
            let kind = Kind::Article(Box::new(ArticleSketch::of(article, &id, settings)));
            keep(&Sketch { kind, told })
        }
        Outcome::HeldBack(reason, key) => {
            let kind = Kind::HeldBack(*reason, key.as_ref().map(Key::of));
            keep(&Sketch { kind, told })
        }
        Outcome::Faulty => keep(&Sketch { kind: Kind::Faulty, told }),
    }
}

impl<'a> ArticleSketch<'a> {
    fn of(article: &'a Article, id: &'a str, settings: &Settings) -> ArticleSketch<'a> {
        let wanted = |part: fn(&Grouping) -> bool| settings.feeds.by.iter().any(part);
        let corrections = article.corrections.iter().filter_map(|correction| correction.date);
        let authors = article.authors.iter().filter(|_| wanted(|row| row.author));
        let tags = article.tags.iter().filter(|_| wanted(|row| row.tag));
        let feeds = article
            .feeds
            .as_ref()
            .map(|feeds| feeds.names.iter().map(|(name, at)| (name.as_str(), *at)).collect());
        ArticleSketch {
            id,
            id_at: article.id.as_ref().map(|(_, at)| *at),
            permalink: article.permalink.as_str(),
            edition: article.edition.as_ref().map(|edition| edition.as_str()),
            section: article.section.as_deref(),
            access: article.access,
            published: Time::of(article.published),
            changes: article.updated.into_iter().chain(corrections).map(Time::of).collect(),
            expires: article.expires.map(Time::of),
            withdrawn: article.withdrawn.map(Time::of),
            translation: article.translation.as_ref().map(Key::of),
            aliases: article.aliases.iter().map(|alias| alias.as_str()).collect(),
            authors: authors.map(|author| author.topic_name()).collect(),
            tags: tags.map(String::as_str).collect(),
            feeds,
        }
    }

    /// Where its author's id stands; the start where there is none.
    #[must_use]
    pub fn id_at(&self) -> Position {
        self.id_at.unwrap_or(Position::START)
    }
}
