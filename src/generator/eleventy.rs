//! Eleventy: `eleventy.config.*` or `.eleventy.js`; the site's name and address are data in `_data/`.

use super::config::{self, Config, text};
use super::literal::{Literal, javascript};
use super::{Found, FoundLanguage, Generator, Pattern, SiteFiles, sample};
use crate::name::section_name;
use crate::syntax::Map;

const FILES: [&str; 6] = [
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
    ".eleventy.cjs",
];

/// Where articles usually are, below the input directory.
const DIRECTORIES: [&str; 8] =
    ["blog", "posts", "articles", "news", "content/blog", "content/posts", "content", "post"];

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let path = FILES.into_iter().find(|path| files.text(path).is_some())?;
    let objects = javascript(&files.text(path)?);
    let directories = objects.iter().find_map(|object| match object.get("dir") {
        Some(Literal::Map(directories)) => Some(directories),
        _ => None,
    });
    let named = |key: &str| directories.and_then(|directories| directories.text(key));
    let input = named("input").unwrap_or_default();
    let input = input.trim_start_matches("./").trim_matches('/').trim_matches('.').to_owned();
    let below_input = |name: &str| if input.is_empty() { name.to_owned() } else { format!("{input}/{name}") };
    let articles = DIRECTORIES.iter().find(|name| !files.names(&below_input(name)).is_empty());
    let is_input = articles.is_none() && !input.is_empty() && !files.names(&input).is_empty();
    let name = if is_input { "" } else { articles.copied().unwrap_or("posts") };
    let directory = below_input(name).trim_end_matches('/').to_owned();
    let in_directories = sample::languages(files, &directory);
    let edition = if in_directories.is_empty() { "" } else { "{edition}" };
    let pattern = own_permalink(files, &directory)
        .unwrap_or_else(|| Pattern::of("/{sections}/{filename}/").below(edition).below(name));
    let mut found = Found::of(Generator::Eleventy, pattern, &directory);
    set_sections(files, &directory, &in_directories, &mut found);
    found.sources.push(path.to_owned());
    found.has_undated_pages = true;
    if articles.is_none() && !is_input {
        found.note(format!("`{path}` does not say plainly where the articles are"));
    }
    let data = named("data").unwrap_or_else(|| "_data".to_owned());
    // Relative to the input directory, and often out of it.
    let data = data.strip_prefix("../").map_or_else(|| below_input(&data), str::to_owned);
    set_site(files, data.trim_end_matches('/'), &mut found);
    found.set_language_directories(in_directories);
    Some(found)
}

/// The pattern of a directory's own data: `towers/towers.json`.
fn own_permalink(files: &dyn SiteFiles, directory: &str) -> Option<Pattern> {
    let own_name = directory.rsplit('/').next().unwrap_or(directory);
    let paths = [format!("{directory}/{own_name}.json"), format!("{directory}/{own_name}.11tydata.json")];
    let source = paths.iter().find_map(|path| text(&Config::read(files, path)?.map, "permalink"))?;
    Some(Pattern::from_braces(&source, ("{{", "}}"), |expression| {
        let expression: String = expression.split_whitespace().collect();
        let own = match expression.replace('"', "'").as_str() {
            "page.fileSlug" | "page.fileSlug|slugify" | "page.fileSlug|slug" => "{slug}",
            "slug" | "slug|slugify" | "slug|default:page.fileSlug" | "slugorpage.fileSlug" => "{slug}",
            "title|slug" | "title|slugify" => "{title}",
            "page.date|date:'%Y'" => "{year}",
            "page.date|date:'%m'" => "{month}",
            "page.date|date:'%d'" => "{day}",
            _ => return None,
        };
        Some(own.to_owned())
    }))
}

/// The directories below that of the articles are sections; each may have a pattern of its own.
fn set_sections(files: &dyn SiteFiles, directory: &str, languages: &[FoundLanguage], found: &mut Found) {
    let mut homes = vec![directory.to_owned()];
    homes.extend(languages.iter().map(|language| format!("{directory}/{}", language.prefix)));
    let mut programs = Vec::new();
    for home in &homes {
        programs.extend(program(files, home));
        let names = files.names(home);
        for name in names.iter().filter_map(|name| name.strip_suffix('/')) {
            let path = format!("{home}/{name}");
            if homes.contains(&path) {
                continue;
            }
            if let Some(pattern) = own_permalink(files, &path) {
                found.sections.push((section_name(name), pattern));
            }
            programs.extend(program(files, &path));
        }
    }
    for program in programs {
        found.note(format!("`{program}` may give articles other permalinks; feedmill runs no code"));
    }
}

/// A directory's data, where this is computed.
fn program(files: &dyn SiteFiles, directory: &str) -> Option<String> {
    let own_name = directory.rsplit('/').next().unwrap_or(directory);
    let paths = ["js", "mjs", "cjs"].map(|ending| format!("{directory}/{own_name}.11tydata.{ending}"));
    paths.into_iter().find(|path| files.text(path).is_some_and(|text| text.contains("permalink")))
}

fn set_site(files: &dyn SiteFiles, data: &str, found: &mut Found) {
    for name in ["metadata", "site", "meta"] {
        let as_data = ["json", "yaml", "yml"].iter().find_map(|ending| {
            let path = format!("{data}/{name}.{ending}");
            Some((Config::read(files, &path)?.map, path))
        });
        if let Some((map, path)) = as_data {
            set_from(&map, found);
            found.sources.push(path);
            return;
        }
        for ending in ["js", "mjs", "cjs"] {
            let path = format!("{data}/{name}.{ending}");
            let Some(program) = files.text(&path) else { continue };
            let objects = javascript(&program);
            let Some(object) =
                objects.iter().find(|object| object.get("title").is_some() || object.get("url").is_some())
            else {
                continue;
            };
            found.title = object.text("title").or_else(|| object.text("name"));
            found.description = object.text("description");
            found.set_url(object.text("url"), "");
            found.set_only_language(object.text("language").or_else(|| object.text("lang")));
            if let Some(Literal::Map(author)) = object.get("author") {
                found.authors = author.text("name").into_iter().collect();
            }
            for key in ["title", "url"] {
                if object.is_computed(key) {
                    found.note(format!(
                        "`{key}` in `{path}` is computed; feedmill runs no code, so set this by hand"
                    ));
                }
            }
            found.sources.push(path);
            return;
        }
    }
}

fn set_from(map: &Map, found: &mut Found) {
    found.title = text(map, "title").or_else(|| text(map, "name"));
    found.description = text(map, "description");
    found.set_url(text(map, "url").or_else(|| text(map, "baseUrl")), "");
    found.set_only_language(text(map, "language").or_else(|| text(map, "lang")));
    found.authors = config::people(map, "author");
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFiles, recognise};
    use super::*;

    #[test]
    fn the_site() {
        let files = MemoryFiles::of(&[
            (
                "eleventy.config.js",
                "module.exports = function (c) {\n  c.addFilter('x', (y) => y);\n  return { dir: { input: 'src', output: '_site' } };\n};",
            ),
            (
                "src/_data/metadata.json",
                "{ \"title\": \"Post\", \"url\": \"https://post.example/\", \"language\": \"en\", \"author\": { \"name\": \"Ann Lee\" } }",
            ),
            ("src/posts/2026-11-22-ferry.md", ""),
        ]);
        let found = recognise(&files).unwrap();
        assert_eq!(found.generator, Generator::Eleventy);
        assert_eq!(
            (found.title.as_deref(), found.url.as_deref()),
            (Some("Post"), Some("https://post.example/"))
        );
        assert_eq!(
            (found.directory.as_str(), found.permalink.text.as_str()),
            ("src/posts", "/posts/{sections}/{filename}/")
        );
        assert_eq!(found.authors, ["Ann Lee"]);
    }

    #[test]
    fn the_input_directory_has_languages_and_sections() {
        let files = MemoryFiles::of(&[
            (
                ".eleventy.js",
                "export default function () { return { dir: { input: 'content', data: '../_data' } }; }",
            ),
            ("_data/metadata.json", "{ \"title\": \"Post\", \"language\": \"ru\" }"),
            ("content/en/sea/ferry.md", ""),
            (
                "content/en/sea/sea.json",
                "{ \"permalink\": \"/sea/{{ slug | default: page.fileSlug }}.html\" }",
            ),
            ("content/ru/sea/sea.11tydata.js", "export default { permalink: (data) => data.x };"),
        ]);
        let found = recognise(&files).unwrap();
        assert_eq!((found.directory.as_str(), found.title.as_deref()), ("content", Some("Post")));
        assert_eq!(found.permalink.text, "/{edition}/{sections}/{filename}/");
        assert_eq!(found.sections, [("sea".to_owned(), Pattern::of("/sea/{slug}.html"))]);
        let languages: Vec<_> = found.languages.iter().map(|found| found.prefix.as_str()).collect();
        assert_eq!(languages, ["ru", "en"]);
        let note =
            "`content/ru/sea/sea.11tydata.js` may give articles other permalinks; feedmill runs no code";
        assert_eq!(found.notes, [note]);
    }

    #[test]
    fn a_directory_has_its_own_pattern() {
        let files = MemoryFiles::of(&[
            (".eleventy.js", "export default function () {}\nexport const config = { dir: { input: '.' } };"),
            ("_data/site.js", "export default { title: 'Post', url: process.env.URL || 'x' };"),
            (
                "blog/blog.json",
                "{ \"permalink\": \"/{{ page.date | date: '%Y' }}/{{ page.fileSlug }}/index.html\" }",
            ),
        ]);
        let found = recognise(&files).unwrap();
        assert_eq!(found.permalink.text, "/{year}/{slug}/");
        assert_eq!((found.title.as_deref(), found.notes.len()), (Some("Post"), 1));
    }
}
