//! What a source file says of its article that depends on nothing else: not on the time, and not on what was promised.

use super::text::{Key, Time};
use crate::access::Access;
use crate::article::{Article, HeldBack, Outcome, TranslationKey};
use crate::diagnostic::{Diagnostic, Position};
use crate::identity::own_id;
use crate::settings::{Grouping, Settings};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What one source file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// What few files say.
    pub rest: Rest<'a>,
}

/// What a source file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    /// An article that may be published.
    Article(ArticleSketch<'a>),
    /// One that its author holds back, and what it shares with its translations.
    HeldBack(HeldBack, Option<Key>),
    /// Nothing that could be read.
    Faulty,
}

/// What is kept of every article's front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleSketch<'a> {
    /// The id that its author gave it, or that it would get if it were new.
    pub id: &'a str,
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
    /// What it shares with its translations.
    pub key: Option<Key>,
}

/// What few articles have.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Rest<'a> {
    /// What there is to say of the file in every run.
    pub told: Cow<'a, [Diagnostic]>,
    /// Where its author's id stands.
    pub id_at: Option<Position>,
    /// The changes that it declares, whenever they are.
    pub changes: Vec<Time>,
    /// From when on it is no longer to be shown.
    pub expires: Option<Time>,
    /// From when on it is taken back.
    pub withdrawn: Option<Time>,
    /// The key that front matter names for its translations.
    pub translation: Option<&'a str>,
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
            let kind = Kind::Article(ArticleSketch::of(article, &id));
            keep(&Sketch { kind, rest: Rest { told, ..Rest::of(article, settings) } })
        }
        Outcome::HeldBack(reason, key) => {
            let kind = Kind::HeldBack(*reason, key.as_ref().map(Key::of));
            keep(&Sketch { kind, rest: Rest { told, ..Rest::default() } })
        }
        Outcome::Faulty => keep(&Sketch { kind: Kind::Faulty, rest: Rest { told, ..Rest::default() } }),
    }
}

impl<'a> ArticleSketch<'a> {
    fn of(article: &'a Article, id: &'a str) -> ArticleSketch<'a> {
        ArticleSketch {
            id,
            permalink: article.permalink.as_str(),
            edition: article.edition.as_ref().map(|edition| edition.as_str()),
            section: article.section.as_deref(),
            access: article.access,
            published: Time::of(article.published),
            key: article.translation.as_ref().map(Key::of),
        }
    }
}

impl<'a> Rest<'a> {
    fn of(article: &'a Article, settings: &Settings) -> Rest<'a> {
        let wanted = |part: fn(&Grouping) -> bool| settings.feeds.by.iter().any(part);
        let corrections = article.corrections.iter().filter_map(|correction| correction.date);
        let authors = article.authors.iter().filter(|_| wanted(|row| row.author));
        let tags = article.tags.iter().filter(|_| wanted(|row| row.tag));
        let feeds = article
            .feeds
            .as_ref()
            .map(|feeds| feeds.names.iter().map(|(name, at)| (name.as_str(), *at)).collect());
        Rest {
            told: Cow::default(),
            id_at: article.id.as_ref().map(|(_, at)| *at),
            changes: article.updated.into_iter().chain(corrections).map(Time::of).collect(),
            expires: article.expires.map(Time::of),
            withdrawn: article.withdrawn.map(Time::of),
            translation: match &article.translation {
                Some(TranslationKey::Declared(text)) => Some(text),
                _ => None,
            },
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
