//! Long texts in pieces, so that they are escaped in linear time.
//!
//! html5ever looks, at each ampersand, for the next angle bracket to the end of its text: a text of a
//! million ampersands takes minutes. Comments between the pieces make several texts of one, and the
//! allow-list takes them out again. They can go when html5ever's `write_escaped` looks for all in one pass.

use lol_html::html_content::{ContentType, TextChunk, TextType};

/// Longer ones are split.
pub const LONGEST_BYTES: usize = 4096;
/// Longer than any character reference that people write.
const REFERENCE_BYTES: usize = 64;
const BETWEEN: &str = "<!---->";

/// Puts comments into a long text.
pub fn split(chunk: &mut TextChunk<'_>) {
    if chunk.text_type() == TextType::Data && chunk.as_str().len() > LONGEST_BYTES {
        let pieces = in_pieces(chunk.as_str());
        chunk.replace(&pieces, ContentType::Html);
    }
}

fn in_pieces(text: &str) -> String {
    let mut pieces = String::with_capacity(text.len() + text.len() / 1024);
    let mut rest = text;
    while rest.len() > LONGEST_BYTES {
        let end = boundary(rest, LONGEST_BYTES);
        // Not within a reference.
        let nearby = boundary(rest, end - REFERENCE_BYTES);
        let end = rest[nearby..end].rfind('&').map_or(end, |start| nearby + start);
        pieces.push_str(&rest[..end]);
        pieces.push_str(BETWEEN);
        rest = &rest[end..];
    }
    pieces + rest
}

/// The last place between two characters up to `end`.
fn boundary(text: &str, end: usize) -> usize {
    (0..=end).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_whole() {
        for text in
            ["x".repeat(50_000), "&amp;".repeat(10_000), "мост &nbsp;".repeat(5_000), "&".repeat(50_000)]
        {
            let pieces = in_pieces(&text);
            assert!(pieces.split(BETWEEN).count() >= 3);
            assert!(pieces.split(BETWEEN).all(|piece| piece.len() <= LONGEST_BYTES));
            assert!(!pieces.split(BETWEEN).any(|piece| piece.ends_with("&am") || piece.ends_with("&nbs")));
            assert_eq!(pieces.replace(BETWEEN, ""), text);
        }
    }
}
