//! The body of an article as safe, absolute HTML, in six steps.
//!
//! What the site's generator would have replaced is replaced; Markdown is rendered; what would be
//! lost is put into a form that survives; an established sanitizer keeps what is allowed and balances
//! it; characters that no feed may hold go; addresses become absolute.

use super::links::Links;
use super::markdown::Html;
use super::template::{self, LeftOut, Page};
use super::written::Written;
use super::{absolute, allowed, depth, fragment, markdown, plain, prepare};
use crate::article::Whole;
use crate::article::markup::Markup;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::text;
use std::borrow::Cow;

/// A rendered body.
pub struct Body {
    /// Canonical HTML; empty where the article has no text.
    pub html: String,
    /// The text of the first heading, for an article whose front matter has no title.
    pub first_heading: Option<String>,
    /// What stands before the mark that ends the summary, where there is one; likewise canonical.
    pub lead: Option<String>,
}

/// The body as HTML, not yet safe, and what in it only the site's generator knows.
pub fn to_html(article: &Whole, title: Option<&str>, links: &Links<'_>) -> (Html, Vec<LeftOut>) {
    let render = match article.markup {
        Markup::Markdown | Markup::Mdx => markdown::render,
        Markup::Html => fragment::render,
        // No generator replaces anything in plain text.
        Markup::Text => return (plain::render(&article.body), Vec::new()),
    };
    let expanded = template::expand(&article.body, article.markup, Page { links, title });
    (render(&expanded.text, title), expanded.left_out)
}

fn left_out(article: &Whole, left_out: &[LeftOut], path: &str) -> Vec<Diagnostic> {
    let written = Written::of(article);
    let diagnostic = |left_out: &LeftOut| {
        let location = Location::new(path, written.at(left_out.offset));
        let message = format!("`{}` is not known here and was left out", left_out.what);
        Diagnostic::new(Code::TemplateCode, location, message)
            .help("say the same in Markdown or HTML; if readers of the feed can do without it, let it be")
    };
    left_out.iter().map(diagnostic).collect()
}

/// Renders a body. `None` where it cannot be shown; the diagnostics say why.
pub fn render(
    article: &Whole,
    title: Option<&str>,
    links: &Links<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Body> {
    let report =
        |code, message: String| Diagnostic::new(code, Location::new(links.path, article.body_at), message);
    let (rendered, unknown) = to_html(article, title, links);
    if !unknown.is_empty() {
        diagnostics.extend(left_out(article, &unknown, links.path));
    }
    let Some(prepared) = prepare::prepare(&rendered.html) else {
        let message = format!(
            "the HTML nests more than {} elements, more than {} links and emphases, \
             or has an element with more than {} attributes",
            depth::DEEPEST,
            depth::DEEPEST_INLINE,
            prepare::MOST_ATTRIBUTES,
        );
        diagnostics.push(report(Code::TooDeep, message).help("close the elements that are left open"));
        return None;
    };
    if !prepared.removed.is_empty() {
        let what = prepared.removed.iter().map(|(name, count)| format!("{count} `{name}`"));
        let message = format!("removed from the content: {}", what.collect::<Vec<_>>().join(", "));
        diagnostics.push(report(Code::Removed, message));
    }
    let allowed = allowed::keep_allowed(&prepared.html);
    let legal = text::legal(&allowed);
    if let Cow::Owned(_) = legal {
        let message = "a character reference names what may not stand in a feed, and was left out".to_owned();
        diagnostics.push(report(Code::IllegalCharacter, message).help("delete it: it begins with `&#`"));
    }
    let absolute = absolute::make_absolute(&legal, links);
    let mut written = (!absolute.broken.is_empty()).then(|| Written::of(article));
    for reference in absolute.broken {
        let at = written.as_mut().map_or(article.body_at, |written| written.place(&reference));
        let message = format!("`{reference}` is no published article");
        let fault = Diagnostic::new(Code::BrokenLink, Location::new(links.path, at), message);
        diagnostics
            .push(fault.help("mend the path, which is relative to this file, or link to the page's URL"));
    }
    let html = absolute.html.trim().to_owned();
    if html.is_empty() {
        let fault = report(Code::EmptyArticle, "the article has no text".to_owned());
        diagnostics.push(fault.help("write it, or mark it `draft: true`"));
    }
    let lead = rendered.lead.and_then(|lead| prepare::prepare(&lead));
    let lead = lead.map(|lead| text::legal(&allowed::keep_allowed(&lead.html)).into_owned());
    Some(Body { html, first_heading: rendered.first_heading, lead })
}
