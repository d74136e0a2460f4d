//! Which file of the newsroom the site has at which path.

use crate::article::markup::Markup;
use crate::catalog::Catalog;
use crate::media_type::{MediaType, Medium};
use crate::settings::Settings;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};

/// Where the media of articles are served. Paths are decoded.
#[derive(Clone, Debug, Default)]
pub struct MediaPlaces {
    /// Where the site begins, without a slash at the end.
    root: String,
    /// The source files of the articles whose pages lie in a directory, which ends with a slash.
    pages: BTreeMap<String, BTreeSet<String>>,
}

/// What is no picture or recording, and comes with articles all the same.
const DOCUMENTS: &[&str] = &["text/vtt", "application/x-subrip", "application/pdf", "application/epub+zip"];

/// Chapters of a recording. Elsewhere such a file may be anything.
const BESIDE_AN_ARTICLE: &str = "application/json";

/// A film to a table of media types, and TypeScript in the root of a site.
const PROGRAMS: &[&str] = &["ts", "mts", "cts"];

impl MediaPlaces {
    /// The places of media of these articles, which are named by their source files.
    pub fn of<'p>(
        articles: impl IntoIterator<Item = &'p String>,
        catalog: &Catalog,
        settings: &Settings,
    ) -> MediaPlaces {
        let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let cards = articles.into_iter().filter_map(|path| catalog.at_path(path));
        for card in cards.filter(|card| card.address().origin() == settings.site.url.origin()) {
            let page = decoded(card.address().path());
            let directory = &page[..page.rfind('/').map_or(0, |slash| slash + 1)];
            pages.entry(directory.to_owned()).or_default().insert(card.path().to_owned());
        }
        let root = decoded(settings.site.url.path().trim_end_matches('/'));
        MediaPlaces { root, pages }
    }

    /// The files that a path may mean, the likeliest first: in the folders of articles, then from the site's root.
    #[must_use]
    pub fn files(&self, path: &str) -> Vec<String> {
        let slashes = path.rmatch_indices('/').map(|(slash, _)| path.split_at(slash + 1));
        let beside = slashes.filter(|(_, name)| is_media(name, true)).flat_map(|(directory, name)| {
            self.pages.get(directory).into_iter().flatten().flat_map(move |article| beside(article, name))
        });
        let below = path.strip_prefix(&self.root).filter(|rest| rest.starts_with('/'));
        let from_root = below.into_iter().chain([path]).map(|path| path.trim_start_matches('/'));
        beside.chain(from_root.filter(|name| is_media(name, false)).map(str::to_owned)).collect()
    }
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// A file beside an article, or in the folder that has its name.
fn beside(article: &str, name: &str) -> [String; 2] {
    let directory = article.rfind('/').map_or("", |slash| &article[..=slash]);
    let stem = Markup::of(article).map_or(article, |(_, stem)| stem);
    [format!("{directory}{name}"), format!("{stem}/{name}")]
}

/// Is it what comes with an article? Sources, settings and whatever else lies in a newsroom are nobody's business.
fn is_media(path: &str, is_beside: bool) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_hidden = path.split('/').any(|part| part.is_empty() || part.starts_with('.'));
    let is_program = name.rsplit('.').next().is_some_and(|end| PROGRAMS.contains(&end));
    let Some(kind) = MediaType::of_name(name) else { return false };
    let is_known = kind.medium() != Medium::Document
        || DOCUMENTS.contains(&kind.as_str())
        || (is_beside && kind.as_str() == BESIDE_AN_ARTICLE);
    is_known && !is_hidden && !is_program
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_media_lie() {
        let pages =
            [("/sea/en/news/ferry/", "en/news/ferry.md"), ("/sea/en/news/кит/", "en/news/кит/index.md")];
        let pages = pages.map(|(page, article)| (page.to_owned(), BTreeSet::from([article.to_owned()])));
        let places = MediaPlaces { root: "/sea".to_owned(), pages: BTreeMap::from(pages) };
        for (path, files) in [
            ("/sea/en/news/ferry/a.jpg", "en/news/a.jpg en/news/ferry/a.jpg en/news/ferry/a.jpg"),
            ("/sea/en/news/кит/in/a.mp3", "en/news/кит/in/a.mp3 en/news/кит/index/in/a.mp3"),
            ("/sea/en/news/кит/chapters.json", "en/news/кит/chapters.json en/news/кит/index/chapters.json"),
            ("/media/b.svg", "media/b.svg"),
            ("/sea/en/news/ferry/index.md", ""),
            ("/sea/en/news/ferry/.a.jpg", ""),
            ("/sea/.git/a.jpg", ""),
            ("/package.json", ""),
            ("/src/config.ts", ""),
            ("/feedmill.toml", ""),
            ("/", ""),
            ("", ""),
        ] {
            let found = places.files(path);
            let found: Vec<&str> = found.iter().map(String::as_str).collect();
            assert!(
                found.join(" ").starts_with(files) && files.is_empty() == found.is_empty(),
                "{path}: {found:?}"
            );
        }
    }
}
