//! A line of Markdown that stands in front matter, as safe, absolute HTML.

use super::links::Links;
use super::{absolute, allowed, prepare};
use crate::text::{self, escape_html};
use pulldown_cmark::{Event, Options, Parser, html};

/// A rendered line.
pub struct Line {
    /// HTML that may stand inside a paragraph.
    pub html: String,
    /// References to source files that are no published articles.
    pub broken: Vec<String>,
}

/// HTML that means something within a line. Other words in angle brackets are just that.
const WITHIN_A_LINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// Text in front of a line keeps it from being a list, a heading or a quotation.
const GUARD: &str = "x ";

/// Renders a line.
#[must_use]
pub fn line(markdown: &str, links: &Links<'_>) -> Line {
    let guarded = format!("{GUARD}{markdown}");
    let events = Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH).map(|event| match event {
        Event::InlineHtml(tag) if !is_within_a_line(&tag) => Event::Text(tag),
        other => other,
    });
    let mut unsafe_html = String::new();
    html::push_html(&mut unsafe_html, events);
    let inside = unsafe_html.trim().strip_prefix("<p>x ").and_then(|html| html.strip_suffix("</p>"));
    let Some(prepared) = inside.and_then(prepare::prepare) else {
        return Line { html: escape_html(markdown), broken: Vec::new() };
    };
    let allowed = allowed::keep_allowed(&prepared.html);
    let absolute = absolute::make_absolute(&text::legal(&allowed), links);
    Line { html: absolute.html.trim().to_owned(), broken: absolute.broken }
}

fn is_within_a_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    WITHIN_A_LINE.contains(&name[..end].to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::catalog::Catalog;
    use crate::index::name::View;
    use crate::newsroom::MemoryNewsroom;

    fn rendered(markdown: &str) -> (String, Vec<String>) {
        let permalink = Address::parse("https://e.example/news/ferry/").unwrap();
        let catalog = Catalog::default();
        let links = Links {
            path: "news/ferry.md",
            permalink: permalink.clone(),
            site: &Address::parse("https://e.example/").unwrap(),
            catalog: View::of(&catalog),
            newsroom: &MemoryNewsroom::default(),
            base: None,
            has_media: false,
        };
        let line = line(markdown, &links);
        (line.html, line.broken)
    }

    #[test]
    fn links_and_emphasis() {
        assert_eq!(
            rendered("The *Aurelia*, see [there](/seal/) & <a href='../tug/' onclick='x()'>here</a>.").0,
            "The <em>Aurelia</em>, see <a href=\"https://e.example/seal/\">there</a> &amp; \
             <a href=\"https://e.example/news/tug/\">here</a>."
        );
        assert_eq!(rendered("See [x](gone.md)."), ("See <a>x</a>.".to_owned(), vec!["gone.md".to_owned()]));
    }

    #[test]
    fn a_line_stays_a_line() {
        for (markdown, html) in [
            ("1986. Not 1968.", "1986. Not 1968."),
            ("# nine, not ten", "# nine, not ten"),
            ("- 4°, not 4°", "- 4°, not 4°"),
            ("The ferry is <red> & <div>round.", "The ferry is &lt;red&gt; &amp; &lt;div&gt;round."),
            ("<script>x()</script>", "&lt;script&gt;x()&lt;/script&gt;"),
            ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
            ("", ""),
        ] {
            assert_eq!(rendered(markdown).0, html, "{markdown}");
        }
    }

    #[test]
    fn hostile_lines_take_no_time() {
        for markdown in ["[".repeat(100_000), "<b>".repeat(100_000), "*a ".repeat(100_000)] {
            let _html = rendered(&markdown).0;
        }
    }
}
