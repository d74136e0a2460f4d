//! Pages for people: which feeds there are, what stands in them, how to subscribe. One for the publication, one for each edition.
//!
//! In: the feeds as they are published, and the teasers of their newest articles. Out: files of the output directory, which lead to each
//! other by relative links and ask nobody else for anything.

mod card;
mod grid;
mod months;
mod page;
mod pictures;
mod plot;
mod relative;

use crate::address::Address;
use crate::catalog::Catalog;
use crate::encode::GENERATOR;
use crate::index::name::Name;
use crate::language::Language;
use crate::plan::{FeedKey, Plan, PlannedFeed};
use crate::press::{Draft, FeedFile, PublishedFeed, Stands, served_at};
use crate::settings::Settings;
use crate::teaser::Teaser;
use crate::welcome::{STYLESHEET, STYLESHEET_FILE_NAME};
use months::Months;
use page::Page;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The name of a page's file.
pub const PAGE_FILE_NAME: &str = "index.html";
/// What a page is served as.
pub const PAGE_MEDIA_TYPE: &str = "text/html";
const STYLESHEET_MEDIA_TYPE: &str = "text/css";
const SCRIPT_MEDIA_TYPE: &str = "text/javascript";

/// Is a file for people that begins so one of ours? Another hand may have put one where it is to lie, which may well speak of
/// feedmill: ours name it as their maker.
#[must_use]
pub fn is_ours(head: &[u8]) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if line.starts_with(b"/*") || line.starts_with(b"//") {
        return holds(line, &format!("Made by {GENERATOR}."));
    }
    holds(head, &format!("<meta name=\"generator\" content=\"{GENERATOR}\">"))
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|found| found == text.as_bytes())
}

const PAGE_STYLESHEET: (&str, &str) = ("pages.css", include_str!("pages.css"));
const SCRIPT: (&str, &str) = ("pages.js", include_str!("pages.js"));

/// What the pages are made of.
pub struct Material<'a> {
    /// The feeds.
    pub plan: &'a Plan,
    /// The same, as they are published, in the same order.
    pub feeds: &'a [PublishedFeed],
    /// All articles.
    pub catalog: &'a Catalog,
    /// The settings.
    pub settings: &'a Settings,
    /// The teaser of an article that a feed shows, by its number in the catalog.
    pub teaser: &'a (dyn Fn(usize) -> Option<Teaser> + Sync),
}

/// A feed that is for everybody.
type Listed<'a> = (&'a PlannedFeed, &'a PublishedFeed);

/// What a page is of.
struct Scope<'a> {
    /// The edition; `None`: the publication.
    edition: Option<&'a Language>,
    /// Where it lies under the output directory.
    path: String,
    /// The editions of which people subscribe to feeds here; `None`: of all of them together.
    holds: Vec<Option<&'a Language>>,
}

/// The page of an edition, or of the whole publication.
#[must_use]
pub fn page_path(edition: Option<&Language>, settings: &Settings) -> String {
    FeedKey { edition: edition.cloned(), ..FeedKey::default() }.path(&settings.feeds, PAGE_FILE_NAME)
}

/// Where people subscribe to the feeds of an edition, or to all. Without pages that is the site.
#[must_use]
pub fn page_address(edition: Option<&Language>, settings: &Settings) -> Option<Address> {
    settings.pages.publish.then(|| served_at(&page_path(edition, settings), settings))
}

/// The file that makes a page of a feed which a browser opens.
#[must_use]
pub fn feed_stylesheet(settings: &Settings) -> String {
    FeedKey::default().path(&settings.feeds, STYLESHEET_FILE_NAME)
}

impl Material<'_> {
    /// All files for people that the settings ask for.
    #[must_use]
    pub fn files(&self, stands: Stands<'_>) -> Vec<Draft> {
        let mut files = Vec::new();
        let always = |path, text, media_type| {
            Draft::of(path, Name::of_bytes(str::as_bytes(text)).number(), stands, |path| {
                file(path, text, media_type)
            })
        };
        if self.settings.pages.in_feeds {
            files.push(always(feed_stylesheet(self.settings), STYLESHEET, STYLESHEET_MEDIA_TYPE));
        }
        if self.settings.pages.publish {
            let beside = |name| FeedKey::default().path(&self.settings.feeds, name);
            files.push(always(beside(PAGE_STYLESHEET.0), PAGE_STYLESHEET.1, STYLESHEET_MEDIA_TYPE));
            files.push(always(beside(SCRIPT.0), SCRIPT.1, SCRIPT_MEDIA_TYPE));
            files.extend(self.pages(stands));
        }
        files
    }

    fn pages(&self, stands: Stands<'_>) -> Vec<Draft> {
        let months = Months::of(self.catalog, self.settings.site.timezone);
        let editions = self.catalog.editions.iter().map(Some);
        let mut scopes: Vec<Scope<'_>> = Vec::new();
        for edition in std::iter::once(None).chain(editions) {
            let path = page_path(edition, self.settings);
            // Where paths do not tell editions apart, the first page is for all of them.
            match scopes.iter_mut().find(|scope| scope.path == path) {
                Some(scope) => scope.holds.push(edition),
                None => scopes.push(Scope { edition, path, holds: vec![edition] }),
            }
        }
        let feeds = self.plan.feeds.iter().zip(self.feeds);
        let listed = feeds.filter(|(planned, _)| planned.is_listed(self.settings));
        let by_key: BTreeMap<_, _> = listed.clone().map(|feed| (&feed.0.key, feed)).collect();
        let listed: Vec<_> = listed.collect();
        let page = |scope: &Scope<'_>| {
            let is_here = |feed: &&Listed<'_>| scope.holds.contains(&feed.0.key.edition.as_ref());
            let feeds = listed.iter().filter(is_here).copied().collect();
            let page =
                Page { material: self, months: &months, scope, scopes: &scopes, feeds, by_key: &by_key };
            let html = |path| file(path, &page.html(), PAGE_MEDIA_TYPE);
            Draft::of(scope.path.clone(), page.made_of(), stands, html)
        };
        scopes.par_iter().map(page).collect()
    }
}

impl FeedFile {
    /// Is it for people to look at, and no feed?
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(self.media_type, PAGE_MEDIA_TYPE | STYLESHEET_MEDIA_TYPE | SCRIPT_MEDIA_TYPE)
    }
}

fn file(path: String, text: &str, media_type: &'static str) -> FeedFile {
    FeedFile { path, bytes: text.as_bytes().to_vec(), media_type }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_name_their_maker_and_others_only_speak_of_it() {
        let page = "<!doctype html>\n<html>\n<head>\n<meta name=\"generator\" content=\"feedmill\">\n";
        for ours in [page, STYLESHEET, PAGE_STYLESHEET.1, SCRIPT.1] {
            assert!(is_ours(ours.as_bytes()), "{ours}");
        }
        for other in [
            "",
            "<p>Our feeds are made by feedmill.</p>",
            "<meta name=\"generator\" content=\"Hugo\"><a href=\"https://feedmill.example/\">feedmill</a>",
            "/* Our own. */\n/* Made by feedmill. */",
        ] {
            assert!(!is_ours(other.as_bytes()), "{other}");
        }
    }
}
