//! Before the allow-list: what would be lost though it has something to say is put into a form that
//! survives, and what will go is counted.

use super::allowed::is_allowed;
use super::depth::Open;
use super::long_text;
use crate::text::escape_html;
use html_escape::decode_html_entities;
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, doc_text, element, end_tag, rewrite_str};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// HTML on its way to the allow-list.
pub struct Prepared {
    /// The HTML.
    pub html: String,
    /// What the allow-list will remove, and how often: elements, and attributes with an `@`.
    pub removed: BTreeMap<String, usize>,
}

/// HTML parsers compare each attribute with all others of its element.
pub const MOST_ATTRIBUTES: usize = 200;

/// HTML parsers need a time for a value that grows with the square of its length, and no address or
/// text of a picture is longer. Pictures within an address are shown by few readers.
pub const LONGEST_VALUE_BYTES: usize = 8_000;

fn drop_long_values(element: &mut Element<'_, '_>) {
    let is_long = |value: &str| value.len() > LONGEST_VALUE_BYTES;
    let long: Vec<String> = element
        .attributes()
        .iter()
        .filter(|attribute| is_long(&attribute.value()))
        .map(|attribute| attribute.name())
        .collect();
    long.iter().for_each(|name| element.remove_attribute(name));
}

/// Where lazy-loading scripts keep the real address of a picture.
const LAZY_SOURCES: &[&str] = &["data-src", "data-lazy-src", "data-original", "data-lazy", "data-url"];
const LAZY_SRCSETS: &[&str] = &["data-srcset", "data-lazy-srcset"];

/// Restores lazy pictures, makes links of frames, and looks at what will be removed. `None` where
/// elements are nested too deep.
#[must_use]
pub fn prepare(html: &str) -> Option<Prepared> {
    let open: Rc<RefCell<Open>> = Rc::default();
    let has_lazy_pictures = Cell::new(false);
    let removed: RefCell<BTreeMap<String, usize>> = RefCell::default();
    let handler = element!("*", |element| {
        let name = element.tag_name();
        if element.can_have_content() {
            let attributes = element.attributes();
            let bytes =
                attributes.iter().map(|attribute| attribute.name().len() + attribute.value().len()).sum();
            if !open.borrow_mut().start(&name, bytes) || attributes.len() > MOST_ATTRIBUTES {
                return Err("nested too deep".into());
            }
            let open = Rc::clone(&open);
            element.on_end_tag(end_tag!(move |tag| {
                open.borrow_mut().end(&tag.name());
                Ok(())
            }))?;
        }
        drop_long_values(element);
        count_removed(element, &mut removed.borrow_mut());
        match name.as_str() {
            "img" | "source" if restore_lazy(element) => has_lazy_pictures.set(true),
            // Beside a lazy picture it holds the same picture once more.
            "noscript" if has_lazy_pictures.get() => element.remove(),
            "iframe" | "embed" => replace_frame(element),
            // Without them a reader shows a still picture, or nothing: what starts by itself is not allowed to.
            "audio" | "video" => element.set_attribute("controls", "")?,
            "td" | "th" => keep_alignment(element),
            _ => {}
        }
        Ok(())
    });
    let splits = doc_text!(|chunk| {
        long_text::split(chunk);
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(handler).with_strict(false);
    // To look at every text takes its time, and hardly any article has one that is so long.
    let settings = match html.split('<').any(|piece| piece.len() > long_text::LONGEST_BYTES) {
        true => settings.append_document_content_handler(splits),
        false => settings,
    };
    let html = rewrite_str(html, settings).ok()?;
    Some(Prepared { html, removed: removed.take() })
}

/// Markdown aligns the cells of a table by a style, which does not survive.
fn keep_alignment(element: &mut Element<'_, '_>) {
    let style = element.get_attribute("style").unwrap_or_default().to_ascii_lowercase();
    let alignment = style.split_once("text-align:").map(|(_, value)| value.trim_start());
    let word = alignment.and_then(|value| value.split([';', ' ']).next()).unwrap_or_default();
    if matches!(word, "left" | "right" | "center") {
        let _valid_name = element.set_attribute("align", word);
    }
}

fn count_removed(element: &Element<'_, '_>, removed: &mut BTreeMap<String, usize>) {
    let name = element.tag_name();
    // What these two hold stays, or has become text already.
    if !is_allowed(&name) && name != "noscript" && name != "input" {
        *removed.entry(name).or_default() += 1;
    }
    for attribute in element.attributes() {
        let name = attribute.name();
        let value = attribute.value();
        if name.starts_with("on") || runs_script(&decode_html_entities(&value)) {
            *removed.entry(format!("@{name}")).or_default() += 1;
        }
    }
}

/// Is it a script in the form of an address?
pub fn runs_script(address: &str) -> bool {
    let begins_with = |scheme: &str| {
        let characters = address.chars().filter(|c| !c.is_whitespace() && !c.is_control());
        characters.take(scheme.len()).map(|c| c.to_ascii_lowercase()).eq(scheme.chars())
    };
    begins_with("javascript:") || begins_with("vbscript:")
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
    let scheme = address.split_once(':').map_or("https", |(scheme, _)| scheme).to_ascii_lowercase();
    if address.is_empty() || !(scheme.starts_with("http") || address.starts_with('/')) {
        element.remove();
    } else {
        let link = format!("<a href=\"{}\">{}</a>", escape_html(&address), escape_html(&text));
        element.replace(&link, ContentType::Html);
    }
}
