//! The items of RSS and the entries of Atom.

use super::{Excerpt, Shown};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Cuts out the elements of this name.
pub fn excerpts<'t>(
    text: &'t str,
    name: &str,
    shown: fn(&Element) -> Shown,
) -> Result<Vec<Excerpt<'t>>, String> {
    let mut reader = Reader::from_str(text);
    let mut found = Vec::new();
    let mut open = Open { name, ..Open::default() };
    loop {
        let offset = position(&reader);
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => open.start(&tag, offset),
            Event::Empty(tag) => {
                open.start(&tag, offset);
                open.end();
            }
            Event::End(_) => {
                if let Some((start, element)) = open.end() {
                    let source = text.get(start..position(&reader)).unwrap_or_default();
                    found.push(Excerpt { source, shown: shown(&element) });
                }
            }
            Event::Text(piece) => open.characters(&String::from_utf8_lossy(&piece)),
            Event::CData(piece) => open.characters(&String::from_utf8_lossy(&piece)),
            Event::GeneralRef(reference) => open.characters(&resolved(&reference)),
            Event::Eof if open.elements.is_empty() => return Ok(found),
            Event::Eof => return Err(format!("the file ends within `{name}`")),
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// An element of an entry, with what readers look at.
#[derive(Debug, Default)]
pub struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

/// The entry, its elements and theirs: nothing that readers look at lies deeper.
const DEEPEST: usize = 3;

/// The elements that are open, the entry first.
#[derive(Default)]
struct Open<'n> {
    name: &'n str,
    start: usize,
    elements: Vec<Element>,
    /// How many are open that lie too deep.
    deeper: usize,
}

impl Open<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, offset: usize) {
        let is_entry = self.elements.is_empty() && tag.name().as_ref() == self.name.as_bytes();
        if self.elements.is_empty() && !is_entry {
            return;
        }
        if self.elements.len() == DEEPEST {
            self.deeper += 1;
            return;
        }
        if is_entry {
            self.start = offset;
        }
        self.elements.push(Element::of(tag));
    }

    /// The entry and where it begins, when it ends.
    fn end(&mut self) -> Option<(usize, Element)> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        let element = self.elements.pop()?;
        match self.elements.last_mut() {
            Some(parent) => {
                parent.children.push(element);
                None
            }
            None => Some((self.start, element)),
        }
    }

    fn characters(&mut self, characters: &str) {
        if let Some(element) = self.elements.last_mut().filter(|_| self.deeper == 0) {
            element.text.push_str(characters);
        }
    }
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Element {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let value =
            |raw: String| quick_xml::escape::unescape(&raw).map(|value| value.into_owned()).unwrap_or(raw);
        let attributes = tag.attributes().flatten();
        Element {
            name: text(tag.name().as_ref()),
            attributes: attributes
                .map(|attribute| (text(attribute.key.as_ref()), value(text(&attribute.value))))
                .collect(),
            ..Element::default()
        }
    }

    fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of this name.
    fn text(&self, name: &str) -> Option<String> {
        self.all(name).next().map(|child| child.text.trim().to_owned())
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The address in the attribute of the first child of this name, that is a picture as far as it says.
    fn picture(&self, name: &str, attribute: &str) -> Option<String> {
        let is_picture =
            |child: &&Element| child.attribute("type").is_none_or(|kind| kind.starts_with("image/"));
        let found = self.all(name).filter(is_picture).find_map(|child| child.attribute(attribute));
        found.map(str::to_owned)
    }
}

/// What readers show of an RSS item.
pub fn of_item(item: &Element) -> Shown {
    let texts = |name| item.all(name).map(|child| child.text.trim().to_owned()).collect();
    let first = |name| item.text(name).unwrap_or_default();
    let content = item.text("content:encoded");
    Shown {
        id: first("guid"),
        title: first("title"),
        link: first("link"),
        published: first("pubDate"),
        updated: first("atom:updated"),
        authors: texts("dc:creator"),
        categories: texts("category"),
        picture: item.picture("media:thumbnail", "url").or_else(|| item.picture("enclosure", "url")),
        summary: item.text("description").filter(|_| content.is_some()),
        content: content.or_else(|| item.text("description")),
        enclosures: addresses(item.all("enclosure"), "url"),
    }
}

/// What readers show of an Atom entry.
pub fn of_entry(entry: &Element) -> Shown {
    let first = |name| entry.text(name).unwrap_or_default();
    let links =
        |wanted| entry.all("link").filter(move |link| link.attribute("rel").unwrap_or("alternate") == wanted);
    let enclosed =
        links("enclosure").find(|link| link.attribute("type").is_some_and(|kind| kind.starts_with("image/")));
    let enclosed = enclosed.and_then(|link| link.attribute("href")).map(str::to_owned);
    let label =
        |category: &Element| category.attribute("label").or(category.attribute("term")).map(str::to_owned);
    Shown {
        id: first("id"),
        title: first("title"),
        link: addresses(links("alternate"), "href").into_iter().next().unwrap_or_default(),
        published: first("published"),
        updated: first("updated"),
        authors: entry.all("author").filter_map(|author| author.text("name")).collect(),
        categories: entry.all("category").filter_map(label).collect(),
        picture: entry.picture("media:thumbnail", "url").or(enclosed),
        summary: entry.text("summary"),
        content: entry.text("content"),
        enclosures: addresses(links("enclosure"), "href"),
    }
}

fn addresses<'e>(elements: impl Iterator<Item = &'e Element>, attribute: &str) -> Vec<String> {
    elements.filter_map(|element| element.attribute(attribute)).map(str::to_owned).collect()
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = String::from_utf8_lossy(reference);
    resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS: &str = "<rss><channel><title>Post</title>\
        <item ><title>A &#x26; <![CDATA[<b>]]></title><guid>a</guid>\n\
        <media:group><media:content><media:credit>deep</media:credit></media:content></media:group>\
        <enclosure url=\"a.mp3?x=1&amp;y=2\" type=\"audio/mpeg\"/><description>&#x3C;p&#x3E;short</description></item>\n\
        <item><guid>b</guid><media:thumbnail url=\"b.jpg\"/></item></channel></rss>";

    #[test]
    fn an_item_is_a_slice_of_the_file_and_read_as_readers_do() {
        let found = excerpts(RSS, "item", of_item).unwrap();
        assert_eq!(found.len(), 2);
        assert!(
            found[0].source.starts_with("<item ><title>A")
                && found[0].source.ends_with("short</description></item>")
        );
        assert_eq!(found[1].source, "<item><guid>b</guid><media:thumbnail url=\"b.jpg\"/></item>");
        let Shown { id, title, content, summary, enclosures, picture, .. } = &found[0].shown;
        assert_eq!((id.as_str(), title.as_str()), ("a", "A & <b>"));
        assert_eq!((content.as_deref(), summary), (Some("<p>short"), &None));
        assert_eq!((enclosures.join(" ").as_str(), picture), ("a.mp3?x=1&y=2", &None));
        assert_eq!(found[1].shown.picture.as_deref(), Some("b.jpg"));
    }

    #[test]
    fn what_is_no_feed_is_an_error_and_depth_is_no_danger() {
        assert!(excerpts("<rss><item><guid>a</guid>", "item", of_item).is_err());
        assert!(excerpts("<rss><item></wrong></item></rss>", "item", of_item).is_err());
        assert_eq!(excerpts("", "item", of_item), Ok(Vec::new()));
        let deep = format!("<rss><item>{}{}</item></rss>", "<a>".repeat(200_000), "</a>".repeat(200_000));
        assert_eq!(excerpts(&deep, "item", of_item).unwrap()[0].source.len(), 1_400_013);
    }
}
