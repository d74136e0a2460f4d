//! Where the source of an article writes a reference that its HTML holds.

use crate::article::Whole;
use crate::diagnostic::{Lines, Position};
use std::collections::BTreeMap;

/// Finds the places of references, each time one further down.
pub struct Written<'a> {
    article: &'a Whole,
    lines: Lines<'a>,
    /// Where the search for a reference goes on.
    from: BTreeMap<String, usize>,
}

/// Each search reads the body, and nobody mends more than these by their lines.
const MOST_SOUGHT: usize = 50;

impl<'a> Written<'a> {
    pub fn of(article: &'a Whole) -> Written<'a> {
        Written { article, lines: Lines::of(&article.body), from: BTreeMap::new() }
    }

    /// The next place of a reference; where the body begins when it is spelt otherwise there.
    pub fn place(&mut self, reference: &str) -> Position {
        if self.from.len() >= MOST_SOUGHT && !self.from.contains_key(reference) {
            return self.article.body_at;
        }
        let body = self.article.body.as_str();
        let from = self.from.get(reference).copied().unwrap_or(0);
        let mut found = body[from..].match_indices(reference).map(|(offset, _)| from + offset);
        let offset = found.find(|&offset| opens_an_address(&body[..offset]));
        self.from.insert(reference.to_owned(), offset.map_or(body.len(), |offset| offset + reference.len()));
        offset.map_or(self.article.body_at, |offset| self.at(offset))
    }

    /// The place of a byte of the body.
    pub fn at(&self, offset: usize) -> Position {
        self.in_file(self.lines.position(offset))
    }

    fn in_file(&self, in_body: Position) -> Position {
        let start = self.article.body_at;
        let column = if in_body.line == 1 { start.column + in_body.column - 1 } else { in_body.column };
        Position { line: start.line + in_body.line - 1, column }
    }
}

/// Does an address begin after this: `(` and `<` of Markdown, a quotation mark or `=` of HTML, the
/// colon of a definition? Elsewhere the same letters are text.
fn opens_an_address(before: &str) -> bool {
    before.ends_with(['(', '<', '"', '\'', '=']) || before.trim_end_matches(' ').ends_with("]:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsroom::MemoryNewsroom;
    use crate::{article, settings};

    #[test]
    fn places_are_those_of_the_source() {
        let text = "---\ndate: 2026-11-22\n---\nOf gone.md: [a](gone.md)\n\nЕщё [b](<gone.md>), [c].\n\n[c]: far.md\n";
        let settings =
            settings::read("s", "[site]\nurl = 'https://e.example/'", &Default::default()).unwrap();
        let newsroom = MemoryNewsroom::of([("a.md", text)]);
        let Ok(article) = article::whole("a.md", &newsroom, &settings) else { panic!() };
        let mut written = Written::of(&article);
        let mut place = |reference| {
            let Position { line, column } = written.place(reference);
            (line, column)
        };
        assert_eq!(place("gone.md"), (4, 17));
        assert_eq!(place("far.md"), (8, 6));
        assert_eq!(place("gone.md"), (6, 10));
        assert_eq!(place("gone.md"), (4, 1), "there is no third");
        assert_eq!(place("never%20written.md"), (4, 1));
    }
}
