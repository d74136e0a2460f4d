//! Recordings and files that come with an article, as readers get them: their addresses, and what is
//! measured of those that lie with it.

use super::links::{Links, Target};
use super::located::locate;
use super::recording::{Container, Measured, as_medium, measure, usual_word};
use crate::address::Address;
use crate::article::Enclosure;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::feed::{Media, MediaFile};
use crate::media_type::{MediaType, Medium};
use std::collections::BTreeSet;
use std::time::Duration;

/// The enclosures of an article.
pub struct Enclosures {
    /// Recordings first: RSS takes one, and programs play that.
    pub media: Vec<Media>,
    /// Of the first of them, where front matter names it, and whether it has been told that it is not there.
    pub first: Option<(Position, bool)>,
}

/// All enclosures of an article. Where a file lies with the articles it is measured; elsewhere front
/// matter is believed, and nothing is fetched.
pub fn enclosures(
    declared: &[Enclosure],
    links: &Links<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Enclosures {
    let mut finding = Finding { links, diagnostics };
    let found = declared.iter().filter_map(|enclosure| {
        let (media, is_missing) = finding.media(enclosure)?;
        Some((media, (enclosure.named_at, is_missing)))
    });
    let mut seen = BTreeSet::new();
    let mut found: Vec<_> = found.filter(|(media, _)| seen.insert(media.file.url.clone())).collect();
    found.sort_by_key(|(media, _)| !is_recording(media));
    let first = found.first().map(|(_, first)| *first);
    Enclosures { media: found.into_iter().map(|(media, _)| media).collect(), first }
}

/// Is it to be listened to or to be watched?
fn is_recording(media: &Media) -> bool {
    matches!(media.file.media_type.medium(), Medium::Audio | Medium::Video)
}

struct Finding<'a> {
    links: &'a Links<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// Where an enclosure is, and what was measured of it.
struct Found {
    url: Address,
    measured: Option<Measured>,
    is_missing: bool,
}

impl Finding<'_> {
    fn tell(&mut self, code: Code, at: Position, message: String, help: impl Into<String>) {
        let fault = Diagnostic::new(code, Location::new(self.links.path, at), message);
        self.diagnostics.push(fault.help(help));
    }

    /// The recording, and whether it has been told that it is not there.
    fn media(&mut self, enclosure: &Enclosure) -> Option<(Media, bool)> {
        let found = self.find(enclosure)?;
        let is_missing = found.is_missing;
        let media_type = self.media_type(enclosure, &found)?;
        let measured = found.measured.unwrap_or_default();
        let file = MediaFile {
            url: found.url,
            media_type,
            length_bytes: self.length(enclosure, &measured),
            size: enclosure.size,
            duration: self.duration(enclosure, &measured),
        };
        let poster = enclosure.poster.as_ref().and_then(|poster| match self.links.resolve(poster) {
            Target::Address(poster) if matches!(poster.scheme(), "http" | "https") => Some(poster),
            _ => None,
        });
        Some((Media { title: enclosure.title.clone(), poster, ..Media::of(file) }, is_missing))
    }

    fn find(&mut self, enclosure: &Enclosure) -> Option<Found> {
        let located = locate(&enclosure.src, enclosure.named_at, self.links, self.diagnostics)?;
        let measured = located.source.and_then(|source| measure(source).ok());
        Some(Found { url: located.url, measured, is_missing: located.is_missing })
    }

    /// What the bytes are; of several types that fit them the one of the name, then that of the front
    /// matter. Where the bytes are not known or do not tell, front matter wins over the name.
    fn media_type(&mut self, enclosure: &Enclosure, found: &Found) -> Option<MediaType> {
        let named = MediaType::of_name(found.url.as_str()).filter(|named| !is_page(named));
        let given = enclosure.media_type.as_ref().map(|(given, at)| (usual_word(given), *at));
        let Some(container) = found.measured.as_ref().and_then(|measured| measured.container) else {
            if let Some(measured) = &found.measured {
                self.tell_unlike(enclosure, measured, named.as_ref());
            }
            return self.unmeasured_type(enclosure, named, given);
        };
        let fits = |media_type: &&MediaType| container.fits(media_type);
        let of_bytes = || as_medium(container.usual(), enclosure.medium);
        let media_type =
            match (named.as_ref().filter(fits), given.as_ref().map(|(given, _)| given).filter(fits)) {
                (Some(named), _) => as_medium(named.clone(), enclosure.medium),
                (None, Some(given)) => given.clone(),
                (None, None) => of_bytes(),
            };
        if let Some(named) = named.filter(|named| !container.fits(named)) {
            let message =
                format!("`{}` is `{media_type}` by its bytes, but its name says `{named}`", enclosure.src);
            self.tell(
                Code::MediaTypeMismatch,
                enclosure.named_at,
                message,
                "give the file the ending of what it is",
            );
        }
        if let Some((given, at)) = given.filter(|(given, _)| !is_near(container, given, &media_type)) {
            let message = format!("the file is `{media_type}`, but front matter says `{given}`");
            self.tell(Code::MediaContradiction, at, message, "the file counts: delete the type");
        }
        Some(media_type)
    }

    /// An empty file, or the page with which a server said that there is none.
    fn tell_unlike(&mut self, enclosure: &Enclosure, measured: &Measured, named: Option<&MediaType>) {
        let Some(named) = named.filter(|named| Container::is_known(named)) else { return };
        let src = &enclosure.src;
        let message = match measured.length_bytes {
            0 => format!("`{src}` is empty"),
            _ => format!("`{src}` does not begin as a file of type `{named}` does"),
        };
        self.tell(
            Code::MediaTypeMismatch,
            enclosure.named_at,
            message,
            "does the file play? put the right one there",
        );
    }

    fn unmeasured_type(
        &mut self,
        enclosure: &Enclosure,
        named: Option<MediaType>,
        given: Option<(MediaType, Position)>,
    ) -> Option<MediaType> {
        let named = named.map(|named| as_medium(named, enclosure.medium));
        match (named, given) {
            (Some(named), Some((given, at))) => {
                let is_same = is_same(&named, &given);
                if !is_same {
                    let message = format!(
                        "`{}` is `{named}` by its name, but front matter says `{given}`",
                        enclosure.src
                    );
                    let help = "podcast programs go by either: let both say the same";
                    self.tell(Code::MediaTypeMismatch, at, message, help);
                }
                Some(if is_same { named } else { given })
            }
            (Some(named), None) => Some(named),
            (None, Some((given, _))) => Some(given),
            (None, None) => {
                let message = format!("nothing says what `{}` is", enclosure.src);
                let help = "write a map with `src` and `type`, such as `audio/mpeg`";
                self.tell(Code::UnclearMedia, enclosure.named_at, message, help);
                None
            }
        }
    }

    fn length(&mut self, enclosure: &Enclosure, measured: &Measured) -> Option<u64> {
        let Some((given, at)) = enclosure.length_bytes else {
            return Some(measured.length_bytes).filter(|&length| length > 0);
        };
        if measured.length_bytes == 0 {
            return Some(given);
        }
        if given != measured.length_bytes {
            let message =
                format!("the file has {} bytes, but front matter says {given}", measured.length_bytes);
            self.tell(Code::MediaContradiction, at, message, "the file counts: delete the length");
        }
        Some(measured.length_bytes)
    }

    fn duration(&mut self, enclosure: &Enclosure, measured: &Measured) -> Option<Duration> {
        let given = enclosure.duration;
        if let (Some(measured), Some((given, at))) = (measured.duration, given) {
            // People round, and some headers only estimate.
            let tolerance = Duration::from_secs(2).max(measured / 20);
            if measured.abs_diff(given) > tolerance {
                let (measured, given) = (measured.as_secs(), given.as_secs());
                let message = format!("the file plays for {measured} seconds, but front matter says {given}");
                self.tell(Code::MediaContradiction, at, message, "the file counts: delete the duration");
            }
        }
        let whole = |given: Duration| Duration::from_secs(given.as_secs_f64().round() as u64);
        measured.duration.or(given.map(|(given, _)| whole(given))).filter(|duration| !duration.is_zero())
    }
}

/// The ending of a page says nothing of a recording behind it: `play.php`.
fn is_page(media_type: &MediaType) -> bool {
    matches!(media_type.as_str(), "text/html" | "application/x-httpd-php" | "text/x-php")
}

/// Two words for one thing.
fn is_same(one: &MediaType, other: &MediaType) -> bool {
    const M4A: &[&str] = &["audio/x-m4a", "audio/mp4", "audio/x-m4b"];
    let both = |words: &[&str]| words.contains(&one.as_str()) && words.contains(&other.as_str());
    one == other || both(M4A) || both(&["audio/ogg", "application/ogg", "video/ogg"])
}

/// Is what front matter says no contradiction to what the file is?
fn is_near(container: Container, given: &MediaType, media_type: &MediaType) -> bool {
    is_same(given, media_type) || (container.fits(given) && given.medium() == media_type.medium())
}
