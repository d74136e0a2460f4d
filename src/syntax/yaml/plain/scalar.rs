//! The value that stands on one line, and the key before it.

use super::super::super::{Node, Value};
use super::{Line, flow};
use memchr::memchr2;
use std::borrow::Cow;

/// What follows a colon or a dash.
pub enum Scalar<'t> {
    /// A value.
    Node(Node<'t>),
    /// A plain text or number, which may go on in the next line.
    Open(Node<'t>),
    /// Nothing but blanks or a comment.
    Nothing,
}

impl<'t> Scalar<'t> {
    /// The value that begins behind `offset` and takes the rest of the line. `None`: it may be something else.
    pub fn of(line: Line<'t>, offset: usize) -> Option<Scalar<'t>> {
        let text = line.text[offset..].trim_ascii_start();
        let offset = line.text.len() - text.len();
        let at = line.at(offset);
        let value = match text.bytes().next() {
            None => return Some(Scalar::Nothing),
            // Only behind a blank is it a comment; behind the dash of a list there is one, too.
            Some(b'#') => return Some(Scalar::Nothing),
            Some(b'"' | b'\'') => {
                let (text, rest) = quoted(text)?;
                is_end(rest).then_some(Value::Text(text))?
            }
            Some(b'[' | b'{') => {
                let (value, rest) = flow::read(line, offset)?;
                is_end(rest).then_some(value)?
            }
            Some(_) => {
                let plain_text = without_comment(text)?;
                let node = Node { value: plain(plain_text)?, at };
                let is_open = plain_text.len() == text.len();
                return Some(if is_open { Scalar::Open(node) } else { Scalar::Node(node) });
            }
        };
        Some(Scalar::Node(Node { value, at }))
    }
}

/// May this stand behind a value that has an end of its own?
fn is_end(rest: &str) -> bool {
    rest.is_empty() || (rest.starts_with(' ') && rest.trim_start_matches(' ').starts_with('#'))
}

/// YAML wants keys shorter than 1024 characters.
const LONGEST_KEY_BYTES: usize = 200;

/// The bytes of keys: letters, digits, and what joins them.
const KEY_BYTES: [bool; 256] = {
    let mut are_inside = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        are_inside[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        byte += 1;
    }
    are_inside
};

/// The key that a text begins with, where one does; its colon is the byte behind it.
pub fn key(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let length = bytes.iter().position(|byte| !KEY_BYTES[usize::from(*byte)])?;
    let is_key = length <= LONGEST_KEY_BYTES
        && bytes[0].is_ascii_alphabetic()
        && bytes[length] == b':'
        && matches!(bytes.get(length + 1), None | Some(b' '));
    let name = &text[..length];
    (is_key && constant(name).is_none()).then_some(name)
}

/// A line on which a plain text goes on. `None`: it may be something else.
pub fn further(text: &str) -> Option<&str> {
    let first = text.bytes().next()?;
    let is_text = first.is_ascii_alphanumeric() || !first.is_ascii() || matches!(first, b'(' | b'/' | b'$');
    let is_whole = is_text && without_comment(text)?.len() == text.len();
    is_whole.then_some(text)
}

/// A plain text up to its comment. `None` where a colon makes a key of it.
fn without_comment(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(further) = memchr2(b':', b'#', &bytes[at..]) {
        at += further;
        match bytes[at] {
            b':' if matches!(bytes.get(at + 1), None | Some(b' ')) => return None,
            b'#' if bytes[at - 1] == b' ' => return Some(text[..at].trim_ascii_end()),
            _ => at += 1,
        }
    }
    Some(text)
}

/// What a plain text on one line means.
pub fn plain(text: &str) -> Option<Value<'_>> {
    let mut bytes = text.bytes();
    let first = bytes.next()?;
    match first {
        b'0'..=b'9' | b'+' | b'.' => number(text),
        b'-' if bytes.next().is_some_and(|next| next.is_ascii_alphanumeric()) => number(text),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'~' | b'/' | b'(' | b'$' | 0x80.. => {
            Some(constant(text).unwrap_or_else(|| Value::Text(text.into())))
        }
        _ => None,
    }
}

/// A word that means something else than itself.
fn constant(word: &str) -> Option<Value<'static>> {
    match word {
        "~" | "null" | "Null" | "NULL" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => None,
    }
}

/// A text that begins as a number does.
fn number(text: &str) -> Option<Value<'_>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    // In these a number may be written with other digits.
    if let Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B') = unsigned.as_bytes().get(1) {
        return None;
    }
    let has_leading_zero =
        unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    // Text such as `1e999` is no number here, nor is `inf`.
    let is_number = !has_leading_zero && text.parse().is_ok_and(f64::is_finite);
    Some(if is_number { Value::Number(text.into()) } else { Value::Text(text.into()) })
}

/// A text in quotation marks, and what follows the closing one.
pub fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mark = *text.as_bytes().first()?;
    let inside = &text[1..];
    let end = memchr2(mark, b'\\', inside.as_bytes())?;
    let (value, rest) = match (mark, &inside[end..]) {
        (b'\'', rest) if rest.starts_with("''") || rest.starts_with('\\') => single_quoted(inside)?,
        (_, rest) if rest.starts_with('\\') => double_quoted(inside)?,
        (_, rest) => (Cow::Borrowed(&inside[..end]), &rest[1..]),
    };
    // The library takes these for numbers too large, in whatever marks.
    (!matches!(&*value, ".inf" | "-.inf" | ".nan")).then_some((value, rest))
}

/// Behind an opening `'`: a mark within the text is doubled.
fn single_quoted(inside: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside;
    loop {
        let (before, after) = rest.split_once('\'')?;
        value.push_str(before);
        let Some(further) = after.strip_prefix('\'') else { return Some((Cow::Owned(value), after)) };
        value.push('\'');
        rest = further;
    }
}

/// Behind an opening `"`: a backslash stands before marks and other backslashes. What else it may stand before is left
/// to the library.
fn double_quoted(inside: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside;
    loop {
        let end = rest.find(['"', '\\'])?;
        value.push_str(&rest[..end]);
        let after = &rest[end + 1..];
        if rest.as_bytes()[end] == b'"' {
            return Some((Cow::Owned(value), after));
        }
        value.push(match after.bytes().next()? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'n' => '\n',
            _ => return None,
        });
        rest = &after[1..];
    }
}
