//! The line of a fault with a mark under its place, as wide as a terminal shows it.
//!
//! The caret goes by the cells that terminals give to characters: two for wide ones, none for marks
//! that combine. Right-to-left text counts in the order in which it is stored, which is how most
//! terminals show it; where one turns it round, a value as a whole is still underlined.

use crate::terminal::visible_character;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A line, and what is meant in it.
#[derive(Debug, PartialEq)]
pub struct Snippet<'l> {
    pub line: &'l str,
    /// Byte offset of the place.
    start: usize,
    /// Where the value ends that the message names; `start` where it names none that stands here.
    end: usize,
}

/// A place further to the right is in no line that a person wrote.
const FURTHEST_COLUMN: u32 = 10_000;

impl<'l> Snippet<'l> {
    /// The place in a line, which is counted in characters from 1. `None` where nothing can be shown.
    pub fn at(line: &'l str, column: u32, message: &str) -> Option<Snippet<'l>> {
        if column > FURTHEST_COLUMN || line.trim().is_empty() {
            return None;
        }
        let before = usize::try_from(column).ok()?.checked_sub(1)?;
        let mut starts = line.char_indices().map(|(offset, _)| offset).chain([line.len()]);
        let start = starts.nth(before)?;
        Some(Snippet { line, start, end: start + named(&line[start..], message) })
    }

    /// How many characters are marked.
    pub fn length(&self) -> usize {
        self.line[self.start..self.end].chars().count().max(1)
    }

    /// The line cut to `columns`, and the mark that belongs under it.
    pub fn draw(&self, columns: usize) -> (String, String) {
        let (cells, is_whole_before, is_whole_after) = self.cells(columns);
        let mark = cells.iter().position(|cell| cell.is_marked).unwrap_or(cells.len());
        let before: usize = cells[..mark].iter().map(|cell| cell.width).sum();
        let marked: usize =
            cells[mark..].iter().take_while(|cell| cell.is_marked).map(|cell| cell.width).sum();
        let all: usize = cells.iter().map(|cell| cell.width).sum();
        let mut first = 0;
        if !is_whole_before || (all > columns && before + marked.max(1) >= columns) {
            // The mark moves towards the middle; what there is no room for goes from the front.
            let room = columns.saturating_sub(marked.max(1) + 2);
            let after = all - before - marked;
            let wanted = (room - after.min(room / 2)).max(LEAST_BEFORE);
            let mut kept = before;
            while kept > wanted && first < mark {
                kept -= cells[first].width;
                first += 1;
            }
        }
        let is_cut_before = first > 0 || !is_whole_before;
        let mut text = String::from(if is_cut_before { "…" } else { "" });
        let mut width = text.width();
        let remaining: usize = cells[first..].iter().map(|cell| cell.width).sum();
        let is_cut_after = !is_whole_after || width + remaining > columns;
        let (mut mark_at, mut mark_width) = (None, 0);
        for cell in &cells[first..] {
            if width + cell.width + usize::from(is_cut_after) > columns {
                break;
            }
            if cell.is_marked {
                mark_at.get_or_insert(width);
                mark_width += cell.width;
            }
            text.push_str(&cell.text);
            width += cell.width;
        }
        text.push_str(if is_cut_after { "…" } else { "" });
        let mark = format!("{}{}", " ".repeat(mark_at.unwrap_or(width)), "^".repeat(mark_width.max(1)));
        (text.trim_end().to_owned(), mark)
    }

    /// What is near enough to the place to be shown, in cells. Is it all before the place, and after?
    fn cells(&self, columns: usize) -> (Vec<Cell>, bool, bool) {
        // Marks that combine take no cell; of very many of them some have to stay away.
        let most = columns * 4;
        let from = self.line[..self.start].char_indices().rev().nth(most - 1).map_or(0, |(offset, _)| offset);
        let after = self.line[self.start..].char_indices().nth(most);
        let to = after.map_or(self.line.len(), |(offset, _)| self.start + offset);
        let end = self.end.max(self.start + 1);
        let cells = self.line[from..to].grapheme_indices(true).map(|(offset, grapheme)| {
            let offset = from + offset;
            Cell::new(grapheme, offset < end && offset + grapheme.len() > self.start)
        });
        (cells.collect(), from == 0, to == self.line.len())
    }
}

/// Characters that are shown before the mark in a line that is cut.
const LEAST_BEFORE: usize = 12;

/// What people take for one character, as it is shown.
struct Cell {
    text: String,
    width: usize,
    is_marked: bool,
}

const TAB: &str = "    ";

/// More marks on one letter are no writing.
const MOST_COMBINED: usize = 16;

impl Cell {
    fn new(grapheme: &str, is_marked: bool) -> Cell {
        let text: String = match grapheme {
            "\t" => TAB.to_owned(),
            _ => grapheme.chars().take(MOST_COMBINED).map(visible_character).collect(),
        };
        Cell { width: text.width(), text, is_marked }
    }
}

/// The length in bytes of the longest value in backticks of the message that `rest` begins with, its
/// quotation marks included.
fn named(rest: &str, message: &str) -> usize {
    let parts: Vec<&str> = message.split('`').collect();
    let values = parts.iter().take(parts.len() - 1).skip(1).step_by(2).filter(|value| !value.is_empty());
    let lengths = values.filter_map(|value| {
        if rest.starts_with(value) {
            return Some(value.len());
        }
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let after = rest[1..].strip_prefix(value)?;
        Some(1 + value.len() + usize::from(after.starts_with(quote)))
    });
    lengths.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn drawn(line: &str, column: u32, message: &str, columns: usize) -> String {
        let (text, mark) = Snippet::at(line, column, message).unwrap().draw(columns);
        assert!(text.width() <= columns, "{text}");
        format!("{text}\n{mark}")
    }

    #[test]
    fn the_value_of_the_message_is_underlined() {
        let message = "`date`: `2026-13-01` has no month 13";
        assert_eq!(drawn("date: 2026-13-01", 7, message, 60), "date: 2026-13-01\n      ^^^^^^^^^^");
        assert_eq!(
            drawn("date: '2026-13-01' # x", 7, message, 60),
            "date: '2026-13-01' # x\n      ^^^^^^^^^^^^"
        );
        assert_eq!(drawn("date: soon", 7, message, 60), "date: soon\n      ^");
        assert_eq!(drawn("title: [", 9, "expected `]`", 60), "title: [\n        ^", "past the end");
    }

    #[test]
    fn wide_combining_and_right_to_left() {
        assert_eq!(drawn("題名: x", 5, "`x`", 60), "題名: x\n      ^");
        assert_eq!(drawn("a: 日本", 4, "`日本` is none", 60), "a: 日本\n   ^^^^");
        assert_eq!(drawn("e\u{301}te\u{301}: x", 8, "`x`", 60), "e\u{301}te\u{301}: x\n     ^");
        assert_eq!(drawn("e\u{301}: x", 2, "", 60), "e\u{301}: x\n^", "on the mark itself");
        assert_eq!(drawn("lang: عربي", 7, "`عربي` is no tag", 60), "lang: عربي\n      ^^^^");
        assert_eq!(drawn("👩‍👩‍👧: x", 8, "`x`", 60), "👩‍👩‍👧: x\n    ^");
    }

    #[test]
    fn tabs_have_four_columns() {
        assert_eq!(drawn("\tlang:\tx", 8, "`x`", 60), "    lang:    x\n             ^");
        assert_eq!(drawn("a\tb", 2, "", 60), "a    b\n ^^^^");
    }

    #[test]
    fn long_lines_are_cut_round_the_mark() {
        let digits = "0123456789".repeat(3);
        assert_eq!(drawn(&digits, 1, "", 20), "0123456789012345678…\n^");
        assert_eq!(drawn(&digits, 30, "", 20), "…234567890123456789\n                  ^");
        let line = format!("{}: wrong {}", "a".repeat(500), "b".repeat(500));
        let message = "`wrong` is not right";
        assert_eq!(drawn(&line, 503, message, 30), "…aaaaaaaaaa: wrong bbbbbbbbbb…\n             ^^^^^");
        let value = format!("`{}`", "b".repeat(500));
        assert_eq!(
            drawn(&line, 509, &value, 30),
            "…aaaa: wrong bbbbbbbbbbbbbbbb…\n             ^^^^^^^^^^^^^^^^"
        );
    }

    #[test]
    fn hostile_lines_do_nothing() {
        assert_eq!(drawn("a\u{1b}[31m\u{202e}b: x", 11, "`x`", 60), "a␛[31m\u{fffd}b: x\n          ^");
        assert_eq!(drawn("a\r\u{8}b", 4, "", 60), "a␍␈b\n   ^");
        let tower = format!("e{}: x", "\u{301}".repeat(5000));
        assert!(drawn(&tower, 5004, "`x`", 60).len() < 1000);
        assert_eq!(Snippet::at(&"x".repeat(1_000_000), 900_000, ""), None);
        assert_eq!(Snippet::at("   ", 1, ""), None);
        assert_eq!(Snippet::at("ab", 9, ""), None);
        assert_eq!(Snippet::at("ab", 0, ""), None);
    }

    const HOSTILE: &str = "\\PC{0,60}|[a\t\u{301}\u{200d}日م👩\u{1b}\u{202e}'\"`]{0,300}";

    proptest::proptest! {
        #[test]
        fn any_line_can_be_drawn(line in HOSTILE, column in 0_u32..310, columns in 30_usize..90) {
            let value: String = line.chars().skip(column.saturating_sub(1) as usize).take(9).collect();
            if let Some(snippet) = Snippet::at(&line, column, &format!("`{value}` is wrong")) {
                let (text, mark) = snippet.draw(columns);
                proptest::prop_assert!(text.width() <= columns, "{text}");
                proptest::prop_assert!(mark.len() <= columns + 1 && mark.ends_with('^'), "{mark}");
                proptest::prop_assert!(!text.contains(['\n', '\t', '\u{1b}', '\u{202e}']), "{text}");
            }
        }
    }
}
