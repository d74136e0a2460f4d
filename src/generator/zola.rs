//! Zola: `zola.toml` or a `config.toml` with `base_url`; articles in `content/`, among pages without
//! a date.

use super::config::{self, Config, flag, node, table, text};
use super::{Found, FoundLanguage, Generator, Pattern, SiteFiles};
use crate::syntax::{Map, Value};

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let (path, config) =
        ["zola.toml", "config.toml"].iter().find_map(|path| Some((*path, Config::read(files, path)?)))?;
    if path == "config.toml" && node(&config.map, "base_url").is_none() {
        return None;
    }
    let mut found = found(&config.map);
    found.sources.push(path.to_owned());
    found.notes.extend(config.fault);
    Some(found)
}

pub fn by_tree(files: &dyn SiteFiles) -> Option<Found> {
    files.text("content/_index.md")?;
    if files.names("templates").is_empty() || !files.names("layouts").is_empty() {
        return None;
    }
    let mut found = found(&Map::default());
    found.sources.extend(["content/_index.md".to_owned(), "templates/".to_owned()]);
    Some(found)
}

fn found(map: &Map) -> Found {
    let slugify = table(map, "slugify");
    let keeps_dates = slugify.and_then(|slugify| flag(slugify, "paths_keep_dates")) == Some(true);
    let name = if keeps_dates { "{slug_or_filename}" } else { "{slug}" };
    let mut found = Found::of(Generator::Zola, Pattern::of(&format!("/{{sections}}/{name}/")), "content");
    found.set_url(text(map, "base_url"), "");
    found.title = text(map, "title");
    found.description = text(map, "description");
    found.authors = config::people(map, "author");
    found.limit = config::count(map, "feed_limit");
    found.has_undated_pages = true;
    // `on` is the default, and what older configurations call `true`.
    let paths = slugify.and_then(|slugify| node(slugify, "paths"));
    found.slugs = match paths {
        Some(Value::Text(paths)) if paths != "on" => "kept",
        Some(Value::Bool(false)) => "kept",
        _ => "ascii",
    };
    let default = text(map, "default_language").unwrap_or_else(|| "en".to_owned());
    found.languages.extend(FoundLanguage::of(&default, ""));
    let others = table(map, "languages").map(|languages| &languages.entries[..]).unwrap_or_default();
    for (key, node) in others {
        let Value::Map(own) = &node.value else { continue };
        match FoundLanguage::of(&key.name, &key.name) {
            // The default language may have a table too.
            Some(language) if key.name == default => {
                found.title = found.title.take().or_else(|| text(own, "title"));
                drop(language);
            }
            Some(language) => found.languages.push(FoundLanguage { title: text(own, "title"), ..language }),
            None => found.note(format!("`{}` is no language tag", key.name)),
        }
    }
    if found.languages.len() > 1 {
        found.permalink = found.permalink.clone().below("{edition}");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFiles, recognise};
    use super::*;

    #[test]
    fn the_site() {
        let config = "base_url = 'https://post.example'\ntitle = 'Post'\ndefault_language = 'en'\nfeed_limit = 20\n\
                      [languages.ru]\ntitle = 'Вести'\n[slugify]\npaths = 'safe'\npaths_keep_dates = true\n";
        let found = recognise(&MemoryFiles::of(&[("config.toml", config)])).unwrap();
        assert_eq!(found.generator, Generator::Zola);
        assert_eq!(found.url.as_deref(), Some("https://post.example/"));
        assert_eq!(found.permalink.text, "/{edition}/{sections}/{slug_or_filename}/");
        assert_eq!((found.slugs, found.limit, found.directory.as_str()), ("kept", Some(20), "content"));
        assert_eq!(found.languages[1].title.as_deref(), Some("Вести"));
        assert_eq!((found.languages[0].prefix.as_str(), found.languages[1].prefix.as_str()), ("", "ru"));
    }

    #[test]
    fn defaults() {
        let found =
            recognise(&MemoryFiles::of(&[("zola.toml", "base_url = 'https://post.example/sea'")])).unwrap();
        assert_eq!(found.url.as_deref(), Some("https://post.example/sea/"));
        assert_eq!((found.permalink.text.as_str(), found.slugs), ("/{sections}/{slug}/", "ascii"));
        assert!(found.has_undated_pages);
    }
}
