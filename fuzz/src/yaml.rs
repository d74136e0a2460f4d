//! What holds for any text as YAML: where the reader of plain lines answers, the library says the same.

use feedmill::syntax::yaml::{plain, read_any};

/// Reads a text with these bytes, and what stands between its fences if it is an article.
pub fn hold(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    reads_alike(text);
    if let Some(header) = between_fences(text) {
        reads_alike(header);
    }
}

/// The front matter of an article that begins with a fence of YAML.
pub fn between_fences(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("---\n")?;
    inside.find("\n---").map(|end| &inside[..=end])
}

/// Tells if the reader of plain lines has an answer.
pub fn reads_alike(text: &str) -> bool {
    let plain = plain::read(text);
    if let Some(map) = &plain {
        assert_eq!(Ok(map), read_any(text).as_ref(), "{text}");
    }
    plain.is_some()
}
