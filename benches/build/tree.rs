//! Makes the newsroom to build: a settings file and as many articles as asked for, the same on every machine.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};

use crate::article::{self, Published, Subject};
use crate::change::Undo;
use crate::feeds::ENTRY_LIMIT;
use crate::prose::Dice;
use crate::shape::Shape;

const SUBJECTS: [&str; 6] =
    ["harbour-ferry", "new-bridge", "city-budget", "school-roofs", "river-court", "winter-storm"];
const SEED: u64 = 2026;
/// How many articles from all over the archive are remembered, to be changed together.
const SCATTERED: usize = 90;

/// The tree on disk and what a right build shows of it.
///
/// A few articles are remembered and none is kept: the benchmark has to stay smaller than what it measures.
pub struct Tree {
    pub site: PathBuf,
    pub shape: Shape,
    pub articles: usize,
    pub size_bytes: u64,
    /// How many articles there are for each feed, by its folder below `feeds/`.
    pub in_feeds: BTreeMap<String, usize>,
    /// What the feed of everything shows, newest first.
    pub newest: VecDeque<Piece>,
    /// Older articles, at even distances.
    pub scattered: Vec<PathBuf>,
    /// When any of its files was changed last.
    pub changed_at: Instant,
    pub undo: Undo,
}

/// An article that changes in the rounds.
pub struct Piece {
    pub path: PathBuf,
    /// The folders of the feeds that it is for.
    pub feeds: Vec<String>,
    /// Those of its translations, which name it.
    pub feeds_of_translations: Vec<String>,
}

impl Tree {
    /// Writes the articles in the order of their dates, one of each edition in turn.
    pub fn make(site: &Path, shape: Shape, articles: usize) -> Result<Tree, String> {
        let mut tree = Tree {
            site: site.to_path_buf(),
            shape,
            articles,
            size_bytes: 0,
            in_feeds: BTreeMap::new(),
            newest: VecDeque::with_capacity(ENTRY_LIMIT + 1),
            scattered: Vec::new(),
            changed_at: Instant::now(),
            undo: Undo::default(),
        };
        write(&site.join("feedmill.toml"), &tree.shape.settings)?;
        let mut dice = Dice::new(SEED);
        let (editions, sections) = (tree.shape.editions.len(), tree.shape.sections.len());
        for first in (0..articles).step_by(editions) {
            let section = tree.shape.sections[first / editions % sections];
            let is_translated = tree.shape.is_translated && dice.one_in(2);
            let translation = is_translated.then(|| format!("story-{first}"));
            for position in first..articles.min(first + editions) {
                let published = Published::at(position, articles);
                let slug = format!("{}-{position}", dice.pick(&SUBJECTS));
                tree.add(&mut dice, position, section, &published, &slug, translation.as_deref())?;
            }
        }
        tree.changed_at = Instant::now();
        Ok(tree)
    }

    fn add(
        &mut self,
        dice: &mut Dice,
        position: usize,
        section: &str,
        published: &Published,
        slug: &str,
        translation: Option<&str>,
    ) -> Result<(), String> {
        let (edition, language) = &self.shape.editions[position % self.shape.editions.len()];
        let tags = self.shape.tags_per_article;
        let written = article::write(dice, &Subject { language, published, slug, translation, tags });
        let path = self.site.join(format!("articles/{edition}/{section}/{}/{slug}.md", published.year));
        write(&path, &written.text)?;

        let mut feeds = feeds_of(edition, section);
        if self.shape.has_feeds_of_people_and_tags {
            feeds.extend(written.authors.iter().map(|name| format!("authors/{}", folder(name))));
            feeds.extend(written.tags.iter().map(|name| format!("tags/{}", folder(name))));
        }
        for feed in &feeds {
            *self.in_feeds.entry(feed.clone()).or_default() += 1;
        }
        let others =
            self.shape.editions.iter().filter(|(other, _)| other != edition && translation.is_some());
        let feeds_of_translations = others.flat_map(|(other, _)| feeds_of(other, section)).collect();

        self.size_bytes += written.text.len() as u64;
        let distance = self.articles.div_ceil(SCATTERED);
        if position.is_multiple_of(distance) && position + ENTRY_LIMIT < self.articles {
            self.scattered.push(path.clone());
        }
        self.newest.push_front(Piece { path, feeds, feeds_of_translations });
        self.newest.truncate(ENTRY_LIMIT);
        Ok(())
    }
}

/// The feeds of everything, an edition, a section and a section of an edition.
pub fn feeds_of(edition: &str, section: &str) -> Vec<String> {
    vec![String::new(), edition.to_owned(), section.to_owned(), format!("{edition}/{section}")]
}

/// How the names of the authors and tags here are spelled in a path.
fn folder(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// Writes a file of the archive: one that is old, not one that was saved a moment before the build.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        let mut file = File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1_735_689_600))
    };
    write().map_err(|error: io::Error| format!("{}: {error}", path.display()))
}
