//! Attribute lists (kramdown's `{:.wide}`, goldmark's `{.wide}`) and tables of contents: what dresses a
//! page, and has no meaning in a feed.

use super::expander::Expander;

/// Nobody writes longer ones.
const LONGEST: usize = 500;

impl Expander<'_> {
    /// A line that holds nothing else. `text` is the line without what it begins with.
    pub(super) fn attribute_line(&mut self, text: &str) -> bool {
        let text = text.trim_end();
        let is_contents =
            |text: &str| matches!(text.to_ascii_lowercase().as_str(), "[toc]" | "[[toc]]" | "[[_toc_]]");
        if self.is_contents_list(text) {
            self.drop_line();
        } else if !is_contents(text) && !is_list(text) {
            return false;
        }
        self.out.push_str(self.indent[..self.outer].trim_end());
        // The line's break stays: what stood before and after it was kept apart.
        self.at += self.rest_of_line().len();
        true
    }

    /// kramdown puts the table of contents in the place of a list that is marked so.
    fn is_contents_list(&self, text: &str) -> bool {
        let is_item = ["* ", "- ", "+ ", "1. "].iter().any(|mark| text.starts_with(mark)) && text.len() < 80;
        let next = self.source[self.at..].split('\n').nth(1);
        is_item
            && next.is_some_and(|next| matches!(next.trim(), "{:toc}" | "{: toc}" | "{:toc }" | "{: toc }"))
    }

    /// A list within a line: one of kramdown's, or one behind a link or a picture.
    pub(super) fn attribute_list(&mut self) -> bool {
        let rest = &self.source.as_bytes()[self.at..];
        // Elsewhere `{:ok, value}` is a text.
        let before = self.source[..self.at].bytes().next_back();
        let is_behind_span = before.is_some_and(|byte| b")]*_`>\"'~".contains(&byte));
        let is_kramdown = rest.starts_with(b"{:") && (is_behind_span || names_only_classes(rest));
        if !is_kramdown && !self.is_behind_link() {
            return false;
        }
        let window = &rest[..rest.len().min(LONGEST)];
        let Some(end) = window.iter().position(|&byte| matches!(byte, b'}' | b'\n')) else { return false };
        let is_list = window[end] == b'}' && is_list(&self.source[self.at..=self.at + end]);
        if is_list {
            self.at += end + 1;
        }
        is_list
    }

    fn is_behind_link(&self) -> bool {
        let before = &self.source.as_bytes()[self.at.saturating_sub(LONGEST)..self.at];
        let Some(address) = before.strip_suffix(b")") else { return false };
        let mut from_the_back = address.windows(2).rev();
        let nearest = from_the_back.find(|pair| pair[1] == b')' || *pair == b"](");
        nearest == Some(b"](".as_slice())
    }
}

/// `{: .wide #map}`, but not `{:ok, value}`.
fn names_only_classes(rest: &[u8]) -> bool {
    let window = &rest[..rest.len().min(LONGEST)];
    let Some(end) = window.iter().position(|&byte| byte == b'}') else { return false };
    let inner = String::from_utf8_lossy(&window[2..end]);
    let mut words = inner.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| word.starts_with(['.', '#']) || word.contains('='))
}

/// Is this nothing but a list of classes, ids and attributes in braces?
fn is_list(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else { return false };
    if inner.len() > LONGEST || inner.contains(['{', '}']) {
        return false;
    }
    let (mut rest, is_kramdown) = match inner.strip_prefix(':') {
        Some(inner) => (inner.trim_start(), true),
        None => (inner.trim(), false),
    };
    // `{::comment}`, `{:/}` and what else kramdown has of the kind.
    if is_kramdown && rest.starts_with([':', '/']) {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '@' | '/');
        let (first, word) = match rest.strip_prefix(['.', '#']) {
            Some(word) => (&rest[..1], word),
            None => ("", rest),
        };
        let end = word.find(|c| !name(c)).unwrap_or(word.len());
        let after = &word[end..];
        if end == 0 {
            return false;
        }
        rest = match after.strip_prefix('=').filter(|_| first.is_empty()) {
            Some(value) => match after_value(value) {
                Some(after) => after,
                None => return false,
            },
            None if first.is_empty() && !is_kramdown => return false,
            None => after,
        };
        if !rest.is_empty() && !rest.starts_with([' ', '\t', '.', '#', ',']) {
            return false;
        }
        rest = rest.trim_start_matches([' ', '\t', ',']);
    }
    true
}

fn after_value(value: &str) -> Option<&str> {
    match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => value[1..].split_once(quote).map(|(_, after)| after),
        None => Some(&value[value.find([' ', '\t', ',']).unwrap_or(value.len())..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_other_braces() {
        for list in
            ["{: .a #b}", "{:.a}", "{:target=\"_blank\" rel='b c'}", "{.a}", "{#b}", "{:toc}", "{width=50%}"]
        {
            assert!(is_list(list), "{list}");
        }
        for text in ["{a, b}", "{}", "{:}", "{ a b }", "{.a b}", "{.a, {b}}", "{1}"] {
            assert!(!is_list(text), "{text}");
        }
    }
}
