//! Jekyll: `_config.yml`, and articles with their date in the name in `_posts/`.

use super::config::{self, Config, as_text, node, table, text};
use super::{Found, Generator, Pattern, SiteFiles};
use crate::syntax::{Map, Value};

/// Keys that only Jekyll's configuration has.
const KEYS: [&str; 12] = [
    "permalink",
    "baseurl",
    "plugins",
    "gems",
    "theme",
    "remote_theme",
    "collections",
    "collections_dir",
    "markdown",
    "kramdown",
    "paginate",
    "defaults",
];

const FILES: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

pub fn read(files: &dyn SiteFiles) -> Option<Found> {
    let (path, config) = FILES.iter().find_map(|path| Some((*path, Config::read(files, path)?)))?;
    // Others call their configuration `_config.yml` too.
    let is_jekyll = KEYS.iter().any(|key| config.map.get(key).is_some())
        || !files.names("_posts").is_empty()
        || has_posts_in_categories(files, "");
    if !is_jekyll {
        return None;
    }
    let mut found = found(files, &config.map);
    found.sources.push(path.to_owned());
    found.notes.extend(config.fault);
    Some(found)
}

pub fn by_tree(files: &dyn SiteFiles) -> Option<Found> {
    if files.names("_posts").is_empty() {
        return None;
    }
    let mut found = found(files, &Map::default());
    found.sources.push("_posts/".to_owned());
    Some(found)
}

fn found(files: &dyn SiteFiles, map: &Map) -> Found {
    let home = text(map, "collections_dir").unwrap_or_default();
    let home = home.trim_matches('/');
    let has_categories = has_posts_in_categories(files, home);
    let directory = match (home, has_categories) {
        ("", true) => ".".to_owned(),
        ("", false) => "_posts".to_owned(),
        (home, true) => home.to_owned(),
        (home, false) => format!("{home}/_posts"),
    };
    let mut found = Found::of(Generator::Jekyll, Pattern::default(), &directory);
    found.title = text(map, "title").or_else(|| text(map, "name"));
    found.description = text(map, "description");
    found.set_url(text(map, "url"), &text(map, "baseurl").unwrap_or_default());
    found.set_timezone(text(map, "timezone"));
    let language = text(map, "lang").or_else(|| text(map, "locale"));
    found.set_only_language(language.or_else(|| default_of_posts(map, "lang").0));
    found.authors = config::people(map, "author");
    found.set_author_file(files, "_data/authors");
    found.limit = table(map, "feed").and_then(|feed| config::count(feed, "posts_limit"));
    let (permalink, notes) = permalink(map);
    found.notes.extend(notes);
    let style = style(&permalink);
    found.permalink = Pattern::from_colons(style, meaning);
    if has_categories {
        found.layout.extend(["{edition}/_posts/**".to_owned(), "{section}/_posts/**".to_owned()]);
    }
    if style.contains(":slug") {
        found.slugs = "lower";
    }
    if style.contains(":long_") {
        found.permalink.notes.push("months and weekdays are in lower case here".to_owned());
    }
    found
}

/// A directory with `_posts/` in it is a category of these.
fn has_posts_in_categories(files: &dyn SiteFiles, home: &str) -> bool {
    let names = files.names(home);
    let mut categories = names.iter().filter(|name| name.ends_with('/') && !name.starts_with(['.', '_']));
    categories
        .any(|category| !files.names(format!("{home}/{category}_posts").trim_start_matches('/')).is_empty())
}

/// What holds for posts: the defaults of front matter, else the collection's, else the site's.
fn permalink(map: &Map) -> (String, Vec<String>) {
    let (chosen, elsewhere) = default_of_posts(map, "permalink");
    let note = |(path, permalink)| format!("articles in `{path}` have the permalink `{permalink}`");
    let notes = elsewhere.into_iter().map(note).collect();
    let of_collection =
        || table(table(map, "collections")?, "posts").and_then(|posts| text(posts, "permalink"));
    let of_site = || node(map, "permalink").and_then(as_text);
    (chosen.or_else(of_collection).or_else(of_site).unwrap_or_else(|| "date".to_owned()), notes)
}

/// What the defaults of front matter say of all posts, and of those below other paths.
fn default_of_posts(map: &Map, key: &str) -> (Option<String>, Vec<(String, String)>) {
    let mut chosen = None;
    let mut elsewhere = Vec::new();
    let defaults = match node(map, "defaults") {
        Some(Value::List(defaults)) => &defaults[..],
        _ => &[],
    };
    for default in defaults {
        let Value::Map(default) = &default.value else { continue };
        let Some(value) = table(default, "values").and_then(|values| text(values, key)) else { continue };
        let scope =
            |key: &str| table(default, "scope").and_then(|scope| text(scope, key)).unwrap_or_default();
        if !matches!(scope("type").as_str(), "" | "posts" | "post") {
            continue;
        }
        match scope("path").trim_matches('/') {
            "" | "_posts" => chosen = Some(value),
            path => elsewhere.push((path.to_owned(), value)),
        }
    }
    (chosen, elsewhere)
}

/// The named styles stand for patterns.
fn style(permalink: &str) -> &str {
    match permalink {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

fn meaning(name: &str) -> Option<&'static str> {
    Some(match name {
        "categories" => "{categories}",
        "year" => "{year}",
        "short_year" => "{short_year}",
        "month" => "{month}",
        "i_month" => "{i_month}",
        "long_month" => "{month_name}",
        "day" => "{day}",
        "i_day" => "{i_day}",
        "y_day" => "{yearday}",
        "long_day" => "{weekday}",
        "hour" => "{hour}",
        "minute" => "{minute}",
        "second" => "{second}",
        "title" | "slug" => "{slug}",
        "name" => "{filename}",
        "collection" => "posts",
        "output_ext" => ".html",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::MemoryFiles;
    use super::*;

    fn found(config: &str) -> Found {
        read(&MemoryFiles::of(&[("_config.yml", config), ("_posts/2026-11-22-ferry.md", "")])).unwrap()
    }

    fn permalink(config: &str) -> String {
        found(config).permalink.text
    }

    #[test]
    fn the_site() {
        let found = found(
            "title: The Harbour Post\nurl: https://post.example\nbaseurl: /news\nlang: en-GB\ntimezone: Europe/Riga\n\
             author:\n  name: Ann Lee\nfeed:\n  posts_limit: 20\n",
        );
        assert_eq!(found.title.as_deref(), Some("The Harbour Post"));
        assert_eq!(found.url.as_deref(), Some("https://post.example/news/"));
        assert_eq!(found.languages[0].language.as_str(), "en-GB");
        assert_eq!(found.timezone.as_deref(), Some("Europe/Riga"));
        assert_eq!(
            (found.authors, found.limit, found.directory),
            (vec!["Ann Lee".to_owned()], Some(20), "_posts".to_owned())
        );
    }

    #[test]
    fn styles_and_patterns() {
        assert_eq!(permalink("{}"), "/{categories}/{year}/{month}/{day}/{slug}.html");
        assert_eq!(permalink("permalink: pretty"), "/{categories}/{year}/{month}/{day}/{slug}/");
        assert_eq!(permalink("permalink: ordinal"), "/{categories}/{year}/{yearday}/{slug}.html");
        assert_eq!(permalink("permalink: none"), "/{categories}/{slug}.html");
        assert_eq!(permalink("permalink: /blog/:title"), "/blog/{slug}");
        let weekdate = found("permalink: weekdate").permalink;
        assert_eq!(weekdate.text, "/{categories}/{year}/W/{slug}.html");
        assert_eq!(weekdate.notes.len(), 2);
    }

    #[test]
    fn defaults_of_posts_win() {
        let config = "permalink: pretty\ndefaults:\n  - scope: { path: '', type: pages }\n    values: { permalink: /x/ }\n\
                      \x20 - scope: { path: '', type: posts }\n    values: { permalink: '/news/:title/' }\n";
        assert_eq!(permalink(config), "/news/{slug}/");
    }

    #[test]
    fn directories_are_categories() {
        let posts = |config| {
            let files = [("_config.yml", config), ("all/sea/_posts/x.md", ""), ("sea/_posts/y.md", "")];
            read(&MemoryFiles::of(&files)).unwrap()
        };
        assert_eq!(posts("collections_dir: all").directory, "all");
        let found = posts("permalink: pretty");
        assert_eq!(found.directory, ".");
        assert_eq!(found.layout, ["{edition}/_posts/**", "{section}/_posts/**"]);
        assert_eq!(found.permalink.text, "/{categories}/{year}/{month}/{day}/{slug}/");
    }
}
