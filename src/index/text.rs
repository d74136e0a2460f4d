//! The parts of a sketch that the program's types spell otherwise.

use crate::article::TranslationKey;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// An instant with its offset: seconds since 1970, nanoseconds, seconds east of Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Time(i64, u32, i32);

impl Time {
    /// The instant as it is kept.
    #[must_use]
    pub fn of(time: DateTime<FixedOffset>) -> Time {
        Time(time.timestamp(), time.timestamp_subsec_nanos(), time.offset().local_minus_utc())
    }

    /// The instant as it was.
    #[must_use]
    pub fn time(self) -> Option<DateTime<FixedOffset>> {
        let Time(seconds, nanoseconds, offset) = self;
        let offset = FixedOffset::east_opt(offset)?;
        Some(DateTime::from_timestamp(seconds, nanoseconds)?.with_timezone(&offset))
    }
}

/// A place in a source file: line and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Place(u32, u32);

impl Place {
    /// The place as it is kept.
    #[must_use]
    pub fn of(position: Position) -> Place {
        Place(position.line, position.column)
    }

    /// The place as it was.
    #[must_use]
    pub fn position(self) -> Position {
        Position { line: self.0, column: self.1 }
    }
}

/// What an article shares with its translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Key<'a> {
    /// A key that front matter names.
    Declared(&'a str),
    /// Their path apart from the language in it, as a digest.
    Path(u64),
}

impl<'a> Key<'a> {
    /// The key as it is kept.
    #[must_use]
    pub fn of(key: &'a TranslationKey) -> Key<'a> {
        match key {
            TranslationKey::Declared(text) => Key::Declared(text),
            TranslationKey::Path(digest) => Key::Path(*digest),
        }
    }

    /// The key as it was.
    #[must_use]
    pub fn key(self) -> TranslationKey {
        match self {
            Key::Declared(text) => TranslationKey::Declared(text.into()),
            Key::Path(digest) => TranslationKey::Path(digest),
        }
    }
}

/// Something that was said of a file.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Told<'a> {
    code: &'a str,
    path: &'a str,
    at: Position,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<(&'a str, &'a str, Position)>,
}

impl<'a> Told<'a> {
    /// What is said, as it is kept.
    #[must_use]
    pub fn of(diagnostic: &'a Diagnostic) -> Told<'a> {
        let Diagnostic { location, code, message, related, help } = diagnostic;
        let related = related.iter();
        Told {
            code: code.as_str(),
            path: &location.path,
            at: location.position,
            message,
            help: help.as_deref(),
            related: related.map(|(note, location)| (&**note, &*location.path, location.position)).collect(),
        }
    }

    /// What is said, as it was. `None` where nothing has this name any more.
    #[must_use]
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let code = *Code::ALL.iter().find(|code| code.as_str() == self.code)?;
        let mut diagnostic = Diagnostic::new(code, Location::new(self.path, self.at), self.message);
        diagnostic.help = self.help.map(str::to_owned);
        let related = self.related.iter();
        diagnostic.related =
            related.map(|(note, path, at)| ((*note).to_owned(), Location::new(*path, *at))).collect();
        Some(diagnostic)
    }
}
