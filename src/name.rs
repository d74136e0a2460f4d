//! Names that can be one part of a path or an address.

use crate::text;
use unicode_normalization::UnicodeNormalization;

/// A name that is safe: no separators, no dots alone, nothing invisible. In NFC, for some file
/// systems hand back another spelling than they were given.
#[must_use]
pub fn safe_name(text: &str) -> Option<String> {
    let line: String =
        text::line(text).nfc().map(|c| if matches!(c, '/' | '\\') { '-' } else { c }).collect();
    let name = if line.chars().all(|c| c == '.') { "-".repeat(line.len()) } else { line };
    (!name.is_empty()).then_some(name)
}

/// A section's name in the spelling that is compared: one word, lower case, safe in a path.
#[must_use]
pub fn section_name(text: &str) -> String {
    safe_name(text).unwrap_or_default().to_lowercase().replace(' ', "-")
}

/// A name as one part of a path: letters and digits of any script stay, and
/// what a file system or a server could take for something else is written as `~` and two
/// hexadecimal digits, so that no two names meet. A dot is written so too, or a section could have
/// the name of a feed's file.
#[must_use]
pub fn path_part(name: &str) -> String {
    let mut part = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '-' | '_' | '+' => part.push(character),
            _ if character.is_alphanumeric() => part.push(character),
            _ => {
                let mut bytes = [0; 4];
                for byte in character.encode_utf8(&mut bytes).bytes() {
                    part.push_str(&format!("~{byte:02x}"));
                }
            }
        }
    }
    if part.len() <= LONGEST_PART { part } else { shortened(&part) }
}

/// In bytes. File systems take 255, and a temporary name needs some of them.
const LONGEST_PART: usize = 200;

/// The beginning of a part, and after `~~`, which no other part has, a number that tells it from
/// others with the same beginning: FNV-1a, for it has to stay the same for ever.
fn shortened(part: &str) -> String {
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = part.bytes().fold(0xcbf2_9ce4_8422_2325, fnv);
    let mut end = LONGEST_PART - "~~0123456789abcdef".len();
    while !part.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}~~{hash:016x}", &part[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe() {
        assert_eq!(safe_name("../..").as_deref(), Some("..-.."));
        assert_eq!(safe_name("..").as_deref(), Some("--"));
        assert_eq!(safe_name("a\u{202e}b\u{0}/c").as_deref(), Some("ab-c"));
        assert_eq!(safe_name("cafe\u{301}").as_deref(), Some("café"));
        assert_eq!(safe_name("  "), None);
    }

    #[test]
    fn sections_are_one_word() {
        assert_eq!(section_name(" Sea  Ice "), "sea-ice");
    }
    #[test]
    fn no_name_leaves_the_output_directory() {
        assert_eq!(path_part("../.."), "~2e~2e~2f~2e~2e");
        assert_eq!(path_part("feed.json"), "feed~2ejson");
        assert_eq!(path_part("новости-дня"), "новости-дня");
        assert_eq!(path_part(&"я".repeat(200)).len(), 200);
    }
}
