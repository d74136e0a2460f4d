//! The value that stands on one line: a plain or quoted text, a number, a list in brackets.

use super::super::super::{Node, Value};
use super::Line;

/// What follows a colon or a dash.
pub enum Scalar {
    Node(Node),
    /// Nothing but blanks or a comment.
    Nothing,
}

impl Scalar {
    /// The value that begins behind `offset` and takes the rest of the line. `None`: it may be something else.
    pub fn of(line: Line<'_>, offset: usize) -> Option<Scalar> {
        let text = line.text[offset..].trim_start_matches(' ');
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
            Some(b'[') => {
                let (items, rest) = list(line, offset)?;
                is_end(rest).then_some(Value::List(items))?
            }
            Some(_) => plain(without_comment(text)?)?,
        };
        Some(Scalar::Node(Node { value, at }))
    }
}

/// May this stand behind a value that has an end of its own?
fn is_end(rest: &str) -> bool {
    rest.is_empty() || (rest.starts_with(' ') && rest.trim_start_matches(' ').starts_with('#'))
}

/// A plain text up to its comment. `None` where a colon makes a key of it.
fn without_comment(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b':' if matches!(bytes.get(at + 1), None | Some(b' ')) => return None,
            b'#' if bytes[at - 1] == b' ' => return Some(text[..at].trim_end_matches(' ')),
            _ => {}
        }
    }
    Some(text)
}

/// What a plain text on one line means.
pub fn plain(text: &str) -> Option<Value> {
    let mut bytes = text.bytes();
    let first = bytes.next()?;
    match first {
        b'0'..=b'9' | b'+' | b'.' => number(text),
        b'-' if bytes.next().is_some_and(|next| next.is_ascii_alphanumeric()) => number(text),
        b'~' | b'n' | b'N' if matches!(text, "~" | "null" | "Null" | "NULL") => Some(Value::Null),
        b't' | b'T' if matches!(text, "true" | "True" | "TRUE") => Some(Value::Bool(true)),
        b'f' | b'F' if matches!(text, "false" | "False" | "FALSE") => Some(Value::Bool(false)),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'~' | b'/' | b'(' | b'$' | 0x80.. => {
            Some(Value::Text(text.to_owned()))
        }
        _ => None,
    }
}

/// A text that begins as a number does.
fn number(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    // In these a number may be written with other digits.
    if let Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B') = unsigned.bytes().nth(1) {
        return None;
    }
    let has_leading_zero =
        unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    // Text such as `1e999` is no number here, nor is `inf`.
    let is_number = !has_leading_zero && text.parse().is_ok_and(f64::is_finite);
    Some(if is_number { Value::Number(text.to_owned()) } else { Value::Text(text.to_owned()) })
}

/// A text in quotation marks, and what follows the closing one.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mark = char::from(*text.as_bytes().first()?);
    let inside = &text[1..];
    let end = inside.find([mark, '\\'])?;
    let (value, rest) = match (mark, &inside[end..]) {
        ('\'', rest) if rest.starts_with("''") || rest.starts_with('\\') => single_quoted(inside)?,
        (_, rest) if rest.starts_with('\\') => double_quoted(inside)?,
        (_, rest) => (inside[..end].to_owned(), &rest[1..]),
    };
    // The library takes these for numbers too large, in whatever marks.
    (!matches!(value.as_str(), ".inf" | "-.inf" | ".nan")).then_some((value, rest))
}

/// Behind an opening `'`: a mark within the text is doubled.
fn single_quoted(inside: &str) -> Option<(String, &str)> {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside;
    loop {
        let (before, after) = rest.split_once('\'')?;
        value.push_str(before);
        let Some(further) = after.strip_prefix('\'') else { return Some((value, after)) };
        value.push('\'');
        rest = further;
    }
}

/// Behind an opening `"`: a backslash stands before marks and other backslashes. What else it may stand before is left
/// to the library.
fn double_quoted(inside: &str) -> Option<(String, &str)> {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside;
    loop {
        let end = rest.find(['"', '\\'])?;
        value.push_str(&rest[..end]);
        let after = &rest[end + 1..];
        if rest.as_bytes()[end] == b'"' {
            return Some((value, after));
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

/// The list whose opening bracket stands at `offset`, and what follows the closing one.
fn list<'t>(line: Line<'t>, offset: usize) -> Option<(Vec<Node>, &'t str)> {
    let mut items = Vec::new();
    let mut at = line.at(offset);
    let mut seen = offset;
    let mut rest = line.text[offset + 1..].trim_start_matches(' ');
    if let Some(behind) = rest.strip_prefix(']') {
        return Some((items, behind));
    }
    loop {
        let begin = line.text.len() - rest.len();
        let distance = line.text[seen..begin].chars().count();
        at.column = at.column.saturating_add(u32::try_from(distance).ok()?);
        seen = begin;
        let (value, behind) = item(rest)?;
        items.push(Node { value, at });
        let behind = behind.trim_start_matches(' ');
        match behind.bytes().next()? {
            b',' => rest = behind[1..].trim_start_matches(' '),
            b']' => return Some((items, &behind[1..])),
            _ => return None,
        }
    }
}

/// An item of a list in brackets, and what follows it.
fn item(text: &str) -> Option<(Value, &str)> {
    if text.starts_with(['"', '\'']) {
        let (value, rest) = quoted(text)?;
        return Some((Value::Text(value), rest));
    }
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|byte| matches!(byte, b',' | b']'))?;
    for (at, byte) in bytes[..end].iter().enumerate() {
        match byte {
            b'[' | b'{' | b'}' => return None,
            b':' if !bytes[at + 1].is_ascii_alphanumeric() && bytes[at + 1] != b'/' => return None,
            b'#' if at == 0 || bytes[at - 1] == b' ' => return None,
            _ => {}
        }
    }
    Some((plain(text[..end].trim_end_matches(' '))?, &text[end..]))
}
