//! What plays an article's recordings in the content, for readers that show no enclosures.

use crate::feed::Media;
use crate::media_type::Medium;
use crate::text::escape_html;
use percent_encoding::percent_decode_str;

/// A player for each recording and a link to each document that the body does not have itself.
#[must_use]
pub fn players(enclosures: &[Media], body: &str) -> String {
    enclosures.iter().filter_map(|media| player(media, body)).collect()
}

/// A player for a recording, a link to a document; nothing where the body has it. Readers that show
/// enclosures too (FreshRSS) leave out those whose address stands in the content.
#[must_use]
pub fn player(media: &Media, body: &str) -> Option<String> {
    let url = escape_html(media.file.url.as_str());
    let medium = media.file.media_type.medium();
    if medium == Medium::Image || body.contains(&format!("\"{url}\"")) {
        return None;
    }
    let name = file_name(media.file.url.as_str());
    let link = |text: &str| format!("<a href=\"{url}\">{}</a>", escape_html(text));
    // Programs that strip the player show its link, and then the caption, which has the title.
    let within = link(&name);
    let caption = media
        .title
        .as_deref()
        .map_or(String::new(), |title| format!("<figcaption>{}</figcaption>", escape_html(title)));
    // Nobody's reader should fetch every recording of a feed.
    let player = match medium {
        Medium::Audio => format!("<audio src=\"{url}\" controls preload=\"none\">{within}</audio>"),
        Medium::Video => {
            let poster = media
                .poster
                .as_ref()
                .map_or(String::new(), |poster| format!(" poster=\"{}\"", escape_html(poster.as_str())));
            let size = media
                .file
                .size
                .map_or(String::new(), |(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
            format!("<video src=\"{url}\" controls preload=\"none\"{poster}{size}>{within}</video>")
        }
        _ => return Some(format!("<p>{}</p>\n", link(media.title.as_deref().unwrap_or(&name)))),
    };
    Some(format!("<figure>{player}{caption}</figure>\n"))
}

/// `bell.mp3` of `https://e.example/audio/bell.mp3?x=1`, as people read it.
fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
    crate::text::line(&percent_decode_str(name).decode_utf8_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::feed::MediaFile;
    use crate::media_type::MediaType;

    fn media(url: &str) -> Media {
        Media::of(MediaFile {
            url: Address::parse(url).unwrap(),
            media_type: MediaType::of_name(url).unwrap(),
            length_bytes: None,
            size: None,
            duration: None,
        })
    }

    #[test]
    fn each_in_its_own_way() {
        let bell = Media { title: Some("A <bell>".to_owned()), ..media("https://e.example/b.mp3?x=1&y=2") };
        assert_eq!(
            players(&[bell, media("https://e.example/%D1%8F.pdf"), media("https://e.example/a.jpg")], ""),
            "<figure><audio src=\"https://e.example/b.mp3?x=1&amp;y=2\" controls preload=\"none\">\
             <a href=\"https://e.example/b.mp3?x=1&amp;y=2\">b.mp3</a></audio>\
             <figcaption>A &lt;bell&gt;</figcaption></figure>\n\
             <p><a href=\"https://e.example/%D1%8F.pdf\">я.pdf</a></p>\n"
        );
    }

    #[test]
    fn what_the_body_plays_is_not_played_twice() {
        let body = "<p>Listen:</p><audio controls><source src=\"https://e.example/b.mp3\"></audio>";
        assert_eq!(players(&[media("https://e.example/b.mp3")], body), "");
    }
}
