//! Eleventy: `eleventy.config.*` or `.eleventy.js`; the site's name and address are data in `_data/`.

use super::config::{self, Config, text};
use super::literal::{Literal, javascript};
use super::{Found, Generator, Pattern, SiteFiles};
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
    let name = articles.copied().unwrap_or("posts");
    let directory = below_input(name);
    let mut found = Found::of(Generator::Eleventy, permalink(files, &directory, name), &directory);
    found.sources.push(path.to_owned());
    found.has_undated_pages = true;
    if directories.is_none_or(|directories| directories.is_computed("input")) && articles.is_none() {
        found.note(format!("`{path}` does not say plainly where the articles are"));
    }
    set_site(files, &below_input(&named("data").unwrap_or_else(|| "_data".to_owned())), &mut found);
    Some(found)
}

/// The pattern of the directory's own data, else that of every page. Names keep their date in it.
fn permalink(files: &dyn SiteFiles, directory: &str, name: &str) -> Pattern {
    let own_name = directory.rsplit('/').next().unwrap_or(directory);
    for path in [format!("{directory}/{own_name}.json"), format!("{directory}/{own_name}.11tydata.json")] {
        let Some(source) = Config::read(files, &path).and_then(|config| text(&config.map, "permalink"))
        else {
            continue;
        };
        let pattern = Pattern::from_braces(&source, ("{{", "}}"), |expression| {
            let expression: String = expression.split_whitespace().collect();
            let own = match expression.as_str() {
                "page.fileSlug" | "page.fileSlug|slugify" | "page.fileSlug|slug" => "{slug}",
                "title|slug" | "title|slugify" => "{title}",
                "slug" | "slug|slugify" => "{slug}",
                "page.date|date:'%Y'" | "page.date|date:\"%Y\"" => "{year}",
                "page.date|date:'%m'" | "page.date|date:\"%m\"" => "{month}",
                _ => return None,
            };
            Some(own.to_owned())
        });
        return pattern;
    }
    let mut pattern = Pattern::of("/{sections}/{filename}/").below(name);
    if [".11tydata.js", ".11tydata.mjs", ".11tydata.cjs", ".js"]
        .iter()
        .any(|ending| files.text(&format!("{directory}/{own_name}{ending}")).is_some())
    {
        pattern.notes.push(format!("a program in `{directory}` may say otherwise; feedmill runs no code"));
    }
    pattern
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
