//! Which of the listed files are articles, and which only look like some.

use crate::article::bundle::Bundles;
use crate::article::markup;
use crate::article::place::{self, Place};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::index::portion::SourceFile;
use crate::newsroom::Listed;
use crate::settings::Settings;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The listed files, sorted by what they are.
pub struct Sources {
    /// All of them, in the order of their paths.
    pub files: Vec<SourceFile>,
    /// The pages about folders, in the order of their paths.
    pub section_pages: Vec<String>,
    /// What was passed over and may have been meant.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// Sorts the files of a newsroom.
    pub fn sort(mut listed: Vec<Listed>, settings: &Settings) -> Sources {
        listed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let unread = unread(&listed);
        let pages = listed.iter().filter(|file| place::is_about_its_folder(&file.path));
        let section_pages = pages.map(|file| file.path.to_string()).collect();
        let candidates = listed.iter().map(|file| &*file.path).filter(|path| place::is_article(path));
        let bundles = Bundles::among(candidates.clone());
        let has_layout = settings.articles.layout.is_some();
        let has_place = |path: &str| !has_layout || Place::of(path, settings).is_some();
        let articles: Vec<bool> = listed
            .par_iter()
            .map(|file| place::is_article(&file.path) && !bundles.hold(&file.path) && has_place(&file.path))
            .collect();
        let outside: Vec<&str> = match has_layout {
            true => candidates.filter(|path| !bundles.hold(path) && !has_place(path)).collect(),
            false => Vec::new(),
        };
        let diagnostics = unread.into_iter().chain(outside_layout(&outside)).collect();
        let file = |(Listed { path, fingerprint }, is_article)| SourceFile { path, fingerprint, is_article };
        Sources { files: listed.into_iter().zip(articles).map(file).collect(), section_pages, diagnostics }
    }
}

fn outside_layout(paths: &[&str]) -> Option<Diagnostic> {
    let first = *paths.first()?;
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
