//! Where an article's page is: its permalink, the address that copies defer to, its former ones.

use super::fields::{Field, Fields, Found};
use crate::address::Address;
use crate::diagnostic::Position;
use crate::pattern::Pattern;
use crate::permalink::{NAMES, Parts, from_colons, has_colons};
use crate::settings::Settings;
use crate::syntax::Value;
use crate::text;
use std::borrow::Cow;

/// The addresses of an article.
pub struct Addresses {
    /// The lasting address of its page.
    pub permalink: Address,
    /// The address that copies defer to, where it is another site's.
    pub canonical: Option<Address>,
    /// A page elsewhere that it is about.
    pub external: Option<Address>,
    /// Where its page was before.
    pub aliases: Vec<Address>,
}

/// An address that cannot be used.
pub struct BadAddress {
    /// Where it stands.
    pub at: Position,
    /// What was found.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Reads the addresses. `url` wins, then what a saved page gives as its canonical address and `link`, if
/// they lie on the site itself, then the pattern of the settings.
///
/// # Errors
/// A `url` or `canonical` that is none.
pub fn addresses(
    fields: &Fields<'_>,
    parts: &Parts<'_>,
    settings: &Settings,
) -> Result<Addresses, BadAddress> {
    let site = &settings.site.url;
    let is_here = |page: &Address| page.host() == site.host();
    let declared = fields.get(Field::Url).map(|found| url(&found, parts, settings)).transpose()?;
    let canonical = fields.get(Field::Canonical).map(|found| page(&found, site)).transpose()?;
    // Not every `link` is an address; some sites write other things there.
    let link = fields.get(Field::Link).and_then(|found| Address::of_page(found.text()?));
    let of_page = fields.of_body(Field::Canonical).and_then(|found| page(&found, site).ok());
    let own = [&of_page, &link].into_iter().flatten().find(|page| is_here(page)).cloned();
    let permalink = match declared.or(own) {
        Some(page) => page,
        None => parts.permalink(settings).ok_or_else(|| BadAddress {
            at: Position::START,
            message: "no permalink can be made for the article".to_owned(),
            help: "give it a `url`".to_owned(),
        })?,
    };
    Ok(Addresses {
        canonical: canonical.filter(|page| *page != permalink),
        external: link.filter(|page| !is_here(page)),
        aliases: aliases(fields, site),
        permalink,
    })
}

fn url(found: &Found<'_>, parts: &Parts<'_>, settings: &Settings) -> Result<Address, BadAddress> {
    let text = found.text().unwrap_or_default().trim();
    if has_colons(text) && text.starts_with(['/', ':']) {
        let pattern = from_colons(text, Some("slug")).and_then(|own| Pattern::parse(&own, NAMES));
        let pattern = pattern.map_err(|message| BadAddress {
            at: found.node.at,
            message: format!("`{found}`: {message}"),
            help: "write the path out, such as `/news/ferry/`".to_owned(),
        })?;
        return parts.by(&pattern, settings).ok_or_else(|| bad(found, text));
    }
    if text.contains("{{") || text.contains("{%") {
        return Err(BadAddress {
            at: found.node.at,
            message: format!("`{found}` is a template, expected a path: `{text}`"),
            help: "write the path out, or say the same for all articles with `site.permalink`".to_owned(),
        });
    }
    // Zola's pages are directories, whatever their `path` ends in.
    let text = match found.is_called("path") && !text.ends_with('/') {
        true => Cow::Owned(format!("{text}/")),
        false => Cow::Borrowed(text),
    };
    page_at(&text, &settings.site.url).ok_or_else(|| bad(found, &text))
}

fn page(found: &Found<'_>, site: &Address) -> Result<Address, BadAddress> {
    let text = found.text().unwrap_or_default().trim();
    page_at(text, site).ok_or_else(|| bad(found, text))
}

/// A URL, or a path, which stays on the site however many slashes it begins with.
pub(super) fn page_at(text: &str, site: &Address) -> Option<Address> {
    let is_path = Address::parse(text).is_none() && !text.contains("://");
    let page = if is_path { on_site(text, site) } else { Address::of_page(text) };
    page.filter(|page| !text.is_empty() && matches!(page.scheme(), "http" | "https"))
}

fn on_site(path: &str, site: &Address) -> Option<Address> {
    site.join(&format!("./{}", path.trim_start_matches(['/', '\\'])))
}

fn bad(found: &Found<'_>, text: &str) -> BadAddress {
    BadAddress {
        at: found.node.at,
        message: format!("`{found}` is neither a URL nor a path: `{text}`"),
        help: "write a path such as `/news/ferry/` or a whole URL with `https://`".to_owned(),
    }
}

fn aliases(fields: &Fields<'_>, site: &Address) -> Vec<Address> {
    let Some(found) = fields.get(Field::Aliases) else { return Vec::new() };
    let texts = texts(&found);
    texts.iter().filter_map(|text| Address::of_page(text).or_else(|| on_site(text, site))).collect()
}

/// The categories of Jekyll: the folders above `_posts`, then those of the front matter, which are a
/// list or words with blanks between them. In lower case.
pub fn categories(fields: &Fields<'_>, path: &str) -> Vec<String> {
    let may_be = text::has_pair(path.as_bytes(), |byte, next| (byte == b'/') & (next == b'_'));
    let above_posts = if may_be { path.split_once("/_posts/") } else { None };
    let above_posts = above_posts.map_or("", |(above, _)| above);
    let mut categories: Vec<String> =
        above_posts.split('/').filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let several = fields.get(Field::Categories).map(|found| match &found.node.value {
        Value::Text(text) if !text.contains(',') => text.split_whitespace().map(str::to_owned).collect(),
        Value::Text(text) => text.split(',').map(|name| name.trim().to_owned()).collect(),
        _ => texts(&found),
    });
    let one = fields.get(Field::OneCategory).map(|found| texts(&found));
    for name in several.into_iter().chain(one).flatten().map(|name| name.to_lowercase()) {
        if !name.is_empty() && !categories.contains(&name) {
            categories.push(name);
        }
    }
    categories
}

/// The texts of a list, or the one that stands in its place.
fn texts(found: &Found<'_>) -> Vec<String> {
    let items = match &found.node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![found.node],
    };
    items
        .into_iter()
        .filter_map(|item| match &item.value {
            Value::Text(text) | Value::Number(text) => Some(text.trim().to_owned()),
            _ => None,
        })
        .collect()
}
