//! Blocks that are open: what opened each, what their lines begin with, and what closes it.

use super::expander::Expander;
use super::lists::{Lists, Marks, blanks, columns, without_columns};

/// More blocks within each other are not opened.
const DEEPEST: usize = 30;

/// Nor are blocks whose lines would have to begin with more.
const LONGEST: usize = 60;

/// A block that is open.
pub(super) struct Frame {
    pub kind: FrameKind,
    /// What closes it in HTML; empty where it left no trace.
    close: String,
    /// What a line begins with that stands where the block stands, and how much of that the blocks
    /// around it put there.
    indent: (String, usize),
    /// What the lines within begin with.
    pub before: String,
    /// What they begin with in the source; `None` where they stay as they are.
    pub from: Option<Beginning>,
    /// The lists around it.
    lists: Lists,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum FrameKind {
    /// Opened by so many colons.
    Colons(usize),
    /// Holds the lines that are indented further than its own.
    Indented,
    /// Closed by a tag of this name.
    Tag(String),
    /// Closed by Zola's `end`.
    Zola,
    /// A component of this name, whose lines lose so many blanks, once the first of them was seen.
    Component(String, Option<usize>),
}

/// What the lines of a block begin with in the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beginning {
    quotations: usize,
    column: usize,
    /// Does a line that begins otherwise end the block?
    is_needed: bool,
}

impl Beginning {
    /// Of the lines that stand where a line with these marks stands.
    pub fn below(line: &str, is_needed: bool) -> Beginning {
        let marks = Marks::of(line);
        Beginning { quotations: marks.quotations(), column: marks.text_column(), is_needed }
    }

    /// The same, so many columns deeper.
    pub fn indented(self, columns: usize) -> Beginning {
        Beginning { column: self.column + columns, ..self }
    }

    /// The line without the marks of its quotations.
    pub fn quoted<'t>(&self, line: &'t str) -> &'t str {
        Beginning { column: 0, ..*self }.taken_from(line).unwrap_or(line)
    }

    /// The line without its beginning. `None` where it has another.
    pub fn taken_from<'t>(&self, line: &'t str) -> Option<&'t str> {
        let mut rest = line;
        for _ in 0..self.quotations {
            let behind = rest.trim_start_matches([' ', '\t']).strip_prefix('>')?;
            rest = behind.strip_prefix(' ').unwrap_or(behind);
        }
        let inner = without_columns(rest, self.column);
        inner.or_else(|| {
            (!self.is_needed || rest.trim().is_empty()).then(|| rest.trim_start_matches([' ', '\t']))
        })
    }
}

impl Frame {
    /// Is it seen in what is written?
    fn has_trace(&self) -> bool {
        !self.close.is_empty() || self.before.len() > self.indent.0.len()
    }

    /// A line as it stands within the block. `None` where it ends the block.
    fn inner<'t>(&self, line: &'t str) -> Option<&'t str> {
        let Some(from) = self.from else { return Some(line) };
        let inner = match from.taken_from(line) {
            None if from.is_needed => return None,
            inner => inner.unwrap_or(line),
        };
        match self.kind {
            FrameKind::Component(_, Some(known)) => {
                Some(without_columns(inner, known).unwrap_or(inner.trim_start_matches([' ', '\t'])))
            }
            _ => Some(inner),
        }
    }
}

impl<'a> Expander<'a> {
    /// Opens a block whose content is Markdown, in the midst of a line.
    pub fn open_frame(&mut self, kind: FrameKind, open: &str, close: &str) {
        let before = self.indent[..self.outer].to_owned();
        if open.is_empty() {
            let from = matches!(kind, FrameKind::Colons(_) | FrameKind::Component(..));
            let from = from.then(|| Beginning::below(self.marks_of_line(), false));
            let before = if from.is_some() { self.indent.clone() } else { before };
            return self.push_frame(kind, "", before, from);
        }
        if !self.out.ends_with('\n') && self.at != self.line_text {
            self.out.push('\n');
        }
        if self.out.is_empty() || self.out.ends_with('\n') {
            self.out.push_str(&self.indent);
        }
        self.out.extend([open, "\n", self.indent.trim_end(), "\n"]);
        self.continue_line();
        self.push_frame(kind, close, before, None);
    }

    /// Opens a block that has lines of its own, the first of them being `first`; all begin with `mark`.
    pub fn open_block(&mut self, kind: FrameKind, [first, mark, close]: [&str; 3], from: Beginning) {
        self.begin_block();
        let before = format!("{}{mark}", self.indent);
        self.out.extend([mark, first, "\n", before.trim_end(), "\n"]);
        self.push_frame(kind, close, before, Some(from));
    }

    fn push_frame(&mut self, kind: FrameKind, close: &str, before: String, from: Option<Beginning>) {
        if self.frames.len() >= DEEPEST || before.len() > LONGEST {
            return;
        }
        let indent = (self.indent.clone(), self.outer);
        let lists = if from.is_some() { std::mem::take(&mut self.lists) } else { Lists::default() };
        if from.is_some() {
            self.indent.clone_from(&before);
            self.outer = before.len();
        }
        self.frames.push(Frame { kind, close: close.to_owned(), indent, before, from, lists });
    }

    /// What the line begins with that is read.
    pub fn marks_of_line(&self) -> &'a str {
        let start = self.source[..self.line_text].rfind('\n').map_or(0, |at| at + 1);
        &self.source[self.line_start.max(start)..self.line_text]
    }

    /// Begins a line for a block, with a blank one before it where text is.
    fn begin_block(&mut self) {
        let is_empty = |line: &str| line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'));
        let start = self.out.rfind('\n').map_or(0, |at| at + 1);
        if !is_empty(&self.out[start..]) {
            // Behind the mark of a list item.
            if self.at == self.line_text || self.at == self.line_start {
                return;
            }
            self.out.push('\n');
        } else {
            self.out.truncate(start);
        }
        let line_before = self.out.trim_end_matches('\n').len();
        let line_before = self.out[..line_before].rfind('\n').map_or(0, |at| at + 1);
        if !self.out.ends_with("\n\n") && !is_empty(self.out[line_before..].trim_end_matches('\n')) {
            self.out.extend([self.indent.trim_end(), "\n"]);
        }
        self.out.push_str(&self.indent);
    }

    /// Goes on in a line that a block begins or ends in.
    pub fn continue_line(&mut self) {
        self.out.push_str(&self.indent);
    }

    /// Closes the innermost block of this kind, and what was left open in it.
    pub fn close_frame(&mut self, is_meant: impl Fn(&FrameKind) -> bool) -> bool {
        let Some(index) = self.frames.iter().rposition(|frame| is_meant(&frame.kind)) else { return false };
        self.close_from(index);
        true
    }

    /// Closes a block in the midst of a line.
    pub fn close_tag(&mut self, is_meant: impl Fn(&FrameKind) -> bool) {
        let had_trace = self.frames.iter().rfind(|frame| is_meant(&frame.kind)).is_some_and(Frame::has_trace);
        if self.close_frame(is_meant) && had_trace {
            self.continue_line();
        }
    }

    /// Closes the blocks from this one on.
    pub fn close_from(&mut self, index: usize) {
        for frame in self.frames.split_off(index).into_iter().rev() {
            self.end_frame(frame);
        }
    }

    fn end_frame(&mut self, frame: Frame) {
        let has_trace = frame.has_trace();
        (self.indent, self.outer) = frame.indent;
        if frame.from.is_some() {
            self.lists = frame.lists;
            self.lists.take_blank();
        }
        if !has_trace {
            return;
        }
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        if self.out[line..].bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>')) {
            self.out.truncate(line);
        } else {
            self.out.push('\n');
        }
        let blank = self.indent.trim_end();
        if !frame.close.is_empty() {
            self.out.extend([blank, "\n", &self.indent, &frame.close, "\n"]);
        }
        self.out.extend([blank, "\n"]);
    }

    /// Takes from a line what the open blocks want it to begin with; a line that begins otherwise
    /// ends them.
    pub fn enter_line(&mut self) {
        let line = self.rest_of_line();
        let mut inner = line;
        for index in 0..self.frames.len() {
            let frame = &mut self.frames[index];
            if let FrameKind::Component(_, known @ None) = &mut frame.kind {
                let text = frame.from.and_then(|from| from.taken_from(inner)).unwrap_or(inner);
                *known = Some(columns(blanks(text)));
            }
            match self.frames[index].inner(inner) {
                Some(rest) => inner = rest,
                None => {
                    self.close_from(index);
                    break;
                }
            }
        }
        let before = self.frames.last().map_or("", |frame| frame.before.as_str());
        self.indent.clear();
        self.indent.push_str(before);
        self.outer = before.len();
        self.at += line.len() - inner.len();
        self.line_start = self.at;
    }

    /// A line as it stands within the open blocks. `None` where it ends one of them.
    pub fn within_frames<'t>(&self, line: &'t str) -> Option<&'t str> {
        self.frames.iter().try_fold(line, |line, frame| frame.inner(line))
    }
}
