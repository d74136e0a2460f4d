//! The cover as readers get it: its address, and what is known of the file.

use super::links::Links;
use super::located::{self, Located};
use crate::address::encode_segment;
use crate::article::markup::Markup;
use crate::article::{Cover, CoverSource};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::feed::{Media, MediaFile};
use crate::language::Language;
use crate::measure::{self, Measured};
use crate::media_type::{MediaType, Medium};
use std::borrow::Cow;

/// Finds a cover. A file that can be looked at is measured; elsewhere front matter is believed, and
/// nothing is fetched.
#[must_use]
pub fn picture(cover: &Cover, links: &Links<'_>) -> (Option<Media>, Vec<Diagnostic>) {
    let fault = |code, at: Position, message: String, help: &str| {
        Diagnostic::new(code, Location::new(links.path, at), message).help(help)
    };
    let missing = |message: String, help: &str| fault(Code::MissingMedia, cover.named_at, message, help);
    let src = match &cover.src {
        CoverSource::Named(src) => in_images(src, links).map_or(Cow::Borrowed(src.as_str()), Cow::Owned),
        CoverSource::Beside(at) => match beside(links) {
            Some(name) => Cow::Owned(encode_segment(&name).into_owned()),
            None => {
                let message = "the text has a caption for a cover, but no picture lies beside it".to_owned();
                let help = format!(
                    "put `{}.jpg` (or .png, .webp, .avif, .gif, .svg) beside the article, or name the \
                     picture in front matter: `cover: name.jpg`",
                    stems(links.path)[0]
                );
                return (None, vec![fault(Code::MissingMedia, *at, message, &help)]);
            }
        },
    };
    let Some(Located { url, source, is_missing }) = located::find(&src, links) else {
        let message = format!("the cover `{src}` is no address of a picture");
        let help = "name a file beside the article, a path on the site or a URL without a user name";
        return (None, vec![missing(message, help)]);
    };
    if let Some(kind @ (Medium::Audio | Medium::Video)) =
        MediaType::of_name(url.as_str()).map(|known| known.medium())
    {
        let message = format!("the cover `{src}` is no picture, but {} by its name", kind.as_str());
        let help = format!("name it as `{}: {src}`, and a picture as the cover", kind.as_str());
        return (None, vec![fault(Code::MediaTypeMismatch, cover.named_at, message, &help)]);
    }
    if is_missing {
        let message = format!("the cover `{src}` does not lie with the article");
        let fault = missing(message, "put the file beside the article, or mend its name");
        let picture = located::keeps_address(&src).then(|| described(cover, unmeasured(cover, url)));
        return (picture, vec![fault]);
    }
    let measured = source.and_then(|mut source| measure::picture(&mut source).ok());
    let Some(measured) = measured else {
        return (Some(described(cover, unmeasured(cover, url))), Vec::new());
    };
    let found = measured_fault(&src, &measured);
    let faults = found.map(|(code, message, help)| fault(code, cover.named_at, message, help));
    // What is no picture has the length of something else: of a page that says so, of a pointer to it.
    let file = if measured.media_type.is_none() {
        unmeasured(cover, url)
    } else {
        let unmeasured = unmeasured(cover, url);
        MediaFile {
            media_type: measured.media_type.unwrap_or(unmeasured.media_type),
            length_bytes: Some(measured.length_bytes),
            size: measured.size.or(unmeasured.size),
            ..unmeasured
        }
    };
    (Some(described(cover, file)), faults.into_iter().collect())
}

fn unmeasured(cover: &Cover, url: crate::address::Address) -> MediaFile {
    let named = MediaType::of_name(url.as_str()).filter(|named| named.medium() == Medium::Image);
    MediaFile {
        // Most pictures are photographs.
        media_type: named.unwrap_or(MediaType::known("image/jpeg")),
        length_bytes: None,
        size: cover.width.zip(cover.height),
        duration: None,
        url,
    }
}

fn described(cover: &Cover, file: MediaFile) -> Media {
    Media {
        alt: cover.alt.clone(),
        caption: cover.caption.clone(),
        credit: cover.credit.clone(),
        licence: cover.licence.clone(),
        ..Media::of(file)
    }
}

/// Google asks for so many pixels, width times height, before it shows the picture of an article (Search
/// Central, "Article structured data", `image`); previews elsewhere want no fewer.
const FEWEST_PIXELS: u64 = 50_000;

/// What is wrong with a picture that was looked at.
fn measured_fault(src: &str, measured: &Measured) -> Option<(Code, String, &'static str)> {
    let named = MediaType::of_name(src);
    match (&measured.media_type, measured.size) {
        (None, _) if measured.length_bytes == 0 => Some((
            Code::UnreadablePicture,
            format!("the cover `{src}` is an empty file"),
            "put the picture in its place",
        )),
        (None, _) => Some((
            Code::UnreadablePicture,
            format!("the cover `{src}` is no picture that feedmill knows"),
            "open it in a browser: it may be a page with an error, or a pointer of Git LFS",
        )),
        (Some(found), _) if named.as_ref().is_some_and(|named| named != found) => Some((
            Code::MediaTypeMismatch,
            format!("the cover `{src}` is `{found}`, and not what its name says"),
            "rename it: servers and readers that go by the name cannot show it",
        )),
        (Some(found), None) if found.as_str() != "image/svg+xml" => Some((
            Code::UnreadablePicture,
            format!("the cover `{src}` has no size that can be read"),
            "it may have been cut short: export it anew",
        )),
        (Some(found), Some((width, height)))
            if found.as_str() != "image/svg+xml" && u64::from(width) * u64::from(height) < FEWEST_PIXELS =>
        {
            Some((
                Code::SmallPicture,
                format!(
                    "the cover `{src}` has {width} × {height} pixels, which is too small to be shown large"
                ),
                "take one of 1200 pixels or more in width; fewer than 50,000 pixels in all are passed over",
            ))
        }
        _ => None,
    }
}

/// Exports from WordPress name a cover alone and put it into `images/` beside the article.
fn in_images(src: &str, links: &Links<'_>) -> Option<String> {
    let inside = format!("images/{src}");
    let is_there = |src: &str| links.path_of(src).is_some_and(|path| links.open(&path).is_some());
    (!src.contains('/') && !is_there(src) && is_there(&inside)).then_some(inside)
}

/// Endings of pictures, the one that counts first.
const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "webp", "avif", "gif", "svg"];

/// The picture that lies beside an article under its name.
fn beside(links: &Links<'_>) -> Option<String> {
    let directory =
        links.path.rsplit_once('/').map_or(String::new(), |(directory, _)| format!("{directory}/"));
    let names =
        stems(links.path).into_iter().flat_map(|stem| ENDINGS.iter().map(move |end| format!("{stem}.{end}")));
    names.into_iter().find(|name| links.open(&format!("{directory}{name}")).is_some())
}

/// The names that a picture beside an article may have, without their endings: the article's own, the
/// same without its language, and `cover` in a bundle, which Hugo's themes call `featured`.
fn stems(path: &str) -> Vec<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = Markup::of(name).map_or(name, |(_, stem)| stem);
    let without_language =
        stem.rsplit_once('.').filter(|(_, suffix)| Language::of_directory(suffix).is_some());
    let bare = without_language.map_or(stem, |(bare, _)| bare);
    match bare {
        "index" => vec!["cover", "featured", "feature"],
        _ if bare == stem => vec![stem],
        _ => vec![stem, bare],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pictures_beside_an_article() {
        assert_eq!(stems("en/news/ferry.txt"), ["ferry"]);
        assert_eq!(stems("news/ferry.pt-br.txt"), ["ferry.pt-br", "ferry"]);
        assert_eq!(stems("news/v1.2.txt"), ["v1.2"]);
        assert_eq!(stems("news/ferry/index.ru.txt")[0], "cover");
    }

    #[test]
    fn what_is_wrong_with_a_file() {
        let of = |src, kind: Option<&'static str>, size| {
            let measured = Measured { length_bytes: 9, media_type: kind.map(MediaType::known), size };
            measured_fault(src, &measured).map(|(code, ..)| code)
        };
        assert_eq!(of("a.jpg", Some("image/jpeg"), Some((1200, 675))), None);
        assert_eq!(of("a", Some("image/jpeg"), Some((250, 200))), None);
        assert_eq!(of("a.jpg", Some("image/jpeg"), Some((200, 200))), Some(Code::SmallPicture));
        assert_eq!(of("a.jpg", Some("image/png"), Some((1, 1))), Some(Code::MediaTypeMismatch));
        assert_eq!(of("a.jpg", Some("image/jpeg"), None), Some(Code::UnreadablePicture));
        assert_eq!(of("a.jpg", None, None), Some(Code::UnreadablePicture));
        assert_eq!(of("a.svg", Some("image/svg+xml"), Some((9, 9))), None);
        assert_eq!(of("a.svg", Some("image/svg+xml"), None), None);
    }
}
