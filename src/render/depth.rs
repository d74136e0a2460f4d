//! How deep an HTML parser would nest, found in one pass and without building the tree.
//!
//! HTML parsers take a time that is quadratic in the depth, and reopen every inline element that was
//! left open in each paragraph that follows; so depth is bounded before a parser sees the text.

/// No article nests deeper.
pub const DEEPEST: usize = 512;
/// No article nests its emphasis deeper.
pub const DEEPEST_INLINE: usize = 32;

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
    names: Vec<String>,
    inline: usize,
}

impl Open {
    /// A start tag; says whether the depth is still one that an article can have.
    pub fn start(&mut self, name: &str) -> bool {
        let closes =
            CLOSED_BY.iter().find(|(opened, _)| *opened == name).map_or(&[][..], |(_, closes)| closes);
        for closed in closes {
            if self.names.last().is_some_and(|open| open == closed) {
                self.names.pop();
            }
        }
        self.inline += usize::from(INLINE.contains(&name));
        self.names.push(name.to_owned());
        self.names.len() <= DEEPEST && self.inline <= DEEPEST_INLINE
    }

    /// An end tag.
    pub fn end(&mut self, name: &str) {
        let Some(place) = self.names.iter().rposition(|open| open == name) else { return };
        if INLINE.contains(&name) {
            self.names.remove(place);
            self.inline -= 1;
        } else {
            let closed = self.names.drain(place..).filter(|open| INLINE.contains(&open.as_str())).count();
            self.inline -= closed;
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
                    open.start(tag);
                }
            }
        }
        (open.names.len(), open.inline)
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
