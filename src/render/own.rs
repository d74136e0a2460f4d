//! What Markdown has made of a text without HTML, as preparation and allow-list would leave it.
//!
//! Most articles are such texts. All that stands in them is closed and in its place, so no parser has to find out; and
//! what is not sure to survive as it is, goes the long way.

use super::allowed::{is_allowed, is_allowed_in};
use super::depth::DEEPEST_INLINE;
use super::long_text;
use super::prepare::{LONGEST_VALUE_BYTES, runs_script};
use super::tags::{Tag, tags};
use crate::text::{escape_html, position};
use html_escape::decode_html_entities;

/// The HTML in its canonical spelling. `None` where it has to be parsed for that, or where something of it goes.
#[must_use]
pub fn canonical(html: &str) -> Option<String> {
    if position(html.as_bytes(), |byte| matches!(byte, b'\r' | 0)).is_some() {
        return None;
    }
    let mut canonical = String::with_capacity(html.len());
    let (mut depth, mut end) = (0_usize, 0);
    for tag in tags(html) {
        canonical.push_str(short(&html[end..tag.start])?);
        put_tag(&tag, &mut canonical)?;
        end = tag.end;
        match tag.is_end {
            true => depth = depth.saturating_sub(1),
            false if matches!(tag.name, "br" | "hr" | "img") => {}
            false => depth += 1,
        }
        if depth > DEEPEST_INLINE {
            return None;
        }
    }
    canonical.push_str(short(&html[end..])?);
    Some(if canonical.contains('\u{a0}') { canonical.replace('\u{a0}', "&nbsp;") } else { canonical })
}

fn short(text: &str) -> Option<&str> {
    (text.len() <= long_text::LONGEST_BYTES).then_some(text)
}

fn put_tag(tag: &Tag<'_>, out: &mut String) -> Option<()> {
    if !is_allowed(tag.name) || tag.end - tag.start > LONGEST_VALUE_BYTES {
        return None;
    }
    out.push_str(if tag.is_end { "</" } else { "<" });
    out.push_str(tag.name);
    for (name, value) in tag.attributes() {
        let value = decode_html_entities(value);
        let is_lost = match name {
            "href" | "src" => !is_usual(&value),
            // It aligns the cells of a table, and that is to survive.
            "style" => true,
            _ => runs_script(&value),
        };
        if is_lost {
            return None;
        }
        if is_allowed_in(tag.name, name) {
            out.extend([" ", name, "=\"", &escape_html(&value), "\""]);
        }
    }
    out.push('>');
    Some(())
}

/// Is it an address of the web, or one that is relative to another?
fn is_usual(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://") || !address.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{allowed, markdown, prepare};

    const PIECES: &[&str] = &[
        "ferry",
        " ",
        "\n",
        "\n\n",
        "> ",
        ">>>>>>>>>>>> ",
        "- ",
        "    ",
        "1. ",
        "# ",
        "***",
        "*a **b",
        "~~",
        "`",
        "```\n",
        "[a](",
        "java&#9;script:x",
        "VBScript: x",
        "https://e.example/?a&b",
        ")",
        "![a > \"b\"](p.jpg 'data \"x\"')",
        "[b][c]",
        "\n[c]: javascript:x\n",
        "<https://e.example>",
        "<i",
        "&lt;p&gt;",
        "\n\n| a | b |\n|:--|--:|\n| c | d |\n\n",
        "\n\n| a | b |\n|---|---|\n| c | d |\n\n",
        "{#a .b}",
        "{style=x onclick=y}",
        "[^1]",
        "\n\n[^1]: note\n\n",
        "- [x] done\n",
        "\n---\n",
    ];

    fn own(markdown: &str) -> Option<String> {
        let made = markdown::render(markdown, Some("Title"));
        made.is_own.then(|| canonical(&made.html)).flatten()
    }

    proptest::proptest! {
        #[test]
        fn the_long_way_leads_to_the_same(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..12)) {
            let markdown = pieces.concat();
            if let Some(own) = own(&markdown) {
                let made = markdown::render(&markdown, Some("Title"));
                let prepared = prepare::prepare(&made.html).unwrap();
                proptest::prop_assert_eq!(own, allowed::keep_allowed(&prepared.html));
                proptest::prop_assert!(prepared.removed.is_empty());
            }
        }
    }

    #[test]
    fn the_usual_article() {
        let markdown = "## Ferry\n\nLate, *again*:\u{a0}the \"[page](/a?b&c \"d'\")\".  \nSee.\n\n```sh\nls\n```\n\n- e\n- f\n\n---\n\n![g](h.jpg)\n";
        assert_eq!(
            own(markdown).as_deref(),
            Some(
                "<h2>Ferry</h2>\n<p>Late, <em>again</em>:&nbsp;the \"<a href=\"/a?b&amp;c\" title=\"d'\">page</a>\".<br>\nSee.</p>\n\
                 <pre><code>ls\n</code></pre>\n<ul>\n<li>e</li>\n<li>f</li>\n</ul>\n<hr>\n<p><img src=\"h.jpg\" alt=\"g\"></p>\n"
            )
        );
    }

    #[test]
    fn what_goes_the_long_way() {
        let deep = "> ".repeat(40);
        let long = "a ".repeat(3000);
        for markdown in [
            "a <b>c</b>",
            "[a](javascript:b)",
            "[a](mailto:b@e.example)",
            "![a](data:b)",
            "[a](b 'vbscript:c')",
            "## a {onclick=b}",
            "|a|\n|:--|\n|b|\n",
            "a&#13;b",
            &deep,
            &long,
        ] {
            assert_eq!(own(markdown), None, "{markdown}");
        }
    }
}
