//! nginx: a part for the `server` block.

use super::{Names, Redirect, Server, Site, Unwritable, expression, filled, plain_path, redirects};
use crate::address::Address;
use crate::compress::Encoding;
use serde_json::json;

const TEMPLATE: &str = include_str!("nginx.conf");

pub fn configuration(site: &Site, base: &str) -> Result<String, Unwritable> {
    let root = format!("{}/", site.root);
    // nginx puts variables into this path, and knows no way to write the sign that they begin with.
    if root.contains('$') || root.chars().any(char::is_control) {
        return Err(Server::Nginx.unwritable(&root));
    }
    let kinds: Vec<_> = site.media_types().into_iter().map(|(names, kind)| (pattern(names), kind)).collect();
    let (moved, left_out) = redirects(&site.moved, redirect);
    let media_type = |path: &str| {
        let is_named = |names: &Names| match names {
            Names::File(name) => path.rsplit('/').next() == Some(name),
            Names::Ending(ending) => path.ends_with(ending),
        };
        let found = site.media_types().into_iter().find(|(names, _)| is_named(names));
        found.map_or_else(|| "application/octet-stream".to_owned(), |(_, media_type)| media_type)
    };
    let ended = site.ended.iter().filter(|path| !path.chars().any(char::is_control));
    let ended: Vec<_> = ended.map(|path| (quoted(&format!("{base}{path}")), media_type(path))).collect();
    let has = |encoding| site.compress.contains(&encoding);
    Ok(filled(
        TEMPLATE,
        &json!({
            "url": site.feeds_url.as_str(),
            "host": site.feeds_url.host(),
            "target": target(&site.feeds_url),
            "bare": base.strip_suffix('/').filter(|bare| !bare.is_empty()).map(quoted),
            "base": quoted(base),
            "root": quoted(&root),
            "hidden": quoted(&format!("^{}(.*/)?\\.", expression(base))),
            "archive": quoted("archive/[1-9][0-9]*/[^/]+$"),
            "has_archive": site.has_archive,
            "gzip": has(Encoding::Gzip),
            "brotli": has(Encoding::Brotli),
            "zstd": has(Encoding::Zstd),
            "kinds": kinds,
            "ended": ended,
            "moved": moved,
            "left_out": left_out,
        }),
    ))
}

/// A former address, and where it leads.
pub fn redirect(redirect: &Redirect) -> Option<(String, String)> {
    Some((quoted(&plain_path(&redirect.from)?), target(&redirect.to)))
}

fn pattern(names: Names) -> String {
    quoted(&match names {
        Names::File(name) => format!("/{}$", expression(name)),
        Names::Ending(ending) => format!("{}$", expression(ending)),
    })
}

/// In quotation marks, within which only these and the backslash have a meaning.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Where a redirect leads: with a dollar sign a variable would begin.
fn target(address: &Address) -> String {
    quoted(&address.as_str().replace('$', "%24"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_its_quotation_or_becomes_a_variable() {
        assert_eq!(quoted(r#"/a "b" \{$c;"#), r#""/a \"b\" \\{$c;""#);
        let address = Address::parse("https://e.example/a$b?c=\"d\"").unwrap();
        assert_eq!(target(&address), r#""https://e.example/a%24b?c=%22d%22""#);
        assert_eq!(pattern(Names::File("rss.xml")), r#""/rss\\.xml$""#);
    }
}
