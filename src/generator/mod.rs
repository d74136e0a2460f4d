//! Which program makes a site's pages, and what its own files say of the site.
//!
//! In comes a look at the files of the site's root, out goes [`Found`]: the generator's choices in
//! feedmill's words, with a note for whatever these words cannot say. Only plain data is read. Of a
//! configuration that is a program, the literals are taken and nothing is run.

mod astro;
mod config;
mod docusaurus;
mod eleventy;
mod hexo;
mod hugo;
mod jekyll;
mod literal;
mod media;
mod nikola;
mod pattern;
mod pelican;
mod sample;
mod settings_text;
mod zola;

pub use self::pattern::Pattern;
pub use self::settings_text::{Draft, written};

use crate::address::Address;
use crate::language::Language;
use crate::text::line;
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};

/// A look at the files below the site's root. Paths have `/` between their parts.
pub trait SiteFiles {
    /// The text of a file; `None` where there is none, or where it is no text.
    fn text(&self, path: &str) -> Option<String>;

    /// The names in a directory, in order, those of directories with `/` at the end; empty where
    /// there is no such directory. The root is the empty path.
    fn names(&self, directory: &str) -> Vec<String>;
}

/// Files in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    /// Texts by path.
    pub files: BTreeMap<String, String>,
}

impl MemoryFiles {
    /// These files.
    #[must_use]
    pub fn of(files: &[(&str, &str)]) -> MemoryFiles {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        MemoryFiles { files: files.iter().map(owned).collect() }
    }
}

impl SiteFiles for MemoryFiles {
    fn text(&self, path: &str) -> Option<String> {
        self.files.get(path).cloned()
    }

    fn names(&self, directory: &str) -> Vec<String> {
        let prefix = if directory.is_empty() { String::new() } else { format!("{directory}/") };
        let below = self.files.keys().filter_map(|path| path.strip_prefix(&prefix));
        let names: BTreeSet<_> = below.map(|rest| rest.split_inclusive('/').next().unwrap_or(rest)).collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// A program that makes pages from articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    /// gohugo.io
    Hugo,
    /// jekyllrb.com
    Jekyll,
    /// getzola.org
    Zola,
    /// getpelican.com
    Pelican,
    /// hexo.io
    Hexo,
    /// astro.build
    Astro,
    /// 11ty.dev
    Eleventy,
    /// getnikola.com
    Nikola,
    /// docusaurus.io
    Docusaurus,
}

impl Generator {
    /// Its name, as it writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Generator::Hugo => "Hugo",
            Generator::Jekyll => "Jekyll",
            Generator::Zola => "Zola",
            Generator::Pelican => "Pelican",
            Generator::Hexo => "Hexo",
            Generator::Astro => "Astro",
            Generator::Eleventy => "Eleventy",
            Generator::Nikola => "Nikola",
            Generator::Docusaurus => "Docusaurus",
        }
    }
}

/// What the generator's files say of the site.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The generator.
    pub generator: Generator,
    /// Where all this is from: files, or directories where these alone gave the generator away.
    pub sources: Vec<String>,
    /// The site's name; those of single languages stand with the languages.
    pub title: Option<String>,
    /// What the site is about.
    pub description: Option<String>,
    /// Where its pages are, with a slash at the end.
    pub url: Option<String>,
    /// Its languages in order, the default one first.
    pub languages: Vec<FoundLanguage>,
    /// What holds for dates without an offset.
    pub timezone: Option<String>,
    /// Where an article's page is.
    pub permalink: Pattern,
    /// Sections whose articles' pages lie elsewhere.
    pub sections: Vec<(String, Pattern)>,
    /// How names are spelled in permalinks: `kept`, `lower` or `ascii`.
    pub slugs: &'static str,
    /// Where the articles are.
    pub directory: String,
    /// Which files below it are articles; empty: all.
    pub layout: Vec<String>,
    /// Directories that are copied to the site's root as they are.
    pub media: Vec<String>,
    /// Are there pages without a date among the articles?
    pub has_undated_pages: bool,
    /// The most entries of a feed.
    pub limit: Option<u32>,
    /// Who stands under articles that name nobody.
    pub authors: Vec<String>,
    /// Its author registry: a file, or one for each language.
    pub author_files: Vec<(Option<Language>, String)>,
    /// The rights in the whole.
    pub copyright: Option<String>,
    /// What could not be taken over, in sentences that can stand in a comment.
    pub notes: Vec<String>,
}

/// One language of a site.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundLanguage {
    /// Its tag.
    pub language: Language,
    /// What it is called.
    pub name: Option<String>,
    /// What stands for it in permalinks.
    pub prefix: String,
    /// The site's name in it.
    pub title: Option<String>,
}

impl FoundLanguage {
    /// The language that a generator calls `key`; `None` where that is no language tag.
    fn of(key: &str, prefix: &str) -> Option<FoundLanguage> {
        let language = Language::parse(key.trim())?;
        Some(FoundLanguage { language, name: None, prefix: prefix.to_owned(), title: None })
    }
}

impl Found {
    /// The generator and where all this is from, for people.
    #[must_use]
    pub fn origin(&self) -> String {
        const SHOWN: usize = 3;
        let shown: Vec<_> = self.sources.iter().take(SHOWN).map(|source| format!("`{source}`")).collect();
        let more = match self.sources.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{} from {}{more}", self.generator.name(), shown.join(", "))
    }

    /// Nothing yet but the generator and where its articles are.
    fn of(generator: Generator, permalink: Pattern, directory: &str) -> Found {
        Found {
            generator,
            sources: Vec::new(),
            title: None,
            description: None,
            url: None,
            languages: Vec::new(),
            timezone: None,
            permalink,
            sections: Vec::new(),
            slugs: "kept",
            directory: directory.to_owned(),
            layout: Vec::new(),
            media: Vec::new(),
            has_undated_pages: false,
            limit: None,
            authors: Vec::new(),
            author_files: Vec::new(),
            copyright: None,
            notes: Vec::new(),
        }
    }

    fn note(&mut self, text: impl AsRef<str>) {
        self.notes.push(line(text.as_ref()));
    }

    /// Takes an address over, with what the generator puts behind it for all pages.
    fn set_url(&mut self, url: Option<String>, base: &str) {
        let Some(url) = url.filter(|url| !url.trim().is_empty()) else { return };
        let base = base.trim().trim_matches('/');
        let slash = if base.is_empty() { "" } else { "/" };
        let whole = format!("{}/{base}{slash}", url.trim().trim_end_matches('/'));
        match Address::of_page(&whole) {
            Some(address) if is_this_machine(&address.host()) => {
                self.note(format!("`{url}` is this machine, and no address for readers"));
            }
            Some(address) => self.url = Some(address.as_str().to_owned()),
            None => self.note(format!("`{url}` is no address that feeds could be served under")),
        }
    }

    /// Takes over the first of these files that there is.
    fn set_author_file(&mut self, files: &dyn SiteFiles, stem: &str) {
        let names = ["yml", "yaml", "toml", "json"].map(|ending| format!("{stem}.{ending}"));
        let file = names.into_iter().find(|path| files.text(path).is_some());
        self.author_files.extend(file.map(|path| (None, path)));
    }

    fn set_timezone(&mut self, name: Option<String>) {
        let Some(name) = name.filter(|name| !name.trim().is_empty()) else { return };
        match name.trim().parse::<Tz>() {
            Ok(zone) => self.timezone = Some(zone.name().to_owned()),
            Err(_) => self.note(format!("the time zone `{name}` is not one of the IANA database")),
        }
    }

    /// Languages that have directories of their own, whose names are a part of the permalinks.
    fn set_language_directories(&mut self, languages: Vec<FoundLanguage>) {
        if languages.is_empty() {
            return;
        }
        let default = self.languages.first().map(|language| language.language.clone());
        self.languages = languages;
        self.languages.sort_by_key(|language| Some(&language.language) != default.as_ref());
    }

    fn set_only_language(&mut self, tag: Option<String>) {
        let found = tag.and_then(|tag| FoundLanguage::of(&tag, ""));
        self.languages = found.into_iter().collect();
    }
}

/// Looks for a generator's configuration, then for its directories. `None` where there is neither.
#[must_use]
pub fn recognise(files: &dyn SiteFiles) -> Option<Found> {
    // Those come first whose files cannot be another's; `_config.yml` is Hexo's or Jekyll's, and
    // `config.toml` Zola's or Hugo's.
    let by_configuration = [
        docusaurus::read,
        astro::read,
        pelican::read,
        nikola::read,
        zola::read,
        hugo::read,
        hexo::read,
        jekyll::read,
        eleventy::read,
    ];
    let by_tree = [jekyll::by_tree, hexo::by_tree, zola::by_tree, hugo::by_tree, astro::by_tree];
    let found = by_configuration.iter().find_map(|read| read(files));
    let mut found = found.or_else(|| by_tree.iter().find_map(|read| read(files)))?;
    if found.directory.split('/').any(|part| part == "..") {
        found.note(format!("the articles' directory `{}` lies outside of the site", found.directory));
        found.directory = ".".to_owned();
    }
    found.media = media::directories(files, found.generator, &found.directory);
    Some(found)
}

/// Generators preview sites there, and some have it in their configuration.
fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]" | "0.0.0.0") || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_recognised_in_a_plain_directory() {
        let files =
            MemoryFiles::of(&[("articles/en/news/ferry.md", ""), ("config.toml", "x = 1"), ("conf.py", "")]);
        assert_eq!(recognise(&files), None);
    }

    #[test]
    fn the_tree_is_enough() {
        let generator = |path: &str| recognise(&MemoryFiles::of(&[(path, "")])).map(|found| found.generator);
        assert_eq!(generator("_posts/2026-11-22-ferry.md"), Some(Generator::Jekyll));
        assert_eq!(generator("source/_posts/ferry.md"), Some(Generator::Hexo));
        assert_eq!(generator("content/_index.md"), Some(Generator::Hugo));
        assert_eq!(generator("src/content/blog/ferry.md"), Some(Generator::Astro));
        assert_eq!(generator("posts/ferry.md"), None);
        let zola = MemoryFiles::of(&[("content/_index.md", ""), ("templates/base.html", "")]);
        assert_eq!(recognise(&zola).map(|found| found.generator), Some(Generator::Zola));
    }

    #[test]
    fn names_of_a_directory() {
        let files = MemoryFiles::of(&[("a/b/c.md", ""), ("a/d.md", ""), ("e.md", "")]);
        assert_eq!(files.names(""), ["a/", "e.md"]);
        assert_eq!(files.names("a"), ["b/", "d.md"]);
        assert!(files.names("x").is_empty());
    }
}
