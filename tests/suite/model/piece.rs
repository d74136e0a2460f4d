//! A true article: what it is, whatever its file is called and however broken that is.

use chrono::{DateTime, SecondsFormat, Utc};
use std::fmt::Write;

/// What its author wants with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wish {
    Shown,
    Withdrawn,
    Draft,
}

/// What is wrong with its file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum File {
    Whole,
    Cut,
    Empty,
    Unreadable,
    Deleted,
}

#[derive(Clone, Debug)]
pub struct Piece {
    pub number: u8,
    pub edition: &'static str,
    pub section: &'static str,
    pub name: String,
    pub slug: Option<String>,
    pub published: DateTime<Utc>,
    pub titles: u32,
    pub texts: u32,
    /// Did its author give it an id?
    pub has_id: bool,
    /// When its author last said that it was changed.
    pub declared: Option<DateTime<Utc>>,
    pub translation: Option<u8>,
    pub expires: Option<DateTime<Utc>>,
    pub wish: Wish,
    pub file: File,
    /// Since a feed last showed it, is it in another place, or has it another date? Then its text stays what it
    /// was, or nobody could know it again.
    pub is_placed: bool,
    /// The folder in which a feed last showed it, if it is in another one.
    pub came_from: Option<String>,
    /// Since a feed last showed it, has it another text? Then its place stays.
    pub is_rewritten: bool,
    /// Did it ever have a time at which it goes?
    pub may_expire: bool,
}

impl Piece {
    pub fn new(number: u8, edition: &'static str, section: &'static str, published: DateTime<Utc>) -> Piece {
        Piece {
            number,
            edition,
            section,
            name: format!("story-{number}"),
            slug: None,
            published,
            titles: 0,
            texts: 0,
            has_id: false,
            declared: None,
            translation: None,
            expires: None,
            wish: Wish::Shown,
            file: File::Whole,
            is_placed: false,
            came_from: None,
            is_rewritten: false,
            may_expire: false,
        }
    }

    pub fn folder(&self) -> String {
        format!("{}/{}", self.edition, self.section)
    }

    pub fn path(&self) -> String {
        format!("{}/{}.md", self.folder(), self.name)
    }

    /// The word by which the tests know it, and which the program does not know of.
    pub fn marker(number: u8) -> String {
        format!("Zq{number:02}")
    }

    pub fn title(&self) -> String {
        format!("{} leaves the harbour, part {}", Piece::marker(self.number), self.titles)
    }

    pub fn tag(&self) -> String {
        format!("pier-{}", self.number % 2)
    }

    /// What its file holds when nothing is wrong with it.
    pub fn source(&self) -> String {
        let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut text = format!(
            "---\ntitle: {}\npublished: {}\ntags: [{}]\n",
            self.title(),
            time(self.published),
            self.tag()
        );
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                writeln!(text, "{name}: {value}").unwrap();
            }
        };
        add("slug", self.slug.clone());
        add("id", self.has_id.then(|| format!("tag:post.example,2026:voyage-{}", self.number)));
        add("updated", self.declared.map(time));
        add("translation", self.translation.map(|key| format!("voyage-{key}")));
        add("expires", self.expires.map(time));
        add("withdrawn", (self.wish == Wish::Withdrawn).then(|| "true".to_owned()));
        add("draft", (self.wish == Wish::Draft).then(|| "true".to_owned()));
        let marker = Piece::marker(self.number);
        write!(text, "---\nThe ferry {marker} left late, in weather number {}. ", self.texts).unwrap();
        text.push_str(
            "Those who waited on the pier were given tea, and the band played on until the fog had gone.\n",
        );
        text
    }

    /// What its file holds; `None` where nobody may read it.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        match self.file {
            File::Unreadable => None,
            File::Empty => Some(Vec::new()),
            File::Cut => Some(self.source().into_bytes()[..20].to_vec()),
            File::Whole | File::Deleted => Some(self.source().into_bytes()),
        }
    }
}
