//! The lines of a plain text that are not empty, with their places.

use crate::diagnostic::Position;

/// A line that is not empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line<'t> {
    /// What stands in it, without the white space around it.
    pub text: &'t str,
    /// The offset of its first byte, white space included.
    pub start: usize,
    /// Where the line after it begins, empty or not.
    pub next: usize,
    /// How many lines stand above it.
    pub above: u32,
    /// How many characters of white space stand before it.
    pub indent: u32,
    /// Is the line above it empty, or is there none?
    pub opens: bool,
    /// Is the line below it empty, or is there none?
    pub closes: bool,
}

/// What a person would write in one line; what is longer is a paragraph.
const LONGEST_BYTES: usize = 800;

impl Line<'_> {
    /// Its place in a file in which the text begins at `text_at`.
    pub fn at(&self, text_at: Position) -> Position {
        Position { line: self.above + 1, column: self.indent + 1 }.below(text_at.line - 1)
    }

    /// At most so many characters?
    pub fn is_within(&self, characters: usize) -> bool {
        self.text.len() <= LONGEST_BYTES && self.text.chars().count() <= characters
    }

    /// A row of nothing but this character, three or more.
    pub fn is_row_of(&self, character: char) -> bool {
        self.text.len() >= 3 && self.text.chars().all(|found| found == character)
    }
}

/// The first lines, at most `limit` of them.
pub fn first(text: &str, limit: usize) -> Vec<Line<'_>> {
    all(text, 0, 0).take(limit).collect()
}

/// The last lines that begin at `from` or later, at most `limit` of them.
pub fn last(text: &str, from: usize, limit: usize) -> Vec<Line<'_>> {
    let ends = text.bytes().enumerate().rev().filter(|&(offset, byte)| byte == b'\n' && offset >= from);
    // Empty lines are counted too: what stands far above is no foot.
    let start = ends.map(|(offset, _)| offset + 1).nth(limit * 2).unwrap_or(from);
    let above = text.as_bytes()[..start].iter().filter(|&&byte| byte == b'\n').count();
    let mut lines: Vec<Line<'_>> = all(text, start, u32::try_from(above).unwrap_or(u32::MAX)).collect();
    lines.drain(..lines.len().saturating_sub(limit));
    lines
}

fn all(text: &str, from: usize, above: u32) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    let mut opens = true;
    let mut lines = (above..).zip(text[from..].split_inclusive('\n')).peekable();
    std::iter::from_fn(move || {
        loop {
            let (above, line) = lines.next()?;
            let next = start + line.len();
            let found = (!is_empty(line)).then(|| {
                let before = &line[..line.len() - line.trim_start().len()];
                let closes = lines.peek().is_none_or(|(_, below)| is_empty(below));
                let indent = u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
                Line { text: line.trim(), start, next, above, indent, opens, closes }
            });
            start = next;
            opens = found.is_none();
            if found.is_some() {
                return found;
            }
        }
    })
}

/// White space alone.
fn is_empty(line: &str) -> bool {
    !line.contains(|c: char| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_places_and_neighbours() {
        let text = "One\n  Two\n\u{a0}\n\nThree";
        let lines = first(text, 9);
        let seen: Vec<_> = lines.iter().map(|line| (line.text, line.opens, line.closes)).collect();
        assert_eq!(seen, [("One", true, false), ("Two", false, true), ("Three", true, true)]);
        let at = |index: usize| lines[index].at(Position { line: 4, column: 1 });
        assert_eq!((at(1), at(2)), (Position { line: 5, column: 3 }, Position { line: 8, column: 1 }));
        assert_eq!(&text[lines[2].start..lines[2].next], "Three");
    }

    #[test]
    fn the_last_lines_are_the_same_lines() {
        let text = "One\n\nTwo\nThree\n";
        assert_eq!(last(text, 0, 9), first(text, 9));
        assert_eq!(last(text, 0, 2), first(text, 9)[1..]);
        assert_eq!(last(text, 5, 9)[0].text, "Two");
    }
}
