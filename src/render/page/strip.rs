//! Before a page is parsed: what is not text goes, and what carries text of others is marked.

use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, doc_comments, element, rewrite_str};

/// Marks what a frame showed, which is no furniture though it is nothing but a link.
pub const FRAME: &str = "data-frame";

/// Elements that go with all that they hold.
const NO_TEXT: &str = "script, style, template, svg, link, meta, base, title, canvas, object, map, source[src=''], \
                       input, select, textarea, button, datalist";

/// A page without scripts, comments, controls, pictures of one pixel and pictures written into their
/// address. `None` where it cannot be read to its end.
#[must_use]
pub fn strip(html: &str) -> Option<String> {
    let comments = doc_comments!(|comment| {
        comment.remove();
        Ok(())
    });
    let no_text = element!(NO_TEXT, |element| {
        element.remove();
        Ok(())
    });
    let pictures = element!("img, iframe", |element| {
        for name in ["src", "srcset"] {
            let value = element.get_attribute(name).unwrap_or_default();
            if value.trim_start().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
                element.remove_attribute(name);
            }
        }
        let counts = ["width", "height"].iter().any(|name| {
            let size = element.get_attribute(name).unwrap_or_default();
            matches!(size.trim().trim_end_matches("px"), "0" | "1")
        });
        let is_frame = element.tag_name() == "iframe";
        if counts || (is_frame && !is_for_people(element)) {
            element.remove();
        } else if is_frame {
            element.before(&format!("<span {FRAME}>"), ContentType::Html);
            element.after("</span>", ContentType::Html);
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_document_content_handler(comments)
        .append_element_content_handler(no_text)
        .append_element_content_handler(pictures)
        .with_strict(false);
    rewrite_str(html, settings).ok()
}

/// A frame that is to be seen has a title for those who do not see it, or may fill the screen; one that
/// counts or advertises has neither.
fn is_for_people(frame: &Element<'_, '_>) -> bool {
    let title = frame.get_attribute("title").unwrap_or_default().to_lowercase();
    let is_advertisement = title.split_whitespace().any(|word| word == "ad" || word.starts_with("advert"));
    let fills_the_screen = frame.has_attribute("allowfullscreen")
        || frame.get_attribute("allow").is_some_and(|allow| allow.contains("fullscreen"));
    fills_the_screen || (!title.trim().is_empty() && !is_advertisement)
}
