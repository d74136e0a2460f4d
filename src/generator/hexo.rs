//! Hexo: `_config.yml` like Jekyll's, articles in `source/_posts/`.

use super::config::{self, Config, count, flag, node, table, text, texts};
use super::{Found, FoundLanguage, Generator, Pattern, SiteFiles, sample};
use crate::syntax::Map;

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let (path, config) = ["_config.yml", "_config.yaml", "_config.json"]
        .iter()
        .find_map(|path| Some((*path, Config::read(files, path)?)))?;
    let is_hexo = ["new_post_name", "source_dir", "public_dir", "per_page", "post_asset_folder"]
        .iter()
        .any(|key| node(&config.map, key).is_some());
    if !is_hexo && files.names("source/_posts").is_empty() {
        return None;
    }
    let mut found = found(files, &config.map);
    found.sources.push(path.to_owned());
    found.notes.extend(config.fault);
    Some(found)
}

pub fn by_tree(files: &dyn SiteFiles) -> Option<Found> {
    if files.names("source/_posts").is_empty() {
        return None;
    }
    let mut found = found(files, &Map::default());
    found.sources.push("source/_posts/".to_owned());
    Some(found)
}

fn found(files: &dyn SiteFiles, map: &Map) -> Found {
    let source = text(map, "source_dir").unwrap_or_else(|| "source".to_owned());
    let directory = format!("{}/_posts", source.trim_matches('/'));
    let mut found = Found::of(Generator::Hexo, Pattern::default(), &directory);
    found.title = text(map, "title");
    found.description = text(map, "description").or_else(|| text(map, "subtitle"));
    let url = text(map, "url");
    let root = text(map, "root").unwrap_or_default();
    // `url` usually names the root already.
    let has_root =
        url.as_ref().is_some_and(|url| url.trim_end_matches('/').ends_with(root.trim_end_matches('/')));
    found.set_url(url, if has_root { "" } else { &root });
    found.set_timezone(text(map, "timezone"));
    found.authors = config::people(map, "author");
    found.limit = table(map, "feed").and_then(|feed| count(feed, "limit"));
    found.languages = texts(map, "language").iter().filter_map(|tag| FoundLanguage::of(tag, tag)).collect();
    if let Some(default) = found.languages.first_mut() {
        default.prefix = String::new();
    }
    let new_name = text(map, "new_post_name").unwrap_or_else(|| ":title.md".to_owned());
    let source = text(map, "permalink").unwrap_or_else(|| ":year/:month/:day/:title/".to_owned());
    found.permalink = permalink(&source, &new_name, has_directories(files, &directory), map);
    if let Some(category) = text(map, "default_category")
        && found.permalink.text.contains("{categories}")
    {
        found.permalink.notes.push(format!("articles without a category have `{category}` there"));
    }
    found
}

fn permalink(source: &str, new_name: &str, has_directories: bool, map: &Map) -> Pattern {
    // A date in the name is taken off only where `new_post_name` says that there is one.
    let takes_date_off = new_name.contains(":year") && new_name.contains(":day");
    let name = if takes_date_off { "{name}" } else { "{filename}" };
    let title = match (has_directories, takes_date_off) {
        // Nobody's name fits `new_post_name` there, and the path is made one word.
        (true, true) => "{sections}-{name}",
        (true, false) => "{sections}/{filename}",
        (false, _) => name,
    };
    let mut pattern = Pattern::from_colons(source, |word| {
        Some(match word {
            "year" => "{year}",
            "month" => "{month}",
            "i_month" => "{i_month}",
            "day" => "{day}",
            "i_day" => "{i_day}",
            "hour" => "{hour}",
            "minute" => "{minute}",
            "second" => "{second}",
            "title" => title,
            "name" => name,
            "post_title" => "{title}",
            "category" => "{categories}",
            "lang" | "language" => "{edition}",
            _ => return None,
        })
    });
    let pretty = |key: &str| table(map, "pretty_urls").and_then(|pretty| flag(pretty, key)).unwrap_or(true);
    if !pretty("trailing_html") && pattern.text.ends_with(".html") {
        pattern.text.truncate(pattern.text.len() - ".html".len());
    }
    pattern
}

fn has_directories(files: &dyn SiteFiles, directory: &str) -> bool {
    let articles = sample::articles(files, directory);
    articles.iter().any(|path| path.strip_prefix(directory).is_some_and(|rest| rest.matches('/').count() > 1))
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFiles, recognise};
    use super::*;

    #[test]
    fn the_site() {
        let config = "title: Post\nurl: https://post.example/sea\nroot: /sea/\nlanguage: [zh-CN, en]\ntimezone: Asia/Shanghai\n\
                      permalink: news/:year/:month/:day/:title/\nnew_post_name: :year-:month-:day-:title.md\n";
        let found = recognise(&MemoryFiles::of(&[("_config.yml", config)])).unwrap();
        assert_eq!(found.generator, Generator::Hexo);
        assert_eq!(found.url.as_deref(), Some("https://post.example/sea/"));
        assert_eq!(found.permalink.text, "/news/{year}/{month}/{day}/{name}/");
        let languages: Vec<_> =
            found.languages.iter().map(|found| (found.language.as_str(), found.prefix.as_str())).collect();
        assert_eq!(languages, [("zh-CN", ""), ("en", "en")]);
        assert_eq!(found.directory, "source/_posts");
    }

    #[test]
    fn names_keep_their_dates_unless_told() {
        let found = recognise(&MemoryFiles::of(&[
            (
                "_config.yml",
                "theme: landscape\npermalink: :title.html\npretty_urls:\n  trailing_html: false\n",
            ),
            ("source/_posts/sea/2026-11-22-ferry.md", ""),
        ]))
        .unwrap();
        assert_eq!(found.generator, Generator::Hexo);
        assert_eq!(found.permalink.text, "/{sections}/{filename}");
    }
}
