//! From the bytes of a source file to text: UTF-8, line feeds, only characters that a feed may hold.
//!
//! A saved page that is not UTF-8 says in its head which encoding it is in; it is decoded by that. Of
//! no other file an encoding is guessed.

use super::charset;
use super::markup::Markup;
use crate::diagnostic::{Code, Diagnostic, Lines, Location, Position};
use crate::text;
use std::borrow::Cow;

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
        Ok(text) => Cow::Borrowed(text),
        Err(error) => Cow::Owned(as_declared(path, bytes, error.valid_up_to())?),
    };
    if text::is_all_legal(&text) && !text.contains('\r') {
        return Ok(Decoded { text: text.into_owned(), removed: Vec::new() });
    }
    if let Some(offset) = text.find('\0') {
        return Err(not_text(path, bytes, offset));
    }
    // A line end of the C1 set, which readers take for an ellipsis.
    let text = text::line_feeds(&text).replace('\u{85}', "\n");
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

/// The text of a page in the encoding that it declares. The byte at `offset` is no UTF-8.
fn as_declared(path: &str, bytes: &[u8], offset: usize) -> Result<String, Diagnostic> {
    let is_html = Markup::of(path).is_some_and(|(markup, _)| markup == Markup::Html);
    let declared = if is_html { charset::declared(bytes) } else { None };
    let fault = || not_text(path, bytes, offset);
    let Some(declared) = declared else { return Err(fault()) };
    let message = |why: &str| {
        let byte = bytes.get(offset).copied().unwrap_or_default();
        format!("byte {byte:#04x} is not UTF-8, and the page declares `{}`, {why}", declared.label)
    };
    let faulty = |why: &str| Diagnostic { message: message(why), ..fault() };
    if bytes.contains(&0) {
        return Err(fault());
    }
    let Some(encoding) = declared.encoding else { return Err(faulty("which is no encoding known here")) };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(Cow::into_owned).ok_or_else(|| faulty("which it is not either"))
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
    fn a_page_in_the_encoding_that_it_declares() {
        let (ferry, ..) = encoding_rs::WINDOWS_1251.encode("<p>\nПаром\u{a0}вернулся");
        let page = |head: &str| [head.as_bytes(), &ferry].concat();
        let text = |path: &str, bytes: &[u8]| decode(path, bytes).map(|decoded| decoded.text);
        let declared = "<html><META charset='Windows-1251'>";
        assert_eq!(text("a.html", &page(declared)).ok(), Some(format!("{declared}<p>\nПаром\u{a0}вернулся")));
        let said = |path: &str, bytes: &[u8]| text(path, bytes).err().map(|fault| fault.message);
        let fault = |path: &str, head: &str| said(path, &page(head)).unwrap_or_default();
        assert!(fault("a.md", declared).contains("byte 0xcf is not UTF-8"), "no page");
        assert!(fault("a.html", "<html>").contains("byte 0xcf is not UTF-8"));
        assert!(
            fault("a.html", "<meta charset=utf-8>")
                .contains("the page declares `utf-8`, which it is not either")
        );
        assert!(
            fault("a.html", "<meta charset=tide>").contains("the page declares `tide`, which is no encoding")
        );
        assert_eq!(
            text("a.html", "<meta charset=windows-1251>Паром".as_bytes()).ok().as_deref(),
            Some("<meta charset=windows-1251>Паром")
        );
    }

    #[test]
    fn lines_end_alike_and_forbidden_characters_go() {
        let decoded = decode("a.md", b"a\r\nb\rc\x08d\x0b").unwrap_or_else(|_| panic!());
        assert_eq!(decoded.text, "a\nb\ncd");
        let first = Removed { character: '\u{8}', at: Position { line: 3, column: 2 } };
        assert_eq!((decoded.removed.len(), decoded.removed[0]), (2, first));
    }
}
