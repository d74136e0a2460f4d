//! Every address in every attribute that holds one becomes absolute.

use super::body_media::Files;
use super::links::{Links, Target};
use crate::address::Address;
use crate::text::escape_html;
use html_escape::decode_html_entities;
use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use std::cell::{Cell, RefCell};

/// HTML whose addresses are absolute, and the references that lead nowhere.
pub struct Absolute {
    /// The HTML.
    pub html: String,
    /// References to source files that are no published articles.
    pub broken: Vec<String>,
    /// References to pictures and recordings of which it is known that they are not there.
    pub missing: Vec<String>,
    /// Pictures and recordings that can be looked at, by their addresses.
    pub files: Files,
}

/// Files are looked for so often; no article comes near.
const MOST_SOUGHT: usize = 1000;

const ADDRESSES: &[&str] = &["href", "src", "poster", "cite"];

/// Resolves all addresses of `html`, which the allow-list has left in its canonical spelling.
#[must_use]
pub fn make_absolute(html: &str, links: &Links<'_>) -> Absolute {
    let broken = RefCell::new(Vec::new());
    let media = Media { links, sought: Cell::new(0), missing: RefCell::default(), files: RefCell::default() };
    let handler = element!("*", |element| {
        for name in ADDRESSES {
            let Some(value) = element.get_attribute(name) else { continue };
            let reference = decode_html_entities(&value);
            match links.resolve(&reference) {
                Target::Address(address) if *name == "href" || is_fetched(address.as_str()) => {
                    if matches!(*name, "src" | "poster") {
                        media.look(&reference, &address);
                    }
                    element.set_attribute(name, &escape_html(address.as_str()))?;
                }
                Target::NoArticle => {
                    broken.borrow_mut().push(reference.into_owned());
                    drop_address(element, name);
                }
                Target::Address(_) | Target::Unusable => drop_address(element, name),
            }
        }
        if let Some(value) = element.get_attribute("srcset") {
            match absolute_srcset(&decode_html_entities(&value), &media) {
                Some(srcset) => element.set_attribute("srcset", &escape_html(&srcset))?,
                None => element.remove_attribute("srcset"),
            }
        }
        // The address was none that may stand in a feed, and the picture is left.
        if element.tag_name() == "img" && !element.has_attribute("src") && !element.has_attribute("srcset") {
            element.remove();
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(handler).with_strict(false);
    let html = rewrite_str(html, settings).expect("the handler returns no error and memory has no limit");
    Absolute {
        html,
        broken: broken.into_inner(),
        missing: media.missing.into_inner(),
        files: media.files.into_inner(),
    }
}

/// Which of the media are there.
struct Media<'a> {
    links: &'a Links<'a>,
    sought: Cell<usize>,
    missing: RefCell<Vec<String>>,
    files: RefCell<Files>,
}

impl Media<'_> {
    /// Looks for a file, and whether it should be there.
    fn look(&self, reference: &str, address: &Address) {
        let name = reference.split(['?', '#']).next().unwrap_or_default();
        let is_file = name.rsplit('/').next().is_some_and(|file| file.contains('.'));
        if !self.find(reference, address) && is_file && self.is_within_bound() && self.links.misses(reference)
        {
            self.missing.borrow_mut().push(reference.to_owned());
        }
    }

    fn find(&self, reference: &str, address: &Address) -> bool {
        self.sought.set(self.sought.get() + 1);
        let file = self.is_within_bound().then(|| self.links.file(reference)).flatten();
        file.is_some_and(|path| {
            self.files.borrow_mut().insert(address.to_string(), path);
            true
        })
    }

    fn is_within_bound(&self) -> bool {
        self.sought.get() <= MOST_SOUGHT
    }
}

fn is_fetched(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

/// A picture without its address is nothing; a link without one is still text.
fn drop_address(element: &mut Element<'_, '_>, name: &str) {
    if element.tag_name() == "img" && name == "src" {
        element.remove();
    } else {
        element.remove_attribute(name);
    }
}

/// Candidates of `srcset` (HTML, 4.8.4.2.1): an address and a descriptor each. A comma ends a
/// candidate only where a blank comes before or after it, for addresses hold commas too.
fn absolute_srcset(srcset: &str, media: &Media<'_>) -> Option<String> {
    let mut candidates = Vec::new();
    let mut rest = srcset.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let reference = rest[..end].trim_end_matches(',');
        let descriptor =
            if reference.len() < end { "" } else { rest[end..].split(',').next().unwrap_or_default() };
        let taken = if reference.len() < end { end } else { end + descriptor.len() };
        if let Target::Address(address) = media.links.resolve(reference)
            && is_fetched(address.as_str())
            && is_descriptor(descriptor.trim())
        {
            // A comma inside the address would end it in the eyes of simpler readers.
            media.find(reference, &address);
            let address = address.as_str().replace(',', "%2C");
            candidates.push(format!("{address} {}", descriptor.trim()).trim_end().to_owned());
        }
        rest = rest[taken..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    (!candidates.is_empty()).then(|| candidates.join(", "))
}

/// Nothing, a density (`2x`) or a width (`800w`).
fn is_descriptor(text: &str) -> bool {
    let number = text.strip_suffix(['x', 'w']);
    let is_number =
        |number: &str| number.parse::<f64>().is_ok_and(|number| number > 0.0 && number.is_finite());
    let is_plain = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.is_empty() || number.is_some_and(|number| is_plain(number) && is_number(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::index::name::View;
    use crate::newsroom::MemoryNewsroom;

    fn absolute(html: &str) -> String {
        absolute_from(html, None)
    }

    fn absolute_from(html: &str, base: Option<&Address>) -> String {
        let permalink = Address::parse("https://e.example/news/ferry/").unwrap();
        let site = Address::parse("https://e.example/").unwrap();
        let catalog = Catalog::default();
        let newsroom = MemoryNewsroom::of([("media/map.png", "png")]);
        let links = Links {
            path: "news/ferry.md",
            permalink: permalink.clone(),
            site: &site,
            catalog: View::of(&catalog),
            newsroom: &newsroom,
            base,
            has_media: false,
        };
        make_absolute(html, &links).html
    }

    #[test]
    fn every_attribute_that_holds_one() {
        assert_eq!(
            absolute(
                "<a href=\"../x?a=1&amp;b=ё\">x</a><video poster=\"p.jpg\" src=\"//c.example/v\"></video>"
            ),
            "<a href=\"https://e.example/news/x?a=1&amp;b=%D1%91\">x</a>\
             <video poster=\"https://e.example/news/ferry/p.jpg\" src=\"https://c.example/v\"></video>"
        );
        assert_eq!(
            absolute("<img srcset=\"a.jpg 1x, /b,c.jpg 2x,d.jpg\" src=\"a.jpg\">"),
            "<img srcset=\"https://e.example/news/ferry/a.jpg 1x, https://e.example/b%2Cc.jpg 2x, \
             https://e.example/news/ferry/d.jpg\" src=\"https://e.example/news/ferry/a.jpg\">"
        );
    }

    #[test]
    fn files_that_lie_elsewhere_with_the_articles() {
        assert_eq!(
            absolute("<img src=\"../media/map.png\">"),
            "<img src=\"https://e.example/media/map.png\">"
        );
        assert_eq!(
            absolute("<img src=\"../media/gone.png\">"),
            "<img src=\"https://e.example/news/media/gone.png\">"
        );
    }

    #[test]
    fn a_saved_page_is_at_home_elsewhere() {
        let base = Address::parse("https://old.example/2026/ferry/").unwrap();
        let html = "<a href=\"../seal/\">x</a><a href=\"#top\">y</a><img src=\"/media/map.png\"><img src=\"/a.png\">";
        assert_eq!(
            absolute_from(html, Some(&base)),
            "<a href=\"https://old.example/2026/seal/\">x</a><a href=\"https://e.example/news/ferry/#top\">y</a>\
             <img src=\"https://e.example/media/map.png\"><img src=\"https://old.example/a.png\">"
        );
    }

    #[test]
    fn what_leads_nowhere_goes() {
        assert_eq!(absolute("<a href=\"gone.md\">x</a><img src=\"mailto:a@e.example\">"), "<a>x</a>");
        assert_eq!(absolute("<a href=\"#top\">x</a>"), "<a href=\"https://e.example/news/ferry/#top\">x</a>");
    }
}
