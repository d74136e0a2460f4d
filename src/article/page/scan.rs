//! One pass over the HTML of a page: everything that the table names, with its place in the source.

use super::table::known;
use super::{Finds, Piece, Said};
use lol_html::html_content::{Element, TextChunk};
use lol_html::{HandlerResult, RewriteStrSettings, doc_comments, element, end_tag, rewrite_str, text};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// What was found.
#[derive(Default)]
pub struct Scanned {
    /// The values, by their names in the table.
    pub finds: Finds,
    /// Where the JSON-LD stands.
    pub scripts: Vec<Range<usize>>,
}

/// A value of text does not go on for longer; an element that is never closed does.
const LONGEST_BYTES: usize = 2000;

/// The elements whose text is a value.
const TEXTS: &[(&str, &str)] = &[
    ("title", "<title>"),
    ("h1", "<h1>"),
    ("article h1, main h1", "<article> <h1>"),
    ("[itemprop~=author] [itemprop=name]", "itemprop:author name"),
    ("a[rel~=author]", "rel:author"),
    ("a[rel~=tag]", "rel:tag"),
];

/// The elements whose `datetime` is a value.
const TIMES: &[(&str, &str)] = &[
    ("time[pubdate]", "<time pubdate>"),
    ("time.published, time.entry-date", "<time class=published>"),
    ("time.updated, time.modified", "<time class=updated>"),
    ("article time:not(.updated):not(.modified)", "<article> <time>"),
    ("time:not(.updated):not(.modified)", "<time>"),
];

/// The elements whose attribute is a value: selector, attribute, name.
const ATTRIBUTES: &[(&str, &str, &str)] = &[
    ("html", "lang", "<html lang>"),
    ("base", "href", "<base>"),
    ("link[rel~=canonical]", "href", "rel:canonical"),
    ("link[rel~=image_src]", "href", "rel:image_src"),
];

/// Looks through a page.
#[must_use]
pub fn scan(html: &str) -> Scanned {
    let scanned: RefCell<Scanned> = RefCell::default();
    let found = |name: &str, piece: Piece| scanned.borrow_mut().finds.add(name, piece);
    // The property whose element is open.
    let open: Rc<RefCell<Option<String>>> = Rc::default();
    let mut settings = RewriteStrSettings::new().with_strict(false);
    settings = settings.append_document_content_handler(doc_comments!(|comment| {
        let text = comment.text();
        // Browsers write `saved from url=(0042)https://…`.
        let address = text.split_once("saved from url=(").and_then(|(_, rest)| rest.split_once(')'));
        if let Some((_, address)) = address {
            let before = comment.source_location().bytes().start + "<!--".len();
            found("<!-- saved from -->", Piece::text(address, before + text.len() - address.len()));
        }
        Ok(())
    }));
    settings = settings.append_element_content_handler(element!("meta", |element| {
        let Some(content) = attribute(element, "content").or_else(|| attribute(element, "contents")) else {
            return Ok(());
        };
        for key in ["property", "name", "http-equiv"] {
            for name in element.get_attribute(key).unwrap_or_default().split_whitespace() {
                found(name, content.clone());
            }
        }
        Ok(())
    }));
    for (selector, key, name) in ATTRIBUTES {
        settings = settings.append_element_content_handler(element!(*selector, |element| {
            attribute(element, key).into_iter().for_each(|piece| found(name, piece));
            Ok(())
        }));
    }
    for (selector, name) in TIMES {
        settings = settings.append_element_content_handler(element!(*selector, |element| {
            attribute(element, "datetime").into_iter().for_each(|piece| found(name, piece));
            Ok(())
        }));
    }
    for (selector, name) in TEXTS {
        settings = settings.append_element_content_handler(element!(*selector, |element| {
            found(name, Piece::text("", element.source_location().bytes().end));
            Ok(())
        }));
        settings = settings.append_element_content_handler(text!(*selector, |chunk| {
            scanned.borrow_mut().finds.extend_last(
                name,
                chunk.as_str(),
                chunk.source_location().bytes().start,
            );
            Ok(())
        }));
    }
    settings = settings.append_element_content_handler(element!("[itemprop]", |element| {
        let mut opened = None;
        for name in element.get_attribute("itemprop").unwrap_or_default().split_whitespace() {
            let name = format!("itemprop:{name}");
            // Blogger writes `<abbr title="2026-11-22T08:30:00Z">8:30 AM</abbr>`.
            let machine = ["content", "datetime", "title"];
            let value = machine.iter().find_map(|key| attribute(element, key));
            if value.is_none() && known(&name).is_some() {
                opened = Some(name.clone());
            }
            let start = element.source_location().bytes().end;
            found(&name, value.unwrap_or_else(|| Piece::text("", start)));
        }
        if opened.is_some() && element.can_have_content() {
            *open.borrow_mut() = opened;
            let open = Rc::clone(&open);
            element.on_end_tag(end_tag!(move |_| {
                *open.borrow_mut() = None;
                Ok(())
            }))?;
        }
        Ok(())
    }));
    settings = settings.append_element_content_handler(text!("[itemprop]", |chunk| {
        if let Some(name) = &*open.borrow() {
            scanned.borrow_mut().finds.extend_last(
                name,
                chunk.as_str(),
                chunk.source_location().bytes().start,
            );
        }
        Ok(())
    }));
    let script = "script[type=\"application/ld+json\" i]";
    settings = settings.append_element_content_handler(element!(script, |element| {
        let end = element.source_location().bytes().end;
        scanned.borrow_mut().scripts.push(end..end);
        Ok(())
    }));
    settings = settings.append_element_content_handler(text!(script, |chunk| note_end(&scanned, chunk)));
    // Where the pass breaks off, what was found until then counts.
    let _same_html = rewrite_str(html, settings);
    scanned.into_inner()
}

fn note_end(scanned: &RefCell<Scanned>, chunk: &TextChunk<'_>) -> HandlerResult {
    if let Some(script) = scanned.borrow_mut().scripts.last_mut() {
        script.end = script.end.max(chunk.source_location().bytes().end);
    }
    Ok(())
}

fn attribute(element: &Element<'_, '_>, name: &str) -> Option<Piece> {
    let attribute = element.attributes().iter().find(|attribute| attribute.name() == name)?;
    let at = attribute.value_source_location()?.bytes().start;
    let value = attribute.value();
    Some(Piece::text(&value, at + value.len() - value.trim_start().len()))
}

impl Finds {
    /// Adds raw text of an element to the value that was begun last.
    fn extend_last(&mut self, name: &str, raw: &str, start: usize) {
        let Some(piece) = self.last_mut(name) else { return };
        let Said::Text(text) = &mut piece.said else { return };
        if text.trim().is_empty() {
            piece.at = start + raw.len() - raw.trim_start().len();
        }
        if text.len() + raw.len() <= LONGEST_BYTES {
            text.push_str(raw);
        }
    }
}
