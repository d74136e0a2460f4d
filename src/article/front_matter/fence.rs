//! The line that opens front matter, and the one that closes it.

use crate::text;
use memchr::memchr2_iter;
use std::ops::Range;

/// What stands between the fences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Inside {
    Yaml,
    Toml,
    Json,
    /// Hexo's: an object without its braces.
    BareJson,
}

/// A row of one character, which the closing row repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fence {
    /// What follows.
    pub inside: Inside,
    mark: char,
}

/// A line that opens front matter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opening<'a> {
    /// What it opens; an error is the name of a syntax that is not read.
    pub fence: Result<Fence, &'a str>,
    /// The line, for messages.
    pub line: &'a str,
    /// Where the next line begins.
    pub end: usize,
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// How many bytes of byte order marks a text begins with; copying files together makes several.
pub fn after_marks(bytes: &[u8]) -> usize {
    let mut at = 0;
    while bytes[at..].starts_with(BYTE_ORDER_MARK) {
        at += BYTE_ORDER_MARK.len();
    }
    at
}

fn after_blanks(bytes: &[u8], start: usize) -> usize {
    start + bytes[start..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Longer comments do not stand above front matter.
const LONGEST_COMMENT_BYTES: usize = 2000;

fn after_comment(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..bytes.len().min(start + LONGEST_COMMENT_BYTES)];
    let end = rest.starts_with(b"<!--").then(|| rest.windows(3).position(|window| window == b"-->"));
    end.flatten().map_or(start, |end| start + end + 3)
}

/// Finds the opening of front matter. Below blank lines or a comment, or indented, a row could also be a rule of
/// Markdown, so a field has to follow.
pub fn opening(bytes: &[u8]) -> Option<Opening<'_>> {
    let marks = after_marks(bytes);
    let start = after_blanks(bytes, after_comment(bytes, after_blanks(bytes, marks)));
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let length = bytes[start..].iter().position(is_end).unwrap_or(bytes.len() - start);
    let line = std::str::from_utf8(&bytes[start..start + length]).ok()?.trim_end();
    let end = (start + length + 1).min(bytes.len());
    let fence = fence(line)?;
    (start == marks || begins_with_field(&bytes[end..])).then_some(Opening { fence, line, end })
}

fn fence(line: &str) -> Option<Result<Fence, &str>> {
    let of = |inside, mark| Some(Ok(Fence { inside, mark }));
    if is_row_of(line, '-') {
        return of(Inside::Yaml, '-');
    } else if is_row_of(line, '+') {
        return of(Inside::Toml, '+');
    } else if is_row_of(line, ';') {
        return of(Inside::BareJson, ';');
    }
    // gray-matter's way to say which syntax follows.
    let word = line.strip_prefix("---").filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    match word {
        "yaml" | "yml" => of(Inside::Yaml, '-'),
        "toml" => of(Inside::Toml, '-'),
        "json" => of(Inside::Json, '-'),
        _ => Some(Err(word)),
    }
}

fn is_row_of(line: &str, character: char) -> bool {
    line.len() >= 3 && line.chars().all(|found| found == character)
}

/// Does the first line with a text begin as `title: ` or `title = ` does?
fn begins_with_field(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.trim_ascii().is_empty());
    let line = line.and_then(|line| std::str::from_utf8(line).ok()).unwrap_or_default();
    let Some((name, _)) = line.split_once([':', '=']) else { return false };
    let name = name.trim().trim_matches(['"', '\'']);
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

impl Fence {
    /// Closing fences in the wild are any number of dashes; YAML also ends a document with dots.
    pub fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim_end();
        is_row_of(line, self.mark) || (self.inside == Inside::Yaml && line == "...")
    }

    /// The line that closes what begins at `start`, with its end. Lines end in line feeds or carriage returns here.
    pub fn closing_line(self, bytes: &[u8], start: usize) -> Option<Range<usize>> {
        let is_end = |byte: u8| byte == b'\n' || byte == b'\r';
        let mut line = start;
        loop {
            let rest = &bytes[line..];
            let may_close = |byte: u8| byte == self.mark as u8 || byte == b'.';
            if may_close(*rest.first()?) {
                let length = text::position(rest, is_end).map_or(rest.len(), |at| match rest[at..] {
                    [b'\r', b'\n', ..] => at + 2,
                    _ => at + 1,
                });
                if std::str::from_utf8(&rest[..length]).is_ok_and(|line| self.is_closed_by(line)) {
                    return Some(line..line + length);
                }
            }
            let may_end = |at: &usize| rest.get(at + 1).is_some_and(|next| may_close(*next));
            line += 1 + memchr2_iter(b'\n', b'\r', rest).find(may_end)?;
        }
    }

    /// As it is usually written.
    pub fn usual(self) -> String {
        self.mark.to_string().repeat(3)
    }
}

/// The fence of front matter that is only closed, as Hexo allows.
pub const YAML: Fence = Fence { inside: Inside::Yaml, mark: '-' };
/// The same for an object without its braces.
pub const BARE_JSON: Fence = Fence { inside: Inside::BareJson, mark: ';' };

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(text: &str) -> Option<(Result<Inside, &str>, usize)> {
        opening(text.as_bytes()).map(|opening| (opening.fence.map(|fence| fence.inside), opening.end))
    }

    #[test]
    fn usual_ones() {
        assert_eq!(opened("---\ntitle: a\n"), Some((Ok(Inside::Yaml), 4)));
        assert_eq!(opened("\u{feff}\u{feff}+++ \r\na = 1"), Some((Ok(Inside::Toml), 11)));
        assert_eq!(opened("---toml\n"), Some((Ok(Inside::Toml), 8)));
        assert_eq!(opened("---js\n"), Some((Err("js"), 6)));
        assert_eq!(opened("--- a\n"), None);
        assert_eq!(opened("# Heading\n---\n"), None);
    }

    #[test]
    fn below_blank_lines_a_field_must_follow() {
        assert_eq!(opened("\n\n---\ntitle: a\n"), Some((Ok(Inside::Yaml), 6)));
        assert_eq!(opened("  ---\n\n\"date\": a\n"), Some((Ok(Inside::Yaml), 6)));
        assert_eq!(opened("\n---\nA rule, and a text: this one.\n---\n"), None);
        assert_eq!(opened("\n---\n"), None);
        assert_eq!(opened("<!-- vim: tw=80 -->\n---\ntitle: a\n"), Some((Ok(Inside::Yaml), 24)));
    }
}
