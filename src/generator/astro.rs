//! Astro: `astro.config.*` and a collection of articles in `src/content/`. Where their pages are is
//! decided by the names in `src/pages/`.

use super::literal::{Literal, Object, constants, javascript};
use super::{Found, FoundLanguage, Generator, Pattern, SiteFiles, sample};

const FILES: [&str; 5] =
    ["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts", "astro.config.cjs"];

/// What collections of articles are usually called.
const COLLECTIONS: [&str; 6] = ["blog", "posts", "post", "articles", "news", "writing"];

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let path = FILES.into_iter().find(|path| files.text(path).is_some())?;
    let objects = javascript(&files.text(path)?);
    let empty = Object::default();
    let known = ["site", "base", "integrations", "markdown", "i18n", "trailingSlash", "output"];
    let config =
        objects.iter().find(|object| known.iter().any(|key| object.get(key).is_some())).unwrap_or(&empty);
    let mut found = found(files, config);
    found.sources.push(path.to_owned());
    for name in ["site", "base", "trailingSlash", "i18n"] {
        if config.is_computed(name) {
            found.note(format!(
                "`{name}` in `{path}` is computed; feedmill runs no code, so set this by hand"
            ));
        }
    }
    Some(found)
}

pub fn by_tree(files: &dyn SiteFiles) -> Option<Found> {
    if files.names("src/content").is_empty() {
        return None;
    }
    let mut found = found(files, &Object::default());
    found.sources.push("src/content/".to_owned());
    Some(found)
}

fn found(files: &dyn SiteFiles, config: &Object) -> Found {
    let (directory, collection) = collection(files);
    let route = route(files, &collection);
    // Directories named like languages are a part of the path, as every other directory is.
    let in_directories = sample::languages(files, &directory);
    let edition = if in_directories.is_empty() { "" } else { "{edition}" };
    let mut pattern = Pattern::of("/{sections}/{filename}/")
        .below(edition)
        // A slug stands for the whole of the path.
        .with_slug("/{own_slug}/")
        .below(route.as_deref().unwrap_or(&collection));
    let is_file = match config.get("build") {
        Some(Literal::Map(build)) => build.text("format").as_deref() == Some("file"),
        _ => false,
    };
    if is_file {
        pattern = pattern.as_file();
    } else if config.text("trailingSlash").as_deref() == Some("never") {
        pattern = pattern.without_slash();
    }
    if route.is_none() {
        pattern.notes.push("no page in `src/pages/` says where the articles are; this is a guess".to_owned());
    }
    let mut found = Found::of(Generator::Astro, pattern, &directory);
    found.slugs = "lower";
    found.set_url(config.text("site"), &config.text("base").unwrap_or_default());
    // Where Astro's own template for blogs has them.
    for path in ["src/consts.ts", "src/consts.js"] {
        let Some(text) = files.text(path) else { continue };
        let constants = constants(&text);
        found.title = constants.text("SITE_TITLE");
        found.description = constants.text("SITE_DESCRIPTION");
        found.sources.extend(found.title.is_some().then(|| path.to_owned()));
    }
    set_languages(config, &mut found);
    found.set_language_directories(in_directories);
    found
}

/// The directory of the articles, and what their collection is called.
fn collection(files: &dyn SiteFiles) -> (String, String) {
    for home in ["src/content", "src/data", "content"] {
        let names = files.names(home);
        if let Some(name) = COLLECTIONS.iter().find(|name| names.contains(&format!("{name}/"))) {
            return (format!("{home}/{name}"), (*name).to_owned());
        }
    }
    let only = files.names("src/content").into_iter().find(|name| name.ends_with('/'));
    let name = only.map_or_else(|| "blog".to_owned(), |name| name.trim_end_matches('/').to_owned());
    (format!("src/content/{name}"), name)
}

/// The directory in `src/pages/` with a page for every article: `blog/[...slug].astro`.
fn route(files: &dyn SiteFiles, collection: &str) -> Option<String> {
    let is_route =
        |name: &String| name.starts_with('[') && (name.ends_with(".astro") || name.ends_with("]/"));
    let names = files.names("src/pages");
    let usual = COLLECTIONS.iter().copied();
    let likely = std::iter::once(collection).chain(usual).filter(|name| names.contains(&format!("{name}/")));
    for name in likely {
        if files.names(&format!("src/pages/{name}")).iter().any(is_route) {
            return Some(name.to_owned());
        }
    }
    names.iter().any(|name| is_route(name) && name.contains("slug")).then(String::new)
}

fn set_languages(config: &Object, found: &mut Found) {
    let Some(Literal::Map(languages)) = config.get("i18n") else { return };
    let default = languages.text("defaultLocale").unwrap_or_else(|| "en".to_owned());
    let with_prefix = match languages.get("routing") {
        Some(Literal::Map(routing)) => routing.get("prefixDefaultLocale") == Some(&Literal::Flag(true)),
        _ => false,
    };
    let prefix = if with_prefix { default.as_str() } else { "" };
    found.languages.extend(FoundLanguage::of(&default, prefix));
    if let Some(Literal::List(locales)) = languages.get("locales") {
        let others = locales.iter().filter_map(Literal::text).filter(|locale| *locale != default);
        found.languages.extend(others.filter_map(|locale| FoundLanguage::of(&locale, &locale)));
    }
    let is_in_pattern = found.permalink.text.contains("{edition}");
    if !is_in_pattern && found.languages.iter().any(|language| !language.prefix.is_empty()) {
        found.permalink = found.permalink.clone().below("{edition}");
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFiles, recognise};
    use super::*;

    #[test]
    fn the_site() {
        let files = MemoryFiles::of(&[
            (
                "astro.config.mjs",
                "import mdx from '@astrojs/mdx';\nexport default defineConfig({ site: 'https://post.example', base: '/sea', trailingSlash: 'never', integrations: [mdx()] });",
            ),
            ("src/content/posts/ferry.md", ""),
            ("src/pages/blog/[...slug].astro", ""),
            ("src/consts.ts", "export const SITE_TITLE = 'Post';\nexport const SITE_DESCRIPTION = `News`;\n"),
        ]);
        let found = recognise(&files).unwrap();
        assert_eq!(found.generator, Generator::Astro);
        assert_eq!((found.title.as_deref(), found.description.as_deref()), (Some("Post"), Some("News")));
        assert_eq!(
            (found.url.as_deref(), found.directory.as_str()),
            (Some("https://post.example/sea/"), "src/content/posts")
        );
        assert_eq!(found.permalink, Pattern::of("/blog/{sections}/{filename}").with_slug("/blog/{own_slug}"));
    }

    #[test]
    fn directories_of_languages_are_a_part_of_the_path() {
        let files = MemoryFiles::of(&[
            (
                "astro.config.mjs",
                "export default defineConfig({ i18n: { locales: ['en', 'lv'], defaultLocale: 'lv' } });",
            ),
            ("src/content/blog/en/ferry.md", ""),
            ("src/content/blog/lv/ferry.md", ""),
            ("src/pages/blog/[...slug].astro", ""),
        ]);
        let found = recognise(&files).unwrap();
        assert_eq!(
            found.permalink,
            Pattern::of("/blog/{edition}/{sections}/{filename}/").with_slug("/blog/{own_slug}/")
        );
        let languages: Vec<_> = found.languages.iter().map(|found| found.prefix.as_str()).collect();
        assert_eq!(languages, ["lv", "en"]);
    }

    #[test]
    fn languages_and_guesses() {
        let files = MemoryFiles::of(&[
            (
                "astro.config.ts",
                "export default defineConfig({ site: process.env.SITE, i18n: { defaultLocale: 'en', locales: ['en', 'pt-br'] } })",
            ),
            ("src/content/news/ferry.md", ""),
        ]);
        let found = recognise(&files).unwrap();
        assert_eq!(found.permalink.text, "/{edition}/news/{sections}/{filename}/");
        assert_eq!(found.permalink.notes.len(), 1);
        assert_eq!(found.languages[1].prefix, "pt-br");
        assert_eq!(
            found.notes,
            ["`site` in `astro.config.ts` is computed; feedmill runs no code, so set this by hand"]
        );
    }
}
