//! Links of a page to what lies on the same host: they work on a copy of the site as well.

use crate::address::Address;
use url::Url;

/// How a page at `from` writes the address; whole, where it is on another host.
#[must_use]
pub fn relative(from: &Address, to: &Address) -> String {
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
