//! Boxes that stand out of the text: `:::note` (Docusaurus, VitePress), `!!! note` (Python-Markdown),
//! `> [!NOTE]` (GitHub). Each becomes a quotation with its title in bold.

use super::expander::Expander;
use super::frame::{Beginning, FrameKind};
use super::insert;
use super::lists::Marks;
use crate::text::escape_html;

/// Containers that arrange a page and say nothing.
const LAYOUT: &[&str] = &[
    "code-group",
    "raw",
    "v-pre",
    "center",
    "left",
    "right",
    "tabs",
    "tab",
    "columns",
    "column",
    "grid",
    "cards",
    "div",
];

impl Expander<'_> {
    /// A line of colons. `text` is the line without what it begins with.
    pub(super) fn directive(&mut self, text: &str) -> bool {
        let colons = text.bytes().take_while(|&byte| byte == b':').count();
        if colons < 3 {
            return false;
        }
        let rest = text[colons..].trim();
        if rest.is_empty() {
            self.close_frame(|kind| matches!(kind, FrameKind::Colons(open) if *open <= colons));
        } else if rest.starts_with(|c: char| c.is_alphabetic() || c == '{') {
            self.open_directive(rest, colons);
        } else {
            return false;
        }
        self.drop_line();
        true
    }

    fn open_directive(&mut self, rest: &str, colons: usize) {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let (word, rest) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        let kind = FrameKind::Colons(colons);
        let from = Beginning::below(self.marks_of_line(), self.lists.is_in_item());
        if word.is_empty() || LAYOUT.contains(&word) {
            return self.open_frame(kind, "", "");
        }
        let rest = rest.trim().trim_end_matches(':').trim_end();
        // `[Title]{attributes}`, `{title="Title"}`, or the title as it is.
        let title = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((title, _)) => title,
            None => match rest.strip_prefix('{') {
                Some(list) => {
                    list.split("title=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
                }
                None => rest.split(" {").next().unwrap_or_default().trim_matches('"'),
            },
        };
        self.write_item_marks();
        self.open_box(kind, word, title, from);
    }

    /// Where a box opens a list item, the item's mark comes before it.
    fn write_item_marks(&mut self) {
        let marks = self.marks_of_line();
        if marks.contains(|c: char| !matches!(c, ' ' | '\t' | '>')) {
            self.start_line();
            self.out.push_str(marks);
        }
    }

    /// A line of `!!!` or `???` before lines that are indented.
    pub(super) fn indented_note(&mut self, text: &str) -> bool {
        let is_folded = text.starts_with("???");
        let Some(rest) = text.strip_prefix("!!!").or_else(|| text.strip_prefix("???")) else { return false };
        let rest = rest.strip_prefix('+').unwrap_or(rest).trim();
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let (word, rest) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        let from = Beginning::below(self.marks_of_line(), true).indented(4);
        let mut below = self.source[self.at..].split('\n').skip(1).take(3);
        let first = below.find(|line| !line.trim().is_empty());
        let first = first.and_then(|line| self.within_frames(line));
        if word.is_empty() || first.and_then(|line| from.taken_from(line)).is_none() {
            return false;
        }
        let title =
            rest.split_once('"').and_then(|(_, title)| title.rsplit_once('"')).map(|(title, _)| title);
        self.write_item_marks();
        match title {
            Some("") => self.open_block(FrameKind::Indented, ["", "> ", ""], from),
            title if is_folded => self.open_details(FrameKind::Indented, title.unwrap_or(word), from),
            title => self.open_box(FrameKind::Indented, word, title.unwrap_or_default(), from),
        }
        self.drop_line();
        true
    }

    /// The first line of a quotation that GitHub makes a box of.
    pub(super) fn alert(&mut self, text: &str, marks: &Marks<'_>) -> bool {
        let Some((word, rest)) = text.strip_prefix("[!").and_then(|text| text.split_once(']')) else {
            return false;
        };
        let is_word =
            !word.is_empty() && word.len() < 20 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_word || !marks.is_quoted() || rest.starts_with(['(', '[']) {
            return false;
        }
        let title = rest.trim_start_matches(['-', '+']).trim();
        let title = if title.is_empty() { capitalised(word) } else { title.to_owned() };
        self.start_line();
        self.out.extend([self.marks_of_line(), "**", &title, "**\n", self.indent.trim_end(), "\n"]);
        self.drop_line();
        true
    }

    /// Opens a box named by `word`, with a title of its own if that is not empty.
    pub(super) fn open_box(&mut self, kind: FrameKind, word: &str, title: &str, from: Beginning) {
        if word == "details" {
            return self.open_details(kind, if title.is_empty() { word } else { title }, from);
        }
        let title = if title.is_empty() { escape_html(&capitalised(word)) } else { insert::inline(title) };
        self.open_block(kind, [&format!("<strong>{title}</strong>"), "> ", ""], from);
    }

    fn open_details(&mut self, kind: FrameKind, title: &str, from: Beginning) {
        let title = if title.contains(' ') { title.to_owned() } else { capitalised(title) };
        let open = format!("<details><summary>{}</summary>", insert::inline(&title));
        self.open_block(kind, [&open, "", "</details>"], from);
    }
}

fn capitalised(word: &str) -> String {
    let lower = word.to_lowercase().replace(['-', '_'], " ");
    let mut characters = lower.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => lower,
    }
}
