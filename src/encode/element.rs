//! Elements of other namespaces, in one form for RSS and Atom, in the order in which the code names them.

use atom_syndication::extension as atom;
use rss::extension as rss;
use std::collections::BTreeMap;

/// An element of a namespace that [`NAMESPACES`] knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    name: &'static str,
    attributes: BTreeMap<String, String>,
    text: Option<String>,
    children: Vec<Element>,
}

/// Prefixes and what they stand for, to the letter: many readers match the prefix alone, and the others
/// the whole address.
const NAMESPACES: &[(&str, &str)] = &[
    ("at", "http://purl.org/atompub/tombstones/1.0"),
    ("atom", "http://www.w3.org/2005/Atom"),
    ("fh", "http://purl.org/syndication/history/1.0"),
    ("georss", "http://www.georss.org/georss"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("podcast", "https://podcastindex.org/namespace/1.0"),
    ("slash", "http://purl.org/rss/1.0/modules/slash/"),
    ("thr", "http://purl.org/syndication/thread/1.0"),
    ("wfw", "http://wellformedweb.org/CommentAPI/"),
];

impl Element {
    /// An element without anything in it: `media:thumbnail`.
    #[must_use]
    pub fn new(name: &'static str) -> Element {
        Element { name, attributes: BTreeMap::new(), text: None, children: Vec::new() }
    }

    /// With a text.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Element {
        self.text = Some(text.into());
        self
    }

    /// With an attribute, where it has a value.
    #[must_use]
    pub fn attribute(mut self, name: &str, value: Option<impl ToString>) -> Element {
        if let Some(value) = value {
            self.attributes.insert(name.to_owned(), value.to_string());
        }
        self
    }

    /// With elements inside, after those that it has.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children);
        self
    }

    fn for_rss(&self) -> rss::Extension {
        rss::Extension {
            name: self.name.to_owned(),
            value: self.text.clone(),
            attrs: self.attributes.clone(),
            children: in_order(&self.children, Element::for_rss),
        }
    }

    /// This crate writes the attributes of an extension as they come.
    fn for_atom(&self) -> atom::Extension {
        let escaped =
            |(name, value): (&String, &String)| (name.clone(), quick_xml::escape::escape(value).into_owned());
        atom::Extension {
            name: self.name.to_owned(),
            value: self.text.clone(),
            attrs: self.attributes.iter().map(escaped).collect(),
            children: in_order(&self.children, Element::for_atom),
        }
    }
}

/// The elements as the `rss` crate takes them.
#[must_use]
pub fn rss_extensions(elements: &[Element]) -> rss::ExtensionMap {
    BTreeMap::from([(String::new(), in_order(elements, Element::for_rss))])
}

/// The elements as the `atom_syndication` crate takes them.
#[must_use]
pub fn atom_extensions(elements: &[Element]) -> atom::ExtensionMap {
    BTreeMap::from([(String::new(), in_order(elements, Element::for_atom))])
}

/// Both crates write by the order of these keys, and print the element's own name.
fn in_order<Extension>(
    elements: &[Element],
    convert: fn(&Element) -> Extension,
) -> BTreeMap<String, Vec<Extension>> {
    let numbered = elements.iter().enumerate();
    numbered.map(|(index, element)| (format!("{index:08}"), vec![convert(element)])).collect()
}

/// What has to be declared for these elements. The format's own elements have no prefix.
pub fn namespaces<'e>(elements: impl IntoIterator<Item = &'e Element>) -> BTreeMap<String, String> {
    let mut namespaces = BTreeMap::new();
    let mut rest: Vec<&Element> = elements.into_iter().collect();
    while let Some(element) = rest.pop() {
        rest.extend(&element.children);
        let names = std::iter::once(element.name).chain(element.attributes.keys().map(String::as_str));
        for (prefix, _) in names.filter_map(|name| name.split_once(':')) {
            let address = NAMESPACES.iter().find(|(known, _)| *known == prefix).map(|(_, address)| *address);
            namespaces.extend(address.map(|address| (prefix.to_owned(), address.to_owned())));
        }
    }
    namespaces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_keep_their_order_and_name_their_namespaces() {
        let elements = [
            Element::new("media:thumbnail").attribute("url", Some("a&b")).attribute("width", None::<u32>),
            Element::new("georss:point").text("57 24"),
            Element::new("media:group").children([Element::new("thr:total")]),
        ];
        let names = |map: rss::ExtensionMap| {
            map.into_values()
                .flat_map(BTreeMap::into_values)
                .flatten()
                .map(|found| found.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(rss_extensions(&elements)), ["media:thumbnail", "georss:point", "media:group"]);
        assert_eq!(atom_extensions(&elements)[""]["00000000"][0].attrs["url"], "a&amp;b");
        assert_eq!(namespaces(&elements).into_keys().collect::<Vec<_>>(), ["georss", "media", "thr"]);
    }
}
