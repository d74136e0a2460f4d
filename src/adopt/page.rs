//! An address as what it leads to: the same page under the spellings that sites give it over the years.

use crate::address::Address;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Page {
    /// The host, without `www.`.
    pub host: String,
    /// Path and query, without what tells no pages apart: slashes at the ends, `index.html`, `.html`,
    /// the fragment, what counts visitors. Decoded.
    pub path: String,
}

/// Names in a query that say where a visitor comes from, not which page is meant. Others count.
const TRACKING: &[&str] = &["fbclid", "gclid", "yclid", "msclkid", "mc_cid", "mc_eid", "igshid"];

const ENDINGS: &[&str] = &[".html", ".htm", ".php"];

impl Page {
    /// `None` for what is no address of a page, and for the front page, which is no article's.
    #[must_use]
    pub fn of(address: &Address) -> Option<Page> {
        let rest = address.as_str().strip_prefix(address.scheme())?.strip_prefix("://")?;
        if !matches!(address.scheme(), "http" | "https") {
            return None;
        }
        let rest = rest.split('#').next()?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = place.split_once('/').unwrap_or((place, ""));
        let mut path = path.trim_matches('/');
        for ending in ENDINGS {
            path = path.strip_suffix(ending).unwrap_or(path);
        }
        path = match path.rsplit_once('/') {
            Some((directory, "index")) => directory.trim_end_matches('/'),
            None if path == "index" => "",
            _ => path,
        };
        let is_tracking = |part: &&str| {
            let name = part.split('=').next().unwrap_or_default();
            name.starts_with("utm_") || TRACKING.contains(&name)
        };
        let query: Vec<&str> =
            query.split('&').filter(|part| !part.is_empty() && !is_tracking(part)).collect();
        let mut whole = decoded(path);
        if !query.is_empty() {
            whole.push('?');
            whole.push_str(&decoded(&query.join("&")));
        }
        let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
        (!whole.is_empty()).then_some(Page { host, path: whole })
    }

    /// The last part of the path, which in most sites is the slug.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

/// Some programs encode what others leave alone, and disks spell accents in two ways.
fn decoded(text: &str) -> String {
    match percent_decode_str(text).decode_utf8() {
        Ok(Cow::Borrowed(plain)) if plain.is_ascii() => plain.to_owned(),
        Ok(decoded) => decoded.nfc().collect(),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Option<(String, String)> {
        Page::of(&Address::parse(address).unwrap()).map(|page| (page.host, page.path))
    }

    #[test]
    fn spellings_of_one_page() {
        let page = Some(("news.example".to_owned(), "2020/ferry".to_owned()));
        for address in [
            "https://news.example/2020/ferry/",
            "http://www.news.example/2020/ferry",
            "https://news.example/2020/ferry.html#comments",
            "https://news.example/2020/ferry/index.html?utm_source=rss&utm_medium=feed",
            "https://news.example//2020/%66erry/?fbclid=x",
        ] {
            assert_eq!(of(address), page, "{address}");
        }
        let encoded = of("https://news.example/%D0%BC%D0%BE%D1%81%D1%82").unwrap();
        assert_eq!(encoded.1, "мост");
        assert_eq!(of("https://news.example/cafe%CC%81"), of("https://news.example/caf%C3%A9"));
    }

    #[test]
    fn what_tells_pages_apart_stays() {
        assert_eq!(of("https://news.example/?p=17").unwrap().1, "?p=17");
        assert_ne!(of("https://news.example/a?page=2"), of("https://news.example/a"));
        assert_ne!(of("https://news.example/A"), of("https://news.example/a"));
        for address in ["https://news.example/", "https://news.example/index.html", "tag:news.example,2020:a"]
        {
            assert_eq!(of(address), None, "{address}");
        }
    }
}
