//! Names that can be one part of a path or an address.

use crate::text;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name that is safe: no separators, no dots alone, nothing invisible. In NFC, for some file
/// systems hand back another spelling than they were given.
#[must_use]
pub fn safe_name(text: &str) -> Option<Cow<'_, str>> {
    match is_safe(text, u8::is_ascii_alphanumeric) {
        true => Some(Cow::Borrowed(text)),
        false => made_safe(text).map(Cow::Owned),
    }
}

fn made_safe(text: &str) -> Option<String> {
    let line: String =
        text::line(text).nfc().map(|c| if matches!(c, '/' | '\\') { '-' } else { c }).collect();
    let name = if line.chars().all(|c| c == '.') { "-".repeat(line.len()) } else { line };
    (!name.is_empty()).then_some(name)
}

/// Is it a name that stays as it is, as most do: such letters, and what joins them?
fn is_safe(text: &str, is_letter: impl Fn(&u8) -> bool) -> bool {
    text.bytes().all(|byte| is_letter(&byte) || matches!(byte, b'-' | b'_' | b'.'))
        && text.bytes().any(|byte| byte != b'.')
}

/// A section's name in the spelling that is compared: one word, lower case, safe in a path.
#[must_use]
pub fn section_name(text: &str) -> String {
    as_section_name(text).into_owned()
}

/// The same of a text that mostly has that spelling.
#[must_use]
pub fn as_section_name(text: &str) -> Cow<'_, str> {
    match is_safe(text, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(compared(text)),
    }
}

fn compared(text: &str) -> String {
    safe_name(text).unwrap_or_default().to_lowercase().replace(' ', "-").nfc().collect()
}

/// A name in NFC and lower case as one part of a path. Letters and digits of any script stay, and
/// what a file system or a server could take for something else is written as `~` and two
/// hexadecimal digits for each byte, so that no two names meet, not even where case is ignored or the
/// spelling of letters changed. A dot is written so too, or a section could have the name of a feed's
/// file.
#[must_use]
pub fn path_part(name: &str) -> String {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'+');
    // As most are.
    let stays = name.len() <= LONGEST_PART && name.bytes().all(is_plain) && !DEVICES.contains(&name);
    if stays { name.to_owned() } else { made_part(name) }
}

fn made_part(name: &str) -> String {
    let mut part = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    // Nothing else may carry a mark: it could melt with the last digit of what stands for a character.
    let mut carries_marks = false;
    let is_device = DEVICES.contains(&name);
    while let Some(character) = characters.next() {
        let is_mark = is_combining_mark(character);
        let is_letter = character.is_alphanumeric() && !is_mark;
        let ends_word = characters.peek().is_none_or(|next| !next.is_alphanumeric());
        let is_kept = match character {
            '-' | '_' | '+' => true,
            // Taken for one letter where case is ignored; the one that is usual in its place stays.
            'σ' => !ends_word,
            'ς' => ends_word,
            _ => (is_letter || (is_mark && carries_marks)) && stays_itself(character),
        };
        carries_marks = is_kept && (is_letter || is_mark);
        if is_kept && !(is_device && part.is_empty()) {
            part.push(character);
            continue;
        }
        let mut bytes = [0; 4];
        for byte in character.encode_utf8(&mut bytes).bytes() {
            part.push_str(&format!("~{byte:02x}"));
        }
    }
    if part.len() <= LONGEST_PART { part } else { shortened(&part) }
}

/// The name that became this part; `None` where it was shortened, or no name becomes it.
#[must_use]
pub fn name_of_part(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first == b'~' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok().filter(|name| path_part(name) == part)
}

/// Names that Windows keeps for devices: a copy of the feeds there could not hold such a directory.
const DEVICES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Is a letter still the same one where case is ignored (Unicode, full case folding)? `ß` is `ss` there,
/// and some letters are nothing at all.
fn stays_itself(letter: char) -> bool {
    let is_ignored = matches!(letter,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}');
    // The letter without a dot is `I` in capitals, but not folded: that is for Turkish alone.
    let folded = || letter.to_uppercase().flat_map(char::to_lowercase).nfc();
    !is_ignored && (letter == 'ı' || folded().eq([letter]))
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
    use crate::topic::Topic;
    use proptest::prelude::*;

    #[test]
    fn names_are_safe() {
        assert_eq!(safe_name("../..").as_deref(), Some("..-.."));
        assert_eq!(safe_name("..").as_deref(), Some("--"));
        assert_eq!(safe_name("a\u{202e}b\u{0}/c").as_deref(), Some("ab-c"));
        assert_eq!(safe_name("cafe\u{301}").as_deref(), Some("café"));
        assert_eq!(safe_name("  "), None);
    }

    proptest! {
        #[test]
        fn what_seems_safe_is_safe(text in "[a-zA-Z0-9._-]{0,5}|[a-zA-Z0-9._/ é-]{0,5}") {
            prop_assert_eq!(safe_name(&text).map(Cow::into_owned), made_safe(&text));
            prop_assert_eq!(section_name(&text), compared(&text));
        }

        #[test]
        fn what_seems_a_part_is_one(name in "[a-z0-9_+-]{0,4}|[a-zA-Z0-9._~+ é-]{0,5}|[a-z]{198,202}|con|com1|nul") {
            prop_assert_eq!(path_part(&name), made_part(&name));
        }
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

    #[test]
    fn names_of_every_script_can_be_read() {
        for name in [
            "морской-лёд",
            "海冰",
            "바다",
            "الجليد",
            "ים-תיכון",
            "समुद्री-बर्फ",
            "ทะเล",
            "θάλασσας-κόσμος",
            "ısı",
            "ευρωπαΐκή",
        ] {
            assert_eq!(path_part(name), name);
        }
        assert_eq!(path_part("straße"), "stra~c3~9fe");
        assert_eq!(path_part("🎉"), "~f0~9f~8e~89");
        assert_eq!(path_part("κόσμοσ-aς"), "κόσμο~cf~83-aς");
        assert_eq!((path_part("con").as_str(), path_part("conifer").as_str()), ("~63on", "conifer"));
        assert_eq!(path_part("✌\u{fe0f}"), "~e2~9c~8c~ef~b8~8f");
        assert_eq!(path_part("-\u{301}"), "-~cc~81");
    }

    /// What the least exact of file systems compares: without case, without spelling, without what
    /// cannot be seen.
    fn as_a_file_system_sees(part: &str) -> String {
        let unseen = |c: &char| !matches!(*c, '\u{34f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200f}');
        let folded = |c: char| match c {
            'ı' => "ı".to_owned(),
            _ => c.to_uppercase().flat_map(char::to_lowercase).collect(),
        };
        part.nfd().filter(unseen).map(folded).collect::<String>().nfd().collect()
    }

    /// What is alike to somebody.
    fn near_names() -> impl Strategy<Value = String> {
        let parts = [
            "ß",
            "ss",
            "ſ",
            "s",
            "S",
            "İ",
            "I",
            "ı",
            "i",
            "i\u{307}",
            "\u{307}",
            "Σ",
            "σ",
            "ς",
            "é",
            "e\u{301}",
            "\u{301}",
            "ΐ",
            "ᾳ",
            "αι",
            "ﬁ",
            "fi",
            "K",
            "k",
            "海",
            "가",
            "\u{1100}\u{1161}",
            "\u{1100}",
            "\u{1161}",
            "\u{3164}",
            "न्",
            "\u{94d}",
            "د",
            "\u{200d}",
            "\u{fe0f}",
            "🎉",
            "✌",
            ".",
            "~",
            "~c3",
            "/",
            "con",
            "-",
            "+",
            " ",
            "\u{34f}",
            "c",
            "\u{327}",
        ];
        prop::collection::vec(prop::sample::select(parts.to_vec()), 1..6).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn parts_can_be_read_back(spelling in prop_oneof![".{1,20}", near_names()]) {
            let topic = Topic::of(&spelling);
            let part = path_part(topic.name());
            prop_assert_eq!(name_of_part(&part), Some(topic.name().to_owned()));
            prop_assert_eq!(part.nfc().collect::<String>(), part.as_str());
            prop_assert_ne!(as_a_file_system_sees(&part), "");
        }

        #[test]
        fn no_two_topics_meet(one in near_names(), other in near_names()) {
            let (one, other) = (Topic::of(&one), Topic::of(&other));
            let seen = |topic: &Topic| as_a_file_system_sees(&path_part(topic.name()));
            prop_assert_eq!(one == other, seen(&one) == seen(&other));
        }

        #[test]
        fn long_names_do_not_meet(name in "[а-я🎉]{90,120}", end in "[а-я]", other in "[а-я]") {
            let (one, two) = (path_part(&format!("{name}{end}")), path_part(&format!("{name}{other}")));
            prop_assert!(one.len() <= LONGEST_PART && two.len() <= LONGEST_PART);
            prop_assert_eq!(one == two, end == other);
        }
    }
}
