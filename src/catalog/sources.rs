//! Which of the listed files are articles, and which only look like some.

use crate::article::place::{self, Place};
use crate::article::{bundle, markup};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::newsroom::Listed;
use crate::settings::Settings;
use std::collections::BTreeMap;

/// The listed files, sorted by what they are. Media is left out.
pub struct Sources {
    /// The articles, in the order of their paths.
    pub articles: Vec<Listed>,
    /// The pages about folders, in the order of their paths.
    pub section_pages: Vec<String>,
    /// What was passed over and may have been meant.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// Sorts the paths of a newsroom.
    pub fn sort(mut files: Vec<Listed>, settings: &Settings) -> Sources {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let unread = unread(&files);
        let pages = files.iter().filter(|file| place::is_about_its_folder(&file.path));
        let section_pages = pages.map(|file| file.path.to_string()).collect();
        files.retain(|file| place::is_article(&file.path));
        bundle::leave_out(&mut files);
        let mut outside: Vec<Listed> = Vec::new();
        if settings.articles.layout.is_some() {
            (files, outside) = files.into_iter().partition(|file| Place::of(&file.path, settings).is_some());
        }
        let diagnostics = unread.into_iter().chain(outside_layout(&outside)).collect();
        Sources { articles: files, section_pages, diagnostics }
    }
}

fn outside_layout(files: &[Listed]) -> Option<Diagnostic> {
    let first = &*files.first()?.path;
    let message = match files.len() {
        1 => "the layout has no place for this file, so it is no article".to_owned(),
        count => {
            format!("the layout has no place for this file and {} others, so they are no articles", count - 1)
        }
    };
    let fault = Diagnostic::new(Code::OutsideLayout, Location::new(first, Position::START), message);
    Some(fault.help("if it is one, add a pattern to `articles.layout`"))
}

/// Articles in a markup that feedmill does not read, the first of each kind.
fn unread(files: &[Listed]) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for file in files {
        if let Some(kind) = markup::unread(&file.path) {
            kinds.entry(kind).or_insert((&file.path, 0)).1 += 1;
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
