//! Who wrote it, or had another part in it.

use crate::address::Address;
use crate::syntax::{Node, Value};
use crate::text;
use crate::topic::Topic;

/// A person or a desk, as named under an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// The name, one line of plain text, never empty.
    pub name: String,
    /// A page about the person.
    pub url: Option<Address>,
    /// A picture of the person.
    pub avatar: Option<Address>,
    /// A mail address that the person wants everybody to see.
    pub email: Option<String>,
}

/// An author of an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// Who it is, as readers see it.
    pub person: Person,
    /// The id in the author registry, whatever the name is in an edition.
    pub id: Option<Topic>,
}

/// Somebody who had a part in an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contributor {
    /// Who it is.
    pub person: Person,
    /// What the part was, in the field's own word: `translator`.
    pub role: Option<String>,
}

impl Author {
    /// What feeds of one author are told apart by.
    #[must_use]
    pub fn topic_name(&self) -> &str {
        self.id.as_ref().map_or(self.person.name.as_str(), Topic::name)
    }
}

impl Person {
    /// Somebody of whom only the name is known.
    #[must_use]
    pub fn called(name: String) -> Person {
        Person { name, url: None, avatar: None, email: None }
    }

    /// The persons that a value names: a text (several names with commas between them), a map with
    /// `name`, `url` and `avatar` (whole, or a path on the site), or a list of these. An address in angle
    /// brackets is left out: readers show it and robots harvest it.
    #[must_use]
    pub fn read_all(node: &Node, site: &Address) -> Vec<Person> {
        Person::read_with_nodes(node, site).into_iter().map(|(person, _)| person).collect()
    }

    /// The same, each with what names it.
    #[must_use]
    pub fn read_with_nodes<'n>(node: &'n Node<'n>, site: &Address) -> Vec<(Person, &'n Node<'n>)> {
        match &node.value {
            Value::Text(text) => {
                text.split(',').filter_map(|name| Some((Person::named(name)?, node))).collect()
            }
            Value::List(items) => {
                items.iter().filter_map(|item| Some((Person::read_one(item, site)?, item))).collect()
            }
            _ => Person::read_one(node, site).map(|person| (person, node)).into_iter().collect(),
        }
    }

    /// An item of a list is one person, comma or not: `Ann Lee, Jr.`
    fn read_one(node: &Node, site: &Address) -> Option<Person> {
        match &node.value {
            Value::Text(name) | Value::Number(name) => Person::named(name),
            Value::Map(map) => {
                let text = |key: &&str| match map.get(key).map(|node| &node.value) {
                    Some(Value::Text(text)) if !text.trim().is_empty() => Some(&**text),
                    _ => None,
                };
                let address =
                    |keys: &[&str]| Address::of_page(site.join(keys.iter().find_map(text)?)?.as_str());
                let person = Person::named(NAMES.iter().find_map(text)?)?;
                Some(Person { url: address(PAGES), avatar: address(PICTURES), ..person })
            }
            _ => None,
        }
    }

    fn named(name: &str) -> Option<Person> {
        let name = text::line(without_address(name));
        (!name.is_empty()).then(|| Person::called(name))
    }
}

/// The name in `Ann Lee <ann@e.example>` and in RSS's `ann@e.example (Ann Lee)`; of an address alone, what
/// stands before the host.
fn without_address(name: &str) -> &str {
    let before = name.split('<').next().unwrap_or_default().trim();
    match before.split_once('@') {
        Some((local, host)) if !local.is_empty() && !local.contains(' ') && host.contains('.') => {
            let named = host.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
            named.unwrap_or(local)
        }
        _ => before,
    }
}

/// What maps call the name; an id of the registry (Docusaurus) stands for one.
const NAMES: &[&str] = &["name", "display_name", "key", "title"];
/// What they call the page. That of a network is none: it is not the person's own.
const PAGES: &[&str] = &["url", "uri", "link", "homepage", "website", "web"];
/// What they call the picture.
const PICTURES: &[&str] = &["avatar", "image_url", "imageUrl", "picture", "image", "photo", "profile_image"];

#[cfg(test)]
mod tests {
    use super::*;

    fn names(yaml: &str) -> Vec<String> {
        let map = crate::syntax::parse_yaml(yaml).unwrap();
        Person::read_all(map.get("authors").unwrap(), &Address::parse("https://e.example/").unwrap())
            .into_iter()
            .map(|person| person.name)
            .collect()
    }

    #[test]
    fn every_usual_shape() {
        assert_eq!(names("authors: Ann Lee"), ["Ann Lee"]);
        assert_eq!(names("authors: Ann Lee, Bo Ek"), ["Ann Lee", "Bo Ek"]);
        assert_eq!(
            names("authors: [Ann Lee, {name: Bo Ek, url: 'https://e.example/bo'}]"),
            ["Ann Lee", "Bo Ek"]
        );
        assert_eq!(names("authors: {name: Ann Lee}"), ["Ann Lee"]);
        assert_eq!(names("authors: Ann Lee <ann@e.example>"), ["Ann Lee"]);
        assert_eq!(names("authors: ann@e.example (Ann Lee)"), ["Ann Lee"]);
        assert_eq!(names("authors: ['ann@e.example', '@ann', 'Ann @ work']"), ["ann", "@ann", "Ann @ work"]);
        assert_eq!(names("authors:"), Vec::<String>::new());
        assert_eq!(names("authors: [{key: ann, title: Editor}, {name: ''}]"), ["ann"]);
    }

    #[test]
    fn pages_and_pictures() {
        let yaml = "authors: {name: Ann Lee, twitter: ann, uri: /ann, image_url: 'https://e.example/a.png', email: a@e.example}";
        let map = crate::syntax::parse_yaml(yaml).unwrap();
        let site = Address::parse("https://e.example/").unwrap();
        let ann = Person::read_all(map.get("authors").unwrap(), &site).remove(0);
        assert_eq!(ann.url.unwrap().as_str(), "https://e.example/ann");
        assert_eq!((ann.avatar.unwrap().as_str(), ann.email), ("https://e.example/a.png", None));
    }
}
