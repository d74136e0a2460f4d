//! A glance at some articles, where a generator's rule depends on what they hold.

use super::{Pattern, SiteFiles};
use crate::article::front_matter;

/// Enough to see how a site names its pages.
const MOST_ARTICLES: usize = 200;
const MOST_DIRECTORIES: usize = 1000;

/// Markdown files below a directory, as many as a glance takes.
pub fn articles(files: &dyn SiteFiles, directory: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut directories = vec![directory.to_owned()];
    let mut seen = 0;
    while let Some(directory) = directories.pop() {
        seen += 1;
        for name in files.names(&directory) {
            let path = if directory.is_empty() { name.clone() } else { format!("{directory}/{name}") };
            if name.starts_with(['.', '_']) || name == "node_modules/" {
                continue;
            }
            match path.strip_suffix('/') {
                Some(inner) => directories.push(inner.to_owned()),
                None if is_markdown(&name) => found.push(path),
                None => {}
            }
        }
        if found.len() >= MOST_ARTICLES || seen >= MOST_DIRECTORIES {
            break;
        }
    }
    found.truncate(MOST_ARTICLES);
    found
}

/// Is this a file that could be an article?
pub fn is_markdown(name: &str) -> bool {
    [".md", ".markdown", ".mdx"].iter().any(|ending| name.ends_with(ending))
}

/// A generator takes the `slug` of an article, or else its title. feedmill has a name for either, so
/// the one that more of the articles need is put in.
pub fn slug_else_title(pattern: Pattern, files: &dyn SiteFiles, directory: &str) -> Pattern {
    let articles = articles(files, directory);
    let with = articles.iter().filter(|path| names_slug(files, path)).count();
    if with * 2 > articles.len() || articles.is_empty() {
        let mut pattern = pattern;
        if with < articles.len() || articles.is_empty() {
            pattern.notes.push("an article without a `slug` has its title there: `{title}`".to_owned());
        }
        return pattern;
    }
    let mut pattern = pattern.with("{slug}", "{title}");
    if with > 0 {
        pattern.notes.push("an article with a `slug` has this there: `{slug}`".to_owned());
    }
    pattern
}

/// Does the article's front matter name a slug?
pub fn names_slug(files: &dyn SiteFiles, path: &str) -> bool {
    let Some(text) = files.text(path) else { return false };
    let fields = front_matter::split(&text).ok().and_then(|parts| parts.header?.read().ok());
    fields.is_some_and(|fields| super::config::text(&fields, "slug").is_some())
}
