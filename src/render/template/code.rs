//! Where code stands in Markdown, which keeps what it shows: fenced blocks and code spans.

use std::borrow::Cow;
use std::collections::HashMap;

/// A fence that opens a block of code.
pub struct Fence {
    mark: u8,
    length: usize,
    is_quoted: bool,
    is_in_list: bool,
}

impl Fence {
    /// The fence that `text` opens: a line after its blanks, quotation and list marks.
    #[must_use]
    pub fn opened_by(text: &str, is_quoted: bool, is_in_list: bool) -> Option<Fence> {
        let mark = *text.as_bytes().first().filter(|&&byte| byte == b'`' || byte == b'~')?;
        let length = text.bytes().take_while(|&byte| byte == mark).count();
        let is_code_span = mark == b'`' && text[length..].contains('`');
        (length >= 3 && !is_code_span).then_some(Fence { mark, length, is_quoted, is_in_list })
    }

    /// Is this line the end of the block, itself a part of it?
    #[must_use]
    pub fn is_closed_by(&self, line: &str) -> bool {
        let inside = if self.is_quoted { line.trim_start_matches([' ', '\t', '>']) } else { line };
        let text = inside.trim_start_matches([' ', '\t']);
        // Four blanks make it a line of the code, outside of a list.
        let is_deep = !self.is_in_list && inside.len() - text.len() > 3;
        let text = text.trim_end();
        !is_deep && text.len() >= self.length && text.bytes().all(|byte| byte == self.mark)
    }

    /// Does this line stand outside, though no fence closed the block? The quotation or the list that
    /// it stands in has ended.
    #[must_use]
    pub fn is_left_by(&self, line: &str) -> bool {
        let is_outside_quotation = self.is_quoted && !line.trim_start().starts_with('>');
        is_outside_quotation || (self.is_in_list && !line.trim().is_empty() && !line.starts_with([' ', '\t']))
    }
}

/// The code spans of a text: where each begins and ends. A run of backticks that no equal run in its
/// paragraph answers is text.
#[derive(Default)]
pub struct Spans {
    ends: HashMap<usize, usize>,
}

impl Spans {
    /// Finds them, from the back, so that each run knows the next of its length.
    #[must_use]
    pub fn of(source: &str) -> Spans {
        let mut ends = HashMap::new();
        let mut next: HashMap<usize, usize> = HashMap::new();
        for (start, line) in lines_from_the_back(source) {
            let text = line.trim_start_matches([' ', '\t', '>']);
            if text.trim().is_empty() || text.starts_with("```") || text.starts_with("~~~") {
                next.clear();
            }
            let bytes = line.as_bytes();
            let mut end = bytes.len();
            while let Some(last) = bytes[..end].iter().rposition(|&byte| byte == b'`') {
                let first = bytes[..last].iter().rposition(|&byte| byte != b'`').map_or(0, |at| at + 1);
                let length = last + 1 - first;
                if let Some(&close) = next.get(&length) {
                    ends.insert(start + first, close + length);
                }
                next.insert(length, start + first);
                end = first;
            }
        }
        Spans { ends }
    }

    /// The end of the code span that begins here.
    #[must_use]
    pub fn end(&self, start: usize) -> Option<usize> {
        self.ends.get(&start).copied()
    }
}

fn lines_from_the_back(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = source.len();
    source.split_inclusive('\n').rev().map(move |line| {
        end -= line.len();
        (end, line)
    })
}

/// Code as it is shown: the marks by which generators keep their hands off it are gone.
#[must_use]
pub fn shown(code: &str) -> Cow<'_, str> {
    if !code.contains("/*") && !code.contains("raw") {
        return Cow::Borrowed(code);
    }
    let mut text = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find('{') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let kept = ESCAPES.iter().find_map(|[open, shown_open, shown_close]| {
            let inner = rest.strip_prefix(open)?;
            // Bounded, so that many openings without an end are read once.
            let window = &inner.as_bytes()[..inner.len().min(LONGEST_ESCAPE)];
            let end = window.windows(2).position(|pair| pair == b"*/")?;
            let after = inner[end + 2..].strip_prefix(shown_close)?;
            // Zola escapes calls so; what else stands in `{{/* */}}` is a comment of a Go template.
            let is_escape = *open != "{{/*" || inner[..end].trim_end().ends_with(')');
            let after = is_escape.then_some(after)?;
            Some((shown_open, &inner[..end], shown_close, after))
        });
        if let Some((open, inner, close, after)) = kept {
            text.extend([*open, inner, *close]);
            rest = after;
        } else if let Some(after) = raw_mark(rest) {
            rest = after;
        } else {
            text.push('{');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

const LONGEST_ESCAPE: usize = 400;

/// How a tag is written that is to be shown, its opening and its end as they are shown.
const ESCAPES: &[[&str; 3]] =
    &[["{{</*", "{{<", ">}}"], ["{{%/*", "{{%", "%}}"], ["{{/*", "{{", "}}"], ["{%/*", "{%", "%}"]];

/// What comes after `{% raw %}` or `{% endraw %}`.
fn raw_mark(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("{%")?.trim_start_matches(['-', ' ']);
    let inner = inner.strip_prefix("end").unwrap_or(inner).strip_prefix("raw")?;
    inner.trim_start_matches(['-', ' ']).strip_prefix("%}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_end_at_an_equal_run_in_their_paragraph() {
        let source = "a `b` ``c ` d`` `e\n\nf` `g\nh`";
        let spans = Spans::of(source);
        let ends: Vec<_> = source
            .match_indices('`')
            .filter_map(|(at, _)| spans.end(at).map(|end| &source[at..end]))
            .collect();
        assert!(ends.contains(&"`b`") && ends.contains(&"``c ` d``") && ends.contains(&"`g\nh`"), "{ends:?}");
        assert_eq!(spans.end(16), None);
    }

    #[test]
    fn fences() {
        assert!(Fence::opened_by("``` a`b", false, false).is_none());
        let fence = Fence::opened_by("~~~~ rust", false, true).unwrap();
        assert!(fence.is_closed_by("  ~~~~~\n") && !fence.is_closed_by("~~~"));
        assert!(fence.is_left_by("text") && !fence.is_left_by("  text") && !fence.is_left_by("\n"));
    }

    #[test]
    fn escaped_tags_are_shown() {
        assert_eq!(shown("{{/* a comment */}}"), "{{/* a comment */}}", "of a Go template");
        assert_eq!(
            shown("{{</* x \"a\" */>}} {{%/* y */%}} {{< z >}}"),
            "{{< x \"a\" >}} {{% y %}} {{< z >}}"
        );
        assert_eq!(shown("{% raw %}{{ a }}{%- endraw -%} {{/* b() */}}"), "{{ a }} {{ b() }}");
        assert_eq!(shown("/* {{</* open"), "/* {{</* open");
    }
}
