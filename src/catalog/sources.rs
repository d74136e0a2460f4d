//! Which of the listed files are articles, and which only look like some.

use crate::article::bundle::Bundles;
use crate::article::markup::{self, Markup};
use crate::article::place::{self, Place};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::index::memo::SourcesMemo;
use crate::newsroom::Listed;
use crate::settings::Settings;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Which of the files, which come in the order of their paths, are articles; and what else their names say.
pub fn sources(files: &[Listed], settings: &Settings) -> (Vec<bool>, SourcesMemo) {
    let looks: Vec<Look> = files.par_iter().map(|file| Look::at(&file.path)).collect();
    let files = || files.iter().map(|file| &*file.path).zip(&looks);
    let section_pages = files().filter(|(_, look)| look.is_about_its_folder);
    let section_pages = section_pages.map(|(path, _)| path.to_owned()).collect();
    let candidates = || files().filter(|(_, look)| look.is_article).map(|(path, _)| path);
    let bundles = match looks.iter().any(|look| look.may_belong_to_another) {
        true => Bundles::among(candidates()),
        false => Bundles::default(),
    };
    let has_layout = settings.articles.layout.is_some();
    let has_place = |path: &str| !has_layout || Place::of(path, settings).is_some();
    let is_article = |(path, look): (&str, &Look)| look.is_article && !bundles.hold(path) && has_place(path);
    let articles = files().collect::<Vec<_>>().into_par_iter().map(is_article).collect();
    let outside: Vec<&str> = match has_layout {
        true => candidates().filter(|path| !bundles.hold(path) && !has_place(path)).collect(),
        false => Vec::new(),
    };
    let told = unread(files()).into_iter().chain(outside_layout(&outside)).collect();
    (articles, SourcesMemo { section_pages, told })
}

/// What the name of a file says.
struct Look {
    is_article: bool,
    is_about_its_folder: bool,
    may_belong_to_another: bool,
    /// Is it in a markup that feedmill does not read?
    unread: Option<&'static str>,
}

impl Look {
    fn at(path: &str) -> Look {
        Look {
            is_article: place::is_article(path),
            is_about_its_folder: place::is_about_its_folder(path),
            may_belong_to_another: matches!(Markup::of(path), Some((Markup::Text | Markup::Html, _))),
            unread: markup::unread(path),
        }
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
fn unread<'p>(files: impl Iterator<Item = (&'p str, &'p Look)>) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for (path, look) in files {
        if let Some(kind) = look.unread {
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
