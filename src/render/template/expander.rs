//! The way through a body, once, from its beginning to its end: what is code is passed over, what a
//! generator would have replaced is handed to the family that knows it, all else is copied.

use super::code::{self, Fence, Spans};
use super::frame::{Frame, FrameKind};
use super::insert::Insert;
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
    /// What a line has to begin with to stand where this one stands.
    pub indent: String,
    pub frames: Vec<Frame>,
    pub liquid: super::liquid::Branches,
    /// Files that the body imports, by the names that it gives them.
    pub imports: HashMap<String, String>,
    /// How often something of JavaScript may still turn out to have no end.
    pub patience: u32,
    named: HashSet<String>,
    is_in_list: bool,
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
            indent: String::new(),
            frames: Vec::new(),
            liquid: super::liquid::Branches::default(),
            imports: HashMap::new(),
            patience: 64,
            named: HashSet::new(),
            is_in_list: false,
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
            let is_special = |&byte: &u8| matches!(byte, b'\n' | b'`' | b'{' | b'<' | b'\\');
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
                    self.shortcode()
                        || self.liquid_tag()
                        || self.output()
                        || self.attribute_list()
                        || self.script_comment()
                        || (self.is_mdx() && self.expression())
                }
                Some(b'<') => self.comment() || (self.is_mdx() && self.component()),
                Some(b'\\') => self.escape(),
                _ => true,
            };
            if !is_done && self.at < self.source.len() {
                self.copy(1);
            }
            // A tag may have taken the end of its line with it.
            begins_line = self.at > before && self.source.as_bytes()[self.at - 1] == b'\n';
        }
        while let Some(frame) = self.frames.pop() {
            self.end_frame(&frame);
        }
    }

    /// What a line as a whole can be. True where it is done with.
    fn line(&mut self) -> bool {
        self.leave_indented();
        let line = self.rest_of_line();
        let text = line.trim_start_matches([' ', '\t', '>']);
        let prefix = &line[..line.len() - text.len()];
        self.line_text = self.at + prefix.len();
        if text.trim().is_empty() || self.markup == Markup::Html {
            return false;
        }
        self.set_indent(prefix);
        let unlisted = without_list_mark(text);
        if unlisted.len() < text.len() {
            self.is_in_list = true;
            self.line_text += text.len() - unlisted.len();
        } else if prefix.is_empty() {
            self.is_in_list = false;
        }
        if let Some(fence) = Fence::opened_by(unlisted, prefix.contains('>'), self.is_in_list) {
            self.fenced_code(&fence);
            return true;
        }
        self.directive(text)
            || self.indented_note(text, prefix)
            || self.alert(text, prefix)
            || self.attribute_line(text)
            || (self.is_mdx() && prefix.is_empty() && self.module_line())
    }

    /// Blocks end with their lines' indentation; what is left of it goes, as it has no meaning
    /// outside of them.
    fn leave_indented(&mut self) {
        let line = self.rest_of_line();
        if line.trim().is_empty() {
            return;
        }
        let width = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let blanks = &line[..width(line)];
        let columns = if blanks.contains('\t') { blanks.len() * 4 } else { blanks.len() };
        while let Some(Frame { kind: FrameKind::Indented(least), .. }) = self.frames.last() {
            if columns >= *least {
                break;
            }
            if let Some(frame) = self.frames.pop() {
                self.end_frame(&frame);
            }
        }
        let own = match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(FrameKind::Indented(least)) => *least,
            Some(FrameKind::Component(_, known)) => *known.get_or_insert(columns),
            _ => 0,
        };
        let taken = if blanks.starts_with('\t') { own.div_ceil(4) } else { own };
        self.at += taken.min(blanks.len());
    }

    fn set_indent(&mut self, prefix: &str) {
        self.indent.clear();
        // Outside of a list so many blanks would make code of it.
        if self.is_in_list || !(prefix.starts_with("    ") || prefix.starts_with('\t')) {
            self.indent.push_str(prefix);
        }
    }

    fn fenced_code(&mut self, fence: &Fence) {
        let start = self.at;
        let own = match self.frames.last().map(|frame| &frame.kind) {
            Some(FrameKind::Indented(least) | FrameKind::Component(_, Some(least))) => *least,
            _ => 0,
        };
        let mut is_first = true;
        let mut code = String::new();
        let mut end = start;
        for line in self.source[start..].split_inclusive('\n') {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            let line_here = if is_first { line } else { &line[own.min(blanks)..] };
            if !is_first && fence.is_left_by(line_here) {
                break;
            }
            end += line.len();
            code.push_str(line_here);
            if !is_first && fence.is_closed_by(line_here) {
                break;
            }
            is_first = false;
        }
        self.out.push_str(&code::shown(&code));
        self.at = end;
    }

    fn code_span(&mut self) -> bool {
        let rest = &self.source[self.at..];
        let run = rest.bytes().take_while(|&byte| byte == b'`').count();
        match self.spans.end(self.at) {
            Some(end) => {
                self.out.push_str(&code::shown(&self.source[self.at..end]));
                self.at = end;
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
                self.out.push_str(&html);
                self.out.push_str("\n\n");
                let indent = self.indent.clone();
                self.out.push_str(&indent);
            }
            Insert::Block(html) | Insert::Inline(html) => self.out.push_str(&html),
        }
        self.at = end;
    }
}

fn without_list_mark(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = if (1..=9).contains(&digits) {
        text[digits..].strip_prefix(['.', ')'])
    } else {
        text.strip_prefix(['-', '*', '+'])
    };
    match after {
        Some(after) if after.starts_with([' ', '\t']) => after.trim_start_matches([' ', '\t']),
        _ => text,
    }
}
