//! Recordings and files that come with an article, as front matter names them.

use super::play_time;
use crate::address::Address;
use crate::diagnostic::Position;
use crate::media_type::{MediaType, Medium};
use crate::syntax::{Map, Node, Value};
use crate::text;
use std::time::Duration;

/// A recording or a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Enclosure {
    /// Where it is: absolute, from the site's root, or beside the article.
    pub src: String,
    /// What the name of the field says that it is.
    pub medium: Option<Medium>,
    /// What front matter says that it is, and where.
    pub media_type: Option<(MediaType, Position)>,
    /// Its size as front matter says, and where.
    pub length_bytes: Option<(u64, Position)>,
    /// How long it plays as front matter says, and where.
    pub duration: Option<(Duration, Position)>,
    /// What it is called.
    pub title: Option<String>,
    /// The picture that stands for a video until it is played.
    pub poster: Option<String>,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// Where it is named.
    pub named_at: Position,
}

/// What cannot be understood of an enclosure.
#[derive(Debug, PartialEq)]
pub struct Unclear {
    /// Where it stands.
    pub at: Position,
    /// What it is.
    pub message: String,
}

/// Nobody attaches more; each has to be opened and listed.
pub const MOST_ENCLOSURES: usize = 100;

const SOURCES: &[&str] = &["src", "url", "path", "file", "href"];
const TYPES: &[&str] = &["type", "mime", "mime_type", "mimetype"];
const LENGTHS: &[&str] = &["length", "length_bytes", "bytes", "file_size", "filesize", "size"];
const POSTERS: &[&str] = &["poster", "image", "thumbnail"];

impl Enclosure {
    /// Reads a path, a map, or a list of these, one more than count. What stands there in another meaning (`true`, the number
    /// of a film elsewhere) is none.
    #[must_use]
    pub fn read_all(node: &Node, medium: Option<Medium>) -> (Vec<Enclosure>, Vec<Unclear>) {
        let nodes = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut unclear = Vec::new();
        let read = nodes.iter().take(MOST_ENCLOSURES + 1).filter_map(|node| match &node.value {
            Value::Text(text) => Enclosure::at(text, medium, node.at, &mut unclear),
            Value::Map(map) => Enclosure::described(map, medium, node.at, &mut unclear),
            _ => None,
        });
        let enclosures = read.collect();
        (enclosures, unclear)
    }

    /// Is it, by its name or its type, something to listen to or to watch?
    #[must_use]
    pub fn is_recording(&self) -> bool {
        let given = self.media_type.as_ref().map(|(media_type, _)| media_type.clone());
        let media_type = given.or_else(|| MediaType::of_name(&self.src));
        media_type.is_some_and(|known| matches!(known.medium(), Medium::Audio | Medium::Video))
    }

    /// A film or a song on a site that plays it itself is a page and no file. Themes name it by its address
    /// there, by a word that only that site knows, or by the HTML that shows it.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        let is_word = !self.src.contains(['.', '/', ':']);
        if self.src.starts_with('<') {
            return true;
        }
        let bare = self.src.split_once("//").map_or(self.src.as_str(), |(_, bare)| bare);
        let whole = Address::parse(&format!("https://{bare}"));
        let host = whole.map(|address| address.host()).unwrap_or_default();
        let is_at = |player: &str| host == player || host.ends_with(&format!(".{player}"));
        let is_file = self.media_type.is_some() || self.is_recording();
        !is_file && (is_word || PLAYERS.iter().any(|player| is_at(player)))
    }

    /// A path; or, as WordPress writes it, address, length and type on three lines.
    fn at(
        text: &str,
        medium: Option<Medium>,
        named_at: Position,
        unclear: &mut Vec<Unclear>,
    ) -> Option<Enclosure> {
        let mut lines = text.trim().lines().map(text::line);
        let enclosure = Enclosure::named(lines.next()?, medium, named_at);
        let length_bytes = lines.next().and_then(|line| length(&line, named_at, unclear));
        let media_type = lines.next().and_then(|line| media_type(&line, named_at, unclear));
        (!enclosure.src.is_empty()).then_some(Enclosure { length_bytes, media_type, ..enclosure })
    }

    fn described(
        map: &Map,
        medium: Option<Medium>,
        at: Position,
        unclear: &mut Vec<Unclear>,
    ) -> Option<Enclosure> {
        let Some((src, named_at)) = line(map, SOURCES) else {
            // A film that another site plays.
            if line(map, &["id", "provider", "youtube", "vimeo"]).is_some() {
                return None;
            }
            unclear.push(Unclear {
                at,
                message: "a recording without `src`, the address of its file".to_owned(),
            });
            return None;
        };
        let pixels =
            |name| line(map, &[name]).and_then(|(text, _)| text.parse().ok()).filter(|&size: &u32| size > 0);
        Some(Enclosure {
            media_type: line(map, TYPES).and_then(|(text, at)| media_type(&text, at, unclear)),
            length_bytes: line(map, LENGTHS).and_then(|(text, at)| length(&text, at, unclear)),
            duration: line(map, &["duration"]).and_then(|(text, at)| duration(&text, at, unclear)),
            title: line(map, &["title", "name"]).map(|(title, _)| title),
            poster: line(map, POSTERS).map(|(poster, _)| poster),
            size: pixels("width").zip(pixels("height")),
            ..Enclosure::named(src, medium, named_at)
        })
    }

    fn named(src: String, medium: Option<Medium>, named_at: Position) -> Enclosure {
        Enclosure {
            src,
            medium,
            media_type: None,
            length_bytes: None,
            duration: None,
            title: None,
            poster: None,
            size: None,
            named_at,
        }
    }
}

/// Sites that play what lies with them.
const PLAYERS: &[&str] = &[
    "youtube.com",
    "youtu.be",
    "youtube-nocookie.com",
    "vimeo.com",
    "soundcloud.com",
    "spotify.com",
    "dailymotion.com",
    "twitch.tv",
    "bilibili.com",
    "rutube.ru",
    "vk.com",
    "music.apple.com",
    "podcasts.apple.com",
    "bandcamp.com",
    "mixcloud.com",
    "tiktok.com",
    "facebook.com",
    "fb.watch",
    "instagram.com",
    "wistia.com",
];

/// The first of these keys that has a text or a number.
fn line(map: &Map, names: &[&str]) -> Option<(String, Position)> {
    names.iter().find_map(|name| {
        let node = map.get(name)?;
        match &node.value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => {
                Some((text::line(text), node.at)).filter(|(line, _)| !line.is_empty())
            }
            _ => None,
        }
    })
}

/// How long it plays.
pub fn duration(text: &str, at: Position, unclear: &mut Vec<Unclear>) -> Option<(Duration, Position)> {
    let duration = play_time::parse(text);
    if duration.is_none() {
        let message = format!("`{text}` is no duration: write `1:02:03`, `62` seconds or `PT1M2S`");
        unclear.push(Unclear { at, message });
    }
    duration.map(|duration| (duration, at))
}

/// How large it is. Nothing is as good as not known.
pub fn length(text: &str, at: Position, unclear: &mut Vec<Unclear>) -> Option<(u64, Position)> {
    let digits = text.trim().trim_end_matches("bytes").trim_end().replace('_', "");
    let length = digits.parse::<u64>();
    if length.is_err() {
        unclear.push(Unclear { at, message: format!("`{text}` is no length: write a number of bytes") });
    }
    length.ok().filter(|&length| length > 0).map(|length| (length, at))
}

fn media_type(text: &str, at: Position, unclear: &mut Vec<Unclear>) -> Option<(MediaType, Position)> {
    let media_type = MediaType::parse(text);
    if media_type.is_none() {
        let message = format!("`{text}` is no media type: write one such as `audio/mpeg`");
        unclear.push(Unclear { at, message });
    }
    media_type.map(|media_type| (media_type, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> (Vec<Enclosure>, Vec<Unclear>) {
        let map = crate::syntax::parse_yaml(yaml).unwrap();
        Enclosure::read_all(map.get("a").unwrap(), Some(Medium::Audio))
    }

    #[test]
    fn paths_maps_and_lists() {
        let (found, unclear) = read(
            "a:\n- bell.mp3\n- {url: /h.m4a, type: audio/mp4, length: 1200, duration: '1:02', title: Horn}\n- true\n",
        );
        assert_eq!(unclear, []);
        assert_eq!(found.iter().map(|one| one.src.as_str()).collect::<Vec<_>>(), ["bell.mp3", "/h.m4a"]);
        let length = found[1].length_bytes.map(|(length, _)| length);
        let duration = found[1].duration.map(|(duration, _)| duration.as_secs());
        assert_eq!((length, duration, found[1].title.as_deref()), (Some(1200), Some(62), Some("Horn")));
    }

    #[test]
    fn what_other_sites_play() {
        for elsewhere in [
            "dQw4w9WgXcQ",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "//www.youtube.com/embed/dQw4w9WgXcQ",
            "youtu.be/dQw4w9WgXcQ",
            "<iframe src='https://player.vimeo.com/video/1'></iframe>",
        ] {
            let (found, _) = read(&format!("a: \"{elsewhere}\""));
            assert!(found[0].is_elsewhere(), "{elsewhere}");
        }
        for here in ["bell.mp3", "/audio/bell", "https://e.example/youtube.com", "youtube.com/bell.mp3"] {
            let (found, _) = read(&format!("a: {here}"));
            assert!(!found[0].is_elsewhere(), "{here}");
        }
        assert_eq!(read("a: {provider: youtube, id: dQw4w9WgXcQ}"), (Vec::new(), Vec::new()));
    }

    #[test]
    fn three_lines_of_wordpress() {
        let (found, unclear) = read("a: |\n  https://e.example/bell.mp3\n  1200\n  audio/mpeg\n");
        assert_eq!((found.len(), unclear.len()), (1, 0));
        assert_eq!(found[0].length_bytes.map(|(length, _)| length), Some(1200));
        assert_eq!(found[0].media_type.as_ref().unwrap().0.as_str(), "audio/mpeg");
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let (found, unclear) =
            read("a: [{title: Lost}, {src: a.mp3, duration: soon, length: many, type: mp3}]");
        let messages: Vec<&str> = unclear.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "a recording without `src`, the address of its file",
                "`mp3` is no media type: write one such as `audio/mpeg`",
                "`many` is no length: write a number of bytes",
                "`soon` is no duration: write `1:02:03`, `62` seconds or `PT1M2S`",
            ]
        );
        assert_eq!(found.len(), 1);
    }
}
