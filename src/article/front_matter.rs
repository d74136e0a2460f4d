//! Where front matter ends and the body begins: YAML and TOML between fences, an object of JSON, and
//! lines of `Title: …` or `.. title: …` without any fence. Syntax only.

mod lines;

use crate::diagnostic::Position;
use crate::syntax::{Map, SyntaxFault, object_length, parse_json, parse_toml, parse_yaml};
use lines::Style;

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
    /// How many lines of the file stand above it.
    lines_before: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Syntax {
    Yaml,
    Toml,
    Json,
    /// Hexo's: an object without its braces.
    BareJson,
    Lines(Style),
}

impl Syntax {
    fn opened_by(line: &str) -> Option<Syntax> {
        let line = line.trim_end();
        if is_row_of(line, '-') {
            Some(Syntax::Yaml)
        } else if is_row_of(line, '+') {
            Some(Syntax::Toml)
        } else if is_row_of(line, ';') {
            Some(Syntax::BareJson)
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
            Syntax::BareJson => is_row_of(line, ';'),
            Syntax::Json | Syntax::Lines(_) => false,
        }
    }

    fn fence(self) -> &'static str {
        match self {
            Syntax::Toml => "+++",
            Syntax::BareJson => ";;;",
            _ => "---",
        }
    }
}

fn is_row_of(line: &str, character: char) -> bool {
    line.len() >= 3 && line.chars().all(|found| found == character)
}

/// Nobody writes as much; a parser should not have to read what somebody generated.
const LONGEST_HEADER_BYTES: usize = 256_000;

/// Splits a source file. A byte order mark is passed over.
///
/// # Errors
/// Front matter that never ends.
pub fn split(text: &str) -> Result<Parts<'_>, SyntaxFault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let Some(syntax) = Syntax::opened_by(first) else { return without_fences(text) };
    match fenced(text, syntax, first.len(), 1) {
        Ok(parts) => Ok(parts),
        Err(bytes) => {
            let reason = match bytes {
                LONGEST_HEADER_BYTES.. => format!("is longer than {LONGEST_HEADER_BYTES} bytes"),
                _ => format!("does not end: no line `{}` follows", syntax.fence()),
            };
            let message = format!("the front matter that begins with `{}` {reason}", first.trim_end());
            Err(SyntaxFault { at: Position::START, message })
        }
    }
}

/// The parts of a text whose front matter begins at `start`, below so many lines. An error says how many
/// bytes were searched for its end.
fn fenced(text: &str, syntax: Syntax, start: usize, lines_above: u32) -> Result<Parts<'_>, usize> {
    let mut end = start;
    for (index, line) in (lines_above + 1..).zip(text[start..].split_inclusive('\n')) {
        if end - start > LONGEST_HEADER_BYTES {
            break;
        }
        if syntax.is_closed_by(line) {
            let lines_before = lines_above;
            let header = Header { syntax, text: &text[start..end], lines_before };
            return Ok(Parts { header: Some(header), body: &text[end + line.len()..], body_line: index + 1 });
        }
        end += line.len();
    }
    Err(end - start)
}

fn without_fences(text: &str) -> Result<Parts<'_>, SyntaxFault> {
    let parts = |header, body: usize| {
        Ok(Parts { header, body: &text[body..], body_line: count_lines(&text[..body]) + 1 })
    };
    if opens_json(text.as_bytes()) {
        let Some(end) = object_length(text.as_bytes()).filter(|end| *end <= LONGEST_HEADER_BYTES) else {
            let message = "the front matter that begins with `{` does not end: a `}` is missing".to_owned();
            return Err(SyntaxFault { at: Position::START, message });
        };
        let body = text[end..].find('\n').map_or(text.len(), |line_end| end + line_end + 1);
        return parts(Some(Header { syntax: Syntax::Json, text: &text[..end], lines_before: 0 }), body);
    }
    // Hexo also reads front matter that is only closed.
    if text.starts_with('"')
        && let Ok(parts) = fenced(text, Syntax::BareJson, 0, 0)
    {
        return Ok(parts);
    }
    // A header that is longer than any has no end worth looking for.
    let mut head = text.len().min(LONGEST_HEADER_BYTES);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    let Some(found) = lines::find(&text[..head]) else { return parts(None, 0) };
    if found.is_closed_by_fence {
        return fenced(text, Syntax::Yaml, 0, 0).or_else(|_| parts(None, 0));
    }
    let header = Header {
        syntax: Syntax::Lines(found.style),
        text: &text[found.start..found.end],
        lines_before: count_lines(&text[..found.start]),
    };
    parts(Some(header), found.body)
}

fn count_lines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

/// A brace alone also opens shortcodes and attributes.
fn opens_json(bytes: &[u8]) -> bool {
    let mut bytes = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    bytes.next() == Some(&b'{') && matches!(bytes.next(), Some(b'"' | b'}'))
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
    let Some(syntax) = Syntax::opened_by(text(first)) else { return unfenced_bytes(bytes, start) };
    let mut end = start + first.len();
    for line in lines {
        end += line.len();
        if is_cut && end == bytes.len() {
            break;
        }
        if matches!(line.first(), Some(b'-' | b'+' | b'.' | b';')) && syntax.is_closed_by(text(line)) {
            return &bytes[..end];
        }
    }
    bytes
}

/// At least all of a header without fences: an object, or all to the first blank line or the end of a
/// comment.
fn unfenced_bytes(bytes: &[u8], start: usize) -> &[u8] {
    let rest = &bytes[start..];
    if opens_json(rest) {
        return object_length(rest).map_or(bytes, |length| &bytes[..start + length]);
    }
    let is_comment = rest.trim_ascii_start().starts_with(b"<!--");
    let mut end = start;
    let mut has_text = false;
    for line in rest.split_inclusive(|&byte| byte == b'\n' || byte == b'\r') {
        let text = line.trim_ascii();
        // A line feed after a carriage return is no line of its own.
        let is_blank = text.is_empty() && !(line == b"\n" && bytes[..end].ends_with(b"\r"));
        end += line.len();
        if !has_text && !text.is_empty() && !std::str::from_utf8(line).is_ok_and(lines::may_begin_with) {
            return &[];
        }
        let is_fence =
            text.len() >= 3 && text.iter().all(|byte| matches!(byte, b';')) || text.starts_with(b"---");
        let is_end = if is_comment { text == b"-->" } else { has_text && (is_blank || is_fence) };
        if is_end {
            return &bytes[..end];
        }
        has_text |= !text.is_empty();
    }
    bytes
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Header<'_> {
    /// The brace gets a line of its own, which is not the file's.
    fn read_bare_json(&self) -> Result<Map, Vec<SyntaxFault>> {
        let up = |position: Position| Position {
            line: (position.line + self.lines_before).saturating_sub(1).max(1),
            ..position
        };
        match parse_json(&format!("{{\n{}}}", self.text)) {
            Ok(mut map) => {
                map.move_positions(&up);
                Ok(map)
            }
            Err(fault) => Err(vec![SyntaxFault { at: up(fault.at), ..fault }]),
        }
    }

    /// The fields, with positions in the source file.
    ///
    /// # Errors
    /// Every fault that the syntax has, with its place in the source file.
    pub fn read(&self) -> Result<Map, Vec<SyntaxFault>> {
        let read = match self.syntax {
            Syntax::Yaml => parse_yaml(self.text).map_err(|fault| vec![fault]),
            Syntax::Toml => parse_toml(self.text),
            Syntax::BareJson => return self.read_bare_json(),
            Syntax::Json => parse_json(self.text).map_err(|fault| vec![fault]),
            Syntax::Lines(style) => Ok(lines::read(self.text, style)),
        };
        match read {
            Ok(mut map) => {
                map.move_positions(&|at| at.below(self.lines_before));
                Ok(map)
            }
            Err(faults) => Err(faults
                .into_iter()
                .map(|fault| SyntaxFault { at: fault.at.below(self.lines_before), ..fault })
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
    fn headers_without_fences() {
        for (text, body, line) in [
            ("{\n\"title\": \"a\"\n}\n\nbody", "\nbody", 4),
            ("\u{feff}Title: a\nDate: b\n\nbody", "body", 4),
            ("\n<!--\n.. title: a\n\n.. date: b\n-->\nbody", "body", 7),
            (".. title: a\n\nbody", "body", 3),
        ] {
            let read = |text: &str| split(text).unwrap().header.unwrap().read().unwrap();
            let parts = split(text).unwrap();
            assert_eq!((parts.body, parts.body_line), (body, line), "{text}");
            assert!(read(text).entries[0].0.name.eq_ignore_ascii_case("title"));
            for bytes in [text.to_owned(), text.replace('\n', "\r\n"), text.replace('\n', "\r")] {
                let header = String::from_utf8(header_bytes(bytes.as_bytes(), false).to_vec()).unwrap();
                assert!(!header.contains("body"), "{bytes:?}");
                let header = header.replace("\r\n", "\n").replace('\r', "\n");
                assert_eq!(read(&header), read(text), "{bytes:?}");
            }
        }
        assert!(split("{\"a\": 1").unwrap_err().message.ends_with("a `}` is missing"));
        assert_eq!(split("{{< figure >}}").unwrap().header, None);
    }

    #[test]
    fn hexo_needs_no_first_fence() {
        let read = |text: &str| {
            let parts = split(text).unwrap();
            let map = parts.header.unwrap().read().unwrap();
            assert_eq!((parts.body, parts.body_line), ("body", 4), "{text}");
            assert_eq!(header_bytes(text.as_bytes(), false).len(), text.len() - 4, "{text}");
            map.get("date").unwrap().at
        };
        assert_eq!(read("title: a\ndate: 2026-01-01\n---\nbody"), Position { line: 2, column: 7 });
        assert_eq!(read("\"title\": \"a\",\n\"date\": 1\n;;;\nbody"), Position { line: 2, column: 9 });
        assert_eq!(
            split(";;;\n\"a\": 1\n;;;\n").unwrap().header.unwrap().read().unwrap().entries[0].1.at.line,
            2
        );
        assert_eq!(split("\"Good morning\", he said.\n\nbody").unwrap().header, None);
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
