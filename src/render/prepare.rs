//! Before the allow-list: what would be lost though it has something to say is put into a form that
//! survives, and what will go is counted.

use super::allowed::is_allowed;
use crate::text::escape_html;
use html_escape::decode_html_entities;
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, end_tag, rewrite_str};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// HTML parsers take a time that is quadratic in the depth, and no article is this deep.
pub const DEEPEST: usize = 512;

/// HTML on its way to the allow-list.
pub struct Prepared {
    /// The HTML.
    pub html: String,
    /// What the allow-list will remove, and how often: elements, and attributes with an `@`.
    pub removed: BTreeMap<String, usize>,
}

/// Elements that HTML closes by itself (13.1.2.4), so that leaving them open is not depth.
const SELF_CLOSING: &[&str] =
    &["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "rp", "rt"];

/// Where lazy-loading scripts keep the real address of a picture.
const LAZY_SOURCES: &[&str] = &["data-src", "data-lazy-src", "data-original", "data-lazy", "data-url"];
const LAZY_SRCSETS: &[&str] = &["data-srcset", "data-lazy-srcset"];

/// Restores lazy pictures, makes links of frames, and looks at what will be removed. `None` where
/// elements are nested deeper than [`DEEPEST`].
#[must_use]
pub fn prepare(html: &str) -> Option<Prepared> {
    let depth = Rc::new(Cell::new(0_usize));
    let deepest = Cell::new(0);
    let has_lazy_pictures = Cell::new(false);
    let removed: RefCell<BTreeMap<String, usize>> = RefCell::default();
    let handler = element!("*", |element| {
        if element.can_have_content() && !SELF_CLOSING.contains(&element.tag_name().as_str()) {
            depth.set(depth.get() + 1);
            deepest.set(deepest.get().max(depth.get()));
            if depth.get() > DEEPEST {
                return Err("too deep".into());
            }
            let depth = Rc::clone(&depth);
            element.on_end_tag(end_tag!(move |_| {
                depth.set(depth.get().saturating_sub(1));
                Ok(())
            }))?;
        }
        count_removed(element, &mut removed.borrow_mut());
        match element.tag_name().as_str() {
            "img" | "source" if restore_lazy(element) => has_lazy_pictures.set(true),
            // Beside a lazy picture it holds the same picture once more.
            "noscript" if has_lazy_pictures.get() => element.remove(),
            "iframe" | "embed" => replace_frame(element),
            _ => {}
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(handler).with_strict(false);
    let html = rewrite_str(html, settings);
    if deepest.get() > DEEPEST {
        return None;
    }
    Some(Prepared { html: html.ok()?, removed: removed.take() })
}

fn count_removed(element: &Element<'_, '_>, removed: &mut BTreeMap<String, usize>) {
    let name = element.tag_name();
    if !is_allowed(&name) && name != "noscript" && name != "input" {
        *removed.entry(name).or_default() += 1;
    }
    for attribute in element.attributes() {
        let name = attribute.name();
        let value = attribute.value();
        if name.starts_with("on") || runs_script(&value) {
            *removed.entry(format!("@{name}")).or_default() += 1;
        }
    }
}

fn runs_script(address: &str) -> bool {
    let address: String =
        decode_html_entities(address).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let address = address.to_ascii_lowercase();
    address.starts_with("javascript:") || address.starts_with("vbscript:")
}

fn restore_lazy(element: &mut Element<'_, '_>) -> bool {
    let restored = [("src", LAZY_SOURCES), ("srcset", LAZY_SRCSETS)].map(|(name, lazy_names)| {
        let lazy = lazy_names
            .iter()
            .find_map(|lazy| element.get_attribute(lazy))
            .filter(|lazy| !lazy.trim().is_empty());
        match lazy {
            Some(lazy) => element.set_attribute(name, &lazy).is_ok(),
            None => false,
        }
    });
    restored.contains(&true)
}

/// A frame cannot be shown; a link to what it would have shown can.
fn replace_frame(element: &mut Element<'_, '_>) {
    let lazy = LAZY_SOURCES.iter().find_map(|name| element.get_attribute(name));
    let Some(address) = lazy.or_else(|| element.get_attribute("src")) else { return element.remove() };
    let address = decode_html_entities(&address).trim().to_owned();
    let host = address
        .split("://")
        .nth(1)
        .or_else(|| address.strip_prefix("//"))
        .and_then(|rest| rest.split('/').next());
    let title = element.get_attribute("title").map(|title| decode_html_entities(&title).trim().to_owned());
    let text = title.filter(|title| !title.is_empty()).unwrap_or_else(|| host.unwrap_or(&address).to_owned());
    if runs_script(&address) || address.is_empty() || address.starts_with("about:") {
        element.remove();
    } else {
        let link = format!("<a href=\"{}\">{}</a>", escape_html(&address), escape_html(&text));
        element.replace(&link, ContentType::Html);
    }
}
