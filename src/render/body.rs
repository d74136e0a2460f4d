//! The body of an article as safe, absolute HTML, in six steps.
//!
//! What the site's generator would have replaced is replaced; Markdown is rendered; what would be
//! lost is put into a form that survives; an established sanitizer keeps what is allowed and balances
//! it; characters that no feed may hold go; addresses become absolute. What Markdown has made of a text
//! without HTML needs neither the third nor the fourth (`own`).

use super::absolute::Absolute;
use super::body_media::Files;
use super::links::Links;
use super::markdown::Html;
use super::page::{self, Lost};
use super::prepare::{self, Prepared};
use super::template::{self, LeftOut, Page};
use super::written::Written;
use super::{absolute, allowed, depth, fragment, markdown, own, plain};
use crate::article::Whole;
use crate::article::markup::Markup;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::text;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A rendered body.
pub struct Body {
    /// Canonical HTML; empty where the article has no text.
    pub html: String,
    /// The text of the first heading, for an article whose front matter has no title.
    pub first_heading: Option<String>,
    /// What stands before the mark that ends the summary, where there is one; likewise canonical.
    pub lead: Option<String>,
    /// Its pictures and recordings that can be looked at.
    pub files: Files,
}

/// A body as HTML, not yet safe, and what in the source is no part of it.
pub struct Raw {
    /// The HTML.
    pub html: Html,
    /// What only the site's generator knows.
    unknown: Vec<LeftOut>,
    /// What stood around the article in its page.
    furniture: Option<String>,
}

/// The body as HTML, not yet safe.
///
/// # Errors
/// A page without an article.
pub fn to_html(article: &Whole, title: Option<&str>, links: &Links<'_>) -> Result<Raw, Lost> {
    if article.markup == Markup::Page {
        let found = page::find(&article.body)?;
        return Ok(Raw { furniture: found.left_out(), html: found.html, unknown: Vec::new() });
    }
    // No generator replaces anything in plain text.
    if article.markup == Markup::Text {
        return Ok(Raw { html: plain::render(&article.body), unknown: Vec::new(), furniture: None });
    }
    let expanded = template::expand(&article.body, article.markup, Page { links, title });
    let html = match article.markup {
        Markup::Html => fragment::render(&expanded.text, title),
        _ => markdown::render(&expanded.text, title),
    };
    Ok(Raw { html, unknown: expanded.left_out, furniture: None })
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

/// What may stand in a feed, in its canonical spelling, and what was removed. `None` where it nests too deep.
fn safe(html: &Html) -> Option<Prepared> {
    if let Some(own) = html.is_own.then(|| own::canonical(&html.html)).flatten() {
        return Some(Prepared { html: own, removed: BTreeMap::new() });
    }
    let prepared = prepare::prepare(&html.html)?;
    Some(Prepared { html: allowed::keep_allowed(&prepared.html), ..prepared })
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
    let mut tell = |lost: Lost| {
        let (code, message, help) = why_lost(&lost);
        diagnostics.push(report(code, message).help(help));
    };
    let raw = to_html(article, title, links).map_err(&mut tell).ok()?;
    let safe = safe(&raw.html).ok_or(Lost::TooDeep).map_err(&mut tell).ok()?;
    if !raw.unknown.is_empty() {
        diagnostics.extend(left_out(article, &raw.unknown, links.path));
    }
    if let Some(message) = raw.furniture {
        diagnostics.push(report(Code::PageFurniture, message));
    }
    if !safe.removed.is_empty() {
        let what = safe.removed.iter().map(|(name, count)| format!("{count} `{name}`"));
        let message = format!("removed from the content: {}", what.collect::<Vec<_>>().join(", "));
        diagnostics.push(report(Code::Removed, message));
    }
    let legal = text::legal(&safe.html);
    if let Cow::Owned(_) = legal {
        let message = "a character reference names what may not stand in a feed, and was left out".to_owned();
        diagnostics.push(report(Code::IllegalCharacter, message).help("delete it: it begins with `&#`"));
    }
    let absolute = absolute::make_absolute(&legal, links);
    diagnostics.extend(lost_references(article, &absolute, links.path));
    let html = absolute.html.trim().to_owned();
    if html.is_empty() {
        let fault = report(Code::EmptyArticle, "the article has no text".to_owned());
        diagnostics.push(fault.help("write it, or mark it `draft: true`"));
    }
    let lead = raw.html.lead.as_deref().and_then(prepare::prepare);
    let lead = lead.map(|lead| text::legal(&allowed::keep_allowed(&lead.html)).into_owned());
    Some(Body { html, first_heading: raw.html.first_heading, lead, files: absolute.files })
}

/// What the text refers to and what is not there, at its places.
fn lost_references(article: &Whole, absolute: &Absolute, path: &str) -> Vec<Diagnostic> {
    if absolute.broken.is_empty() && absolute.missing.is_empty() {
        return Vec::new();
    }
    let mut written = Written::of(article);
    let mut fault = |code, reference: &str, message: String, help: &str| {
        Diagnostic::new(code, Location::new(path, written.place(reference)), message).help(help)
    };
    let broken = |reference: &String| {
        let message = format!("`{reference}` is no published article");
        let help = "mend the path, which is relative to this file, or link to the page's URL";
        (Code::BrokenLink, reference.clone(), message, help)
    };
    let missing = |reference: &String| {
        let message = format!("`{reference}` lies neither with the article nor where the site's media are");
        let help = "put the file beside the article, or mend its name";
        (Code::MissingMedia, reference.clone(), message, help)
    };
    let all = absolute.broken.iter().map(broken).chain(absolute.missing.iter().map(missing));
    all.map(|(code, reference, message, help)| fault(code, &reference, message, help)).collect()
}

fn why_lost(lost: &Lost) -> (Code, String, &'static str) {
    let save_less = "save the article's part of the page alone, or write its text below front matter";
    match lost {
        Lost::TooDeep => {
            let message = format!(
                "the HTML nests more than {} elements, more than {} links and emphases, \
                 or has an element with more than {} attributes",
                depth::DEEPEST,
                depth::DEEPEST_INLINE,
                prepare::MOST_ATTRIBUTES,
            );
            (Code::TooDeep, message, "close the elements that are left open")
        }
        Lost::TooLarge => {
            let message = format!("the page has more than {} bytes without its scripts", page::LONGEST_BYTES);
            (Code::NoArticleFound, message, save_less)
        }
        Lost::NoArticle => {
            (Code::NoArticleFound, "no article can be found in the page".to_owned(), save_less)
        }
    }
}
