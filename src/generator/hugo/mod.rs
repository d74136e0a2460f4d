//! Hugo: `hugo.toml`, `config.toml`, `config/_default/`, in TOML, YAML or JSON.
//!
//! Articles are in `content/`, among pages without a date. A page is at its path in lower case unless
//! `permalinks` has a pattern for its section; all languages but the default one get a prefix.

mod configuration;
mod permalinks;

use self::configuration::Site;
use super::config::{self, flag, text, texts};
use super::{Found, FoundLanguage, Generator, Pattern, SiteFiles};
use crate::syntax::Value;
use std::collections::BTreeSet;

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let site = Site::read(files);
    if site.sources.is_empty() {
        return None;
    }
    let mut found = site.found(files);
    found.sources.clone_from(&site.sources);
    found.notes.splice(0..0, site.faults.iter().cloned());
    Some(found)
}

pub fn by_tree(files: &dyn SiteFiles) -> Option<Found> {
    files.text("content/_index.md")?;
    let mut found = Site::default().found(files);
    found.sources.push("content/_index.md".to_owned());
    Some(found)
}

impl Site {
    fn found(&self, files: &dyn SiteFiles) -> Found {
        let languages = self.languages(files);
        let directory = directory(self.text("contentdir"), &languages);
        let mut found = Found::of(Generator::Hugo, Pattern::default(), &directory);
        found.set_url(self.text("baseurl"), "");
        found.title = self.text("title");
        found.copyright = self.text("copyright");
        found.set_timezone(self.text("timezone"));
        found.description = self.tables("params").find_map(|params| text(params, "description"));
        found.slugs = if self.flag("disablepathtolower") == Some(true) { "kept" } else { "lower" };
        found.has_undated_pages = true;
        found.set_author_file(files, "data/authors");
        self.set_languages(&languages, &mut found);
        // `:filename` among the dates takes the date off the name as well.
        let dates_in_names = self
            .tables("frontmatter")
            .any(|dates| texts(dates, "date").iter().any(|name| name == ":filename"));
        self.set_permalinks(dates_in_names, &mut found);
        found
    }

    /// In Hugo's order: by weight, those without one last, then by key; the default one first.
    fn languages(&self, files: &dyn SiteFiles) -> Vec<HugoLanguage> {
        let mut all: Vec<HugoLanguage> = Vec::new();
        let default = self.text("defaultcontentlanguage");
        let in_tables = self.tables("languages").flat_map(|languages| {
            languages.entries.iter().filter_map(|(key, node)| match &node.value {
                Value::Map(map) => Some((&*key.name, map)),
                _ => None,
            })
        });
        let in_files =
            self.tables.iter().filter_map(|(stem, map)| Some((stem.strip_prefix("languages.")?, map)));
        for (key, map) in in_tables.chain(in_files) {
            if flag(map, "disabled") == Some(true) {
                continue;
            }
            let Some(mut language) = FoundLanguage::of(key, key) else { continue };
            language.name = text(map, "label").or_else(|| text(map, "languagename"));
            language.title = text(map, "title");
            let weight = config::count(map, "weight").unwrap_or(u32::MAX);
            let content = text(map, "contentdir").map(|directory| directory.trim_matches('/').to_owned());
            // A site declares more languages than it has texts in.
            if content.as_ref().is_some_and(|directory| files.names(directory).is_empty()) {
                continue;
            }
            let is_default = default.as_deref().unwrap_or("en").eq_ignore_ascii_case(key);
            let base_url = text(map, "baseurl");
            all.push(HugoLanguage { key: key.to_owned(), weight, is_default, content, base_url, language });
        }
        // A language may be in several files; the last word on it counts.
        all.reverse();
        let mut seen = BTreeSet::new();
        all.retain(|language| seen.insert(language.key.clone()));
        all.sort_by(|a, b| (!a.is_default, a.weight, &a.key).cmp(&(!b.is_default, b.weight, &b.key)));
        all
    }

    fn set_languages(&self, languages: &[HugoLanguage], found: &mut Found) {
        if languages.is_empty() {
            found.set_only_language(
                self.text("defaultcontentlanguage")
                    .or_else(|| self.text("locale"))
                    .or_else(|| self.text("languagecode")),
            );
            return;
        }
        let with_prefix = self.flag("defaultcontentlanguageinsubdir") == Some(true);
        for language in languages {
            let mut known = language.language.clone();
            if language.is_default && !with_prefix {
                known.prefix = String::new();
            }
            if let Some(url) = &language.base_url {
                found.note(format!(
                    "the pages in `{}` are at `{url}`, another address than the site's",
                    language.key
                ));
            }
            if let Some(directory) = &language.content
                && directory.strip_prefix(&found.directory).is_none_or(|rest| {
                    !rest.trim_start_matches('/').eq_ignore_ascii_case(&language.key) && !rest.is_empty()
                })
            {
                found.note(format!(
                    "the articles in `{}` are in `{directory}`, which does not say their language",
                    language.key
                ));
            }
            found.languages.push(known);
        }
    }
}

struct HugoLanguage {
    key: String,
    weight: u32,
    is_default: bool,
    content: Option<String>,
    base_url: Option<String>,
    language: FoundLanguage,
}

/// Where the articles of all languages are: what their directories have in common.
fn directory(own: Option<String>, languages: &[HugoLanguage]) -> String {
    let own = own.map_or_else(|| "content".to_owned(), |own| own.trim_matches('/').to_owned());
    let mut of_languages = languages.iter().filter_map(|language| language.content.as_deref());
    let Some(first) = of_languages.next() else { return own };
    let parent = first.rsplit_once('/').map_or(first, |(parent, _)| parent);
    let is_within = |directory: &str| {
        directory == parent || directory.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'))
    };
    if of_languages.all(is_within) { parent.to_owned() } else { first.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFiles, recognise};
    use super::*;

    fn found(files: &[(&str, &str)]) -> Found {
        let found = recognise(&MemoryFiles::of(files)).unwrap();
        assert_eq!(found.generator, Generator::Hugo);
        found
    }

    fn section(found: &Found, name: &str) -> Pattern {
        found.sections.iter().find(|(section, _)| section == name).unwrap().1.clone()
    }

    #[test]
    fn the_site() {
        let found = found(&[(
            "hugo.toml",
            "baseURL = 'https://post.example/sea/'\nlanguageCode = 'en-GB'\ntitle = 'Post'\ntimeZone = 'Europe/Riga'\n\
             copyright = '© The Post'\n[params]\ndescription = 'News of the harbour'\n",
        )]);
        assert_eq!(
            (found.title.as_deref(), found.url.as_deref()),
            (Some("Post"), Some("https://post.example/sea/"))
        );
        assert_eq!(
            (found.timezone.as_deref(), found.description.as_deref()),
            (Some("Europe/Riga"), Some("News of the harbour"))
        );
        assert_eq!(
            (found.directory.as_str(), found.slugs, found.has_undated_pages),
            ("content", "lower", true)
        );
        assert_eq!(found.permalink, Pattern::of("/{sections}/{slug_or_filename}/"));
        assert_eq!(found.languages[0].language.as_str(), "en-GB");
    }

    #[test]
    fn permalinks_in_three_forms() {
        let article = ("content/news/ferry.md", "---\ntitle: Late\n---\n");
        let old = found(&[
            ("config.yaml", "baseurl: https://post.example/\npermalinks:\n  news: /:year/:month/:title/\n"),
            article,
        ]);
        assert_eq!(section(&old, "news"), Pattern::of("/{year}/{month}/{title}/"));
        let tables = "baseURL = 'https://post.example/'\n[permalinks.page]\nnews = '/n/:slug'\n[permalinks.section]\nnews = '/x/'\n";
        let tables = found(&[("config.toml", tables), article]);
        assert_eq!(section(&tables, "news"), Pattern::of("/n/{slug_or_title}/"));
        let rules = "[[permalinks]]\npattern = '/a/:slugorfilename/'\n[permalinks.target]\nkind = 'page'\npath = '/news/**'\n\
                     [[permalinks]]\npattern = '/b/:filename/'\n[permalinks.target]\npath = '/news/**'\n";
        let rules = found(&[("hugo.toml", rules)]);
        assert_eq!(rules.sections, [("news".to_owned(), Pattern::of("/a/{slug_or_filename}/"))]);
    }

    #[test]
    fn languages_have_files_and_weights() {
        let found = found(&[
            (
                "config/_default/hugo.toml",
                "defaultContentLanguage = 'en'\n[uglyURLs]\nnews = true\n[permalinks]\nnews = '/:year/:slugorfilename/'\n",
            ),
            (
                "config/_default/languages.ru.toml",
                "title = 'Вести'\ncontentDir = 'content/ru'\nweight = 9\nlabel = 'Русский'\n",
            ),
            ("config/_default/languages.pt-br.toml", "contentDir = 'content/pt-br'\nweight = 3\n"),
            ("config/_default/languages.lv.toml", "contentDir = 'content/lv'\n"),
            ("config/_default/languages.en.toml", "title = 'Post'\ncontentDir = 'content/en'\nweight = 10\n"),
            ("config/production/hugo.toml", "baseURL = 'https://post.example/'\n"),
            ("content/en/news/a.md", ""),
            ("content/ru/news/a.md", ""),
            ("content/pt-br/news/a.md", ""),
        ]);
        let languages: Vec<_> =
            found.languages.iter().map(|found| (found.language.as_str(), found.prefix.as_str())).collect();
        assert_eq!(languages, [("en", ""), ("pt-BR", "pt-br"), ("ru", "ru")]);
        assert_eq!(found.languages[2].name.as_deref(), Some("Русский"));
        assert_eq!(
            (found.directory.as_str(), found.url.as_deref()),
            ("content", Some("https://post.example/"))
        );
        assert_eq!(section(&found, "news").text, "/{edition}/{year}/{slug_or_filename}.html");
        assert_eq!(found.permalink.text, "/{edition}/{sections}/{slug_or_filename}/");
        assert_eq!(found.notes, [""; 0]);
    }

    #[test]
    fn other_choices() {
        let found = found(&[(
            "hugo.yaml",
            "baseURL: https://post.example/\ndisablePathToLower: true\nuglyURLs: true\ncontentDir: pages\n\
             frontmatter:\n  date: [':filename', ':default']\nlanguages:\n  en: {}\n  de: { disabled: true }\n",
        )]);
        assert_eq!((found.slugs, found.directory.as_str()), ("kept", "pages"));
        assert_eq!(found.permalink.text, "/{sections}/{slug}.html");
        assert_eq!(found.languages.len(), 1);
    }
}
