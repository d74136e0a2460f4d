//! The sketches of some hundred source files in one piece of memory, as they stand in the index. The cards of a
//! catalog point into it, so what is read from the index need not be taken apart.

use super::record::{self, Kind as RecordKind, Record};
use super::sketch::{ArticleSketch, Kind, Rest, Sketch};
use crate::newsroom::{Fingerprint, Listed};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher};

/// Sketches with the paths and the fingerprints of their source files, in the order of the paths.
#[derive(PartialEq)]
pub struct Block {
    /// A table of [`Record`]s; the filings, each an edition and a section that some of them have; then the texts of each.
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

/// An edition and a section.
type Filing<'b> = (Option<&'b str>, Option<&'b str>);

/// The same, kept.
type OwnFiling = (Option<Box<str>>, Option<Box<str>>);

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
        let mut end = length.checked_mul(record::BYTES)?;
        for number in 0..length {
            let Record { start, path_length, id_length, permalink_length, .. } = block.record(number)?;
            let starts_behind = start as usize >= end;
            let lengths = [path_length, id_length, permalink_length];
            end = lengths.iter().try_fold(start as usize, |end, length| end.checked_add(*length as usize))?;
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
        text(self.raw_path(number))
    }

    /// The id of an article.
    #[must_use]
    pub fn id(&self, number: usize) -> &str {
        text(self.raw_id(number))
    }

    /// The permalink of an article.
    #[must_use]
    pub fn permalink(&self, number: usize) -> &str {
        text(self.raw_permalink(number))
    }

    /// The bytes of a path, for what compares very many.
    #[must_use]
    pub fn raw_path(&self, number: usize) -> &[u8] {
        self.record(number).map_or(&[], |record| self.raw(record.start, record.path_length))
    }

    /// The bytes of an id, likewise.
    #[must_use]
    pub fn raw_id(&self, number: usize) -> &[u8] {
        let id = |record: Record| self.raw(record.start + record.path_length, record.id_length);
        self.record(number).map_or(&[], id)
    }

    /// The bytes of a permalink, likewise.
    #[must_use]
    pub fn raw_permalink(&self, number: usize) -> &[u8] {
        let before = |record: &Record| record.start + record.path_length + record.id_length;
        self.record(number).map_or(&[], |record| self.raw(before(&record), record.permalink_length))
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
            let is_as_it_was = fingerprint.is_some() && fingerprint == file.fingerprint;
            is_as_it_was && self.raw_path(number) == file.path.as_bytes()
        };
        self.length == files.len() && files.iter().enumerate().all(is_same)
    }

    /// Are these the names of its files?
    #[must_use]
    pub fn names(&self, files: &[Listed]) -> bool {
        let is_same = |(number, file): (usize, &Listed)| self.raw_path(number) == file.path.as_bytes();
        self.length == files.len() && files.iter().enumerate().all(is_same)
    }

    /// Is the file an article?
    #[must_use]
    pub fn is_article(&self, number: usize) -> bool {
        self.record(number).is_some_and(|record| record.kind != RecordKind::Other)
    }

    /// What an article's file says. `None` where the bytes are no sketch.
    #[must_use]
    pub fn sketch(&self, number: usize) -> Option<Sketch<'_>> {
        let record = self.record(number)?;
        let kind = match record.kind {
            RecordKind::Other => return None,
            RecordKind::Faulty => Kind::Faulty,
            RecordKind::HeldBack(reason) => Kind::HeldBack(reason, record.key),
            RecordKind::Article => {
                let (edition, section) = self.filing(record.filing)?;
                Kind::Article(ArticleSketch {
                    id: self.id(number),
                    permalink: self.permalink(number),
                    edition,
                    section,
                    access: record.access,
                    published: record.published,
                    key: record.key,
                })
            }
        };
        Some(Sketch { kind, rest: self.rest(number)? })
    }

    /// What few articles say.
    #[must_use]
    pub fn rest(&self, number: usize) -> Option<Rest<'_>> {
        match self.raw_rest(number) {
            [] => Some(Rest::default()),
            bytes => postcard::from_bytes(bytes).ok(),
        }
    }

    /// What the file of a number has in a place of a fixed size.
    #[must_use]
    pub fn record(&self, number: usize) -> Option<Record> {
        let (records, _) = self.bytes.as_chunks();
        Record::read(records.get(..self.length)?.get(number)?)
    }

    /// The number of a file.
    #[must_use]
    pub fn position(&self, path: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.raw_path(middle).cmp(path.as_bytes()) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn raw(&self, start: u32, length: u32) -> &[u8] {
        let (start, length) = (start as usize, length as usize);
        self.bytes.get(start..start + length).unwrap_or_default()
    }

    /// The bytes of the rest: from the permalink to the texts of the next file.
    fn raw_rest(&self, number: usize) -> &[u8] {
        let Some(record) = self.record(number) else { return &[] };
        let start = record.start + record.path_length + record.id_length + record.permalink_length;
        let next = if number + 1 < self.length { self.record(number + 1) } else { None };
        let end = next.map_or(self.bytes.len(), |next| next.start as usize);
        self.bytes.get(start as usize..end).unwrap_or_default()
    }

    /// The edition and the section that stand there: two lengths, [`u32::MAX`] for what there is not, and two texts.
    fn filing(&self, place: u32) -> Option<Filing<'_>> {
        let note = self.bytes.get(place as usize..)?;
        let (edition, note) = note.split_first_chunk()?;
        let (section, texts) = note.split_first_chunk()?;
        let length = |bytes: &[u8; 4]| match u32::from_le_bytes(*bytes) {
            u32::MAX => None,
            length => Some(length as usize),
        };
        let (edition, section) = (length(edition), length(section));
        let (first, rest) = texts.split_at_checked(edition.unwrap_or_default())?;
        let second = rest.get(..section.unwrap_or_default())?;
        Some((edition.map(|_| text(first)), section.map(|_| text(second))))
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
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

/// A block in the making. Until it is finished, its places are counted from behind the filings, and these by their number.
#[derive(Default)]
pub struct BlockWriter {
    records: Vec<Record>,
    filings: Vec<OwnFiling>,
    texts: Vec<u8>,
}

impl BlockWriter {
    /// Adds an article's file with its sketch. Paths come in their order.
    pub fn add(&mut self, path: &str, fingerprint: Option<Fingerprint>, sketch: &Sketch<'_>) {
        let mut record = Record::of_file(narrow(self.texts.len()), narrow(path.len()), fingerprint);
        self.texts.extend_from_slice(path.as_bytes());
        match &sketch.kind {
            Kind::Article(article) => {
                self.texts.extend_from_slice(article.id.as_bytes());
                self.texts.extend_from_slice(article.permalink.as_bytes());
                record.kind = RecordKind::Article;
                record.id_length = narrow(article.id.len());
                record.permalink_length = narrow(article.permalink.len());
                record.filing = self.file_under((article.edition, article.section));
                record.access = article.access;
                record.published = article.published;
                record.key = article.key;
            }
            Kind::HeldBack(reason, key) => {
                record.kind = RecordKind::HeldBack(*reason);
                record.key = *key;
            }
            Kind::Faulty => record.kind = RecordKind::Faulty,
        }
        if sketch.rest != Rest::default() {
            let texts = std::mem::take(&mut self.texts);
            self.texts = postcard::to_extend(&sketch.rest, texts).expect("memory takes every sketch");
        }
        record.digest = self.digest(&record);
        self.records.push(record);
    }

    /// Adds a file that is no article.
    pub fn add_file(&mut self, path: &str, fingerprint: Option<Fingerprint>) {
        self.records.push(Record::of_file(narrow(self.texts.len()), narrow(path.len()), fingerprint));
        self.texts.extend_from_slice(path.as_bytes());
    }

    /// Adds a file that has not changed.
    pub fn copy(&mut self, block: &Block, number: usize) {
        let Some(record) = block.record(number) else { return };
        let filing = block.filing(record.filing).filter(|_| record.kind == RecordKind::Article);
        let filing = filing.map_or(0, |filing| self.file_under(filing));
        self.records.push(Record { start: narrow(self.texts.len()), filing, ..record });
        for texts in [block.raw(record.start, record.path_length), block.raw_id(number)] {
            self.texts.extend_from_slice(texts);
        }
        self.texts.extend_from_slice(block.raw_permalink(number));
        self.texts.extend_from_slice(block.raw_rest(number));
    }

    /// Of all that a record says, its texts among it, which are the last ones.
    fn digest(&self, record: &Record) -> u64 {
        let mut hasher = DefaultHasher::new();
        let Record { path_length, id_length, permalink_length, access, published, key, .. } = record;
        (path_length, id_length, permalink_length, access, published, key).hash(&mut hasher);
        self.filings.get(record.filing as usize).hash(&mut hasher);
        self.texts[record.start as usize..].hash(&mut hasher);
        hasher.finish()
    }

    /// The number of the filing. There are few, and neighbours have the same.
    fn file_under(&mut self, (edition, section): Filing<'_>) -> u32 {
        let is_it = |known: &OwnFiling| known.0.as_deref() == edition && known.1.as_deref() == section;
        let known = self.filings.iter().rposition(is_it);
        let number = known.unwrap_or_else(|| {
            self.filings.push((edition.map(Box::from), section.map(Box::from)));
            self.filings.len() - 1
        });
        narrow(number)
    }

    /// The block.
    #[must_use]
    pub fn finish(self) -> Block {
        let (length, table) = (self.records.len(), self.records.len() * record::BYTES);
        let mut notes = Vec::new();
        let mut places = Vec::new();
        for (edition, section) in &self.filings {
            places.push(narrow(table + notes.len()));
            for text in [edition, section] {
                let length = text.as_ref().map_or(u32::MAX, |text| narrow(text.len()));
                notes.extend(length.to_le_bytes());
            }
            [edition, section].into_iter().flatten().for_each(|text| notes.extend(text.bytes()));
        }
        let texts = table + notes.len();
        let mut bytes = Vec::with_capacity(texts + self.texts.len());
        for record in self.records {
            let filing = places.get(record.filing as usize).copied().unwrap_or_default();
            Record { start: record.start + narrow(texts), filing, ..record }.write(&mut bytes);
        }
        bytes.extend_from_slice(&notes);
        bytes.extend_from_slice(&self.texts);
        Block { hash: hash(length as u64, &bytes), bytes: bytes.into(), length }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let mut writer = BlockWriter::default();
        let sketch = Sketch { kind: Kind::Faulty, rest: Rest::default() };
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
