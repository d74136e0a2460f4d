//! Which files belong to the bundle of an article (`ferry/index.md`) and are no articles themselves.

use super::date;
use super::markup::Markup;
use std::collections::BTreeMap;

/// The folders of articles that have files of their own.
#[derive(Debug, Default)]
pub struct Bundles<'p>(BTreeMap<&'p str, Markup>);

impl<'p> Bundles<'p> {
    /// Finds them among the paths of all that look like articles. A folder that holds other articles in Markdown too, or
    /// several texts, is no bundle.
    pub fn among(paths: impl Iterator<Item = &'p str> + Clone) -> Bundles<'p> {
        let mut bundles: BTreeMap<&str, Markup> = BTreeMap::new();
        for (directory, markup, _) in paths.clone().filter_map(parts).filter(|part| is_index(part.2)) {
            let index = bundles.entry(directory).or_insert(markup);
            if *index == Markup::Html {
                *index = markup;
            }
        }
        let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
        for (directory, markup, stem) in paths.filter_map(parts) {
            let count = texts.entry(directory).or_default();
            *count += usize::from(markup == Markup::Text && !is_index(stem));
            if *count > 1 || (matches!(markup, Markup::Markdown | Markup::Mdx) && !is_index(stem)) {
                bundles.remove(directory);
            }
        }
        Bundles(bundles)
    }

    /// Is it a file of a bundle and no article of its own? That is text and HTML beside an `index.md`, unless its name
    /// begins with a date; HTML beside an `index.html` is a site's pages.
    #[must_use]
    pub fn hold(&self, path: &str) -> bool {
        let Some((directory, markup, stem)) = parts(path) else { return false };
        let Some(&index) = self.0.get(directory) else { return false };
        let belongs = markup == Markup::Text || markup == Markup::Html && index != Markup::Html;
        belongs && !is_index(stem) && date::from_file_name(stem).is_none()
    }
}

/// Directory, markup and stem of an article below the articles directory.
fn parts(path: &str) -> Option<(&str, Markup, &str)> {
    let (directory, name) = path.rsplit_once('/')?;
    Markup::of(name).map(|(markup, stem)| (directory, markup, stem))
}

fn is_index(stem: &str) -> bool {
    stem.split('.').next() == Some("index")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_bundle_are_no_articles() {
        let left = |paths: &str| {
            let bundles = Bundles::among(paths.split(' '));
            paths.split(' ').filter(|path| !bundles.hold(path)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            left("a/index.md a/notes.txt a/table.html a/index.ru.md b/notes.txt"),
            "a/index.md a/index.ru.md b/notes.txt"
        );
        assert_eq!(left("a/index.txt a/notes.txt a/cover.html"), "a/index.txt");
        let pages = "a/ferry.html a/index.html";
        assert_eq!(left(pages), pages);
        let folder = "news/ferry.txt news/index.md news/quay.md";
        assert_eq!(left(folder), folder, "a folder of articles");
        let dated = "news/2026-11-22-ferry.txt news/index.md";
        assert_eq!(left(dated), dated);
        let texts = "news/ferry.txt news/index.md news/quay.txt";
        assert_eq!(left(texts), texts, "a folder of texts");
        let root = "ferry.txt index.md";
        assert_eq!(left(root), root, "the articles directory");
    }
}
