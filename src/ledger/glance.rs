//! The parts of a record by which its article can be known again, without reading the rest: of a million records a run
//! seeks a few.

use super::EntryRecord;

/// What a look at a record tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glance<'t> {
    /// Its id.
    pub id: &'t str,
    /// Its source file.
    pub path: &'t str,
    /// Its page.
    pub permalink: &'t str,
    /// The digest of its text.
    pub body: Option<&'t str>,
}

impl<'t> Glance<'t> {
    /// Looks at a record.
    #[must_use]
    pub fn of(record: &'t EntryRecord) -> Glance<'t> {
        let body = record.body.as_ref().map(|body| body.as_str());
        Glance { id: &record.id, path: &record.path, permalink: &record.permalink, body }
    }

    /// Looks at a line, if it is as [`EntryRecord::line`] writes it and nothing in these parts is escaped.
    #[must_use]
    pub fn at(line: &'t str) -> Option<Glance<'t>> {
        let (id, rest) = text(line.strip_prefix(r#"{"type":"entry","id":""#)?)?;
        let (path, rest) = match rest.strip_prefix(r#","path":""#) {
            Some(rest) => text(rest)?,
            None => ("", rest),
        };
        let (permalink, rest) = text(rest.strip_prefix(r#","permalink":""#)?)?;
        // Within a text every quotation mark is escaped, so this is no part of one.
        let body = match rest.find(r#","body":""#) {
            Some(at) => Some(text(&rest[at + r#","body":""#.len()..])?.0),
            None => None,
        };
        Some(Glance { id, path, permalink, body })
    }
}

/// A text of JSON up to its closing mark, and what follows; `None` where a character is escaped.
fn text(rest: &str) -> Option<(&str, &str)> {
    let end = rest.find('"')?;
    let text = &rest[..end];
    (!text.contains('\\')).then_some((text, &rest[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;

    #[test]
    fn a_glance_at_a_line_is_one_at_its_record() {
        let whole = EntryRecord {
            path: "en/мост.md".to_owned(),
            permalink: "https://e.example/".to_owned(),
            title: "\"body\":\"no\",\"body\":\"".to_owned(),
            body: Some(Digest::of([])),
            ..EntryRecord::withdrawn("tag:e", chrono::DateTime::UNIX_EPOCH)
        };
        let bare = EntryRecord { path: String::new(), body: None, ..whole.clone() };
        for record in [&whole, &bare] {
            assert_eq!(Glance::at(&record.line()), Some(Glance::of(record)));
        }
        let escaped = EntryRecord { path: "a\"b.md".to_owned(), ..whole };
        for line in [escaped.line().as_str(), "", "{", "<<<<<<<", r#"{"id":"a","type":"entry"}"#] {
            assert_eq!(Glance::at(line), None, "{line}");
        }
    }
}
