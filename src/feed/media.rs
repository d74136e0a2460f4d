//! Pictures, recordings and documents, and what is known of them.
//!
//! `media:` is Media RSS 1.5.1, in RSS and Atom alike; `enclosure` has `url`, `length` and `type` besides (RSS 2.0,
//! "enclosure"), Atom's `link rel=enclosure` `href`, `length`, `type` and `title` (RFC 4287, 4.2.7).
//!
//! | field | RSS and Atom, beside the thumbnail | RSS and Atom, with [`Feed::lists_media`](super::Feed::lists_media) | JSON Feed 1.1: `attachments`, `_feedmill.image` |
//! |---|---|---|---|
//! | [`Media::file`] | `media:thumbnail url`, of a cover | `media:content` | `url` |
//! | [`Media::renditions`] | — | `media:group` of `media:content` | — |
//! | [`Media::title`] | — | `media:title` | `title` |
//! | [`Media::alt`] | — | `media:description` | `alt` |
//! | [`Media::caption`] | — | `media:title`, or `media:description` where there is no `alt` | `caption` |
//! | [`Media::credit`] | `media:credit` | `media:credit` | `credit` |
//! | [`Media::licence`] | `media:copyright` | `media:copyright` | `licence` |
//! | [`Media::poster`] | — | `media:thumbnail` | — |
//! | [`MediaFile::url`] | `media:thumbnail url` | `media:content url` | `url` |
//! | [`MediaFile::media_type`] | — | `media:content type`, `media:content medium` | `mime_type` |
//! | [`MediaFile::length_bytes`] | — | `media:content fileSize` | `size_in_bytes` |
//! | [`MediaFile::size`] | `media:thumbnail width`, `media:thumbnail height` | `media:content width`, `media:content height` | `width`, `height` |
//! | [`MediaFile::duration`] | — | `media:content duration` | `duration_in_seconds` |

use crate::address::Address;
use crate::media_type::MediaType;
use std::time::Duration;

/// A picture, a recording or a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    /// The file to take where there is a choice.
    pub file: MediaFile,
    /// The same in other sizes or encodings.
    pub renditions: Vec<MediaFile>,
    /// What it is called.
    pub title: Option<String>,
    /// What it shows or tells, for those who do not see or hear it.
    pub alt: Option<String>,
    /// The line under it.
    pub caption: Option<String>,
    /// Whom it is owed to.
    pub credit: Option<String>,
    /// On what terms it may be used.
    pub licence: Option<String>,
    /// The picture that stands for a video until it is played.
    pub poster: Option<Address>,
}

/// One file of a picture or recording.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaFile {
    /// Where it is.
    pub url: Address,
    /// What it is.
    pub media_type: MediaType,
    /// Size in bytes. RSS requires it, and allows 0 where it is not known; Atom and JSON Feed make
    /// it optional.
    pub length_bytes: Option<u64>,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// How long it plays.
    pub duration: Option<Duration>,
}

impl Media {
    /// A file of which nothing else is known.
    #[must_use]
    pub fn of(file: MediaFile) -> Media {
        Media {
            file,
            renditions: Vec::new(),
            title: None,
            alt: None,
            caption: None,
            credit: None,
            licence: None,
            poster: None,
        }
    }
}
