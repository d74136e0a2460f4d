//! Where a file that front matter names is served, and whether it lies with the articles.

use super::links::{Links, Target};
use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::newsroom::MediaSource;

/// A file that front matter names.
pub struct Located {
    /// Where it is served.
    pub url: Address,
    /// Its bytes, where it lies with the articles.
    pub source: Option<Box<dyn MediaSource>>,
    /// Is it known that it is not there?
    pub is_missing: bool,
}

/// Finds a file by its address, or beside the article, or where the site is served from. `None` where
/// the reference is no address of a file.
pub fn find(src: &str, links: &Links<'_>) -> Option<Located> {
    let url = match links.resolve(src) {
        Target::Address(url) if Address::of_page(url.as_str()).is_some() => url,
        _ => return None,
    };
    let open = |reference: &str| links.file(reference).and_then(|path| links.open(&path));
    let source = open(src);
    if source.is_some() || !links.misses(src) {
        return Some(Located { url, source, is_missing: false });
    }
    // Hugo and Pelican take a path that is no file of the article's from the site's root.
    let from_here = src.trim_start_matches("./");
    if from_here.contains('/') && !from_here.starts_with(['.', '/']) {
        let from_root = format!("/{from_here}");
        let source = open(&from_root);
        let is_missing = source.is_none() && links.misses(&from_root);
        return Some(Located { url: links.site.join(from_here).unwrap_or(url), source, is_missing });
    }
    Some(Located { url, source: None, is_missing: true })
}

/// Does a missing file still have an address? What lies above the article's directory is called on the
/// site as only its generator knows.
pub fn keeps_address(src: &str) -> bool {
    !src.trim_start_matches("./").starts_with("../")
}

/// Finds a file. What cannot be found is told; if it still has an address, that stays.
pub fn locate(
    src: &str,
    at: Position,
    links: &Links<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Located> {
    let mut tell = |message: String, help: &str| {
        let fault = Diagnostic::new(Code::MissingMedia, Location::new(links.path, at), message);
        diagnostics.push(fault.help(help));
    };
    let Some(located) = find(src, links) else {
        let help = "name a file beside the article, a path on the site or a URL without a user name";
        tell(format!("`{src}` is no address of a recording or a file"), help);
        return None;
    };
    if located.is_missing {
        tell(
            format!("`{src}` does not lie with the article"),
            "put the file beside the article, or mend its name",
        );
    }
    (!located.is_missing || keeps_address(src)).then_some(located)
}
