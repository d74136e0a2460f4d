//! Every address in every attribute that holds one becomes absolute.

use super::body_media::Files;
use super::links::{Links, Target};
use super::tags::{Tag, tags};
use crate::address::Address;
use crate::text::escape_html;
use html_escape::decode_html_entities;
use std::borrow::Cow;

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

/// Attributes that hold addresses, in the order in which files are looked for.
const ADDRESSES: &[&str] = &["href", "src", "poster", "cite", "srcset"];

/// Resolves all addresses of `html`, which the allow-list has left in its canonical spelling.
#[must_use]
pub fn make_absolute(html: &str, links: &Links<'_>) -> Absolute {
    let mut found =
        Found { links, sought: 0, broken: Vec::new(), missing: Vec::new(), files: Files::default() };
    let mut absolute = String::with_capacity(html.len() + html.len() / 8);
    let mut from = 0;
    for tag in tags(html).filter(|tag| !tag.is_end && tag.has_attributes()) {
        if let Some(resolved) = found.resolved(&tag) {
            absolute.extend([&html[from..tag.start], &resolved]);
            from = tag.end;
        }
    }
    absolute.push_str(&html[from..]);
    let Found { broken, missing, files, .. } = found;
    Absolute { html: absolute, broken, missing, files }
}

/// What was found on the way.
struct Found<'a> {
    links: &'a Links<'a>,
    sought: usize,
    broken: Vec<String>,
    missing: Vec<String>,
    files: Files,
}

impl Found<'_> {
    /// The tag with absolute addresses: without one that no reader can follow, for a link is still text; nothing of a
    /// picture that has none. `None` where it stays as it is.
    fn resolved(&mut self, tag: &Tag<'_>) -> Option<String> {
        let mut attributes: Vec<(&str, Cow<'_, str>)> =
            tag.attributes().map(|(name, value)| (name, Cow::Borrowed(value))).collect();
        let mut has_addresses = false;
        let mut is_lost = false;
        for name in ADDRESSES {
            let Some(place) = attributes.iter().position(|(known, _)| known == name) else { continue };
            has_addresses = true;
            let reference = decode_html_entities(&attributes[place].1).into_owned();
            match self.address(name, &reference) {
                Some(address) => attributes[place].1 = Cow::Owned(escape_html(&address)),
                None => {
                    attributes.remove(place);
                    is_lost |= tag.name == "img" && *name == "src";
                }
            }
        }
        let is_picture = attributes.iter().any(|(name, _)| matches!(*name, "src" | "srcset"));
        if is_lost || (tag.name == "img" && !is_picture) {
            return Some(String::new());
        }
        has_addresses.then(|| {
            let attributes = attributes.iter().map(|(name, value)| format!(" {name}=\"{value}\""));
            format!("<{}{}>", tag.name, attributes.collect::<String>())
        })
    }

    /// What stands in an attribute in place of a reference. `None` where it leads nowhere.
    fn address(&mut self, name: &str, reference: &str) -> Option<String> {
        if name == "srcset" {
            return self.srcset(reference);
        }
        match self.links.resolve(reference) {
            Target::Address(address) if name == "href" || is_fetched(address.as_str()) => {
                if matches!(name, "src" | "poster") {
                    self.look(reference, &address);
                }
                Some(address.to_string())
            }
            Target::NoArticle => {
                self.broken.push(reference.to_owned());
                None
            }
            Target::Address(_) | Target::Unusable => None,
        }
    }

    /// Looks for a file, and whether it should be there.
    fn look(&mut self, reference: &str, address: &Address) {
        let name = reference.split(['?', '#']).next().unwrap_or_default();
        let is_file = name.rsplit('/').next().is_some_and(|file| file.contains('.'));
        if !self.find(reference, address) && is_file && self.is_within_bound() && self.links.misses(reference)
        {
            self.missing.push(reference.to_owned());
        }
    }

    fn find(&mut self, reference: &str, address: &Address) -> bool {
        self.sought += 1;
        let file = self.is_within_bound().then(|| self.links.file(reference)).flatten();
        file.is_some_and(|path| {
            self.files.insert(address.to_string(), path);
            true
        })
    }

    fn is_within_bound(&self) -> bool {
        self.sought <= MOST_SOUGHT
    }

    /// Candidates of `srcset` (HTML, 4.8.4.2.1): an address and a descriptor each. A comma ends a
    /// candidate only where a blank comes before or after it, for addresses hold commas too.
    fn srcset(&mut self, srcset: &str) -> Option<String> {
        let mut candidates = Vec::new();
        let mut rest = srcset.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        while !rest.is_empty() {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let reference = rest[..end].trim_end_matches(',');
            let descriptor =
                if reference.len() < end { "" } else { rest[end..].split(',').next().unwrap_or_default() };
            let taken = if reference.len() < end { end } else { end + descriptor.len() };
            if let Target::Address(address) = self.links.resolve(reference)
                && is_fetched(address.as_str())
                && is_descriptor(descriptor.trim())
            {
                // A comma inside the address would end it in the eyes of simpler readers.
                self.find(reference, &address);
                let address = address.as_str().replace(',', "%2C");
                candidates.push(format!("{address} {}", descriptor.trim()).trim_end().to_owned());
            }
            rest = rest[taken..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        }
        (!candidates.is_empty()).then(|| candidates.join(", "))
    }
}

fn is_fetched(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
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
