//! From the bytes of a source file to text: UTF-8, line feeds, only characters that a feed may hold.

use crate::diagnostic::{Code, Diagnostic, Lines, Location, Position};
use crate::text;

/// Text, and what was removed from it.
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The characters that no feed may hold, in order; of very many only the first.
    pub removed: Vec<Removed>,
}

/// A character that was removed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Removed {
    /// The character.
    pub character: char,
    /// Where it stood.
    pub at: Position,
}

/// Nobody reads a longer list.
const MOST_REMOVED: usize = 1000;

impl Removed {
    /// Says what was removed: the first of them with its place, and how many more.
    pub fn diagnostic(removed: &[Removed], path: &str) -> Option<Diagnostic> {
        let first = removed.first()?;
        let others =
            if removed.len() > 1 { format!(" and {} more", removed.len() - 1) } else { String::new() };
        let message =
            format!("U+{:04X}{others} may not stand in a feed and was left out", first.character as u32);
        let fault = Diagnostic::new(Code::IllegalCharacter, Location::new(path, first.at), message);
        Some(fault.help("delete it; it is invisible, and mostly pasted with text from a word processor"))
    }
}

/// Decodes a file, or its front matter.
///
/// # Errors
/// `nul-byte` and `not-utf8`.
pub fn decode(path: &str, bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_text(path, bytes, error.valid_up_to())),
    };
    if let Some(offset) = text.find('\0') {
        return Err(not_text(path, bytes, offset));
    }
    // A line end of the C1 set, which readers take for an ellipsis.
    let text = text::line_feeds(text).replace('\u{85}', "\n");
    let illegal = text.char_indices().filter(|&(_, character)| !text::is_legal(character));
    let mut removed = illegal.take(MOST_REMOVED).peekable();
    let removed: Vec<Removed> = if removed.peek().is_some() {
        let lines = Lines::of(&text);
        removed.map(|(offset, character)| Removed { character, at: lines.position(offset) }).collect()
    } else {
        Vec::new()
    };
    let text = if removed.is_empty() { text } else { text::legal(&text).into_owned() };
    Ok(Decoded { text, removed })
}

fn not_text(path: &str, bytes: &[u8], offset: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(&bytes[..offset]);
    let location = Location::new(path, Position::of_offset(&before, before.len()));
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if is_utf16 {
        return Diagnostic::new(Code::NotUtf8, location, "the file is UTF-16, expected UTF-8")
            .help("save the file as UTF-8");
    }
    match bytes.get(offset) {
        Some(0) => Diagnostic::new(Code::NulByte, location, "the file holds a NUL byte, so it is no text")
            .help("is this really an article? write it anew or move it away"),
        byte => {
            let byte = byte.copied().unwrap_or_default();
            Diagnostic::new(Code::NotUtf8, location, format!("byte {byte:#04x} is not UTF-8"))
                .help("save the file as UTF-8")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_have_places() {
        let fault =
            |bytes: &[u8]| decode("a.md", bytes).err().map(|fault| (fault.code, fault.location.position));
        assert_eq!(fault("Мост".as_bytes()), None);
        assert_eq!(fault(b"one\ntw\xff"), Some((Code::NotUtf8, Position { line: 2, column: 3 })));
        assert_eq!(fault(b"one\0"), Some((Code::NulByte, Position { line: 1, column: 4 })));
        assert_eq!(fault(b"\xff\xfea\0"), Some((Code::NotUtf8, Position::START)));
    }

    #[test]
    fn lines_end_alike_and_forbidden_characters_go() {
        let decoded = decode("a.md", b"a\r\nb\rc\x08d\x0b").unwrap_or_else(|_| panic!());
        assert_eq!(decoded.text, "a\nb\ncd");
        let first = Removed { character: '\u{8}', at: Position { line: 3, column: 2 } };
        assert_eq!((decoded.removed.len(), decoded.removed[0]), (2, first));
    }
}
