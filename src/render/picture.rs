//! The cover as readers get it: its address, what is known of the file, and a figure in the text.

use super::links::{Links, Target};
use crate::address::encode_segment;
use crate::article::markup::Markup;
use crate::article::{Cover, CoverSource};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::feed::{Media, MediaFile};
use crate::language::Language;
use crate::media_type::{MediaType, Medium};
use crate::newsroom::Extent;
use crate::text::escape_html;
use std::borrow::Cow;

/// Finds a cover. Where its file lies with the articles it is measured; elsewhere front matter is
/// believed, and nothing is fetched.
#[must_use]
pub fn picture(cover: &Cover, links: &Links<'_>) -> (Option<Media>, Option<Diagnostic>) {
    let missing = |at: Position, message: String, help: String| {
        Diagnostic::new(Code::MissingMedia, Location::new(links.path, at), message).help(help)
    };
    let fault = |message: String, help: &str| missing(cover.named_at, message, help.to_owned());
    let src = match &cover.src {
        CoverSource::Named(src) => in_images(src, links).map_or(Cow::Borrowed(src.as_str()), Cow::Owned),
        CoverSource::Beside(at) => match beside(links) {
            Some(name) => Cow::Owned(encode_segment(&name)),
            None => {
                let message = "the text has a caption for a cover, but no picture lies beside it".to_owned();
                let help = format!(
                    "put `{}.jpg` (or .png, .webp, .avif, .gif, .svg) beside the article, or name the \
                     picture in front matter: `cover: name.jpg`",
                    stems(links.path)[0]
                );
                return (None, Some(missing(*at, message, help)));
            }
        },
    };
    let url = match links.resolve(&src) {
        Target::Address(url) if matches!(url.scheme(), "http" | "https") => url,
        _ => {
            let message = format!("the cover `{src}` is no address of a picture");
            return (
                None,
                Some(fault(message, "name a file beside the article, a path on the site or a URL")),
            );
        }
    };
    let is_remote = src.contains("://") || src.starts_with("//");
    let file = if is_remote { None } else { links.path_of(src.split(['?', '#']).next().unwrap_or_default()) };
    let bytes = file.and_then(|file| links.newsroom.read(&file, Extent::Whole).ok());
    // A path from the site's root may be served from elsewhere; one beside the article cannot.
    let is_missing = bytes.is_none() && !is_remote && links.base.is_none() && !src.starts_with('/');
    let missing = is_missing.then(|| {
        let message = format!("the cover `{src}` does not lie with the article");
        fault(message, "put the file beside the article, or mend its name")
    });
    // What it is called on the site only its generator knows.
    if is_missing && src.starts_with("../") {
        return (None, missing);
    }
    // Hugo and Pelican take a path that is no file of the article's from the site's root.
    let from_root = (is_missing && src.trim_start_matches("./").contains('/'))
        .then(|| links.site.join(src.trim_start_matches("./")))
        .flatten();
    let missing = missing.filter(|_| from_root.is_none());
    let url = from_root.unwrap_or(url);
    let measured = bytes.as_deref().and_then(|bytes| imagesize::blob_size(bytes).ok());
    let measured =
        measured.and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
    let file = MediaFile {
        media_type: media_type(bytes.as_deref(), url.as_str()),
        length_bytes: bytes.map(|bytes| bytes.len() as u64),
        size: measured.or(cover.width.zip(cover.height)),
        duration: None,
        url,
    };
    let found = Media {
        alt: cover.alt.clone(),
        caption: cover.caption.clone(),
        credit: cover.credit.clone(),
        licence: cover.licence.clone(),
        ..Media::of(file)
    };
    (Some(found), missing)
}

/// Exports from WordPress name a cover alone and put it into `images/` beside the article.
fn in_images(src: &str, links: &Links<'_>) -> Option<String> {
    let is_there =
        |src: &str| links.path_of(src).is_some_and(|path| links.newsroom.read(&path, Extent::Whole).is_ok());
    let inside = format!("images/{src}");
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
    names.into_iter().find(|name| links.newsroom.read(&format!("{directory}{name}"), Extent::Whole).is_ok())
}

/// The names that a picture beside an article may have, without their endings: the article's own, the
/// same without its language, and `cover` in a bundle.
fn stems(path: &str) -> Vec<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = Markup::of(name).map_or(name, |(_, stem)| stem);
    let without_language =
        stem.rsplit_once('.').filter(|(_, suffix)| Language::of_directory(suffix).is_some());
    let bare = without_language.map_or(stem, |(bare, _)| bare);
    match bare {
        "index" => vec!["cover"],
        _ if bare == stem => vec![stem],
        _ => vec![stem, bare],
    }
}

/// What the bytes are, else what the name says, else the commonest.
fn media_type(bytes: Option<&[u8]>, url: &str) -> MediaType {
    use imagesize::{Compression, ImageType};
    let measured = match bytes.and_then(|bytes| imagesize::image_type(bytes).ok()) {
        Some(ImageType::Jpeg) => Some("image/jpeg"),
        Some(ImageType::Png) => Some("image/png"),
        Some(ImageType::Gif) => Some("image/gif"),
        Some(ImageType::Webp) => Some("image/webp"),
        Some(ImageType::Heif(Compression::Av1)) => Some("image/avif"),
        _ => None,
    };
    let named = || MediaType::of_name(url).filter(|named| named.medium() == Medium::Image);
    measured.map(MediaType::known).or_else(named).unwrap_or(MediaType::known("image/jpeg"))
}

/// The cover with its caption and credit, for the top of the content; nothing where the body opens
/// with the same picture.
#[must_use]
pub fn figure(cover: &Cover, picture: &Media, body: &str) -> String {
    if opens_with(body, picture) {
        return String::new();
    }
    let size = picture
        .file
        .size
        .map_or(String::new(), |(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
    let alt = escape_html(cover.alt.as_deref().unwrap_or_default());
    let image = format!("<img src=\"{}\" alt=\"{alt}\"{size}>", escape_html(picture.file.url.as_str()));
    let owed: Vec<&str> = [&cover.credit, &cover.licence].into_iter().flatten().map(String::as_str).collect();
    let credit = match owed[..] {
        [] => String::new(),
        _ => format!("<small>{}</small>", escape_html(&owed.join(", "))),
    };
    let caption = cover.caption.as_deref().map_or(Cow::Borrowed(""), |caption| escape_html(caption).into());
    let between = if caption.is_empty() || credit.is_empty() { "" } else { "<br>" };
    match (caption.is_empty(), credit.is_empty()) {
        (true, true) => format!("<figure>{image}</figure>\n"),
        _ => format!("<figure>{image}<figcaption>{caption}{between}{credit}</figcaption></figure>\n"),
    }
}

/// Does the content begin with this picture, before any text? Then a figure would show it twice.
fn opens_with(html: &str, picture: &Media) -> bool {
    let Some(start) = html.find("<img ") else { return false };
    let has_text_before = html[..start].split('<').any(|piece| {
        piece.split_once('>').map_or(!piece.trim().is_empty(), |(_, text)| !text.trim().is_empty())
    });
    let tag = html[start..].split('>').next().unwrap_or_default();
    !has_text_before && tag.contains(&format!("src=\"{}\"", escape_html(picture.file.url.as_str())))
}

/// Does the content show this picture anywhere, in whatever size? Sites serve one picture under many
/// addresses, and most of these end in one name.
#[must_use]
pub fn is_in(html: &str, picture: &Media) -> bool {
    let wanted = name_without_size(picture.file.url.as_str());
    let sources = html.match_indices("<img ").filter_map(|(start, _)| {
        let tag = html[start..].split('>').next()?;
        tag.split_once("src=\"")?.1.split('"').next()
    });
    !wanted.is_empty() && sources.map(name_without_size).any(|name| name == wanted)
}

/// `boat` of `https://e.example/boat-1200x800.jpg?w=600`.
fn name_without_size(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_size = |size: &str| {
        let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        size.split_once('x').is_some_and(|(width, height)| is_number(width) && is_number(height))
    };
    match stem.rsplit_once(['-', '_']) {
        Some((stem, size)) if is_size(size) => stem,
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;

    fn picture_at(url: &str) -> Media {
        Media::of(MediaFile {
            url: Address::parse(url).unwrap(),
            media_type: MediaType::known("image/jpeg"),
            length_bytes: None,
            size: Some((8, 6)),
            duration: None,
        })
    }

    #[test]
    fn figures() {
        let cover = Cover {
            src: CoverSource::Named("a.jpg".into()),
            alt: Some("A \"boat\"".into()),
            caption: Some("At sea".into()),
            credit: Some("Bo".into()),
            licence: Some("CC BY".into()),
            width: None,
            height: None,
            named_at: Position::START,
        };
        assert_eq!(
            figure(&cover, &picture_at("https://e.example/a.jpg"), "<p>Text</p>"),
            "<figure><img src=\"https://e.example/a.jpg\" alt=\"A &quot;boat&quot;\" width=\"8\" height=\"6\">\
             <figcaption>At sea<br><small>Bo, CC BY</small></figcaption></figure>\n"
        );
    }

    #[test]
    fn names_of_pictures_beside_an_article() {
        assert_eq!(stems("en/news/ferry.txt"), ["ferry"]);
        assert_eq!(stems("news/ferry.pt-br.txt"), ["ferry.pt-br", "ferry"]);
        assert_eq!(stems("news/v1.2.txt"), ["v1.2"]);
        assert_eq!(stems("news/ferry/index.ru.txt"), ["cover"]);
    }

    #[test]
    fn a_page_that_shows_the_cover_somewhere() {
        let picture = picture_at("https://cdn.example/2026/boat-1200x800.jpg?x=1");
        assert!(is_in("<p>Text</p><img alt=\"\" src=\"https://e.example/a_files/boat.webp\">", &picture));
        assert!(is_in("<img src=\"https://e.example/boat-800x533.jpg\">", &picture));
        assert!(!is_in("<img src=\"https://e.example/boat-yard.jpg\"><p>boat</p>", &picture));
    }

    #[test]
    fn a_body_that_opens_with_the_cover() {
        let picture = picture_at("https://e.example/a.jpg?x=1&y=2");
        assert!(opens_with(
            "<p>\n<img alt=\"\" src=\"https://e.example/a.jpg?x=1&amp;y=2\"></p><p>x</p>",
            &picture
        ));
        assert!(!opens_with("<p>Text <img src=\"https://e.example/a.jpg?x=1&amp;y=2\"></p>", &picture));
        assert!(!opens_with("<p><img src=\"https://e.example/b.jpg\"></p>", &picture));
    }
}
