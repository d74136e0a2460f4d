//! What a file of sound or film is by its first bytes, and which media types fit that.

use crate::media_type::{MediaType, Medium};

/// What wraps a recording. One wrapping may have several media types: a name or a field chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// MPEG audio, with a tag before it or without.
    Mpeg,
    /// AAC in ADTS.
    Aac,
    /// MPEG-4 of no special kind.
    Mp4,
    /// MPEG-4 that says that it is audio.
    M4a,
    /// QuickTime.
    QuickTime,
    /// Ogg.
    Ogg,
    /// RIFF with a wave in it.
    Wav,
    /// FLAC.
    Flac,
    /// Matroska and WebM.
    Matroska,
    /// A document.
    Pdf,
}

/// So many bytes tell.
pub const HEAD_BYTES: usize = 12;

impl Container {
    /// What begins with these bytes.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Container> {
        Some(match head {
            [b'I', b'D', b'3', ..] => Container::Mpeg,
            [0xFF, second, ..] if second & 0xF6 == 0xF0 => Container::Aac,
            [0xFF, second, ..] if second & 0xE0 == 0xE0 && second & 0x06 != 0 => Container::Mpeg,
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand {
                b"M4A " | b"M4B " => Container::M4a,
                b"qt  " => Container::QuickTime,
                b"avif" | b"avis" | b"heic" | b"mif1" => return None,
                _ => Container::Mp4,
            },
            [b'O', b'g', b'g', b'S', ..] => Container::Ogg,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E'] => Container::Wav,
            [b'f', b'L', b'a', b'C', ..] => Container::Flac,
            [0x1A, 0x45, 0xDF, 0xA3, ..] => Container::Matroska,
            [b'%', b'P', b'D', b'F', b'-', ..] => Container::Pdf,
            _ => return None,
        })
    }

    /// The media types that fit, the commonest first.
    fn types(self) -> &'static [&'static str] {
        match self {
            Container::Mpeg => &["audio/mpeg", "audio/aac", "audio/flac"],
            Container::Aac => &["audio/aac"],
            Container::Mp4 => {
                &["video/mp4", "audio/mp4", "audio/x-m4a", "audio/x-m4b", "video/x-m4v", "video/quicktime"]
            }
            Container::M4a => &["audio/x-m4a", "audio/mp4", "audio/x-m4b", "video/mp4"],
            Container::QuickTime => &["video/quicktime", "video/mp4", "video/x-m4v"],
            Container::Ogg => &["audio/ogg", "video/ogg", "application/ogg"],
            Container::Wav => &["audio/wav"],
            Container::Flac => &["audio/flac"],
            Container::Matroska => &["video/webm", "audio/webm", "video/x-matroska", "audio/x-matroska"],
            Container::Pdf => &["application/pdf"],
        }
    }

    /// Are the first bytes of files of this type known?
    #[must_use]
    pub fn is_known(media_type: &MediaType) -> bool {
        const ALL: &[Container] = &[
            Container::Mpeg,
            Container::Mp4,
            Container::Ogg,
            Container::Wav,
            Container::Flac,
            Container::Matroska,
            Container::Pdf,
        ];
        ALL.iter().any(|container| container.fits(media_type))
    }

    /// Can a file like this be of that type?
    #[must_use]
    pub fn fits(self, media_type: &MediaType) -> bool {
        self.types().contains(&media_type.as_str())
    }

    /// What it is where nothing else is known.
    #[must_use]
    pub fn usual(self) -> MediaType {
        MediaType::known(self.types()[0])
    }
}

/// Other words for one type, and the one that podcast programs take.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("audio/mp3", "audio/mpeg"),
    ("audio/x-mp3", "audio/mpeg"),
    ("audio/mpeg3", "audio/mpeg"),
    ("audio/x-mpeg", "audio/mpeg"),
    ("audio/m4a", "audio/x-m4a"),
    ("audio/m4b", "audio/x-m4b"),
    ("audio/opus", "audio/ogg"),
    ("audio/wave", "audio/wav"),
    ("audio/x-wav", "audio/wav"),
    ("audio/vnd.wave", "audio/wav"),
    ("audio/x-flac", "audio/flac"),
    ("audio/aacp", "audio/aac"),
    ("audio/x-aac", "audio/aac"),
    ("video/m4v", "video/x-m4v"),
];

/// The usual word for a type.
#[must_use]
pub fn usual_word(media_type: &MediaType) -> MediaType {
    let usual = OTHER_WORDS.iter().find(|(other, _)| *other == media_type.as_str());
    usual.map_or_else(|| media_type.clone(), |(_, usual)| MediaType::known(usual))
}

/// The same wrapping with only sound in it, or with a film: `audio/mp4` for `video/mp4`.
#[must_use]
pub fn as_medium(media_type: MediaType, medium: Option<Medium>) -> MediaType {
    const BOTH: &[(&str, &str)] =
        &[("audio/mp4", "video/mp4"), ("audio/ogg", "video/ogg"), ("audio/webm", "video/webm")];
    let pair = BOTH.iter().find(|(audio, video)| [*audio, *video].contains(&media_type.as_str()));
    match (pair, medium) {
        (Some((audio, _)), Some(Medium::Audio)) => MediaType::known(audio),
        (Some((_, video)), Some(Medium::Video)) => MediaType::known(video),
        _ => media_type,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes() {
        assert_eq!(Container::of(b"ID3\x04\0\0\0\0\0\0\0\0"), Some(Container::Mpeg));
        assert_eq!(Container::of(b"\xFF\xFB\x90\0\0\0\0\0\0\0\0\0"), Some(Container::Mpeg));
        assert_eq!(Container::of(b"\xFF\xF1\x50\0\0\0\0\0\0\0\0\0"), Some(Container::Aac));
        assert_eq!(Container::of(b"\0\0\0\x1cftypM4A "), Some(Container::M4a));
        assert_eq!(Container::of(b"RIFF\0\0\0\0WEBP"), None);
        assert_eq!(Container::of(b"<!doctype h"), None);
        assert_eq!(Container::of(b""), None);
    }

    #[test]
    fn words_for_types() {
        let known = MediaType::known;
        assert_eq!(usual_word(&known("audio/mp3")), known("audio/mpeg"));
        assert_eq!(as_medium(known("video/mp4"), Some(Medium::Audio)), known("audio/mp4"));
        assert_eq!(as_medium(known("audio/mpeg"), Some(Medium::Video)), known("audio/mpeg"));
        assert!(Container::Mp4.fits(&known("audio/x-m4a")));
    }
}
