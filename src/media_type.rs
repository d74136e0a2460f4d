//! Media types: what a file is, as feeds say it.

use std::borrow::Cow;
use std::fmt;

/// A media type without parameters: `image/jpeg`. Lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MediaType(Cow<'static, str>);

/// What people take a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// To look at.
    Image,
    /// To listen to.
    Audio,
    /// To watch.
    Video,
    /// Everything else.
    Document,
}

/// What the table of file names does not know, or calls by a name that podcast programs do not take.
const OVERRIDES: &[(&str, &str)] = &[
    ("m4a", "audio/x-m4a"),
    ("m4b", "audio/x-m4b"),
    ("opus", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("srt", "application/x-subrip"),
    ("vtt", "text/vtt"),
    ("avif", "image/avif"),
    ("jfif", "image/jpeg"),
];

impl MediaType {
    /// Reads `type/subtype`; what follows a semicolon is left out. `None` where it is none (RFC 6838, 4.2).
    #[must_use]
    pub fn parse(text: &str) -> Option<MediaType> {
        let text = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_name = |name: &str| {
            let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
            !name.is_empty() && name.len() <= 127 && name.bytes().all(is_part)
        };
        let (kind, subtype) = text.split_once('/')?;
        (is_name(kind) && is_name(subtype)).then_some(MediaType(Cow::Owned(text)))
    }

    /// What the name of a file or the path of an address says; `None` where its ending is not known.
    #[must_use]
    pub fn of_name(name: &str) -> Option<MediaType> {
        let path = name.split(['?', '#']).next().unwrap_or_default();
        let file = path.rsplit('/').next().unwrap_or_default();
        let (_, ending) = file.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let own = OVERRIDES.iter().find(|(known, _)| *known == ending).map(|(_, name)| *name);
        let known = own.or_else(|| mime_guess::from_ext(&ending).first_raw())?;
        Some(MediaType::known(known))
    }

    /// A media type that the code names.
    #[must_use]
    pub const fn known(name: &'static str) -> MediaType {
        MediaType(Cow::Borrowed(name))
    }

    /// `type/subtype`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What people take such a file for.
    #[must_use]
    pub fn medium(&self) -> Medium {
        match self.0.split('/').next() {
            Some("image") => Medium::Image,
            Some("audio") => Medium::Audio,
            Some("video") => Medium::Video,
            _ => Medium::Document,
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Medium {
    /// The word of Media RSS (1.5.1, `media:content`).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Medium::Image => "image",
            Medium::Audio => "audio",
            Medium::Video => "video",
            Medium::Document => "document",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types() {
        let of = |name: &str| MediaType::of_name(name).map(|found| found.to_string());
        assert_eq!(of("https://e.example/a.b/bell.MP3?x=1").as_deref(), Some("audio/mpeg"));
        assert_eq!(of("bell.m4a").as_deref(), Some("audio/x-m4a"));
        assert_eq!(of("a.webp").as_deref(), Some("image/webp"));
        assert_eq!(of("https://e.example/bell"), None);
        assert_eq!(MediaType::parse("Audio/MPEG; codecs=x").unwrap().as_str(), "audio/mpeg");
        assert_eq!(MediaType::parse("audio"), None);
        assert_eq!(MediaType::parse("audio/ mpeg\""), None);
        assert_eq!(MediaType::parse("video/mp4").unwrap().medium(), Medium::Video);
    }
}
