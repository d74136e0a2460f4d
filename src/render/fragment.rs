//! A body that is HTML already.

use super::markdown::Html;
use super::template::MARK;
use crate::text;
use html_escape::decode_html_entities;
use lol_html::{RewriteStrSettings, element, rewrite_str, text as on_text};
use std::cell::{Cell, RefCell};

/// A body of HTML. As in Markdown, a heading of the first level that opens it and says the same as
/// `title`, or stands in for it, is left out.
#[must_use]
pub fn render(html: &str, title: Option<&str>) -> Html {
    let first_heading = first_heading(html);
    let rest = first_heading
        .as_deref()
        .filter(|heading| title.is_none_or(|title| title == *heading))
        .and_then(|_| after_opening_heading(html));
    let rest = rest.unwrap_or(html);
    let lead = rest.split_once(MARK).map(|(lead, _)| lead.to_owned());
    Html { html: rest.to_owned(), first_heading, lead, is_own: false }
}

/// What follows the `<h1>` that opens the text.
fn after_opening_heading(html: &str) -> Option<&str> {
    let inside = html.trim_start().strip_prefix("<h1").filter(|rest| rest.starts_with(['>', ' ', '\n']))?;
    inside.split_once("</h1>").map(|(_, rest)| rest)
}

fn first_heading(html: &str) -> Option<String> {
    let count = Cell::new(0);
    let words: RefCell<String> = RefCell::default();
    let selector = "h1, h2, h3";
    let starts = element!(selector, |_| {
        count.set(count.get() + 1);
        Ok(())
    });
    let reads = on_text!(selector, |chunk| {
        if count.get() == 1 {
            words.borrow_mut().push_str(chunk.as_str());
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(starts)
        .append_element_content_handler(reads)
        .with_strict(false);
    rewrite_str(html, settings).ok()?;
    let heading = text::line(&decode_html_entities(&words.into_inner()));
    (!heading.is_empty()).then_some(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(html: &str, title: Option<&str>) -> (String, Option<String>) {
        let rendered = render(html, title);
        (rendered.html, rendered.first_heading)
    }

    #[test]
    fn the_heading_that_is_the_title_goes() {
        let heading = Some("The <b> ferry".to_owned());
        let html = "<h1 class=\"x\">The &lt;b&gt; <em>ferry</em></h1><p>Text</p>";
        assert_eq!(rendered(html, None), ("<p>Text</p>".to_owned(), heading.clone()));
        assert_eq!(rendered(html, Some("The <b> ferry")).0, "<p>Text</p>");
        assert_eq!(rendered(html, Some("Other")), (html.to_owned(), heading));
    }

    #[test]
    fn other_headings_stay() {
        let html = "<p>Text</p><h2>Later</h2><h2>Last</h2>";
        assert_eq!(rendered(html, None), (html.to_owned(), Some("Later".to_owned())));
        assert_eq!(rendered("<p>Text</p>", None).1, None);
    }
}
