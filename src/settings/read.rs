//! From the text of `feedmill.toml` to settings.

use super::table::{Faults, Table, language};
use super::{
    ContentExtent, EditionSettings, FeedSettings, Grouping, IdSource, LocalText, SectionSettings, Settings,
    Site, Support,
};
use crate::address::Address;
use crate::diagnostic::{Diagnostic, Position, nearest};
use crate::encode::Format;
use crate::pattern::Pattern;
use crate::person::Person;
use crate::syntax::{Map, Value, parse_toml};
use chrono_tz::{TZ_VARIANTS, Tz};

/// What the command line says in place of the file.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--url`, in place of `site.url`.
    pub url: Option<String>,
    /// `--articles`, in place of `articles.directory`.
    pub articles: Option<String>,
    /// `--output`, in place of `output.directory`.
    pub output: Option<String>,
}

/// Names that a permalink pattern may use.
pub const PERMALINK_NAMES: &[&str] = &["edition", "section", "year", "month", "day", "slug"];
/// Names that a feed's path may use.
pub const FEED_PATH_NAMES: &[&str] = &["edition", "section", "author", "tag", "file"];

/// Reads settings; `path` is how messages call the file, and an empty `text` is a site without one.
///
/// # Errors
/// Every fault that was found; with one of them there are no settings.
pub fn read(path: &str, text: &str, overrides: &Overrides) -> Result<Settings, Vec<Diagnostic>> {
    let mut faults = Faults::new(path);
    let map = match parse_toml(text) {
        Ok(map) => map,
        Err(found) => {
            for fault in found {
                faults.bad(fault.at, fault.message);
            }
            return Err(faults.found);
        }
    };
    let root = Table::checked(
        "",
        &map,
        &["site", "editions", "sections", "feeds", "articles", "output"],
        &mut faults,
    );
    let editions = editions(&root, &mut faults);
    let sections = sections(&root, &mut faults);
    let site = site(&root, overrides, &mut faults);
    let feeds = feeds(&root, &mut faults);
    let articles_directory = directory(&root, "articles", overrides.articles.as_deref(), &mut faults);
    let output_directory = directory(&root, "output", overrides.output.as_deref(), &mut faults);
    match site {
        Some(site) if faults.found.is_empty() => Ok(Settings {
            source: path.to_owned(),
            site,
            editions,
            sections,
            feeds,
            articles_directory: articles_directory.unwrap_or_else(|| "articles".to_owned()),
            output_directory: output_directory.unwrap_or_else(|| "feeds".to_owned()),
        }),
        _ => {
            faults.found.sort();
            Err(faults.found)
        }
    }
}

fn site(root: &Table<'_>, overrides: &Overrides, faults: &mut Faults<'_>) -> Option<Site> {
    const KEYS: &[&str] = &[
        "url",
        "feeds_url",
        "title",
        "description",
        "timezone",
        "permalink",
        "authors",
        "copyright",
        "logo",
        "icon",
        "support",
        "ids",
    ];
    let empty = Map::default();
    let table = root.table("site", KEYS, faults).unwrap_or(Table { name: "site".to_owned(), map: &empty });
    let found_url = site_url(&table, overrides, faults);
    // Without its URL there is no site, but the faults of the other settings are still worth telling.
    let url = found_url.clone().or_else(|| Address::of_page("https://site.invalid/"))?;
    let feeds_url = table.page_on(&url, "feeds_url", faults).or_else(|| url.join("feeds/"))?;
    let site = Site {
        title: table.local("title", faults).unwrap_or_else(|| LocalText::Same(url.host())),
        description: table.local("description", faults),
        timezone: timezone(&table, faults),
        permalink: pattern(
            &table,
            "permalink",
            "/{edition}/{section}/{year}/{month}/{slug}/",
            PERMALINK_NAMES,
            faults,
        ),
        authors: table.node("authors").map(Person::read_all).unwrap_or_default(),
        copyright: table.local("copyright", faults),
        logo: table.page_on(&url, "logo", faults),
        icon: table.page_on(&url, "icon", faults),
        support: support(&table, &url, faults),
        ids: match word(&table, "ids", &["tag", "permalink"], faults) {
            Some("permalink") => IdSource::Permalink,
            _ => IdSource::Tag,
        },
        feeds_url: with_slash(feeds_url),
        url,
    };
    found_url.map(|_| site)
}

fn site_url(table: &Table<'_>, overrides: &Overrides, faults: &mut Faults<'_>) -> Option<Address> {
    let from_file = table.page("url", faults);
    let Some(given) = &overrides.url else {
        if from_file.is_none() && table.node("url").is_none() {
            faults.bad(Position::START, "`site.url` is missing: no link can be made without it").help =
                Some("add `[site]` with `url = \"https://…/\"`, or give `--url`".to_owned());
        }
        return from_file.map(with_slash);
    };
    let address = Address::of_page(given);
    if address.is_none() {
        faults.bad(Position::START, format!("`--url` is no URL: `{given}`")).help =
            Some("write it whole, with `https://`".to_owned());
    }
    address.map(with_slash)
}

/// A site is a directory: without the slash its last part would fall away when links are joined.
fn with_slash(address: Address) -> Address {
    let text = address.as_str();
    if text.ends_with('/') || text.contains(['?', '#']) {
        return address;
    }
    Address::parse(&format!("{text}/")).unwrap_or(address)
}

fn timezone(table: &Table<'_>, faults: &mut Faults<'_>) -> Tz {
    let Some((name, at)) = table.text("timezone", faults) else { return Tz::UTC };
    name.parse().unwrap_or_else(|_| {
        let near = nearest(name, TZ_VARIANTS.iter().map(|zone| zone.name()));
        faults.bad(at, format!("`{name}` is no time zone")).help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write a name of the IANA database such as `Europe/Riga`".to_owned(),
        });
        Tz::UTC
    })
}

fn support(table: &Table<'_>, site: &Address, faults: &mut Faults<'_>) -> Option<Support> {
    if let Some(Value::Text(_)) = table.node("support").map(|node| &node.value) {
        return table.page_on(site, "support", faults).map(|url| Support { url, text: None });
    }
    let table = table.table("support", &["url", "text"], faults)?;
    let text = table.local("text", faults);
    table.page_on(site, "url", faults).map(|url| Support { url, text })
}

fn editions(root: &Table<'_>, faults: &mut Faults<'_>) -> Vec<EditionSettings> {
    let mut editions: Vec<EditionSettings> = Vec::new();
    for (tag, at, table) in entries(root, "editions", &["name", "url"], faults) {
        let Some(language) = language(&tag, at, faults) else { continue };
        if editions.iter().any(|edition| edition.language == language) {
            faults.bad(at, format!("the edition `{language}` stands here twice"));
            continue;
        }
        editions.push(EditionSettings {
            language,
            name: table.line("name", faults),
            url: table.page("url", faults),
        });
    }
    editions
}

fn sections(root: &Table<'_>, faults: &mut Faults<'_>) -> Vec<SectionSettings> {
    let mut sections: Vec<SectionSettings> = Vec::new();
    for (key, at, table) in entries(root, "sections", &["title", "url"], faults) {
        let name = crate::text::line(&key).to_lowercase();
        if name.is_empty() || sections.iter().any(|section| section.name == name) {
            faults.bad(at, format!("the section `{key}` has no name of its own")).help =
                Some("give every section a different name that is not empty".to_owned());
            continue;
        }
        let title = table.local("title", faults).unwrap_or_else(|| LocalText::Same(key.clone()));
        sections.push(SectionSettings { name, title, url: table.local("url", faults) });
    }
    sections
}

/// The tables below a table: `[editions.en]`, `[editions.ru]`.
fn entries<'a>(
    root: &Table<'a>,
    key: &str,
    known: &[&str],
    faults: &mut Faults<'_>,
) -> Vec<(String, Position, Table<'a>)> {
    let Some(node) = root.node(key) else { return Vec::new() };
    let Value::Map(map) = &node.value else {
        faults.bad(node.at, format!("`{key}` is a table, found {}", node.value.kind()));
        return Vec::new();
    };
    let parent = Table { name: key.to_owned(), map };
    map.entries
        .iter()
        .filter_map(|(name, _)| Some((name.name.clone(), name.at, parent.table(&name.name, known, faults)?)))
        .collect()
}

fn feeds(root: &Table<'_>, faults: &mut Faults<'_>) -> FeedSettings {
    let empty = Map::default();
    let table = root
        .table("feeds", &["by", "formats", "limit", "max_bytes", "content", "path", "hubs"], faults)
        .unwrap_or(Table { name: "feeds".to_owned(), map: &empty });
    FeedSettings {
        by: groupings(&table, faults),
        formats: formats(&table, faults),
        limit: limit(&table, faults),
        max_bytes: max_bytes(&table, faults),
        content: match word(&table, "content", &["full", "summary"], faults) {
            Some("summary") => ContentExtent::Summary,
            _ => ContentExtent::Full,
        },
        path: path(&table, faults),
        hubs: hubs(&table, faults),
    }
}

fn groupings(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<Grouping> {
    const PARTS: &[&str] = &["all", "edition", "section", "author", "tag"];
    let default =
        || ["all", "edition", "section", "edition+section"].map(|row| (row, Position::START)).to_vec();
    let mut groupings = Vec::new();
    for (row, at) in table.texts("by", faults).unwrap_or_else(default) {
        let mut grouping = Grouping::default();
        for part in row.split('+').map(str::trim) {
            match part {
                "all" => {}
                "edition" => grouping.edition = true,
                "section" => grouping.section = true,
                "author" => grouping.author = true,
                "tag" => grouping.tag = true,
                _ => {
                    faults.bad(at, format!("there are no feeds by `{part}`")).help =
                        Some(match nearest(part, PARTS.iter().copied()) {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => "use `all`, or `edition`, `section`, `author`, `tag` and sums of these"
                                .to_owned(),
                        });
                }
            }
        }
        if !groupings.contains(&grouping) {
            groupings.push(grouping);
        }
    }
    groupings
}

fn formats(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<Format> {
    let Some(names) = table.texts("formats", faults) else { return Format::ALL.to_vec() };
    let choices = || Format::ALL.iter().map(|format| format.name());
    let all = || {
        format!(
            "the formats are {}",
            choices().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        )
    };
    let mut formats = Vec::new();
    for (name, at) in names {
        match Format::ALL.iter().find(|format| format.name() == name) {
            Some(format) if formats.contains(format) => {}
            Some(format) => formats.push(*format),
            None => {
                faults.bad(at, format!("`{name}` is no feed format")).help =
                    Some(match nearest(name, choices()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => all(),
                    });
            }
        }
    }
    if formats.is_empty() {
        let at = table.node("formats").map_or(Position::START, |node| node.at);
        faults.bad(at, "`feeds.formats` names no format").help = Some(all());
    }
    formats
}

const DEFAULT_LIMIT: usize = 50;

fn limit(table: &Table<'_>, faults: &mut Faults<'_>) -> usize {
    let Some(node) = table.node("limit") else { return DEFAULT_LIMIT };
    match &node.value {
        Value::Number(number) if number.parse().is_ok_and(|limit: usize| limit > 0) => {
            number.parse().unwrap_or(DEFAULT_LIMIT)
        }
        _ => {
            faults.bad(node.at, "`feeds.limit` is a number of entries, 1 or more");
            DEFAULT_LIMIT
        }
    }
}

fn max_bytes(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<usize> {
    let node = table.node("max_bytes")?;
    let text = match &node.value {
        Value::Number(text) | Value::Text(text) => text.as_str(),
        _ => "",
    };
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let factor = match text[digits.len()..].trim().to_ascii_uppercase().as_str() {
        "" | "B" => Some(1),
        "K" | "KB" | "KIB" => Some(1_000),
        "M" | "MB" | "MIB" => Some(1_000_000),
        _ => None,
    };
    let bytes =
        digits.parse::<usize>().ok().zip(factor).and_then(|(number, factor)| number.checked_mul(factor));
    if bytes.is_none_or(|bytes| bytes == 0) {
        faults.bad(node.at, "`feeds.max_bytes` is a size such as `500KB` or `1MB`");
    }
    bytes
}

/// A feed of an author or a tag lies in a directory of its own, whether the pattern says so or not.
fn path(table: &Table<'_>, faults: &mut Faults<'_>) -> Pattern {
    let mut path =
        pattern(table, "path", "{edition}/{section}/{author}/{tag}/{file}", FEED_PATH_NAMES, faults);
    if !path.uses("file") {
        let at = table.node("path").map_or(Position::START, |node| node.at);
        faults.bad(at, "`feeds.path` needs `{file}`, or all formats would share one name");
        return path;
    }
    for name in ["author", "tag"] {
        if !path.uses(name) {
            path = path.with_segment_before_last(name);
        }
    }
    path
}

fn hubs(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<Address> {
    let mut hubs = Vec::new();
    for (text, at) in table.texts("hubs", faults).unwrap_or_default() {
        match Address::of_page(text) {
            Some(hub) => hubs.push(hub),
            None => {
                faults.bad(at, format!("`feeds.hubs` has no URL: `{text}`")).help =
                    Some("write it whole, with `https://`".to_owned());
            }
        }
    }
    hubs
}

fn pattern(table: &Table<'_>, key: &str, default: &str, names: &[&str], faults: &mut Faults<'_>) -> Pattern {
    let (text, at) = table.text(key, faults).unwrap_or((default, Position::START));
    match Pattern::parse(text, names) {
        Ok(pattern) => pattern,
        Err(message) => {
            faults.bad(at, format!("`{}`: {message}", table.key(key)));
            Pattern::parse("", &[]).unwrap_or_else(|_| unreachable!("an empty pattern has no fault"))
        }
    }
}

fn word<'a>(table: &Table<'a>, key: &str, words: &[&str], faults: &mut Faults<'_>) -> Option<&'a str> {
    let (text, at) = table.text(key, faults)?;
    if !words.contains(&text) {
        let choices = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
        faults.bad(at, format!("`{}` is {choices}, found `{text}`", table.key(key)));
    }
    Some(text)
}

fn directory(root: &Table<'_>, key: &str, given: Option<&str>, faults: &mut Faults<'_>) -> Option<String> {
    let table = root.table(key, &["directory"], faults);
    let from_file = table.and_then(|table| table.line("directory", faults));
    given.map(str::to_owned).or(from_file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let found = read("feedmill.toml", text, &Overrides::default()).expect_err("the settings have faults");
        found
            .iter()
            .map(|fault| {
                let help = fault.help.as_deref().unwrap_or("-");
                format!("{}: {}: {} ({help})", fault.location, fault.code, fault.message)
            })
            .collect()
    }

    #[test]
    fn a_url_is_enough() {
        let overrides = Overrides { url: Some("https://example.org".to_owned()), ..Overrides::default() };
        let settings = read("feedmill.toml", "", &overrides).unwrap();
        assert_eq!(settings.site.url.as_str(), "https://example.org/");
        assert_eq!(settings.site.feeds_url.as_str(), "https://example.org/feeds/");
        assert_eq!(settings.site.title, LocalText::Same("example.org".to_owned()));
        assert_eq!(
            (settings.articles_directory.as_str(), settings.output_directory.as_str()),
            ("articles", "feeds")
        );
        assert_eq!(settings.feeds.by.len(), 4);
    }

    #[test]
    fn texts_fall_back_to_the_nearest_language() {
        let text = "[site]\nurl = 'https://e.example'\ntitle = { en = 'Post', ru = 'Вести' }\n";
        let title = read("feedmill.toml", text, &Overrides::default()).unwrap().site.title;
        let language = |tag: &str| crate::language::Language::parse(tag);
        assert_eq!(title.get(language("ru").as_ref()), "Вести");
        assert_eq!(title.get(language("ru-UA").as_ref()), "Вести");
        assert_eq!(title.get(language("ar").as_ref()), "Post");
    }

    #[test]
    fn every_fault_has_its_place() {
        let text = "[site]\nurl = 'news.example'\ntimezone = 'Europe/Rigga'\ntitel = 'x'\n[editions.english]\n[feeds]\nlimit = 0\nby = ['all', 'sektion']\nformats = ['rsss']\npath = '{edition}/{files}'\n";
        assert_eq!(
            faults(text),
            [
                "feedmill.toml:2:7: bad-settings: `site.url` is no URL: `news.example` (write it whole, with `https://`)",
                "feedmill.toml:3:12: bad-settings: `Europe/Rigga` is no time zone (did you mean `Europe/Riga`?)",
                "feedmill.toml:4:1: unknown-setting: there is no setting `titel` in `[site]` (did you mean `title`?)",
                "feedmill.toml:5:11: bad-settings: `english` is no language tag (write a BCP 47 tag such as `en`, `pt-BR` or `zh-Hant`)",
                "feedmill.toml:7:9: bad-settings: `feeds.limit` is a number of entries, 1 or more (-)",
                "feedmill.toml:8:14: bad-settings: there are no feeds by `sektion` (did you mean `section`?)",
                "feedmill.toml:9:11: bad-settings: `feeds.formats` names no format (the formats are `rss`, `atom`, `json`)",
                "feedmill.toml:9:12: bad-settings: `rsss` is no feed format (did you mean `rss`?)",
                "feedmill.toml:10:8: bad-settings: `feeds.path` needs `{file}`, or all formats would share one name (-)",
                "feedmill.toml:10:8: bad-settings: `feeds.path`: `{files}` is not a name; did you mean `{file}`? (-)",
            ]
        );
    }

    #[test]
    fn sizes() {
        let size = |text: &str| {
            let text = format!("[site]\nurl = 'https://e.example'\n[feeds]\nmax_bytes = {text}\n");
            read("feedmill.toml", &text, &Overrides::default()).map(|settings| settings.feeds.max_bytes)
        };
        assert_eq!(size("'1MB'").unwrap(), Some(1_000_000));
        assert_eq!(size("250000").unwrap(), Some(250_000));
        assert!(size("'many'").is_err());
        assert!(size("0").is_err());
    }
}
