//! Tags that stand for one thing: pictures, and what other sites show in a frame, which becomes a link.

use super::args::Args;
use crate::render::markdown;
use crate::text::{self, escape_html};

/// What a tag is in HTML. `None` where it is not known.
#[derive(Debug, PartialEq)]
pub enum Insert {
    /// It stands between other words.
    Inline(String),
    /// It stands alone.
    Block(String),
}

/// The HTML of a tag that needs nothing but its arguments.
#[must_use]
pub fn insert(name: &str, args: &Args) -> Option<Insert> {
    let name = name.to_ascii_lowercase().replace('-', "_");
    match name.as_str() {
        "figure" | "image" | "img" | "picture" => figure(args).map(Insert::Block),
        _ => embed(&name, args).map(Insert::Inline),
    }
}

/// A picture with its caption. `None` where there is no picture.
#[must_use]
pub fn figure(args: &Args) -> Option<String> {
    let src = args.get(&["src", "path", "url", "image", "file", "image_path"], 0)?;
    let caption = args.named(&["caption"]);
    let alt = match args.named(&["alt"]).or(caption) {
        Some(alt) => alt.to_owned(),
        None => args.at(1).unwrap_or_default().to_owned(),
    };
    let mut image = picture(src, &text::line(&alt), args);
    if let Some(link) = args.named(&["link", "href"]) {
        image = format!("<a href=\"{}\">{image}</a>", escape_html(link));
    }
    let mut words: Vec<String> = Vec::new();
    words.extend(args.named(&["title"]).map(|title| format!("<strong>{}</strong>", inline(title))));
    words.extend(caption.map(inline));
    if let Some(credit) = args.named(&["attr", "credit"]) {
        words.push(match args.named(&["attrlink"]) {
            Some(link) => format!("<a href=\"{}\">{}</a>", escape_html(link), escape_html(credit)),
            None => inline(credit),
        });
    }
    let caption = if words.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{}</figcaption>", words.join(" "))
    };
    Some(format!("<figure>{image}{caption}</figure>"))
}

/// A picture alone.
#[must_use]
pub fn picture(src: &str, alt: &str, args: &Args) -> String {
    let mut image = format!("<img src=\"{}\" alt=\"{}\"", escape_html(src), escape_html(alt));
    for name in ["width", "height"] {
        let pixels = args.named(&[name]).map(|value| value.trim_end_matches("px"));
        if let Some(pixels) = pixels.filter(|value| value.bytes().all(|byte| byte.is_ascii_digit())) {
            image.push_str(&format!(" {name}=\"{pixels}\""));
        }
    }
    image + ">"
}

/// Words of a caption, which are Markdown, on one line.
#[must_use]
pub fn inline(words: &str) -> String {
    let html = markdown::render(words, Some("")).html;
    let html = html.trim();
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    let one_line: Vec<&str> =
        inner.filter(|inner| !inner.contains("<p>")).unwrap_or(html).split_whitespace().collect();
    one_line.join(" ")
}

/// A link to what another site would have shown in a frame. Its text is the title, else the name of
/// that site, which is the same in every language.
fn embed(name: &str, args: &Args) -> Option<String> {
    let id = args.get(&["id", "videoid", "video", "url", "src", "link", "href"], 0);
    let is_url = |id: &str| id.starts_with("http://") || id.starts_with("https://") || id.starts_with("//");
    let site = site_of(name)?;
    let id = id?;
    let address = if is_url(id) { id.to_owned() } else { address(site, id, args)? };
    let text = args.named(&["title", "label", "caption", "alt"]).unwrap_or(site);
    Some(format!("<a href=\"{}\">{}</a>", escape_html(&address), escape_html(&text::line(text))))
}

/// What the sites are called whose frames generators know.
fn site_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "youtube" | "youtube_simple" | "youtube_lite" | "lite_youtube" | "youtubeembed" | "youtube_embed"
        | "liteyoutube" | "youtubelite" | "yt" => "YouTube",
        "vimeo" | "vimeo_simple" | "vimeoembed" => "Vimeo",
        "x" | "x_simple" | "tweet" | "twitter" | "twitter_simple" | "tweetembed" => "X",
        "instagram" | "instagram_simple" => "Instagram",
        "gist" => "GitHub Gist",
        "spotify" => "Spotify",
        "soundcloud" => "SoundCloud",
        "twitch" => "Twitch",
        "dailymotion" => "Dailymotion",
        "streamable" => "Streamable",
        "tiktok" => "TikTok",
        "facebook" => "Facebook",
        "mastodon" | "toot" => "Mastodon",
        "bluesky" | "bsky" => "Bluesky",
        "codepen" => "CodePen",
        "codesandbox" => "CodeSandbox",
        "stackblitz" => "StackBlitz",
        "jsfiddle" => "JSFiddle",
        "asciinema" => "asciinema",
        "speakerdeck" => "Speaker Deck",
        "bilibili" => "Bilibili",
        _ => return None,
    })
}

/// Where the thing with this name is on its site. `None` where its name does not say.
fn address(site: &str, id: &str, args: &Args) -> Option<String> {
    let second = args.at(1);
    Some(match site {
        "YouTube" if id.starts_with("PL") && id.len() > 14 => {
            format!("https://www.youtube.com/playlist?list={id}")
        }
        "YouTube" => format!("https://www.youtube.com/watch?v={id}"),
        "Vimeo" => format!("https://vimeo.com/{id}"),
        "X" => match (args.named(&["user"]), second) {
            (Some(user), _) => format!("https://x.com/{user}/status/{id}"),
            (None, Some(status)) => format!("https://x.com/{id}/status/{status}"),
            (None, None) => format!("https://x.com/i/status/{id}"),
        },
        "Instagram" => format!("https://www.instagram.com/p/{id}/"),
        // Hugo writes `gist user id`, Jekyll `gist user/id` or `gist id`; a file may follow.
        "GitHub Gist" => match second.filter(|_| !id.contains('/')) {
            Some(second) if !second.contains('.') => format!("https://gist.github.com/{id}/{second}"),
            _ => format!("https://gist.github.com/{id}"),
        },
        "Spotify" => match (args.named(&["type"]), second) {
            (Some(kind), _) => format!("https://open.spotify.com/{kind}/{id}"),
            (None, Some(second)) => format!("https://open.spotify.com/{id}/{second}"),
            (None, None) if id.contains('/') => format!("https://open.spotify.com/{id}"),
            (None, None) => format!("https://open.spotify.com/track/{id}"),
        },
        "SoundCloud" => format!("https://soundcloud.com/{id}"),
        "Twitch" => format!("https://www.twitch.tv/videos/{id}"),
        "Dailymotion" => format!("https://www.dailymotion.com/video/{id}"),
        "Streamable" => format!("https://streamable.com/{id}"),
        "CodePen" => {
            let user = args.named(&["user"]).or(second.filter(|second| !second.contains('|')));
            format!("https://codepen.io/{}/pen/{id}", user.unwrap_or("anon"))
        }
        "CodeSandbox" => format!("https://codesandbox.io/s/{id}"),
        "StackBlitz" => format!("https://stackblitz.com/edit/{id}"),
        "JSFiddle" => format!("https://jsfiddle.net/{id}/"),
        "asciinema" => format!("https://asciinema.org/a/{id}"),
        "Bilibili" => format!("https://www.bilibili.com/video/{id}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inserted(name: &str, args: &str) -> String {
        match insert(name, &Args::of(args)).unwrap() {
            Insert::Inline(html) | Insert::Block(html) => html,
        }
    }

    #[test]
    fn figures() {
        assert_eq!(
            inserted("figure", "src=a.jpg caption=\"By [Ann](/ann/) & *Bo*\" width=300px height=50%"),
            "<figure><img src=\"a.jpg\" alt=\"By [Ann](/ann/) &amp; *Bo*\" width=\"300\">\
             <figcaption>By <a href=\"/ann/\">Ann</a> &amp; <em>Bo</em></figcaption></figure>"
        );
        assert_eq!(
            inserted("figure", "src=a.jpg alt=A title=T attr=\"Ann\" attrlink=/ann link=/big.jpg"),
            "<figure><a href=\"/big.jpg\"><img src=\"a.jpg\" alt=\"A\"></a>\
             <figcaption><strong>T</strong> <a href=\"/ann\">Ann</a></figcaption></figure>"
        );
        assert_eq!(insert("figure", &Args::of("alt=x")), None);
    }

    #[test]
    fn frames_become_links() {
        let link = |address: &str, text: &str| format!("<a href=\"{address}\">{text}</a>");
        assert_eq!(inserted("youtube", "abc"), link("https://www.youtube.com/watch?v=abc", "YouTube"));
        assert_eq!(inserted("Vimeo", "id=1 title='A ferry'"), link("https://vimeo.com/1", "A ferry"));
        assert_eq!(inserted("x", "user=ann id=12"), link("https://x.com/ann/status/12", "X"));
        assert_eq!(inserted("gist", "ann 12 a.rs"), link("https://gist.github.com/ann/12", "GitHub Gist"));
        assert_eq!(inserted("gist", "ann/12 a.rs"), link("https://gist.github.com/ann/12", "GitHub Gist"));
        assert_eq!(inserted("spotify", "album 12"), link("https://open.spotify.com/album/12", "Spotify"));
        assert_eq!(inserted("tiktok", "url=https://t.example/1"), link("https://t.example/1", "TikTok"));
        assert_eq!(insert("chart", &Args::of("a")), None);
    }
}
