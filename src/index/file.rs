//! The index as it stands in a file: in whatever way it is damaged or old, it is thrown away.
//!
//! A line that names the format; then pieces, each with its length (8 bytes, little-endian), a number of its own (8 bytes)
//! and the first 16 bytes of its BLAKE3 hash. The first piece is a text that says by whom the index was made and with what
//! settings; then come the blocks, whose number is how many files they hold, an empty piece whose number is how many these are,
//! what the last run came to, and of what it made that.

use super::Index;
use super::block::{Block, Hash, hash};
use super::memo::{Details, Memo};
use rayon::prelude::*;
use std::io::{self, ErrorKind, Read, Write};
use std::sync::Arc;

const FORMAT: &[u8] = b"feedmill index 2\n";

/// Nobody's index has a larger piece.
const LONGEST_PIECE: u64 = 4_000_000_000;

/// Most blocks are smaller.
const USUAL_PIECE: u64 = 1 << 18;

struct Piece {
    number: u64,
    hash: Hash,
    bytes: Vec<u8>,
}

impl Piece {
    fn is_whole(&self) -> bool {
        hash(self.number, &self.bytes) == self.hash
    }

    /// The next piece; `None` at the end.
    fn read(file: &mut dyn Read) -> io::Result<Option<Piece>> {
        let mut length = [0; 8];
        match file.read(&mut length[..1])? {
            0 => return Ok(None),
            _ => file.read_exact(&mut length[1..])?,
        }
        let (mut number, mut hash) = ([0; 8], Hash::default());
        file.read_exact(&mut number)?;
        file.read_exact(&mut hash)?;
        let length = u64::from_le_bytes(length);
        if length > LONGEST_PIECE {
            return Err(ErrorKind::InvalidData.into());
        }
        // Room is made for what there is, whatever the length says.
        let mut bytes = Vec::with_capacity(usize::try_from(length.min(USUAL_PIECE)).unwrap_or_default());
        file.take(length).read_to_end(&mut bytes)?;
        let is_all = bytes.len() as u64 == length;
        let piece = Piece { number: u64::from_le_bytes(number), hash, bytes };
        if is_all { Ok(Some(piece)) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }
}

fn write_piece(file: &mut dyn Write, number: u64, hash: &Hash, bytes: &[u8]) -> io::Result<()> {
    file.write_all(&(bytes.len() as u64).to_le_bytes())?;
    file.write_all(&number.to_le_bytes())?;
    file.write_all(hash)?;
    file.write_all(bytes)
}

fn write_own(file: &mut dyn Write, number: u64, bytes: &[u8]) -> io::Result<()> {
    write_piece(file, number, &hash(number, bytes), bytes)
}

impl Index {
    /// Writes the beginning of an index, which is known before the run has come to its end; `program` names the one that
    /// made it.
    ///
    /// # Errors
    /// What the system says.
    pub fn write_blocks(program: &str, blocks: &[Arc<Block>], file: &mut dyn Write) -> io::Result<()> {
        file.write_all(FORMAT)?;
        write_own(file, 0, program.as_bytes())?;
        for block in blocks {
            write_piece(file, block.len() as u64, block.hash(), block.bytes())?;
        }
        write_own(file, blocks.len() as u64, &[])?;
        file.flush()
    }

    /// Writes the rest of it.
    ///
    /// # Errors
    /// What the system says.
    pub fn write_memo(&self, file: &mut dyn Write) -> io::Result<()> {
        write_own(file, 0, &postcard::to_stdvec(&self.memo).map_err(io::Error::other)?)?;
        write_own(file, 0, &postcard::to_stdvec(self.memo.details.get()).map_err(io::Error::other)?)?;
        file.flush()
    }

    /// Reads an index; one that is not whole, or that another program made, is empty.
    #[must_use]
    pub fn read(program: &str, file: &mut dyn Read) -> Index {
        Index::try_read(program, file).unwrap_or_default()
    }

    fn try_read(program: &str, file: &mut dyn Read) -> Option<Index> {
        let mut format = [0; FORMAT.len()];
        file.read_exact(&mut format).ok()?;
        let made_by = (format == FORMAT).then(|| Piece::read(file).ok().flatten())??;
        if !made_by.is_whole() || made_by.bytes != program.as_bytes() {
            return None;
        }
        let mut pieces = Vec::new();
        let end = loop {
            let piece = Piece::read(file).ok()??;
            if piece.bytes.is_empty() {
                break piece;
            }
            pieces.push(piece);
        };
        let (memo, details) = (Piece::read(file).ok()??, Piece::read(file).ok()??);
        let is_all = end.number == pieces.len() as u64 && Piece::read(file).ok()?.is_none();
        let block = |piece: Piece| {
            let length = usize::try_from(piece.number).ok()?;
            Block::of(piece.bytes, length, &piece.hash).filter(|block| !block.is_empty()).map(Arc::new)
        };
        let are_whole = || is_all && [&memo, &details, &end].iter().all(|piece| piece.is_whole());
        let (found, blocks) = rayon::join(
            || are_whole().then(|| postcard::from_bytes::<Memo>(&memo.bytes).ok()).flatten(),
            || pieces.into_par_iter().map(block).collect::<Option<Vec<_>>>(),
        );
        let memo = Memo { details: Details::packed(details.bytes), ..found? };
        Some(Index::of(blocks?, memo))
    }
}
