//! The beginning of a text, cut where people would cut it.

use super::balance_directions;
use super::sentence::sentence_ends;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A character as people count them may have any number of marks; so many bytes for each column no script
/// needs, and a family of emoji does not either.
const MOST_BYTES_A_COLUMN: usize = 20;

/// The beginning of `text`, at most `limit` columns of it; Chinese characters take two. All of it where it
/// fits; whole sentences, where they make a third of the limit; else whole words and an ellipsis, and in
/// scripts without blanks whole characters. `None` where not even one fits.
#[must_use]
pub fn excerpt(text: &str, limit: usize) -> Option<String> {
    let Some(cuts) = cuts(text, limit) else { return Some(text.to_owned()) };
    let last = cuts.last()?.end;
    let third = cuts.iter().find(|cut| cut.columns >= limit / 3).map_or(last, |cut| cut.end);
    let is_cut = |end: &usize| cuts.binary_search_by_key(end, |cut| cut.end).is_ok();
    let ends = sentence_ends(text).take_while(|&end| end <= last);
    if let Some(end) = ends.filter(|end| *end >= third && is_cut(end)).last() {
        return Some(balance_directions(&text[..end]));
    }
    let beginning = &text[..last];
    let blank = match text[last..].starts_with(char::is_whitespace) {
        true => None,
        false => beginning.rfind(char::is_whitespace).filter(|blank| *blank >= third),
    };
    let words = beginning[..blank.unwrap_or(last)].trim_end_matches(is_dangling);
    (!words.is_empty()).then(|| balance_directions(&format!("{words}…")))
}

/// Blanks, and marks that make no sense before an ellipsis.
fn is_dangling(character: char) -> bool {
    character.is_whitespace() || ",;:—–-，、：；،؛([{（「『“„«‘‚‹¿¡".contains(character)
}

/// Where the text may be cut, and how many columns are before it.
struct Cut {
    end: usize,
    columns: usize,
}

/// The places within the limit; `None` where all of the text is.
fn cuts(text: &str, limit: usize) -> Option<Vec<Cut>> {
    let mut cuts = Vec::new();
    let mut columns = 0;
    for (start, character) in text.grapheme_indices(true) {
        columns += character.width().max(1);
        let end = start + character.len();
        if columns > limit || end > limit * MOST_BYTES_A_COLUMN {
            return Some(cuts);
        }
        cuts.push(Cut { end, columns });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_sentences_where_there_are_some() {
        let text = "The ferry is late. Nobody knows why, says Mr. Falk of the harbour office.";
        assert_eq!(excerpt(text, 40).as_deref(), Some("The ferry is late."));
        assert_eq!(excerpt(text, 80).as_deref(), Some(text));
        assert_eq!(
            excerpt(text, 60).as_deref(),
            Some("The ferry is late. Nobody knows why, says Mr. Falk of the…")
        );
        assert_eq!(excerpt(text, 12).as_deref(), Some("The ferry is…"));
    }

    #[test]
    fn columns_and_characters_as_people_see_them() {
        assert_eq!(excerpt("船沉了。没有人受伤。", 12).as_deref(), Some("船沉了。"));
        assert_eq!(excerpt("没有人受伤没有人受伤", 8).as_deref(), Some("没有人受…"));
        assert_eq!(excerpt("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3).as_deref(), Some("👩‍👩‍👧‍👦…"));
        assert_eq!(excerpt("เรือจมแล้ว ไม่มีใครบาดเจ็บเลย", 14).as_deref(), Some("เรือจมแล้ว…"));
        assert_eq!(excerpt(&format!("a{}", "\u{301}".repeat(10_000)), 100), None);
    }

    proptest! {
        #[test]
        fn a_beginning_of_the_text(
            text in r"(\PC{0,3}|[a-z]{1,9}|[.!?…。।؟] ?|[가-힣]|[ᄀ-ᇿ]{1,3}|👩‍👩‍👧‍👦|Mr\. |[а-яА-Я]{1,9}|\u{301}| |\u{2067}){0,80}",
            limit in 1..120_usize,
        ) {
            let text = crate::text::line(&text);
            let Some(found) = excerpt(&text, limit) else { return Ok(()) };
            if found == text {
                return Ok(());
            }
            let open = found.trim_end_matches('\u{2069}');
            let end = match open.strip_suffix('…') {
                Some(words) if text.starts_with(words) => words.len(),
                _ => {
                    prop_assert!(text.starts_with(open) || text.starts_with(&found), "{found:?}");
                    let end = if text.starts_with(&found) { found.len() } else { open.len() };
                    prop_assert!(sentence_ends(&text).any(|known| known == end), "{found:?}");
                    end
                }
            };
            let is_boundary = text.grapheme_indices(true).any(|(start, _)| start == end);
            prop_assert!(is_boundary || end == text.len(), "{found:?}");
            let columns: usize = text[..end].graphemes(true).map(|character| character.width().max(1)).sum();
            prop_assert!(columns <= limit, "{found:?}");
        }
    }
}
