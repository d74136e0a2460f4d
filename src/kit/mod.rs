//! A web server's configuration for the feeds of this newsroom, in that server's own words.
//!
//! In: a [`Site`], which knows of no server. Out: text. What stands where is in a template beside each server's file;
//! how its texts are quoted is in that file.

mod apache;
mod caddy;
mod nginx;
mod pages;

pub use pages::{moved_pages, page_redirects};

use crate::address::Address;
use crate::archive::is_document;
use crate::compress::Encoding;
use crate::encode::{Format, OPML_FILE_NAME, OPML_MEDIA_TYPE};
use crate::publication::Publication;
use crate::settings::Settings;
use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use thiserror::Error;

/// A web server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// nginx.
    Nginx,
    /// Caddy 2.
    Caddy,
    /// Apache httpd 2.4.
    Apache,
}

/// All that a server has to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Where the feeds are served; ends with a slash.
    pub feeds_url: Address,
    /// The output directory on the server, without a slash at its end.
    pub root: String,
    /// What feeds are served as.
    pub feeds: Vec<(Format, &'static str)>,
    /// In which encodings each file lies beside itself.
    pub compress: Vec<Encoding>,
    /// Are there documents of archives?
    pub has_archive: bool,
    /// Former addresses of feeds.
    pub moved: Vec<Redirect>,
    /// Files of feeds that are not written any more, below the output directory.
    pub ended: Vec<String>,
}

/// An address in whose place there is another one now.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirect {
    /// What people still ask for.
    pub from: Address,
    /// Where it is.
    pub to: Address,
}

/// A text that a server's configuration has no way to write.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("`{text}` cannot be written in a configuration of {server}")]
pub struct Unwritable {
    /// The text.
    pub text: String,
    /// What cannot be written there.
    pub server: &'static str,
}

impl Server {
    /// The server's name, as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Server::Nginx => "nginx",
            Server::Caddy => "Caddy",
            Server::Apache => "Apache",
        }
    }

    fn unwritable(self, text: &str) -> Unwritable {
        Unwritable { text: text.to_owned(), server: self.name() }
    }
}

impl Site {
    /// What there is to know after a run, with the output directory at `root` on the server.
    #[must_use]
    pub fn of(publication: &Publication, settings: &Settings, root: &str) -> Site {
        let files = publication.feeds.iter().flat_map(|feed| &feed.formats);
        let moved = files.flat_map(|file| {
            file.aliases.iter().map(|alias| Redirect { from: alias.clone(), to: file.address.clone() })
        });
        let ended = publication.ended.iter().map(|ended| &ended.path);
        Site {
            feeds_url: settings.site.feeds_url.clone(),
            root: root.trim_end_matches('/').to_owned(),
            feeds: Format::ALL.iter().map(|format| (*format, settings.served_as(*format))).collect(),
            compress: settings.output.compress.clone(),
            has_archive: !publication.archive_directories().is_empty(),
            moved: moved.collect(),
            ended: ended.filter(|path| !is_document(path)).cloned().collect(),
        }
    }

    /// The path under which the feeds are served, as a server sees it; begins and ends with a slash.
    fn base(&self) -> Option<String> {
        let path = plain_path(&self.feeds_url)?;
        Some(if path.ends_with('/') { path } else { path + "/" })
    }
}

/// The configuration, as a part to be included in that of the host.
///
/// # Errors
/// A directory or a path that this server has no way to write.
pub fn configuration(server: Server, site: &Site) -> Result<String, Unwritable> {
    let base = site.base().ok_or_else(|| server.unwritable(site.feeds_url.as_str()))?;
    match server {
        Server::Nginx => nginx::configuration(site, &base),
        Server::Caddy => caddy::configuration(site, &base),
        Server::Apache => apache::configuration(site, &base),
    }
}

/// What a server writes of redirects, and the addresses of those that it cannot write.
type Redirects<'r> = (Vec<(String, String)>, Vec<&'r str>);

/// The redirects as `written` has them, which knows how a server quotes.
fn redirects(
    redirects: &[Redirect],
    written: impl Fn(&Redirect) -> Option<(String, String)>,
) -> Redirects<'_> {
    let (mut pairs, mut left_out) = (Vec::new(), Vec::new());
    for redirect in redirects {
        match written(redirect) {
            Some(pair) => pairs.push(pair),
            None => left_out.push(redirect.from.as_str()),
        }
    }
    (pairs, left_out)
}

/// Which files have a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    /// Those of this name.
    File(&'static str),
    /// Those that end so.
    Ending(&'static str),
}

impl Site {
    /// What the files of the output directory are served as. RSS and Atom both end in `.xml`, so these are known by their
    /// names.
    fn media_types(&self) -> Vec<(Names, String)> {
        let feeds =
            self.feeds.iter().map(|(format, media_type)| (Names::File(format.file_name()), *media_type));
        let others = [
            (Names::File(OPML_FILE_NAME), OPML_MEDIA_TYPE),
            (Names::Ending(".html"), "text/html"),
            (Names::Ending(".css"), "text/css"),
            (Names::Ending(".js"), "text/javascript"),
        ];
        feeds
            .chain(others)
            .map(|(names, media_type)| (names, format!("{media_type}; charset=utf-8")))
            .collect()
    }
}

/// The path of an address as a server compares it: decoded. `None` where it is no text in one line.
fn plain_path(address: &Address) -> Option<String> {
    let path = percent_decode_str(address.path()).decode_utf8().ok()?;
    (!path.chars().any(char::is_control)).then(|| path.into_owned())
}

/// A regular expression that fits this text alone.
fn expression(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation() && !matches!(character, '/' | '-' | '_') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// The template with these values.
fn filled(template: &str, values: &Value) -> String {
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    let mut environment = Environment::new();
    environment.set_syntax(syntax.expect("it has the delimiters that it has by default"));
    let filled = environment.render_str(template, Serde(values));
    filled.expect("the tests fill every template with all that there is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_where_they_are_texts() {
        let path = |address: &str| plain_path(&Address::parse(address).unwrap());
        assert_eq!(path("https://e.example/a%20b/%D1%8F/"), Some("/a b/я/".to_owned()));
        assert_eq!(path("https://e.example/%FF/"), None);
        assert_eq!(path("https://e.example/a%0Ab/"), None);
    }

    #[test]
    fn expressions_fit_their_text_alone() {
        assert_eq!(expression("/a.b/$c(я)-_"), r"/a\.b/\$c\(я\)-_");
    }
}
