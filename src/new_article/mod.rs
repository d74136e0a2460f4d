//! A new article: a file where the site's own lie, in the form that they have, ready to be written.

mod front_matter;
mod habits;
mod path;
mod slug;
mod whereto;

use crate::article::{self, Article, Outcome, markup::Markup};
use crate::catalog::Catalog;
use crate::diagnostic::Severity;
use crate::newsroom::{MemoryNewsroom, Newsroom};
use crate::settings::Settings;
use crate::text;
use chrono::{DateTime, FixedOffset};
use front_matter::{Fields, written};
use habits::Habits;
use path::Candidate;
use std::fmt;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// The headline.
    pub title: &'a str,
    /// The section, by its name or title; `None`: the only one there is.
    pub section: Option<&'a str>,
    /// The edition, by its language; `None`: the first.
    pub edition: Option<&'a str>,
    /// The slug; `None`: that of the title.
    pub slug: Option<&'a str>,
    /// The date.
    pub published: DateTime<FixedOffset>,
    /// Who writes it; nobody: who has written all the others, if that is one person.
    pub authors: &'a [String],
    /// What it will be written in.
    pub markup: Markup,
    /// Is it to have a folder of its own, for its pictures?
    pub is_bundle: bool,
    /// May its section and its edition be new ones?
    pub may_begin: bool,
}

/// The file to create.
#[derive(Clone, Debug, PartialEq)]
pub struct NewArticle {
    /// Where it lies below the directory of the articles.
    pub path: String,
    /// A draft: no feed shows it until its author says so.
    pub text: String,
}

/// Why there is no such article.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The article that is in the way.
    pub path: Option<String>,
    /// What is wrong with the wish; behind the path, if there is one.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Refused {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Refused {
        Refused { path: None, message: message.into(), help: Some(help.into()) }
    }

    fn taken(path: &str, message: impl Into<String>) -> Refused {
        Refused {
            path: Some(path.to_owned()),
            ..Refused::new(message, "give the new article another `--slug`")
        }
    }
}

/// Makes an article that `check` will find no fault with once it has a text and is no draft any more.
///
/// # Errors
/// A section, edition or author that is not known, a title of which no slug can be made, a place that is taken.
pub fn new_article(
    wish: &Wish<'_>,
    newsroom: &dyn Newsroom,
    catalog: &Catalog,
    settings: &Settings,
) -> Result<NewArticle, Refused> {
    let title = text::line(wish.title);
    if title.is_empty() {
        return Err(Refused::new(
            "the title is empty",
            "say what the article is about: `feedmill new \"…\"`",
        ));
    }
    let edition = whereto::edition(wish, catalog, settings)?;
    let section = whereto::section(wish, catalog, settings)?;
    let slug = slug::slug(wish.slug, &title, settings.site.slugs)?;
    let habits = Habits::of(edition.as_ref(), section.as_deref(), newsroom, catalog, settings);
    let wanted = path::Wanted {
        edition: edition.as_ref(),
        section: section.as_deref(),
        slug: &slug,
        date: wish.published.date_naive(),
        markup: wish.markup,
        is_bundle: wish.is_bundle,
    };
    let Some(Candidate { path, says, .. }) = path::best(&wanted, &habits, settings) else {
        let help = "`--format md` or `--format html` is what its patterns end in";
        return Err(Refused::new("`articles.layout` has no place for such an article", help));
    };
    let fields = Fields {
        title: &title,
        published: wish.published,
        language: edition.as_ref().filter(|_| !says.edition).map(|edition| edition.as_str()),
        section: section.as_deref().filter(|_| !says.section),
        slug: Some(slug.as_str()).filter(|_| !says.slug),
        authors: &authors(wish, &habits, settings)?,
    };
    check(&path, &written(&fields, habits.syntax, false), catalog, settings)?;
    if newsroom.has(&path) {
        return Err(Refused::taken(&path, "is there already"));
    }
    Ok(NewArticle { text: written(&fields, habits.syntax, true), path })
}

/// The names for front matter; none where the site's own authors stand under what names nobody.
fn authors(wish: &Wish<'_>, habits: &Habits, settings: &Settings) -> Result<Vec<String>, Refused> {
    for name in wish.authors {
        if let Some(near) = settings.authors.meant(name) {
            return Err(Refused::new(
                format!("no author has the id `{name}`"),
                format!("did you mean `{near}`?"),
            ));
        }
    }
    let given = wish.authors.iter().map(|name| text::line(name)).filter(|name| !name.is_empty());
    let given: Vec<String> = given.collect();
    let is_for_habit = given.is_empty() && settings.site.authors.is_empty();
    Ok(if is_for_habit { habits.author.iter().cloned().collect() } else { given })
}

/// Reads the article as it will be read when it is no draft any more.
fn check(path: &str, text: &str, catalog: &Catalog, settings: &Settings) -> Result<Box<Article>, Refused> {
    let newsroom = MemoryNewsroom::of([(path, format!("{text}Text.\n"))]);
    let (outcome, faults) = match article::full_head(path, &newsroom, settings) {
        Ok(read) => read,
        Err(faults) => (Outcome::Faulty, faults),
    };
    if let Some(fault) = faults.into_iter().find(|fault| fault.severity() >= Severity::Warning) {
        return Err(Refused { path: None, message: fault.message, help: fault.help });
    }
    let Outcome::Article(article) = outcome else {
        return Err(Refused::taken(path, "would be no article"));
    };
    let permalink = article.permalink.as_str();
    match catalog.cards.iter().find(|card| card.permalink() == permalink) {
        Some(other) => Err(Refused::taken(other.path(), format!("has the permalink {permalink} already"))),
        None => Ok(article),
    }
}

/// Names, in a sentence.
fn listed<T: fmt::Display>(names: impl IntoIterator<Item = T>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
