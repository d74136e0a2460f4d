//! A glance at some articles, where a generator's rule depends on what they hold.

use super::{FoundLanguage, SiteFiles};
use crate::article::front_matter;
use crate::language::Language;

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

/// The directories of a directory that are named like languages.
pub fn languages(files: &dyn SiteFiles, directory: &str) -> Vec<FoundLanguage> {
    let names =
        files.names(directory).into_iter().filter_map(|name| name.strip_suffix('/').map(str::to_owned));
    names
        .filter(|name| Language::of_directory(name).is_some())
        .filter_map(|name| FoundLanguage::of(&name, &name))
        .collect()
}

/// Does the article's front matter name a slug?
pub fn names_slug(files: &dyn SiteFiles, path: &str) -> bool {
    let Some(text) = files.text(path) else { return false };
    let fields = front_matter::split(&text).ok().and_then(|parts| parts.header?.read().ok());
    fields.is_some_and(|fields| super::config::text(&fields, "slug").is_some())
}
