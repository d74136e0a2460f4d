//! What stands between a text and a terminal: its width, its colours, and what must not reach it.

use std::io::{self, IsTerminal};
use terminal_size::{Width, terminal_size_of};
use unicode_width::UnicodeWidthStr;

/// How a stream shows text.
#[derive(Clone, Copy)]
pub struct Terminal {
    pub is_watched: bool,
    pub columns: usize,
    is_coloured: bool,
}

/// Where there is no terminal to ask: the width of help too.
const COLUMNS: usize = 100;

/// Nothing can be laid out in less.
const LEAST_COLUMNS: usize = 40;

impl Terminal {
    pub fn of_stderr() -> Terminal {
        Terminal::new(io::stderr().is_terminal(), terminal_size_of(io::stderr()).map(|(Width(w), _)| w))
    }

    pub fn of_stdout() -> Terminal {
        Terminal::new(io::stdout().is_terminal(), terminal_size_of(io::stdout()).map(|(Width(w), _)| w))
    }

    fn new(is_watched: bool, width: Option<u16>) -> Terminal {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let columns = width.filter(|&width| is_watched && width > 0).map_or(COLUMNS, usize::from);
        Terminal { is_watched, columns: columns.max(LEAST_COLUMNS), is_coloured: is_watched && !no_color }
    }

    /// `text` in a colour, by its number in escape sequences.
    pub fn paint(&self, colour: &str, text: &str) -> String {
        if self.is_coloured { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// `text` so that it stands out.
    pub fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }
}

/// What a hostile name or value could tell the terminal must not reach it.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible_character(c) }).collect()
}

/// The same for what has to stay on its line, or it could pass for a line of ours.
pub fn visible_line(text: &str) -> String {
    // Isolates that we wrote ourselves around a title have done their work when it stands alone.
    let seen = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}'));
    seen.map(|c| if c == '\n' { ' ' } else { visible_character(c) }).collect()
}

/// The character, or what stands for it where it would act: control characters have pictures of their
/// own (U+2400), overrides of the direction and line separators have none.
pub fn visible_character(character: char) -> char {
    match character {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    }
}

/// Fills lines with words, each line but the first after `indent` blanks. A word that is too long for
/// any line has one of its own.
pub fn wrapped(text: &str, columns: usize, indent: usize) -> String {
    let room = columns.saturating_sub(indent);
    let mut lines = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let word_width = word.width();
        if width > 0 && width + 1 + word_width > room {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            width = 0;
        } else if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += word_width;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}c\n\u{9b}d"), "a␛[2Jb\u{fffd}c\n\u{fffd}d");
        assert_eq!(visible_line("a\n::error::b"), "a ::error::b");
        assert_eq!(visible("Мост 🌉 مرحبا"), "Мост 🌉 مرحبا");
    }

    #[test]
    fn words_fill_lines() {
        assert_eq!(wrapped("one two  three\nfour", 9, 2), "one two\n  three\n  four");
        assert_eq!(wrapped("日本語 日本語", 8, 0), "日本語\n日本語");
        assert_eq!(wrapped("immeasurable", 4, 0), "immeasurable");
    }
}
