//! Smaller forms of a file, for servers that hand them to readers as they are. The same bytes give the same form, always.

use flate2::read::GzDecoder;
use std::io::{self, Read, Write};

/// A content coding of HTTP, and the ending of the file that is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// RFC 1952: every server and every reader knows it.
    Gzip,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

// Of each the level after which more time makes feeds hardly smaller; docs/performance.md has the figures.
const GZIP_LEVEL: u32 = 9;
const BROTLI_QUALITY: i32 = 6;
const ZSTD_LEVEL: i32 = 12;

/// So much is read at a time.
const BUFFER_BYTES: usize = 4096;

/// Readers need not keep more than 4 MB in memory.
const BROTLI_WINDOW_BITS: i32 = 22;

impl Encoding {
    /// All of them.
    pub const ALL: &'static [Encoding] = &[Encoding::Gzip, Encoding::Brotli, Encoding::Zstd];

    /// The name in settings and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Gzip => "gzip",
            Encoding::Brotli => "brotli",
            Encoding::Zstd => "zstd",
        }
    }

    /// What servers add to the name of a file to find its form in this encoding.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Encoding::Gzip => ".gz",
            Encoding::Brotli => ".br",
            Encoding::Zstd => ".zst",
        }
    }

    /// These bytes in this encoding.
    #[must_use]
    pub fn compress(self, bytes: &[u8]) -> Vec<u8> {
        let compressed = match self {
            Encoding::Gzip => gzip(bytes),
            Encoding::Brotli => brotli(bytes),
            Encoding::Zstd => zstd::bulk::compress(bytes, ZSTD_LEVEL),
        };
        compressed.expect("nothing is read from or written to but memory")
    }

    /// The beginning of what was compressed.
    ///
    /// # Errors
    /// What cannot be read, or is in no such encoding.
    pub fn head(self, compressed: impl Read, length_bytes: u64) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        match self {
            Encoding::Gzip => GzDecoder::new(compressed).take(length_bytes).read_to_end(&mut head),
            Encoding::Brotli => {
                brotli::Decompressor::new(compressed, BUFFER_BYTES).take(length_bytes).read_to_end(&mut head)
            }
            Encoding::Zstd => zstd::Decoder::new(compressed)?.take(length_bytes).read_to_end(&mut head),
        }?;
        Ok(head)
    }
}

/// Without name and time, which would tell apart what is the same.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::new(GZIP_LEVEL));
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW_BITS,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn what_is_compressed_can_be_had_back() {
        let long = "The ferry is late, and so is the tide. ".repeat(20_000);
        let mixed: Vec<u8> =
            (0..70_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for encoding in Encoding::ALL {
            for bytes in [b"" as &[u8], b"\n", "Поздний паром".as_bytes(), long.as_bytes(), &mixed]
            {
                let compressed = encoding.compress(bytes);
                assert_eq!(encoding.head(&compressed[..], u64::MAX).unwrap(), bytes, "{encoding:?}");
                assert_eq!(encoding.compress(bytes), compressed, "{encoding:?}");
            }
            let compressed = encoding.compress(long.as_bytes());
            assert!(compressed.len() * 100 < long.len(), "{encoding:?}");
            assert_eq!(encoding.head(&compressed[..], 9).unwrap(), b"The ferry", "{encoding:?}");
            assert!(encoding.head(&b"The ferry is late"[..], 9).is_err(), "{encoding:?}");
        }
    }

    #[test]
    fn gzip_knows_neither_name_nor_time() {
        // RFC 1952, 2.3.1: no flags, and a time of 0 is none.
        assert_eq!(Encoding::Gzip.compress(b"late")[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
    }
}
