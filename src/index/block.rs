//! The sketches of some hundred source files in one piece of memory, as they stand in the index. The cards of a
//! catalog point into it, so what is read from the index need not be taken apart.

use super::sketch::Sketch;
use crate::newsroom::{Fingerprint, Listed};
use std::cmp::Ordering;
use std::fmt;

/// Sketches with the paths and the fingerprints of their source files, in the order of the paths.
#[derive(PartialEq)]
pub struct Block {
    /// A table of [`Record`]s, and what they lead to: each path with the sketch behind it.
    bytes: Box<[u8]>,
    length: usize,
    hash: Hash,
}

/// The first half of a BLAKE3 hash.
pub type Hash = [u8; 16];

/// The hash of bytes that have this number.
#[must_use]
pub fn hash(number: u64, bytes: &[u8]) -> Hash {
    let hash = blake3::Hasher::new().update(&number.to_le_bytes()).update(bytes).finalize();
    hash.as_bytes().first_chunk().copied().unwrap_or_default()
}

/// Where a path stands, and its file's fingerprint; 16 bytes, little-endian.
#[derive(Clone, Copy)]
struct Record {
    start: u32,
    path_length: u32,
    fingerprint: Option<Fingerprint>,
}

/// A text in a block.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    start: u32,
    length: u32,
}

const RECORD_BYTES: usize = 16;

impl Record {
    fn read(bytes: [u8; RECORD_BYTES]) -> Record {
        let [a, b, c, d, e, f, g, h, rest @ ..] = bytes;
        Record {
            start: u32::from_le_bytes([a, b, c, d]),
            path_length: u32::from_le_bytes([e, f, g, h]),
            fingerprint: Fingerprint::of_number(u64::from_le_bytes(rest)),
        }
    }

    fn write(self, bytes: &mut Vec<u8>) {
        bytes.extend(self.start.to_le_bytes());
        bytes.extend(self.path_length.to_le_bytes());
        bytes.extend(self.fingerprint.map_or(0, Fingerprint::number).to_le_bytes());
    }
}

impl Block {
    /// The block of these bytes and so many sketches. `None` where the bytes are none, or others than those that had
    /// this hash.
    #[must_use]
    pub fn of(bytes: Vec<u8>, length: usize, known: &Hash) -> Option<Block> {
        let hash = hash(length as u64, &bytes);
        let block = Block { bytes: bytes.into(), length, hash };
        if hash != *known {
            return None;
        }
        let mut end = length.checked_mul(RECORD_BYTES)?;
        for number in 0..length {
            let Record { start, path_length, .. } = block.record(number)?;
            let starts_behind = start as usize >= end;
            end = (start as usize).checked_add(path_length as usize)?;
            if !starts_behind || end > block.bytes.len() {
                return None;
            }
        }
        Some(block)
    }

    /// The bytes of the block.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Of its length and its bytes.
    #[must_use]
    pub fn hash(&self) -> &Hash {
        &self.hash
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The path of a file.
    #[must_use]
    pub fn path(&self, number: usize) -> &str {
        self.text(self.path_span(number))
    }

    /// Where that path stands.
    #[must_use]
    pub fn path_span(&self, number: usize) -> Span {
        let none = Span { start: 0, length: 0 };
        self.record(number).map_or(none, |record| Span { start: record.start, length: record.path_length })
    }

    /// The file's fingerprint when it was read; `None` where it may have changed at once.
    #[must_use]
    pub fn fingerprint(&self, number: usize) -> Option<Fingerprint> {
        self.record(number)?.fingerprint
    }

    /// Are these its files, as they were?
    #[must_use]
    pub fn holds(&self, files: &[Listed]) -> bool {
        let is_same = |(number, file): (usize, &Listed)| {
            let fingerprint = self.fingerprint(number);
            let path = self.raw(self.path_span(number));
            fingerprint.is_some() && fingerprint == file.fingerprint && path == file.path.as_bytes()
        };
        self.length == files.len() && files.iter().enumerate().all(is_same)
    }

    /// Is the file an article?
    #[must_use]
    pub fn is_article(&self, number: usize) -> bool {
        !self.encoded(number).is_empty()
    }

    /// What an article's file says. `None` where the bytes are no sketch.
    #[must_use]
    pub fn sketch(&self, number: usize) -> Option<Sketch<'_>> {
        postcard::from_bytes(self.encoded(number)).ok()
    }

    /// The place of a text that a sketch of this block holds.
    #[must_use]
    pub fn span(&self, text: &str) -> Span {
        let start = (text.as_ptr() as usize).wrapping_sub(self.bytes.as_ptr() as usize);
        debug_assert!(text.is_empty() || start + text.len() <= self.bytes.len(), "the text of another block");
        if text.is_empty() {
            Span { start: 0, length: 0 }
        } else {
            Span { start: narrow(start), length: narrow(text.len()) }
        }
    }

    /// The text at a place.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        std::str::from_utf8(self.raw(span)).unwrap_or_default()
    }

    /// Its bytes, for what compares very many texts.
    #[must_use]
    pub fn raw(&self, Span { start, length }: Span) -> &[u8] {
        let (start, length) = (start as usize, length as usize);
        self.bytes.get(start..start + length).unwrap_or_default()
    }

    fn record(&self, number: usize) -> Option<Record> {
        let place = number * RECORD_BYTES;
        self.bytes.get(place..)?.first_chunk().map(|bytes| Record::read(*bytes))
    }

    /// The bytes of a sketch; none of what is no article.
    fn encoded(&self, number: usize) -> &[u8] {
        let Some(Record { start, path_length, .. }) = self.record(number) else { return &[] };
        let next = if number + 1 < self.length { self.record(number + 1) } else { None };
        let end = next.map_or(self.bytes.len(), |next| next.start as usize);
        self.bytes.get((start + path_length) as usize..end).unwrap_or_default()
    }

    /// The number of a file.
    #[must_use]
    pub fn position(&self, path: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.raw(self.path_span(middle)).cmp(path.as_bytes()) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// A block holds the heads of some hundred files, each of which is shorter than any article.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("a block is smaller than 4 GB")
}

impl fmt::Debug for Block {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records = (0..self.len()).map(|number| (self.path(number), self.sketch(number)));
        formatter.debug_map().entries(records).finish()
    }
}

/// A block in the making.
#[derive(Default)]
pub struct BlockWriter {
    bytes: Vec<u8>,
    records: Vec<Record>,
}

impl BlockWriter {
    /// Adds an article's file with its sketch. Paths come in their order.
    pub fn add(&mut self, path: &str, fingerprint: Option<Fingerprint>, sketch: &Sketch<'_>) {
        self.add_file(path, fingerprint);
        let bytes = std::mem::take(&mut self.bytes);
        self.bytes = postcard::to_extend(sketch, bytes).expect("memory takes every sketch");
    }

    /// Adds a file that is no article.
    pub fn add_file(&mut self, path: &str, fingerprint: Option<Fingerprint>) {
        let (start, path_length) = (narrow(self.bytes.len()), narrow(path.len()));
        self.records.push(Record { start, path_length, fingerprint });
        self.bytes.extend_from_slice(path.as_bytes());
    }

    /// Adds a file that has not changed.
    pub fn copy(&mut self, block: &Block, number: usize) {
        self.add_file(block.path(number), block.fingerprint(number));
        self.bytes.extend_from_slice(block.encoded(number));
    }

    /// The block.
    #[must_use]
    pub fn finish(self) -> Block {
        let (length, table) = (self.records.len(), self.records.len() * RECORD_BYTES);
        let mut bytes = Vec::with_capacity(table + self.bytes.len());
        for record in self.records {
            Record { start: record.start + narrow(table), ..record }.write(&mut bytes);
        }
        bytes.extend_from_slice(&self.bytes);
        Block { hash: hash(length as u64, &bytes), bytes: bytes.into(), length }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::sketch::Kind;
    use std::borrow::Cow;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let mut writer = BlockWriter::default();
        let sketch = Sketch { kind: Kind::Faulty, told: Cow::default() };
        writer.add("en/bridge.md", None, &sketch);
        writer.add("en/ferry.md", Some(Fingerprint::of([7])), &sketch);
        writer.add_file("en/quay.jpg", None);
        let block = writer.finish();
        let (bytes, known) = (block.bytes().to_vec(), *block.hash());
        assert_eq!(Block::of(bytes.clone(), 3, &known), Some(block));
        assert_eq!(Block::of(bytes.clone(), 2, &known), None);
        let read = Block::of(bytes.clone(), 3, &known).unwrap();
        assert_eq!((read.path(1), read.position("en/ferry.md")), ("en/ferry.md", Some(1)));
        assert_eq!((read.position("en/a.md"), read.position("ru/a.md")), (None, None));
        assert_eq!((read.fingerprint(0), read.fingerprint(1)), (None, Some(Fingerprint::of([7]))));
        assert_eq!((read.sketch(1), read.is_article(2)), (Some(sketch), false));
        // A checksum keeps damage away; what gets through all the same must not end the program.
        for place in 0..bytes.len() {
            for value in [0, 1, 127, 255] {
                let mut damaged = bytes.clone();
                damaged[place] = value;
                for length in [0, 1, 3, 4, usize::MAX] {
                    for bytes in [&damaged[..], &damaged[..place]] {
                        let known = hash(length as u64, bytes);
                        let _ = format!("{:?}", Block::of(bytes.to_vec(), length, &known));
                    }
                }
            }
        }
    }
}
