//! What a block says of one file in a place of a fixed size: a million of them are looked through, and nothing has to be
//! taken apart for that.

use super::text::{Key, Time};
use crate::access::Access;
use crate::article::HeldBack;
use crate::newsroom::Fingerprint;

/// How long a record is.
pub const BYTES: usize = 64;

/// A file, and of an article what nearly all have. Numbers are little-endian, in the order of the fields.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// Where its texts begin: the path, the id and the permalink follow each other, and then comes the rest.
    pub start: u32,
    /// In bytes, as the next two.
    pub path_length: u32,
    /// The id.
    pub id_length: u32,
    /// The permalink.
    pub permalink_length: u32,
    /// Where its edition and its section stand.
    pub filing: u32,
    /// What it is.
    pub kind: Kind,
    /// Who may read it.
    pub access: Access,
    /// The file's fingerprint when it was read; `None` where it may have changed at once.
    pub fingerprint: Option<Fingerprint>,
    /// First publication.
    pub published: Time,
    /// What it shares with its translations.
    pub key: Option<Key>,
    /// Of all that is said of it.
    pub digest: u64,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No article.
    Other,
    /// An article that may be published.
    Article,
    /// One that its author holds back.
    HeldBack(HeldBack),
    /// Nothing that could be read.
    Faulty,
}

const KINDS: [Kind; 7] = [
    Kind::Other,
    Kind::Article,
    Kind::Faulty,
    Kind::HeldBack(HeldBack::Draft),
    Kind::HeldBack(HeldBack::Withdrawn),
    Kind::HeldBack(HeldBack::NoFeeds),
    Kind::HeldBack(HeldBack::Undated),
];

const ACCESSES: [Access; 2] = [Access::Public, Access::Members];

impl Record {
    /// A file that is no article.
    #[must_use]
    pub fn of_file(start: u32, path_length: u32, fingerprint: Option<Fingerprint>) -> Record {
        Record {
            start,
            path_length,
            id_length: 0,
            permalink_length: 0,
            filing: 0,
            kind: Kind::Other,
            access: Access::Public,
            fingerprint,
            published: Time::default(),
            key: None,
            digest: 0,
        }
    }

    /// `None` where the bytes are no record.
    #[must_use]
    pub fn read(bytes: &[u8; BYTES]) -> Option<Record> {
        let narrow = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let wide = |at: usize| u64::from(narrow(at)) | u64::from(narrow(at + 4)) << 32;
        Some(Record {
            start: narrow(0),
            path_length: narrow(4),
            id_length: narrow(8),
            permalink_length: narrow(12),
            filing: narrow(16),
            kind: *KINDS.get(usize::from(bytes[20]))?,
            access: *ACCESSES.get(usize::from(bytes[21]))?,
            fingerprint: Fingerprint::of_number(wide(24)),
            key: Key::of_number(wide(32)),
            digest: wide(40),
            published: Time::new(wide(48).cast_signed(), narrow(56), narrow(60).cast_signed()),
        })
    }

    /// Adds it to the bytes.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        let numbers = [self.start, self.path_length, self.id_length, self.permalink_length, self.filing];
        numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        let place =
            |found: Option<usize>| found.and_then(|place| u8::try_from(place).ok()).unwrap_or_default();
        let kind = place(KINDS.iter().position(|kind| *kind == self.kind));
        let access = place(ACCESSES.iter().position(|access| *access == self.access));
        bytes.extend([kind, access, 0, 0]);
        bytes.extend(self.fingerprint.map_or(0, Fingerprint::number).to_le_bytes());
        bytes.extend(self.key.map_or(0, Key::number).to_le_bytes());
        bytes.extend(self.digest.to_le_bytes());
        let (seconds, nanoseconds, offset) = self.published.parts();
        bytes.extend(seconds.to_le_bytes());
        bytes.extend(nanoseconds.to_le_bytes());
        bytes.extend(offset.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for kind in KINDS {
            for access in ACCESSES {
                let record = Record {
                    start: 7,
                    path_length: 1,
                    id_length: 2,
                    permalink_length: 3,
                    filing: u32::MAX,
                    kind,
                    access,
                    fingerprint: Some(Fingerprint::of([7])),
                    published: Time::new(-1, 999_999_999, -3600),
                    key: Some(Key::declared("ferry")),
                    digest: u64::MAX,
                };
                let mut bytes = Vec::new();
                record.write(&mut bytes);
                assert_eq!(Record::read(bytes.as_slice().try_into().unwrap()), Some(record));
            }
        }
        assert_eq!(Record::read(&[255; BYTES]), None);
    }
}
