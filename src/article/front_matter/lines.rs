//! Front matter of plain lines: `Title: The ferry` (Pelican, MultiMarkdown) and `.. title: The ferry`
//! (Nikola), which may stand in a comment of HTML.

use crate::diagnostic::Position;
use crate::syntax::{Key, Map, Node, Value};
use crate::text;

/// How the lines of a header look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Style {
    /// `Title: The ferry`
    Plain,
    /// `.. title: The ferry`
    Dotted,
}

/// A header found at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// How its lines look.
    pub style: Style,
    /// Where its first line begins.
    pub start: usize,
    /// Where its last line ends.
    pub end: usize,
    /// Where the body begins.
    pub body: usize,
    /// Does a line of dashes follow? Then it is YAML whose first fence was left out, as Hexo allows.
    pub is_closed_by_fence: bool,
}

const COMMENT_START: &str = "<!--";
const COMMENT_END: &str = "-->";

/// Finds a header. It must name a title, or a date and something else, or any first paragraph with a
/// colon in each line would be one.
#[must_use]
pub fn find(text: &str) -> Option<Found> {
    let blank = text.len() - text.trim_start_matches(['\n', '\r', ' ']).len();
    let rest = &text[blank..];
    let in_comment = rest.trim_end().starts_with(COMMENT_START)
        && rest[COMMENT_START.len()..].trim_start().starts_with("..");
    let style = if in_comment || rest.starts_with(".. ") {
        Style::Dotted
    } else if blank == 0 {
        Style::Plain
    } else {
        return None;
    };
    let first_line = if in_comment { rest.find('\n')? + 1 } else { 0 };
    let mut end = first_line;
    let mut names: Vec<&str> = Vec::new();
    let mut body = None;
    let mut is_closed_by_fence = false;
    for line in rest[first_line..].split_inclusive('\n') {
        let next = end + line.len();
        match line.trim() {
            COMMENT_END if in_comment => body = Some(next),
            // In a comment a blank line may stand between two fields.
            "" if in_comment => {}
            "" => body = Some(next),
            dashes if dashes.len() >= 3 && dashes.bytes().all(|byte| byte == b'-') => {
                is_closed_by_fence = true;
                body = Some(next);
            }
            _ => match pair(line, style) {
                Some((name, _)) => names.push(name),
                None if !names.is_empty() && line.starts_with([' ', '\t', '-']) => {}
                None if style == Style::Dotted && !in_comment => body = Some(end),
                None => return None,
            },
        }
        if body.is_some() {
            break;
        }
        end = next;
    }
    let has = |name: &str| names.iter().any(|found| found.eq_ignore_ascii_case(name));
    let is_header = has("title") || (has("date") && names.len() > 1);
    // A comment that never ends hides the whole file.
    let body = body.or((!in_comment).then_some(end))?;
    is_header.then_some(Found {
        is_closed_by_fence,
        style,
        start: blank + first_line,
        end: blank + end,
        body: blank + body,
    })
}

/// Can a header begin with this line?
#[must_use]
pub fn may_begin_with(line: &str) -> bool {
    pair(line, Style::Plain).is_some()
}

/// The fields of a header's lines, with positions in them.
#[must_use]
pub fn read(header: &str, style: Style) -> Map<'_> {
    let mut entries: Vec<(Key<'_>, Node<'_>)> = Vec::new();
    for (number, line) in (1..).zip(header.lines()) {
        let at = |offset: usize| {
            let column = line[..offset].chars().count() + 1;
            Position { line: number, column: u32::try_from(column).unwrap_or(u32::MAX) }
        };
        let Some((name, value)) = pair(line, style) else {
            // It goes on from the line before.
            if let (Some((_, Node { value: Value::Text(text), .. })), false) =
                (entries.last_mut(), line.trim().is_empty())
            {
                let text = text.to_mut();
                text.push(' ');
                text.push_str(line.trim());
            }
            continue;
        };
        let offset = |part: &str| part.as_ptr() as usize - line.as_ptr() as usize;
        let key = Key { name: name.into(), at: at(offset(name)) };
        entries.push((key, Node { value: Value::Text(text::line(value).into()), at: at(offset(value)) }));
    }
    Map { entries }
}

/// A field's name and value.
fn pair(line: &str, style: Style) -> Option<(&str, &str)> {
    let fields = match style {
        Style::Plain => line,
        Style::Dotted => line.trim_start().strip_prefix("..")?.trim_start_matches(' '),
    };
    let (name, value) = fields.split_once(':')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let is_value = value.is_empty() || value.starts_with([' ', '\t', '\n', '\r']);
    (is_name && is_value).then(|| (name, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (String, String, u32, u32);

    fn fields(text: &str) -> Option<(Vec<Row>, &str)> {
        let found = find(text)?;
        let map = read(&text[found.start..found.end], found.style);
        let fields = map.entries.into_iter().map(|(key, node)| match node.value {
            Value::Text(value) => (key.name.into_owned(), value.into_owned(), node.at.line, node.at.column),
            other => panic!("{other:?}"),
        });
        Some((fields.collect(), &text[found.body..]))
    }

    fn field(name: &str, value: &str, line: u32, column: u32) -> Row {
        (name.to_owned(), value.to_owned(), line, column)
    }

    #[test]
    fn pelican() {
        assert_eq!(
            fields(
                "Title: The ferry\nDate: 2026-11-22 08:30\nSummary: It is\n    late\nTags:\n\nBody: text\n"
            ),
            Some((
                vec![
                    field("Title", "The ferry", 1, 8),
                    field("Date", "2026-11-22 08:30", 2, 7),
                    field("Summary", "It is late", 3, 10),
                    field("Tags", "", 5, 6),
                ],
                "Body: text\n"
            ))
        );
    }

    #[test]
    fn nikola() {
        let expected =
            vec![field("title", "The ferry", 1, 11), field("date", "2026-11-22 08:30:00 UTC", 2, 10)];
        let lines = ".. title: The ferry\n.. date: 2026-11-22 08:30:00 UTC\n";
        assert_eq!(fields(&format!("{lines}\nBody\n")), Some((expected.clone(), "Body\n")));
        assert_eq!(fields(&format!("<!--\n{lines}\n-->\nBody\n")), Some((expected, "Body\n")));
    }

    #[test]
    fn ordinary_text_is_no_header() {
        for text in [
            "Note: the ferry is late\n\nBody\n",
            "Title: one\nno pair\n\nBody\n",
            "Note: a heading\n---\nBody\n",
            "See https://e.example/\n",
            "<!-- a comment -->\nTitle: x\n",
            "<!--\n.. title: never ends\n",
            "",
            "# Heading\n",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
