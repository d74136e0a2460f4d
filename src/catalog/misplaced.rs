//! Files that cannot be read as articles and that nobody knows: each may be a known article under a new name.

use crate::article::bare_name;
use crate::ledger::EntryRecord;
use crate::newsroom::{Extent, Newsroom};
use std::collections::{BTreeSet, HashMap};

/// Such files, in the order of their paths.
#[derive(Debug, Default)]
pub struct Misplaced {
    files: Vec<Broken>,
    /// The files that have a line.
    by_line: HashMap<String, Vec<usize>>,
}

/// One of them.
#[derive(Debug)]
struct Broken {
    path: String,
    /// How it begins; empty where it says nothing.
    text: String,
    /// How many different lines it has.
    lines: usize,
}

/// More of them are no slip of one person, and each is looked at for each article that is gone.
const MOST_FILES: usize = 100;

impl Misplaced {
    /// Looks at these files.
    #[must_use]
    pub fn of(mut paths: Vec<String>, newsroom: &dyn Newsroom) -> Misplaced {
        paths.sort_unstable();
        paths.truncate(MOST_FILES);
        let mut misplaced = Misplaced::default();
        for path in paths {
            let text = newsroom.read(&path, Extent::Head).unwrap_or_default();
            let text = said(&text);
            let number = misplaced.files.len();
            let lines = lines(&text);
            misplaced.files.push(Broken { path, lines: lines.len(), text: text.clone() });
            for line in lines {
                misplaced.by_line.entry(line.to_owned()).or_default().push(number);
            }
        }
        misplaced
    }

    /// The file that may be this article, whose own file is gone: one of its name; one that holds the beginning
    /// of it, or mostly lines of it; one beside it that says nothing.
    #[must_use]
    pub fn may_be(&self, record: &EntryRecord, newsroom: &dyn Newsroom) -> Option<&str> {
        if self.files.is_empty() {
            return None;
        }
        let before = said(&newsroom.last_good(&record.path)?);
        let mut known = vec![0; self.files.len()];
        for line in lines(&before) {
            self.by_line.get(line).into_iter().flatten().for_each(|&number| known[number] += 1);
        }
        let is_it = |(number, file): &(usize, &Broken)| {
            let is_part = || before.starts_with(&file.text) || known[*number] * 2 >= file.lines;
            let looks_so = match file.text.is_empty() {
                true => folder(&file.path) == folder(&record.path),
                false => is_part(),
            };
            looks_so || bare_name(&file.path) == bare_name(&record.path)
        };
        self.files.iter().enumerate().find(is_it).map(|(_, file)| file.path.as_str())
    }
}

/// The text of a file; nothing where it holds no word.
fn said(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_end();
    if text.contains(char::is_alphanumeric) { text.to_owned() } else { String::new() }
}

/// Its lines with words in them, each once.
fn lines(text: &str) -> BTreeSet<&str> {
    text.lines().map(str::trim).filter(|line| line.contains(char::is_alphanumeric)).collect()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::IdSet;
    use crate::newsroom::MemoryNewsroom;

    const FERRY: &str = "---\ntitle: The ferry is late\npublished: 2026-11-20\n---\nBy an hour.\n";

    /// Is the ferry kept, whose file is gone, because of this broken one?
    fn is_kept(path: &str, text: &[u8]) -> bool {
        let mut newsroom = MemoryNewsroom::of([(path, text)]);
        newsroom.last_good.insert("en/news/ferry.md".to_owned(), FERRY.into());
        let record = EntryRecord {
            id: "tag:post.example,2026-11-20:en/ferry".to_owned(),
            path: "en/news/ferry.md".to_owned(),
            permalink: "https://post.example/ferry/".to_owned(),
            title: "The ferry is late".to_owned(),
            published: "2026-11-20T00:00:00Z".parse().unwrap(),
            updated: "2026-11-20T00:00:00Z".parse().unwrap(),
            edition: None,
            translation: None,
            body: None,
            seen: None,
            withdrawn: None,
            held: false,
            feeds: IdSet::default(),
        };
        let misplaced = Misplaced::of(vec![path.to_owned()], &newsroom);
        misplaced.may_be(&record, &newsroom).is_some()
    }

    #[test]
    fn by_name() {
        assert!(is_kept("en/reports/ferry.md", b"title: ["));
        assert!(is_kept("en/reports/ferry/index.md", b"title: ["));
        assert!(!is_kept("en/reports/bridge.md", b"title: ["));
    }

    #[test]
    fn by_what_it_says() {
        for length in 5..FERRY.len() {
            assert!(is_kept("en/reports/late.md", &FERRY.as_bytes()[..length]), "{length}");
        }
        let with_a_slip = FERRY.replace("published", "tags: [\npublished");
        assert!(is_kept("late.md", with_a_slip.as_bytes()));
        assert!(is_kept("late.md", format!("\u{feff}{FERRY}").replace('\n', "\r\n").as_bytes()));
        assert!(!is_kept("en/news/bridge.md", b"---\ntitle: [\npublished: 2026-11-20\n---\nIt opens.\n"));
    }

    #[test]
    fn what_says_nothing_only_beside_it() {
        for nothing in [&b""[..], b"\n\n", b"---\n", b"\0\0\0\0"] {
            assert!(is_kept("en/news/late.md", nothing), "{nothing:?}");
            assert!(!is_kept("en/reports/late.md", nothing), "{nothing:?}");
        }
    }
}
