//! What holds for the front matter of any bytes: no panic, the head of a file says what the whole file
//! says, and faults are told at places that the file has.

use super::{ENDINGS, read_settings};
use feedmill::article::{Outcome, decode, full_head, head, whole};
use feedmill::diagnostic::Diagnostic;
use feedmill::newsroom::{Extent, HEAD_BYTES, Listing, Newsroom};
use feedmill::settings::Settings;
use std::io;
use std::sync::LazyLock;

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    read_settings("[site]\nurl = 'https://post.example/'\ntimezone = 'Europe/Riga'\n[sections.news]\n")
});

/// Reads the front matter of a file with these bytes, alone and with more after it.
pub fn hold(bytes: &[u8]) {
    hold_for(bytes);
    if let Some(longer) = cut_within(bytes) {
        hold_for(&longer);
    }
    hold_for(&[bytes, &b"\nSo it went on."[..], &[b'.'; HEAD_BYTES]].concat());
}

/// The same with a comment, so long that the head of the file ends where the bytes had their middle.
fn cut_within(bytes: &[u8]) -> Option<Vec<u8>> {
    let first_line = bytes.iter().position(|&byte| byte == b'\n')? + 1;
    let (fence, rest) = bytes.split_at(first_line);
    let padding = HEAD_BYTES.checked_sub(fence.len() + rest.len() / 2 + 2)?;
    Some([fence, b"#", &vec![b'x'; padding], b"\n", rest].concat())
}

fn hold_for(bytes: &[u8]) {
    for ending in ENDINGS {
        let path = format!("en/news/2026-11-20-any.{ending}");
        let newsroom = OneFile(bytes);
        let from_head = full_head(&path, &newsroom, &SETTINGS);
        let faults = |read: Result<(Outcome, Vec<Diagnostic>), _>| read.map(|(_, faults)| faults);
        let for_card = head(&path, &newsroom, &SETTINGS);
        assert_eq!(faults(for_card), faults(from_head.clone()), "{path}: it depends on what is asked");
        // What is no text further down is the business of those who show it.
        let Ok(decoded) = decode::decode(&path, bytes) else { continue };
        let from_whole = whole(&path, &newsroom, &SETTINGS);
        let found = match (&from_head, &from_whole) {
            (Ok((outcome, found)), Ok(whole)) => {
                assert_eq!(*outcome, whole.outcome, "{path}: the head says something else");
                let lines_above = whole.body_at.line - 1;
                let lines = count_lines(&decoded.text);
                assert!(lines_above + count_lines(&whole.body) <= lines, "{path}: where the body begins");
                let is_told = *outcome != Outcome::Faulty || !found.is_empty();
                assert!(is_told, "{path}: left out without a word");
                let again = found.iter().find(|found| whole.diagnostics.contains(found));
                assert_eq!(again, None, "{path}: told twice");
                found.iter().chain(&whole.diagnostics).collect::<Vec<_>>()
            }
            (Err(found), Err(again)) => {
                assert_eq!(found, again, "{path}: the head has other faults");
                assert!(!found.is_empty(), "{path}: left out without a word");
                found.iter().collect()
            }
            (Ok(_), Err(found)) => {
                panic!("{path}: the whole file has faults that its head has not: {found:#?}")
            }
            (Err(found), Ok(_)) => {
                panic!("{path}: the head has faults that the whole file has not: {found:#?}")
            }
        };
        found.into_iter().for_each(|found| lies_within(found, &path, bytes, &decoded.text));
    }
}

fn count_lines(text: &str) -> u32 {
    u32::try_from(text.split('\n').count()).expect("few lines")
}

/// A fault may stand at the end of a line, or of the file.
fn lies_within(found: &Diagnostic, path: &str, bytes: &[u8], decoded: &str) {
    let places = found.related.iter().map(|(_, location)| location).chain([&found.location]);
    for location in places.filter(|location| location.path == path) {
        let (line, column) = (location.position.line as usize, location.position.column as usize);
        // Characters that had to be removed have a place too.
        let text = String::from_utf8_lossy(bytes);
        let reaches = |text: &str| {
            let ends = text.split('\n').nth(line - 1).map(|line| line.chars().count() + 1);
            line >= 1 && column >= 1 && ends.is_some_and(|end| column <= end)
        };
        assert!(reaches(decoded) || reaches(&text), "{location} is nowhere: {found:#?}");
    }
}

/// A newsroom of one file, which is read as a disk would.
struct OneFile<'a>(&'a [u8]);

impl Newsroom for OneFile<'_> {
    fn list(&self) -> Listing {
        Listing::default()
    }

    fn read(&self, _: &str, extent: Extent) -> io::Result<Vec<u8>> {
        Ok(match extent {
            Extent::Head => &self.0[..self.0.len().min(HEAD_BYTES)],
            Extent::Whole => self.0,
        }
        .to_vec())
    }
}
