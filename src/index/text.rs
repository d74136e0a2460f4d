//! The parts of a sketch that the program's types spell otherwise.

use crate::article::TranslationKey;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU64;

/// An instant with its offset: seconds since 1970, nanoseconds, seconds east of Greenwich.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub struct Time(i64, u32, i32);

impl Time {
    /// The instant as it is kept.
    #[must_use]
    pub fn of(time: DateTime<FixedOffset>) -> Time {
        Time(time.timestamp(), time.timestamp_subsec_nanos(), time.offset().local_minus_utc())
    }

    /// The instant of these parts, in their order.
    #[must_use]
    pub fn new(seconds: i64, nanoseconds: u32, offset: i32) -> Time {
        Time(seconds, nanoseconds, offset)
    }

    /// Its parts, in their order.
    #[must_use]
    pub fn parts(self) -> (i64, u32, i32) {
        (self.0, self.1, self.2)
    }

    /// The instant as it was.
    #[must_use]
    pub fn time(self) -> Option<DateTime<FixedOffset>> {
        let Time(seconds, nanoseconds, offset) = self;
        let offset = FixedOffset::east_opt(offset)?;
        Some(DateTime::from_timestamp(seconds, nanoseconds)?.with_timezone(&offset))
    }
}

/// In place of the digest 0.
const NO_NUMBER: NonZeroU64 = NonZeroU64::new(2).unwrap();

/// What an article shares with its translations, as a digest: two keys have the same one so seldom that it is the key.
/// Its lowest bit tells whether front matter names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(NonZeroU64);

impl Key {
    /// The key as it is kept.
    #[must_use]
    pub fn of(key: &TranslationKey) -> Key {
        match key {
            TranslationKey::Declared(text) => Key::declared(text),
            TranslationKey::Path(digest) => Key::by_path(*digest),
        }
    }

    /// A key that front matter names.
    #[must_use]
    pub fn declared(text: &str) -> Key {
        let hash = blake3::hash(text.as_bytes());
        let number = hash.as_bytes().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        Key(NonZeroU64::MIN | number)
    }

    /// The path apart from the language in it, as a digest.
    #[must_use]
    pub fn by_path(digest: u64) -> Key {
        Key(NonZeroU64::new(digest & !1).unwrap_or(NO_NUMBER))
    }

    /// Does front matter name it?
    #[must_use]
    pub fn is_declared(self) -> bool {
        self.0.get() & 1 == 1
    }

    /// As a number, which is never 0.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0.get()
    }

    /// The key with this number; 0 is none.
    #[must_use]
    pub fn of_number(number: u64) -> Option<Key> {
        NonZeroU64::new(number).map(Key)
    }
}
