//! The fields of front matter, and the names that other generators use for them.
//!
//! Names are compared without regard to case, and `-` and `_` are the same. feedmill's own name
//! wins over the others; of the others the first in the table wins. A field without a value counts
//! as absent. What a body says of itself (a saved page in its `<meta>`) counts where front matter
//! says nothing.

use crate::diagnostic::{Position, nearest};
use crate::syntax::{Map, Node, Value};
use std::collections::BTreeSet;
use std::fmt;

macro_rules! fields {
    ($($variant:ident $own:literal [$($other:literal)*])*) => {
        /// A field that front matter may have.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field { $(#[doc = concat!("`", $own, "`")] $variant,)* }

        /// Each field, its own name, and its other names. A dot leads into a map.
        const TABLE: &[(Field, &str, &[&str])] = &[$((Field::$variant, $own, &[$($other),*]),)*];
    };
}

fields! {
    Title "title" ["linktitle"]
    Published "published" ["date" "publishdate" "pubdate" "created" "date_published" "published_at" "post_date"]
    Updated "updated" ["lastmod" "modified" "modified_time" "last_modified_at" "updateddate" "date_modified" "date_updated" "updated_at" "last_update.date"]
    Expires "expires" ["expirydate" "unpublish_date"]
    Draft "draft" ["wip"]
    Withdrawn "withdrawn" []
    Status "status" []
    Language "language" ["lang" "locale"]
    Translation "translation" ["translationkey" "translation_key" "i18n_id"]
    Section "section" []
    Category "category" ["type"]
    Tags "tags" ["tag" "keywords" "categories" "taxonomies.tags"]
    Authors "authors" ["author" "by" "byline" "creator" "taxonomies.authors" "extra.authors" "params.authors" "params.author"]
    Summary "summary" ["description" "excerpt" "preview" "subtitle" "standfirst" "dek" "lead" "custom_excerpt"]
    Slug "slug" []
    Url "url" ["permalink" "path"]
    Categories "categories" []
    OneCategory "category" []
    Canonical "canonical" ["canonical_url" "canonicalurl"]
    Link "link" []
    Aliases "aliases" ["redirect_from"]
    Id "id" ["guid" "blogger_id" "uuid"]
    Cover "cover" ["image" "hero" "featured_image" "featuredimage" "thumbnail" "images" "feature_image" "heroimage" "previewimage" "cover_image" "coverimage" "cover_photo" "header.image" "header.teaser" "extra.image" "params.cover" "params.image" "og_image"]
    Corrections "corrections" ["correction" "errata"]
    Access "access" ["visibility" "paywall" "members_only"]
    Feeds "feeds" ["feed" "exclude_from_feed"]
    Redirect "redirect" ["redirect_to"]
    Unlisted "unlisted" ["eleventyexcludefromcollections"]
    Contributors "contributors" ["contributor"]
    Translator "translator" ["translators"]
    Editor "editor" ["editors"]
    Photographer "photographer" ["photographers"]
    Illustrator "illustrator" ["illustrators"]
    Audio "audio" ["podcast.audio" "podcast.file" "podcast.url" "podcast.src" "audio_file" "audio_url"]
    Video "video" ["podcast.video" "video_url"]
    Enclosure "enclosure" ["enclosures" "podcast.enclosure" "media"]
    Length "podcast.length" []
    Duration "duration" ["podcast.duration"]
    Episode "episode" ["podcast.episode" "podcast.number" "episode_number"]
    Season "season" ["podcast.season"]
    EpisodeType "episode_type" ["podcast.type" "podcast.episode_type"]
    Explicit "explicit" ["podcast.explicit"]
    Transcript "transcript" ["transcripts" "podcast.transcript"]
    Chapters "chapters" ["podcast.chapters"]
    Rights "rights" ["copyright"]
    Licence "licence" ["license"]
    Location "location" ["geo" "place" "coordinates"]
    Latitude "latitude" ["lat"]
    Longitude "longitude" ["lon" "lng" "long"]
    Related "related" []
    Source "source" ["original" "syndicated_from"]
    Comments "comments" ["comments_url"]
    CommentCount "comment_count" []
}

/// Fields that feedmill does not read but generators do, so that they are no near misses.
const OTHERS: &[&str] = &[
    "layout",
    "links",
    "weight",
    "order",
    "menu",
    "nav",
    "toc",
    "math",
    "template",
    "extra",
    "taxonomies",
    "header",
    "slugs",
    "series",
    "sections",
    "pages",
    "titles",
    "headline",
    "update",
    "rating",
    "tagline",
    "coverage",
    "posted",
    "author_url",
    "published_url",
    "altitude",
    "audios",
    "chapter",
    "comment",
    "contents",
    "contributions",
    "edition",
    "episodes",
    "illustrated",
    "illustration",
    "licences",
    "licenses",
    "locations",
    "nocomments",
    "photograph",
    "photographs",
    "photography",
    "reason",
    "released",
    "resource",
    "right",
    "science",
    "seasons",
    "sources",
    "translate",
    "translated",
    "videoid",
    "videos",
    "vimeo",
];

/// The fields that one article has.
pub struct Fields<'a> {
    front_matter: &'a Map,
    body: &'a Map,
}

/// A field as it was found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The name in the source, for messages.
    pub name: &'a str,
    /// The value and its place.
    pub node: &'a Node,
}

impl<'a> Fields<'a> {
    /// The fields of the front matter, and what the body says of itself.
    #[must_use]
    pub fn of(front_matter: &'a Map, body: &'a Map) -> Fields<'a> {
        Fields { front_matter, body }
    }

    /// A field by its own name or, where that has no value, by another generator's.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<Found<'a>> {
        self.all(field).next()
    }

    /// What the body says of itself, whatever front matter says.
    #[must_use]
    pub fn of_body(&self, field: Field) -> Option<Found<'a>> {
        let (_, own, _) = TABLE.iter().find(|(known, ..)| *known == field)?;
        find(self.body, own).filter(|found| !found.is_empty())
    }

    /// Is it the body alone that has this field?
    #[must_use]
    pub fn is_from_body(&self, field: Field) -> bool {
        let none = Map::default();
        Fields::of(self.front_matter, &none).get(field).is_none() && self.get(field).is_some()
    }

    /// Every value that the names of a field have, the one that counts first.
    pub fn all(&self, field: Field) -> impl Iterator<Item = Found<'a>> {
        let row = TABLE.iter().find(|(known, ..)| *known == field);
        [self.front_matter, self.body].into_iter().flat_map(move |map| {
            let names =
                row.into_iter().flat_map(|(_, own, others)| std::iter::once(own).chain(others.iter()));
            names.filter_map(|name| find(map, name)).filter(|found| !found.is_empty())
        })
    }

    /// Names that stand twice, with the place of the later one.
    pub fn repeated(&self) -> impl Iterator<Item = (&'a str, Position)> {
        let mut seen = BTreeSet::new();
        let keys = self.front_matter.entries.iter().map(|(key, _)| (key.name.as_str(), key.at));
        keys.filter(move |(name, _)| !seen.insert(folded(name)))
    }

    /// Names that nobody knows and that are nearly a known one: found, known, place.
    pub fn near_misses(&self) -> impl Iterator<Item = (&'a str, &'static str, Position)> {
        self.front_matter.entries.iter().filter_map(|(key, _)| {
            let name = folded(&key.name);
            let is_known = OTHERS.contains(&name.as_str())
                || TABLE
                    .iter()
                    .any(|(_, own, others)| *own == name || others.iter().any(|other| *other == name));
            if is_known || name.chars().count() < 4 {
                return None;
            }
            nearest(&name, TABLE.iter().map(|(_, own, _)| *own)).map(|near| (key.name.as_str(), near, key.at))
        })
    }
}

fn find<'a>(map: &'a Map, name: &str) -> Option<Found<'a>> {
    let (first, rest) = match name.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (name, None),
    };
    let (key, node) = map.entries.iter().rev().find(|(key, _)| same(&key.name, first))?;
    match (rest, &node.value) {
        (None, _) => Some(Found { name: &key.name, node }),
        (Some(rest), Value::Map(inner)) => find(inner, rest),
        (Some(_), _) => None,
    }
}

fn same(found: &str, known: &str) -> bool {
    found.len() == known.len()
        && found.bytes().zip(known.bytes()).all(|(a, b)| match a {
            b'-' => b == b'_',
            _ => a.eq_ignore_ascii_case(&b),
        })
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

impl Found<'_> {
    fn is_empty(&self) -> bool {
        match &self.node.value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// Is this the name that was found, in whatever spelling?
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        same(self.name, name)
    }

    /// The value as text, where it is a text, a number or a date.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.node.value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text),
            _ => None,
        }
    }

    /// The value as yes or no, in the words that sites use.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        match &self.node.value {
            Value::Bool(flag) => Some(*flag),
            Value::Text(word) | Value::Number(word) => match word.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" => Some(true),
                "false" | "no" | "off" | "0" | "" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse_yaml;

    fn text(yaml: &str, field: Field) -> Option<String> {
        let map = parse_yaml(yaml).unwrap();
        Fields::of(&map, &Map::default()).get(field).and_then(|found| found.text().map(str::to_owned))
    }

    #[test]
    fn own_names_win_and_empty_ones_do_not_count() {
        assert_eq!(
            text("date: 2025-01-01\npublished: 2026-01-01\n", Field::Published).as_deref(),
            Some("2026-01-01")
        );
        assert_eq!(text("published:\ndate: 2025-01-01\n", Field::Published).as_deref(), Some("2025-01-01"));
        assert_eq!(text("Featured-Image: a.jpg\n", Field::Cover).as_deref(), Some("a.jpg"));
        assert_eq!(text("extra:\n  image: a.jpg\n", Field::Cover).as_deref(), Some("a.jpg"));
        assert_eq!(text("title: a\n", Field::Summary), None);
    }

    #[test]
    fn near_misses_and_repetitions() {
        let map = parse_yaml("tilte: a\nlayout: post\ntags: [a]\ntags: [b]\ncolor: red\n").unwrap();
        let none = Map::default();
        let fields = Fields::of(&map, &none);
        assert_eq!(
            fields.near_misses().map(|(found, near, _)| (found, near)).collect::<Vec<_>>(),
            [("tilte", "title")]
        );
        assert_eq!(fields.repeated().map(|(name, at)| (name, at.line)).collect::<Vec<_>>(), [("tags", 4)]);
    }

    /// Fields of other programs, and words that are one or two letters away from one of feedmill's.
    #[test]
    fn names_that_mean_something_else_are_no_near_misses() {
        let names = "altitude chapter comment contents edition editorial editor_note episodes illustration \
            latest locations nocomments photography reason related_posts released resource sources \
            translated videoId vimeo";
        for name in names.split_whitespace() {
            let map = parse_yaml(&format!("{name}: a\n")).unwrap();
            let near: Vec<_> =
                Fields::of(&map, &Map::default()).near_misses().map(|(_, near, _)| near).collect();
            assert!(near.is_empty(), "`{name}` is near {near:?}");
        }
    }
}
