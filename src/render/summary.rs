//! What an article says in short, where its front matter does not: what stands before its summary mark,
//! else its first paragraphs, as text.

use crate::text;
use html_escape::decode_html_entities;
use lol_html::{RewriteStrSettings, element, end_tag, rewrite_str, text as on_text};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

/// In columns. Longer ones are cut by readers at a place of their own choosing.
const LONGEST: usize = 300;
/// In columns. A first paragraph that is shorter is joined by the next one.
const SHORTEST: usize = 120;

/// What an author has marked as the summary may be longer, up to here.
const LONGEST_LEAD: usize = 1500;

/// The summary of a body: all of its `lead`, which ends at the author's mark, else the beginning of
/// `html`. Both must be canonical. `None` where there are no paragraphs.
#[must_use]
pub fn of_body(html: &str, lead: Option<&str>) -> Option<String> {
    let Some(lead) = lead else { return summarise(html) };
    let paragraphs = paragraphs(lead).join(" ");
    // What follows the mark is no summary, even of a lead that is only a list.
    let words = if paragraphs.is_empty() { words(lead) } else { paragraphs };
    text::excerpt(&words, LONGEST_LEAD).filter(|lead| !lead.is_empty())
}

/// All the text of canonical HTML, without its elements.
fn words(html: &str) -> String {
    let texts = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    text::line(&decode_html_entities(&texts.collect::<Vec<_>>().join(" ")))
}

fn summarise(html: &str) -> Option<String> {
    let mut summary = String::new();
    for paragraph in paragraphs(html) {
        if !summary.is_empty() {
            summary.push(' ');
        }
        summary.push_str(&paragraph);
        if summary.width() >= SHORTEST {
            break;
        }
    }
    text::excerpt(&summary, LONGEST).filter(|summary| !summary.is_empty())
}

/// The paragraphs of `html` that are not empty, outside of quotations, lists, tables and notes.
fn paragraphs(html: &str) -> Vec<String> {
    let paragraphs: RefCell<Vec<String>> = RefCell::default();
    let in_reference = Rc::new(Cell::new(false));
    // Canonical HTML closes every element, so a depth counted by start tags and end tags is right.
    let starts = element!("body > p", |_| {
        paragraphs.borrow_mut().push(String::new());
        Ok(())
    });
    let breaks = element!("body > p br", |_| {
        paragraphs.borrow_mut().iter_mut().last().into_iter().for_each(|last| last.push(' '));
        Ok(())
    });
    // The number of a footnote is no word of the text.
    let references = element!("body > p sup > a", |element| {
        in_reference.set(true);
        let in_reference = Rc::clone(&in_reference);
        element.on_end_tag(end_tag!(move |_| {
            in_reference.set(false);
            Ok(())
        }))
    });
    let words = on_text!("body > p", |chunk| {
        if in_reference.get() {
            return Ok(());
        }
        paragraphs.borrow_mut().iter_mut().last().into_iter().for_each(|last| last.push_str(chunk.as_str()));
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(starts)
        .append_element_content_handler(breaks)
        .append_element_content_handler(references)
        .append_element_content_handler(words)
        .with_strict(false);
    if rewrite_str(&format!("<body>{html}</body>"), settings).is_err() {
        return Vec::new();
    }
    let lines =
        paragraphs.into_inner().into_iter().map(|paragraph| text::line(&decode_html_entities(&paragraph)));
    lines.filter(|line| !line.is_empty()).collect()
}

/// Is the summary the whole text of `html`, which is canonical?
#[must_use]
pub fn is_all_of(summary: &str, html: &str) -> bool {
    let paragraph = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    paragraph.is_some_and(|text| !text.contains('<') && text::line(&decode_html_entities(text)) == summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paragraphs_of_the_article_itself() {
        let html = "<h2>Head</h2>\n<blockquote><p>Quote</p></blockquote><p>AT&amp;T <b>is</b><br>here.</p><ul><li>x</li></ul><p>Second.</p>";
        assert_eq!(summarise(html).as_deref(), Some("AT&T is here. Second."));
        assert_eq!(summarise("<table></table>"), None);
    }

    #[test]
    fn numbers_of_footnotes_are_no_text() {
        let html = "<p>The bridge<sup id=\"fnref-1\"><a href=\"https://e.example/#fn-1\">1</a></sup> is 10<sup>2</sup> feet.</p>";
        assert_eq!(summarise(html).as_deref(), Some("The bridge is 102 feet."));
    }

    #[test]
    fn a_text_of_one_paragraph() {
        assert!(is_all_of("He said \"no\" & left.", "<p>He said \"no\" &amp; left.</p>"));
        assert!(!is_all_of("One.", "<p>One.</p>\n<p>Two.</p>"));
    }

    #[test]
    fn a_lead_without_paragraphs() {
        let lead = "<ul>\n<li>One &amp; <b>two</b></li>\n</ul>";
        assert_eq!(of_body("<ul></ul><p>After.</p>", Some(lead)).as_deref(), Some("One & two"));
        assert_eq!(of_body("<img><p>After.</p>", Some("<img src=\"a\">")), None);
    }

    #[test]
    fn cut_at_a_word() {
        let summary = summarise(&format!("<p>{}</p>", "слово ".repeat(100))).unwrap();
        assert!(summary.ends_with("слово…") && summary.chars().count() <= LONGEST + 1, "{summary}");
    }
}
