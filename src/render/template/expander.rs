//! The way through a body, once, from its beginning to its end: what is code is passed over, what a
//! generator would have replaced is handed to the family that knows it, all else is copied.

use super::code::{self, Fence, Spans};
use super::frame::Frame;
use super::insert::Insert;
use super::lists::{Lists, Marks, blanks};
use super::{LeftOut, Page};
use crate::article::markup::Markup;
use std::collections::{HashMap, HashSet};

/// A body on its way.
pub(super) struct Expander<'a> {
    pub source: &'a str,
    /// Everything before is done.
    pub at: usize,
    pub out: String,
    pub page: Page<'a>,
    pub markup: Markup,
    pub left_out: Vec<LeftOut>,
    /// Where the text of the line begins, after blanks and quotation marks.
    pub line_text: usize,
    /// Where the line begins, after what the open blocks want there.
    pub line_start: usize,
    /// What a line has to begin with to stand where this one stands: what the open blocks put before
    /// it, then what the line begins with itself, list marks as blanks.
    pub indent: String,
    /// How much of `indent` the open blocks put before it.
    pub outer: usize,
    /// The list items that the line stands in, and whether it is code.
    pub lists: Lists,
    pub frames: Vec<Frame>,
    pub liquid: super::liquid::Branches,
    /// Files that the body imports, by the names that it gives them.
    pub imports: HashMap<String, String>,
    /// How often something of JavaScript may still turn out to have no end.
    pub patience: u32,
    /// Where the last tag ended.
    pub tag_end: usize,
    /// What has none needs no look at its formulas.
    pub has_double_braces: bool,
    named: HashSet<String>,
    spans: Spans,
    pub ahead: HashMap<&'static str, Option<usize>>,
}

impl<'a> Expander<'a> {
    pub fn new(source: &'a str, markup: Markup, page: Page<'a>) -> Expander<'a> {
        Expander {
            source,
            at: 0,
            out: String::with_capacity(source.len() + source.len() / 8),
            page,
            markup,
            left_out: Vec::new(),
            line_text: 0,
            line_start: 0,
            indent: String::new(),
            outer: 0,
            lists: Lists::default(),
            frames: Vec::new(),
            liquid: super::liquid::Branches::default(),
            imports: HashMap::new(),
            patience: 64,
            tag_end: 0,
            has_double_braces: source.contains("{{"),
            named: HashSet::new(),
            // HTML marks its code by elements.
            spans: if markup == Markup::Html { Spans::default() } else { Spans::of(source) },
            ahead: HashMap::new(),
        }
    }

    pub fn run(&mut self) {
        let mut begins_line = true;
        while self.at < self.source.len() {
            if begins_line && self.line() {
                continue;
            }
            let rest = &self.source.as_bytes()[self.at..];
            let is_special = |&byte: &u8| matches!(byte, b'\n' | b'`' | b'{' | b'<' | b'\\' | b'$' | b'[');
            let length = rest.iter().position(is_special).unwrap_or(rest.len());
            self.copy(length);
            begins_line = rest.get(length) == Some(&b'\n');
            if begins_line {
                self.copy(1);
                continue;
            }
            let before = self.at;
            let is_done = match rest.get(length) {
                Some(b'`') => self.code_span(),
                Some(b'{') => {
                    self.template_tag()
                        || self.attribute_list()
                        || self.script_comment()
                        || (self.is_mdx() && self.expression())
                }
                Some(b'<') if self.is_mdx() => self.comment() || self.component(),
                Some(b'<') => self.comment() || self.code_element(),
                Some(b'\\') => self.escape() || self.formula(),
                Some(b'$') => self.formula(),
                Some(b'[') => self.bracketed() || self.end_of_quote(),
                _ => true,
            };
            if !is_done && self.at < self.source.len() {
                self.copy(1);
            }
            // A tag may have taken the end of its line with it.
            begins_line = self.at > before && self.source.as_bytes()[self.at - 1] == b'\n';
        }
        self.close_from(0);
    }

    /// A tag between double braces, or between one and a percent sign.
    fn template_tag(&mut self) -> bool {
        let is_tag = self.shortcode() || self.liquid_tag() || self.output();
        if is_tag {
            self.tag_end = self.at;
        }
        is_tag
    }

    /// What a line as a whole can be. True where it is done with.
    fn line(&mut self) -> bool {
        if self.markup == Markup::Html {
            self.line_text = self.at + blanks(self.rest_of_line()).len();
            return false;
        }
        let is_blank = self.rest_of_line().trim().is_empty();
        if is_blank {
            return self.blank_line();
        }
        self.enter_line();
        let line = self.rest_of_line();
        let marks = Marks::of(line);
        self.line_text = self.at + marks.width;
        let is_code = self.lists.take(&marks) && !self.is_mdx();
        self.indent.truncate(self.outer);
        self.indent.push_str(&marks.below(self.lists.is_in_item()));
        let text = &line[marks.width..];
        if is_code && !begins_tag(text) {
            self.code_line();
            return true;
        }
        if let Some(fence) = Fence::opened_by(text, marks.is_quoted(), self.lists.is_in_item()) {
            self.fenced_code(&fence);
            return true;
        }
        let is_done = !is_code
            && (self.directive(text)
                || self.indented_note(text)
                || self.alert(text, &marks)
                || self.attribute_line(&line[marks.before_item..])
                || (self.is_mdx() && marks.width == 0 && self.module_line()));
        if !is_done {
            self.start_line();
        }
        is_done
    }

    /// Of blank lines in a block that puts something before its lines, the first says it all.
    fn blank_line(&mut self) -> bool {
        let before = self.frames.last().map_or("", |frame| frame.before.trim_end()).len();
        if before > 0 && self.lists.is_after_blank() {
            self.drop_line();
            return true;
        }
        self.lists.take_blank();
        if before > 0 {
            let before = self.frames.last().map_or("", |frame| frame.before.trim_end());
            self.out.push_str(before);
            self.at += self.rest_of_line().len();
        }
        false
    }

    /// Puts before the line what the open blocks want there.
    pub fn start_line(&mut self) {
        let outer = &self.indent[..self.outer];
        self.out.push_str(outer);
    }

    /// A line of an indented block of code.
    fn code_line(&mut self) {
        self.start_line();
        let line = self.rest_of_line();
        self.out.push_str(&code::shown(line));
        self.at += line.len();
        if self.at < self.source.len() {
            self.copy(1);
        }
    }

    fn fenced_code(&mut self, fence: &Fence) {
        let mut is_first = true;
        let mut code = String::new();
        let outer = self.indent[..self.outer].to_owned();
        for line in self.source[self.at..].split_inclusive('\n') {
            let inner = if is_first { Some(line) } else { self.within_frames(line) };
            let Some(inner) = inner.filter(|inner| is_first || !fence.is_left_by(inner)) else { break };
            self.at += line.len();
            code.extend([&outer, inner]);
            if !is_first && fence.is_closed_by(inner) {
                break;
            }
            is_first = false;
        }
        self.out.push_str(&code::shown(&code));
    }

    /// Copies what may go on over several lines, up to `end`.
    pub fn copy_lines(&mut self, end: usize) -> String {
        let text = &self.source[self.at..end];
        self.at = end;
        self.lines_within(text)
    }

    /// A text as it stands within the open blocks.
    pub fn lines_within(&self, text: &str) -> String {
        let outer = &self.indent[..self.outer];
        let is_as_written = self.frames.iter().all(|frame| frame.from.is_none());
        let mut lines = text.split_inclusive('\n');
        let mut copied = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            let inner = if is_as_written { line } else { self.within_frames(line).unwrap_or(line) };
            copied.extend([outer, inner]);
        }
        copied
    }

    fn code_span(&mut self) -> bool {
        let rest = &self.source[self.at..];
        let run = rest.bytes().take_while(|&byte| byte == b'`').count();
        match self.spans.end(self.at) {
            Some(end) => {
                let code = self.copy_lines(end);
                self.out.push_str(&code::shown(&code));
            }
            None => self.copy(run),
        }
        true
    }

    /// Markdown shows the character after a backslash as it is; backticks then open no code.
    fn escape(&mut self) -> bool {
        let next = self.source.as_bytes().get(self.at + 1);
        let is_escaped = next == Some(&b'`') || (self.is_mdx() && matches!(next, Some(b'{' | b'<' | b'\\')));
        if is_escaped {
            self.copy(2);
        }
        is_escaped
    }

    pub fn is_mdx(&self) -> bool {
        self.markup == Markup::Mdx
    }

    pub fn copy(&mut self, length: usize) {
        self.out.push_str(&self.source[self.at..self.at + length]);
        self.at += length;
    }

    /// From here to the end of the line, without its break.
    pub fn rest_of_line(&self) -> &'a str {
        self.source[self.at..].split('\n').next().unwrap_or_default()
    }

    /// Goes on behind the line, whatever stood in it.
    pub fn drop_line(&mut self) {
        self.at = (self.at + self.rest_of_line().len() + 1).min(self.source.len());
    }

    /// Notes what is not known, once for each name.
    pub fn leave_out(&mut self, what: String) {
        if self.named.insert(what.clone()) {
            self.left_out.push(LeftOut { what, offset: self.at });
        }
    }

    /// Does a tag that ends at `end` have its line for itself?
    pub fn is_alone(&self, end: usize) -> bool {
        let after = self.source[end..].trim_start_matches([' ', '\t', '\r']);
        self.at == self.line_text && (after.is_empty() || after.starts_with('\n'))
    }

    /// Puts what stands for a tag that ends at `end`.
    pub fn put(&mut self, insert: Insert, end: usize) {
        let is_alone = self.is_alone(end);
        match insert {
            Insert::Block(html) if is_alone => {
                let indent = self.indent.as_str();
                self.out.extend([&html, "\n", indent.trim_end(), "\n", indent]);
            }
            Insert::Block(html) | Insert::Inline(html) => self.out.push_str(&html),
        }
        self.at = end;
    }
}

/// A generator looks at its tags even where Markdown would make code of them.
fn begins_tag(text: &str) -> bool {
    ["{%", "{{<", "{{%"].iter().any(|open| text.starts_with(open))
}
