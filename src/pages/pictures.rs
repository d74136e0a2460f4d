//! Which pictures a page shows: those of the publication itself, for nobody else is to learn who looks at it.

use super::relative::relative;
use crate::address::Address;
use crate::settings::Settings;
use crate::teaser::Picture;
use serde::Serialize;

/// A picture as a page shows it.
#[derive(Serialize)]
pub struct Shown {
    src: String,
    width: Option<u32>,
    height: Option<u32>,
}

/// A picture on a page at `from`; `None` where it lies on somebody else's host.
#[must_use]
pub fn shown(picture: &Picture, from: &Address, settings: &Settings) -> Option<Shown> {
    let url = Address::parse(&picture.url)?;
    let size = picture.size;
    is_own(&url, settings).then(|| Shown {
        src: relative(from, &url),
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
    })
}

/// Does the publication serve this address, by the name of its host or of one below it?
#[must_use]
pub fn is_own(url: &Address, settings: &Settings) -> bool {
    let host = url.host();
    let is_of = |own: &Address| {
        let own = own.host();
        let domain = own.strip_prefix("www.").unwrap_or(&own);
        host == own || host == domain || host.ends_with(&format!(".{domain}"))
    };
    matches!(url.scheme(), "http" | "https") && (is_of(&settings.site.url) || is_of(&settings.site.feeds_url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    #[test]
    fn nobody_else_is_asked() {
        let text = "[site]\nurl = 'https://www.e.example'\nfeeds_url = 'https://feeds.other.example/'";
        let settings = read("feedmill.toml", text, &Overrides::default()).unwrap();
        let own = |url: &str| is_own(&Address::parse(url).unwrap(), &settings);
        for url in
            ["https://www.e.example/a.jpg", "https://img.e.example/a.jpg", "http://feeds.other.example/a.jpg"]
        {
            assert!(own(url), "{url}");
        }
        for url in [
            "https://some.example/a.jpg",
            "https://note.example/",
            "https://other.example/",
            "data:image/png,x",
        ] {
            assert!(!own(url), "{url}");
        }
    }
}
