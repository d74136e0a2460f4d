//! Links of a page to what lies on the same host: they work on a copy of the site as well.

use crate::address::Address;
use url::Url;

/// How a page at `from` writes the address; whole, where it is on another host.
#[must_use]
pub fn relative(from: &Address, to: &Address) -> String {
    below(from.as_str(), to.as_str()).map_or_else(|| from_parts(from, to), str::to_owned)
}

/// The rest of an address that lies below the directory of the page, as nearly all do, if it is written as it stands there.
fn below<'t>(from: &str, to: &'t str) -> Option<&'t str> {
    let directory = &from[..=from.rfind('/')?];
    let rest = to.strip_prefix(directory)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~%/.".contains(&byte);
    let is_name = |part: &str| !part.trim_start_matches('.').is_empty();
    let is_path = |text: &str| text.bytes().all(is_plain);
    (rest.split('/').all(is_name) && is_path(rest) && !from.contains(['?', '#'])).then_some(rest)
}

fn from_parts(from: &Address, to: &Address) -> String {
    let absolute = || to.to_string();
    let (Ok(from), Ok(to_url)) = (Url::parse(from.as_str()), Url::parse(to.as_str())) else {
        return absolute();
    };
    let path = match from.make_relative(&to_url) {
        // The page itself.
        Some(path) if path.is_empty() => to.path().rsplit('/').next().unwrap_or_default().to_owned(),
        Some(path) => path,
        None => return absolute(),
    };
    // Of a folder that the page lies in it makes a slash, which would lead to the root.
    match from.join(&path) {
        Ok(found) if found == to_url => path,
        _ => to.path().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_below_is_found_without_its_parts() {
        let page = "https://e.example/feeds/index.html";
        for to in [
            "a.xml",
            "tags/%D1%8F/rss.xml",
            "a/../b",
            "",
            "a//b",
            "x:y",
            "a/",
            "a?b",
            "en/atom.xml#a",
            ".well-known/a",
        ] {
            for from in [page, "https://e.example/", "https://e.example/feeds/?a/b"] {
                let to = format!("https://e.example/feeds/{to}");
                let [from, to] = [from, &to].map(|text| Address::parse(text).unwrap());
                assert_eq!(relative(&from, &to), from_parts(&from, &to), "{from} {to}");
            }
        }
    }

    #[test]
    fn only_on_the_same_host() {
        let link =
            |from: &str, to: &str| relative(&Address::parse(from).unwrap(), &Address::parse(to).unwrap());
        let page = "https://e.example/feeds/ru/index.html";
        assert_eq!(link(page, "https://e.example/feeds/index.html"), "../index.html");
        assert_eq!(link(page, "https://e.example/media/a.jpg"), "../../media/a.jpg");
        assert_eq!(link(page, "https://e.example/"), "../../");
        assert_eq!(link(page, page), "index.html");
        assert_eq!(link(page, "https://e.example/feeds/ru/"), "/feeds/ru/");
        assert_eq!(link(page, "https://e.example/feeds/ru/%D1%8F.xml"), "%D1%8F.xml");
        assert_eq!(link(page, "https://other.example/a.jpg"), "https://other.example/a.jpg");
        assert_eq!(link(page, "http://e.example/a.jpg"), "http://e.example/a.jpg");
    }
}
