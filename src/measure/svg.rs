//! The size of a drawing, from the attributes of its root: nothing is drawn, and no entity resolved.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Its media type.
pub const TYPE: &str = "image/svg+xml";

/// What stands before the root: declaration, document type, comments.
const MOST_BEFORE_ROOT: usize = 100;
/// Nobody draws larger ones.
const LARGEST: f64 = 100_000.0;

/// Width and height of a drawing, where it has any; `None` where the bytes are no SVG.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Option<(u32, u32)>> {
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace() && **byte < 0x80) != Some(&b'<') {
        return None;
    }
    let mut reader = Reader::from_reader(bytes);
    for _ in 0..MOST_BEFORE_ROOT {
        match reader.read_event() {
            Ok(Event::Start(root) | Event::Empty(root)) => {
                return (root.local_name().as_ref() == b"svg").then(|| size(&root));
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
    None
}

/// A side that the root leaves out follows from the other and the drawing's own proportions (CSS Images 3,
/// 5.2); where it has neither, its own units are pixels.
fn size(root: &BytesStart<'_>) -> Option<(u32, u32)> {
    let own = view_box(root);
    let (width, height) = match (side(root, "width"), side(root, "height"), own) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (None, None, Some(own)) => own,
        _ => return None,
    };
    Some((pixels(width)?, pixels(height)?))
}

fn view_box(root: &BytesStart<'_>) -> Option<(f64, f64)> {
    let value = attribute(root, "viewBox")?;
    let mut numbers = value.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty()).skip(2);
    let mut next = || numbers.next().and_then(positive);
    next().zip(next())
}

/// A length in pixels (CSS Values 4, 6.2). Parts of the window or of a letter have no size by themselves.
fn side(root: &BytesStart<'_>, name: &str) -> Option<f64> {
    let value = attribute(root, name)?;
    let value = value.trim();
    let unit_at =
        value.find(|c: char| c.is_ascii_alphabetic() && c != 'e' || c == '%').unwrap_or(value.len());
    let (number, unit) = value.split_at(unit_at);
    let in_pixels = match unit.to_ascii_lowercase().as_str() {
        "" | "px" => 1.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        _ => return None,
    };
    positive(number.trim()).map(|number| number * in_pixels)
}

fn attribute(root: &BytesStart<'_>, name: &str) -> Option<String> {
    const LONGEST_BYTES: usize = 200;
    let found = root.try_get_attribute(name).ok()??;
    (found.value.len() <= LONGEST_BYTES).then(|| String::from_utf8_lossy(&found.value).into_owned())
}

fn positive(number: &str) -> Option<f64> {
    number.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

fn pixels(number: f64) -> Option<u32> {
    let rounded = number.round();
    // Both bounds are far within the type.
    (1.0..=LARGEST).contains(&rounded).then_some(rounded as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let size = |attributes: &str| read(format!("<svg {attributes}>").as_bytes()).unwrap();
        assert_eq!(size("width='40' height='30px' viewBox='0 0 4 3'"), Some((40, 30)));
        assert_eq!(size("width='1in' height='25.4mm'"), Some((96, 96)));
        assert_eq!(size("width='100%' height='100%' viewBox='0,0 640 480.4'"), Some((640, 480)));
        assert_eq!(size("width='1e2' viewBox='0 0 4 3'"), Some((100, 75)));
        assert_eq!(size("width='10em' height='2em'"), None);
        assert_eq!(size("width='-4' height='nan' viewBox='0 0 0 3'"), None);
        assert_eq!(size("width='1e300' height='3'"), None);
    }

    #[test]
    fn what_may_stand_before_the_root() {
        let text = "\u{feff}<?xml version='1.0'?>\n<!-- drawn -->\n<!DOCTYPE svg [<!ENTITY w \"9\">]>\n<s:svg xmlns:s='x' width='&w;' viewBox='0 0 4 3'>";
        assert_eq!(read(text.as_bytes()), Some(Some((4, 3))));
        assert_eq!(read(b"<!-- one -->".repeat(1000).as_slice()), None);
        assert_eq!(read(b"<html><svg/>"), None);
        assert_eq!(read(b"svg"), None);
        let bomb = format!("<!DOCTYPE svg [{}]><svg width='&a;'/>", "<!ENTITY a '&b;&b;'>".repeat(100_000));
        assert_eq!(read(bomb.as_bytes()), Some(None));
    }
}
