//! Which of the listed files are articles, and which only look like some.

use crate::article::place::{self, Place};
use crate::article::{bundle, markup};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::settings::Settings;
use std::collections::BTreeMap;

/// The listed files, sorted by what they are. Media is left out.
pub struct Sources {
    /// The articles, in the order of their paths.
    pub articles: Vec<String>,
    /// The pages about folders, in the order of their paths.
    pub section_pages: Vec<String>,
    /// What was passed over and may have been meant.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// Sorts the paths of a newsroom.
    pub fn sort(mut paths: Vec<String>, settings: &Settings) -> Sources {
        paths.sort_unstable();
        let unread = unread(&paths);
        let section_pages = paths.iter().filter(|path| place::is_about_its_folder(path)).cloned().collect();
        paths.retain(|path| place::is_article(path));
        bundle::leave_out(&mut paths);
        let mut outside: Vec<String> = Vec::new();
        if settings.articles.layout.is_some() {
            (paths, outside) = paths.into_iter().partition(|path| Place::of(path, settings).is_some());
        }
        let diagnostics = unread.into_iter().chain(outside_layout(&outside)).collect();
        Sources { articles: paths, section_pages, diagnostics }
    }
}

fn outside_layout(paths: &[String]) -> Option<Diagnostic> {
    let first = paths.first()?;
    let message = match paths.len() {
        1 => "the layout has no place for this file, so it is no article".to_owned(),
        count => {
            format!("the layout has no place for this file and {} others, so they are no articles", count - 1)
        }
    };
    let fault = Diagnostic::new(Code::OutsideLayout, Location::new(first, Position::START), message);
    Some(fault.help("if it is one, add a pattern to `articles.layout`"))
}

/// Articles in a markup that feedmill does not read, the first of each kind.
fn unread(paths: &[String]) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<&str, (&String, usize)> = BTreeMap::new();
    for path in paths {
        if let Some(kind) = markup::unread(path) {
            kinds.entry(kind).or_insert((path, 0)).1 += 1;
        }
    }
    kinds
        .into_iter()
        .map(|(kind, (first, count))| {
            let others = if count > 1 { format!(", as {} others are", count - 1) } else { String::new() };
            let message = format!("this file is {kind}{others}, which feedmill does not read");
            Diagnostic::new(Code::UnreadMarkup, Location::new(first, Position::START), message)
                .help("convert it to Markdown or HTML, or leave it out with `articles.layout`")
        })
        .collect()
}
