//! Boxes that stand out of the text: `:::note` (Docusaurus, VitePress), `!!! note` (Python-Markdown),
//! `> [!NOTE]` (GitHub). Each becomes a quotation with its title in bold.

use super::expander::Expander;
use super::frame::FrameKind;
use super::insert;
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
        self.open_box(kind, word, title);
    }

    /// A line of `!!!` or `???` before lines that are indented.
    pub(super) fn indented_note(&mut self, text: &str, prefix: &str) -> bool {
        let is_folded = text.starts_with("???");
        let Some(rest) = text.strip_prefix("!!!").or_else(|| text.strip_prefix("???")) else { return false };
        let rest = rest.strip_prefix('+').unwrap_or(rest).trim();
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let (word, rest) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        let mut below = self.source[self.at..].split('\n').skip(1).take(3);
        let least = prefix.len() + 4;
        let is_indented = |line: &str| line.starts_with('\t') || line.starts_with(&" ".repeat(least));
        let has_body = below.find(|line| !line.trim().is_empty()).is_some_and(is_indented);
        if word.is_empty() || prefix.contains('>') || !has_body {
            return false;
        }
        let title =
            rest.split_once('"').and_then(|(_, title)| title.rsplit_once('"')).map(|(title, _)| title);
        let kind = FrameKind::Indented(least);
        match title {
            Some("") => self.open_frame(kind, "<blockquote>", "</blockquote>"),
            title if is_folded => self.open_details(kind, title.unwrap_or(word)),
            title => self.open_box(kind, word, title.unwrap_or_default()),
        }
        self.drop_line();
        true
    }

    /// The first line of a quotation that GitHub makes a box of.
    pub(super) fn alert(&mut self, text: &str, prefix: &str) -> bool {
        let Some((word, rest)) = text.strip_prefix("[!").and_then(|text| text.split_once(']')) else {
            return false;
        };
        let is_word =
            !word.is_empty() && word.len() < 20 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_word || !prefix.contains('>') || rest.starts_with(['(', '[']) {
            return false;
        }
        let title = rest.trim_start_matches(['-', '+']).trim();
        let title = if title.is_empty() { capitalised(word) } else { title.to_owned() };
        self.out.extend([prefix, "**", &title, "**\n", prefix.trim_end(), "\n"]);
        self.drop_line();
        true
    }

    /// Opens a box named by `word`, with a title of its own if that is not empty.
    pub(super) fn open_box(&mut self, kind: FrameKind, word: &str, title: &str) {
        if word == "details" {
            return self.open_details(kind, if title.is_empty() { word } else { title });
        }
        let title = if title.is_empty() { escape_html(&capitalised(word)) } else { insert::inline(title) };
        let open = format!("<blockquote>\n{}<p><strong>{title}</strong></p>", self.indent);
        self.open_frame(kind, &open, "</blockquote>");
    }

    fn open_details(&mut self, kind: FrameKind, title: &str) {
        let title = if title.contains(' ') { title.to_owned() } else { capitalised(title) };
        let open = format!("<details><summary>{}</summary>", insert::inline(&title));
        self.open_frame(kind, &open, "</details>");
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
