//! WordPress's shortcodes in exported articles: `[caption]`, `[gallery]`, `[embed]`, `[video]`. Any other
//! word in brackets may be text.

use super::args::Args;
use super::expander::Expander;
use super::frame::FrameKind;
use super::insert::{self, Insert};
use crate::text::escape_html;

/// Nobody writes longer ones.
const LONGEST: usize = 4_000;

/// What may stand around a picture in its caption.
const AROUND: &[&str] = &["<p>", "</p>", "<br>", "<br/>", "<br />"];

impl<'a> Expander<'a> {
    /// A shortcode that begins here. True where there was one.
    pub(super) fn bracketed(&mut self) -> bool {
        let Some((name, arguments, end)) = opening(self.source, self.at) else { return false };
        let args = Args::of(arguments);
        match name {
            "caption" | "wp_caption" => {
                let close = if name == "caption" { "[/caption]" } else { "[/wp_caption]" };
                let Some((inner, end)) = self.between(end, close) else { return false };
                match captioned(inner, &args) {
                    Some(figure) => self.put(Insert::Block(figure), end),
                    // The export has lost the picture; its words stay.
                    None if args.named(&["id", "width"]).is_some() => {
                        self.put(Insert::Inline(inner.trim().to_owned()), end);
                    }
                    None => return false,
                }
            }
            "gallery" => {
                self.leave_out(format!("[{name}]"));
                self.at = end;
            }
            "embed" => {
                let Some((address, end)) = self.between(end, "[/embed]") else { return false };
                let Some(link) = link(address, &args) else { return false };
                self.put(Insert::Inline(link), end);
            }
            "video" | "audio" => {
                let close = if name == "video" { "[/video]" } else { "[/audio]" };
                let Some(address) = args.named(MEDIA) else { return false };
                let Some(link) = link(address, &args) else { return false };
                let after = end;
                let end = self.between(after, close).filter(|(inner, _)| inner.trim().is_empty());
                let end = end.map_or(after, |(_, end)| end);
                self.put(Insert::Inline(link), end);
            }
            "youtube" | "vimeo" => {
                let arguments = arguments.trim_start_matches('=');
                let Some(insert) = insert::insert(name, &Args::of(&quoted_address(arguments))) else {
                    return false;
                };
                self.put(insert, end);
            }
            // The quotations of forums; without its end the word is text.
            _ => {
                if self.ahead("[/quote]", end).is_none() {
                    return false;
                }
                self.open_frame(FrameKind::Tag("[quote]".to_owned()), "<blockquote>", "</blockquote>");
                self.at = end;
            }
        }
        true
    }

    /// The end of a quotation that was opened.
    pub(super) fn end_of_quote(&mut self) -> bool {
        let is_open =
            self.frames.iter().any(|frame| matches!(&frame.kind, FrameKind::Tag(name) if name == "[quote]"));
        if !is_open || !self.source[self.at..].starts_with("[/quote]") {
            return false;
        }
        self.at += "[/quote]".len();
        self.close_tag(|kind| matches!(kind, FrameKind::Tag(name) if name == "[quote]"));
        true
    }

    /// What stands before the next `close`, and where that ends.
    fn between(&mut self, start: usize, close: &'static str) -> Option<(&'a str, usize)> {
        let end = self.ahead(close, start).filter(|end| end - start <= LONGEST)?;
        Some((&self.source[start..end], end + close.len()))
    }
}

/// How players are told what to play.
const MEDIA: &[&str] = &["src", "mp4", "m4v", "webm", "ogv", "mov", "mp3", "m4a", "ogg", "wav", "flac"];

const NAMES: &[&str] =
    &["caption", "wp_caption", "gallery", "embed", "video", "audio", "youtube", "vimeo", "quote"];

/// The name and the arguments of the shortcode that begins here, and where its tag ends. A link has the
/// same brackets, and something behind them; one that is escaped has two.
fn opening(source: &str, at: usize) -> Option<(&'static str, &str, usize)> {
    let inner = &source[at + 1..];
    let is_word = |c: char| c.is_ascii_lowercase() || c == '_';
    let word = &inner[..inner.find(|c| !is_word(c)).unwrap_or(inner.len()).min(20)];
    let name = NAMES.iter().find(|name| **name == word)?;
    let rest = &inner[word.len()..];
    if !rest.starts_with([' ', ']', '=']) || source[..at].ends_with(['[', '!', ']', '\\']) {
        return None;
    }
    let window = &rest.as_bytes()[..rest.len().min(LONGEST)];
    let length = window.iter().position(|byte| matches!(byte, b']' | b'\n' | b'['))?;
    let behind = &rest[length..];
    let after = behind.strip_prefix(']')?;
    let is_tag = after.starts_with("[/") || !after.starts_with(['(', '[', ':', ']']);
    is_tag.then(|| (*name, &rest[..length], at + 1 + word.len() + length + 1))
}

/// The picture of a caption with its words.
fn captioned(inner: &str, args: &Args) -> Option<String> {
    let html = if inner.contains("<img") { inner.to_owned() } else { insert::inline(inner) };
    let inner = html.as_str();
    let start = inner.find("<img")?;
    let end = start + inner[start..].find('>')? + 1;
    let (mut start, mut end) = (start, end);
    let before = inner[..start].trim_end();
    let after = inner[end..].trim_start();
    // The picture may be a link.
    if let (Some(link), true) = (before.rfind("<a "), after.starts_with("</a>")) {
        start = link;
        end = inner.len() - after.len() + "</a>".len();
    }
    let mut words = format!("{} {}", &inner[..start], &inner[end..]);
    for tag in AROUND {
        words = words.replace(tag, " ");
    }
    let words = if words.trim().is_empty() { args.named(&["caption"]).unwrap_or_default() } else { &words };
    let picture = &inner[start..end];
    let words = insert::inline(words.trim());
    let caption = if words.is_empty() { String::new() } else { format!("<figcaption>{words}</figcaption>") };
    Some(format!("<figure>{}{caption}</figure>", picture.replace('\n', " ")))
}

/// A link to what a player would have played.
fn link(address: &str, args: &Args) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '[')) {
        return None;
    }
    let words = args.named(&["title", "caption"]).unwrap_or(address);
    Some(format!("<a href=\"{}\">{}</a>", escape_html(&address.replace("&amp;", "&")), escape_html(words)))
}

/// An address has signs in it that end an argument.
fn quoted_address(arguments: &str) -> String {
    match arguments.split_whitespace().next() {
        Some(address) if address.contains("://") && !address.contains(['"', '\'']) => {
            format!("\"{address}\"")
        }
        _ => arguments.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_and_links() {
        assert_eq!(opening("[gallery ids=\"1\"] a", 0), Some(("gallery", " ids=\"1\"", 17)));
        for text in ["[video](a.mp4)", "[quote][1]", "[quote]: a", "[[gallery]]", "[videos]", "[quote", "[a]"]
        {
            let at = usize::from(text.starts_with("[["));
            assert_eq!(opening(text, at), None, "{text}");
        }
    }

    #[test]
    fn captions() {
        let args = Args::of("width=\"300\" caption='Old'");
        assert_eq!(
            captioned("<a href=\"b\"><img src=\"a\"></a> The *new* pier", &args).as_deref(),
            Some(
                "<figure><a href=\"b\"><img src=\"a\"></a><figcaption>The <em>new</em> pier</figcaption></figure>"
            )
        );
        assert_eq!(
            captioned("<p><img src=\"a\" /></p>", &args).as_deref(),
            Some("<figure><img src=\"a\" /><figcaption>Old</figcaption></figure>")
        );
        assert_eq!(
            captioned("![A](a.jpg) Pier", &args).as_deref(),
            Some("<figure><img src=\"a.jpg\" alt=\"A\" /><figcaption>Pier</figcaption></figure>")
        );
        assert_eq!(captioned("words", &args), None);
    }
}
