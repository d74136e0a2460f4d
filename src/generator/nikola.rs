//! Nikola: `conf.py`. Sphinx has a file of that name too, without a blog in it.

use super::literal::{Literal, Object, python};
use super::{Found, FoundLanguage, Generator, Pattern, SiteFiles};

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let settings = python(&files.text("conf.py")?);
    if settings.get("BLOG_TITLE").is_none() && settings.get("SITE_URL").is_none() {
        return None;
    }
    let default = settings.text("DEFAULT_LANG").unwrap_or_else(|| "en".to_owned());
    let (directory, path) =
        posts(&settings, &default).unwrap_or_else(|| ("posts".to_owned(), "posts".to_owned()));
    let is_pretty = settings.get("PRETTY_URLS") != Some(&Literal::Flag(false));
    // Names keep the date that some have in front.
    let pattern = Pattern::of("/{sections}/{slug_or_filename}/").below(&path);
    let pattern = if is_pretty { pattern } else { pattern.as_file() };
    let mut found = Found::of(Generator::Nikola, pattern, &directory);
    found.sources.push("conf.py".to_owned());
    let local = |name: &str, language: &str| match settings.get(name)? {
        Literal::Map(texts) => {
            texts.text(language).or_else(|| texts.text("DEFAULT_LANG").filter(|_| language == default))
        }
        value => value.text().filter(|_| language == default),
    };
    found.title = local("BLOG_TITLE", &default);
    found.description = local("BLOG_DESCRIPTION", &default);
    found.authors = local("BLOG_AUTHOR", &default).into_iter().collect();
    found.copyright = None;
    found.set_url(settings.text("SITE_URL"), "");
    found.set_timezone(settings.text("TIMEZONE"));
    found.limit = settings.get("FEED_LENGTH").and_then(Literal::count);
    found.languages.extend(FoundLanguage::of(&default, ""));
    if let Some(Literal::Map(translations)) = settings.get("TRANSLATIONS") {
        for (key, value) in &translations.0 {
            let is_default = *key == default || key == "DEFAULT_LANG";
            let prefix = value.text().unwrap_or_default();
            let prefix = prefix.trim_start_matches("./").trim_matches('/');
            match FoundLanguage::of(key, prefix) {
                Some(language) if !is_default => {
                    found.languages.push(FoundLanguage { title: local("BLOG_TITLE", key), ..language });
                }
                _ => {}
            }
        }
    }
    if found.languages.len() > 1 {
        found.permalink = found.permalink.clone().below("{edition}");
    }
    for name in ["BLOG_TITLE", "SITE_URL", "TIMEZONE", "POSTS", "TRANSLATIONS", "DEFAULT_LANG"] {
        if settings.is_computed(name) {
            found.note(format!("`{name}` is computed; feedmill runs no code, so set this by hand"));
        }
    }
    Some(found)
}

/// Where the first pattern for Markdown looks for posts, and where these are put.
fn posts(settings: &Object, default: &str) -> Option<(String, String)> {
    let Some(Literal::List(rows)) = settings.get("POSTS") else { return None };
    let row = |row: &Literal| {
        let Literal::List(columns) = row else { return None };
        let wildcard = columns.first()?.text()?;
        let path = match columns.get(1)? {
            Literal::Map(paths) => {
                paths.text(default).or_else(|| paths.text("DEFAULT_LANG")).unwrap_or_default()
            }
            path => path.text().unwrap_or_default(),
        };
        Some((wildcard, path))
    };
    // One row in brackets is no list of rows.
    let single = Literal::List(rows.clone());
    let mut rows: Vec<_> = rows.iter().filter_map(row).collect();
    rows.extend(row(&single));
    let chosen = rows.iter().find(|(wildcard, _)| wildcard.ends_with(".md")).or(rows.first())?;
    let directory = chosen.0.split('*').next().unwrap_or_default().trim_end_matches('/');
    Some((directory.to_owned(), chosen.1.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFiles, recognise};
    use super::*;

    #[test]
    fn the_site() {
        let settings = "import time\nBLOG_AUTHOR = \"Ann Lee\"  # (translatable)\nBLOG_TITLE = {'en': 'Post', 'ru': 'Вести'}\nSITE_URL = \"https://post.example/\"\n\
                        DEFAULT_LANG = \"en\"\nTRANSLATIONS = {\n    DEFAULT_LANG: \"\",\n    \"ru\": \"./ru\",\n}\n\
                        POSTS = (\n    (\"posts/*.rst\", \"posts\", \"post.tmpl\"),\n    (\"news/*.md\", \"articles\", \"post.tmpl\"),\n)\n\
                        TIMEZONE = \"Europe/Riga\"\nCOPYRIGHT = X.format(time.gmtime())\n";
        let found = recognise(&MemoryFiles::of(&[("conf.py", settings)])).unwrap();
        assert_eq!(found.generator, Generator::Nikola);
        assert_eq!((found.title.as_deref(), found.directory.as_str()), (Some("Post"), "news"));
        assert_eq!(found.permalink.text, "/{edition}/articles/{sections}/{slug_or_filename}/");
        assert_eq!(found.languages[1].title.as_deref(), Some("Вести"));
        assert_eq!(found.notes, [""; 0]);
    }

    #[test]
    fn pages_can_be_files() {
        let settings = "BLOG_TITLE = 'Post'\nSITE_URL = 'https://' + host\nPRETTY_URLS = False\n";
        let found = recognise(&MemoryFiles::of(&[("conf.py", settings)])).unwrap();
        assert_eq!(found.permalink.text, "/posts/{sections}/{slug_or_filename}.html");
        assert_eq!((found.url, found.notes.len()), (None, 1));
    }
}
