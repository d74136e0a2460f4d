//! Typed access to a table of settings: each wrong value becomes a diagnostic with its place.

use super::LocalText;
use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic, Location, Position, nearest};
use crate::language::Language;
use crate::pattern::Pattern;
use crate::syntax::{Map, Node, Value};
use crate::text;

/// Collects the faults of one settings file.
pub struct Faults<'a> {
    path: &'a str,
    pub found: Vec<Diagnostic>,
}

impl<'a> Faults<'a> {
    pub fn new(path: &'a str) -> Faults<'a> {
        Faults { path, found: Vec::new() }
    }

    pub fn report(&mut self, code: Code, at: Position, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::new(code, Location::new(self.path, at), message));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// A fault of the command line, which has no file to point into.
    pub fn bad_flag(&mut self, message: impl Into<String>) -> &mut Diagnostic {
        let fault = self.bad(Position::START, message);
        fault.location.path = Location::COMMAND_LINE.to_owned();
        fault
    }

    pub fn bad(&mut self, at: Position, message: impl Into<String>) -> &mut Diagnostic {
        self.report(Code::BadSettings, at, message)
    }
}

/// One table, named for messages: `[site]`.
pub struct Table<'a> {
    pub name: String,
    pub map: &'a Map<'a>,
}

impl<'a> Table<'a> {
    /// The table, once its keys are known to be settings and to stand there once.
    pub fn checked(
        name: impl Into<String>,
        map: &'a Map<'a>,
        known: &[&str],
        faults: &mut Faults<'_>,
    ) -> Table<'a> {
        let name = name.into();
        for (key, _) in &map.entries {
            if !known.contains(&&*key.name) {
                let place = if name.is_empty() { "at the top".to_owned() } else { format!("in `[{name}]`") };
                let fault = faults.report(
                    Code::UnknownSetting,
                    key.at,
                    format!("there is no setting `{}` {place}", key.name),
                );
                fault.help = Some(match nearest(&key.name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "the keys are {}",
                        known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
                    ),
                });
            }
        }
        Table { name, map }
    }

    pub fn node(&self, key: &str) -> Option<&'a Node<'a>> {
        self.map.get(key)
    }

    /// `site.url` as messages name it.
    pub fn key(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    pub fn text(&self, key: &str, faults: &mut Faults<'_>) -> Option<(&'a str, Position)> {
        let node = self.node(key)?;
        match &node.value {
            Value::Text(text) => Some((text, node.at)),
            other => {
                faults.bad(node.at, format!("`{}` is a text, found {}", self.key(key), other.kind()));
                None
            }
        }
    }

    /// One line of text that is not empty.
    pub fn line(&self, key: &str, faults: &mut Faults<'_>) -> Option<String> {
        let (text, at) = self.text(key, faults)?;
        let line = text::line(text);
        if line.is_empty() {
            faults.bad(at, format!("`{}` is empty", self.key(key))).help =
                Some("give it a value or leave it out".to_owned());
            return None;
        }
        Some(line)
    }

    /// A mail address that others can write to.
    pub fn mail(&self, key: &str, faults: &mut Faults<'_>) -> Option<String> {
        let at = self.node(key)?.at;
        let mail = self.line(key, faults)?;
        let is_address = !mail.contains(char::is_whitespace)
            && mail.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
        if !is_address {
            faults.bad(at, format!("`{}` is no mail address: `{mail}`", self.key(key))).help =
                Some("write it alone: `desk@news.example`".to_owned());
        }
        Some(mail)
    }

    pub fn page(&self, key: &str, faults: &mut Faults<'_>) -> Option<Address> {
        let (text, at) = self.text(key, faults)?;
        let address = Address::of_page(text);
        if address.is_none() {
            faults.bad(at, format!("`{}` is no URL: `{text}`", self.key(key))).help =
                Some("write it whole, with `https://` and without a user name".to_owned());
        }
        address
    }

    /// A URL, or a path on the site.
    pub fn page_on(&self, site: &Address, key: &str, faults: &mut Faults<'_>) -> Option<Address> {
        self.line(key, faults)?;
        let (text, at) = self.text(key, faults)?;
        let address = site.join(text).and_then(|address| Address::of_page(address.as_str()));
        if address.is_none() {
            faults.bad(at, format!("`{}` is neither a URL nor a path on the site: `{text}`", self.key(key)));
        }
        address
    }

    /// A page for each edition, or one for all: URLs or paths on the site.
    pub fn local_page(&self, site: &Address, key: &str, faults: &mut Faults<'_>) -> Option<LocalText> {
        let pages = self.local(key, faults)?;
        let is_page =
            |text: &&str| site.join(text).is_some_and(|page| matches!(page.scheme(), "http" | "https"));
        if let Some(wrong) = pages.all().into_iter().find(|text| !is_page(text)) {
            let at = self.node(key).map_or(Position::START, |node| node.at);
            faults.bad(at, format!("`{}` is neither a URL nor a path on the site: `{wrong}`", self.key(key)));
        }
        Some(pages)
    }

    pub fn local(&self, key: &str, faults: &mut Faults<'_>) -> Option<LocalText> {
        let node = self.node(key)?;
        let Value::Map(map) = &node.value else { return self.line(key, faults).map(LocalText::Same) };
        let table = Table { name: self.key(key), map };
        let mut texts = Vec::new();
        for (edition, _) in &map.entries {
            let language = language(&edition.name, edition.at, faults);
            let text = table.line(&edition.name, faults);
            texts.extend(language.zip(text));
        }
        if map.entries.is_empty() {
            faults.bad(node.at, format!("`{}` has no text for any edition", self.key(key)));
        }
        (!texts.is_empty()).then_some(LocalText::PerEdition(texts))
    }

    pub fn table(&self, key: &str, known: &[&str], faults: &mut Faults<'_>) -> Option<Table<'a>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Map(map) => Some(Table::checked(self.key(key), map, known, faults)),
            other => {
                faults.bad(node.at, format!("`{}` is a table, found {}", self.key(key), other.kind()));
                None
            }
        }
    }

    /// The tables below a table: `[editions.en]`, `[editions.ru]`; each with its name and its place.
    pub fn entries(
        &self,
        key: &str,
        known: &[&str],
        faults: &mut Faults<'_>,
    ) -> Vec<(String, Position, Table<'a>)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Value::Map(map) = &node.value else {
            faults.bad(node.at, format!("`{key}` is a table, found {}", node.value.kind()));
            return Vec::new();
        };
        let parent = Table { name: key.to_owned(), map };
        let entries = map.entries.iter();
        entries
            .filter_map(|(name, _)| {
                Some((name.name.to_string(), name.at, parent.table(&name.name, known, faults)?))
            })
            .collect()
    }

    /// The tables of a list of tables: `[[feeds.where]]`; each with its place.
    pub fn tables(&self, key: &str, known: &[&str], faults: &mut Faults<'_>) -> Vec<(Table<'a>, Position)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut tables = Vec::new();
        for item in items {
            match &item.value {
                Value::Map(map) => tables.push((Table::checked(self.key(key), map, known, faults), item.at)),
                other => {
                    let message = format!("`{}` is a list of tables, found {}", self.key(key), other.kind());
                    faults.bad(item.at, message).help = Some(format!("write it as `[[{}]]`", self.key(key)));
                }
            }
        }
        tables
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &str, faults: &mut Faults<'_>) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            Value::Bool(flag) => Some(*flag),
            other => {
                let message = format!("`{}` is `true` or `false`, found {}", self.key(key), other.kind());
                faults.bad(node.at, message);
                None
            }
        }
    }

    /// A pattern of these names.
    ///
    /// One that does not use `needed` would give everything the same place.
    pub fn pattern(
        &self,
        key: &str,
        default: &str,
        names: &[&str],
        needed: &str,
        faults: &mut Faults<'_>,
    ) -> Pattern {
        let (text, at) = self.text(key, faults).unwrap_or((default, Position::START));
        let pattern = Pattern::parse(text, names).and_then(|pattern| match pattern.uses(needed) {
            true => Ok(pattern),
            false => {
                Err(format!("`{text}` needs `{{{needed}}}`, or there would be one place for everything"))
            }
        });
        pattern.unwrap_or_else(|message| {
            faults.bad(at, format!("`{}`: {message}", self.key(key)));
            Pattern::default()
        })
    }

    /// One of these words.
    pub fn word(&self, key: &str, words: &[&str], faults: &mut Faults<'_>) -> Option<&'a str> {
        let (text, at) = self.text(key, faults)?;
        if !words.contains(&text) {
            let choices = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
            faults.bad(at, format!("`{}` is {choices}, found `{text}`", self.key(key)));
        }
        Some(text)
    }

    /// The texts of a list, or the one text that stands in its place.
    pub fn texts(&self, key: &str, faults: &mut Faults<'_>) -> Option<Vec<(&'a str, Position)>> {
        let node = self.node(key)?;
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push((&**text, item.at)),
                other => {
                    faults.bad(
                        item.at,
                        format!("`{}` is a list of texts, found {} in it", self.key(key), other.kind()),
                    );
                }
            }
        }
        Some(texts)
    }
}

pub fn language(tag: &str, at: Position, faults: &mut Faults<'_>) -> Option<Language> {
    let language = Language::parse(tag);
    if language.is_none() {
        faults.bad(at, format!("`{tag}` is no language tag")).help =
            Some(Language::advice(tag, std::iter::empty()));
    }
    language
}
