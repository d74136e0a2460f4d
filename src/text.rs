//! Text that may stand in a feed: legal XML 1.0, one line where one line is wanted.
//!
//! No XML writer in use refuses a control character, and every XML parser must; so text is made
//! legal where it comes in, and nothing later has to think of it.

mod excerpt;
mod sentence;

pub use excerpt::excerpt;

use html_escape::decode_html_entities;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// May this character stand in a feed? XML 1.0 (2.2) forbids most control characters and two
/// non-characters; the C1 controls and the other non-characters, which it only discourages, are
/// nearly always a decoding accident, and readers take U+0085 for an ellipsis.
#[must_use]
pub fn is_legal(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => false,
        other => (other as u32) & 0xfffe != 0xfffe,
    }
}

/// So many bytes are looked at together: that many the compiler compares at once.
const TOGETHER: usize = 16;

/// What a text is thought to go on with: a letter, which nobody looks for.
const FILLER: u8 = b'a';

/// Is there a byte that is wanted, seeing the one behind it? Letters are none. `is_wanted` is best without a branch
/// (`&` for `&&`), so that the compiler compares many bytes at once.
#[must_use]
pub fn has_pair(bytes: &[u8], is_wanted: impl Fn(u8, u8) -> bool) -> bool {
    let has_one = |firsts: &[u8; TOGETHER], nexts: &[u8; TOGETHER]| {
        firsts.iter().zip(nexts).fold(false, |found, (&first, &next)| found | is_wanted(first, next))
    };
    let Some((&last, firsts)) = bytes.split_last() else { return false };
    let nexts = &bytes[1..];
    let (Some(last_firsts), Some(last_nexts)) = (firsts.last_chunk(), nexts.last_chunk()) else {
        let mut filled = [FILLER; TOGETHER + 1];
        filled[..bytes.len()].copy_from_slice(bytes);
        let [firsts @ .., _] = &filled;
        let [_, nexts @ ..] = &filled;
        return has_one(firsts, nexts);
    };
    let (firsts, _) = firsts.as_chunks();
    let (nexts, _) = nexts.as_chunks();
    // The last ones are looked at together as well, some of them twice.
    firsts.iter().zip(nexts).any(|(firsts, nexts)| has_one(firsts, nexts))
        || has_one(last_firsts, last_nexts)
        || is_wanted(last, FILLER)
}

/// Is there a byte that is wanted? Letters are none.
#[must_use]
pub fn has(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> bool {
    has_pair(bytes, |byte, _| is_wanted(byte))
}

/// Where the first byte stands that is wanted. Texts are looked through sixteen bytes at a time.
#[must_use]
pub fn position(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let has_one = |chunk: &[u8]| chunk.iter().fold(false, |found, &byte| found | is_wanted(byte));
    let passed = TOGETHER * bytes.chunks_exact(TOGETHER).take_while(|chunk| !has_one(chunk)).count();
    bytes[passed..].iter().position(|&byte| is_wanted(byte)).map(|further| passed + further)
}

/// May every character stand in a feed? Most texts are looked through many bytes at a time.
#[must_use]
pub fn is_all_legal(text: &str) -> bool {
    // Behind the last of these begin the non-characters, but also much that is none.
    let is_suspect = |byte: u8, next: u8| {
        let is_control = (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
        is_control | (byte == 0x7f) | (byte >= 0xef) | ((byte == 0xc2) & (next < 0xa0))
    };
    !has_pair(text.as_bytes(), is_suspect) || text.chars().all(is_legal)
}

/// `text` with line feeds alone at the ends of its lines.
#[must_use]
pub fn line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// `text` without the characters that no feed may hold.
#[must_use]
pub fn legal(text: &str) -> Cow<'_, str> {
    if is_all_legal(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&character| is_legal(character)).collect())
    }
}

/// One line of plain text: legal, white space folded, no direction left open.
#[must_use]
pub fn line(text: &str) -> String {
    as_line(text).into_owned()
}

/// The same of a text that mostly is such a line.
#[must_use]
pub fn as_line(text: &str) -> Cow<'_, str> {
    if is_line(text) { Cow::Borrowed(text) } else { Cow::Owned(folded(text)) }
}

fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().filter(|&character| is_legal(character)));
    }
    balance_directions(folded.trim())
}

/// Is it such a line already? Most are.
fn is_line(text: &str) -> bool {
    // With these begin white space of other kinds and marks of direction, but also quotation marks and dashes.
    let is_suspect =
        |byte: u8| (byte < b' ') | (byte == 0x7f) | (0xe1..=0xe3).contains(&byte) | (byte >= 0xef);
    // Two blanks, controls, and the blank that does not break.
    let is_folded = |one: u8, next: u8| ((one == b' ') & (next == b' ')) | ((one == 0xc2) & (next <= 0xa0));
    let stays = |c: char| {
        let turns = EMBEDDINGS.contains(&c) || matches!(c, '\u{2066}'..=POP_ISOLATE);
        c == ' ' || (is_legal(c) && !c.is_whitespace() && !turns)
    };
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    // Most have neither.
    !has_pair(bytes, |one, next| is_suspect(one) | is_folded(one, next))
        || (!has_pair(bytes, is_folded) && text.chars().all(stays))
}

/// A line as generators understand a headline: Markdown's code marks taken off in pairs, character
/// references resolved.
#[must_use]
pub fn headline(text: &str) -> String {
    if is_headline(text) { line(text) } else { resolved(text) }
}

/// The headline of what went through [`as_line`] before. Where a character of its own had to go, two blanks may stand
/// there still.
#[must_use]
pub fn headline_of_line(line: Cow<'_, str>) -> Cow<'_, str> {
    let is_line = matches!(line, Cow::Borrowed(_)) || is_line(&line);
    if is_line && is_headline(&line) { line } else { Cow::Owned(headline(&line)) }
}

fn is_headline(text: &str) -> bool {
    position(text.as_bytes(), |byte| matches!(byte, b'&' | b'`')).is_none()
}

fn resolved(text: &str) -> String {
    let plain = decode_html_entities(text);
    if plain.matches('`').count().is_multiple_of(2) { line(&plain.replace('`', "")) } else { line(&plain) }
}

const EMBEDDINGS: &[char] = &['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}'];
const POP_ISOLATE: char = '\u{2069}';

/// Without embedding and override characters, and with every isolate closed, so that one title
/// cannot reorder what stands around it.
fn balance_directions(text: &str) -> String {
    let mut open = 0;
    let mut balanced = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !EMBEDDINGS.contains(character)) {
        match character {
            '\u{2066}'..='\u{2068}' => open += 1,
            POP_ISOLATE if open == 0 => continue,
            POP_ISOLATE => open -= 1,
            _ => {}
        }
        balanced.push(character);
    }
    balanced.extend(std::iter::repeat_n(POP_ISOLATE, open));
    balanced
}

/// At most so many bytes, and an ellipsis where something was cut.
#[must_use]
pub fn clipped(mut text: String, bytes: usize) -> String {
    if text.len() > bytes {
        let end = (0..=bytes).rev().find(|&end| text.is_char_boundary(end));
        text.truncate(end.unwrap_or_default());
        text.push('…');
    }
    text
}

/// At most `limit` characters as people count them, cut at the end of a word, with an ellipsis
/// where something was cut.
#[must_use]
pub fn shorten(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.grapheme_indices(true).nth(limit) else { return text.to_owned() };
    let cut = &text[..end];
    let whole_words = match cut.rfind(char::is_whitespace) {
        Some(blank) if !text[end..].starts_with(char::is_whitespace) => &cut[..blank],
        _ => cut,
    };
    let words = whole_words.trim_end_matches(|c: char| c.is_whitespace() || ",;:—–-".contains(c));
    balance_directions(&format!("{words}…"))
}

/// Plain text as HTML text or attribute value.
#[must_use]
pub fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_go() {
        assert_eq!(legal("a\u{8}b\u{fffe}c\u{0}d"), "abcd");
        assert!(matches!(legal("Мост 🌉\n"), Cow::Borrowed(_)));
        assert_eq!(line(" two\u{b}\n lines\t "), "two lines");
    }

    const PIECES: &[&str] = &[
        "a",
        "bc",
        "мост",
        "海",
        "é",
        "“",
        "—",
        "«",
        "😀",
        "\u{ff01}",
        " ",
        " ",
        "  ",
        "\t",
        "\n",
        "\r",
        "\0",
        "\u{8}",
        "\u{7f}",
        "\u{80}",
        "\u{85}",
        "\u{9f}",
        "\u{a0}",
        "\u{ad}",
        "\u{1680}",
        "\u{2003}",
        "\u{200b}",
        "\u{2028}",
        "\u{202e}",
        "\u{202f}",
        "\u{205f}",
        "\u{2067}",
        "\u{2069}",
        "\u{3000}",
        "\u{fdd0}",
        "\u{feff}",
        "\u{fffe}",
        "\u{1fffe}",
        "a text that is so long that it is looked through many bytes at a time",
    ];

    proptest::proptest! {
        #[test]
        fn the_quick_look_overlooks_nothing(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..6)) {
            let text = pieces.concat();
            proptest::prop_assert_eq!(is_all_legal(&text), text.chars().all(is_legal));
            proptest::prop_assert_eq!(line(&text), folded(&text));
            proptest::prop_assert_eq!(&*headline_of_line(as_line(&text)), headline(&line(&text)));
        }
    }

    #[test]
    fn headlines_are_plain() {
        assert_eq!(headline("AT&amp;T buys `ferry`"), "AT&T buys ferry");
        assert_eq!(headline("a ` alone, <b>"), "a ` alone, <b>");
    }

    #[test]
    fn directions_are_closed() {
        assert_eq!(line("\u{202e}abc"), "abc");
        assert_eq!(line("\u{2067}abc"), "\u{2067}abc\u{2069}");
        assert_eq!(line("abc\u{2069}"), "abc");
    }

    #[test]
    fn cuts_between_words_and_never_inside_a_character() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten("one two", 7), "one two");
        assert_eq!(shorten("one, two", 4), "one…");
        assert_eq!(shorten("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 1), "👩‍👩‍👧‍👦…");
    }
}
