//! What an article says in short, where its author did not write it: its first paragraphs as text.

use crate::text;
use html_escape::decode_html_entities;
use lol_html::{RewriteStrSettings, element, rewrite_str, text as on_text};
use std::cell::RefCell;

/// Longer ones are cut by readers at a place of their own choosing.
const LONGEST: usize = 300;
/// A first paragraph that is shorter is joined by the next one.
const SHORTEST: usize = 120;

/// The beginning of `html`, which must be canonical: paragraphs outside of quotations, lists,
/// tables and notes. `None` where there are no such paragraphs.
#[must_use]
pub fn summarise(html: &str) -> Option<String> {
    let paragraphs: RefCell<Vec<String>> = RefCell::default();
    // Canonical HTML closes every element, so a depth counted by start tags and end tags is right.
    let starts = element!("body > p", |_| {
        paragraphs.borrow_mut().push(String::new());
        Ok(())
    });
    let breaks = element!("body > p br", |_| {
        paragraphs.borrow_mut().iter_mut().last().into_iter().for_each(|last| last.push(' '));
        Ok(())
    });
    let words = on_text!("body > p", |chunk| {
        paragraphs.borrow_mut().iter_mut().last().into_iter().for_each(|last| last.push_str(chunk.as_str()));
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(starts)
        .append_element_content_handler(breaks)
        .append_element_content_handler(words)
        .with_strict(false);
    rewrite_str(&format!("<body>{html}</body>"), settings).ok()?;
    let mut summary = String::new();
    for paragraph in paragraphs.into_inner() {
        let paragraph = text::line(&decode_html_entities(&paragraph));
        if !summary.is_empty() && !paragraph.is_empty() {
            summary.push(' ');
        }
        summary.push_str(&paragraph);
        if summary.chars().count() >= SHORTEST {
            break;
        }
    }
    (!summary.is_empty()).then(|| text::shorten(&summary, LONGEST))
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
    fn cut_at_a_word() {
        let summary = summarise(&format!("<p>{}</p>", "слово ".repeat(100))).unwrap();
        assert!(summary.ends_with("слово…") && summary.chars().count() <= LONGEST + 1, "{summary}");
    }
}
