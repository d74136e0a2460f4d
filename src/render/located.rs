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
    let url = match links.resolve(src) {
        Target::Address(url) if Address::of_page(url.as_str()).is_some() => url,
        _ => {
            let help = "name a file beside the article, a path on the site or a URL without a user name";
            tell(format!("`{src}` is no address of a recording or a file"), help);
            return None;
        }
    };
    let open = |reference: &str| links.file(reference).and_then(|path| links.open(&path));
    let source = open(src);
    if source.is_some() || !links.misses(src) {
        return Some(Located { url, source });
    }
    let from_here = src.trim_start_matches("./");
    // What generators take from the site's root.
    if from_here.contains('/') && !from_here.starts_with(['.', '/']) {
        return Some(Located { url: links.site.join(from_here)?, source: open(&format!("/{from_here}")) });
    }
    tell(
        format!("`{src}` does not lie with the article"),
        "put the file beside the article, or mend its name",
    );
    (!from_here.starts_with("../")).then_some(Located { url, source })
}
