//! Which way up a camera held a photograph: programs turn it by that before they show it.

/// Is the picture shown with its sides swapped? (Exif 2.32, 4.6.4 A, `Orientation`)
#[must_use]
pub fn is_turned(jpeg: &[u8]) -> bool {
    exif(jpeg).and_then(orientation).is_some_and(|value| (5..=8).contains(&value))
}

/// The Exif part of a JPEG: a TIFF file of its own.
fn exif(jpeg: &[u8]) -> Option<&[u8]> {
    let mut rest = jpeg.get(2..)?;
    loop {
        let (marker, length) = match rest {
            [0xff, marker, high, low, ..] => (*marker, usize::from(u16::from_be_bytes([*high, *low]))),
            _ => return None,
        };
        // After this the picture itself begins.
        const START_OF_SCAN: u8 = 0xda;
        if marker == START_OF_SCAN || length < 2 {
            return None;
        }
        let segment = rest.get(4..2 + length)?;
        if let (0xe1, Some(tiff)) = (marker, segment.strip_prefix(b"Exif\0\0")) {
            return Some(tiff);
        }
        rest = &rest[2 + length..];
    }
}

/// The value of the tag in the first directory of a TIFF file (TIFF 6.0, section 2).
fn orientation(tiff: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 0x0112;
    const SHORT: u16 = 3;
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let start: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let start = if is_little { u32::from_le_bytes(start) } else { u32::from_be_bytes(start) };
    let directory = usize::try_from(start).ok()?;
    let entries = usize::from(short(directory)?);
    let at = (0..entries).map(|index| directory + 2 + 12 * index);
    let mut found = at.filter(|&at| short(at) == Some(ORIENTATION) && short(at + 2) == Some(SHORT));
    short(found.next()? + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photograph(tiff: &[u8]) -> Vec<u8> {
        let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        [&b"\xff\xd8\xff\xe0\0\x04ab\xff\xe1"[..], &length, b"Exif\0\0", tiff, b"\xff\xda"].concat()
    }

    #[test]
    fn both_orders_of_bytes() {
        let big = |value: u8| {
            let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0];
            photograph(&[&b"MM\0*\0\0\0\x08\0\x01"[..], &entry].concat())
        };
        assert!(is_turned(&big(6)));
        assert!(!is_turned(&big(1)) && !is_turned(&big(3)) && !is_turned(&big(9)));
        let little = [0x0f, 0x01, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0];
        assert!(is_turned(&photograph(&[&b"II*\0\x08\0\0\0\x02\0"[..], &little].concat())));
    }

    #[test]
    fn what_is_cut_or_lies_outside() {
        let whole = photograph(b"MM\0*\xff\xff\xff\xff\0\x01");
        assert!(!is_turned(&whole));
        for end in 0..whole.len() {
            assert!(!is_turned(&whole[..end]));
        }
        assert!(!is_turned(&photograph(b"MM\0*\0\0\0\x08\xff\xff")));
    }
}
