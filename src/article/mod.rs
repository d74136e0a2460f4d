//! What one source file says, typed: text in, an article or diagnostics out.
//!
//! Later stages cannot hold a bad date, language or address: each becomes its type here, once.

mod cover;
pub mod date;
pub mod decode;
mod fields;
mod front_matter;
mod interpret;
pub mod place;

pub use cover::Cover;
pub use front_matter::header_bytes;
pub use interpret::interpret;

use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::language::Language;
use crate::newsroom::{Extent, Newsroom};
use crate::person::Person;
use crate::syntax::{Map, SyntaxFault};
use chrono::{DateTime, FixedOffset, Utc};
use std::io::ErrorKind;

/// One article without its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The headline, where front matter has one.
    pub title: Option<String>,
    /// First publication.
    pub published: DateTime<FixedOffset>,
    /// The last change that front matter declares, apart from corrections.
    pub updated: Option<DateTime<FixedOffset>>,
    /// From when on it is no longer to be shown.
    pub expires: Option<DateTime<FixedOffset>>,
    /// The edition that it belongs to; `None` on a site that knows no languages.
    pub edition: Option<Language>,
    /// The section that it is filed under, by its name.
    pub section: Option<String>,
    /// Its name in addresses and ids.
    pub slug: String,
    /// Its id, where front matter has one, and where it stands.
    pub id: Option<(String, Position)>,
    /// The lasting address of its page.
    pub permalink: Address,
    /// The key that it shares with its translations.
    pub translation: Option<String>,
    /// Who wrote it, in order.
    pub authors: Vec<Person>,
    /// Its tags, in order, each once.
    pub tags: Vec<String>,
    /// What front matter says in short.
    pub summary: Option<String>,
    /// The picture that stands for it.
    pub cover: Option<Cover>,
    /// Who may read it.
    pub access: Access,
    /// What was put right after publication, in the order of the front matter.
    pub corrections: Vec<Correction>,
}

impl Article {
    /// When it last changed, as seen at `now`: never before its publication, and no change that is
    /// dated later than now counts yet.
    #[must_use]
    pub fn updated_at(&self, now: DateTime<Utc>) -> DateTime<FixedOffset> {
        let corrections = self.corrections.iter().map(|correction| correction.date);
        let changes = self.updated.into_iter().chain(corrections);
        changes.filter(|change| *change <= now).fold(self.published, DateTime::max)
    }
}

/// Who may read an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Those who pay or are members; the feeds, which everybody can read, hold no more than the
    /// summary that the author wrote.
    Members,
}

/// A correction that readers are told of.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// When it was made.
    pub date: DateTime<FixedOffset>,
    /// What was wrong and what is right.
    pub text: String,
}

/// What became of a source file.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An article that may be published.
    Article(Box<Article>),
    /// The author keeps it back: a draft, withdrawn, out of all feeds.
    Kept(KeptBack),
    /// It has a fault that leaves it out.
    Faulty,
}

/// Why an author keeps an article out of the feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeptBack {
    /// Not finished.
    Draft,
    /// Taken back.
    Withdrawn,
    /// On the site but in no feed, or not an article at all.
    NoFeeds,
}

/// A source file whose two parts are known.
pub struct Source<'a> {
    map: Map,
    /// The text after the front matter.
    pub body: &'a str,
    /// The line on which the body begins, counted from 1.
    pub body_line: u32,
}

/// No article is longer; a file that is was put there by accident.
pub const LONGEST_BYTES: usize = 10_000_000;

/// The bytes of a source file.
///
/// # Errors
/// `unreadable` and `too-large`.
pub fn bytes(path: &str, newsroom: &dyn Newsroom, extent: Extent) -> Result<Vec<u8>, Diagnostic> {
    let location = || Location::new(path, Position::START);
    let too_large = || {
        let message = format!("the file has more than {LONGEST_BYTES} bytes, which no article has");
        let fault = Diagnostic::new(Code::TooLarge, location(), message);
        fault.help("is this really an article? move it away or split it")
    };
    let bytes = newsroom.read(path, extent).map_err(|error| {
        if error.kind() == ErrorKind::FileTooLarge {
            return too_large();
        }
        Diagnostic::new(Code::Unreadable, location(), format!("the file cannot be read: {error}"))
            .help("make it readable for the user that runs feedmill")
    })?;
    if bytes.len() > LONGEST_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Says that characters were removed: how many, the first of them, and its place.
#[must_use]
pub fn illegal_character(path: &str, (count, first, at): (usize, char, Position)) -> Diagnostic {
    let others = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
    let message = format!("U+{:04X}{others} may not stand in a feed and was left out", first as u32);
    Diagnostic::new(Code::IllegalCharacter, Location::new(path, at), message)
        .help("delete it; it is invisible, and mostly pasted with text from a word processor")
}

/// Reads the front matter of a source file.
///
/// # Errors
/// `bad-front-matter`, once for each fault of the syntax.
pub fn read<'a>(path: &str, text: &'a str) -> Result<Source<'a>, Vec<Diagnostic>> {
    let diagnose = |fault: SyntaxFault| {
        Diagnostic::new(Code::BadFrontMatter, Location::new(path, fault.at), fault.message)
            .help("quote values that hold `: `, `#` or quotation marks, and close every quote and bracket")
    };
    let parts = front_matter::split(text).map_err(|fault| {
        vec![diagnose(fault).help("put a line of `---` (or `+++` for TOML) between front matter and body")]
    })?;
    let map = match parts.header {
        Some(header) => {
            header.read().map_err(|faults| faults.into_iter().map(diagnose).collect::<Vec<_>>())?
        }
        None => Map::default(),
    };
    Ok(Source { map, body: parts.body, body_line: parts.body_line })
}
