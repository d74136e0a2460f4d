//! Blocks that are open: what opened each, and what closes it.

use super::expander::Expander;

/// More blocks within each other are not opened.
const DEEPEST: usize = 30;

/// A block that is open.
pub(super) struct Frame {
    pub kind: FrameKind,
    /// What closes it in HTML; empty where it left no trace.
    pub close: String,
    pub indent: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum FrameKind {
    /// Opened by so many colons.
    Colons(usize),
    /// Holds the lines that are indented at least so far.
    Indented(usize),
    /// Closed by a tag of this name.
    Tag(String),
    /// Closed by Zola's `end`.
    Zola,
    /// A component of this name, whose lines lose so many blanks, once the first of them was seen.
    Component(String, Option<usize>),
}

impl Expander<'_> {
    /// Opens a block whose content is Markdown.
    pub fn open_frame(&mut self, kind: FrameKind, open: &str, close: &str) {
        if self.frames.len() >= DEEPEST {
            return;
        }
        let indent = self.indent.clone();
        if !open.is_empty() {
            if !self.out.ends_with('\n') && self.at != self.line_text {
                self.out.push('\n');
            }
            self.start_line(&indent);
            self.out.push_str(open);
            self.out.push('\n');
            self.out.push_str(indent.trim_end());
            self.out.push('\n');
            self.out.push_str(&indent);
        }
        self.frames.push(Frame { kind, close: close.to_owned(), indent });
    }

    /// Closes the innermost block of this kind, and what was left open in it.
    pub fn close_frame(&mut self, is_meant: impl Fn(&FrameKind) -> bool) -> bool {
        let Some(index) = self.frames.iter().rposition(|frame| is_meant(&frame.kind)) else { return false };
        for frame in self.frames.split_off(index).iter().rev() {
            self.end_frame(frame);
        }
        true
    }

    pub fn end_frame(&mut self, frame: &Frame) {
        if frame.close.is_empty() {
            return;
        }
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        let blank = frame.indent.trim_end();
        self.out.extend([blank, "\n", &frame.indent, &frame.close, "\n", blank, "\n", &frame.indent]);
    }

    /// Begins a line as this one begins, where that was not done yet.
    fn start_line(&mut self, indent: &str) {
        if self.out.ends_with('\n') || self.out.is_empty() {
            self.out.push_str(indent);
        }
    }
}
