//! The picture that stands for an article.

use crate::diagnostic::Position;
use crate::syntax::{Map, Node, Value};
use crate::text;

/// A cover as front matter names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Where it is.
    pub src: CoverSource,
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
    /// Where it is named.
    pub named_at: Position,
}

/// Where a cover is.
#[derive(Clone, Debug, PartialEq)]
pub enum CoverSource {
    /// Where front matter says: absolute, from the site's root, or beside the article.
    Named(String),
    /// Beside the article, under the article's name. The place is that of the caption, which speaks of
    /// a picture that nobody names.
    Beside(Position),
}

/// What a map calls the picture.
const SOURCES: &[&str] = &["src", "url", "path", "image"];

impl Cover {
    /// Reads a path, a map, or a list of these of which the first counts.
    #[must_use]
    pub fn read(node: &Node) -> Option<Cover> {
        match &node.value {
            Value::Text(path) => Cover::at(path, node.at),
            Value::List(items) => items.first().and_then(Cover::read),
            Value::Map(map) => {
                let (src, at) = SOURCES.iter().find_map(|name| {
                    let node = map.get(name)?;
                    Some((line(map, &[name])?, node.at))
                })?;
                Some(Cover::described(map, CoverSource::Named(src), at))
            }
            _ => None,
        }
    }

    /// What is said of a cover without naming a picture: a map with a caption or a credit alone.
    #[must_use]
    pub fn unnamed(node: &Node) -> Option<Cover> {
        let Value::Map(map) = &node.value else { return None };
        let cover = Cover::described(map, CoverSource::Beside(node.at), node.at);
        let says_something = cover.caption.is_some() || cover.credit.is_some();
        (says_something && Cover::read(node).is_none()).then_some(cover)
    }

    /// This cover, and what `other` says that it does not say itself.
    #[must_use]
    pub fn completed_by(self, other: Cover) -> Cover {
        Cover {
            src: self.src,
            alt: self.alt.or(other.alt),
            caption: self.caption.or(other.caption),
            credit: self.credit.or(other.credit),
            licence: self.licence.or(other.licence),
            width: self.width.or(other.width),
            height: self.height.or(other.height),
            named_at: self.named_at,
        }
    }

    fn described(map: &Map, src: CoverSource, named_at: Position) -> Cover {
        Cover {
            src,
            alt: line(map, &["alt"]),
            caption: line(map, &["caption", "title"]),
            credit: line(map, &["credit", "source", "author"]),
            licence: line(map, &["licence", "license"]),
            width: pixels(map, "width"),
            height: pixels(map, "height"),
            named_at,
        }
    }

    fn at(path: &str, named_at: Position) -> Option<Cover> {
        let src = text::line(path);
        (!src.is_empty()).then(|| Cover::described(&Map::default(), CoverSource::Named(src), named_at))
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

    fn named(src: &str) -> CoverSource {
        CoverSource::Named(src.to_owned())
    }

    #[test]
    fn a_caption_without_a_picture() {
        let map = crate::syntax::parse_yaml(
            "a: {alt: lost}\nb: {caption: A boat, credit: Bo}\nc: {src: a.jpg, caption: Own}\n",
        )
        .unwrap();
        let node = |name: &str| map.get(name).unwrap();
        assert_eq!(Cover::unnamed(node("a")), None);
        assert_eq!(Cover::unnamed(node("c")), None);
        let unnamed = Cover::unnamed(node("b")).unwrap();
        assert_eq!(unnamed.src, CoverSource::Beside(Position { line: 2, column: 4 }));
        let whole = Cover::read(node("c")).unwrap().completed_by(unnamed);
        assert_eq!((whole.caption.as_deref(), whole.credit.as_deref()), (Some("Own"), Some("Bo")));
    }

    #[test]
    fn paths_maps_and_lists() {
        assert_eq!(cover("cover: a.jpg").unwrap().src, named("a.jpg"));
        assert_eq!(cover("images: [b.jpg, c.jpg]").unwrap().src, named("b.jpg"));
        let map = cover("cover:\n  url: a.jpg\n  caption: A boat\n  source: Bo Ek\n  width: 1200\n").unwrap();
        assert_eq!(
            (map.caption.as_deref(), map.credit.as_deref(), map.width),
            (Some("A boat"), Some("Bo Ek"), Some(1200))
        );
        assert_eq!(cover("cover: {alt: lost}"), None);
    }
}
