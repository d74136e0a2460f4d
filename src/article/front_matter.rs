//! Where front matter ends and the body begins: YAML and TOML between fences, an object of JSON, and
//! lines of `Title: …` or `.. title: …` without any fence. Syntax only.

mod fence;
mod lines;

use crate::diagnostic::Position;
use crate::syntax::{Map, SyntaxFault, object_length, parse_json, parse_toml, parse_yaml};
use crate::text;
use fence::{Fence, Inside, Opening};
use lines::Style;
use memchr::memchr;
use std::ops::Range;

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
    Fenced(Inside),
    /// An object at the beginning of the file.
    Json,
    Lines(Style),
}

/// Nobody writes as much; a parser should not have to read what somebody generated.
const LONGEST_HEADER_BYTES: usize = 256_000;

/// Splits a source file. Byte order marks are passed over.
///
/// # Errors
/// Front matter that never ends, or whose syntax is not read.
pub fn split(text: &str) -> Result<Parts<'_>, SyntaxFault> {
    let Some(opening) = fence::opening(text.as_bytes()) else {
        return without_fences(&text[fence::after_marks(text.as_bytes())..]);
    };
    let above = count_lines(&text[..opening.end]);
    let fault = |message: String| SyntaxFault {
        at: Position { line: above.max(1), column: 1 },
        message: format!("the front matter that begins with `{}` {message}", opening.line),
    };
    let fence =
        opening.fence.map_err(|name| fault(format!("is in `{name}`, expected YAML, TOML or JSON")))?;
    fenced(text, fence, opening.end, above).map_err(|bytes| {
        fault(match bytes {
            LONGEST_HEADER_BYTES.. => format!("is longer than {LONGEST_HEADER_BYTES} bytes"),
            _ => format!("does not end: no line `{}` follows", fence.usual()),
        })
    })
}

/// The parts of a text whose front matter begins at `start`, below so many lines. An error says how many
/// bytes there are without its end.
fn fenced(text: &str, fence: Fence, start: usize, lines_before: u32) -> Result<Parts<'_>, usize> {
    let closing = fence.closing_line(text.as_bytes(), start);
    let Some(closing) = closing.filter(|closing| closing.start - start <= LONGEST_HEADER_BYTES) else {
        return Err(text.len() - start);
    };
    let header = &text[start..closing.start];
    let body_line = lines_before.saturating_add(count_lines(header)).saturating_add(2);
    let header = Header { syntax: Syntax::Fenced(fence.inside), text: header, lines_before };
    Ok(Parts { header: Some(header), body: &text[closing.end..], body_line })
}

fn without_fences(text: &str) -> Result<Parts<'_>, SyntaxFault> {
    let parts = |header, body: usize| {
        Ok(Parts { header, body: &text[body..], body_line: count_lines(&text[..body]) + 1 })
    };
    if opens_json(text.as_bytes()) {
        let start = text.find('{').unwrap_or(0);
        let length =
            object_length(&text.as_bytes()[start..]).filter(|length| *length <= LONGEST_HEADER_BYTES);
        let Some(end) = length.map(|length| start + length) else {
            let message = "the front matter that begins with `{` does not end: a `}` is missing".to_owned();
            return Err(SyntaxFault { at: Position::START, message });
        };
        let body = text[end..].find('\n').map_or(text.len(), |line_end| end + line_end + 1);
        // With words behind it the object is a part of the text.
        if text[end..body].trim().is_empty() {
            let lines_before = count_lines(&text[..start]);
            return parts(Some(Header { syntax: Syntax::Json, text: &text[start..end], lines_before }), body);
        }
        return parts(None, 0);
    }
    // Hexo also reads front matter that is only closed.
    if text.starts_with('"')
        && let Ok(parts) = fenced(text, fence::BARE_JSON, 0, 0)
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
        return fenced(text, fence::YAML, 0, 0).or_else(|_| parts(None, 0));
    }
    let header = Header {
        syntax: Syntax::Lines(found.style),
        text: &text[found.start..found.end],
        lines_before: count_lines(&text[..found.start]),
    };
    parts(Some(header), found.body)
}

fn count_lines(text: &str) -> u32 {
    // Few enough at once for a small number, of which the compiler counts many side by side.
    let in_some = |some: &[u8]| some.iter().fold(0_u8, |lines, &byte| lines + u8::from(byte == b'\n'));
    let lines: usize = text.as_bytes().chunks(128).map(|some| usize::from(in_some(some))).sum();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// A brace alone also opens shortcodes and attributes.
fn opens_json(bytes: &[u8]) -> bool {
    let mut bytes = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    bytes.next() == Some(&b'{') && matches!(bytes.next(), Some(b'"' | b'}'))
}

/// The text that holds the front matter, fences included, where the head of a file shows for sure which
/// these are: nothing where there is none. `None`: only the whole text can tell. Of a file that `is_cut`
/// the last line may go on, so it is no fence.
#[must_use]
pub fn sure_header(head: &[u8], is_cut: bool) -> Option<&str> {
    let Some(opening) = fence::opening(head) else {
        return (!may_have_header(head, is_cut)).then_some("");
    };
    plain(&head[..sure_closing(&opening, head, is_cut)?.end])
}

/// The same in its parts, but for the body, where all lines end in line feeds.
#[must_use]
pub fn sure_parts(head: &[u8], is_cut: bool) -> Option<Parts<'_>> {
    let Some(opening) = fence::opening(head) else {
        let none = Parts { header: None, body: "", body_line: 1 };
        return (!may_have_header(head, is_cut)).then_some(none);
    };
    let closing = sure_closing(&opening, head, is_cut)?;
    let text = plain(&head[..closing.end]).filter(|text| memchr(b'\r', text.as_bytes()).is_none())?;
    let lines_before = count_lines(&text[..opening.end]);
    let inside = &text[opening.end..closing.start];
    let body_line = lines_before.saturating_add(count_lines(inside)).saturating_add(2);
    let syntax = Syntax::Fenced(opening.fence.ok()?.inside);
    Some(Parts { header: Some(Header { syntax, text: inside, lines_before }), body: "", body_line })
}

fn sure_closing(opening: &Opening<'_>, head: &[u8], is_cut: bool) -> Option<Range<usize>> {
    let closing = opening.fence.ok()?.closing_line(head, opening.end)?;
    let is_sure =
        !(is_cut && closing.end == head.len()) && closing.start - opening.end <= LONGEST_HEADER_BYTES;
    is_sure.then_some(closing)
}

/// The text, where nothing will be taken out of it or read as a line end when it is decoded.
fn plain(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok().filter(|text| text::is_all_legal(text))
}

/// Could front matter without fences begin here, or with a fence that something hides?
fn may_have_header(head: &[u8], is_cut: bool) -> bool {
    let mut lines = head.split_inclusive(|&byte| byte == b'\n' || byte == b'\r');
    let Some(first) = lines.find(|line| !line.trim_ascii().is_empty()) else { return is_cut };
    let is_whole = !is_cut || first.ends_with(b"\n") || first.ends_with(b"\r");
    let line = std::str::from_utf8(first).unwrap_or_default().trim_start();
    !is_whole || plain(first).is_none() || line.starts_with(HEADER_SIGNS) || lines::may_begin_with(line)
}

/// With these begin fences, objects, comments and byte order marks.
const HEADER_SIGNS: &[char] = &['-', '+', ';', '{', '"', '.', '<', '\u{feff}'];

impl<'a> Header<'a> {
    /// The brace gets a line of its own, which is not the file's.
    fn read_bare_json(&self) -> Result<Map<'static>, Vec<SyntaxFault>> {
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
    pub fn read(&self) -> Result<Map<'a>, Vec<SyntaxFault>> {
        let read = match self.syntax {
            Syntax::Fenced(Inside::Yaml) => parse_yaml(self.text).map_err(|fault| vec![fault]),
            Syntax::Fenced(Inside::Toml) => parse_toml(self.text),
            Syntax::Fenced(Inside::BareJson) => return self.read_bare_json(),
            Syntax::Fenced(Inside::Json) | Syntax::Json => parse_json(self.text).map_err(|fault| vec![fault]),
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
    fn what_the_head_shows_for_sure() {
        let sure = |head: &[u8], is_cut| sure_header(head, is_cut).map(str::len);
        assert_eq!(sure(b"---\na: 1\n---\nbody", false), Some(13));
        assert_eq!(sure("\u{feff}+++\r\na = 1\r\n+++\r\nbody".as_bytes(), false), Some(20));
        assert_eq!(sure(b"Body.\n---\n", true), Some(0));
        for (head, is_cut) in [
            (&b"---\na: 1\n"[..], false),
            (b"---\na: 1\n---", true),
            (b"Title: a\n\nbody", false),
            (b"{\"a\": 1}\n", false),
            (b"\x08---\na: 1\n---\n", false),
            (b"---\na: 1\n---\x08\n---\n", false),
            ("---\u{85}a: 1\u{85}---\u{85}".as_bytes(), false),
            (b"Begins", true),
            (b"\n\n", true),
        ] {
            assert_eq!(sure(head, is_cut), None, "{:?}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn headers_without_fences() {
        for (text, body, line) in [
            ("{\n\"title\": \"a\"\n}\n\nbody", "\nbody", 4),
            ("\u{feff}Title: a\nDate: b\n\nbody", "body", 4),
            ("\n<!--\n.. title: a\n\n.. date: b\n-->\nbody", "body", 7),
            (".. title: a\n\nbody", "body", 3),
        ] {
            let parts = split(text).unwrap();
            assert_eq!((parts.body, parts.body_line), (body, line), "{text}");
            assert!(parts.header.unwrap().read().unwrap().entries[0].0.name.eq_ignore_ascii_case("title"));
            assert_eq!(sure_header(text.as_bytes(), false), None, "{text}");
        }
        assert!(split("{\"a\": 1").unwrap_err().message.ends_with("a `}` is missing"));
        assert_eq!(split("{{< figure >}}").unwrap().header, None);
        assert_eq!(
            split("{} are braces, said she.\n\nMore.").unwrap().body,
            "{} are braces, said she.\n\nMore."
        );
        assert_eq!(split("\n{\"title\": 1}\nbody").unwrap().body, "body");
    }

    #[test]
    fn hexo_needs_no_first_fence() {
        let read = |text: &str| {
            let parts = split(text).unwrap();
            let map = parts.header.unwrap().read().unwrap();
            assert_eq!((parts.body, parts.body_line), ("body", 4), "{text}");
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
