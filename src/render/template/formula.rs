//! Formulas of LaTeX, whose braces are no tags: what stands between `$$`, `$`, `\(` and `\[` and their
//! ends, and the groups that follow a command wherever it stands.

use super::expander::Expander;

/// Nobody writes longer ones.
const LONGEST: usize = 1_000;

impl Expander<'_> {
    /// A formula that begins here, copied whole. True where there was one.
    pub(super) fn formula(&mut self) -> bool {
        let rest = &self.source[self.at..];
        let close = if rest.starts_with("$$") {
            "$$"
        } else if rest.starts_with('$') {
            "$"
        } else if rest.starts_with("\\(") {
            "\\)"
        } else if rest.starts_with("\\[") {
            "\\]"
        } else {
            return false;
        };
        if !self.has_double_braces {
            return false;
        }
        // Many that begin and never end are then not read again and again.
        let is_near = self.ahead(close, self.at + close.len()).is_some_and(|end| end - self.at <= LONGEST);
        if !is_near {
            return false;
        }
        let Some(length) = length_of_formula(rest, close) else { return false };
        let formula = self.copy_lines(self.at + length);
        self.out.push_str(&formula);
        true
    }

    /// Do the double braces here hold a group, `x^{{2}}` or `\frac{{a}}{{b}}`? Behind a closing brace
    /// they do unless that ended a tag.
    pub(super) fn is_group(&self) -> bool {
        let before = &self.source[..self.at];
        if before.ends_with('}') {
            return self.tag_end != self.at;
        }
        let word =
            before.as_bytes().iter().rev().take(30).take_while(|byte| byte.is_ascii_alphabetic()).count();
        before.ends_with(['^', '_']) || before.as_bytes()[..before.len() - word].ends_with(b"\\")
    }
}

/// How long the formula is that the text begins with. A dollar is mostly no more than that: as in
/// Pandoc, no blank stands inside of those around a formula, and no digit follows them.
fn length_of_formula(text: &str, close: &str) -> Option<usize> {
    let window = &text.as_bytes()[..text.len().min(LONGEST)];
    let start = close.len();
    let mut at = start;
    let end = loop {
        let found = at + window.get(at..)?.windows(close.len()).position(|part| part == close.as_bytes())?;
        if window[found - 1] != b'\\' || close.starts_with('\\') {
            break found;
        }
        at = found + 1;
    };
    let inner = text.get(start..end)?;
    let after = text.as_bytes().get(end + start);
    let is_prose = close == "$"
        && (inner.starts_with(char::is_whitespace)
            || inner.ends_with(char::is_whitespace)
            || inner.contains("{{ ")
            || after.is_some_and(|byte| byte.is_ascii_digit() || *byte == b'{'));
    let has_tag = ["{{<", "{{%", "{% "].iter().any(|open| inner.contains(open));
    let has_gap = inner.trim().split('\n').any(|line| line.trim().is_empty());
    (!inner.trim().is_empty() && !is_prose && !has_tag && !has_gap).then_some(end + start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_prices() {
        for (text, close, length) in [
            ("$$\\frac{{a}}{{b}}$$ c", "$$", Some(19)),
            ("$x$.", "$", Some(3)),
            ("$5 and $6", "$", None),
            ("$5 \\$ a$", "$", Some(8)),
            ("$a$9", "$", None),
            ("${{ a }}-${{ b }}", "$", None),
            ("\\(a\\)", "\\(", None),
            ("\\(a\\)", "\\)", Some(5)),
            ("$$a\n\nb$$", "$$", None),
            ("$$$$", "$$", None),
        ] {
            assert_eq!(length_of_formula(text, close), length, "{text}");
        }
    }
}
