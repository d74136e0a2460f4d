//! What the path of a source file says: edition, section, slug, date.
//!
//! The default layout is `<edition>/<section>/…/<slug>.md`. Front matter wins over all of it.

use super::date;
use super::markup::Markup;
use crate::language::Language;
use crate::name::{safe_name, section_name};
use crate::settings::Settings;
use chrono::NaiveDate;

/// What a path says of its article.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// From a suffix (`ferry.ru.md`), else from the first directory.
    pub edition: Option<Language>,
    /// From the first directory that is neither an edition nor a part of a date.
    pub section: Option<String>,
    /// The file's name, or its directory's for a bundle (`ferry/index.md`).
    pub slug: String,
    /// From the name: `2026-11-22-ferry.md`.
    pub date: Option<NaiveDate>,
}

/// Is this file an article? Hidden files, `README.md`, `_index.md` and editors' leftovers are not,
/// and other file types are media.
#[must_use]
pub fn is_article(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((_, stem)) = Markup::of(name) else { return false };
    let is_about_its_folder = stem == "_index" || stem.starts_with("_index.");
    let is_hidden = path.split('/').any(|part| part.starts_with('.'));
    !stem.is_empty()
        && !is_about_its_folder
        && !is_hidden
        && !stem.split('.').any(|part| part.eq_ignore_ascii_case("readme"))
}

/// Does the path lie in a folder of drafts?
#[must_use]
pub fn is_in_drafts(path: &str) -> bool {
    path.split('/').any(|part| part == "_drafts")
}

impl Place {
    /// Reads a path: relative to the articles directory, with `/` between its parts.
    #[must_use]
    pub fn of(path: &str, settings: &Settings) -> Place {
        let (directories, name) = match path.rsplit_once('/') {
            Some((directories, name)) => (directories.split('/').collect(), name),
            None => (Vec::new(), path),
        };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (stem, suffix) = match stem.rsplit_once('.') {
            Some((stem, suffix)) if edition(suffix, settings).is_some() => (stem, edition(suffix, settings)),
            _ => (stem, None),
        };
        let is_bundle = stem == "index" && !directories.is_empty();
        let mut directories: &[&str] = &directories;
        let mut own_name = stem;
        if let (true, [outer @ .., last]) = (is_bundle, directories) {
            directories = outer;
            own_name = last;
        }
        let mut first_edition = None;
        if let [first, inner @ ..] = directories {
            first_edition =
                edition(first, settings).filter(|_| settings.section(&section_name(first)).is_none());
            if first_edition.is_some() {
                directories = inner;
            }
        }
        let (date, slug) = match date::from_file_name(own_name) {
            Some((date, slug)) => (Some(date), slug),
            None => (None, own_name),
        };
        Place {
            edition: suffix.or(first_edition),
            section: directories
                .iter()
                .map(|name| section_name(name))
                .find(|name| is_section(name, settings)),
            slug: safe_name(slug).unwrap_or_else(|| "article".to_owned()),
            date,
        }
    }
}

/// Archives have folders for their years and months.
fn is_section(name: &str, settings: &Settings) -> bool {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    !name.is_empty() && (!is_number || settings.section(name).is_some())
}

/// The edition that a directory or a suffix names: one of the settings', else a two-letter language.
fn edition(name: &str, settings: &Settings) -> Option<Language> {
    let declared = Language::parse(name).filter(|language| settings.edition(language).is_some());
    declared.or_else(|| Language::of_directory(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    fn place(path: &str, editions: &str) -> (String, String, String, String) {
        let text = format!("[site]\nurl = 'https://e.example'\n{editions}");
        let place = Place::of(path, &read("feedmill.toml", &text, &Overrides::default()).unwrap());
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
        assert_eq!(place("en/news/ferry.pt-br.md", ""), is("pt-BR", "news", "ferry", "-"));
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
    fn articles_and_others() {
        for path in ["a.md", "en/news/a.markdown", "_posts/2026-01-01-a.md", "a.mdx", "a.html"] {
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
        ] {
            assert!(!is_article(path), "{path}");
        }
    }
}
