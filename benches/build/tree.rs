//! Makes the newsroom to build: a settings file and as many articles as asked for, the same on every machine.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use crate::feeds::ENTRY_LIMIT;
use crate::prose::{Dice, Language};

const SETTINGS: &str = r#"[site]
url = "https://bench.example/"
title = { en = "The Harbour Post", ru = "Портовые вести" }

[editions.en]
name = "English"
[editions.ru]
name = "Русский"

[sections.news]
title = { en = "News", ru = "Новости" }
[sections.reports]
title = { en = "Reports", ru = "Репортажи" }
[sections.analytics]
title = { en = "Analytics", ru = "Аналитика" }
[sections.investigations]
title = { en = "Investigations", ru = "Расследования" }
"#;

const SECTIONS: [&str; 4] = ["news", "reports", "analytics", "investigations"];
const SUBJECTS: [&str; 6] =
    ["harbour-ferry", "new-bridge", "city-budget", "school-roofs", "river-court", "winter-storm"];
const SEED: u64 = 2026;

const FIRST_YEAR: u64 = 2005;
const YEARS: u64 = 20;
/// Every month ends on the 28th here, so that dates need no calendar.
const DAYS_PER_MONTH: u64 = 28;
const SECONDS_PER_YEAR: u64 = 12 * DAYS_PER_MONTH * 24 * 60 * 60;

/// The tree on disk and what a right build shows of it.
pub struct Tree {
    pub site: PathBuf,
    pub articles: usize,
    pub size_bytes: u64,
    pub english_news: usize,
    /// The files that the main feed shows, newest first.
    newest: VecDeque<PathBuf>,
}

impl Tree {
    /// Writes the articles in the order of their dates, an English and a Russian one in turn. About half of these
    /// pairs are translations of each other.
    pub fn make(site: &Path, articles: usize) -> Result<Tree, String> {
        let mut tree = Tree {
            site: site.to_path_buf(),
            articles,
            size_bytes: 0,
            english_news: 0,
            newest: VecDeque::with_capacity(ENTRY_LIMIT + 1),
        };
        write(&site.join("feedmill.toml"), SETTINGS)?;
        let mut dice = Dice::new(SEED);
        let editions = [("en", Language::english()), ("ru", Language::russian())];
        for first in (0..articles).step_by(editions.len()) {
            let section = SECTIONS[first / editions.len() % SECTIONS.len()];
            let translation = dice.one_in(2).then(|| format!("story-{first}"));
            for (position, (edition, language)) in (first..articles).zip(&editions) {
                let published = Published::at(position, articles);
                let slug = format!("{}-{position}", dice.pick(&SUBJECTS));
                let text = article(&mut dice, language, &published, &slug, translation.as_deref());
                let folder = format!("articles/{edition}/{section}/{}", published.year);
                tree.add(site.join(folder).join(slug + ".md"), &text)?;
                tree.english_news += usize::from(*edition == "en" && section == "news");
            }
        }
        Ok(tree)
    }

    fn add(&mut self, path: PathBuf, text: &str) -> Result<(), String> {
        write(&path, text)?;
        self.size_bytes += text.len() as u64;
        self.newest.push_front(path);
        self.newest.truncate(ENTRY_LIMIT);
        Ok(())
    }

    /// Gives one of the newest articles, another one each round, a new title and returns the title.
    pub fn change_one(&self, round: usize) -> Result<String, String> {
        let path = &self.newest[round % self.newest.len()];
        let title = format!("Headline corrected in round {round}");
        let change = || {
            let text = fs::read_to_string(path)?;
            let (_, rest) = text.split_once("\npublished:").ok_or(io::ErrorKind::InvalidData)?;
            fs::write(path, format!("---\ntitle: \"{title}\"\npublished:{rest}"))
        };
        change().map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(title)
    }
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

fn article(
    dice: &mut Dice,
    language: &Language,
    published: &Published,
    slug: &str,
    translation: Option<&str>,
) -> String {
    let mut text = format!("---\ntitle: \"{}\"\npublished: {}\n", language.headline(dice), published.time());
    if dice.one_in(5) {
        text += &format!("updated: {}\n", published.end_of_hour());
    }
    text += "authors:\n";
    let author_count = 1 + dice.below(2);
    for author in dice.pick_some(&language.authors, author_count) {
        text += &format!("  - {author}\n");
    }
    text += &format!("tags: [{}]\n", dice.pick_some(&language.tags, 2).join(", "));
    text += &format!("summary: \"{}\"\n", language.sentences(dice, 1));
    if let Some(key) = translation {
        text += &format!("translation: {key}\n");
    }
    if dice.one_in(3) {
        text += &format!(
            "cover:\n  src: https://media.bench.example/{slug}.jpg\n  alt: \"{}\"\n  caption: \"{}\"\n  credit: {}\n",
            language.headline(dice),
            language.headline(dice),
            dice.pick(&language.authors),
        );
    }
    text += "---\n\n";
    let length_bytes = 4_900 + dice.below(3_400);
    text + &language.body(dice, length_bytes)
}

/// The moment an article was published.
struct Published {
    year: u64,
    second_of_year: u64,
}

impl Published {
    /// Articles come at even distances over all the years, so no two at once.
    fn at(position: usize, articles: usize) -> Published {
        let second = position as u64 * YEARS * SECONDS_PER_YEAR / articles as u64;
        Published { year: FIRST_YEAR + second / SECONDS_PER_YEAR, second_of_year: second % SECONDS_PER_YEAR }
    }

    fn time(&self) -> String {
        let second = self.second_of_year;
        format!("{}:{:02}:{:02}+02:00", self.hour(), second / 60 % 60, second % 60)
    }

    /// Near enough that an updated article keeps its place among the newest, by whichever date they are sorted.
    fn end_of_hour(&self) -> String {
        format!("{}:59:59+02:00", self.hour())
    }

    fn hour(&self) -> String {
        let hours = self.second_of_year / 3600;
        let days = hours / 24;
        format!(
            "{}-{:02}-{:02}T{:02}",
            self.year,
            1 + days / DAYS_PER_MONTH,
            1 + days % DAYS_PER_MONTH,
            hours % 24
        )
    }
}
