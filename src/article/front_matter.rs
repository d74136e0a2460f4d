//! Where front matter ends and the body begins. Syntax only; no field is known here by its name.

use crate::diagnostic::Position;
use crate::syntax::{Map, SyntaxFault, parse_toml, parse_yaml};

/// A source file in its two parts.
#[derive(Debug, PartialEq)]
pub struct Parts<'a> {
    /// The front matter between its fences, if there is any.
    pub header: Option<Header<'a>>,
    /// Everything after it.
    pub body: &'a str,
    /// The line on which the body begins, counted from 1.
    pub body_line: u32,
}

/// Front matter, not yet read.
#[derive(Debug, PartialEq)]
pub struct Header<'a> {
    syntax: Syntax,
    text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Syntax {
    Yaml,
    Toml,
}

impl Syntax {
    fn opened_by(line: &str) -> Option<Syntax> {
        let line = line.trim_end();
        if is_row_of(line, '-') {
            Some(Syntax::Yaml)
        } else if is_row_of(line, '+') {
            Some(Syntax::Toml)
        } else {
            None
        }
    }

    /// Closing fences in the wild are any number of dashes; YAML also ends a document with dots.
    fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim_end();
        match self {
            Syntax::Yaml => is_row_of(line, '-') || line == "...",
            Syntax::Toml => is_row_of(line, '+'),
        }
    }

    fn fence(self) -> &'static str {
        match self {
            Syntax::Yaml => "---",
            Syntax::Toml => "+++",
        }
    }
}

fn is_row_of(line: &str, character: char) -> bool {
    line.len() >= 3 && line.chars().all(|found| found == character)
}

/// Nobody writes as much; a parser should not have to read what somebody generated.
const LONGEST_HEADER_BYTES: usize = 256_000;

/// The front matter's first line is the file's second.
const LINES_BEFORE: u32 = 1;

/// Splits a source file. A byte order mark is passed over.
///
/// # Errors
/// Front matter that never ends.
pub fn split(text: &str) -> Result<Parts<'_>, SyntaxFault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let Some(syntax) = Syntax::opened_by(first) else {
        return Ok(Parts { header: None, body: text, body_line: 1 });
    };
    let start = first.len();
    let mut end = start;
    for (index, line) in (2..).zip(lines) {
        if end - start > LONGEST_HEADER_BYTES {
            break;
        }
        if syntax.is_closed_by(line) {
            let header = Header { syntax, text: &text[start..end] };
            return Ok(Parts { header: Some(header), body: &text[end + line.len()..], body_line: index + 1 });
        }
        end += line.len();
    }
    let reason = match end - start {
        bytes if bytes > LONGEST_HEADER_BYTES => format!("is longer than {LONGEST_HEADER_BYTES} bytes"),
        _ => format!("does not end: no line `{}` follows", syntax.fence()),
    };
    let message = format!("the front matter that begins with `{}` {reason}", first.trim_end());
    Err(SyntaxFault { at: Position::START, message })
}

/// The part of a file's bytes that holds its front matter, closing fence included: all of them
/// where it does not end, nothing where there is none. In a file that `is_cut` the last line may go
/// on, so it is no fence.
#[must_use]
pub fn header_bytes(bytes: &[u8], is_cut: bool) -> &[u8] {
    let start = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let mut lines = bytes[start..].split_inclusive(|&byte| byte == b'\n' || byte == b'\r');
    let text = |line| std::str::from_utf8(line).unwrap_or_default();
    let first = lines.next().unwrap_or_default();
    let Some(syntax) = Syntax::opened_by(text(first)) else { return &[] };
    let mut end = start + first.len();
    for line in lines {
        end += line.len();
        if is_cut && end == bytes.len() {
            break;
        }
        if matches!(line.first(), Some(b'-' | b'+' | b'.')) && syntax.is_closed_by(text(line)) {
            return &bytes[..end];
        }
    }
    bytes
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Header<'_> {
    /// The fields, with positions in the source file.
    ///
    /// # Errors
    /// Every fault that the syntax has, with its place in the source file.
    pub fn read(&self) -> Result<Map, Vec<SyntaxFault>> {
        let read = match self.syntax {
            Syntax::Yaml => parse_yaml(self.text).map_err(|fault| vec![fault]),
            Syntax::Toml => parse_toml(self.text),
        };
        match read {
            Ok(mut map) => {
                map.move_down(LINES_BEFORE);
                Ok(map)
            }
            Err(faults) => Err(faults
                .into_iter()
                .map(|fault| SyntaxFault { at: fault.at.below(LINES_BEFORE), ..fault })
                .collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fences() {
        let parts = split("---\ntitle: a\n---\nbody\n").unwrap();
        assert_eq!((parts.body, parts.body_line), ("body\n", 4));
        assert_eq!(
            parts.header.unwrap().read().unwrap().get("title").unwrap().at,
            Position { line: 2, column: 8 }
        );
        let parts = split("\u{feff}+++\r\ntitle = 'a'\r\n+++\r\nbody").unwrap();
        assert_eq!(parts.body, "body");
        assert!(parts.header.unwrap().read().is_ok());
    }

    #[test]
    fn unusual_fences() {
        assert_eq!(split("----\na: 1\n----------\nbody").unwrap().body, "body");
        assert_eq!(split("---\na: 1\n...\nbody").unwrap().body, "body");
        assert_eq!(split("---\n---").unwrap().body, "");
    }

    #[test]
    fn the_bytes_of_the_header_alone() {
        assert_eq!(header_bytes(b"---\na: 1\n---\nbody", false), b"---\na: 1\n---\n");
        assert_eq!(
            header_bytes("\u{feff}+++\r\na = 1\r\n+++\r\nbody".as_bytes(), false),
            "\u{feff}+++\r\na = 1\r\n+++\r".as_bytes()
        );
        assert_eq!(header_bytes(b"---\na: 1\n", false), b"---\na: 1\n");
        assert_eq!(header_bytes(b"body\n---\n", false), b"");
        assert_eq!(
            header_bytes(b"---\na: 1\n---", true),
            b"---\na: 1\n---",
            "the fence may be the start of a longer line"
        );
    }

    #[test]
    fn none_at_all() {
        let parts = split("# A heading\n\n---\n").unwrap();
        assert_eq!((parts.header, parts.body), (None, "# A heading\n\n---\n"));
    }

    #[test]
    fn no_end() {
        assert_eq!(
            split("---\ntitle: a\n").unwrap_err().message,
            "the front matter that begins with `---` does not end: no line `---` follows"
        );
    }
}
