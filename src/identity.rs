//! An entry's id: its author's, adopted from an old feed, or minted from what never changes; the same in
//! every feed and format.

use crate::address::{Address, encode_segment};
use crate::article::Article;
use crate::settings::{IdSource, Site};

/// The id that an article has of its own: its author's, or the one that it gets if it is new. What readers know from an
/// old feed counts before the latter.
///
/// All are absolute and ASCII. What nobody chose is a `tag:` URI (RFC 4151) of the
/// site's domain, the publishing date as written, the edition and the slug; so a section, a title or a permalink may change.
#[must_use]
pub fn own_id(article: &Article, site: &Site) -> String {
    if let Some((id, _)) = &article.id {
        return declared_id(id, site);
    }
    match site.ids {
        IdSource::Permalink => article.permalink.as_str().to_owned(),
        IdSource::Tag => {
            let date = article.published.format("%Y-%m-%d");
            let edition = article.edition.as_ref().map_or(String::new(), |edition| format!("{edition}/"));
            format!("tag:{},{date}:{edition}{}", site.url.host(), encode_segment(&article.slug))
        }
    }
}

/// The id that an author's becomes. Readers compare ids character by character, so one that is a URI already stays as it is.
#[must_use]
pub fn declared_id(id: &str, site: &Site) -> String {
    let is_plain = id.bytes().all(|byte| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte));
    if let (true, Some(_)) = (id.contains(':'), Address::parse(id)) {
        return if is_plain {
            id.to_owned()
        } else {
            Address::parse(id).map_or_else(String::new, |uri| uri.as_str().to_owned())
        };
    }
    if is_uuid(id) {
        return format!("urn:uuid:{}", id.to_ascii_lowercase());
    }
    // No date in it: an id that the author chose must survive a change of the date.
    format!("{}#{}", site.url, encode_segment(id))
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    #[test]
    fn declared_ids_become_absolute() {
        let overrides = Overrides { url: Some("https://e.example/".to_owned()), ..Overrides::default() };
        let site = read("feedmill.toml", "", &overrides).unwrap().site;
        assert_eq!(declared_id("https://e.example/?p=17", &site), "https://e.example/?p=17");
        assert_eq!(declared_id("tag:e.example,2020:x", &site), "tag:e.example,2020:x");
        assert_eq!(declared_id("17", &site), "https://e.example/#17");
        assert_eq!(declared_id("мост 1", &site), "https://e.example/#%D0%BC%D0%BE%D1%81%D1%82%201");
        assert_eq!(
            declared_id("6F9619FF-8B86-D011-B42D-00CF4FC964FF", &site),
            "urn:uuid:6f9619ff-8b86-d011-b42d-00cf4fc964ff"
        );
    }
}
