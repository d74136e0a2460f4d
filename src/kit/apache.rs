//! Apache httpd: a part for the `VirtualHost`.

use super::{Names, Redirect, Server, Site, Unwritable, expression, filled, plain_path, redirects};
use crate::address::Address;
use crate::compress::Encoding;
use serde_json::json;

const TEMPLATE: &str = include_str!("apache.conf");

pub fn configuration(site: &Site, base: &str) -> Result<String, Unwritable> {
    let root = format!("{}/", site.root);
    let cannot = |text: &str| Server::Apache.unwritable(text);
    let written = |text: &str| quoted(text).ok_or_else(|| cannot(text));
    // In the name of a directory these stand for any others.
    if root.contains(['*', '?', '[', ']']) {
        return Err(cannot(&root));
    }
    let kinds: Vec<_> = site
        .media_types()
        .into_iter()
        .filter_map(|(names, media_type)| {
            let variant = r"(\.(gz|br|zst))?$";
            let pattern = match names {
                Names::File(name) => format!("^{}{variant}", expression(name)),
                Names::Ending(ending) => format!("{}{variant}", expression(ending)),
            };
            Some((quoted(&pattern)?, media_type))
        })
        .collect();
    let ended = site.ended.iter().filter(|path| !path.chars().any(char::is_control));
    let ended: Vec<String> = ended.map(|path| pattern(path)).collect();
    let (moved, left_out) = redirects(&site.moved, redirect);
    // Those that make a file smallest first.
    let order = [Encoding::Brotli, Encoding::Zstd, Encoding::Gzip];
    let compressed = order.into_iter().filter(|encoding| site.compress.contains(encoding));
    let compressed = compressed.map(|encoding| (coding(encoding), encoding.ending())).collect::<Vec<_>>();
    let bare = base.strip_suffix('/').filter(|bare| !bare.is_empty()).map(pattern);
    Ok(filled(
        TEMPLATE,
        &json!({
            "url": site.feeds_url.as_str(),
            "host": site.feeds_url.host(),
            "target": target(&site.feeds_url),
            "bare": bare,
            "base": written(base)?,
            "root": written(&root)?,
            "ended": ended,
            "has_archive": site.has_archive,
            "compressed": compressed,
            "kinds": kinds,
            "types": site.media_types().iter().map(|(_, kind)| bare_type(kind)).collect::<Vec<_>>(),
            "moved": moved,
            "left_out": left_out,
        }),
    ))
}

/// A former address, and where it leads.
pub fn redirect(redirect: &Redirect) -> Option<(String, String)> {
    Some((pattern(&plain_path(&redirect.from)?), target(&redirect.to)))
}

/// A media type without its charset.
fn bare_type(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().to_owned()
}

/// The name of an encoding in HTTP.
fn coding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Gzip => "gzip",
        Encoding::Brotli => "br",
        Encoding::Zstd => "zstd",
    }
}

/// What fits this path alone, for `mod_rewrite`. It knows no way to write a quotation mark between others, and a dollar sign
/// may begin a variable of the configuration.
fn pattern(path: &str) -> String {
    let pattern = expression(path).replace("\\\"", "\\x22").replace("\\$", "\\x24");
    format!("\"^{pattern}$\"")
}

/// Where `mod_rewrite` sends readers. What it would take for a variable is escaped; no address has quotation marks.
fn target(address: &Address) -> String {
    format!("\"{}\"", address.as_str().replace('%', "\\%").replace('$', "\\$"))
}

/// In quotation marks, within which only these and the backslash have a meaning. `None` where Apache would look for a variable
/// all the same.
fn quoted(text: &str) -> Option<String> {
    let is_plain = !text.contains("${") && !text.chars().any(char::is_control);
    is_plain.then(|| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_its_quotation_or_becomes_a_variable() {
        assert_eq!(quoted(r#"/a "b" \c"#).as_deref(), Some(r#""/a \"b\" \\c""#));
        assert_eq!(quoted("/${HOME}/"), None);
        let address = Address::parse("https://e.example/a$b/%D1%8F").unwrap();
        assert_eq!(target(&address), r#""https://e.example/a\$b/\%D1\%8F""#);
        assert_eq!(pattern("/a.\"b\"/${c}/"), r#""^/a\.\x22b\x22/\x24\{c\}/$""#);
    }
}
