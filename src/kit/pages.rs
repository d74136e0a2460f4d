//! The former addresses of articles, for a server that redirects those who still ask for them.

use super::{Redirect, Server, apache, caddy, filled, nginx, redirects};
use crate::address::Address;
use crate::catalog::Catalog;
use crate::settings::Settings;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The `aliases` of the articles that are due, in the order of their paths, as far as they lie on the site's own host. What is an
/// article's page is none's former one, and where two articles lay at an address, the newer one is meant.
#[must_use]
pub fn moved_pages(catalog: &Catalog, settings: &Settings) -> Vec<Redirect> {
    let host = settings.site.url.host();
    let bare = |page: &'_ str| path(page).trim_end_matches('/').to_owned();
    let pages: BTreeSet<String> = catalog.cards.iter().map(|card| bare(card.permalink())).collect();
    // What lies there is told by the feeds' own part.
    let feeds = bare(settings.site.feeds_url.as_str());
    let is_feed = |path: &str| !feeds.is_empty() && (path == feeds || path.starts_with(&format!("{feeds}/")));
    let mut moved: BTreeMap<Address, Address> = BTreeMap::new();
    for card in &catalog.cards {
        // A server compares paths: what is asked for behind them does not count.
        let is_path = |alias: &&Address| !alias.as_str().contains(['?', '#']) && alias.host() == host;
        for from in card.aliases().iter().filter(is_path).flat_map(with_and_without_slash) {
            let path = bare(from.as_str());
            if !path.is_empty() && !pages.contains(&path) && !is_feed(&path) {
                moved.entry(from).or_insert_with(|| card.address());
            }
        }
    }
    moved.into_iter().map(|(from, to)| Redirect { from, to }).collect()
}

/// What follows the host.
fn path(address: &str) -> &str {
    let after = address.split_once("://").map_or(address, |(_, after)| after);
    after.find('/').map_or("/", |start| &after[start..])
}

/// A page that is a directory was found with a slash and without one.
fn with_and_without_slash(alias: &Address) -> impl Iterator<Item = Address> {
    let text = alias.as_str();
    let other = match text.strip_suffix('/') {
        Some(bare) => Some(bare.to_owned()),
        None if !text.rsplit('/').next().unwrap_or_default().contains('.') => Some(format!("{text}/")),
        None => None,
    };
    [Some(alias.clone()), other.and_then(|other| Address::parse(&other))].into_iter().flatten()
}

/// A part for the host's configuration that redirects from these addresses.
#[must_use]
pub fn page_redirects(server: Server, moved: &[Redirect]) -> String {
    let (template, (moved, left_out)) = match server {
        Server::Nginx => (NGINX, redirects(moved, nginx::redirect)),
        Server::Caddy => (CADDY, redirects(moved, |moved| caddy::redirect(moved, ""))),
        Server::Apache => (APACHE, redirects(moved, apache::redirect)),
    };
    filled(template, &json!({ "moved": moved, "left_out": left_out }))
}

const NGINX: &str = "\
# Former addresses of articles, as `feedmill kit nginx --aliases` wrote them, to be included in the `server` block.
{% for from, to in moved %}
location = {{ from }} { return 301 {{ to }}; }
{% endfor %}
{% for address in left_out %}
# left out, because nginx cannot write it: {{ address }}
{% endfor %}
";

const CADDY: &str = "\
# Former addresses of articles, as `feedmill kit caddy --aliases` wrote them, to be imported into the site's block.
{% for address in left_out %}
# left out, because Caddy cannot write it: {{ address }}
{% endfor %}
map {path} {feedmill_page} {
{% for from, to in moved %}
	{{ from }} {{ to }}
{% endfor %}
	default \"\"
}
@feedmill_page not vars {feedmill_page} \"\"
redir @feedmill_page {feedmill_page} permanent
";

const APACHE: &str = "\
# Former addresses of articles, as `feedmill kit apache --aliases` wrote them, to be included in the `<VirtualHost>`.
RewriteEngine On
{% for from, to in moved %}
RewriteRule {{ from }} {{ to }} [R=301,L,NE]
{% endfor %}
{% for address in left_out %}
# left out, because Apache cannot write it: {{ address }}
{% endfor %}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_with_a_slash_and_without() {
        let both = |alias: &str| -> Vec<String> {
            let alias = Address::parse(alias).unwrap();
            with_and_without_slash(&alias).map(|address| address.as_str().to_owned()).collect()
        };
        assert_eq!(both("https://e.example/a/b/"), ["https://e.example/a/b/", "https://e.example/a/b"]);
        assert_eq!(both("https://e.example/a/b"), ["https://e.example/a/b", "https://e.example/a/b/"]);
        assert_eq!(both("https://e.example/a/b.html"), ["https://e.example/a/b.html"]);
    }
}
