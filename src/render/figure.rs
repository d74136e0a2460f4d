//! The cover in the content, once: above the text, or where the text shows it already.

use super::around::link;
use super::tags::{Tag, tags, text_of};
use crate::article::markup::Markup;
use crate::feed::Media;
use crate::terms::Licence;
use crate::text::{escape_html, line};

/// A cover and a text together.
#[derive(Debug, PartialEq)]
pub struct Placed {
    /// What stands above the text; empty where the text shows the cover.
    pub figure: String,
    /// The text, where it has changed: what is said of the cover stands where the text shows it.
    pub body: Option<String>,
}

/// Puts a cover above a text, unless the text shows it. Then nothing that front matter says of it is lost:
/// caption and credit go to the picture in the text, where it has none of its own.
#[must_use]
pub fn place(picture: &Media, body: &str, markup: Markup) -> Placed {
    let all: Vec<Tag<'_>> = tags(body).collect();
    let sources = Sources::of(picture, markup);
    let Some(shown) = all.iter().position(|tag| sources.is_shown_by(tag)) else {
        return Placed { figure: figure(picture), body: None };
    };
    let around = Surroundings::of(&all, shown);
    let known = match (around.caption, markup) {
        // A page says somewhere what it knows of its pictures.
        (_, Markup::Page) => text_of(body),
        (Some((start, end)), _) => text_of(&body[start..end]),
        _ => String::new(),
    };
    let words = words(picture, |text| known.contains(&line(text)));
    let body = (!words.is_empty()).then(|| around.with_words(body, &words));
    Placed { figure: String::new(), body }
}

/// The cover with its caption and credit.
fn figure(picture: &Media) -> String {
    let size = picture
        .file
        .size
        .map_or(String::new(), |(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
    let alt = escape_html(picture.alt.as_deref().unwrap_or_default());
    let image = format!("<img src=\"{}\" alt=\"{alt}\"{size}>", escape_html(picture.file.url.as_str()));
    match words(picture, |_| false) {
        words if words.is_empty() => format!("<figure>{image}</figure>\n"),
        words => format!("<figure>{image}<figcaption>{words}</figcaption></figure>\n"),
    }
}

/// Caption, credit and licence as HTML, without those that are known.
fn words(picture: &Media, is_known: impl Fn(&str) -> bool) -> String {
    let unknown = |text: &&String| !is_known(text);
    let caption = picture.caption.as_ref().filter(unknown).map(|caption| escape_html(caption));
    let credit = picture.credit.as_ref().filter(unknown).map(|credit| escape_html(credit));
    let licence = picture.licence.as_ref().filter(unknown).map(|said| match Licence::meant(said) {
        Some(licence) => link(&licence.url, &escape_html(licence.words()), None),
        None => escape_html(said),
    });
    let owed: Vec<String> = credit.into_iter().chain(licence).collect();
    let credit = (!owed.is_empty()).then(|| format!("<small>{}</small>", owed.join(", ")));
    caption.into_iter().chain(credit).collect::<Vec<_>>().join("<br>")
}

/// Where a picture stands in the text.
struct Surroundings {
    /// The words of its figure.
    caption: Option<(usize, usize)>,
    /// The end of the figure that has no words.
    figure_end: Option<usize>,
    /// The paragraph that holds nothing else, or a video that stands in none.
    paragraph: Option<(usize, usize)>,
    /// Where the picture itself ends.
    end: usize,
}

impl Surroundings {
    fn of(all: &[Tag<'_>], shown: usize) -> Surroundings {
        let closing = |name: &'static str| all[shown..].iter().find(move |tag| tag.closes(name));
        let is_within = |name: &str| {
            let before = all[..shown].iter().rev().find(|tag| tag.name == name);
            before.is_some_and(|tag| !tag.is_end)
        };
        let figure_end = is_within("figure").then(|| closing("figure")).flatten().map(|tag| tag.start);
        let caption = figure_end.and_then(|end| {
            let own = |tag: &&Tag<'_>| tag.start < end;
            let start = all[shown..].iter().filter(own).find(|tag| tag.opens("figcaption"))?.end;
            Some((start, all[shown..].iter().filter(own).find(|tag| tag.closes("figcaption"))?.start))
        });
        let whole = match all[shown].name {
            "video" => closing("video"),
            _ => is_within("picture").then(|| closing("picture")).flatten(),
        };
        let end = whole.unwrap_or(&all[shown]).end;
        let paragraph = match all[shown].name {
            "video" if !is_within("p") => Some((all[shown].start, end)),
            "video" => filled_paragraph(all, shown, end),
            _ => alone_in_paragraph(all, shown),
        };
        Surroundings { caption, figure_end, paragraph, end }
    }

    fn with_words(&self, body: &str, words: &str) -> String {
        let at = |place: usize, inserted: String| format!("{}{inserted}{}", &body[..place], &body[place..]);
        if let Some((start, end)) = self.caption {
            let is_empty = body[start..end].trim().is_empty();
            return at(end, if is_empty { words.to_owned() } else { format!("<br>{words}") });
        }
        if let Some(end) = self.figure_end {
            return at(end, format!("<figcaption>{words}</figcaption>"));
        }
        if let Some((start, end)) = self.paragraph {
            let inside = body[start..end].trim_start_matches("<p>").trim_end_matches("</p>").trim();
            let figure = format!("<figure>{inside}<figcaption>{words}</figcaption></figure>");
            return format!("{}{figure}{}", &body[..start], &body[end..]);
        }
        at(self.end, format!("<br><small>{}</small>", words.replace("<small>", "").replace("</small>", "")))
    }
}

/// The paragraph that is filled from end to end by what begins at a tag and ends at `end`.
fn filled_paragraph(all: &[Tag<'_>], first: usize, end: usize) -> Option<(usize, usize)> {
    let before = all[..first].last().filter(|tag| tag.opens("p") && tag.end == all[first].start)?;
    let after = all[first..].iter().find(|tag| tag.closes("p") && tag.start == end)?;
    (before.end - before.start == "<p>".len()).then_some((before.start, after.end))
}

/// The paragraph around a picture with nothing in it but the picture, and a link around that.
fn alone_in_paragraph(all: &[Tag<'_>], shown: usize) -> Option<(usize, usize)> {
    let is_inline = |tag: &Tag<'_>| matches!(tag.name, "a" | "picture" | "source" | "img");
    let start = shown.checked_sub(1 + all[..shown].iter().rev().take_while(|tag| is_inline(tag)).count())?;
    let end = shown + all[shown..].iter().take_while(|tag| is_inline(tag)).count();
    let within = all.get(start..=end)?;
    let (first, last) = within.first().zip(within.last())?;
    let has_text = within.windows(2).any(|pair| pair[1].start > pair[0].end + 1);
    let pictures = within.iter().filter(|tag| tag.name == "img").count();
    let is_plain = first.end - first.start == "<p>".len();
    (first.opens("p") && is_plain && last.closes("p") && !has_text && pictures == 1)
        .then_some((first.start, last.end))
}

/// The addresses under which a text may show a picture.
struct Sources<'p> {
    whole: &'p str,
    any_size: (&'p str, &'p str),
    is_page: bool,
}

impl Sources<'_> {
    fn of(picture: &Media, markup: Markup) -> Sources<'_> {
        let whole = picture.file.url.as_str();
        Sources { whole, any_size: in_any_size(whole), is_page: markup == Markup::Page }
    }

    /// A video shows its poster until it is played.
    fn is_shown_by(&self, image: &Tag<'_>) -> bool {
        if image.opens("video") {
            return image.attribute("poster").is_some_and(|poster| self.is_same(&poster));
        }
        if !image.opens("img") {
            return false;
        }
        let candidates = image.attribute("srcset").unwrap_or_default();
        let candidates = candidates.split(", ").filter_map(|candidate| candidate.split(' ').next());
        let source = image.attribute("src").unwrap_or_default();
        std::iter::once(source.as_ref()).chain(candidates).any(|address| self.is_same(address))
    }

    /// Sites serve a picture in several sizes beside each other, and a saved page has it under whatever
    /// address a service or a browser gave it; there the name has to do.
    fn is_same(&self, address: &str) -> bool {
        let (directory, name) = in_any_size(address);
        let is_same_name = !name.is_empty() && name == self.any_size.1;
        address == self.whole || (is_same_name && (self.is_page || directory == self.any_size.0))
    }
}

/// The directory, and `boat` of `https://e.example/boat-1200x800.jpg?w=600`. An address with a question
/// in it may be anything: then only a page's name has to do.
fn in_any_size(address: &str) -> (&str, &str) {
    let path_end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, query) = address.split_at(path_end);
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let directory = if is_size_query(query) { directory } else { address };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_size = |size: &str| {
        let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        size.split_once('x').is_some_and(|(width, height)| is_number(width) && is_number(height))
    };
    match stem.rsplit_once(['-', '_']) {
        Some((stem, size)) if is_size(size) => (directory, stem),
        _ => (directory, stem),
    }
}

/// Does a query choose nothing but size and encoding?
fn is_size_query(query: &str) -> bool {
    const SIZES: &[&str] = &[
        "w", "h", "width", "height", "fit", "q", "quality", "dpr", "resize", "auto", "format", "fm", "ssl",
        "strip", "v", "ver",
    ];
    let parts = query.trim_start_matches('?').split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split('=').next().unwrap_or_default()).all(|name| SIZES.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::feed::MediaFile;
    use crate::media_type::MediaType;

    fn picture(url: &str) -> Media {
        let file = MediaFile {
            url: Address::parse(url).unwrap(),
            media_type: MediaType::known("image/jpeg"),
            length_bytes: None,
            size: Some((8, 6)),
            duration: None,
        };
        Media { alt: Some("A \"boat\"".into()), ..Media::of(file) }
    }

    fn told(url: &str) -> Media {
        Media {
            caption: Some("At sea".into()),
            credit: Some("Bo".into()),
            licence: Some("CC BY".into()),
            ..picture(url)
        }
    }

    const A: &str = "https://e.example/a.jpg";

    fn placed(picture: &Media, body: &str) -> (String, Option<String>) {
        let Placed { figure, body } = place(picture, body, Markup::Markdown);
        (figure, body)
    }

    #[test]
    fn above_a_text_that_does_not_show_it() {
        let figure = "<figure><img src=\"https://e.example/a.jpg\" alt=\"A &quot;boat&quot;\" width=\"8\" height=\"6\">\
                      <figcaption>At sea<br><small>Bo, CC BY</small></figcaption></figure>\n";
        assert_eq!(
            placed(&told(A), "<p><img src=\"https://e.example/b.jpg\"></p>"),
            (figure.to_owned(), None)
        );
    }

    #[test]
    fn a_licence_leads_to_its_page() {
        let free =
            Media { licence: Some("https://creativecommons.org/licenses/by/4.0/".into()), ..picture(A) };
        let (figure, _) = placed(&free, "");
        let link = "<small><a href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a></small>";
        assert!(figure.ends_with(&format!("<figcaption>{link}</figcaption></figure>\n")), "{figure}");
    }

    #[test]
    fn where_the_text_shows_it() {
        let words = "At sea<br><small>Bo, CC BY</small>";
        let image = "<img src=\"https://e.example/a.jpg\" alt=\"\">";
        let video = "<video src=\"v.mp4\" poster=\"https://e.example/a.jpg\"><a href=\"v.mp4\">x</a></video>";
        for (body, expected) in [
            (
                "<p>x</p><p>IMG</p><p>y</p>",
                "<p>x</p><figure>IMG<figcaption>WORDS</figcaption></figure><p>y</p>",
            ),
            (
                "<p><a href=\"u\">IMG</a></p>",
                "<figure><a href=\"u\">IMG</a><figcaption>WORDS</figcaption></figure>",
            ),
            ("<p>x IMG y</p>", "<p>x IMG<br><small>At sea<br>Bo, CC BY</small> y</p>"),
            ("VIDEO<p>y</p>", "<figure>VIDEO<figcaption>WORDS</figcaption></figure><p>y</p>"),
            ("<p>VIDEO</p><p>y</p>", "<figure>VIDEO<figcaption>WORDS</figcaption></figure><p>y</p>"),
            ("<p>x VIDEO</p>", "<p>x VIDEO<br><small>At sea<br>Bo, CC BY</small></p>"),
            ("<figure>IMG</figure>", "<figure>IMG<figcaption>WORDS</figcaption></figure>"),
            (
                "<figure>IMG<figcaption>A boat, at sea</figcaption></figure>",
                "<figure>IMG<figcaption>A boat, at sea<br>WORDS</figcaption></figure>",
            ),
            (
                "<figure>IMG<figcaption>At sea. <b>Bo</b></figcaption></figure>",
                "<figure>IMG<figcaption>At sea. <b>Bo</b><br><small>CC BY</small></figcaption></figure>",
            ),
        ] {
            let full =
                |text: &str| text.replace("IMG", image).replace("VIDEO", video).replace("WORDS", words);
            assert_eq!(placed(&told(A), &full(body)), (String::new(), Some(full(expected))));
            assert_eq!(placed(&picture(A), &full(body)), (String::new(), None));
        }
    }

    #[test]
    fn the_same_picture_in_other_sizes() {
        let shows = |url: &str, body: &str| placed(&picture(url), body).0.is_empty();
        let image = |src: &str| format!("<p>x</p><img alt=\"a > b\" src=\"{src}\">");
        let at = "https://e.example/2026/boat";
        assert!(shows(&format!("{at}-1200x800.jpg"), &image(&format!("{at}-800x533.jpg"))));
        assert!(shows(&format!("{at}.jpg?w=1200&h=9"), &image(&format!("{at}.webp?w=600"))));
        assert!(shows(&format!("{at}.jpg"), &format!("<img src=\"x\" srcset=\"y 1x, {at}.jpg 2x\">")));
        assert!(!shows("https://e.example/p.php?id=1", &image("https://e.example/p.php?id=2")));
        assert!(!shows(&format!("{at}.jpg"), &image("https://e.example/2025/boat.jpg")));
        assert!(!shows(&format!("{at}.jpg"), &image(&format!("{at}-yard.jpg"))));
    }

    #[test]
    fn a_page_shows_it_under_any_address() {
        let cover = told("https://cdn.example/2026/boat-1200x800.jpg?x=1");
        let body = "<p>Text</p><img alt=\"\" src=\"https://e.example/a_files/boat.webp\"><p>At sea, CC BY</p><p>Bo</p>";
        assert_eq!(place(&cover, body, Markup::Page), Placed { figure: String::new(), body: None });
    }

    #[test]
    fn any_number_of_pictures() {
        let body = "<p><img src=\"https://e.example/b.jpg\"></p>".repeat(100_000);
        let body = format!("{body}<p><img src=\"{A}\"></p>");
        assert!(placed(&told(A), &body).1.is_some());
    }
}
