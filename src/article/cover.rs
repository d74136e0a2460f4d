//! The picture that stands for an article.

use crate::syntax::{Map, Node, Value};
use crate::text;

/// A cover as front matter names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Where it is: absolute, from the site's root, or beside the article.
    pub src: String,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// The line under it.
    pub caption: Option<String>,
    /// Whom it is owed to.
    pub credit: Option<String>,
    /// On what terms it may be used.
    pub licence: Option<String>,
    /// Width in pixels, where front matter says so.
    pub width: Option<u32>,
    /// Height in pixels, where front matter says so.
    pub height: Option<u32>,
}

impl Cover {
    /// Reads a path, a map, or a list of these of which the first counts.
    #[must_use]
    pub fn read(node: &Node) -> Option<Cover> {
        match &node.value {
            Value::Text(path) => Cover::at(path),
            Value::List(items) => items.first().and_then(Cover::read),
            Value::Map(map) => Some(Cover {
                alt: line(map, &["alt"]),
                caption: line(map, &["caption", "title"]),
                credit: line(map, &["credit", "source", "author"]),
                licence: line(map, &["licence", "license"]),
                width: pixels(map, "width"),
                height: pixels(map, "height"),
                ..Cover::at(&line(map, &["src", "url", "path", "image"])?)?
            }),
            _ => None,
        }
    }

    fn at(path: &str) -> Option<Cover> {
        let src = text::line(path);
        (!src.is_empty()).then_some(Cover {
            src,
            alt: None,
            caption: None,
            credit: None,
            licence: None,
            width: None,
            height: None,
        })
    }
}

fn line(map: &Map, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match &map.get(name)?.value {
        Value::Text(text) | Value::Number(text) => Some(text::line(text)).filter(|line| !line.is_empty()),
        _ => None,
    })
}

fn pixels(map: &Map, name: &str) -> Option<u32> {
    match &map.get(name)?.value {
        Value::Number(number) | Value::Text(number) => {
            number.trim().parse().ok().filter(|&pixels| pixels > 0)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::fields::{Field, Fields};

    fn cover(yaml: &str) -> Option<Cover> {
        let map = crate::syntax::parse_yaml(yaml).unwrap();
        Fields::of(&map, &Map::default()).get(Field::Cover).and_then(|found| Cover::read(found.node))
    }

    #[test]
    fn paths_maps_and_lists() {
        assert_eq!(cover("cover: a.jpg").unwrap().src, "a.jpg");
        assert_eq!(cover("images: [b.jpg, c.jpg]").unwrap().src, "b.jpg");
        let map = cover("cover:\n  url: a.jpg\n  caption: A boat\n  source: Bo Ek\n  width: 1200\n").unwrap();
        assert_eq!(
            (map.caption.as_deref(), map.credit.as_deref(), map.width),
            (Some("A boat"), Some("Bo Ek"), Some(1200))
        );
        assert_eq!(cover("cover: {alt: lost}"), None);
    }
}
