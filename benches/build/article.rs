//! The text of one article: front matter and body of 5 to 10 kB, and the moment it was published.

use crate::prose::{Dice, Language};

/// What an article of the tree is about, beside what the dice say.
pub struct Subject<'a> {
    pub language: &'a Language,
    pub published: &'a Published,
    pub slug: &'a str,
    /// What its translations have as well.
    pub translation: Option<&'a str>,
    pub tags: usize,
}

/// An article as it lies on the disk, and the names in it that feeds are made of.
pub struct Written {
    pub text: String,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
}

pub fn write(dice: &mut Dice, subject: &Subject) -> Written {
    let Subject { language, published, slug, .. } = subject;
    let mut text = format!("---\ntitle: \"{}\"\npublished: {}\n", language.headline(dice), published.time());
    if dice.one_in(5) {
        text += &format!("updated: {}\n", published.end_of_hour());
    }
    text += "authors:\n";
    let author_count = 1 + dice.below(2);
    let authors = names(dice.pick_some(&language.authors, author_count));
    for author in &authors {
        text += &format!("  - {author}\n");
    }
    let tags = names(dice.pick_some(&language.tags, subject.tags));
    text += &format!("tags: [{}]\n", tags.join(", "));
    text += &format!("summary: \"{}\"\n", language.sentences(dice, 1));
    if let Some(key) = subject.translation {
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
    text += &language.body(dice, length_bytes);
    Written { text, authors, tags }
}

fn names(picked: Vec<&String>) -> Vec<String> {
    picked.into_iter().cloned().collect()
}

/// The same article with another title.
pub fn retitled(text: &str, title: &str) -> Option<String> {
    let (_, rest) = text.split_once("\npublished:")?;
    Some(format!("---\ntitle: \"{title}\"\npublished:{rest}"))
}

pub fn title(text: &str) -> Option<&str> {
    text.strip_prefix("---\ntitle: \"")?.split_once("\"\n").map(|(title, _)| title)
}

const FIRST_YEAR: u64 = 2005;
const YEARS: u64 = 20;
/// Every month ends on the 28th here, so that dates need no calendar.
const DAYS_PER_MONTH: u64 = 28;
const SECONDS_PER_YEAR: u64 = 12 * DAYS_PER_MONTH * 24 * 60 * 60;

/// The moment an article was published.
pub struct Published {
    pub year: u64,
    second_of_year: u64,
}

impl Published {
    /// Articles come at even distances over all the years, so no two at once.
    pub fn at(position: usize, articles: usize) -> Published {
        let second = position as u64 * YEARS * SECONDS_PER_YEAR / articles as u64;
        Published { year: FIRST_YEAR + second / SECONDS_PER_YEAR, second_of_year: second % SECONDS_PER_YEAR }
    }

    /// Later than all of these, an hour for each number.
    pub fn after_all(number: usize) -> Published {
        Published { year: FIRST_YEAR + YEARS, second_of_year: 3600 * number as u64 }
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
