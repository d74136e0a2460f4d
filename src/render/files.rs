//! Which file an address in an article means, where that file can be looked at.

use super::links::{Links, without_placeholder};
use crate::address::Address;
use crate::article::markup::Markup;
use crate::newsroom::MediaSource;

impl Links<'_> {
    /// The file that a reference means, by its path in the newsroom: beside the article, or where the site
    /// serves it from its root. `None` where no such file is known.
    #[must_use]
    pub fn file(&self, reference: &str) -> Option<String> {
        let name = path_and_query(reference).0;
        if name.is_empty() || name.ends_with('/') {
            return None;
        }
        if name.starts_with('/') || name.contains("://") {
            return self.existing(self.path_on_site(name)?);
        }
        // What climbs out of the article's directory is served from the root, as links know it.
        if name.starts_with("../") {
            return self.existing_path(self.path_of(name)?);
        }
        // On the page the same reference means a file below the page.
        let below_page = || {
            let page = self.permalink.join(name)?;
            self.existing(page.as_str().strip_prefix(self.site.origin())?)
        };
        let in_own_folder = format!("{}/{name}", self.stem());
        let mut beside = [name, &in_own_folder].into_iter().filter_map(|name| self.path_of(name));
        beside.find(|path| self.newsroom.has(path)).or_else(below_page)
    }

    /// Hexo keeps the pictures of `ferry.md` in `ferry/`.
    fn stem(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(self.path);
        Markup::of(file).map_or(file, |(_, stem)| stem)
    }

    /// Opens a file for measuring it.
    #[must_use]
    pub fn open(&self, path: &str) -> Option<Box<dyn MediaSource>> {
        self.newsroom.open(path).ok()
    }

    /// Is it known that no file has this name? It would lie beside the article, or in the directories
    /// that the site serves.
    #[must_use]
    pub fn misses(&self, reference: &str) -> bool {
        let name = path_and_query(reference).0;
        let is_relative = !name.contains(':') && !name.starts_with('/');
        let is_on_site = || self.has_media && name.starts_with('/') && !name.starts_with("//");
        self.base.is_none()
            && !name.is_empty()
            && (is_relative || is_on_site())
            && self.file(reference).is_none()
    }

    /// The address of a file that a path from the root means on a site that does not begin there: on the
    /// host's root nothing serves it.
    #[must_use]
    pub fn below_base(&self, reference: &str) -> Option<Address> {
        let root = self.site.path().trim_end_matches('/');
        let (name, rest) = path_and_query(reference);
        let is_from_root = name.starts_with('/') && !name.starts_with("//");
        if root.is_empty()
            || !is_from_root
            || name.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
        {
            return None;
        }
        self.existing_path(self.path_of(name)?)?;
        Address::parse(&format!("{}{root}{name}{rest}", self.site.origin()))
    }

    /// The path from the root of the host, of a reference that has one on this site.
    fn path_on_site<'r>(&self, name: &'r str) -> Option<&'r str> {
        if name.starts_with("//") || name.contains("://") {
            let host = self.site.origin().split_once("//")?.1;
            return name.split_once("//")?.1.strip_prefix(host).filter(|path| path.starts_with('/'));
        }
        name.starts_with('/').then_some(name)
    }

    /// A path from the root of the host, as a file: below the place where the site begins, else as it is.
    fn existing(&self, path: &str) -> Option<String> {
        let root = self.site.path().trim_end_matches('/');
        let below = path.strip_prefix(root).filter(|rest| rest.starts_with('/'));
        let mut paths = below.into_iter().chain([path]);
        paths.find_map(|path| self.existing_path(self.path_of(path)?))
    }

    fn existing_path(&self, path: String) -> Option<String> {
        (!path.is_empty() && self.newsroom.open(&path).is_ok()).then_some(path)
    }
}

fn path_and_query(reference: &str) -> (&str, &str) {
    let reference = without_placeholder(reference.trim());
    reference.split_at(reference.find(['?', '#']).unwrap_or(reference.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::index::name::View;
    use crate::newsroom::MemoryNewsroom;

    #[test]
    fn files_and_their_absence() {
        let newsroom = MemoryNewsroom::of(
            ["news/a.jpg", "news/ferry/b.jpg", "media/c d.jpg", "2026/ferry/e.jpg"].map(|path| (path, "x")),
        );
        let permalink = Address::parse("https://e.example/sea/2026/ferry/").unwrap();
        let site = Address::parse("https://e.example/sea/").unwrap();
        let catalog = Catalog::default();
        let links = Links {
            path: "news/ferry.md",
            permalink: permalink.clone(),
            site: &site,
            catalog: View::of(&catalog),
            newsroom: &newsroom,
            base: None,
            has_media: true,
        };
        for (reference, file) in [
            ("a.jpg?x=1", Some("news/a.jpg")),
            ("./b.jpg", Some("news/ferry/b.jpg")),
            ("../media/c%20d.jpg", Some("media/c d.jpg")),
            ("/media/c d.jpg", Some("media/c d.jpg")),
            ("/sea/media/c d.jpg", Some("media/c d.jpg")),
            ("https://e.example/sea/media/c%20d.jpg#x", Some("media/c d.jpg")),
            ("{static}/media/c d.jpg", Some("media/c d.jpg")),
            ("e.jpg", Some("2026/ferry/e.jpg")),
            (r"ferry\b.jpg", Some("news/ferry/b.jpg")),
            (r"..\media\c d.jpg", Some("media/c d.jpg")),
            ("https://e.example.test/media/c%20d.jpg", None),
            ("c d.jpg", None),
            ("../../../media/c d.jpg", None),
            ("", None),
            ("/", None),
        ] {
            assert_eq!(links.file(reference).as_deref(), file, "{reference}");
        }
        assert!(links.misses("c d.jpg") && links.misses("/media/a.jpg"));
        assert!(!links.misses("https://e.example/gone.jpg") && !links.misses("//e.example/gone.jpg"));
        let below = |reference| links.below_base(reference).map(|address| address.to_string());
        assert_eq!(below("/media/c%20d.jpg?x").as_deref(), Some("https://e.example/sea/media/c%20d.jpg?x"));
        assert_eq!(below("/media/gone.jpg").or(below("/sea/media/c%20d.jpg")), None);
    }
}
