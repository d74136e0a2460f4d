//! The feeds that an article is for, where front matter names some: `feeds: [en/news, all]`.

use super::fields::{Field, Fields, Found};
use crate::diagnostic::{Position, nearest};
use crate::syntax::{Node, Value};
use crate::text;

/// The feeds that an article goes into, and no others.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct ChosenFeeds {
    /// As they are written, and where.
    pub names: Vec<(String, Position)>,
}

/// The feeds that front matter names; `None` where the article is for all of its feeds.
pub fn chosen_feeds(fields: &Fields<'_>) -> Option<ChosenFeeds> {
    let found = fields.get(Field::Feeds).filter(|found| !is_unclear(found) && found.flag().is_none())?;
    let of_text = |text: &str, at| (text::line(text), at);
    let names: Vec<(String, Position)> = match &found.node.value {
        Value::Text(text) => text.split(',').map(|name| of_text(name, found.node.at)).collect(),
        Value::List(items) => items.iter().filter_map(|item| Some(of_text(name(item)?, item.at))).collect(),
        _ => return None,
    };
    Some(ChosenFeeds { names: names.into_iter().filter(|(name, _)| !name.is_empty()).collect() })
}

/// Is it neither yes nor no nor names of feeds? A slip in one of the words is no name.
pub fn is_unclear(found: &Found<'_>) -> bool {
    if found.flag().is_some() {
        return false;
    }
    let is_slip = |text: &str| nearest(text, ["true", "false"]).is_some();
    match &found.node.value {
        _ if found.is_called("exclude_from_feed") => true,
        Value::Text(text) => is_slip(text),
        Value::List(items) => items.iter().any(|item| name(item).is_none()),
        _ => true,
    }
}

fn name<'n>(item: &'n Node<'_>) -> Option<&'n str> {
    match &item.value {
        Value::Text(name) | Value::Number(name) => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Map, parse_yaml};

    /// `None` where the value is unclear.
    fn read(yaml: &str) -> Option<Vec<String>> {
        let map = parse_yaml(yaml).unwrap();
        let none = Map::default();
        let fields = Fields::of(&map, &none);
        let found = fields.get(Field::Feeds).unwrap();
        let names = |chosen: ChosenFeeds| chosen.names.into_iter().map(|(name, _)| name).collect();
        (!is_unclear(&found)).then(|| chosen_feeds(&fields).map(names).unwrap_or_default())
    }

    #[test]
    fn names_of_feeds() {
        assert_eq!(read("feeds: [en/news, all]").unwrap(), ["en/news", "all"]);
        assert_eq!(read("feeds: en/news, all").unwrap(), ["en/news", "all"]);
        assert_eq!(read("feeds: true").unwrap(), [""; 0]);
    }

    #[test]
    fn what_is_neither_is_unclear() {
        for yaml in
            ["feeds: flase", "feeds: {en: true}", "feeds: [[en]]", "exclude_from_feed: en", "feeds: 3"]
        {
            assert_eq!(read(yaml), None, "{yaml}");
        }
    }
}
