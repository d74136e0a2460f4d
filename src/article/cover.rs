//! The picture that stands for an article.

use crate::diagnostic::Position;
use crate::syntax::{Map, Node, Value};
use crate::text;
use pulldown_cmark::{CowStr, Event, Parser};
use std::borrow::Cow;

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
const SOURCES: &[&str] = &["src", "url", "path", "image", "file", "filename", "feature"];

/// What Hugo's themes call the file of a bundle that is the cover.
const RESOURCES: &[&str] = &["cover", "featured", "feature", "hero", "thumbnail"];

impl Cover {
    /// Reads a path, a map, or a list of these of which the first counts.
    #[must_use]
    pub fn read(node: &Node) -> Option<Cover> {
        match &node.value {
            Value::Text(path) => Cover::at(path, node.at),
            Value::List(items) => items.first().and_then(Cover::read),
            Value::Map(map) => {
                let (src, at) = source(map)?;
                Some(Cover::described(map, CoverSource::Named(src), at))
            }
            _ => None,
        }
    }

    /// The cover among the files of a bundle, to which Hugo gives names: `{ src, name: cover, params }`.
    /// A pattern such as `*.jpg` names no file.
    #[must_use]
    pub fn of_resources(node: &Node) -> Option<Cover> {
        let is_cover = |map: &Map| {
            let name = line(map, &["name"]).unwrap_or_default().to_lowercase();
            RESOURCES.iter().any(|known| name == *known || name.starts_with(&format!("{known}-")))
        };
        resources(node)
            .find(|(map, src, _)| is_cover(map) && !src.contains(['*', '?', '[', '{']))
            .map(|(map, src, at)| Cover::described(map, CoverSource::Named(src), at).completed_by_params(map))
    }

    /// This cover, and what Hugo's front matter says of its file.
    #[must_use]
    pub fn completed_by_resource(self, node: &Node) -> Cover {
        let CoverSource::Named(name) = &self.src else { return self };
        let same =
            resources(node).find(|(_, src, _)| src.trim_start_matches("./") == name.trim_start_matches("./"));
        match same {
            Some((map, src, at)) => {
                let said = Cover::described(map, CoverSource::Named(src), at).completed_by_params(map);
                self.completed_by(said)
            }
            None => self,
        }
    }

    fn completed_by_params(self, map: &Map) -> Cover {
        match map.get("params").map(|node| (&node.value, node.at)) {
            Some((Value::Map(params), at)) => {
                let said = Cover::described(params, self.src.clone(), at);
                self.completed_by(said)
            }
            _ => self,
        }
    }

    /// This cover, and what fields of their own say of it.
    #[must_use]
    pub fn completed_by_texts(
        self,
        alt: Option<&Node>,
        caption: Option<&Node>,
        credit: Option<&Node>,
    ) -> Cover {
        let said = |node: Option<&Node>| match &node?.value {
            Value::Text(text) => Some(words(text)).filter(|words| !words.is_empty()),
            _ => None,
        };
        Cover {
            alt: self.alt.or_else(|| said(alt)),
            caption: self.caption.or_else(|| said(caption)),
            credit: self.credit.or_else(|| said(credit)),
            ..self
        }
    }

    /// What is said of a cover without naming a picture: a map with a caption or a credit alone.
    #[must_use]
    pub fn unnamed(node: &Node) -> Option<Cover> {
        let Value::Map(map) = &node.value else { return None };
        if source(map).is_some() {
            return None;
        }
        let cover = Cover::described(map, CoverSource::Beside(node.at), node.at);
        (cover.caption.is_some() || cover.credit.is_some()).then_some(cover)
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
            alt: said(map, &["alt", "alt_text", "altText", "description", "image_description"]),
            caption: said(map, &["caption", "title", "legend"]),
            credit: credit(map),
            licence: said(map, &["licence", "license", "rights", "copyright"]),
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

/// The picture that a map names, and where it does so.
fn source(map: &Map) -> Option<(String, Position)> {
    SOURCES.iter().find_map(|name| {
        let node = map.get(name)?;
        Some((line(map, &[name])?, node.at))
    })
}

/// The files that Hugo's front matter names, with where it does so.
fn resources<'n>(node: &'n Node<'n>) -> impl Iterator<Item = (&'n Map<'n>, String, Position)> {
    let items = match &node.value {
        Value::List(items) => &items[..],
        _ => &[],
    };
    items.iter().filter_map(|item| {
        let Value::Map(map) = &item.value else { return None };
        Some((map, line(map, &["src"])?, map.get("src")?.at))
    })
}

/// What people write under pictures, without the marks of Markdown and HTML: sites hold these texts for
/// either.
fn words(text: &str) -> String {
    if is_marked(text) { unmarked(text) } else { text::headline(text) }
}

/// The same of what is a line already.
fn words_of_line(line: String) -> String {
    if is_marked(&line) { unmarked(&line) } else { text::headline_of_line(Cow::Owned(line)).into_owned() }
}

fn is_marked(text: &str) -> bool {
    const MARKS: &[&str] = &["](", "**", "<a ", "<em>", "<i>", "<b>", "<strong>", "<p>", "<br", "<span"];
    // Each of them begins with one of these, which are rare.
    let may_be = text::position(text.as_bytes(), |byte| matches!(byte, b']' | b'*' | b'<')).is_some();
    may_be && MARKS.iter().any(|mark| text.contains(mark))
}

fn unmarked(text: &str) -> String {
    let plain = Parser::new(text).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" ".into()),
        Event::InlineHtml(tag) | Event::Html(tag) if tag.starts_with("<br") => Some(" ".into()),
        _ => None,
    });
    text::line(&plain.map(CowStr::into_string).collect::<String>())
}

fn said(map: &Map, names: &[&str]) -> Option<String> {
    line(map, names).map(words_of_line).filter(|words| !words.is_empty())
}

/// Whom it is owed to: one, or a list.
fn credit(map: &Map) -> Option<String> {
    const NAMES: &[&str] = &["credit", "credits", "source", "author", "photographer", "attribution"];
    said(map, NAMES).or_else(|| {
        let items = NAMES.iter().find_map(|name| match &map.get(name)?.value {
            Value::List(items) => Some(items),
            _ => None,
        })?;
        let names = items.iter().filter_map(|item| match &item.value {
            Value::Text(name) => Some(words(name)).filter(|name| !name.is_empty()),
            _ => None,
        });
        Some(names.collect::<Vec<_>>().join(", ")).filter(|names| !names.is_empty())
    })
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
    fn a_picture_that_several_made() {
        let whole = cover("cover: {src: a.jpg, credit: [Ann Lee, '', 'Bo **Ek**']}").unwrap();
        assert_eq!(whole.credit.as_deref(), Some("Ann Lee, Bo Ek"));
        assert_eq!(
            cover("cover: {src: a.jpg, credit: [], credits: Bo}").unwrap().credit.as_deref(),
            Some("Bo")
        );
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
    fn files_of_a_bundle() {
        let yaml = "r:\n- {src: '*.jpg', name: cover}\n- {src: b.jpg, name: map}\n- {src: a.jpg, name: featured-image, title: At sea, params: {credit: Bo}}\n";
        let map = crate::syntax::parse_yaml(yaml).unwrap();
        let found = Cover::of_resources(map.get("r").unwrap()).unwrap();
        assert_eq!((found.src, found.caption.as_deref()), (named("a.jpg"), Some("At sea")));
        assert_eq!((found.credit.as_deref(), found.named_at.line), (Some("Bo"), 4));
        let cover = cover("cover: a.jpg").unwrap().completed_by_resource(map.get("r").unwrap());
        assert_eq!(cover.caption.as_deref(), Some("At sea"));
    }

    #[test]
    fn words_without_marks() {
        assert_eq!(words("Photo: [**Unsplash**](https://u.example/?a=1)"), "Photo: Unsplash");
        assert_eq!(words("By <a href=\"https://u.example\">Bo &amp; Ek</a><br>at sea"), "By Bo & Ek at sea");
        assert_eq!(words("1. FC Harbour &lt;3 * 2 <Patience>"), "1. FC Harbour <3 * 2 <Patience>");
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
