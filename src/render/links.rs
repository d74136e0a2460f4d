//! What an address in an article means: where a reader of the feed has to go for it.

use crate::address::{Address, encode_segment};
use crate::article::bare_name;
use crate::article::markup::Markup;
use crate::catalog::Card;
use crate::index::name::View;
use crate::newsroom::Newsroom;
use percent_encoding::percent_decode_str;

/// The article whose addresses are resolved, and the articles that it can link to.
pub struct Links<'a> {
    /// Its source file.
    pub path: &'a str,
    /// Its page.
    pub permalink: Address,
    /// Where the site begins.
    pub site: &'a Address,
    /// Where links to source files lead.
    pub catalog: View<'a>,
    /// Where files lie that are no articles.
    pub newsroom: &'a dyn Newsroom,
    /// What relative addresses start from, where that is not the article's page.
    pub base: Option<&'a Address>,
    /// Do the settings say which files the site serves from its root?
    pub has_media: bool,
}

/// What became of a reference.
#[derive(Debug, PartialEq)]
pub enum Target {
    /// An absolute address.
    Address(Address),
    /// It names a source file that is no published article.
    NoArticle,
    /// It is no address that a reader can follow.
    Unusable,
}

/// Where a link may lead. Pictures and media come by `http` and `https` only.
pub const LINK_SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "geo", "xmpp", "magnet", "ftp"];

/// So many folders are tried above that of the articles.
const MOST_FOLDERS: usize = 8;

impl Links<'_> {
    /// Resolves a reference as the article's page would. A link to another article's source file
    /// leads to that article's page.
    #[must_use]
    pub fn resolve(&self, reference: &str) -> Target {
        let reference = without_placeholder(reference.trim());
        if let Some((source, fragment)) = self.source_file(reference) {
            let page = self.catalog.at_path(&source).map(Card::address);
            // Zola names articles from the root of the site's content on.
            let is_from_root = reference.starts_with("@/");
            let page = page.or_else(|| is_from_root.then(|| self.article(&source)).flatten());
            let target =
                page.and_then(|page| if fragment.is_empty() { Some(page) } else { page.join(fragment) });
            return target.map_or(Target::NoArticle, Target::Address);
        }
        if let Some(page) = self.page_of(reference) {
            return Target::Address(page);
        }
        if let Some(address) = self.file_elsewhere(reference).or_else(|| self.below_base(reference)) {
            return Target::Address(address);
        }
        match self.start_of(reference).join(reference) {
            Some(address) if LINK_SCHEMES.contains(&address.scheme()) => Target::Address(address),
            _ => Target::Unusable,
        }
    }

    /// The page of the article that a generator's tag names by its source file: from this article's
    /// folder, from the root of the articles or of the site's content, with its ending or without; by
    /// the bare name where only one has it.
    #[must_use]
    pub fn article(&self, reference: &str) -> Option<Address> {
        self.card(reference).map(Card::address)
    }

    /// The same as that article's card.
    #[must_use]
    pub fn card(&self, reference: &str) -> Option<&Card> {
        let reference = reference.trim().trim_end_matches('/');
        let at = |path: String| {
            let paths =
                ["", ".md", ".markdown", ".mdx", ".html", "/index.md"].map(|end| format!("{path}{end}"));
            paths.iter().find_map(|path| self.catalog.at_path(path))
        };
        let from_here = self.path_of(reference).and_then(at);
        let mut from_root =
            reference.trim_start_matches("@/").trim_start_matches("./").trim_start_matches('/');
        let mut found = from_here;
        // The root of a site's content may lie some folders above that of the articles.
        for _ in 0..MOST_FOLDERS {
            found = found.or_else(|| at(from_root.to_owned()));
            match from_root.split_once('/') {
                Some((_, rest)) if found.is_none() => from_root = rest,
                _ => break,
            }
        }
        found.or_else(|| self.only_one_named(reference))
    }

    fn only_one_named(&self, reference: &str) -> Option<&Card> {
        let file = reference.rsplit('/').next().unwrap_or_default();
        let stem = Markup::of(file).map_or(file, |(_, stem)| stem);
        let own_edition = self.catalog.at_path(self.path).map(Card::edition);
        let all: Vec<&Card> = self.catalog.with_name(bare_name(&format!("{stem}.md"))).collect();
        let is_exact = |card: &&&Card| card.path().contains(stem);
        let is_near = |card: &&&Card| own_edition == Some(card.edition());
        let exact: Vec<&Card> = all.iter().filter(is_exact).copied().collect();
        let near: Vec<&Card> = exact.iter().filter(is_near).copied().collect();
        [all, exact, near].into_iter().find(|cards| cards.len() == 1).and_then(|cards| cards.first().copied())
    }

    /// In a saved page relative addresses are those of its old place; but not those of its own parts,
    /// and not of files that were saved with it.
    fn start_of(&self, reference: &str) -> &Address {
        let is_here = || {
            let file = self.path_of(reference.split(['?', '#']).next().unwrap_or_default());
            file.is_some_and(|file| self.newsroom.open(&file).is_ok())
        };
        match self.base {
            Some(base) if !reference.starts_with('#') && !is_here() => base,
            _ => &self.permalink,
        }
    }

    /// The path of the source file that a reference names, and its fragment with the `#`.
    fn source_file<'r>(&self, reference: &'r str) -> Option<(String, &'r str)> {
        let end = reference.find(['?', '#']).unwrap_or(reference.len());
        let fragment = reference.find('#').map_or("", |start| &reference[start..]);
        let file = &reference[..end];
        let is_source = [".md", ".markdown", ".mdx"].iter().any(|end| file.ends_with(end));
        if !is_source || file.contains("://") || file.starts_with("//") {
            return None;
        }
        Some((self.path_of(file)?, fragment))
    }

    /// The page of an article in HTML whose file a reference names. A name that no article has is an
    /// address like any other.
    fn page_of(&self, reference: &str) -> Option<Address> {
        let end = reference.find(['?', '#']).unwrap_or(reference.len());
        let fragment = reference.find('#').map_or("", |start| &reference[start..]);
        let is_html = Markup::of(&reference[..end]).is_some_and(|(markup, _)| markup.describes_itself());
        if !is_html || reference.contains("://") || reference.starts_with("//") {
            return None;
        }
        let card = self.catalog.at_path(&self.path_of(&reference[..end])?)?;
        if fragment.is_empty() { Some(card.address()) } else { card.address().join(fragment) }
    }

    /// The address of a picture or other file that lies with the articles, but outside of this
    /// article's directory: in another article's bundle it is served with that article, elsewhere from
    /// the site's root. `None` where no such file exists: then the reference was meant for the page.
    fn file_elsewhere(&self, reference: &str) -> Option<Address> {
        if !reference.trim_start_matches("./").starts_with("../") {
            return None;
        }
        let path = self.path_of(reference.split(['?', '#']).next().unwrap_or_default())?;
        let (directory, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if !name.contains('.') || self.newsroom.open(&path).is_err() {
            return None;
        }
        match self.catalog.at_path(&format!("{directory}/index.md")) {
            Some(bundle) => bundle.address().join(&encode_segment(name)),
            None => self.site.join(&path.split('/').map(encode_segment).collect::<Vec<_>>().join("/")),
        }
    }

    /// The path of a file that lies with the articles; `None` where it would lie outside.
    #[must_use]
    pub fn path_of(&self, file: &str) -> Option<String> {
        // In an address `\` is read as `/`: so do browsers, and so does who writes it on Windows.
        let file = file.replace('\\', "/");
        let decoded = percent_decode_str(&file).decode_utf8().ok()?;
        // Zola writes `@/` for the root of the articles.
        let from_root = decoded.strip_prefix("@/").or_else(|| decoded.strip_prefix('/'));
        let directory = self.path.rsplit_once('/').map_or("", |(directory, _)| directory);
        let mut parts: Vec<&str> =
            if from_root.is_some() { Vec::new() } else { directory.split('/').collect() };
        for part in from_root.unwrap_or(&decoded).split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
    }
}

/// Pelican says before a path what it names: `{filename}ferry.md` from the article on, `{static}/a.jpg` from
/// the root of the content, which is that of the site too.
pub fn without_placeholder(reference: &str) -> &str {
    const PLACEHOLDERS: &[&str] = &["filename", "static", "attach"];
    let Some(open) = ["{", "%7B", "|"].into_iter().find(|open| reference.starts_with(open)) else {
        return reference;
    };
    let inside = &reference[open.len()..];
    let path = PLACEHOLDERS.iter().find_map(|word| {
        let rest = inside.strip_prefix(word)?;
        ["}", "%7D", "|"].into_iter().find_map(|close| rest.strip_prefix(close))
    });
    path.unwrap_or(reference)
}
