//! From the text of `feedmill.toml` to settings.

use super::aliases::{Alias, aliases, tell_apart};
use super::articles::articles;
use super::authors::authors;
use super::closing::closing;
use super::feeds::feeds;
use super::output::output;
use super::pages::pages;
use super::permalink::permalink;
use super::podcast::podcast;
use super::support::support;
use super::table::{Faults, Table, language};
use super::tags::tags;
use super::{EditionSettings, FeedSettings, Grouping, IdSource, LocalText, SectionSettings, Settings, Site};
use crate::address::Address;
use crate::diagnostic::{Diagnostic, Position, nearest};
use crate::language::Language;
use crate::name::{safe_name, section_name};
use crate::pattern::Pattern;
use crate::permalink::{NAMES, Patterns, Spelling};
use crate::person::Person;
use crate::syntax::{Map, Value, parse_toml};
use crate::terms::Terms;
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

/// Where articles' pages are when nothing says otherwise.
const DEFAULT_PERMALINK: &str = "/{edition}/{section}/{year}/{month}/{slug}/";

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
        &["site", "editions", "sections", "authors", "tags", "feeds", "pages", "articles", "output"],
        &mut faults,
    );
    let editions = editions(&root, &mut faults);
    let site = site(&root, overrides, &mut faults);
    let feeds = feeds(&root, &mut faults);
    let sections = sections(&root, site.as_ref().map(|site| &site.url), &editions, &feeds, &mut faults);
    let authors = authors(&root, site.as_ref().map(|site| &site.url), &mut faults);
    let tags = tags(&root, &mut faults);
    let pages = pages(&root, site.as_ref(), &mut faults);
    let articles = articles(&root, overrides.articles.as_deref(), &mut faults);
    let output = output(&root, overrides.output.as_deref(), &mut faults);
    match site {
        Some(site) if faults.found.is_empty() => Ok(resolved(Settings {
            source: path.to_owned(),
            site,
            editions,
            sections,
            authors,
            tags,
            feeds,
            pages,
            articles,
            output,
        })),
        _ => {
            faults.found.sort();
            Err(faults.found)
        }
    }
}

fn resolved(mut settings: Settings) -> Settings {
    settings.resolve_exceptions();
    settings
}

fn site(root: &Table<'_>, overrides: &Overrides, faults: &mut Faults<'_>) -> Option<Site> {
    const KEYS: &[&str] = &[
        "url",
        "feeds_url",
        "title",
        "description",
        "timezone",
        "permalink",
        "slugs",
        "authors",
        "copyright",
        "licence",
        "logo",
        "icon",
        "support",
        "closing",
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
        permalink: permalink(&table, "permalink", faults)
            .unwrap_or_else(|| Patterns::of(Pattern::parse(DEFAULT_PERMALINK, NAMES).into_iter().collect())),
        slugs: match table.word("slugs", &["kept", "lower", "ascii"], faults) {
            Some("lower") => Spelling::Lower,
            Some("ascii") => Spelling::Ascii,
            _ => Spelling::Kept,
        },
        authors: site_authors(&table, &url, faults),
        copyright: table.local("copyright", faults),
        terms: terms(&table, faults),
        logo: table.page_on(&url, "logo", faults),
        icon: table.page_on(&url, "icon", faults),
        support: support(&table, "support", &url, faults),
        closing: closing(&table, faults),
        ids: match table.word("ids", &["tag", "permalink"], faults) {
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
        faults.bad_flag(format!("`--url` is no URL: `{given}`")).help =
            Some("write it whole, with `https://` and without a user name".to_owned());
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

/// A list of names, ids of the registry, or maps; an empty list names nobody on purpose.
fn site_authors(table: &Table<'_>, site: &Address, faults: &mut Faults<'_>) -> Vec<Person> {
    let Some(node) = table.node("authors") else { return Vec::new() };
    let authors = Person::read_all(node, site);
    if authors.is_empty() && !matches!(&node.value, Value::List(items) if items.is_empty()) {
        faults.bad(node.at, "`site.authors` names nobody").help =
            Some("write names or ids of `[authors]`: `authors = [\"Ann Lee\"]`".to_owned());
    }
    authors
}

fn terms(table: &Table<'_>, faults: &mut Faults<'_>) -> Terms {
    let Some(said) = table.line("licence", faults) else { return Terms::default() };
    Terms::default().with_licence(&said).unwrap_or_else(|| {
        let at = table.node("licence").map_or(Position::START, |node| node.at);
        faults.bad(at, format!("`{}` is no URL: `{said}`", table.key("licence"))).help =
            Some("write it whole, with `https://` and without a user name".to_owned());
        Terms::default()
    })
}

fn editions(root: &Table<'_>, faults: &mut Faults<'_>) -> Vec<EditionSettings> {
    let mut editions: Vec<EditionSettings> = Vec::new();
    let mut names: Vec<(String, Vec<Alias>)> = Vec::new();
    for (tag, at, table) in root.entries("editions", &["name", "url", "prefix", "aliases"], faults) {
        let Some(language) = language(&tag, at, faults) else { continue };
        if editions.iter().any(|edition| edition.language == language) {
            faults.bad(at, format!("the edition `{language}` stands here twice"));
            continue;
        }
        let aliases = aliases(&table, |tag| Language::parse(tag).map(|tag| tag.to_string()), faults);
        names.push((language.to_string(), aliases.clone()));
        editions.push(EditionSettings {
            aliases: aliases.iter().filter_map(|(tag, _)| Language::parse(tag)).collect(),
            language,
            name: table.line("name", faults),
            url: table.page("url", faults),
            prefix: prefix(&table, faults),
        });
    }
    tell_apart("edition", &names, faults);
    editions
}

/// One part of a path, or nothing.
fn prefix(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<String> {
    let (text, at) = table.text("prefix", faults)?;
    let prefix = text.trim_matches('/');
    if safe_name(prefix).is_some_and(|name| name != prefix) {
        faults.bad(at, format!("`{}` is one part of a path, found `{text}`", table.key("prefix")));
    }
    Some(prefix.to_owned())
}

fn sections(
    root: &Table<'_>,
    site: Option<&Address>,
    editions: &[EditionSettings],
    feeds: &FeedSettings,
    faults: &mut Faults<'_>,
) -> Vec<SectionSettings> {
    let has = |edition, section| feeds.by.contains(&Grouping { edition, section, ..Grouping::default() });
    let is_told = |name| feeds.path.uses(name);
    let has_both = has(true, false) && has(false, true) && is_told("edition") && is_told("section");
    let place =
        |name: &str, value: &str| feeds.path.expand(|part| (part == name).then(|| value.to_lowercase()));
    let is_tag = |edition: &EditionSettings, name: &str| section_name(edition.language.as_str()) == name;
    let mut sections: Vec<SectionSettings> = Vec::new();
    let mut names: Vec<(String, Vec<Alias>)> = Vec::new();
    for (key, at, table) in
        root.entries("sections", &["title", "url", "permalink", "podcast", "aliases"], faults)
    {
        let name = section_name(&key);
        if name.is_empty() || sections.iter().any(|section| section.name == name) {
            faults.bad(at, format!("the section `{key}` has no name of its own")).help =
                Some("give every section a different name that is not empty".to_owned());
            continue;
        }
        let tag = |edition: &EditionSettings| edition.language.as_str().to_owned();
        let clashes = |edition| place("edition", &tag(edition)) == place("section", &name);
        if has_both && editions.iter().any(clashes) {
            faults
                .bad(at, format!("the feeds of the section `{key}` would lie where those of an edition lie"))
                .help = Some("rename the section, or tell the two apart in `feeds.path`".to_owned());
        }
        let title = table.local("title", faults);
        let url = site.and_then(|site| table.local_page(site, "url", faults));
        let permalink = permalink(&table, "permalink", faults);
        let podcast = site.and_then(|site| podcast(&table, site, faults));
        let former = aliases(&table, |text| Some(section_name(text)), faults);
        // A folder of that name is the edition's.
        for (alias, at) in former.iter().filter(|(alias, _)| editions.iter().any(|one| is_tag(one, alias))) {
            faults.bad(
                *at,
                format!("the edition `{alias}` is still there, so `{name}` cannot be its new name"),
            );
        }
        let aliases = former.iter().map(|(alias, _)| alias.clone()).collect();
        names.push((name.clone(), former));
        sections.push(SectionSettings { name, title, url, permalink, podcast, aliases });
    }
    tell_apart("section", &names, faults);
    sections
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
            (settings.articles.directory.as_str(), settings.output.directory.as_str()),
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
                "feedmill.toml:2:7: bad-settings: `site.url` is no URL: `news.example` (write it whole, with `https://` and without a user name)",
                "feedmill.toml:3:12: bad-settings: `Europe/Rigga` is no time zone (did you mean `Europe/Riga`?)",
                "feedmill.toml:4:1: unknown-setting: there is no setting `titel` in `[site]` (did you mean `title`?)",
                "feedmill.toml:5:11: bad-settings: `english` is no language tag (did you mean `en`?)",
                "feedmill.toml:7:9: bad-settings: `feeds.limit` is a number of entries, 1 or more (-)",
                "feedmill.toml:8:14: bad-settings: there are no feeds by `sektion` (did you mean `section`?)",
                "feedmill.toml:9:11: bad-settings: `feeds.formats` names no format (the formats are `rss`, `atom`, `json`)",
                "feedmill.toml:9:12: bad-settings: `rsss` is no feed format (did you mean `rss`?)",
                "feedmill.toml:10:8: bad-settings: `feeds.path`: `{files}` is not a name; did you mean `{file}`? (-)",
            ]
        );
    }

    #[test]
    fn values_that_say_nothing() {
        let text = "[site]\nurl = 'https://e.example'\nlogo = ''\nsupport = {}\nauthors = true\n\
            [sections.bells.podcast]\nimage = ' '\nowner = {}\nfunding = { text = 'Give' }\n";
        assert_eq!(
            faults(text),
            [
                "feedmill.toml:3:8: bad-settings: `site.logo` is empty (give it a value or leave it out)",
                "feedmill.toml:4:11: bad-settings: `site.support` has no `url` (add the page where readers can give: `url = \"/donate/\"`)",
                "feedmill.toml:5:11: bad-settings: `site.authors` names nobody (write names or ids of `[authors]`: `authors = [\"Ann Lee\"]`)",
                "feedmill.toml:7:9: bad-settings: `sections.bells.podcast.image` is empty (give it a value or leave it out)",
                "feedmill.toml:8:9: bad-settings: `sections.bells.podcast.owner` has neither `name` nor `email` (name whom directories write to, or leave it out)",
                "feedmill.toml:9:11: bad-settings: `sections.bells.podcast.funding` has no `url` (add the page where readers can give: `url = \"/donate/\"`)",
            ]
        );
    }

    #[test]
    fn sizes() {
        let size = |text: &str| {
            let text = format!("[site]\nurl = 'https://e.example'\n[feeds]\nmax_bytes = {text}\n");
            read("feedmill.toml", &text, &Overrides::default())
                .map(|settings| settings.feeds.choices.max_bytes)
        };
        assert_eq!(size("'1MB'").unwrap(), Some(1_000_000));
        assert_eq!(size("250000").unwrap(), Some(250_000));
        assert!(size("'many'").is_err());
        assert!(size("0").is_err());
    }
}
