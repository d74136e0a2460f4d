//! The lines that faults point into, read from their files when they are shown.

use feedmill::article::{LONGEST_BYTES, decode};
use feedmill::diagnostic::{Code, Location, Position};
use std::fs;
use std::path::{Path, PathBuf};

/// Reads lines; of the files it keeps the last one, for faults come file by file.
#[derive(Default)]
pub struct Source {
    last: Option<(PathBuf, Spelling, Option<Lines>)>,
}

/// How the positions of a fault were counted.
#[derive(Clone, Copy, PartialEq)]
enum Spelling {
    /// In the text that the core makes of an article.
    Decoded,
    /// In the bytes as they stand, with the controls that decoding takes out.
    Raw,
    /// As they stand, without a byte order mark.
    Settings,
}

struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Source {
    /// The line of a fault in this file, for people to read. `None` where there is none to show: the
    /// fault is about the file or the body as a whole, or the file cannot be read as text.
    pub fn line(&mut self, path: &Path, location: &Location, code: Code) -> Option<&str> {
        let is_about_the_whole = location.position == Position::START || code.is_about_old_feeds();
        if is_about_the_whole || is_about_the_body(code, location.position) {
            return None;
        }
        let spelling = match code {
            Code::IllegalCharacter | Code::NulByte => Spelling::Raw,
            _ if code.is_about_articles() => Spelling::Decoded,
            _ => Spelling::Settings,
        };
        let is_known =
            matches!(&self.last, Some((known, as_spelt, _)) if known == path && *as_spelt == spelling);
        if !is_known {
            self.last = Some((path.to_owned(), spelling, Lines::read(path, spelling)));
        }
        let (.., lines) = self.last.as_ref()?;
        lines.as_ref()?.get(location.position.line)
    }
}

/// What is wrong with a body as a whole has the place where it begins, and so has what was not found
/// in it.
fn is_about_the_body(code: Code, position: Position) -> bool {
    match code {
        Code::Removed | Code::TooDeep | Code::EmptyArticle => true,
        Code::BrokenLink | Code::IllegalCharacter => position.column == 1,
        _ => false,
    }
}

impl Lines {
    fn read(path: &Path, spelling: Spelling) -> Option<Lines> {
        let metadata = fs::metadata(path).ok()?;
        // A pipe would keep us waiting.
        if !metadata.is_file() || metadata.len() > LONGEST_BYTES as u64 {
            return None;
        }
        let bytes = fs::read(path).ok()?;
        let text = match spelling {
            Spelling::Decoded => decode::decode(&path.to_string_lossy(), &bytes).ok()?.text,
            Spelling::Raw => return Some(Lines::of(String::from_utf8(bytes).ok()?)),
            Spelling::Settings => String::from_utf8(bytes).ok()?,
        };
        Some(Lines::of(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }

    fn of(text: String) -> Lines {
        let after = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(offset, _)| offset + 1);
        Lines { starts: std::iter::once(0).chain(after).collect(), text }
    }

    fn get(&self, number: u32) -> Option<&str> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text.get(start..end)?;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn line(bytes: &[u8], line: u32, column: u32, code: Code) -> Option<String> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.md");
        fs::write(&path, bytes).unwrap();
        let location = Location::new("a.md", Position { line, column });
        Source::default().line(&path, &location, code).map(str::to_owned)
    }

    #[test]
    fn lines_are_those_of_the_core() {
        let bytes = "\u{feff}---\r\ntitle: a\rdate: \u{7}x\n---".as_bytes();
        assert_eq!(line(bytes, 3, 7, Code::BadDate).as_deref(), Some("date: x"));
        assert_eq!(line(bytes, 1, 2, Code::BadDate).as_deref(), Some("---"));
        assert_eq!(line(bytes, 9, 1, Code::BadDate), None);
        assert_eq!(line(b"a = 1\r\nb = 2\r\n", 2, 1, Code::BadSettings).as_deref(), Some("b = 2"));
        assert_eq!(line(b"x\na\x07b", 2, 2, Code::IllegalCharacter).as_deref(), Some("a\u{7}b"));
    }

    #[test]
    fn nothing_is_shown_of_what_is_no_text_and_of_whole_files_and_bodies() {
        assert_eq!(line(b"a\nb\xff", 2, 2, Code::NotUtf8), None);
        assert_eq!(line(b"a\nb", 1, 1, Code::MissingDate), None);
        assert_eq!(line(b"a\nb", 2, 1, Code::Removed), None);
        assert_eq!(line(&[b'a'; LONGEST_BYTES + 1], 1, 2, Code::BadDate), None);
        let location = Location::new("gone.md", Position { line: 2, column: 2 });
        assert_eq!(Source::default().line(Path::new("/nowhere/gone.md"), &location, Code::BadDate), None);
    }
}
