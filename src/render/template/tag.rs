//! Where a tag ends, found in linear time however many begin and never end.

use super::expander::Expander;

/// Nobody writes longer tags.
const LONGEST: usize = 10_000;

impl<'a> Expander<'a> {
    /// The next `needle` at or after `from`. Callers ask for ever later places, so that a body is
    /// searched once, however often it is asked for.
    pub fn ahead(&mut self, needle: &'static str, from: usize) -> Option<usize> {
        match self.ahead.get(needle) {
            Some(None) => None,
            Some(Some(known)) if *known >= from => Some(*known),
            _ => {
                let found = self.source.get(from..).and_then(|rest| rest.find(needle)).map(|at| from + at);
                self.ahead.insert(needle, found);
                found
            }
        }
    }

    /// What stands between an opening of `open` bytes here and `close`, and where that ends. No blank
    /// line and no other opening stands in a tag, unless in quotes.
    pub fn tag(&mut self, open: usize, close: &'static str) -> Option<(&'a str, usize)> {
        let start = self.at + open;
        let nearest = self.ahead(close, start)?;
        if nearest - start > LONGEST {
            return None;
        }
        let end = end_of_tag(self.source, start, close, true)
            .or_else(|| end_of_tag(self.source, start, close, false))?;
        Some((&self.source[start..end], end + close.len()))
    }
}

/// Where a tag ends whose content begins at `start`.
fn end_of_tag(source: &str, start: usize, close: &str, minds_quotes: bool) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut quote = None;
    let mut at = start;
    let limit = bytes.len().min(start + LONGEST);
    while at < limit {
        let rest = &bytes[at..];
        match (quote, bytes[at]) {
            (Some(open), b'\\') if open != b'`' => at += 1,
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, _) if rest.starts_with(close.as_bytes()) => return Some(at),
            (None, b'{') if rest.starts_with(b"{{") || rest.starts_with(b"{%") => return None,
            (None, b'\n') if is_blank_line(&rest[1..]) => return None,
            (None, byte @ (b'"' | b'`')) if minds_quotes => quote = Some(byte),
            // Within a word it is an apostrophe.
            (None, b'\'') if minds_quotes && !bytes[at - 1].is_ascii_alphanumeric() => quote = Some(b'\''),
            _ => {}
        }
        at += 1;
    }
    None
}

fn is_blank_line(text: &[u8]) -> bool {
    let blanks = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    text.get(blanks) == Some(&b'\n')
}
