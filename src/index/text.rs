//! The parts of a sketch that the program's types spell otherwise.

use crate::article::TranslationKey;
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
