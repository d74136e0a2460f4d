//! Pictures and recordings in content, fetched from the preview in place of the site, which may not have them yet.

use crate::text::escape_html;
use html_escape::decode_html_entities;
use lol_html::{RewriteStrSettings, element, rewrite_str};

/// The attributes that a reader fetches by itself.
const FETCHED: &[&str] = &["src", "poster"];

/// `html` with the addresses that `own` knows replaced by what it says.
#[must_use]
pub fn with_own_media(html: &str, own: &dyn Fn(&str) -> Option<String>) -> String {
    let handler = element!("*", |element| {
        for name in FETCHED {
            let Some(value) = element.get_attribute(name) else { continue };
            if let Some(found) = own(&decode_html_entities(&value)) {
                element.set_attribute(name, &escape_html(&found))?;
            }
        }
        if let Some(value) = element.get_attribute("srcset") {
            element.set_attribute("srcset", &escape_html(&srcset(&decode_html_entities(&value), own)))?;
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(handler).with_strict(false);
    rewrite_str(html, settings).unwrap_or_else(|_| html.to_owned())
}

/// The addresses of our own feeds hold no blanks.
fn srcset(candidates: &str, own: &dyn Fn(&str) -> Option<String>) -> String {
    let replaced = |word: &str| own(word).unwrap_or_else(|| word.to_owned());
    candidates.split(' ').map(replaced).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_replaced_and_links_stay() {
        let own = |address: &str| address.strip_prefix("https://e.example").map(str::to_owned);
        let html = r#"<a href="https://e.example/x"><img src="https://e.example/a.jpg?a&amp;b" srcset="https://e.example/b.jpg 2x, https://o.example/c.jpg 3x"></a><video poster="https://e.example/p.jpg">"#;
        assert_eq!(
            with_own_media(html, &own),
            r#"<a href="https://e.example/x"><img src="/a.jpg?a&amp;b" srcset="/b.jpg 2x, https://o.example/c.jpg 3x"></a><video poster="/p.jpg">"#
        );
    }
}
