//! The mark that ends an article's summary, in all its spellings, and comments, which stay as they are.

use super::expander::Expander;

/// How the mark is spelled from here on. The sanitizer takes it off like every comment.
pub const MARK: &str = "<!--more-->";

const NAMES: &[&str] = &[
    "more",
    "readmore",
    "read more",
    "truncate",
    "excerpt",
    "endexcerpt",
    "end excerpt",
    "excerpt end",
    "teaser end",
    "pelican end summary",
];

impl Expander<'_> {
    /// A comment that begins here: copied, tags and all, unless it is the mark.
    pub(super) fn comment(&mut self) -> bool {
        if !self.source[self.at..].starts_with("<!--") {
            return false;
        }
        let Some(close) = self.ahead("-->", self.at + 4) else { return false };
        let end = close + "-->".len();
        let comment = &self.source[self.at + 4..close];
        if is_mark(comment) {
            self.out.push_str(MARK);
        } else if !self.is_mdx() {
            let comment = self.copy_lines(end);
            self.out.push_str(&comment);
        }
        self.at = end;
        true
    }

    /// A comment of JavaScript that begins here. Outside of MDX it is one only where it is the mark.
    pub(super) fn script_comment(&mut self) -> bool {
        if !self.source[self.at..].starts_with("{/*") {
            return false;
        }
        let Some(close) = self.ahead("*/}", self.at + 3) else { return false };
        let is_mark = is_mark(&self.source[self.at + 3..close]);
        if is_mark {
            self.out.push_str(MARK);
        }
        if is_mark || self.is_mdx() {
            self.at = close + "*/}".len();
        }
        is_mark || self.is_mdx()
    }
}

fn is_mark(comment: &str) -> bool {
    // Nikola writes the words of its link behind a colon.
    let name = comment.split(':').next().unwrap_or_default().trim();
    if name.len() > 30 || (comment.contains(':') && !name.eq_ignore_ascii_case("teaser_end")) {
        return false;
    }
    let name = name.to_ascii_lowercase().replace(['_', '-'], " ");
    NAMES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for comment in ["more", " truncate ", "TEASER_END: go on", "PELICAN_END_SUMMARY", "excerpt"] {
            assert!(is_mark(comment), "{comment}");
        }
        for comment in ["more work: photos", "more photos", "", "teaser"] {
            assert!(!is_mark(comment), "{comment}");
        }
    }
}
