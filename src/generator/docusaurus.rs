//! Docusaurus: `docusaurus.config.*` and the articles of its blog.

use super::literal::{Literal, Object, javascript};
use super::{Found, FoundLanguage, Generator, Pattern, SiteFiles, sample};
use crate::article::date;
use crate::article::place::is_article;

const FILES: [&str; 5] = [
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
    "docusaurus.config.mts",
];

/// Where the translations of a blog are, below the directory of their language.
const TRANSLATED: &str = "docusaurus-plugin-content-blog";

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let path = FILES.into_iter().find(|path| files.text(path).is_some())?;
    let objects = javascript(&files.text(path)?);
    let config = objects.iter().find(|object| object.get("url").is_some() || object.get("presets").is_some());
    let empty = Object::default();
    let config = config.unwrap_or(&empty);
    let blog = config.get("presets").and_then(|presets| blog(presets, 0));
    let of_blog = |key: &str| blog.and_then(|blog| blog.text(key));
    let directory = of_blog("path").unwrap_or_else(|| "blog".to_owned());
    let directory = directory.trim_start_matches("./").trim_matches('/').to_owned();
    let route = of_blog("routeBasePath").unwrap_or_else(|| "blog".to_owned());
    let mut pattern = permalink(files, &directory).below(&route);
    if config.get("trailingSlash") == Some(&Literal::Flag(true)) {
        pattern = pattern.with_slash();
    }
    let mut found = Found::of(Generator::Docusaurus, pattern, &directory);
    found.sources.push(path.to_owned());
    found.title = config.text("title");
    found.description = of_blog("blogDescription").or_else(|| config.text("tagline"));
    found.set_url(config.text("url"), &config.text("baseUrl").unwrap_or_default());
    set_languages(files, config, &mut found);
    set_author_files(files, &directory, &mut found);
    for name in ["title", "url", "baseUrl", "presets", "i18n"] {
        if config.is_computed(name) {
            found.note(format!(
                "`{name}` in `{path}` is computed; feedmill runs no code, so set this by hand"
            ));
        }
    }
    Some(found)
}

/// The options of the blog, somewhere in the presets: `[['classic', { blog: { … } }]]`.
fn blog(literal: &Literal, depth: usize) -> Option<&Object> {
    match literal {
        _ if depth > 3 => None,
        Literal::List(items) => items.iter().find_map(|item| blog(item, depth + 1)),
        Literal::Map(object) => match object.get("blog")? {
            Literal::Map(options) => Some(options),
            _ => None,
        },
        _ => None,
    }
}

/// An article's `slug` stands for itself; without one the name's date becomes three directories.
fn permalink(files: &dyn SiteFiles, directory: &str) -> Pattern {
    let articles = sample::articles(files, directory);
    let has_date = |path: &&String| {
        date::from_path(path).is_some()
            || path.split('/').any(|part| part.len() > 10 && is_date(&part.as_bytes()[..10]))
    };
    let others = articles.iter().filter(|path| is_article(path) && !sample::names_slug(files, path));
    let (dated, undated): (Vec<_>, Vec<_>) = others.partition(has_date);
    let without_slug = match dated.is_empty() {
        true => "/{slug}",
        false => "/{year}/{month}/{day}/{slug}",
    };
    let mut pattern = Pattern::of(without_slug).with_slug("/{own_slug}");
    if !dated.is_empty() && !undated.is_empty() {
        pattern.notes.push(format!(
            "{} articles have no date in their names, and no such directories in their addresses: give them a `slug`",
            undated.len()
        ));
    }
    pattern
}

fn is_date(name: &[u8]) -> bool {
    name.iter()
        .enumerate()
        .all(|(index, byte)| if matches!(index, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() })
}

fn set_languages(files: &dyn SiteFiles, config: &Object, found: &mut Found) {
    let Some(Literal::Map(languages)) = config.get("i18n") else { return };
    let default = languages.text("defaultLocale").unwrap_or_else(|| "en".to_owned());
    found.languages.extend(FoundLanguage::of(&default, ""));
    let Some(Literal::List(locales)) = languages.get("locales") else { return };
    let others = locales.iter().filter_map(Literal::text).filter(|locale| *locale != default);
    let translated = |locale: &String| !files.names(&format!("i18n/{locale}/{TRANSLATED}")).is_empty();
    found
        .languages
        .extend(others.filter(translated).filter_map(|locale| FoundLanguage::of(&locale, &locale)));
    if found.languages.len() > 1 {
        found.layout = vec![format!("{}/**", found.directory), format!("i18n/{{edition}}/{TRANSLATED}/**")];
        found.directory = ".".to_owned();
        found.permalink = found.permalink.clone().below("{edition}");
    }
}

/// A file among the articles needs no setting; with several languages each has its own.
fn set_author_files(files: &dyn SiteFiles, directory: &str, found: &mut Found) {
    if found.directory == directory {
        return;
    }
    let of_language = |index: usize, language: &FoundLanguage| match index {
        0 => format!("{directory}/authors.yml"),
        _ => format!("i18n/{}/{TRANSLATED}/authors.yml", language.prefix),
    };
    let all = found.languages.iter().enumerate();
    let paths = all.map(|(index, language)| (Some(language.language.clone()), of_language(index, language)));
    found.author_files = paths.filter(|(_, path)| files.text(path).is_some()).collect();
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFiles, recognise};
    use super::*;

    const CONFIG: &str = "const config = {\n  title: 'Post',\n  tagline: 'News of the harbour',\n  url: 'https://post.example',\n  baseUrl: '/',\n\
                          \x20 i18n: { defaultLocale: 'en', locales: ['en', 'ru'] },\n  presets: [['classic', { docs: false, blog: { routeBasePath: 'news', showReadingTime: true, editUrl: f() } }]],\n};\nexport default config;\n";

    #[test]
    fn the_site() {
        let files = [
            ("docusaurus.config.js", CONFIG),
            ("blog/2026-11-22-ferry.md", "---\nslug: late\n---\n"),
            ("blog/b.md", "---\nslug: b\n---\n"),
        ];
        let found = recognise(&MemoryFiles::of(&files)).unwrap();
        assert_eq!(found.generator, Generator::Docusaurus);
        assert_eq!(
            (found.title.as_deref(), found.url.as_deref()),
            (Some("Post"), Some("https://post.example/"))
        );
        assert_eq!(found.permalink, Pattern::of("/news/{slug}").with_slug("/news/{own_slug}"));
        assert_eq!((found.languages.len(), found.directory.as_str()), (1, "blog"));
        let translation = ("i18n/ru/docusaurus-plugin-content-blog/a.md", "");
        let found = recognise(&MemoryFiles::of(&[&files[..], &[translation]].concat())).unwrap();
        assert_eq!((found.languages.len(), found.directory.as_str()), (2, "."));
        assert_eq!(found.layout, ["blog/**", "i18n/{edition}/docusaurus-plugin-content-blog/**"]);
        assert_eq!(found.permalink.text, "/{edition}/news/{slug}");
    }

    #[test]
    fn names_with_dates() {
        let files = [
            (
                "docusaurus.config.ts",
                "export default { url: 'https://post.example', baseUrl: '/sea/', trailingSlash: true };",
            ),
            ("blog/2026-11-22-ferry/index.md", "x"),
        ];
        let found = recognise(&MemoryFiles::of(&files)).unwrap();
        assert_eq!(
            found.permalink,
            Pattern::of("/blog/{year}/{month}/{day}/{slug}/").with_slug("/blog/{own_slug}/")
        );
        assert_eq!(found.url.as_deref(), Some("https://post.example/sea/"));
    }
}
