//! What no content of a feed may hold, as an HTML parser sees it.

use html_escape::decode_html_entities;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use url::Url;

/// What acts, or is shown in another way than the author of the feed meant.
const ELEMENTS: &[&str] = &[
    "applet",
    "base",
    "button",
    "embed",
    "form",
    "frame",
    "frameset",
    "iframe",
    "input",
    "link",
    "math",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];
const ADDRESSES: &[&str] = &[
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "longdesc",
    "poster",
    "src",
    "xlink:href",
];
const LINK_SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "geo", "xmpp", "magnet", "ftp"];

/// Panics where the HTML may act, or holds an address that does not stand by itself.
pub fn is_safe(html: &str) {
    let look = element!("*", |element| {
        let tag = element.tag_name();
        assert!(!ELEMENTS.contains(&tag.as_str()), "<{tag}> in {html}");
        for attribute in element.attributes() {
            let name = attribute.name();
            let value = attribute.value();
            let value = decode_html_entities(&value);
            assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{name} in {html}");
            let schemes = if name == "href" { LINK_SCHEMES } else { &["http", "https"] };
            if ADDRESSES.contains(&name.as_str()) {
                assert!(is_absolute(&value, schemes), "{name}={value:?} in {html}");
            } else if name == "srcset" {
                let are_absolute = value
                    .split(", ")
                    .all(|candidate| is_absolute(candidate.split(' ').next().unwrap_or_default(), schemes));
                assert!(are_absolute, "{name}={value:?} in {html}");
            }
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(look).with_strict(false);
    rewrite_str(html, settings).expect("the handler gives no error");
}

/// An address with one of these schemes, spelled as RFC 3986 wants it.
pub fn is_absolute(address: &str, schemes: &[&str]) -> bool {
    let is_spelled = address.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte));
    is_spelled && Url::parse(address).is_ok_and(|url| schemes.contains(&url.scheme()))
}
