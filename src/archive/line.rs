//! The archive as text: a line of JSON for each document, in the order in which they were closed.

use super::{Archive, Mark};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::ledger::is_usable;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A document that is closed: nothing is added to it any more.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// The id of its feed.
    pub feed: String,
    /// From 1 for the oldest.
    pub number: usize,
    /// The ids of its entries.
    pub entries: Vec<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Record<'t> {
    #[serde(borrow)]
    Document(Document<'t>),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Document<'t> {
    #[serde(borrow)]
    feed: Cow<'t, str>,
    number: usize,
    #[serde(borrow)]
    entries: Vec<Text<'t>>,
}

/// Borrowed where nothing in it is escaped, which is nearly always.
#[derive(Deserialize, Serialize)]
#[serde(transparent)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

/// What to do about an archive that is damaged.
const MEND: &str = "restore the file from a backup or from version control; or move it away: what stands in which document is \
                    then read from the documents in the output directory";

impl Closed {
    /// What stands for its entries.
    #[must_use]
    pub fn marks(&self) -> Box<[Mark]> {
        self.entries.iter().map(|id| Mark::of(id)).collect()
    }

    /// The line.
    #[must_use]
    pub fn line(&self) -> String {
        line(&self.feed, self.number, self.entries.iter().map(String::as_str))
    }
}

/// The line of a document.
#[must_use]
pub fn line<'i>(feed: &'i str, number: usize, entries: impl Iterator<Item = &'i str>) -> String {
    let entries = entries.map(|id| Text(Cow::Borrowed(id))).collect();
    let record = Record::Document(Document { feed: Cow::Borrowed(feed), number, entries });
    serde_json::to_string(&record).expect("texts and numbers can be written as JSON")
}

impl Archive {
    /// Takes up a line of the file that messages call `name`.
    ///
    /// # Errors
    /// `damaged-ledger`: an archive of which a part cannot be read is not used at all.
    pub fn read_line(&mut self, name: &str, number: u32, line: &str) -> Result<(), Diagnostic> {
        let damaged = |message: String| {
            let location = Location::new(name, Position { line: number, column: 1 });
            Diagnostic::new(Code::DamagedLedger, location, message).help(MEND)
        };
        let Record::Document(document) = serde_json::from_str(line)
            .map_err(|error| damaged(format!("the line is no document of an archive: {error}")))?;
        if document.entries.iter().any(|Text(id)| !is_usable(id)) || !is_usable(&document.feed) {
            return Err(damaged("an id is empty or holds a character that no feed may hold".to_owned()));
        }
        let marks = document.entries.iter().map(|Text(id)| Mark::of(id)).collect();
        match self.add(&document.feed, document.number, marks) {
            true => Ok(()),
            false => Err(damaged(format!(
                "document {} of the feed `{}` does not follow the one before it",
                document.number, document.feed
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let closed = |number, id: &str| Closed {
            feed: "https://e.example/\"atom\".xml".to_owned(),
            number,
            entries: vec![id.to_owned(), "b\\\"ё".to_owned()],
        };
        let mut archive = Archive::default();
        for (number, line) in (1..).zip([closed(1, "a"), closed(2, "c")].map(|closed| closed.line())) {
            archive.read_line("archive", number, &line).unwrap();
        }
        let documents = archive.documents("https://e.example/\"atom\".xml");
        assert_eq!(documents.len(), 2);
        assert_eq!(&*documents[1], [Mark::of("c"), Mark::of("b\\\"ё")]);
    }

    #[test]
    fn what_is_no_archive_is_not_used() {
        for line in [
            "",
            "<<<<<<< HEAD",
            r#"{"type":"entry"}"#,
            r#"{"type":"document","feed":"f","number":2,"entries":[]}"#,
            r#"{"type":"document","feed":"f","number":1,"entries":[""]}"#,
            r#"{"type":"document","feed":"f","number":1,"entries":[],"more":1}"#,
        ] {
            let fault = Archive::default().read_line("archive", 7, line).unwrap_err();
            assert_eq!((fault.code, fault.location.position.line), (Code::DamagedLedger, 7), "{line}");
        }
    }
}
