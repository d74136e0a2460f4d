//! What a file of sound or film says of itself: how long it is, what it is, how long it plays.

mod container;
mod ogg;

pub use container::{Container, as_medium, usual_word};

use crate::fenced::fenced;
use crate::newsroom::MediaSource;
use lofty::config::ParseOptions;
use lofty::file::AudioFile;
use lofty::probe::Probe;
use std::io::{self, Read, Seek, SeekFrom};
use std::time::Duration;

/// What was measured.
#[derive(Debug, Default, PartialEq)]
pub struct Measured {
    /// Size in bytes.
    pub length_bytes: u64,
    /// What it is; `None` where its first bytes do not tell.
    pub container: Option<Container>,
    /// How long it plays, in whole seconds, at least one.
    pub duration: Option<Duration>,
}

/// Headers are small. A file that asks for more reading than this is broken, or means harm.
const MOST_BYTES_READ: u64 = 16_000_000;

/// What one request costs at least, however little it reads.
const COST_OF_A_REQUEST: u64 = 64;

/// Nothing that is heard or watched in one go takes longer.
const LONGEST: Duration = Duration::from_secs(1000 * 3600);

/// Measures a recording by its headers; most of it is never read.
///
/// # Errors
/// What the system says of a file that cannot be read.
pub fn measure(mut source: Box<dyn MediaSource>) -> io::Result<Measured> {
    let length_bytes = source.seek(SeekFrom::End(0))?;
    source.rewind()?;
    let mut head = Vec::with_capacity(container::HEAD_BYTES);
    (&mut source).take(container::HEAD_BYTES as u64).read_to_end(&mut head)?;
    source.rewind()?;
    let container = Container::of(&head);
    let duration = container
        .and_then(|container| duration(Bounded { source, left: MOST_BYTES_READ }, container, length_bytes));
    Ok(Measured { length_bytes, container, duration })
}

fn duration(mut source: Bounded, container: Container, length_bytes: u64) -> Option<Duration> {
    let duration = match container {
        Container::Pdf | Container::Matroska => None,
        Container::Ogg => ogg::duration(&mut source, length_bytes),
        _ => duration_by_lofty(source, container, length_bytes),
    };
    let duration = duration.filter(|duration| !duration.is_zero() && *duration <= LONGEST)?;
    Some(Duration::from_secs((duration.as_secs_f64().round() as u64).max(1)))
}

fn duration_by_lofty(source: Bounded, container: Container, length_bytes: u64) -> Option<Duration> {
    let options = ParseOptions::new().read_tags(false).read_cover_art(false);
    let properties = fenced(|| {
        let file = Probe::new(source).options(options).guess_file_type().ok()?.read().ok()?;
        Some(file.properties().clone())
    })?;
    let mut duration = properties.duration();
    if let (Container::Wav, Some(rate), Some(channels), Some(bits)) =
        (container, properties.sample_rate(), properties.channels(), properties.bit_depth())
    {
        // A recorder that does not know the end yet writes a length that no file has.
        let bits_a_second = u64::from(rate) * u64::from(channels) * u64::from(bits);
        let longest = (length_bytes * 8).checked_div(bits_a_second).map(Duration::from_secs);
        duration = longest.map_or(duration, |longest| duration.min(longest + Duration::from_secs(1)));
    }
    Some(duration)
}

/// A source that does not let itself be read for ever.
struct Bounded {
    source: Box<dyn MediaSource>,
    left: u64,
}

impl Bounded {
    fn spend(&mut self, bytes: usize) -> io::Result<()> {
        let cost = COST_OF_A_REQUEST + bytes as u64;
        let left = self.left.checked_sub(cost);
        self.left = left.ok_or_else(|| io::Error::other("its headers have no end"))?;
        Ok(())
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.source.read(buffer)?;
        self.spend(bytes)?;
        Ok(bytes)
    }
}

impl Seek for Bounded {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.spend(0)?;
        self.source.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn measured(bytes: &[u8]) -> Measured {
        measure(Box::new(Cursor::new(bytes.to_vec()))).unwrap()
    }

    /// Silence of three seconds, a hundred bytes each.
    fn wave(riff_length: u32, data_length: u32) -> Vec<u8> {
        let mut bytes = b"RIFF".to_vec();
        bytes.extend(riff_length.to_le_bytes());
        bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x64\0\0\0\x64\0\0\0\x01\0\x08\0data");
        bytes.extend(data_length.to_le_bytes());
        bytes.extend([0x80; 300]);
        bytes
    }

    #[test]
    fn a_wave_and_one_without_an_end() {
        let three_seconds = Some(Duration::from_secs(3));
        assert_eq!(measured(&wave(336, 300)).duration, three_seconds);
        let endless = measured(&wave(u32::MAX, u32::MAX)).duration;
        assert!(endless.is_none_or(|duration| duration.as_secs() <= 4), "{endless:?}");
    }

    #[test]
    fn headers_without_an_end_are_given_up() {
        let mut zeros = b"ID3\x04\0\0\0\0\0\0".to_vec();
        zeros.resize(40_000_000, 0);
        assert_eq!(measured(&zeros).duration, None);
        let mut chunks = wave(u32::MAX, 0);
        chunks.truncate(36);
        chunks.extend(b"junk\0\0\0\0".repeat(3_000_000));
        assert_eq!(measured(&chunks).duration, None);
        let mut atoms = b"\0\0\0\x10ftypM4A \0\0\0\0".to_vec();
        atoms.extend(b"\0\0\0\x08free".repeat(3_000_000));
        assert_eq!(measured(&atoms).duration, None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_can_be_measured(start in 0_usize..7, tail: Vec<u8>) {
            let heads: [&[u8]; 7] = [
                b"ID3\x04\0\0\0\0\0\x0a", b"\xFF\xFB\x90\0", b"\xFF\xF1\x50\x80", b"\0\0\0\x1cftypM4A ",
                b"OggS\0\x02", b"RIFF\0\x01\0\0WAVEfmt ", b"fLaC\0\0\0\x22",
            ];
            let bytes = [heads[start], &tail].concat();
            proptest::prop_assert_eq!(measured(&bytes).length_bytes, bytes.len() as u64);
        }
    }
}
