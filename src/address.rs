//! Absolute addresses in the spelling that every reader takes: ASCII, encoded once.
//!
//! RSS takes URLs, not IRIs; in Atom and JSON the readers' own parsers ask for the same. The WHATWG
//! rules, by which browsers read addresses, leave a few characters alone that RFC 3986 forbids;
//! those are encoded here, and what was already encoded stays.

use crate::text;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;
use std::fmt;
use url::Url;

/// An absolute URL: normalised, ASCII, only characters of RFC 3986.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

/// What may stand unencoded in no part of a URL (RFC 3986, section 2).
const FORBIDDEN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What stays as it is in a single part of a path or a `tag:` URI.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Address {
    /// An address that has this spelling already.
    #[must_use]
    pub(crate) fn known(text: &str) -> Address {
        Address(text.to_owned())
    }

    /// Reads an absolute URL of any scheme.
    #[must_use]
    pub fn parse(text: &str) -> Option<Address> {
        Address::of(&Url::parse(text.trim()).ok()?)
    }

    /// Reads an absolute URL of a page: `http` or `https`, with a host, and without a user name, which
    /// every feed would publish.
    #[must_use]
    pub fn of_page(text: &str) -> Option<Address> {
        let url = Url::parse(text.trim()).ok()?;
        let is_public = url.has_host() && url.username().is_empty() && url.password().is_none();
        if matches!(url.scheme(), "http" | "https") && is_public { Address::of(&url) } else { None }
    }

    /// What `reference` means on the page at this address, as a browser would resolve it.
    #[must_use]
    pub fn join(&self, reference: &str) -> Option<Address> {
        Address::of(&Url::parse(&self.0).ok()?.join(reference.trim()).ok()?)
    }

    /// The same for a path below this address: most lead there as they are.
    #[must_use]
    pub fn below(&self, path: &str) -> Option<Address> {
        let is_plain_base = (self.0.starts_with("https://") || self.0.starts_with("http://"))
            && self.0.ends_with('/')
            && !text::has(self.0.as_bytes(), |byte| (byte == b'?') | (byte == b'#'));
        match is_plain_base && is_plain_path(path) {
            true => Some(Address([&self.0, path].concat())),
            false => self.join(&format!("./{path}")),
        }
    }

    /// `None` where the name of the host holds what browsers take and RFC 3986 does not, such as braces.
    fn of(url: &Url) -> Option<Address> {
        let text = url.as_str();
        // A host may hold brackets (IPv6) and no percent sign; all that comes after it may not.
        let authority_end = match text.find("://") {
            Some(start) => text[start + 3..].find(['/', '?', '#']).map_or(text.len(), |end| start + 3 + end),
            None => 0,
        };
        let (authority, rest) = text.split_at(authority_end);
        let is_plain = Cow::from(utf8_percent_encode(authority, FORBIDDEN)) == authority;
        is_plain.then(|| Address(format!("{authority}{}", normalised(rest))))
    }

    /// The URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, in lower case, international names as A-labels; empty where there is none.
    #[must_use]
    pub fn host(&self) -> String {
        let origin = self.origin();
        let plain = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
        // Without a user, a port and other letters there is nothing to understand.
        if let Some(host) = plain.filter(|host| host.bytes().all(is_plain)) {
            return host.to_owned();
        }
        Url::parse(&self.0).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Scheme and host, without anything that comes after them.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.0[..self.authority_end()]
    }

    /// The path, with the slash that it begins with.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0[self.authority_end()..].split(['?', '#']).next().unwrap_or_default()
    }

    fn authority_end(&self) -> usize {
        match self.0.find("://") {
            Some(start) => {
                self.0[start + 3..].find(['/', '?', '#']).map_or(self.0.len(), |end| start + 3 + end)
            }
            None => 0,
        }
    }

    /// The scheme, in lower case.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.0.split(':').next().unwrap_or_default()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Does a path stay as it is, however it is read: letters, digits and escapes in the usual spelling, no dots that
/// climb, no part that is empty?
fn is_plain_path(path: &str) -> bool {
    let bytes = path.as_bytes();
    let is_odd =
        |byte: u8, next: u8| !(is_unreserved(byte) | (byte == b'/')) | ((byte == b'/') & (next == b'/'));
    if !bytes.starts_with(b"/") && !text::has_pair(bytes, |byte, next| is_odd(byte, next) | (byte == b'.')) {
        return !bytes.is_empty();
    }
    let is_plain = |(at, byte): (usize, &u8)| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'~' => true,
        b'/' => at > 0 && bytes[at - 1] != b'/',
        // Only between letters: a part that begins with dots could be nothing else.
        b'.' => at > 0 && !matches!(bytes[at - 1], b'/' | b'.'),
        // No escape of ASCII: it could be one that is not needed.
        b'%' => matches!(bytes[at + 1..], [b'8' | b'9' | b'A'..=b'F', b'0'..=b'9' | b'A'..=b'F', ..]),
        _ => false,
    };
    !bytes.is_empty() && bytes.iter().enumerate().all(is_plain)
}

/// Escapes in upper case, none where it is not needed, one wherever RFC 3986 asks for it
/// (sections 2.1, 2.3 and 6.2.2).
fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['%', '[', ']']) {
        out.extend(utf8_percent_encode(&rest[..start], FORBIDDEN));
        let (taken, replacement) = escape(&rest[start..]);
        out.push_str(&replacement);
        rest = &rest[start + taken..];
    }
    out.extend(utf8_percent_encode(rest, FORBIDDEN));
    out
}

fn escape(text: &str) -> (usize, String) {
    match text.as_bytes() {
        [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
            let decoded: Vec<u8> = percent_decode_str(&text[..3]).collect();
            match decoded[..] {
                // A dot is left encoded: decoding it could make a path climb.
                [byte] if byte.is_ascii_alphanumeric() || b"-_~".contains(&byte) => {
                    (3, char::from(byte).to_string())
                }
                _ => (3, text[..3].to_ascii_uppercase()),
            }
        }
        [b'%', ..] => (1, "%25".to_owned()),
        [b'[', ..] => (1, "%5B".to_owned()),
        _ => (1, "%5D".to_owned()),
    }
}

/// One part of a path, encoded: `мост` becomes `%D0%BC…`, a slash inside it `%2F`.
#[must_use]
pub fn encode_segment(text: &str) -> Cow<'_, str> {
    match text::has(text.as_bytes(), |byte| !is_unreserved(byte)) {
        true => utf8_percent_encode(text, SEGMENT).into(),
        false => Cow::Borrowed(text),
    }
}

/// May this byte stand anywhere as it is (RFC 3986, 2.3)?
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | (byte == b'-') | (byte == b'.') | (byte == b'_') | (byte == b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        Address::parse(text).unwrap().0
    }

    #[test]
    fn becomes_ascii_once() {
        assert_eq!(
            of("https://news.example/ru/ёлка.html?a=1&b=2"),
            "https://news.example/ru/%D1%91%D0%BB%D0%BA%D0%B0.html?a=1&b=2"
        );
        assert_eq!(of("HTTPS://News.Example:443"), "https://news.example/");
        assert_eq!(of("https://пример.example/a%20b%zz"), "https://xn--e1afmkfd.example/a%20b%25zz");
        assert_eq!(of("https://e.example/a|b?x={y}[0]^"), "https://e.example/a%7Cb?x=%7By%7D%5B0%5D%5E");
        assert_eq!(of("https://e.example/%7euser/%d0%bc"), "https://e.example/~user/%D0%BC");
        assert_eq!(of("http://[::1]:8080/a"), "http://[::1]:8080/a");
    }

    #[test]
    fn joins_as_a_browser_does() {
        let page = Address::parse("https://news.example/en/news/ferry/").unwrap();
        assert_eq!(page.join("boat.jpg").unwrap().0, "https://news.example/en/news/ferry/boat.jpg");
        assert_eq!(page.join("/donate/").unwrap().0, "https://news.example/donate/");
        assert_eq!(page.join("//cdn.example/x").unwrap().0, "https://cdn.example/x");
        assert_eq!(page.join("#note").unwrap().0, "https://news.example/en/news/ferry/#note");
    }

    proptest::proptest! {
        #[test]
        fn below_is_where_a_browser_goes(path in "([a-z0-9~_./%-]|%[0-9A-F][0-9A-F]|%D0%BC|\\.\\.?/|[A-Z?#:é ]){0,12}") {
            for base in ["https://e.example/", "http://e.example/a/b/", "https://e.example/a", "https://e.example/?a/"] {
                let base = Address::parse(base).unwrap();
                proptest::prop_assert_eq!(base.below(&path), base.join(&format!("./{path}")));
            }
        }
    }

    #[test]
    fn pages_are_http() {
        assert_eq!(Address::of_page("news.example"), None);
        assert_eq!(Address::of_page("javascript:alert(1)"), None);
        assert_eq!(Address::of_page("https://"), None);
        assert_eq!(Address::of_page("https://joe:secret@news.example/"), None);
        assert!(Address::of_page("https://news.example/@joe/").is_some());
        assert_eq!(Address::of_page("https://news}.example/"), None, "browsers take it, RFC 3986 does not");
    }

    #[test]
    fn segments_are_safe() {
        assert_eq!(encode_segment("a/b ё"), "a%2Fb%20%D1%91");
    }
}
