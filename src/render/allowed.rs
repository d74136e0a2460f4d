//! The HTML that may stand in a feed: what carries meaning and cannot act.

use super::links::LINK_SCHEMES;
use crate::text;
use ammonia::Builder;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements whose content goes with them: it is not meant for readers.
const WITH_CONTENT: &[&str] = &[
    "script",
    "style",
    "svg",
    "template",
    "object",
    "applet",
    "canvas",
    "select",
    "datalist",
    "textarea",
    "button",
    "title",
    "head",
    "annotation",
    "annotation-xml",
    "noembed",
    "noframes",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "title"]),
    ("abbr", &["title"]),
    ("audio", &["src", "controls"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("dfn", &["title"]),
    ("img", &["src", "srcset", "sizes", "alt", "title", "width", "height"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["id", "value"]),
    ("ol", &["start", "reversed", "type"]),
    ("q", &["cite"]),
    ("source", &["src", "srcset", "sizes", "type", "media", "width", "height"]),
    ("sup", &["id"]),
    ("td", &["colspan", "rowspan", "align", "headers"]),
    ("th", &["colspan", "rowspan", "align", "scope", "abbr"]),
    ("time", &["datetime"]),
    ("track", &["src", "kind", "srclang", "label", "default"]),
    ("video", &["src", "poster", "controls", "width", "height"]),
];

const EVERYWHERE: &[&str] = &["dir", "lang"];

/// Does an element survive?
#[must_use]
pub fn is_allowed(element: &str) -> bool {
    ELEMENTS.contains(&element)
}

/// Does an attribute of an element survive, where it is no address that leads nowhere?
#[must_use]
pub fn is_allowed_in(element: &str, attribute: &str) -> bool {
    let own = ATTRIBUTES.iter().filter(|(known, _)| *known == element).flat_map(|(_, names)| *names);
    own.chain(EVERYWHERE).any(|known| *known == attribute)
}

/// Removes everything else, and balances what is left. A picture that is written into its address
/// (`data:`) goes too: it would make the feed large for all.
#[must_use]
pub fn keep_allowed(html: &str) -> String {
    static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);
    let html = CLEANER.clean(html).to_string();
    // A reference to a carriage return has become one, which XML parsers read as a line feed.
    if html.contains('\r') { text::line_feeds(&html).into_owned() } else { html }
}

fn cleaner() -> Builder<'static> {
    let set = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    let mut builder = Builder::empty();
    builder
        .tags(set(ELEMENTS))
        .clean_content_tags(set(WITH_CONTENT))
        .tag_attributes(
            ATTRIBUTES.iter().map(|(element, names)| (*element, set(names))).collect::<HashMap<_, _>>(),
        )
        .generic_attributes(set(EVERYWHERE))
        .url_schemes(set(LINK_SCHEMES))
        .link_rel(None);
    builder
}
