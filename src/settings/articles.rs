//! From `[articles]` to what is an article.

use super::table::{Faults, Table};
use super::{ArticleSettings, Undated};
use crate::article::layout::Layout;
use crate::syntax::{Map, Value};

/// Where it is remembered what was read when nothing says otherwise.
const DEFAULT_INDEX: &str = ".feedmill/index";

/// Where the articles are when nothing says otherwise.
const DEFAULT_DIRECTORY: &str = "articles";

/// Reads the table; `given` is what the command line says in place of its directory.
pub fn articles(root: &Table<'_>, given: Option<&str>, faults: &mut Faults<'_>) -> ArticleSettings {
    let empty = Map::default();
    let table = root
        .table("articles", &["directory", "layout", "media", "authors", "undated", "index"], faults)
        .unwrap_or(Table { name: "articles".to_owned(), map: &empty });
    let from_file = table.line("directory", faults);
    ArticleSettings {
        directory: given.map(str::to_owned).or(from_file).unwrap_or_else(|| DEFAULT_DIRECTORY.to_owned()),
        layout: layout(&table, faults),
        authors: table.local("authors", faults),
        media: media(&table, faults),
        undated: match table.word("undated", &["error", "skip"], faults) {
            Some("skip") => Undated::Skip,
            _ => Undated::Error,
        },
        index: index(&table, faults),
    }
}

/// A file, or `false`.
fn index(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<String> {
    match table.node("index").map(|node| &node.value) {
        None => Some(DEFAULT_INDEX.to_owned()),
        Some(Value::Bool(false)) => None,
        Some(Value::Bool(true)) => Some(DEFAULT_INDEX.to_owned()),
        Some(_) => table.line("index", faults),
    }
}

fn media(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<String> {
    let directories = table.texts("media", faults).unwrap_or_default();
    if let Some((_, at)) = directories.iter().find(|(name, _)| name.trim().is_empty()) {
        faults.bad(*at, "`articles.media` has a directory without a name").help =
            Some("name the directory, from the settings file on, or leave it out".to_owned());
    }
    directories.into_iter().map(|(name, _)| name.to_owned()).collect()
}

fn layout(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<Layout> {
    let patterns = table.texts("layout", faults)?;
    let mut layout = Layout::default();
    for (text, at) in &patterns {
        if let Err(message) = layout.add(text) {
            faults.bad(*at, format!("`articles.layout`: {message}"));
        }
    }
    (!patterns.is_empty()).then_some(layout)
}
