//! Pelican: `pelicanconf.py`, with `publishconf.py` on top of it when the site is published.

use super::literal::{Literal, Object, python};
use super::{Found, FoundLanguage, Generator, Pattern, SiteFiles};

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let mut settings = Object::default();
    let mut sources = Vec::new();
    for path in ["pelicanconf.py", "publishconf.py"] {
        if let Some(text) = files.text(path) {
            // What is computed hides what stood there before, but an empty address does not.
            let own = python(&text).0.into_iter().filter(|(_, value)| *value != Literal::Text(String::new()));
            settings.0.extend(own);
            sources.push(path.to_owned());
        }
    }
    if !sources.iter().any(|path| path == "pelicanconf.py") {
        return None;
    }
    let mut found = Found::of(Generator::Pelican, Pattern::default(), &directory(files, &settings));
    found.sources = sources;
    found.title = settings.text("SITENAME");
    found.description = settings.text("SITESUBTITLE");
    found.set_url(settings.text("SITEURL"), "");
    found.set_timezone(settings.text("TIMEZONE"));
    found.authors = settings.text("AUTHOR").into_iter().collect();
    found.limit = settings.get("FEED_MAX_ITEMS").and_then(Literal::count);
    found.has_undated_pages = true;
    found.slugs = "ascii";
    let language = settings.text("DEFAULT_LANG").unwrap_or_else(|| "en".to_owned());
    found.languages.extend(FoundLanguage::of(&language, ""));
    set_permalink(&settings, &mut found);
    for name in [
        "SITENAME",
        "SITEURL",
        "TIMEZONE",
        "PATH",
        "ARTICLE_PATHS",
        "ARTICLE_URL",
        "ARTICLE_SAVE_AS",
        "AUTHOR",
    ] {
        if settings.is_computed(name) {
            found.note(format!("`{name}` is computed; feedmill runs no code, so set this by hand"));
        }
    }
    Some(found)
}

fn directory(files: &dyn SiteFiles, settings: &Object) -> String {
    let path = settings.text("PATH").unwrap_or_else(|| "content".to_owned());
    let path = path.trim_start_matches("./").trim_matches('/').to_owned();
    let inner = match settings.get("ARTICLE_PATHS") {
        Some(Literal::List(paths)) => paths.iter().find_map(Literal::text),
        _ => None,
    };
    let inner = inner.map(|inner| format!("{path}/{}", inner.trim_matches('/')));
    inner.filter(|inner| !files.names(inner).is_empty()).unwrap_or(path)
}

fn set_permalink(settings: &Object, found: &mut Found) {
    let own = settings.text("ARTICLE_URL").or_else(|| settings.text("ARTICLE_SAVE_AS"));
    let of_language = settings.text("ARTICLE_LANG_URL").or_else(|| settings.text("ARTICLE_LANG_SAVE_AS"));
    let source = own.clone().unwrap_or_else(|| "{slug}.html".to_owned());
    let translated = of_language.or_else(|| own.is_none().then(|| "{slug}-{lang}.html".to_owned()));
    // One pattern does for both where they differ in the language only, which the default one leaves out.
    let without = |text: &str| text.replace("-{lang}", "").replace("{lang}/", "").replace("{lang}-", "");
    let chosen = match translated {
        Some(translated) if without(&translated).trim_matches('/') == source.trim_matches('/') => translated,
        translated => {
            let place = translated.unwrap_or_else(|| "{slug}-{lang}.html".to_owned());
            found.note(format!("translations are at `{place}`, which the pattern for the others cannot say"));
            source.clone()
        }
    };
    let from_names = settings.text("FILENAME_METADATA").is_some_and(|pattern| pattern.contains("?P<slug>"));
    let from_title = settings.text("SLUGIFY_SOURCE").is_none_or(|source| source == "title") && !from_names;
    let slug = if from_title { "{slug_or_title}" } else { "{slug}" };
    // A slug that is written stays as it is.
    let own = Pattern::from_braces(&chosen, ("{", "}"), |name| meaning(name, "{own_slug}"));
    found.permalink =
        Pattern::from_braces(&chosen, ("{", "}"), |name| meaning(name, slug)).with_slug(&own.text);
}

fn meaning(name: &str, slug: &str) -> Option<String> {
    let dates = [
        ("%Y", "{year}"),
        ("%y", "{short_year}"),
        ("%m", "{month}"),
        ("%-m", "{i_month}"),
        ("%B", "{month_name}"),
        ("%d", "{day}"),
        ("%-d", "{i_day}"),
        ("%j", "{yearday}"),
        ("%H", "{hour}"),
        ("%M", "{minute}"),
        ("%S", "{second}"),
        ("%A", "{weekday}"),
    ];
    if let Some(format) = name.strip_prefix("date:") {
        let known = dates.iter().fold(format.to_owned(), |text, (code, own)| text.replace(code, own));
        return (!known.contains('%')).then_some(known);
    }
    let own = match name {
        "slug" => slug,
        "lang" => "{edition}",
        "category" => "{category}",
        _ => return None,
    };
    Some(own.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFiles, recognise};
    use super::*;

    #[test]
    fn the_site() {
        let settings = "AUTHOR = 'Ann Lee'\nSITENAME = 'Post'\nSITEURL = ''\nTIMEZONE = 'Europe/Riga'\nDEFAULT_LANG = 'lv'\nPATH = 'content'\n\
                        ARTICLE_PATHS = ['blog']\nARTICLE_URL = '{date:%Y}/{date:%m}/{slug}/'\nARTICLE_SAVE_AS = ARTICLE_URL + 'index.html'\n";
        let published = "from pelicanconf import *\nSITEURL = 'https://post.example'\n";
        let article = "---\ntitle: x\nslug: y\n---\n";
        let found = recognise(&MemoryFiles::of(&[
            ("pelicanconf.py", settings),
            ("publishconf.py", published),
            ("content/blog/sea/ferry.md", article),
        ]))
        .unwrap();
        assert_eq!(found.generator, Generator::Pelican);
        assert_eq!(found.url.as_deref(), Some("https://post.example/"));
        assert_eq!(found.directory, "content/blog");
        assert_eq!(
            found.permalink,
            Pattern::of("/{year}/{month}/{slug_or_title}/").with_slug("/{year}/{month}/{own_slug}/")
        );
        assert_eq!(
            found.notes,
            [
                "translations are at `{slug}-{lang}.html`, which the pattern for the others cannot say",
                "`ARTICLE_SAVE_AS` is computed; feedmill runs no code, so set this by hand",
            ]
        );
    }

    #[test]
    fn the_slug_is_the_title_by_default() {
        let found = recognise(&MemoryFiles::of(&[
            ("pelicanconf.py", "SITENAME = 'Post'\nPATH = 'content'\n"),
            ("content/ferry.md", "---\ntitle: Late\n---\n"),
        ]))
        .unwrap();
        assert_eq!(
            (found.permalink.text.as_str(), found.slugs),
            ("/{slug_or_title}-{edition}.html", "ascii")
        );
        assert_eq!(found.languages[0].prefix, "");
    }
}
