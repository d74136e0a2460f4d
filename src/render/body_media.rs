//! Pictures and recordings that the content shows, with what its HTML says of them.

use super::links::Links;
use super::recording;
use super::tags::{Tag, tags, text_of};
use crate::address::Address;
use crate::feed::{Media, MediaFile};
use crate::measure;
use crate::media_type::{MediaType, Medium};
use std::collections::BTreeMap;
use std::time::Duration;

/// Files of the newsroom by the addresses under which the content names them.
pub type Files = BTreeMap<String, String>;

/// Nobody lists more; what comes after them is in the content all the same.
const MOST_MEDIA: usize = 100;
const MOST_RENDITIONS: usize = 20;

/// The media of canonical, absolute HTML: in order, each once, the cover not again. What only decorates
/// is none of them.
#[must_use]
pub fn listed(html: &str, files: &Files, links: &Links<'_>, cover: Option<&Media>) -> Vec<Media> {
    let mut gathering = Gathering { html, files, links, cover, found: Vec::new(), open: Open::default() };
    for tag in tags(html) {
        gathering.take(&tag);
        if gathering.found.len() >= MOST_MEDIA {
            break;
        }
    }
    gathering.close_figures();
    gathering.found
}

struct Gathering<'a> {
    html: &'a str,
    files: &'a Files,
    links: &'a Links<'a>,
    cover: Option<&'a Media>,
    found: Vec<Media>,
    open: Open<'a>,
}

/// The elements that are not closed yet.
#[derive(Default)]
struct Open<'a> {
    figures: Vec<Figure>,
    /// Where the words of a figure begin.
    words: Option<usize>,
    /// The sources of a `picture`.
    sources: Vec<Candidate>,
    /// An `audio` or `video`, and its sources.
    player: Option<(Tag<'a>, Vec<Candidate>)>,
}

struct Figure {
    /// How many media were found before it.
    start: usize,
    caption: Option<String>,
}

/// One of the files that a reader may choose from.
struct Candidate {
    address: String,
    media_type: Option<MediaType>,
    width: Option<u32>,
}

/// What was measured of a file.
#[derive(Default)]
struct Known {
    length_bytes: Option<u64>,
    media_type: Option<MediaType>,
    size: Option<(u32, u32)>,
    duration: Option<Duration>,
}

impl<'a> Gathering<'a> {
    fn take(&mut self, tag: &Tag<'a>) {
        match (tag.name, tag.is_end) {
            ("figure", false) => self.open.figures.push(Figure { start: self.found.len(), caption: None }),
            ("figure", true) => self.close_figure(),
            ("figcaption", false) => self.open.words = Some(tag.end),
            ("figcaption", true) => self.close_words(tag),
            ("picture", _) => self.open.sources.clear(),
            ("source", false) => self.source(tag),
            ("img", false) => self.image(tag),
            ("audio" | "video", false) => {
                let own = tag.attribute("src").map(|address| Candidate::at(address.into_owned()));
                self.open.player = Some((*tag, own.into_iter().collect()));
            }
            ("audio" | "video", true) => self.close_player(),
            _ => {}
        }
    }

    fn close_words(&mut self, tag: &Tag<'_>) {
        if let (Some(start), Some(figure)) = (self.open.words.take(), self.open.figures.last_mut()) {
            let caption = text_of(&self.html[start..tag.start]);
            figure.caption = Some(caption).filter(|caption| !caption.is_empty());
        }
    }

    fn close_figure(&mut self) {
        let Some(Figure { start, caption }) = self.open.figures.pop() else { return };
        for media in self.found.iter_mut().skip(start).filter(|media| media.caption.is_none()) {
            media.caption.clone_from(&caption);
        }
    }

    fn close_figures(&mut self) {
        while !self.open.figures.is_empty() {
            self.close_figure();
        }
    }

    fn source(&mut self, tag: &Tag<'_>) {
        let media_type = tag.attribute("type").and_then(|media_type| MediaType::parse(&media_type));
        let typed = |candidate: Candidate| Candidate { media_type: media_type.clone(), ..candidate };
        match &mut self.open.player {
            Some((_, sources)) if sources.len() < MOST_RENDITIONS => {
                sources
                    .extend(tag.attribute("src").map(|address| typed(Candidate::at(address.into_owned()))));
            }
            None if self.open.sources.len() < MOST_RENDITIONS => {
                self.open.sources.extend(candidates(tag).into_iter().map(typed));
            }
            _ => {}
        }
    }

    fn image(&mut self, tag: &Tag<'_>) {
        let mut all: Vec<Candidate> = Vec::new();
        all.extend(tag.attribute("src").map(|address| Candidate::at(address.into_owned())));
        all.append(&mut self.open.sources);
        all.extend(candidates(tag));
        let alt = text(tag, "alt");
        if all.first().is_none_or(|first| is_emoji(alt.as_deref(), &first.address)) {
            return;
        }
        self.push(all, tag, Medium::Image, alt);
    }

    fn close_player(&mut self) {
        let Some((tag, sources)) = self.open.player.take() else { return };
        let kind = if tag.name == "audio" { Medium::Audio } else { Medium::Video };
        self.push(sources, &tag, kind, None);
    }

    fn push(&mut self, candidates: Vec<Candidate>, tag: &Tag<'_>, kind: Medium, alt: Option<String>) {
        let is_known = |address: &str| {
            let known = self.cover.into_iter().chain(&self.found);
            known.into_iter().any(|media| media.file.url.as_str() == address)
        };
        if candidates.iter().any(|candidate| is_known(&candidate.address)) {
            return;
        }
        let declared = tag.pixels("width").zip(tag.pixels("height"));
        let mut files: Vec<MediaFile> = Vec::new();
        for candidate in candidates {
            let proportions = files.first().map_or(declared, |first| first.size);
            let is_taken = files.iter().any(|file| file.url.as_str() == candidate.address);
            if !is_taken && files.len() <= MOST_RENDITIONS {
                files.extend(self.file(candidate, kind, declared.filter(|_| files.is_empty()), proportions));
            }
        }
        let mut files = files.into_iter();
        let Some(file) = files.next() else { return };
        let is_dot = |size: Option<(u32, u32)>| size.is_some_and(|(width, height)| width <= 1 || height <= 1);
        if is_dot(file.size) || is_dot(declared) {
            return;
        }
        self.found.push(Media {
            renditions: files.collect(),
            title: text(tag, "title"),
            alt,
            poster: tag.attribute("poster").and_then(|address| Address::parse(&address)),
            ..Media::of(file)
        });
    }

    /// The size of a rendition of which only the width is known follows from the proportions of the first.
    fn file(
        &self,
        candidate: Candidate,
        kind: Medium,
        declared: Option<(u32, u32)>,
        proportions: Option<(u32, u32)>,
    ) -> Option<MediaFile> {
        let url = Address::parse(&candidate.address)?;
        let path = self.files.get(&candidate.address);
        let source = path.and_then(|path| self.links.open(path));
        let mut known = Known::default();
        match (source, kind) {
            (Some(mut source), Medium::Image) => {
                let measured = measure::picture(&mut source).ok().filter(|found| found.media_type.is_some());
                if let Some(measured) = measured {
                    known.length_bytes = Some(measured.length_bytes);
                    known.size = measured.size;
                    known.media_type = measured.media_type;
                }
            }
            (Some(source), _) => {
                if let Ok(measured) = recording::measure(source) {
                    known.length_bytes = Some(measured.length_bytes);
                    known.duration = measured.duration;
                }
            }
            (None, _) => {}
        }
        let named = || MediaType::of_name(url.as_str()).filter(|named| named.medium() == kind);
        let scaled = || {
            let ((width, height), across) = proportions.zip(candidate.width)?;
            let down = (u64::from(height) * u64::from(across)).checked_div(u64::from(width))?;
            Some((across, u32::try_from(down).ok().filter(|&down| down > 0)?))
        };
        Some(MediaFile {
            media_type: known
                .media_type
                .or(candidate.media_type.clone())
                .or_else(named)
                .unwrap_or(usual(kind)),
            length_bytes: known.length_bytes,
            size: known.size.or(declared).or_else(scaled),
            duration: known.duration,
            url,
        })
    }
}

impl Candidate {
    fn at(address: String) -> Candidate {
        Candidate { address, media_type: None, width: None }
    }
}

/// The candidates of an absolute `srcset`, in which no address holds a comma.
fn candidates(tag: &Tag<'_>) -> Vec<Candidate> {
    let srcset = tag.attribute("srcset").unwrap_or_default();
    let parts = srcset.split(", ").map(str::trim).filter(|part| !part.is_empty()).take(MOST_RENDITIONS);
    let candidate = |part: &str| {
        let (address, descriptor) = part.split_once(' ').unwrap_or((part, ""));
        let width = descriptor.strip_suffix('w').and_then(|width| width.parse().ok());
        Candidate { width, ..Candidate::at(address.to_owned()) }
    };
    parts.map(candidate).collect()
}

fn text(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.attribute(name).map(|text| crate::text::line(&text)).filter(|text| !text.is_empty())
}

/// A picture that stands for a sign in the text: its alternative text is that sign.
fn is_emoji(alt: Option<&str>, address: &str) -> bool {
    const LONGEST: usize = 12;
    let is_sign = |alt: &str| {
        let is_part = |c: char| c >= '\u{203c}' && !c.is_alphanumeric();
        alt.chars().count() <= LONGEST && alt.chars().all(is_part)
    };
    alt.is_some_and(is_sign) || ["/emoji/", "/emojis/", "/smilies/"].iter().any(|part| address.contains(part))
}

/// What most files of a kind are.
fn usual(kind: Medium) -> MediaType {
    MediaType::known(match kind {
        Medium::Audio => "audio/mpeg",
        Medium::Video => "video/mp4",
        Medium::Image | Medium::Document => "image/jpeg",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::index::name::View;
    use crate::newsroom::MemoryNewsroom;

    fn with_listed<Told>(html: &str, tell: impl Fn(&[Media]) -> Told) -> Told {
        let permalink = Address::parse("https://e.example/news/ferry/").unwrap();
        let site = Address::parse("https://e.example/").unwrap();
        let newsroom = MemoryNewsroom::of([("news/a.svg", "<svg width='30' height='20'/>")]);
        let catalog = Catalog::default();
        let links = Links {
            path: "news/ferry.md",
            permalink: permalink.clone(),
            site: &site,
            catalog: View::of(&catalog),
            newsroom: &newsroom,
            base: None,
            has_media: false,
        };
        let files = Files::from([("https://e.example/a.svg".to_owned(), "news/a.svg".to_owned())]);
        tell(&listed(html, &files, &links, None))
    }

    fn told(html: &str) -> Vec<String> {
        let file = |file: &MediaFile| {
            let size = file.size.map_or(String::new(), |(width, height)| format!(" {width}x{height}"));
            format!("{} {}{size}", file.url.path(), file.media_type)
        };
        let one = |media: &Media| {
            let texts =
                [&media.alt, &media.title, &media.caption].map(|text| text.clone().unwrap_or_default());
            let renditions: Vec<String> = media.renditions.iter().map(file).collect();
            format!("{} [{}] {}", file(&media.file), renditions.join(", "), texts.join("|"))
        };
        with_listed(html, |media| media.iter().map(one).collect())
    }

    #[test]
    fn pictures_and_what_is_said_of_them() {
        let html = "<p><img src=\"https://e.example/a.svg\" alt=\"A\" title=\"T\"></p>\
                    <figure><img src=\"https://e.example/b.png\" alt=\"\" width=\"8\" height=\"6\"><figcaption>At <b>sea</b></figcaption></figure>\
                    <img src=\"https://e.example/b.png\" alt=\"again\">";
        assert_eq!(told(html), ["/a.svg image/svg+xml 30x20 [] A|T|", "/b.png image/png 8x6 [] ||At sea"]);
    }

    #[test]
    fn renditions() {
        let html = "<picture><source srcset=\"https://e.example/a.avif\" type=\"image/avif\">\
                    <img src=\"https://e.example/a.jpg\" srcset=\"https://e.example/a.jpg 800w, https://e.example/b.jpg 1600w\" alt=\"\" width=\"800\" height=\"600\"></picture>";
        assert_eq!(
            told(html),
            ["/a.jpg image/jpeg 800x600 [/a.avif image/avif, /b.jpg image/jpeg 1600x1200] ||"]
        );
        let film = "<video poster=\"https://e.example/p.jpg\" width=\"640\" height=\"360\"><source src=\"https://e.example/f.webm\"><source src=\"https://e.example/f\" type=\"video/mp4\"></video>";
        assert_eq!(told(film), ["/f.webm video/webm 640x360 [/f video/mp4] ||"]);
        with_listed(film, |media| assert!(media[0].poster.is_some()));
    }

    #[test]
    fn what_only_decorates() {
        for html in [
            "<img src=\"https://t.example/?id=1\" width=\"1\" height=\"1\" alt=\"\">",
            "<img src=\"https://e.example/1f642.png\" alt=\"\u{1f642}\">",
            "<img src=\"https://s.example/images/core/emoji/x.png\" alt=\":-)\">",
            "<audio controls=\"\"></audio>",
            "<img alt=\"nothing\">",
        ] {
            assert_eq!(told(html), [""; 0], "{html}");
        }
    }

    #[test]
    fn any_number_of_them() {
        let one = |index: usize| format!("<figure><img src=\"https://e.example/{index}.jpg\" alt=\"\">");
        assert_eq!(told(&(0..100_000).map(one).collect::<String>()).len(), MOST_MEDIA);
        let same = "<figure><img src=\"https://e.example/a.jpg\" alt=\"\"><figcaption>x".repeat(100_000);
        assert_eq!(told(&same).len(), 1);
    }
}
