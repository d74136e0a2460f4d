//! What stands between two tags and is not for the generator: code, raw text, comments.

use super::code;
use super::expander::Expander;
use super::frame::Beginning;
use crate::article::markup::Markup;
use crate::text::escape_html;

/// Text that Markdown shows as it is.
#[must_use]
pub fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '<' | '>' | '"' | '*' | '_' | '[' | ']' | '`' | '\\' | '~' | '|' | '#' => {
                escaped.push_str(&format!("&#{};", u32::from(character)));
            }
            '\n' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Elements of HTML that hold code, and how each ends.
const CODE: &[[&str; 2]] = &[["<pre", "</pre"], ["<code", "</code"], ["<samp", "</samp"], ["<kbd", "</kbd"]];

impl<'a> Expander<'a> {
    /// Code in HTML that begins here, copied as it is. True where there was some.
    pub(super) fn code_element(&mut self) -> bool {
        let rest = &self.source[self.at..];
        let is_element = |open: &str| {
            rest.strip_prefix(open).is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\n', '\r']))
        };
        let Some([open, close]) = CODE.iter().find(|[open, _]| is_element(open)) else { return false };
        let Some(end) = self.ahead(close, self.at + open.len()) else { return false };
        let code = &self.source[self.at + open.len()..end];
        // Another element's end, as this one was never closed.
        if code.contains(open) || (self.markup != Markup::Html && is_left(open, code)) {
            return false;
        }
        let code = self.copy_lines(end);
        self.out.push_str(&code::shown(&code));
        true
    }

    /// What stands between a tag that ends at `start` and the one that closes it, and where that one
    /// ends. `None` where nothing closes it; then nothing will from here on.
    fn until(&mut self, start: usize, close: &'static str) -> Option<(&'a str, usize)> {
        let mut from = start;
        loop {
            let name = self.ahead(close, from)?;
            from = name + close.len();
            if let Some((open, end)) = closing_tag(self.source, name, from).filter(|(open, _)| *open >= start)
            {
                return Some((&self.source[start..open], end));
            }
        }
    }

    /// Leaves out what stands from a tag that ends at `start` to the one that closes it; where none
    /// does, all the rest, for it was not meant for readers.
    pub(super) fn skip_until(&mut self, start: usize, close: &'static str) {
        let end = self.until(start, close).map(|(_, end)| end);
        if end.is_none() {
            let name = close.trim_start_matches('/').trim_start_matches("end");
            self.leave_out(format!("{name} without its end"));
        }
        self.at = end.unwrap_or(self.source.len());
    }

    /// Copies what stands from a tag that ends at `start` to the one that closes it: Markdown, but
    /// nothing that the generator would have looked at.
    pub(super) fn copy_until(&mut self, start: usize, close: &'static str) {
        if let Some((text, end)) = self.until(start, close) {
            let text = self.lines_within(text);
            self.out.push_str(&text);
            self.at = end;
        } else {
            self.at = start;
        }
    }

    /// Makes code of what stands from a tag that ends at `start` to the one that closes it.
    pub(super) fn code_until(&mut self, start: usize, close: &'static str, language: &str) {
        let Some((code, end)) = self.until(start, close) else {
            self.at = start;
            return;
        };
        let code = inner_raw(code);
        if self.markup == Markup::Html {
            self.out.push_str(&format!("<pre><code>{}</code></pre>", escape_html(code.trim_matches('\n'))));
            self.at = end;
            return;
        }
        if !code.contains('\n') && !self.is_alone(end) {
            let fence = fence(code, '`', 1);
            self.out.push_str(&format!("{fence} {} {fence}", code.trim()));
            self.at = end;
            return;
        }
        if self.at != self.line_text {
            self.out.push_str("\n\n");
            self.out.push_str(&self.indent);
        }
        let fence = fence(code, '~', 3);
        let is_word = |c: &char| c.is_alphanumeric() || matches!(c, '+' | '-' | '#' | '_');
        let language: String = language.chars().take_while(is_word).collect();
        self.out.push_str(&format!("{fence}{language}\n"));
        let code = code.trim_end().trim_start_matches([' ', '\t', '\r']);
        let code = code.strip_prefix('\n').unwrap_or(code);
        let own = Beginning::below(self.marks_of_line(), false);
        let inner = |line| self.within_frames(line).map_or(line, |line| own.quoted(line));
        let lines: Vec<&str> = code.lines().map(inner).collect();
        let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let common = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| blanks(line)).min();
        for line in lines {
            let code = &line[common.unwrap_or(0).min(blanks(line))..];
            self.out.extend([&self.indent, code, "\n"]);
        }
        self.out.extend([self.indent.as_str(), fence.as_str(), "\n"]);
        self.out.push_str(&self.indent);
        self.at = end;
    }
}

/// In Markdown a blank line ends the paragraph, and what is open in it.
fn is_left(open: &str, code: &str) -> bool {
    open != "<pre" && code.contains("\n\n")
}

/// Where the tag around the name at `from..to` begins and ends, if it is one.
fn closing_tag(source: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let before = source[..from].trim_end_matches([' ', '-', '\n']);
    let after = source[to..].trim_start_matches([' ', '-', '\n']);
    let open = ["{{<", "{{%", "{%"].into_iter().find(|open| before.ends_with(open))?;
    let close = if open == "{{<" {
        ">}}"
    } else if open == "{{%" {
        "%}}"
    } else {
        "%}"
    };
    after.starts_with(close).then(|| (before.len() - open.len(), source.len() - after.len() + close.len()))
}

/// Jekyll's authors wrap code in `raw`, within the tag that highlights it.
fn inner_raw(code: &str) -> &str {
    let trimmed = code.trim();
    let inner = trimmed.strip_prefix("{% raw %}").and_then(|inner| inner.strip_suffix("{% endraw %}"));
    inner.unwrap_or(code)
}

/// A fence that does not occur in the code.
fn fence(code: &str, mark: char, least: usize) -> String {
    let mut longest = 0;
    let mut run = 0;
    for character in code.chars() {
        run = if character == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    mark.to_string().repeat(least.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_text_is_no_markdown() {
        assert_eq!(literal("{{< a_b >}}"), "{{&#60; a&#95;b &#62;}}");
    }

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        assert_eq!(fence("a ~~~~ b", '~', 3), "~~~~~");
        assert_eq!(fence("a", '`', 1), "`");
    }
}
