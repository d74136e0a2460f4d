//! RSS of any version, and Atom: the parts that tell their entries apart.

use super::old_feed::{NotAFeed, RawEntry};
use crate::address::Address;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Reads the entries.
pub(super) fn read(text: &str) -> Result<Vec<RawEntry>, NotAFeed> {
    let mut reader = Reader::from_str(text);
    let mut reading = Reading::default();
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(tag)) => reading.start(&tag, offset)?,
            Ok(Event::Empty(tag)) => {
                reading.start(&tag, offset)?;
                reading.end();
            }
            Ok(Event::End(_)) => reading.end(),
            Ok(Event::Text(piece)) => reading.characters(&String::from_utf8_lossy(&piece)),
            Ok(Event::CData(piece)) => reading.characters(&String::from_utf8_lossy(&piece)),
            Ok(Event::GeneralRef(reference)) => reading.characters(&resolved(&reference)),
            Ok(Event::DocType(kind)) if kind.trim_ascii_start().to_ascii_lowercase().starts_with(b"html") => {
                return Err(html_page(offset));
            }
            Ok(Event::Eof) if reading.depth > 0 => {
                let message = "the feed ends within an element; was it cut off?".to_owned();
                return Err(NotAFeed { offset, message });
            }
            Ok(Event::Eof) if reading.root.is_none() => {
                return Err(root_fault(offset, "there is no root element"));
            }
            Ok(Event::Eof) => return Ok(reading.entries),
            Ok(Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_)) => {}
            Err(error) => {
                let offset = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                return Err(NotAFeed { offset, message: format!("this is not well-formed XML: {error}") });
            }
        }
    }
}

fn html_page(offset: usize) -> NotAFeed {
    NotAFeed { offset, message: "this is an HTML page, expected a feed".to_owned() }
}

fn root_fault(offset: usize, found: &str) -> NotAFeed {
    let message = format!("{found}, expected that of a feed: `rss`, `feed` or `rdf:RDF`");
    NotAFeed { offset, message }
}

/// What the root element says of all below it.
struct Root {
    /// What an entry is called, with the prefix of the format.
    entry: String,
    /// The prefix of the format's elements, with its colon.
    prefix: String,
    base: Option<Address>,
}

/// The parts of an entry that are text.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Id { is_page: bool },
    Link,
    OriginalLink,
    Title,
    Published,
    Updated,
}

/// How far the reading has come.
#[derive(Default)]
struct Reading {
    root: Option<Root>,
    depth: usize,
    /// The entry that is open, and its depth.
    entry: Option<(usize, RawEntry)>,
    /// Its part that is open.
    part: Option<(Part, String)>,
    entries: Vec<RawEntry>,
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>, offset: usize) -> Result<(), NotAFeed> {
        self.depth += 1;
        let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
        let Some(root) = &self.root else {
            self.root = Some(root(&name, tag, offset)?);
            return Ok(());
        };
        match &mut self.entry {
            None if name == root.entry => {
                let id = attribute(tag, "rdf:about");
                self.entry = Some((self.depth, RawEntry { id, offset, ..RawEntry::default() }));
            }
            Some((depth, entry)) if self.depth == *depth + 1 => {
                let own_name = name.strip_prefix(&root.prefix).unwrap_or_default();
                if own_name == "link" && root.entry.ends_with("entry") {
                    entry.link = entry.link.take().or_else(|| alternate(tag, root.base.as_ref()));
                } else {
                    self.part = part(&name, own_name, tag).map(|part| (part, String::new()));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn characters(&mut self, characters: &str) {
        if let Some((_, text)) = &mut self.part {
            text.push_str(characters);
        }
    }

    fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if let Some((depth, entry)) = &mut self.entry {
            if self.depth == *depth
                && let Some((part, text)) = self.part.take()
            {
                entry.put(part, text);
            }
            if self.depth < *depth {
                self.entries.extend(self.entry.take().map(|(_, entry)| entry));
            }
        }
    }
}

impl RawEntry {
    /// The first of each part counts.
    fn put(&mut self, part: Part, text: String) {
        let place = match part {
            Part::Id { is_page } => {
                self.id_is_page |= is_page && self.id.is_none();
                &mut self.id
            }
            Part::Link => &mut self.link,
            Part::OriginalLink => &mut self.original_link,
            Part::Title => &mut self.title,
            Part::Published => &mut self.published,
            Part::Updated => &mut self.updated,
        };
        place.get_or_insert(text);
    }
}

fn root(name: &str, tag: &BytesStart<'_>, offset: usize) -> Result<Root, NotAFeed> {
    let (prefix, own_name) = name.rfind(':').map_or(("", name), |colon| name.split_at(colon + 1));
    let (entry, prefix) = match own_name {
        "rss" | "RDF" => ("item".to_owned(), String::new()),
        "feed" => (format!("{prefix}entry"), prefix.to_owned()),
        _ if own_name.eq_ignore_ascii_case("html") => return Err(html_page(offset)),
        _ => return Err(root_fault(offset, &format!("the root element is `{name}`"))),
    };
    let base = attribute(tag, "xml:base").and_then(|base| Address::parse(&base));
    Ok(Root { entry, prefix, base })
}

fn part(name: &str, own_name: &str, tag: &BytesStart<'_>) -> Option<Part> {
    Some(match (own_name, name) {
        ("guid", _) => {
            Part::Id { is_page: attribute(tag, "isPermaLink").is_none_or(|value| value != "false") }
        }
        ("id", _) => Part::Id { is_page: true },
        ("link", _) => Part::Link,
        ("title", _) => Part::Title,
        // `issued` is that of Atom 0.3.
        ("pubDate" | "published" | "issued", _) | (_, "dc:date") => Part::Published,
        ("updated" | "modified", _) => Part::Updated,
        (_, "feedburner:origLink") => Part::OriginalLink,
        _ => return None,
    })
}

/// The page of an Atom entry, where this link leads to it.
fn alternate(tag: &BytesStart<'_>, base: Option<&Address>) -> Option<String> {
    let is_page = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
    let href = attribute(tag, "href").filter(|_| is_page)?;
    let joined = base.filter(|_| Address::parse(&href).is_none()).and_then(|base| base.join(&href));
    Some(joined.map_or(href, |joined| joined.as_str().to_owned()))
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
    let raw = String::from_utf8_lossy(&attribute.value).into_owned();
    Some(quick_xml::escape::unescape(&raw).map(|value| value.into_owned()).unwrap_or(raw))
}

/// An entity that XML does not know stays as it is written; in a title HTML may know it.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = String::from_utf8_lossy(reference);
    resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}
