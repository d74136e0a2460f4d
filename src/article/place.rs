//! What the path of a source file says: edition, section, slug, date.
//!
//! The default layout is `<edition>/<section>/…/<slug>.md`; the settings can name another. Front matter
//! wins over all of it.

use super::date;
use super::layout::{Layout, Name};
use super::markup::Markup;
use crate::language::Language;
use crate::name::{as_section_name, safe_name};
use crate::settings::Settings;
use crate::text;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a path says of its article.
#[derive(Clone, Debug, PartialEq)]
pub struct Place<'p> {
    /// From a suffix (`ferry.ru.md`), else from a directory.
    pub edition: Option<Language>,
    /// From the first directory that is neither an edition nor a part of a date.
    pub section: Option<String>,
    /// The directories below that of the edition, with `/` between them.
    pub sections: &'p str,
    /// The file's name, or its directory's for a bundle (`ferry/index.md`), without language and ending.
    pub filename: &'p str,
    /// The same without the date at its beginning.
    pub slug: String,
    /// From the name: `2026-11-22-ferry.md`.
    pub date: Option<NaiveDate>,
    /// The same for the same file in another edition: a digest of the path without its language.
    pub apart_from_edition: u64,
}

/// Text files that every site has and that are no articles.
const NO_ARTICLES: &[&str] = &[
    "ads",
    "app-ads",
    "authors",
    "changelog",
    "changes",
    "cmakelists",
    "contributors",
    "copying",
    "humans",
    "licence",
    "license",
    "llms",
    "notice",
    "requirements",
    "robots",
    "security",
    "sitemap",
    "todo",
];

/// Is this file an article? Hidden files, `README.md`, names with an underscore in front, which
/// generators pass over, `robots.txt` and its like, editors' leftovers and
/// what a browser saved with a page are not, and other file types are media.
#[must_use]
pub fn is_article(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((markup, stem)) = Markup::of(name) else { return false };
    let is_of_the_site =
        markup == Markup::Text && NO_ARTICLES.iter().any(|known| known.eq_ignore_ascii_case(stem));
    let is_hidden = path.split('/').any(|part| part.starts_with('.'));
    // Browsers save the frames of a page `ferry.html` as pages in `ferry_files/`.
    let is_part_of_a_page = markup.describes_itself()
        && path.split('/').rev().skip(1).any(|part| part.ends_with("_files") || part.ends_with(".files"));
    !stem.is_empty()
        && !stem.starts_with('_')
        && !is_hidden
        && !is_of_the_site
        && !is_part_of_a_page
        && !stem.split('.').any(|part| part.eq_ignore_ascii_case("readme"))
}

/// Is this a page about its folder, which may name a section?
#[must_use]
pub fn is_about_its_folder(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    Markup::of(name).is_some_and(|(_, stem)| stem == "_index" || stem.starts_with("_index."))
        && !path.split('/').any(|part| part.starts_with('.'))
}

/// The name of an article's file without its date, its language and its type; a bundle has the name of
/// its folder.
#[must_use]
pub fn bare_name(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = match name.rsplit_once('.') {
        Some((stem, language)) if Language::of_directory(language).is_some() => stem,
        _ => name,
    };
    let name = match folder.rsplit('/').next() {
        Some(folder) if name == "index" && !folder.is_empty() => folder,
        _ => name,
    };
    date::from_file_name(name).map_or(name, |(_, slug)| slug)
}

/// Does the path lie in a folder of drafts?
#[must_use]
pub fn is_in_drafts(path: &str) -> bool {
    let may_be = text::has_pair(path.as_bytes(), |byte, next| (byte == b'_') & (next == b'd'));
    may_be && path.split('/').any(|part| part == "_drafts")
}

impl<'p> Place<'p> {
    /// Reads a path: relative to the articles directory, with `/` between its parts. `None` where the
    /// settings' layout has no place for it.
    #[must_use]
    pub fn of(path: &'p str, settings: &Settings) -> Option<Place<'p>> {
        let slash = path.bytes().rposition(|byte| byte == b'/');
        let (directory, name) = slash.map_or(("", path), |at| (&path[..at], &path[at + 1..]));
        let stem = Markup::of(name).map_or(name, |(_, stem)| stem);
        let (stem, suffix) = match stem.rsplit_once('.') {
            Some((name, suffix)) => match suffix_edition(suffix, directory, settings) {
                Some(language) => (name, Some(language)),
                None => (stem, None),
            },
            None => (stem, None),
        };
        let is_bundle = stem == "index" && !directory.is_empty();
        let (directory, filename) = match directory.rsplit_once('/') {
            _ if !is_bundle => (directory, stem),
            Some(bundle) => bundle,
            None => ("", directory),
        };
        let mut place = Place {
            edition: suffix,
            section: None,
            sections: directory,
            filename,
            slug: String::new(),
            date: None,
            apart_from_edition: 0,
        };
        let (edition_part, slug) = match &settings.articles.layout {
            None => (place.by_default_layout(directory, settings), None),
            Some(layout) => place.by_layout(layout, &flattened(path, is_bundle), directory, settings)?,
        };
        let dated = date::from_file_name(filename);
        place.date = place.date.or(dated.map(|(date, _)| date));
        let slug = slug.map_or_else(|| Cow::Borrowed(dated.map_or(filename, |(_, slug)| slug)), Cow::Owned);
        place.slug = safe_name(&slug).map_or_else(|| "article".to_owned(), Cow::into_owned);
        place.apart_from_edition = digest(directory, edition_part, filename);
        Some(place)
    }

    /// `<edition>/<section>/…`. Gives the number of the directory that names the edition.
    fn by_default_layout(&mut self, directory: &'p str, settings: &Settings) -> Option<usize> {
        let (first, inner) = directory.split_once('/').unwrap_or((directory, ""));
        let named =
            edition(first, settings).filter(|_| settings.section_named(&as_section_name(first)).is_none());
        let has_edition = named.is_some();
        if has_edition {
            self.sections = inner;
        }
        self.edition = self.edition.take().or(named);
        let mut names = self.sections.split('/').map(as_section_name);
        let section = names.find(|name| is_section(name, settings));
        self.section = section.map(|name| settings.present_section(&name));
        has_edition.then_some(0)
    }

    /// What the layout says. Gives the number of the directory that names the edition, and the slug.
    fn by_layout(
        &mut self,
        layout: &Layout,
        path: &str,
        directory: &'p str,
        settings: &Settings,
    ) -> Option<(Option<usize>, Option<String>)> {
        let captures = layout.captures(path, &|name, text| may_be(name, text, settings))?;
        let number_of = |text: &str| directory.split('/').position(|part| part == text);
        let mut edition_part = None;
        if let Some(text) = captures.get(Name::Edition) {
            edition_part = number_of(text);
            self.edition = self.edition.take().or(edition(text, settings));
        }
        let section = captures.get(Name::Section);
        let named = section.map(as_section_name).filter(|name| !name.is_empty());
        self.section = named.map(|name| settings.present_section(&name));
        let first = section.and_then(number_of).or(edition_part.map(|part| part + 1)).unwrap_or(0);
        self.sections = after_parts(directory, first);
        let number = |name| captures.get(name).and_then(|text| text.parse::<u32>().ok());
        let year = number(Name::Year).and_then(|year| i32::try_from(year).ok());
        self.date =
            year.and_then(|year| NaiveDate::from_ymd_opt(year, number(Name::Month)?, number(Name::Day)?));
        Some((edition_part, captures.get(Name::Slug).map(str::to_owned)))
    }
}

/// The path with a bundle as a file: `news/ferry.ru.md` for `news/ferry/index.ru.md`.
fn flattened(path: &str, is_bundle: bool) -> Cow<'_, str> {
    match path.rsplit_once("/index.") {
        Some((bundle, rest)) if is_bundle => Cow::Owned(format!("{bundle}.{rest}")),
        _ => Cow::Borrowed(path),
    }
}

fn after_parts(directory: &str, count: usize) -> &str {
    (0..count).fold(directory, |rest, _| rest.split_once('/').map_or("", |(_, rest)| rest))
}

fn digest(directory: &str, edition_part: Option<usize>, filename: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let parts = directory.as_bytes().split(|byte| *byte == b'/').enumerate();
    let parts = parts.filter(|(number, part)| Some(*number) != edition_part && !part.is_empty());
    for (_, part) in parts {
        hasher.write(part);
        // No text has this byte, so it ends one.
        hasher.write_u8(0xff);
    }
    filename.hash(&mut hasher);
    hasher.finish()
}

fn may_be(name: Name, text: &str, settings: &Settings) -> bool {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    match name {
        Name::Edition => edition(text, settings).is_some(),
        Name::Year => is_number && text.len() == 4,
        Name::Month | Name::Day => is_number && text.len() <= 2,
        Name::Section | Name::Slug => true,
    }
}

/// Archives have folders for their years and months.
fn is_section(name: &str, settings: &Settings) -> bool {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    !name.is_empty() && (!is_number || settings.section_named(name).is_some())
}

/// The edition that a suffix names. In the folder of an edition, `do.it.md` is not in Italian unless there
/// is an Italian edition.
fn suffix_edition(suffix: &str, directory: &str, settings: &Settings) -> Option<Language> {
    let language = edition(suffix, settings)?;
    let first = directory.split('/').next().unwrap_or_default();
    let is_sure = settings.edition_named(&language).is_some() || edition(first, settings).is_none();
    is_sure.then_some(language)
}

/// The edition that a directory or a suffix names: one of the settings', present or former, else a two-letter
/// language.
fn edition(name: &str, settings: &Settings) -> Option<Language> {
    if let Some(edition) = settings.editions.iter().find(|edition| edition.language.as_str() == name) {
        return Some(edition.language.clone());
    }
    let declared = Language::parse(name).filter(|language| settings.edition_named(language).is_some());
    declared.or_else(|| Language::of_directory(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    fn place(path: &str, editions: &str) -> (String, String, String, String) {
        let text = format!("[site]\nurl = 'https://e.example'\n{editions}");
        let settings = read("feedmill.toml", &text, &Overrides::default()).unwrap();
        let place = Place::of(path, &settings).unwrap();
        let edition = place.edition.map_or("-".to_owned(), |language| language.to_string());
        let date = place.date.map_or("-".to_owned(), |date| date.to_string());
        (edition, place.section.unwrap_or("-".to_owned()), place.slug, date)
    }

    fn is(edition: &str, section: &str, slug: &str, date: &str) -> (String, String, String, String) {
        (edition.to_owned(), section.to_owned(), slug.to_owned(), date.to_owned())
    }

    #[test]
    fn the_default_layout() {
        assert_eq!(place("en/news/ferry.md", ""), is("en", "news", "ferry", "-"));
        assert_eq!(
            place("en/news/2026/deep/2026-11-22-ferry.md", ""),
            is("en", "news", "ferry", "2026-11-22")
        );
        assert_eq!(place("en/news/ferry/index.md", ""), is("en", "news", "ferry", "-"));
        assert_eq!(place("news/ferry/index.ru.md", ""), is("ru", "news", "ferry", "-"));
        assert_eq!(place("news/ferry.pt-br.md", ""), is("pt-BR", "news", "ferry", "-"));
        assert_eq!(place("en/news/just-do.it.md", ""), is("en", "news", "just-do.it", "-"));
        assert_eq!(place("en/news/ferry.it.md", "[editions.it]"), is("it", "news", "ferry", "-"));
        assert_eq!(place("ferry.md", ""), is("-", "-", "ferry", "-"));
        assert_eq!(place("index.md", ""), is("-", "-", "index", "-"));
        assert_eq!(place("2026/11/22/ferry.md", ""), is("-", "-", "ferry", "-"));
        assert_eq!(place("News/v1.2.md", ""), is("-", "news", "v1.2", "-"));
    }

    #[test]
    fn settings_decide_what_a_directory_is() {
        assert_eq!(place("gsw/news/a.md", "[editions.gsw]"), is("gsw", "news", "a", "-"));
        assert_eq!(place("it/a.md", "[sections.it]"), is("-", "it", "a", "-"));
        assert_eq!(place("it/a.md", "[editions.en]"), is("it", "-", "a", "-"));
    }

    #[test]
    fn former_names_of_sections_and_editions() {
        let settings =
            "[editions.gsw]\naliases = ['als']\n[sections.analysis]\naliases = ['reports', '2020']";
        // Which edition `als` is now, the article says with all that it says of its language.
        assert_eq!(place("als/reports/a.md", settings), is("als", "analysis", "a", "-"));
        assert_eq!(place("2020/a.md", settings), is("-", "analysis", "a", "-"));
        let layout = format!("[articles]\nlayout = ['{{section}}/*.{{edition}}.md']\n{settings}");
        assert_eq!(place("Reports/a.als.md", &layout), is("als", "analysis", "a", "-"));
    }

    #[test]
    fn a_layout_decides() {
        let layout = "[articles]\nlayout = ['blog/{edition}/{section}/**', '{year}/{month}/{day}/{slug}']";
        assert_eq!(place("blog/ru/news/x/ferry/index.md", layout), is("ru", "news", "ferry", "-"));
        assert_eq!(place("blog/news/ferry.ru.md", layout), is("ru", "news", "ferry", "-"));
        assert_eq!(place("2026/11/22/ferry.md", layout), is("-", "-", "ferry", "2026-11-22"));
        let settings = format!("[site]\nurl = 'https://e.example'\n{layout}");
        let settings = read("feedmill.toml", &settings, &Overrides::default()).unwrap();
        assert_eq!(Place::of("pages/about.md", &settings), None);
        assert_eq!(Place::of("blog/ru/news/x/ferry/index.md", &settings).unwrap().sections, "news/x");
    }

    #[test]
    fn one_article_in_two_editions() {
        let settings =
            read("feedmill.toml", "[site]\nurl = 'https://e.example'", &Overrides::default()).unwrap();
        let key = |path: &str| Place::of(path, &settings).unwrap().apart_from_edition;
        assert_eq!(key("en/news/ferry.md"), key("ru/news/ferry/index.md"));
        assert_eq!(key("news/ferry.md"), key("news/ferry.ru.md"));
        assert_ne!(key("en/news/ferry.md"), key("ru/art/ferry.md"));
    }

    #[test]
    fn names_without_date_language_and_type() {
        for path in
            ["en/2026-11-01-ferry.md", "ferry.ru.mdx", "a/ferry/index.en.md", "2026-11-01-ferry/index.html"]
        {
            assert_eq!(bare_name(path), "ferry", "{path}");
        }
        assert_eq!(bare_name("index.md"), "index");
    }

    #[test]
    fn articles_and_others() {
        for path in
            ["a.md", "en/news/a.markdown", "_posts/2026-01-01-a.md", "a.mdx", "a.html", "a.txt", "robots.md"]
        {
            assert!(is_article(path), "{path}");
        }
        for path in [
            "README.md",
            ".git/a.md",
            ".#a.md",
            "a.md~",
            "_index.md",
            "_index.ru.md",
            "a.jpg",
            ".md",
            "a.md.swp",
            "robots.txt",
            "news/LICENSE.txt",
            "ReadMe.txt",
            "en/ferry_files/frame.html",
            "ferry.files/deep/frame.htm",
        ] {
            assert!(!is_article(path), "{path}");
        }
    }
}
