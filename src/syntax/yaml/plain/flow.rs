//! Lists and maps in brackets that end on the line on which they begin: `[harbour, ferry]`, `{ lat: 57.2, lon: 20.1 }`.

use super::super::super::{Key, Map, Node, Value};
use super::scalar::{self, key, quoted};
use super::{DEEPEST, Line};
use crate::diagnostic::Position;

/// The list or map whose opening bracket stands at `offset`, and what follows the closing one.
pub fn read<'t>(line: Line<'t>, offset: usize) -> Option<(Value<'t>, &'t str)> {
    let mut flow = Flow { rest: &line.text[offset..], at: line.at(offset) };
    let value = flow.collection(DEEPEST)?;
    Some((value, flow.rest))
}

/// What is still to be read of a line, and where it begins.
struct Flow<'t> {
    rest: &'t str,
    at: Position,
}

impl<'t> Flow<'t> {
    fn collection(&mut self, depth: usize) -> Option<Value<'t>> {
        let depth = depth.checked_sub(1)?;
        let is_map = self.rest.starts_with('{');
        let closing = if is_map { b'}' } else { b']' };
        let mut items = Vec::new();
        let mut entries = Vec::new();
        self.skip(1);
        let mut next = self.next();
        while next != Some(closing) {
            if is_map {
                let name = key(self.rest)?;
                let key = Key { name: name.into(), at: self.at };
                self.skip(name.len() + 1);
                entries.push((key, self.node(depth)?));
            } else {
                items.push(self.node(depth)?);
            }
            next = match self.next()? {
                b',' => {
                    self.skip(1);
                    // A comma with nothing behind it is left to the library.
                    Some(self.next().filter(|next| *next != closing)?)
                }
                end => (end == closing).then_some(Some(end))?,
            };
        }
        self.skip(1);
        Some(if is_map { Value::Map(Map { entries }) } else { Value::List(items) })
    }

    fn node(&mut self, depth: usize) -> Option<Node<'t>> {
        let first = self.next()?;
        let at = self.at;
        let value = match first {
            b'[' | b'{' => self.collection(depth)?,
            b'"' | b'\'' => {
                let (text, behind) = quoted(self.rest)?;
                self.skip(self.rest.len() - behind.len());
                Value::Text(text)
            }
            _ => {
                let text = plain(self.rest)?;
                self.skip(text.len());
                scalar::plain(text)?
            }
        };
        Some(Node { value, at })
    }

    /// The next byte that is no blank.
    fn next(&mut self) -> Option<u8> {
        while self.rest.starts_with(' ') {
            self.skip(1);
        }
        self.rest.bytes().next()
    }

    fn skip(&mut self, bytes: usize) {
        let (skipped, rest) = self.rest.split_at(bytes);
        // Those that go on do not count.
        let characters = skipped.bytes().filter(|byte| !(0x80..0xc0).contains(byte)).count();
        self.at.column = self.at.column.saturating_add(u32::try_from(characters).unwrap_or(u32::MAX));
        self.rest = rest;
    }
}

/// The plain text that `rest` begins with. `None` where a colon or a number sign may mean something.
fn plain(rest: &str) -> Option<&str> {
    let bytes = rest.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b',' | b']' | b'}' => return Some(rest[..at].trim_ascii_end()),
            b'[' | b'{' => return None,
            b':' if !bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'/') => {
                return None;
            }
            b'#' if at == 0 || bytes[at - 1] == b' ' => return None,
            _ => {}
        }
    }
    None
}
