//! The index as it stands in a file: in whatever way it is damaged or old, it is thrown away.
//!
//! A line that names the format; then pieces, each with its length (8 bytes, little-endian), a number of its own (8 bytes)
//! and the first 16 bytes of its BLAKE3 hash. The first piece is a text that says by whom the index was made and with what
//! settings, the second what the last run came to, all others are blocks, whose number is how many files they hold.

use super::Index;
use super::block::Block;
use super::memo::Memo;
use rayon::prelude::*;
use std::io::{self, Read, Write};
use std::sync::Arc;

const FORMAT: &[u8] = b"feedmill index 1\n";

/// Nobody's index has a larger piece.
const LONGEST_PIECE: u64 = 4_000_000_000;

struct Piece {
    number: u64,
    hash: [u8; 16],
    bytes: Vec<u8>,
}

impl Piece {
    fn is_whole(&self) -> bool {
        hash(self.number, &self.bytes) == self.hash
    }

    /// The next piece; `None` at the end.
    fn read(file: &mut dyn Read) -> io::Result<Option<Piece>> {
        let mut header = [0; 32];
        match file.read(&mut header[..1])? {
            0 => return Ok(None),
            _ => file.read_exact(&mut header[1..])?,
        }
        let [length, number, first, second] = [0, 8, 16, 24]
            .map(|start| u64::from_le_bytes(header[start..start + 8].try_into().unwrap_or_default()));
        if length > LONGEST_PIECE {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes)?;
        let mut hash = [0; 16];
        hash[..8].copy_from_slice(&first.to_le_bytes());
        hash[8..].copy_from_slice(&second.to_le_bytes());
        let is_all = bytes.len() as u64 == length;
        is_all
            .then_some(Some(Piece { number, hash, bytes }))
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

fn hash(number: u64, bytes: &[u8]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&number.to_le_bytes()).update(bytes);
    let mut hash = [0; 16];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    hash
}

fn write_piece(file: &mut dyn Write, number: u64, bytes: &[u8]) -> io::Result<()> {
    file.write_all(&(bytes.len() as u64).to_le_bytes())?;
    file.write_all(&number.to_le_bytes())?;
    file.write_all(&hash(number, bytes))?;
    file.write_all(bytes)
}

impl Index {
    /// Writes the index; `program` names the one that made it.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, program: &str, file: &mut dyn Write) -> io::Result<()> {
        file.write_all(FORMAT)?;
        write_piece(file, 0, program.as_bytes())?;
        let memo = postcard::to_stdvec(&self.memo).map_err(io::Error::other)?;
        write_piece(file, 0, &memo)?;
        for block in &self.blocks {
            write_piece(file, block.len() as u64, block.bytes())?;
        }
        write_piece(file, self.blocks.len() as u64, &[])?;
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
        let memo = Piece::read(file).ok()??;
        let mut pieces = Vec::new();
        while let Some(piece) = Piece::read(file).ok()? {
            pieces.push(piece);
        }
        let end = pieces.pop().filter(|end| end.bytes.is_empty() && end.number == pieces.len() as u64)?;
        let memo: Memo =
            postcard::from_bytes(&memo.bytes).ok().filter(|_| memo.is_whole() && end.is_whole())?;
        let block = |piece: Piece| {
            let length = usize::try_from(piece.number).ok().filter(|_| piece.is_whole())?;
            Block::of(piece.bytes, length).filter(|block| !block.is_empty()).map(Arc::new)
        };
        let blocks = pieces.into_par_iter().map(block).collect::<Option<Vec<_>>>()?;
        Some(Index::of(blocks, memo))
    }
}
