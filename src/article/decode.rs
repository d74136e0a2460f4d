//! From the bytes of a source file to text: UTF-8, line feeds, only characters that a feed may hold.

use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::text;
use std::borrow::Cow;

/// Text, and the first character that had to go.
pub struct Decoded {
    /// The text.
    pub text: String,
    /// How many characters were removed, and the first of them with its place.
    pub removed: Option<(usize, char, Position)>,
}

/// Decodes a file, or its beginning when `is_cut`: then a character cut in half at the end is no
/// fault.
///
/// # Errors
/// `nul-byte` and `not-utf8`.
pub fn decode(path: &str, bytes: &[u8], is_cut: bool) -> Result<Decoded, Diagnostic> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if is_cut && error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(error) => return Err(not_text(path, bytes, error.valid_up_to())),
    };
    if let Some(offset) = text.find('\0') {
        return Err(not_text(path, bytes, offset));
    }
    let removed =
        text.char_indices().find(|&(_, character)| !text::is_legal(character)).map(|(offset, character)| {
            let count = text.chars().filter(|&character| !text::is_legal(character)).count();
            (count, character, Position::of_offset(text, offset))
        });
    let legal = text::legal(text);
    let text = if legal.contains('\r') {
        legal.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        Cow::into_owned(legal)
    };
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
        let fault = |bytes: &[u8]| {
            decode("a.md", bytes, false).err().map(|fault| (fault.code, fault.location.position))
        };
        assert_eq!(fault("Мост".as_bytes()), None);
        assert_eq!(fault(b"one\ntw\xff"), Some((Code::NotUtf8, Position { line: 2, column: 3 })));
        assert_eq!(fault(b"one\0"), Some((Code::NulByte, Position { line: 1, column: 4 })));
        assert_eq!(fault(b"\xff\xfea\0"), Some((Code::NotUtf8, Position::START)));
    }

    #[test]
    fn a_cut_character_is_a_fault_only_in_a_whole_file() {
        let cut = &"Мост".as_bytes()[..7];
        assert_eq!(decode("a.md", cut, true).map(|decoded| decoded.text).ok().as_deref(), Some("Мос"));
        assert!(decode("a.md", cut, false).is_err());
    }

    #[test]
    fn lines_end_alike_and_forbidden_characters_go() {
        let decoded = decode("a.md", b"a\r\nb\rc\x08d\x0b", false).unwrap_or_else(|_| panic!());
        assert_eq!(decoded.text, "a\nb\ncd");
        assert_eq!(decoded.removed, Some((2, '\u{8}', Position { line: 2, column: 4 })));
    }
}
