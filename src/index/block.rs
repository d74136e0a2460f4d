//! The sketches of some hundred source files in one piece of memory, as they stand in the index. The cards of a
//! catalog point into it, so what is read from the index need not be taken apart.

use super::sketch::Sketch;
use crate::newsroom::Fingerprint;
use std::fmt;

/// Sketches with the paths and the fingerprints of their source files, in the order of the paths.
#[derive(PartialEq)]
pub struct Block {
    bytes: Box<[u8]>,
    records: Box<[Record]>,
}

/// Where a sketch stands, behind its path.
#[derive(Clone, Copy, Debug, PartialEq)]
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

impl Block {
    /// How many sketches there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The path of a source file.
    #[must_use]
    pub fn path(&self, number: usize) -> &str {
        self.text(self.path_span(number))
    }

    /// Where that path stands.
    #[must_use]
    pub fn path_span(&self, number: usize) -> Span {
        let Record { start, path_length, .. } = self.records[number];
        Span { start, length: path_length }
    }

    /// The file's fingerprint when it was read; `None` where it may have changed at once.
    #[must_use]
    pub fn fingerprint(&self, number: usize) -> Option<Fingerprint> {
        self.records[number].fingerprint
    }

    /// What the file says. `None` where the bytes are no sketch.
    #[must_use]
    pub fn sketch(&self, number: usize) -> Option<Sketch<'_>> {
        postcard::from_bytes(self.encoded(number)).ok()
    }

    /// The place of a text that a sketch of this block holds.
    #[must_use]
    pub fn span(&self, text: &str) -> Span {
        let start = (text.as_ptr() as usize).wrapping_sub(self.bytes.as_ptr() as usize);
        debug_assert!(start + text.len() <= self.bytes.len(), "the text of another block");
        Span { start: narrow(start), length: narrow(text.len()) }
    }

    /// The text at a place.
    #[must_use]
    pub fn text(&self, Span { start, length }: Span) -> &str {
        let (start, length) = (start as usize, length as usize);
        let bytes = self.bytes.get(start..start + length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    fn encoded(&self, number: usize) -> &[u8] {
        let Record { start, path_length, .. } = self.records[number];
        let end = self.records.get(number + 1).map_or(self.bytes.len(), |next| next.start as usize);
        self.bytes.get((start + path_length) as usize..end).unwrap_or_default()
    }

    /// The number of a source file.
    #[must_use]
    pub fn position(&self, path: &str) -> Option<usize> {
        let by_path =
            |record: &Record| self.text(Span { start: record.start, length: record.path_length }).cmp(path);
        self.records.binary_search_by(by_path).ok()
    }

    /// How many bytes [`Block::write`] appends.
    #[must_use]
    pub fn written_length(&self) -> usize {
        HEADER_BYTES + self.records.len() * RECORD_BYTES + self.bytes.len()
    }

    /// Appends the block as it stands in a file.
    pub fn write(&self, file: &mut Vec<u8>) {
        file.extend(narrow(self.records.len()).to_le_bytes());
        file.extend(narrow(self.bytes.len()).to_le_bytes());
        for Record { start, path_length, fingerprint } in &self.records {
            file.extend(start.to_le_bytes());
            file.extend(path_length.to_le_bytes());
            file.extend(fingerprint.map_or(0, Fingerprint::number).to_le_bytes());
        }
        file.extend_from_slice(&self.bytes);
    }

    /// Reads what [`Block::write`] wrote. `None` for anything else.
    #[must_use]
    pub fn read(file: &[u8]) -> Option<Block> {
        let (records, rest) = file.split_first_chunk::<4>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (table, bytes) = rest.split_at_checked(u32::from_le_bytes(*records) as usize * RECORD_BYTES)?;
        if bytes.len() != u32::from_le_bytes(*length) as usize {
            return None;
        }
        let record = |record: &[u8]| {
            let (start, rest) = record.split_first_chunk::<4>()?;
            let (path_length, rest) = rest.split_first_chunk::<4>()?;
            let fingerprint = Fingerprint::of_number(u64::from_le_bytes(*rest.first_chunk::<8>()?));
            let (start, path_length) = (u32::from_le_bytes(*start), u32::from_le_bytes(*path_length));
            Some(Record { start, path_length, fingerprint })
        };
        let records = table.chunks_exact(RECORD_BYTES).map(record).collect::<Option<Box<[Record]>>>()?;
        let mut ends = records.iter().skip(1).map(|next| next.start as usize).chain([bytes.len()]);
        let fits = |record: &Record| {
            let path_end = (record.start as usize).checked_add(record.path_length as usize);
            ends.next().is_some_and(|end| path_end.is_some_and(|path_end| path_end <= end))
        };
        records.iter().all(fits).then(|| Block { bytes: bytes.into(), records })
    }
}

const HEADER_BYTES: usize = 8;
const RECORD_BYTES: usize = 16;

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
    /// Adds the sketch of a source file. Paths come in their order.
    pub fn add(&mut self, path: &str, fingerprint: Option<Fingerprint>, sketch: &Sketch<'_>) {
        self.begin(path, fingerprint);
        let bytes = std::mem::take(&mut self.bytes);
        self.bytes = postcard::to_extend(sketch, bytes).expect("memory takes every sketch");
    }

    /// Adds the sketch of a source file that has not changed.
    pub fn copy(&mut self, block: &Block, number: usize) {
        self.begin(block.path(number), block.fingerprint(number));
        self.bytes.extend_from_slice(block.encoded(number));
    }

    fn begin(&mut self, path: &str, fingerprint: Option<Fingerprint>) {
        let (start, path_length) = (narrow(self.bytes.len()), narrow(path.len()));
        self.records.push(Record { start, path_length, fingerprint });
        self.bytes.extend_from_slice(path.as_bytes());
    }

    /// The block.
    #[must_use]
    pub fn finish(self) -> Block {
        Block { bytes: self.bytes.into(), records: self.records.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::sketch::Kind;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let mut writer = BlockWriter::default();
        let sketch = Sketch { kind: Kind::Faulty, told: Vec::new() };
        writer.add("en/bridge.md", None, &sketch);
        writer.add("en/ferry.md", Some(Fingerprint::of([7])), &sketch);
        let block = writer.finish();
        let mut file = Vec::new();
        block.write(&mut file);
        assert_eq!(file.len(), block.written_length());
        assert_eq!(Block::read(&file), Some(block));
        let read = Block::read(&file).unwrap();
        assert_eq!((read.path(1), read.position("en/ferry.md")), ("en/ferry.md", Some(1)));
        assert_eq!((read.fingerprint(0), read.fingerprint(1)), (None, Some(Fingerprint::of([7]))));
        for length in 0..file.len() {
            assert_eq!(Block::read(&file[..length]), None, "{length}");
        }
        // A checksum keeps damage away; what gets through all the same must not end the program.
        for place in 0..file.len() {
            for value in [0, 1, 127, 255] {
                let mut damaged = file.clone();
                damaged[place] = value;
                if let Some(block) = Block::read(&damaged) {
                    let _ = format!("{block:?} {:?}", block.position("en/ferry.md"));
                }
            }
        }
    }
}
