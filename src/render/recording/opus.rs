//! How long an Opus recording plays (RFC 7845).
//!
//! lofty is not asked: it panics at a recording without channels or shorter than a millisecond.

use super::Bounded;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

/// The header of a page, without the table of its segments (RFC 3533, 6).
const PAGE_HEADER_BYTES: usize = 27;
/// Before the first page of a recording ends.
const HEAD_BYTES: u64 = 1024;
/// No page is longer.
const LONGEST_PAGE_BYTES: u64 = 65_307;
/// Positions count samples of this rate, whatever that of the recording was (RFC 7845, 4).
const SAMPLES_A_SECOND: f64 = 48_000.0;

/// Is this Ogg with Opus in it, and how long does it play? `None` where it is something else.
pub fn duration(source: &mut Bounded, length_bytes: u64) -> Option<Option<Duration>> {
    let head = bytes(source, 0, HEAD_BYTES)?;
    let page = Page::of(&head)?;
    let inside = head.get(PAGE_HEADER_BYTES + usize::from(*head.get(PAGE_HEADER_BYTES - 1)?)..)?;
    let header = inside.strip_prefix(b"OpusHead")?;
    let last = bytes(source, length_bytes.saturating_sub(LONGEST_PAGE_BYTES), LONGEST_PAGE_BYTES)
        .and_then(|tail| last_position(&tail, page.stream));
    Some(last.zip(skipped(header)).map(|(last, skipped)| {
        Duration::from_secs_f64(last.saturating_sub(skipped) as f64 / SAMPLES_A_SECOND)
    }))
}

/// The samples at the beginning that are not heard (RFC 7845, 5.1).
fn skipped(header: &[u8]) -> Option<u64> {
    match header {
        [_, channels, low, high, ..] if *channels > 0 => Some(u64::from(u16::from_le_bytes([*low, *high]))),
        _ => None,
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
    let pages = starts.filter_map(|at| Page::of(&tail[at..])).filter(|page| page.stream == stream);
    pages.filter_map(|page| page.position).next()
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

    fn recording(channels: u8, last: u64) -> Vec<u8> {
        let mut header = b"OpusHead\x01".to_vec();
        header.extend([channels, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0]);
        [page(0, &header), page(0, b"OpusTags"), page(last, b"sound"), page(u64::MAX, b"sound")].concat()
    }

    fn read(bytes: &[u8]) -> Option<Option<Duration>> {
        let source = Box::new(Cursor::new(bytes.to_vec()));
        duration(&mut Bounded { source, left: MOST_BYTES_READ }, bytes.len() as u64)
    }

    #[test]
    fn samples_up_to_the_last_page_but_those_skipped() {
        assert_eq!(read(&recording(2, 48_000 * 3 + 312)), Some(Some(Duration::from_secs(3))));
        assert_eq!(read(b"OggS\0\x02"), None);
        let whole = recording(1, 48_312);
        for end in 0..whole.len() {
            let _duration = read(&whole[..end]);
        }
    }

    /// lofty panics at these, which prints a message even where it is caught.
    #[test]
    fn recordings_without_sound() {
        assert_eq!(read(&recording(0, 48_312)), Some(None));
        assert_eq!(read(&recording(2, 313)).flatten().unwrap().as_millis(), 0);
        for bytes in [recording(0, 48_312), recording(2, 312)] {
            assert_eq!(measure(Box::new(Cursor::new(bytes))).unwrap().duration, None);
        }
    }
}
