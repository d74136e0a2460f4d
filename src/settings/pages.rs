//! From `[pages]` to what people see of the feeds in a browser.

use super::table::{Faults, Table, language};
use super::{Settings, Site};
use crate::diagnostic::{Position, nearest};
use crate::encode::Format;
use crate::language::Language;
use crate::syntax::{Map, Node, Value};
use crate::texts::Texts;

/// What people see of the feeds in a browser.
#[derive(Clone, Debug)]
pub struct PageSettings {
    /// Are there pages that lead to the feeds?
    pub publish: bool,
    /// Is a feed a page as well, when a browser opens it?
    pub in_feeds: bool,
    /// Readers on the web that a feed can be added to.
    pub readers: Vec<WebReader>,
    /// Texts in place of feedmill's own, and for more languages.
    texts: Vec<(Language, Vec<(String, String)>)>,
}

/// A reader on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebReader {
    /// What it is called.
    pub name: String,
    /// The address that adds a feed to it, with `{feed}` in place of the feed's own.
    pub url: String,
}

/// Those that need only be named; the first four are named where nothing says otherwise.
const KNOWN: &[(&str, &str, &str)] = &[
    ("feedly", "Feedly", "https://feedly.com/i/subscription/feed%2F{feed}"),
    ("inoreader", "Inoreader", "https://www.inoreader.com/?add_feed={feed}"),
    ("newsblur", "NewsBlur", "https://www.newsblur.com/?url={feed}"),
    ("theoldreader", "The Old Reader", "https://theoldreader.com/feeds/subscribe?url={feed}"),
    ("feedbin", "Feedbin", "https://feedbin.com/?subscribe={feed}"),
];

const BY_DEFAULT: usize = 4;

/// Where the feeds lie in the root of the site, a page beside them would be the site's own front page: there are none unless somebody
/// asks for them.
pub fn pages(root: &Table<'_>, site: Option<&Site>, faults: &mut Faults<'_>) -> PageSettings {
    let empty = Map::default();
    let table = root
        .table("pages", &["publish", "in_feeds", "readers", "texts"], faults)
        .unwrap_or(Table { name: "pages".to_owned(), map: &empty });
    let has_own_place = site.is_none_or(|site| site.feeds_url != site.url);
    let publish = table.flag("publish", faults).unwrap_or(has_own_place);
    PageSettings {
        publish,
        in_feeds: table.flag("in_feeds", faults).unwrap_or(publish),
        readers: readers(&table, faults),
        texts: texts(&table, faults),
    }
}

fn readers(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<WebReader> {
    let known =
        |(_, name, url): &(&str, &str, &str)| WebReader { name: (*name).to_owned(), url: (*url).to_owned() };
    let Some(node) = table.node("readers") else { return KNOWN.iter().take(BY_DEFAULT).map(known).collect() };
    let items = match &node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![node],
    };
    items.into_iter().filter_map(|item| reader(item, faults)).collect()
}

fn reader(item: &Node, faults: &mut Faults<'_>) -> Option<WebReader> {
    match &item.value {
        Value::Text(called) => {
            let known = KNOWN.iter().find(|(key, name, _)| called == key || called == name);
            if known.is_none() {
                let near = nearest(called, KNOWN.iter().map(|(key, ..)| *key));
                faults.bad(item.at, format!("there is no reader `{called}` that is known here")).help =
                    Some(match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => {
                            "write how a feed is added to it: `{ name = \"…\", url = \"https://…{feed}\" }`"
                                .to_owned()
                        }
                    });
            }
            known.map(|(_, name, url)| WebReader { name: (*name).to_owned(), url: (*url).to_owned() })
        }
        Value::Map(map) => {
            let table = Table::checked("pages.readers", map, &["name", "url"], faults);
            let (name, url) = (table.line("name", faults), table.line("url", faults));
            let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
            if url.as_ref().is_some_and(|url| !is_web(url) || !url.contains("{feed}")) {
                faults.bad(item.at, "`pages.readers`: `url` is a web address with `{feed}` in it").help =
                    Some("`{feed}` stands for the address of the feed".to_owned());
            }
            if name.is_none() || url.is_none() {
                faults.bad(item.at, "a reader of `pages.readers` has a `name` and a `url`");
            }
            Some(WebReader { name: name?, url: url? })
        }
        other => {
            faults
                .bad(item.at, format!("`pages.readers` is a list of readers, found {} in it", other.kind()));
            None
        }
    }
}

fn texts(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<(Language, Vec<(String, String)>)> {
    let Some(node) = table.node("texts") else { return Vec::new() };
    let Value::Map(map) = &node.value else {
        faults.bad(node.at, format!("`pages.texts` is a table, found {}", node.value.kind()));
        return Vec::new();
    };
    let names: Vec<&str> = Texts::names().collect();
    let parent = Table { name: "pages.texts".to_owned(), map };
    let mut found = Vec::new();
    for (tag, _) in &map.entries {
        let language = language(&tag.name, tag.at, faults);
        let Some(table) = parent.table(&tag.name, &names, faults) else { continue };
        let texts = table.map.entries.iter().filter_map(|(name, node)| {
            let text = table.line(&name.name, faults)?;
            let is_list = name.name.starts_with("months");
            if is_list && text.split_whitespace().count() != MONTHS {
                wrong_months(node.at, &name.name, faults);
            }
            Some((name.name.to_string(), text))
        });
        let texts = texts.collect();
        found.extend(language.map(|language| (language, texts)));
    }
    found
}

const MONTHS: usize = 12;

fn wrong_months(at: Position, name: &str, faults: &mut Faults<'_>) {
    faults.bad(at, format!("`{name}` are the names of twelve months")).help =
        Some("write them one after the other, with spaces between them".to_owned());
}

impl PageSettings {
    /// The texts that the settings give for a language: its own, else those for the same language elsewhere.
    #[must_use]
    pub fn texts_in(&self, language: &Language) -> Option<&[(String, String)]> {
        let exact = self.texts.iter().find(|(own, _)| own == language);
        let near = || self.texts.iter().find(|(own, _)| own.primary() == language.primary());
        exact.or_else(near).map(|(_, texts)| texts.as_slice())
    }
}

impl Settings {
    /// What a feed's file is to be served as, so that a browser shows the page in it.
    #[must_use]
    pub fn served_as(&self, format: Format) -> &'static str {
        match format {
            Format::Rss | Format::Atom if self.pages.in_feeds => "text/xml",
            _ => format.media_type(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    fn pages(text: &str) -> Result<PageSettings, Vec<String>> {
        let text = format!("[site]\nurl = 'https://e.example'\n{text}");
        let told = |faults: Vec<crate::diagnostic::Diagnostic>| {
            let line = |fault: &crate::diagnostic::Diagnostic| {
                format!("{}: {} ({})", fault.location, fault.message, fault.help.as_deref().unwrap_or("-"))
            };
            faults.iter().map(line).collect()
        };
        read("f", &text, &Overrides::default()).map(|settings| settings.pages).map_err(told)
    }

    #[test]
    fn without_settings_there_are_pages_and_readers() {
        let pages = pages("").unwrap();
        assert!(pages.publish && pages.in_feeds);
        let names: Vec<&str> = pages.readers.iter().map(|reader| reader.name.as_str()).collect();
        assert_eq!(names, ["Feedly", "Inoreader", "NewsBlur", "The Old Reader"]);
    }

    #[test]
    fn without_pages_feeds_are_only_feeds() {
        let none = pages("[pages]\npublish = false").unwrap();
        assert!(!none.publish && !none.in_feeds);
        assert!(pages("[pages]\npublish = false\nin_feeds = true").unwrap().in_feeds);
    }

    #[test]
    fn the_front_page_of_the_site_is_not_ours() {
        let beside = "feeds_url = 'https://e.example/'\n";
        assert!(!pages(beside).unwrap().publish);
        assert!(pages(&format!("{beside}[pages]\npublish = true")).unwrap().publish);
        assert!(pages("feeds_url = 'https://feeds.e.example/'\n").unwrap().publish);
    }

    #[test]
    fn readers_of_ones_own() {
        let text =
            "[pages]\nreaders = ['feedbin', { name = 'Ours', url = 'https://rss.example/add?u={feed}' }]";
        let names: Vec<String> = pages(text).unwrap().readers.into_iter().map(|reader| reader.name).collect();
        assert_eq!(names, ["Feedbin", "Ours"]);
        assert!(pages("[pages]\nreaders = []").unwrap().readers.is_empty());
    }

    #[test]
    fn every_fault_has_its_place() {
        let text = "[pages]\nreaders = ['feedley', { name = 'x', url = 'javascript:{feed}' }, { name = 'y' }, 1]\n\
            [pages.texts.lv]\ncopie = 'x'\nmonths = 'a b'\n";
        assert_eq!(
            pages(text).unwrap_err(),
            [
                "f:4:12: there is no reader `feedley` that is known here (did you mean `feedly`?)",
                "f:4:23: `pages.readers`: `url` is a web address with `{feed}` in it (`{feed}` stands for the address of the feed)",
                "f:4:66: a reader of `pages.readers` has a `name` and a `url` (-)",
                "f:4:82: `pages.readers` is a list of readers, found a number in it (-)",
                "f:6:1: there is no setting `copie` in `[pages.texts.lv]` (did you mean `copied`?)",
                "f:7:10: `months` are the names of twelve months (write them one after the other, with spaces between them)",
            ]
        );
    }
}
