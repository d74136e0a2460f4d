//! What happens to the articles between two builds, and what that means for the feeds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::article::{self, Published, Subject};
use crate::prose::Dice;
use crate::tree::{Tree, feeds_of};

const NEW_SECTION: &str = "monuments";
pub const NEW_ARTICLES: usize = 20;
/// How many of a hundred changed articles are among the newest, so that feeds show them.
const NEWEST_OF_A_HUNDRED: usize = 10;

/// What must be seen in the feeds after a change of articles. Feeds are named by their folders.
#[derive(Default)]
pub struct Change {
    /// Titles that the feed of everything shows now.
    pub shown: Vec<String>,
    /// Titles that none of the feeds that must change shows any longer.
    pub gone: Vec<String>,
    pub must_change: BTreeSet<String>,
    /// These and those that must change, and no others; `None` where any feed may show something of it.
    pub may_change: Option<BTreeSet<String>>,
}

/// What is undone before the next round.
#[derive(Default)]
pub struct Undo {
    deleted: Option<(PathBuf, String, Vec<String>)>,
    added: Vec<(PathBuf, Vec<String>)>,
}

impl Tree {
    /// Gives one of the newest articles, another one each round, a new title.
    pub fn change_one(&mut self, round: usize) -> Result<Change, String> {
        let piece = &self.newest[round % self.newest.len()];
        let title = format!("Headline corrected in round {round}");
        retitle(&piece.path, &title)?;
        let change = Change {
            shown: vec![title],
            must_change: piece.feeds.iter().cloned().collect(),
            may_change: Some(piece.feeds_of_translations.iter().cloned().collect()),
            ..Change::default()
        };
        self.changed_at = Instant::now();
        Ok(change)
    }

    /// Gives a hundred articles new titles: the newest, and others from all over the archive.
    pub fn change_hundred(&mut self, round: usize) -> Result<Change, String> {
        let mut change = Change::default();
        let title = |number| format!("Headline {number} corrected with others in round {round}");
        let standing = self.newest.iter().filter(|piece| piece.path.exists());
        for (number, piece) in standing.take(NEWEST_OF_A_HUNDRED).enumerate() {
            retitle(&piece.path, &title(number))?;
            change.shown.push(title(number));
            change.must_change.extend(piece.feeds.iter().cloned());
        }
        for (number, path) in self.scattered.iter().enumerate() {
            retitle(path, &title(NEWEST_OF_A_HUNDRED + number))?;
        }
        self.changed_at = Instant::now();
        Ok(change)
    }

    /// Deletes one of the newest articles, another one each round and never the one that was just changed. It is one
    /// without translations: feedmill would warn of those that are left.
    pub fn delete_one(&mut self, round: usize) -> Result<Change, String> {
        let others = (1..self.newest.len()).map(|step| &self.newest[(round + step) % self.newest.len()]);
        let mut untranslated = others.filter(|piece| piece.feeds_of_translations.is_empty());
        let piece = untranslated.next().ok_or("every new article has translations")?;
        let text = read(&piece.path)?;
        let title = article::title(&text).ok_or_else(|| no_article(&piece.path))?.to_owned();
        fs::remove_file(&piece.path).map_err(|error| format!("{}: {error}", piece.path.display()))?;
        let change = Change {
            gone: vec![title],
            must_change: piece.feeds.iter().cloned().collect(),
            may_change: Some(BTreeSet::new()),
            ..Change::default()
        };
        let (path, feeds) = (piece.path.clone(), piece.feeds.clone());
        self.count(&feeds, |count| count - 1);
        self.undo.deleted = Some((path, text, feeds));
        self.changed_at = Instant::now();
        Ok(change)
    }

    /// Twenty articles, newer than all others, in a section that was not there.
    pub fn open_section(&mut self, round: usize) -> Result<Change, String> {
        let mut change = Change { may_change: Some(BTreeSet::new()), ..Change::default() };
        let mut dice = Dice::new(round as u64);
        for number in 0..NEW_ARTICLES {
            let (edition, language) = &self.shape.editions[number % self.shape.editions.len()];
            let (published, slug) = (Published::after_all(number), format!("monument-{number}"));
            let tags = self.shape.tags_per_article;
            let subject = Subject { language, published: &published, slug: &slug, translation: None, tags };
            let title = format!("Monument {number} unveiled in round {round}");
            let text = article::retitled(&article::write(&mut dice, &subject).text, &title);
            let path = self.site.join(format!("articles/{edition}/{NEW_SECTION}/{slug}.md"));
            let feeds = feeds_of(edition, NEW_SECTION);
            write(&path, &text.ok_or_else(|| no_article(&path))?)?;
            change.shown.push(title);
            change.must_change.extend(feeds.iter().cloned());
            self.count(&feeds, |count| count + 1);
            self.undo.added.push((path, feeds));
        }
        self.changed_at = Instant::now();
        Ok(change)
    }

    /// Puts back what was deleted and takes away what was added. New titles stay.
    pub fn restore(&mut self) -> Result<(), String> {
        let Undo { deleted, added } = std::mem::take(&mut self.undo);
        if let Some((path, text, feeds)) = deleted {
            write(&path, &text)?;
            self.count(&feeds, |count| count + 1);
        }
        for (path, feeds) in added {
            fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            self.count(&feeds, |count| count - 1);
        }
        self.changed_at = Instant::now();
        Ok(())
    }

    fn count(&mut self, feeds: &[String], change: impl Fn(usize) -> usize) {
        for feed in feeds {
            let count = self.in_feeds.entry(feed.clone()).or_default();
            *count = change(*count);
        }
        self.in_feeds.retain(|_, count| *count > 0);
    }
}

fn retitle(path: &Path, title: &str) -> Result<(), String> {
    let text = article::retitled(&read(path)?, title).ok_or_else(|| no_article(path))?;
    write(path, &text)
}

fn no_article(path: &Path) -> String {
    format!("{}: not as the benchmark wrote it", path.display())
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
