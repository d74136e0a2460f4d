//! How long a recording in Ogg plays: Opus (RFC 7845) and Vorbis (Vorbis I, 4.2.2).
//!
//! lofty is not asked: it panics at recordings without channels, at very short ones, and at Speex.

use super::Bounded;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

/// The header of a page, without the table of its segments (RFC 3533, 6).
const PAGE_HEADER_BYTES: usize = 27;
/// The first page ends before this.
const HEAD_BYTES: u64 = 1024;
/// No page is longer.
const LONGEST_PAGE_BYTES: u64 = 65_307;

/// How long it plays; `None` where it is neither, or does not say.
pub fn duration(source: &mut Bounded, length_bytes: u64) -> Option<Duration> {
    let head = bytes(source, 0, HEAD_BYTES)?;
    let page = Page::of(&head)?;
    let sound = Sound::of(head.get(PAGE_HEADER_BYTES + usize::from(*head.get(PAGE_HEADER_BYTES - 1)?)..)?)?;
    let tail = bytes(source, length_bytes.saturating_sub(LONGEST_PAGE_BYTES), LONGEST_PAGE_BYTES)?;
    let samples = last_position(&tail, page.stream)?.saturating_sub(sound.skipped);
    Duration::try_from_secs_f64(samples as f64 / f64::from(sound.samples_a_second)).ok()
}

/// What positions count.
struct Sound {
    samples_a_second: u32,
    /// Samples at the beginning that are not heard.
    skipped: u64,
}

impl Sound {
    fn of(packet: &[u8]) -> Option<Sound> {
        let little = |at: usize| packet.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
        if packet.starts_with(b"OpusHead") {
            let channels = *packet.get(9)?;
            let skipped = u64::from(little(10)? & 0xffff);
            // Whatever the rate of the recording was (RFC 7845, 4).
            return (channels > 0).then_some(Sound { samples_a_second: 48_000, skipped });
        }
        let samples_a_second = packet.starts_with(b"\x01vorbis").then(|| little(12))??;
        (samples_a_second > 0).then_some(Sound { samples_a_second, skipped: 0 })
    }
}

/// A page, by its header.
struct Page {
    stream: [u8; 4],
    /// The samples up to its end; `None` where no packet ends in it.
    position: Option<u64>,
}

impl Page {
    fn of(bytes: &[u8]) -> Option<Page> {
        let header = bytes.get(..PAGE_HEADER_BYTES)?.strip_prefix(b"OggS\0")?;
        let position = u64::from_le_bytes(header.get(1..9)?.try_into().ok()?);
        let stream = header.get(9..13)?.try_into().ok()?;
        Some(Page { stream, position: Some(position).filter(|&position| position != u64::MAX) })
    }
}

/// The position of the last page of a stream.
fn last_position(tail: &[u8], stream: [u8; 4]) -> Option<u64> {
    let starts = (0..tail.len()).rev().filter(|&at| tail[at..].starts_with(b"OggS"));
    let mut pages = starts.filter_map(|at| Page::of(&tail[at..])).filter(|page| page.stream == stream);
    pages.find_map(|page| page.position)
}

fn bytes(source: &mut Bounded, from: u64, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    source.seek(SeekFrom::Start(from)).ok()?;
    source.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::{MOST_BYTES_READ, measure};
    use super::*;
    use std::io::Cursor;

    fn page(position: u64, packet: &[u8]) -> Vec<u8> {
        let mut page = b"OggS\0\x02".to_vec();
        page.extend(position.to_le_bytes());
        page.extend(*b"seal\0\0\0\0\0\0\0\0\x01");
        page.push(u8::try_from(packet.len()).unwrap());
        page.extend(packet);
        page
    }

    fn recording(header: &[u8], last: u64) -> Vec<u8> {
        [page(0, header), page(last, b"sound"), page(u64::MAX, b"sound")].concat()
    }

    fn opus(channels: u8, last: u64) -> Vec<u8> {
        let mut header = b"OpusHead\x01".to_vec();
        header.extend([channels, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0]);
        recording(&header, last)
    }

    fn vorbis(rate: u32, last: u64) -> Vec<u8> {
        let rate = rate.to_le_bytes();
        recording(&[&b"\x01vorbis\0\0\0\0\x02"[..], &rate, &[0; 14]].concat(), last)
    }

    fn read(bytes: &[u8]) -> Option<Duration> {
        let source = Box::new(Cursor::new(bytes.to_vec()));
        duration(&mut Bounded { source, left: MOST_BYTES_READ }, bytes.len() as u64)
    }

    #[test]
    fn samples_up_to_the_last_page_but_those_skipped() {
        assert_eq!(read(&opus(2, 48_000 * 3 + 312)), Some(Duration::from_secs(3)));
        assert_eq!(read(&vorbis(44_100, 44_100 * 2)), Some(Duration::from_secs(2)));
        for whole in [opus(1, 48_312), vorbis(8000, u64::MAX - 1)] {
            for end in 0..whole.len() {
                let _duration = read(&whole[..end]);
            }
        }
    }

    #[test]
    fn recordings_without_sound() {
        for bytes in [opus(0, 48_312), opus(2, 312), vorbis(0, 44_100), recording(b"Speex   ", 0)] {
            assert_eq!(measure(Box::new(Cursor::new(bytes))).unwrap().duration, None);
        }
    }
}
