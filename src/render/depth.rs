//! How deep an HTML parser would nest, found in one pass and without building the tree.
//!
//! HTML parsers take a time that is quadratic in the depth, and reopen every inline element that was
//! left open in each paragraph that follows; so depth is bounded before a parser sees the text.

/// No article nests deeper.
pub const DEEPEST: usize = 512;
/// No article nests its emphasis deeper.
pub const DEEPEST_INLINE: usize = 32;
/// What stays open and is opened anew in every paragraph may not make more of a text than this.
const MOST_REOPENED_BYTES: usize = 1_000_000;

/// Elements whose end tag closes only themselves and leaves open what stands in them (HTML,
/// 13.2.6.4.7: the adoption agency algorithm, and the form element pointer).
const INLINE: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "form", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// What a start tag closes by itself when it is the innermost open element (HTML, 13.1.2.4).
const CLOSED_BY: &[(&str, &[&str])] = &[
    ("p", &["p"]),
    ("li", &["p", "li"]),
    ("dt", &["p", "dt", "dd"]),
    ("dd", &["p", "dt", "dd"]),
    ("td", &["p", "td", "th"]),
    ("th", &["p", "td", "th"]),
    ("tr", &["p", "td", "th", "tr"]),
    ("tbody", &["p", "td", "th", "tr", "thead", "tbody"]),
    ("option", &["option"]),
];

/// The elements that are open at one place of a text.
#[derive(Default)]
pub struct Open {
    elements: Vec<(String, usize)>,
    inline: usize,
    inline_bytes: usize,
    reopened_bytes: usize,
}

impl Open {
    /// A start tag and the length of its attributes; says whether all is still as in an article.
    pub fn start(&mut self, name: &str, attribute_bytes: usize) -> bool {
        let closes =
            CLOSED_BY.iter().find(|(opened, _)| *opened == name).map_or(&[][..], |(_, closes)| closes);
        for closed in closes {
            if self.elements.last().is_some_and(|(open, _)| open == closed) {
                self.elements.pop();
            }
        }
        let bytes = name.len() + attribute_bytes;
        if INLINE.contains(&name) {
            self.inline += 1;
            self.inline_bytes += bytes;
        } else {
            self.reopened_bytes += self.inline_bytes;
        }
        self.elements.push((name.to_owned(), bytes));
        self.elements.len() <= DEEPEST
            && self.inline <= DEEPEST_INLINE
            && self.reopened_bytes <= MOST_REOPENED_BYTES
    }

    /// An end tag.
    pub fn end(&mut self, name: &str) {
        let Some(place) = self.elements.iter().rposition(|(open, _)| open == name) else { return };
        let last = if INLINE.contains(&name) { place } else { self.elements.len() - 1 };
        for (closed, bytes) in self.elements.drain(place..=last) {
            if INLINE.contains(&closed.as_str()) {
                self.inline -= 1;
                self.inline_bytes -= bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_of(tags: &str, times: usize) -> (usize, usize) {
        let mut open = Open::default();
        for tag in std::iter::repeat_n(tags.split(' '), times).flatten() {
            match tag.strip_prefix('/') {
                Some(name) => open.end(name),
                None => {
                    open.start(tag, 0);
                }
            }
        }
        (open.elements.len(), open.inline)
    }

    #[test]
    fn what_html_closes_by_itself_is_not_depth() {
        assert_eq!(depth_of("p", 1000), (1, 0));
        assert_eq!(depth_of("li p", 1000).0, 2);
        assert_eq!(depth_of("tr td p", 1000).0, 3);
    }

    #[test]
    fn what_stays_open_is() {
        assert_eq!(depth_of("rt", 1000).0, 1000);
        assert_eq!(depth_of("dd p ul li", 100).0, 400);
        assert_eq!(depth_of("b div /b", 100), (100, 0));
        assert_eq!(depth_of("div b /div", 100), (0, 0));
        assert_eq!(depth_of("b p", 100), (200, 100));
    }
}
