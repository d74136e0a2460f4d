//! The tags of canonical HTML, as the allow-list leaves it: small names, values in quotation marks.

use html_escape::decode_html_entities;
use std::borrow::Cow;

/// One tag and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'h> {
    /// Where it begins in the HTML.
    pub start: usize,
    /// Where what follows it begins.
    pub end: usize,
    /// The element.
    pub name: &'h str,
    /// Does it end an element?
    pub is_end: bool,
    attributes: &'h str,
}

/// The tags of `html`, in order.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + html[from..].find('<')?;
        let end = start + end_of(&html[start..]);
        from = end;
        let inside = html[start..end].trim_start_matches('<').trim_end_matches('>');
        let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        Some(Tag { start, end, name, is_end, attributes })
    })
}

/// The length of the tag that begins here. A value may hold `>`.
fn end_of(html: &str) -> usize {
    let mut is_quoted = false;
    let end = html.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    });
    end.map_or(html.len(), |end| end + 1)
}

impl<'h> Tag<'h> {
    /// Does it begin this element?
    #[must_use]
    pub fn opens(&self, name: &str) -> bool {
        !self.is_end && self.name == name
    }

    /// Does it end this element?
    #[must_use]
    pub fn closes(&self, name: &str) -> bool {
        self.is_end && self.name == name
    }

    /// Has it any attributes?
    #[must_use]
    pub fn has_attributes(&self) -> bool {
        !self.attributes.is_empty()
    }

    /// Its attributes that have a value, in order, each value as it is written.
    pub fn attributes(&self) -> impl Iterator<Item = (&'h str, &'h str)> + use<'h> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once("=\"")?;
            let (value, after) = after.split_once('"')?;
            rest = after;
            Some((name.trim(), value))
        })
    }

    /// The value of an attribute, character references resolved.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'h, str>> {
        let (_, value) = self.attributes().find(|(known, _)| *known == name)?;
        Some(decode_html_entities(value))
    }

    /// The value of an attribute that is a number of pixels.
    #[must_use]
    pub fn pixels(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().trim_end_matches("px").parse().ok()
    }
}

/// The text of HTML, on one line.
#[must_use]
pub fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut from = 0;
    for tag in tags(html) {
        text.push_str(&decode_html_entities(&html[from..tag.start]));
        // What stands in two lines is two words.
        if matches!(tag.name, "br" | "p" | "div" | "li") {
            text.push(' ');
        }
        from = tag.end;
    }
    text.push_str(&decode_html_entities(&html[from..]));
    crate::text::line(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes() {
        let html = "a<img alt=\"5 > 4 &amp; x\" src=\"u?a=1&amp;b=2\" width=\"8\"><p class>b</p>";
        let found: Vec<_> = tags(html).map(|tag| (tag.name, tag.is_end, &html[tag.start..tag.end])).collect();
        assert_eq!(found[1..], [("p", false, "<p class>"), ("p", true, "</p>")]);
        let image = tags(html).next().unwrap();
        assert_eq!(image.attribute("src").as_deref(), Some("u?a=1&b=2"));
        assert_eq!(image.attribute("alt").as_deref(), Some("5 > 4 & x"));
        assert_eq!((image.pixels("width"), image.pixels("height")), (Some(8), None));
        assert_eq!(text_of("<p>A &lt;b&gt;<br>c</p><i>d</i>"), "A <b> c d");
    }

    #[test]
    fn what_is_cut_short() {
        for html in ["<", "<img", "<img src=\"a", "a < b", "</", "<>"] {
            tags(html).for_each(|tag| drop(tag.attribute("src")));
        }
    }
}
