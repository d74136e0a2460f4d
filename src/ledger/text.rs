//! The ledger as text: JSON lines, a line that says what the file is, then one record a line, in order. A person
//! can read it, and version control can merge it.

use super::{Adopted, EntryRecord, FeedRecord, Ledger, is_tellable, is_usable};
use crate::archive::{Archive, Closed};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::digest::Digest;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Deserialize, Serialize)]
struct Heading {
    feedmill: String,
    version: u32,
}

/// Version 1 had only `adopted` records; it is read as it is, and written as this one.
const VERSION: u32 = 2;

/// A line of the text. A type that is not here was written by a newer version.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Record {
    Adopted(Adopted),
    Entry(EntryRecord),
    Feed(FeedRecord),
    /// Only in a copy of everything: an entry that no feed shows any more.
    Past(EntryRecord),
    /// Only in a copy of everything: a document of an archive.
    Document(Closed),
}

/// The same, to be written.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Told<'r> {
    Adopted(&'r Adopted),
    Entry(&'r EntryRecord),
    Feed(&'r FeedRecord),
    Past(&'r EntryRecord),
}

/// How the lines begin with which git marks what it could not merge.
const MARKS: &[&str] = &["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// So many lines are read or written at a time, on all cores.
const PORTION: usize = 2048;

const TYPES: &[&str] = &["adopted", "entry", "feed", "past", "document"];

/// What to do about a ledger that is damaged.
pub const MEND: &str = "restore the file from a backup or from version control; or move it away: ids and dates are then taken from \
                    the feeds in the output directory, and what `feedmill adopt` took over is adopted again with it";
/// What to do about a ledger in which two were merged.
const MERGED: &str = "after a merge keep one line for each id, of two for one entry that with the later `updated`, and delete \
                      git's marks; else restore the file from a backup";
const UPDATE: &str = "update feedmill: a newer version wrote this file";

impl Ledger {
    /// Reads the text form. `name` is what messages call it.
    ///
    /// # Errors
    /// `damaged-ledger`: a ledger of which a part cannot be read is not used at all, for every record
    /// that it lost would be an article announced twice.
    pub fn read(name: &str, text: &str) -> Result<Ledger, Diagnostic> {
        Ledger::read_sealed(name, text, Digest::of([text.as_bytes()]))
    }

    /// The same of a text of which the digest is known.
    pub(super) fn read_sealed(name: &str, text: &str, digest: Digest) -> Result<Ledger, Diagnostic> {
        let (ledger, past) = Ledger::read_all(name, text)?;
        // Where somebody edited it, it is another text than the one that would be written: then more is done than need be.
        ledger.seal.digest.get_or_init(|| digest);
        match past.is_empty() && ledger.archive().is_empty() {
            true => Ok(ledger),
            false => {
                let message = "this is a copy of everything, with records of the type `past` or `document`";
                let fault =
                    Diagnostic::new(Code::DamagedLedger, Location::new(name, Position::START), message);
                Err(fault.help("move the file away, and run `feedmill ledger import` with it"))
            }
        }
    }

    /// Reads a copy of everything: the ledger with the archive, and what no feed shows any more, in the order of the
    /// lines.
    ///
    /// # Errors
    /// As for [`Ledger::read`].
    pub fn read_all(name: &str, text: &str) -> Result<(Ledger, Vec<EntryRecord>), Diagnostic> {
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
        let (mut ledger, mut past) = (Ledger::default(), Vec::new());
        let (mut adopted_ids, mut archive) = (BTreeSet::new(), Archive::default());
        let lines: Vec<Line<'_>> = lines.map(|(number, line)| reading(number, line)).collect();
        for portion in lines.chunks(PORTION) {
            let records: Vec<_> = portion.par_iter().map(Line::record).collect();
            for (line, record) in portion.iter().zip(records) {
                match record? {
                    Record::Adopted(adopted) => line.add_adopted(adopted, &mut adopted_ids, &mut ledger)?,
                    Record::Entry(entry) => line.add_entry(entry, &mut ledger)?,
                    Record::Feed(feed) => {
                        feed.fault().map_or(Ok(()), |fault| Err(line.damaged(1, fault)))?;
                        line.told_once(ledger.feeds.contains_key(&feed.id), "feed", &feed.id)?;
                        ledger.give(feed);
                    }
                    Record::Past(entry) => {
                        line.check_entry(&entry)?;
                        past.push(entry);
                    }
                    Record::Document(closed) => {
                        closed.entries.iter().chain([&closed.feed]).try_for_each(|id| line.check_id(id))?;
                        if !archive.read_back(closed) {
                            return Err(line.damaged(1, "the document does not follow the one before it"));
                        }
                    }
                }
            }
        }
        Ok((ledger.with_archive(archive), past))
    }

    /// The text form. Equal ledgers give equal bytes.
    #[must_use]
    pub fn write(&self) -> Arc<str> {
        Arc::clone(self.seal.text.get_or_init(|| self.written().into()))
    }

    fn written(&self) -> String {
        let heading = Heading { feedmill: "ledger".to_owned(), version: VERSION };
        let adopted = self.adopted.values().map(Told::Adopted);
        let entries = self.entries().map(Told::Entry);
        let feeds = self.feeds().map(Told::Feed);
        let records: Vec<Told<'_>> = adopted.chain(entries).chain(feeds).collect();
        let lines = |portion: &[Told<'_>]| {
            let mut lines = Vec::new();
            portion.iter().for_each(|record| write_line(record, &mut lines));
            String::from_utf8(lines).expect("JSON is UTF-8")
        };
        let mut portions: Vec<String> = records.par_chunks(PORTION).map(lines).collect();
        portions.insert(0, in_json(&heading) + "\n");
        portions.concat()
    }
}

impl EntryRecord {
    /// One line of JSON, as in the ledger.
    #[must_use]
    pub fn line(&self) -> String {
        in_json(&Told::Entry(self))
    }

    /// The line of an entry that no feed shows any more, in a copy of everything.
    #[must_use]
    pub fn line_of_past(&self) -> String {
        in_json(&Told::Past(self))
    }

    /// Reads a line again.
    ///
    /// # Errors
    /// `damaged-ledger`, at this line of the file that messages call `name`.
    pub fn of_line(name: &str, number: u32, line: &str) -> Result<EntryRecord, Diagnostic> {
        let line = Line { name, number, line };
        match line.record()? {
            Record::Entry(entry) => line.check_entry(&entry).map(|()| entry),
            _ => Err(line.damaged(1, "only records of the type `entry` stand here")),
        }
    }
}

/// As [`in_json`], and the end of the line.
fn write_line(value: &impl Serialize, lines: &mut Vec<u8>) {
    serde_json::to_writer(&mut *lines, value).expect("as it can be written, and memory takes it");
    lines.push(b'\n');
}

fn in_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and maps with text keys can be written as JSON")
}

fn in_fields<T: DeserializeOwned>(fields: &str) -> Option<T> {
    serde_json::from_str(&["{", fields].concat()).ok()
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
            Some(Heading { version: 1..=VERSION, .. }) => Ok(()),
            Some(Heading { version, .. }) => {
                let message =
                    format!("the ledger has version {version}, and this feedmill knows only 1 to {VERSION}");
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
        if let Some(record) = self.usual() {
            return Ok(record);
        }
        let fault = match serde_json::from_str(self.line) {
            Ok(record) => return Ok(record),
            Err(fault) => fault,
        };
        if MARKS.iter().any(|mark| self.line.starts_with(mark)) {
            return Err(self.damaged(1, "git left the mark of a conflict here").help(MERGED));
        }
        // Once more, to say what is wrong.
        let value: Value = serde_json::from_str(self.line).map_err(|error| self.refused(&error))?;
        if let Some(unknown) = value["type"].as_str().filter(|name| !TYPES.contains(name)) {
            let message = format!("this feedmill knows no record of the type `{unknown}`");
            return Err(self.damaged(1, &message).help(UPDATE));
        }
        // A field that stands twice is a fault of the text only.
        let what = serde_json::from_value::<Record>(value).err().unwrap_or(fault);
        Err(self.refused(&what))
    }

    /// The record of a line that begins as those that this program writes: where its type stands in front, none of
    /// what follows need be put aside until it is known.
    fn usual(&self) -> Option<Record> {
        let (kind, fields) = self.line.strip_prefix("{\"type\":\"")?.split_once("\",")?;
        match kind {
            "entry" => in_fields(fields).map(Record::Entry),
            "feed" => {
                let feed: FeedRecord = in_fields(fields)?;
                // On all cores.
                let _ = feed.key();
                Some(Record::Feed(feed))
            }
            _ => None,
        }
    }

    fn add_adopted(
        &self,
        adopted: Adopted,
        ids: &mut BTreeSet<String>,
        ledger: &mut Ledger,
    ) -> Result<(), Diagnostic> {
        self.check_id(&adopted.id)?;
        self.told_once(!ids.insert(adopted.id.trim().to_owned()), "id", &adopted.id)?;
        self.told_once(ledger.adopted.contains_key(&adopted.path), "path", &adopted.path)?;
        ledger.adopted.insert(adopted.path.clone(), adopted);
        Ok(())
    }

    fn add_entry(&self, entry: EntryRecord, ledger: &mut Ledger) -> Result<(), Diagnostic> {
        self.check_entry(&entry)?;
        // As nearly all are, each comes after those before it.
        let is_next = ledger.entries.last_key_value().is_none_or(|(last, _)| *last < entry.id);
        self.told_once(!is_next && ledger.entries.contains_key(&entry.id), "id", &entry.id)?;
        let is_known = entry.stands() && !entry.path.is_empty() && ledger.of_path(&entry.path).is_some();
        self.told_once(is_known, "path", &entry.path)?;
        ledger.enter(entry);
        Ok(())
    }

    fn check_entry(&self, entry: &EntryRecord) -> Result<(), Diagnostic> {
        self.check_id(&entry.id)?;
        let times = [entry.published, entry.updated].into_iter().chain(entry.withdrawn);
        match times.into_iter().all(is_tellable) {
            true => Ok(()),
            false => Err(self.damaged(1, "the entry has a time that no feed can tell")),
        }
    }

    fn check_id(&self, id: &str) -> Result<(), Diagnostic> {
        match is_usable(id) {
            true => Ok(()),
            false => Err(self.damaged(1, "the `id` is empty or holds a character that no feed may hold")),
        }
    }

    fn told_once(&self, is_known: bool, what: &str, name: &str) -> Result<(), Diagnostic> {
        match is_known {
            true => Err(self.damaged(1, &format!("{what} `{name}` stands here a second time")).help(MERGED)),
            false => Ok(()),
        }
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
        "{\"feedmill\":\"ledger\",\"version\":2}\n",
        "{\"type\":\"adopted\",\"path\":\"en/news/ferry.md\",\"id\":\" https://post.example/?p=17\",",
        "\"permalink\":\"https://post.example/en/news/ferry/\",\"published\":\"2020-03-10T08:00:00+02:00\",",
        "\"feed\":\"old/rss.xml\"}\n",
        "{\"type\":\"adopted\",\"path\":\"ru/news/мост.md\",\"id\":\"18\",",
        "\"permalink\":\"https://post.example/ru/news/most/\",\"feed\":\"old/rss.xml\"}\n",
    );

    const ENTRY: &str = r#"{"type":"entry","id":"1","permalink":"p","title":"T","published":"2026-01-02T00:00:00Z","updated":"2026-01-02T00:00:00Z"}"#;
    const FEED: &str = r#"{"type":"feed","id":"f","files":{"en/atom.xml":"atom"},"entries":["1"],"updated":"2026-01-02T00:00:00Z"}"#;

    fn ids_of(ledger: &Ledger, paths: &[&str], asked: &[(&str, &str)]) -> Vec<Option<String>> {
        let ids = ledger.among(&|path| paths.contains(&path));
        let id = |(path, page): &(&str, &str)| {
            let record = ids.record(path, &format!("https://post.example{page}"), &[]);
            record.map(|record| record.id.clone())
        };
        asked.iter().map(id).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let ledger = Ledger::read("ledger.jsonl", TEXT).unwrap();
        assert_eq!(&*ledger.write(), TEXT);
        assert_eq!(&*Ledger::default().write(), "{\"feedmill\":\"ledger\",\"version\":2}\n");
        assert_eq!(Ledger::read("l", &TEXT.replacen('2', "1", 1)).unwrap(), ledger, "a former version");
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
                "l:1:1: a ledger begins with `{\"feedmill\":\"ledger\",\"version\":2}`",
                MEND,
            ),
            (
                heading.replace('2', "3"),
                "l:1:1: the ledger has version 3, and this feedmill knows only 1 to 2",
                UPDATE,
            ),
            (
                format!("{heading}\n{{\"type\":\"moved\",\"x\":[1]}}\n"),
                "l:2:1: this feedmill knows no record of the type `moved`",
                UPDATE,
            ),
            (
                format!("{heading}\n{}", &line(2)[..40]),
                "l:2:37: the line is no record: EOF while parsing a string",
                MEND,
            ),
            (
                format!("{heading}\n{}\n<<<<<<< ours\n", line(1)),
                "l:3:1: git left the mark of a conflict here",
                MERGED,
            ),
            (
                format!("{heading}\n{}\n{}\n", line(1), line(1)),
                "l:3:1: id ` https://post.example/?p=17` stands here a second time",
                MERGED,
            ),
            (
                format!("{heading}\n{}\n{}\n", line(1), line(1).replace("p=17", "p=18")),
                "l:3:1: path `en/news/ferry.md` stands here a second time",
                MERGED,
            ),
            (
                format!("{heading}\n{}", line(2).replace("}", ",\"id\":\"19\"}")),
                "l:2:1: the line is no record: duplicate field `id`",
                MEND,
            ),
            (
                format!("{heading}\n{}", line(1).replace("\"feed\"", "\"fed\"")),
                "l:2:1: the line is no record: unknown field `fed`, expected one of `path`, `id`, `permalink`, `published`, `feed`",
                MEND,
            ),
            (
                format!("{heading}\n{}", ENTRY.replace("2026-01-02", "+10000-01-01")),
                "l:2:1: the entry has a time that no feed can tell",
                MEND,
            ),
            (
                format!("{heading}\n{}", FEED.replace("2026-01-02", "-0001-01-01")),
                "l:2:1: the feed has a time that no feed can tell",
                MEND,
            ),
            (
                format!("{heading}\n{}", FEED.replace("\"f\"", "\"\\u0001\"")),
                "l:2:1: an id of the feed is empty or holds a character that no feed may hold",
                MEND,
            ),
            (
                format!("{heading}\n{}", FEED.replace("en/atom.xml", "../atom.xml")),
                "l:2:1: a path of the feed leads out of the output directory",
                MEND,
            ),
            (
                format!("{heading}\n{}", FEED.replace("en/atom.xml", "//")),
                "l:2:1: a path of the feed leads out of the output directory",
                MEND,
            ),
        ] {
            let fault = Ledger::read("l", &text).unwrap_err();
            assert_eq!(format!("{}: {}", fault.location, fault.message), expected);
            assert_eq!(fault.help.as_deref(), Some(help), "{expected}");
        }
    }
}
