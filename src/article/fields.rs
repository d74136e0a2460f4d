//! The fields of front matter, and the names that other generators use for them.
//!
//! Names are compared without regard to case and to the `-` and `_` in them, so that `episodeType` is
//! `episode_type`. feedmill's own name
//! wins over the others; of the others the first in the table wins. A field without a value counts
//! as absent. Some fields may also stand in the maps that generators keep for what they do not know
//! themselves, `extra` and `params`, and count there where they do not stand outside. What a body
//! says of itself (a saved page in its `<meta>`) counts where front matter says nothing.

mod found;
mod gather;
mod names;

pub use found::Found;
pub use gather::Fields;
pub use names::is_name_of;

use super::date;
use crate::syntax::{Node, Value};

macro_rules! fields {
    ($($variant:ident $own:literal [$($other:literal)*])*) => {
        /// A field that front matter may have.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    Translation "translation" ["translationkey" "i18n_id"]
    Section "section" []
    Category "category" ["type"]
    Tags "tags" ["tag" "keywords" "categories" "taxonomies.tags"]
    Authors "authors" ["author" "by" "byline" "creator" "taxonomies.authors"]
    Summary "summary" ["description" "excerpt" "preview" "subtitle" "standfirst" "dek" "lead" "custom_excerpt"]
    Slug "slug" []
    Url "url" ["permalink" "path"]
    Categories "categories" []
    OneCategory "category" []
    Canonical "canonical" ["canonical_url"]
    Link "link" []
    Aliases "aliases" ["redirect_from"]
    Id "id" ["guid" "blogger_id" "uuid"]
    Cover "cover" ["image" "hero" "featured_image" "thumbnail" "images" "feature_image" "heroimage" "previewimage" "cover_image" "cover_photo" "header.image" "header.teaser" "og_image"]
    Corrections "corrections" ["correction" "errata"]
    Access "access" ["visibility" "paywall" "members_only" "members" "subscribers_only" "premium" "paid"]
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
    CoverAlt "cover_alt" ["image_alt" "featured_image_alt" "feature_image_alt" "hero_alt" "hero_image_alt" "thumbnail_alt" "og_image_alt" "header.image_description" "header.alt"]
    CoverCaption "cover_caption" ["image_caption" "featured_image_caption" "feature_image_caption" "hero_caption" "hero_image_caption" "thumbnail_caption" "photo_caption" "header.caption"]
    CoverCredit "cover_credit" ["image_credit" "image_credits" "featured_image_credit" "hero_credit" "hero_image_credit" "photo_credit" "photo_credits" "header.credit"]
    Resources "resources" []
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
    "params",
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

/// Is it a date, in whatever zone?
fn is_date(text: &str) -> bool {
    date::parse(text, chrono_tz::UTC).is_ok()
}

impl Field {
    /// May this mean the field inside `extra` or `params`? Themes keep switches and settings of their
    /// own there. So nothing there decides when, where and under what name an article is published;
    /// but what keeps a text from readers must not be missed.
    fn may_be_nested(self, found: &Found<'_>) -> bool {
        let value = &found.node.value;
        let is_number = matches!(found.text().map(str::trim), Some("0" | "1"));
        let is_switch = found.flag().is_some() && !is_number;
        match self {
            Field::Access | Field::Withdrawn | Field::Unlisted | Field::Explicit => true,
            Field::Feeds => {
                let is_name = |item: &Node| matches!(item.value, Value::Text(_));
                let names = || matches!(value, Value::List(items) if items.iter().all(is_name));
                found.flag().is_some() || names()
            }
            Field::Updated => !is_switch && found.text().is_some_and(is_date),
            Field::Summary | Field::Canonical => !is_switch && matches!(value, Value::Text(_)),
            Field::Authors
            | Field::Cover
            | Field::CoverAlt
            | Field::CoverCaption
            | Field::CoverCredit
            | Field::Corrections
            | Field::Contributors
            | Field::Translator
            | Field::Editor
            | Field::Photographer
            | Field::Illustrator
            | Field::Audio
            | Field::Video
            | Field::Enclosure
            | Field::Length
            | Field::Duration
            | Field::Episode
            | Field::Season
            | Field::EpisodeType
            | Field::Transcript
            | Field::Chapters
            | Field::Rights
            | Field::Licence
            | Field::Location
            | Field::Latitude
            | Field::Longitude
            | Field::Related
            | Field::Source
            | Field::Comments
            | Field::CommentCount => !is_switch,
            _ => false,
        }
    }
}
