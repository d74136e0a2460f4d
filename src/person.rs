//! Who wrote it.

use crate::address::Address;
use crate::syntax::{Node, Value};
use crate::text;

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

impl Person {
    /// Somebody of whom only the name is known.
    #[must_use]
    pub fn called(name: String) -> Person {
        Person { name, url: None, avatar: None, email: None }
    }

    /// The persons that a value names: a text (several names with commas between them), a map with
    /// `name` and `url` (whole, or a path on the site), or a list of these. An address in angle brackets is left out: readers show
    /// it and robots harvest it.
    #[must_use]
    pub fn read_all(node: &Node, site: &Address) -> Vec<Person> {
        match &node.value {
            Value::Text(text) => text.split(',').filter_map(|name| Person::named(name, None)).collect(),
            Value::List(items) => items.iter().filter_map(|item| Person::read_one(item, site)).collect(),
            _ => Person::read_one(node, site).into_iter().collect(),
        }
    }

    /// An item of a list is one person, comma or not: `Ann Lee, Jr.`
    fn read_one(node: &Node, site: &Address) -> Option<Person> {
        match &node.value {
            Value::Text(name) | Value::Number(name) => Person::named(name, None),
            Value::Map(map) => {
                let text = |key: &str| match map.get(key).map(|node| &node.value) {
                    Some(Value::Text(text)) => Some(text.as_str()),
                    _ => None,
                };
                let name = text("name").or_else(|| text("title"))?;
                let page = text("url").or_else(|| text("uri")).and_then(|page| site.join(page));
                Person::named(name, page.and_then(|page| Address::of_page(page.as_str())))
            }
            _ => None,
        }
    }

    fn named(name: &str, url: Option<Address>) -> Option<Person> {
        let name = text::line(name.split('<').next().unwrap_or_default());
        (!name.is_empty()).then_some(Person { url, ..Person::called(name) })
    }
}

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
        assert_eq!(names("authors:"), Vec::<String>::new());
    }
}
