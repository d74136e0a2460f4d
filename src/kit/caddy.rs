//! Caddy: a part for the site's block.

use super::{Names, Redirect, Server, Site, Unwritable, filled, plain_path, redirects};
use crate::compress::Encoding;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::json;

const TEMPLATE: &str = include_str!("Caddyfile");

pub fn configuration(site: &Site, base: &str) -> Result<String, Unwritable> {
    let bare = base.trim_end_matches('/');
    let root = if site.root.is_empty() { "/" } else { &site.root };
    let cannot = |text: &str| Server::Caddy.unwritable(text);
    // In what is compared with a path these have another meaning.
    if bare.contains(['*', '%']) {
        return Err(cannot(bare));
    }
    let (moved, left_out) = redirects(&site.moved, |moved| redirect(moved, bare));
    let kinds: Vec<_> = site
        .media_types()
        .into_iter()
        .map(|(names, media_type)| match names {
            Names::File(name) => (format!("*/{name}"), media_type),
            Names::Ending(ending) => (format!("*{ending}"), media_type),
        })
        .collect();
    let ended: Vec<_> = site.ended.iter().filter_map(|path| quoted(&format!("/{path}"))).collect();
    // Those that make a file smallest first.
    let order = [(Encoding::Brotli, "br"), (Encoding::Zstd, "zstd"), (Encoding::Gzip, "gzip")];
    let compressed = order.iter().filter(|(encoding, _)| site.compress.contains(encoding));
    Ok(filled(
        TEMPLATE,
        &json!({
            "url": site.feeds_url.as_str(),
            "host": site.feeds_url.host(),
            "bare": if bare.is_empty() { None } else { Some(quoted(bare).ok_or_else(|| cannot(bare))?) },
            "below": quoted(&format!("{bare}/*")).ok_or_else(|| cannot(bare))?,
            "prefix": quoted(&encoded(bare)).ok_or_else(|| cannot(bare))?,
            "root": quoted(root).ok_or_else(|| cannot(root))?,
            "has_archive": site.has_archive,
            "compressed": compressed.map(|(_, name)| *name).collect::<Vec<_>>(),
            "kinds": kinds,
            "ended": ended,
            "moved": moved,
            "left_out": left_out,
        }),
    ))
}

/// A former address, by its path below `bare`, and where it leads.
pub fn redirect(redirect: &Redirect, bare: &str) -> Option<(String, String)> {
    let path = plain_path(&redirect.from)?;
    Some((quoted(path.strip_prefix(bare)?)?, quoted(redirect.to.as_str())?))
}

/// A prefix of paths: Caddy compares it byte by byte with what was sent, in which all but ASCII is encoded.
fn encoded(path: &str) -> String {
    utf8_percent_encode(path, &AsciiSet::EMPTY).to_string()
}

/// In quotation marks of one kind or the other: only the second leave backslashes alone, and neither can hold its own. `None`
/// where neither will do, and of a text with a brace: a placeholder may begin with it, and `import` takes away what would
/// prevent that.
fn quoted(text: &str) -> Option<String> {
    if text.contains('{') || text.chars().any(char::is_control) {
        None
    } else if !text.contains(['"', '\\']) {
        Some(format!("\"{text}\""))
    } else {
        (!text.contains('`')).then(|| format!("`{text}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_its_quotation_or_becomes_a_placeholder() {
        assert_eq!(quoted("/a b/").as_deref(), Some("\"/a b/\""));
        assert_eq!(quoted("/`a`/").as_deref(), Some("\"/`a`/\""));
        assert_eq!(quoted(r#"/"a"\"#).as_deref(), Some(r#"`/"a"\`"#));
        assert_eq!(quoted("/\"a`/"), None);
        assert_eq!(quoted("/{$HOME}/"), None);
    }
}
