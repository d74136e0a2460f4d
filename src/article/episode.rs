//! What front matter says of an article as an episode of a podcast.

use super::enclosure::Unclear;
use crate::diagnostic::Position;
use crate::feed::EpisodeKind;
use crate::language::Language;
use crate::media_type::MediaType;
use crate::syntax::{Map, Node, Value};
use crate::text;

/// An episode.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Episode {
    /// A decimal number.
    pub number: Option<String>,
    /// From 1 on.
    pub season: Option<u32>,
    /// What the season is called.
    pub season_name: Option<String>,
    /// What kind of episode it is.
    pub kind: Option<EpisodeKind>,
    /// Its title without the number.
    pub title: Option<String>,
    /// Is it not for children?
    pub explicit: Option<bool>,
    /// What is said in it.
    pub transcripts: Vec<CompanionFile>,
    /// Its parts.
    pub chapters: Option<CompanionFile>,
    /// A square picture.
    pub image: Option<CompanionFile>,
}

/// A file that goes with a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanionFile {
    /// Where it is.
    pub src: String,
    /// What it is.
    pub media_type: Option<MediaType>,
    /// What it is written in.
    pub language: Option<Language>,
    /// Where it is named.
    pub named_at: Position,
}

const LONGEST_PATH_BYTES: usize = 2000;

/// Nobody has more transcripts of one recording.
const MOST_FILES: usize = 100;

impl Episode {
    /// Takes in what a field says, where nothing has said it before.
    pub fn take(&mut self, name: &str, node: &Node, unclear: &mut Vec<Unclear>) {
        match name {
            "number" => keep(&mut self.number, node, number, unclear, "a number such as `7`"),
            "season" => self.take_season(node, unclear),
            "type" => {
                let kind = |node: &Node| EpisodeKind::read(&line(node)?);
                keep(&mut self.kind, node, kind, unclear, "`full`, `trailer` or `bonus`");
            }
            "title" => self.title = self.title.take().or_else(|| line(node)),
            "explicit" => keep(&mut self.explicit, node, explicit, unclear, "`true` or `false`"),
            "transcript" if self.transcripts.is_empty() => self.transcripts = CompanionFile::all(node),
            "chapters" => self.chapters = self.chapters.take().or_else(|| CompanionFile::read(node)),
            "image" => self.image = self.image.take().or_else(|| CompanionFile::read(node)),
            _ => {}
        }
    }

    /// Takes in a map of all of it, or a number alone.
    pub fn take_all(&mut self, node: &Node, unclear: &mut Vec<Unclear>) {
        const NAMES: &[(&str, &[&str])] = &[
            ("number", &["number", "episode"]),
            ("season", &["season"]),
            ("type", &["type", "episode_type"]),
            ("title", &["title"]),
            ("explicit", &["explicit"]),
            ("transcript", &["transcript", "transcripts"]),
            ("chapters", &["chapters"]),
            ("image", &["image", "cover"]),
        ];
        let Value::Map(map) = &node.value else { return self.take("number", node, unclear) };
        for (name, keys) in NAMES {
            if let Some(node) = keys.iter().find_map(|key| map.get(key)) {
                self.take(name, node, unclear);
            }
        }
    }

    fn take_season(&mut self, node: &Node, unclear: &mut Vec<Unclear>) {
        let season = |node: &Node| line(node)?.parse().ok().filter(|&season: &u32| season > 0);
        match &node.value {
            Value::Map(map) => {
                self.season_name = self.season_name.take().or_else(|| map.get("name").and_then(line));
                let number = map.get("number").unwrap_or(node);
                keep(&mut self.season, number, season, unclear, "a number from 1 on");
            }
            _ => keep(&mut self.season, node, season, unclear, "a number from 1 on"),
        }
    }
}

/// Keeps what can be read, and tells what cannot.
fn keep<T>(
    place: &mut Option<T>,
    node: &Node,
    read: impl Fn(&Node) -> Option<T>,
    unclear: &mut Vec<Unclear>,
    expected: &str,
) {
    if place.is_some() || node.value == Value::Null {
        return;
    }
    *place = read(node);
    if place.is_none() {
        let found = line(node).map_or_else(|| node.value.kind().to_owned(), |text| format!("`{text}`"));
        unclear.push(Unclear { at: node.at, message: format!("of an episode: {expected}, found {found}") });
    }
}

/// A decimal number without zeros before it (Podcasting 2.0, `podcast:episode`).
fn number(node: &Node) -> Option<String> {
    let text = line(node)?;
    let text = text.strip_prefix('#').unwrap_or(&text);
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let is_digits =
        |text: &str| !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || part.is_some_and(|part| !is_digits(part)) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    match part.map(|part| part.trim_end_matches('0')).filter(|part| !part.is_empty()) {
        Some(part) => Some(format!("{whole}.{part}")),
        None => Some(whole.to_string()),
    }
}

/// Yes, no, and the words of old podcast feeds.
fn explicit(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(flag) => Some(*flag),
        _ => match line(node)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "explicit" => Some(true),
            "false" | "no" | "clean" => Some(false),
            _ => None,
        },
    }
}

fn line(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) => {
            Some(text::line(text)).filter(|line| !line.is_empty())
        }
        _ => None,
    }
}

impl CompanionFile {
    fn all(node: &Node) -> Vec<CompanionFile> {
        match &node.value {
            Value::List(items) => items.iter().take(MOST_FILES).filter_map(CompanionFile::read).collect(),
            _ => CompanionFile::read(node).into_iter().collect(),
        }
    }

    /// A path, or a map with `src`, `type` and `language`. A number of chapters, or the words themselves,
    /// are no file.
    fn read(node: &Node) -> Option<CompanionFile> {
        let Value::Map(map) = &node.value else {
            let is_path = |text: &String| text.contains(['.', '/']) && text.len() <= LONGEST_PATH_BYTES;
            let src = match &node.value {
                Value::Text(text) if !text.trim().contains('\n') => line(node).filter(is_path)?,
                _ => return None,
            };
            return Some(CompanionFile { src, media_type: None, language: None, named_at: node.at });
        };
        let first = |map: &Map, keys: &[&str]| {
            keys.iter().find_map(|key| Some((line(map.get(key)?)?, map.get(key)?.at)))
        };
        let (src, named_at) = first(map, &["src", "url", "path", "file", "href"])?;
        Some(CompanionFile {
            src,
            media_type: first(map, &["type", "mime"]).and_then(|(text, _)| MediaType::parse(&text)),
            language: first(map, &["language", "lang"]).and_then(|(text, _)| Language::parse(&text)),
            named_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn episode(yaml: &str) -> (Episode, Vec<String>) {
        let map = crate::syntax::parse_yaml(yaml).unwrap();
        let (mut episode, mut unclear) = (Episode::default(), Vec::new());
        episode.take_all(map.get("e").unwrap(), &mut unclear);
        (episode, unclear.into_iter().map(|unclear| unclear.message).collect())
    }

    #[test]
    fn a_number_or_a_map() {
        let number = |yaml: &str| episode(yaml).0.number;
        assert_eq!(number("e: 7").as_deref(), Some("7"));
        assert_eq!(number("e: '#007'").as_deref(), Some("7"));
        assert_eq!(number("e: 3.50").as_deref(), Some("3.5"));
        let (found, unclear) = episode(
            "e: {number: 2, season: {number: 1, name: Spring}, type: Trailer, explicit: clean, transcript: [a.vtt, {src: b.srt, language: ru}], chapters: c.json}",
        );
        assert_eq!(unclear, Vec::<String>::new());
        assert_eq!((found.season, found.season_name.as_deref()), (Some(1), Some("Spring")));
        assert_eq!((found.kind, found.explicit), (Some(EpisodeKind::Trailer), Some(false)));
        assert_eq!(found.transcripts.len(), 2);
        assert_eq!(found.transcripts[1].language.as_ref().map(Language::as_str), Some("ru"));
        assert_eq!(found.chapters.unwrap().src, "c.json");
    }

    #[test]
    fn what_names_no_file() {
        for yaml in [
            "e: {chapters: 12, transcript: 'yes'}",
            "e:\n  transcript: |\n    Ines. Good morning.\n    Bo. And to you.",
            "e: {chapters: [{start: 0, title: Bells}], image: true}",
        ] {
            assert_eq!(episode(yaml), (Episode::default(), Vec::new()), "{yaml}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let (found, unclear) = episode("e: {number: Pilot, season: 0, type: half, explicit: perhaps}");
        assert_eq!(found, Episode::default());
        assert_eq!(
            unclear,
            [
                "of an episode: a number such as `7`, found `Pilot`",
                "of an episode: a number from 1 on, found `0`",
                "of an episode: `full`, `trailer` or `bonus`, found `half`",
                "of an episode: `true` or `false`, found `perhaps`",
            ]
        );
    }
}
