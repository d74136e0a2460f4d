//! What subscribers were promised: value in, value out. So far the ids that other programs gave.
//!
//! As text it is JSON lines: a line that says what the file is, then one record a line, in order. A
//! person can read it, and version control can merge it.

use crate::address::Address;
use crate::article::Article;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::text;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is promised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// By source path.
    adopted: BTreeMap<String, Adopted>,
}

/// An id that another program gave to an article, and readers know.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// The article's source file when it was adopted.
    pub path: String,
    /// The id, byte for byte.
    pub id: String,
    /// The article's page when it was adopted; finds it again when the file has another name.
    pub permalink: String,
    /// When the old feed says that it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<FixedOffset>>,
    /// The old feed, as it was named to feedmill.
    pub feed: String,
}

#[derive(Deserialize, Serialize)]
struct Heading {
    feedmill: String,
    version: u32,
}

const VERSION: u32 = 1;

/// A line of the text. A type that is not here was written by a newer version.
#[derive(Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Record {
    Adopted(Adopted),
}

/// What to do about a ledger that is damaged.
pub const MEND: &str = "restore the file from a backup or from version control; or move it away, and run `feedmill adopt` \
                    with the old feeds again";
const UPDATE: &str = "update feedmill: a newer version wrote this file";

impl Ledger {
    /// Reads the text form. `name` is what messages call it.
    ///
    /// # Errors
    /// `damaged-ledger`: a ledger of which a part cannot be read is not used at all, for every record
    /// that it lost would be an article announced twice.
    pub fn read(name: &str, text: &str) -> Result<Ledger, Diagnostic> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let reading = |number: u32, line| Line { name, number, line };
        match lines.next() {
            Some((number, line)) => reading(number, line).heading()?,
            None => {
                return Err(
                    reading(1, "").damaged(1, "the ledger is empty, and not even a heading stands in it")
                );
            }
        }
        let mut ledger = Ledger::default();
        let mut ids = BTreeSet::new();
        for (number, line) in lines {
            let line = reading(number, line);
            let Record::Adopted(adopted) = line.record()?;
            if !is_usable(&adopted.id) {
                return Err(line.damaged(1, "the `id` is empty or holds a character that no feed may hold"));
            }
            if !ids.insert(adopted.id.trim().to_owned()) {
                return Err(line.damaged(1, &format!("id `{}` stands here a second time", adopted.id)));
            }
            if ledger.adopted.contains_key(&adopted.path) {
                return Err(line.damaged(1, &format!("`{}` stands here a second time", adopted.path)));
            }
            ledger.adopted.insert(adopted.path.clone(), adopted);
        }
        Ok(ledger)
    }

    /// The text form. Equal ledgers give equal bytes.
    #[must_use]
    pub fn write(&self) -> String {
        let heading = Heading { feedmill: "ledger".to_owned(), version: VERSION };
        let mut text = in_json(&heading);
        for adopted in self.adopted.values() {
            text.push('\n');
            text.push_str(&in_json(&Record::Adopted(adopted.clone())));
        }
        text.push('\n');
        text
    }

    /// Is nothing promised?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.adopted.is_empty()
    }

    /// What is adopted, in the order of the paths.
    pub fn adopted(&self) -> impl Iterator<Item = &Adopted> {
        self.adopted.values()
    }

    /// What is adopted for a source file.
    #[must_use]
    pub fn of_path(&self, path: &str) -> Option<&Adopted> {
        self.adopted.get(path)
    }

    /// Gives an article an id, in the place of one that its path had.
    pub fn adopt(&mut self, adopted: Adopted) {
        self.adopted.insert(adopted.path.clone(), adopted);
    }

    /// Takes the id of a path away.
    pub fn forget(&mut self, path: &str) {
        self.adopted.remove(path);
    }

    /// The ledger after a run that found articles at these paths, with these pages: a renamed file is
    /// known by its new name from then on, so that its page may change next, and its old name may go
    /// to another article.
    #[must_use]
    pub fn followed<'c>(&self, ids: &Ids, articles: impl Iterator<Item = Page<'c>>) -> Ledger {
        let mut ledger = self.clone();
        if self.is_empty() {
            return ledger;
        }
        for Page { path, id, permalink, aliases } in articles {
            // An article with an id of its own has no use for the adopted one.
            let known = ids.record(path, permalink, aliases).filter(|known| known.id == id);
            let Some(known) = known else { continue };
            if known.path != path || known.permalink != permalink.as_str() {
                ledger.forget(&known.path);
                let (path, permalink) = (path.to_owned(), permalink.as_str().to_owned());
                ledger.adopt(Adopted { path, permalink, ..known.clone() });
            }
        }
        ledger
    }

    /// The ids as they hold among the files that there are, whose paths are given in order.
    #[must_use]
    pub fn among(&self, paths: &[String]) -> Ids {
        if self.is_empty() {
            return Ids::default();
        }
        let mut by_permalink: BTreeMap<String, Option<Adopted>> = BTreeMap::new();
        for adopted in self.adopted.values().filter(|adopted| paths.binary_search(&adopted.path).is_err()) {
            let one = by_permalink.entry(adopted.permalink.clone());
            // Of two that were on one page in turn nobody knows which it is now.
            one.and_modify(|known| *known = None).or_insert_with(|| Some(adopted.clone()));
        }
        let moved = by_permalink.into_iter().filter_map(|(permalink, adopted)| Some((permalink, adopted?)));
        Ids { by_path: self.adopted.clone(), by_permalink: moved.collect() }
    }
}

/// Where an article lies now, and its id.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its source file.
    pub path: &'a str,
    /// The id that it has in the feeds.
    pub id: &'a str,
    /// Its page.
    pub permalink: &'a Address,
    /// Where its page was before.
    pub aliases: &'a [Address],
}

/// The adopted ids, ready to be looked up.
#[derive(Debug, Default)]
pub struct Ids {
    by_path: BTreeMap<String, Adopted>,
    /// Only what was adopted for files that are gone: an id must not go to two articles, the one in
    /// its old place and the one on its old page.
    by_permalink: BTreeMap<String, Adopted>,
}

impl Ids {
    /// The adopted id of an article.
    #[must_use]
    pub fn of(&self, path: &str, article: &Article) -> Option<&str> {
        self.record(path, &article.permalink, &article.aliases).map(|adopted| adopted.id.as_str())
    }

    /// What was adopted for a source file, or for its page, present or former, when the file had
    /// another name.
    #[must_use]
    pub fn record(&self, path: &str, permalink: &Address, aliases: &[Address]) -> Option<&Adopted> {
        if self.by_path.is_empty() {
            return None;
        }
        let pages = || std::iter::once(permalink).chain(aliases);
        self.by_path.get(path).or_else(|| pages().find_map(|page| self.by_permalink.get(page.as_str())))
    }

    /// What was adopted for files that are gone.
    pub fn of_missing_files(&self) -> impl Iterator<Item = &Adopted> {
        self.by_permalink.values()
    }
}

/// Can every format hold this id as it is?
#[must_use]
pub fn is_usable(id: &str) -> bool {
    !id.trim().is_empty() && id.chars().all(text::is_legal)
}

fn in_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and maps with text keys can be written as JSON")
}

/// One line of the text, and what may be wrong with it.
struct Line<'t> {
    name: &'t str,
    number: u32,
    line: &'t str,
}

impl Line<'_> {
    fn heading(&self) -> Result<(), Diagnostic> {
        let heading =
            serde_json::from_str::<Heading>(self.line).ok().filter(|found| found.feedmill == "ledger");
        match heading {
            Some(Heading { version: VERSION, .. }) => Ok(()),
            Some(Heading { version, .. }) => {
                let message =
                    format!("the ledger has version {version}, and this feedmill knows only {VERSION}");
                Err(self.damaged(1, &message).help(UPDATE))
            }
            None => {
                let message =
                    format!("a ledger begins with `{{\"feedmill\":\"ledger\",\"version\":{VERSION}}}`");
                Err(self.damaged(1, &message))
            }
        }
    }

    fn record(&self) -> Result<Record, Diagnostic> {
        let value: Value = serde_json::from_str(self.line).map_err(|error| self.refused(&error))?;
        if let Some(unknown) = value["type"].as_str().filter(|&name| name != "adopted") {
            let message = format!("this feedmill knows no record of the type `{unknown}`");
            return Err(self.damaged(1, &message).help(UPDATE));
        }
        serde_json::from_value(value).map_err(|error| self.refused(&error))
    }

    fn refused(&self, error: &serde_json::Error) -> Diagnostic {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        let column = Position::of_offset(self.line, error.column().saturating_sub(1)).column;
        self.damaged(column, &format!("the line is no record: {what}"))
    }

    fn damaged(&self, column: u32, message: &str) -> Diagnostic {
        let location = Location::new(self.name, Position { line: self.number, column });
        Diagnostic::new(Code::DamagedLedger, location, message).help(MEND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = concat!(
        "{\"feedmill\":\"ledger\",\"version\":1}\n",
        "{\"type\":\"adopted\",\"path\":\"en/news/ferry.md\",\"id\":\" https://post.example/?p=17\",",
        "\"permalink\":\"https://post.example/en/news/ferry/\",\"published\":\"2020-03-10T08:00:00+02:00\",",
        "\"feed\":\"old/rss.xml\"}\n",
        "{\"type\":\"adopted\",\"path\":\"ru/news/мост.md\",\"id\":\"18\",",
        "\"permalink\":\"https://post.example/ru/news/most/\",\"feed\":\"old/rss.xml\"}\n",
    );

    fn ids_of(ledger: &Ledger, paths: &[&str], asked: &[(&str, &str)]) -> Vec<Option<String>> {
        let ids = ledger.among(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>());
        let id = |(path, page): &(&str, &str)| {
            let record =
                ids.record(path, &Address::parse(&format!("https://post.example{page}")).unwrap(), &[]);
            record.map(|record| record.id.clone())
        };
        asked.iter().map(id).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let ledger = Ledger::read("ledger.jsonl", TEXT).unwrap();
        assert_eq!(ledger.write(), TEXT);
        assert_eq!(Ledger::default().write(), "{\"feedmill\":\"ledger\",\"version\":1}\n");
        assert_eq!(
            Ledger::read("l", &TEXT.replace('\n', "\r\n\r\n")).unwrap(),
            ledger,
            "an editor's line ends"
        );
    }

    #[test]
    fn an_article_is_found_by_path_and_then_by_page() {
        let ledger = Ledger::read("ledger.jsonl", TEXT).unwrap();
        let (known, page) = ("en/news/ferry.md", "/en/news/ferry/");
        let id = || Some(" https://post.example/?p=17".to_owned());
        assert_eq!(ids_of(&ledger, &[known], &[(known, "/other/")]), [id()]);
        assert_eq!(ids_of(&ledger, &["en/boat.md"], &[("en/boat.md", page)]), [id()], "renamed");
        let both = ids_of(&ledger, &["en/boat.md", known], &[("en/boat.md", page), (known, "/other/")]);
        assert_eq!(both, [None, id()], "one id goes to one article");
    }

    #[test]
    fn faults_say_where_they_are_and_what_to_do() {
        let line = |number: usize| TEXT.lines().nth(number).unwrap();
        let heading = line(0);
        for (text, expected, help) in [
            (String::new(), "l:1:1: the ledger is empty, and not even a heading stands in it", MEND),
            (
                "{}\n".to_owned(),
                "l:1:1: a ledger begins with `{\"feedmill\":\"ledger\",\"version\":1}`",
                MEND,
            ),
            (
                heading.replace('1', "2"),
                "l:1:1: the ledger has version 2, and this feedmill knows only 1",
                UPDATE,
            ),
            (
                format!("{heading}\n{{\"type\":\"withdrawn\",\"x\":[1]}}\n"),
                "l:2:1: this feedmill knows no record of the type `withdrawn`",
                UPDATE,
            ),
            (
                format!("{heading}\n{}", &line(2)[..40]),
                "l:2:37: the line is no record: EOF while parsing a string",
                MEND,
            ),
            (
                format!("{heading}\n{}\n<<<<<<< ours\n", line(1)),
                "l:3:1: the line is no record: expected value",
                MEND,
            ),
            (
                format!("{heading}\n{}\n{}\n", line(1), line(1)),
                "l:3:1: id ` https://post.example/?p=17` stands here a second time",
                MEND,
            ),
            (
                format!("{heading}\n{}\n{}\n", line(1), line(1).replace("p=17", "p=18")),
                "l:3:1: `en/news/ferry.md` stands here a second time",
                MEND,
            ),
            (
                format!("{heading}\n{}", line(1).replace("\"feed\"", "\"fed\"")),
                "l:2:1: the line is no record: unknown field `fed`, expected one of `path`, `id`, `permalink`, `published`, `feed`",
                MEND,
            ),
        ] {
            let fault = Ledger::read("l", &text).unwrap_err();
            assert_eq!(format!("{}: {}", fault.location, fault.message), expected);
            assert_eq!(fault.help.as_deref(), Some(help), "{expected}");
        }
    }
}
