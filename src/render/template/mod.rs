//! What a site generator would have replaced in a body is replaced before Markdown is read, so that
//! none of it is shown raw: shortcodes, Liquid, attribute lists, boxes, components, the summary mark.
//!
//! Nothing is computed, as the generator and its templates are not there. What says the same without
//! them is said (pictures, links, code, quotations); of the rest the tags go, what they hold stays,
//! and they are reported. Code stays as it was written.

mod admonition;
mod args;
mod attributes;
mod code;
mod expander;
mod formula;
mod frame;
mod insert;
mod jsx;
mod liquid;
mod lists;
mod mdx;
mod module;
mod output;
mod shortcode;
mod summary_mark;
mod tag;
mod verbatim;
mod wordpress;

pub use summary_mark::MARK;

use super::links::Links;
use crate::article::markup::Markup;
use crate::text;
use expander::Expander;
use std::borrow::Cow;

/// A body without anything that only its generator understands.
pub struct Expanded<'a> {
    /// Markdown and HTML.
    pub text: Cow<'a, str>,
    /// What is not known here, once for each name.
    pub left_out: Vec<LeftOut>,
}

/// Something that only the site's own generator knows.
#[derive(Debug, PartialEq)]
pub struct LeftOut {
    /// What it looks like: `{{< chart >}}`, `{% include map.html %}`, `<Tabs>`.
    pub what: String,
    /// Where it stands in the source, in bytes.
    pub offset: usize,
}

/// The page that a body is for.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// Its addresses.
    pub links: &'a Links<'a>,
    /// Its title, where front matter has one.
    pub title: Option<&'a str>,
}

/// A body without any of these has nothing to replace.
const SIGNS: &[&str] = &[
    "{{",
    "{%",
    "{:",
    "{.",
    "{#",
    "{/*",
    ":::",
    "!!!",
    "???",
    "[!",
    "<!--",
    "[TOC]",
    "[toc]",
    "[[toc]]",
    "){",
    "[caption",
    "[wp_caption",
    "[gallery",
    "[embed",
    "[video",
    "[audio",
    "[youtube",
    "[vimeo",
    "[/quote]",
];

/// Replaces what a generator would have replaced.
#[must_use]
pub fn expand<'a>(source: &'a str, markup: Markup, page: Page<'a>) -> Expanded<'a> {
    let is_mdx = markup == Markup::Markdown && module::is_mdx(source);
    let markup = if is_mdx { Markup::Mdx } else { markup };
    if markup != Markup::Mdx && !has_sign(source) {
        return Expanded { text: Cow::Borrowed(source), left_out: Vec::new() };
    }
    let mut expander = Expander::new(source, markup, page);
    expander.run();
    Expanded { text: Cow::Owned(expander.out), left_out: expander.left_out }
}

fn has_sign(source: &str) -> bool {
    let begins_sign = |byte| matches!(byte, b'{' | b':' | b'!' | b'?' | b'[' | b'<' | b')');
    let mut rest = source.as_bytes();
    while let Some(found) = text::position(rest, begins_sign) {
        rest = &rest[found..];
        if SIGNS.iter().any(|sign| rest.starts_with(sign.as_bytes())) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

impl Page<'_> {
    /// The address of the article that a generator's tag names, in a spelling that Markdown takes. One
    /// that is not published is named by its file, which the links then tell of.
    fn address_of(&self, reference: &str) -> String {
        let (file, anchor) = match reference.find('#') {
            Some(start) => reference.split_at(start),
            None => (reference, ""),
        };
        if file.is_empty() {
            return anchor.to_owned();
        }
        let address = match self.links.article(file) {
            Some(page) => format!("{page}{anchor}"),
            None if file.contains("://") => reference.to_owned(),
            None if file.ends_with(".md") => reference.to_owned(),
            None => format!("{file}.md{anchor}"),
        };
        const ENCODED: &[(char, &str)] =
            &[(' ', "%20"), ('(', "%28"), (')', "%29"), ('"', "%22"), ('<', "%3C"), ('>', "%3E")];
        ENCODED.iter().fold(address, |address, (character, code)| address.replace(*character, code))
    }

    /// The path of the site, without a slash at its end.
    fn site_path(&self) -> String {
        self.links.site.path().trim_end_matches('/').to_owned()
    }

    /// Scheme and host of the site.
    fn site_origin(&self) -> String {
        self.links.site.origin().to_owned()
    }

    /// The path of the page.
    fn path(&self) -> String {
        self.links.permalink.path().to_owned()
    }
}

#[cfg(test)]
mod tests;
