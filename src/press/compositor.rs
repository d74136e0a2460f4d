//! Sets entries under what stands at the head of their feed.

use super::fit::Cut;
use super::served_at;
use crate::access::Access;
use crate::address::Address;
use crate::catalog::Catalog;
use crate::encode::Format;
use crate::feed::{Entry, Feed, Tombstone};
use crate::language::Language;
use crate::masthead::Masthead;
use crate::person::Person;
use crate::plan::{FeedKey, PlannedFeed};
use crate::podcast::guid;
use crate::render::{Closings, Rendered};
use crate::settings::{Choices, ContentExtent, MediaListing, MembersExtent, Settings, Support};
use crate::show;
use crate::shown::shown;
use chrono::{DateTime, Utc};
use std::borrow::Cow;

/// What all files of all feeds share.
#[derive(Clone, Copy)]
pub struct Compositor<'a> {
    /// All articles.
    pub catalog: &'a Catalog,
    /// The settings.
    pub settings: &'a Settings,
    /// What the entries end with.
    pub closings: &'a Closings,
}

/// By what subscribers know a feed, in whichever of its files.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Its id.
    pub id: String,
    /// What identified it as a podcast before.
    pub show: Option<String>,
}

impl<'a> Compositor<'a> {
    /// A feed with these entries.
    #[must_use]
    pub fn feed<'e>(
        self,
        planned: &PlannedFeed,
        Identity { id, show }: Identity,
        entries: Vec<Cow<'e, Entry>>,
        updated: DateTime<Utc>,
        tombstones: Vec<Tombstone>,
    ) -> Feed<'e>
    where
        'a: 'e,
    {
        let masthead = Masthead::of(planned, self.catalog, self.settings);
        let site = &self.settings.site;
        let language = masthead.language.as_ref();
        let declared = show::of_feed(&planned.key, self.settings);
        let podcast = declared.map(|declared| {
            let guid = show.unwrap_or_else(|| guid(&self.address(&planned.key, Format::Rss)));
            show::show(declared, &planned.key, (&masthead.title, language), guid, self.settings)
        });
        let own_description = declared.and_then(|declared| declared.description.as_ref());
        let description = own_description.or(site.description.as_ref());
        let own_copyright = declared.and_then(|declared| declared.copyright.as_ref());
        let copyright = own_copyright.or(site.copyright.as_ref());
        Feed {
            id,
            tombstones,
            description: description.map(|description| description.get(language).to_owned()),
            podcast,
            title: masthead.title,
            home: masthead.home,
            updated,
            authors: self.publishers(language),
            rights: copyright.map(|copyright| copyright.get(language).to_owned()),
            logo: site.logo.as_ref(),
            icon: site.icon.as_ref(),
            support: site
                .support
                .as_ref()
                .map(|Support { url, text }| (url, text.as_ref().map(|text| text.get(language)))),
            hubs: &self.settings.feeds.hubs,
            lists_media: planned.choices.media == MediaListing::Content,
            entries,
            language: masthead.language.clone(),
        }
    }

    /// Who is behind the publication: its authors, else the publication itself.
    fn publishers(self, language: Option<&Language>) -> Vec<Person> {
        let authors: Vec<Person> =
            self.settings.site_authors(language).into_iter().map(|author| author.person).collect();
        let itself = || Person::called(self.settings.site.title.get(language).to_owned());
        if authors.is_empty() { vec![itself()] } else { authors }
    }

    /// The newest articles as a feed with these choices shows them, and as much of them as the cut leaves.
    #[must_use]
    pub fn entries<'e>(self, articles: &[&'e Rendered], choices: &Choices, cut: Cut) -> Vec<Cow<'e, Entry>> {
        let short = Choices { content: ContentExtent::Summary, ..choices.clone() };
        let (full, shortened) = articles[..cut.entries].split_at(cut.full);
        let closed = |article: &&'e Rendered| match choices.closing && has_text(article, choices) {
            true => self.closings.under(shown(article, choices), article),
            false => shown(article, choices),
        };
        full.iter().map(closed).chain(shortened.iter().map(|article| shown(article, &short))).collect()
    }

    /// Where a feed's file of a format is served.
    #[must_use]
    pub fn address(self, key: &FeedKey, format: Format) -> Address {
        served_at(&key.path(&self.settings.feeds, format.file_name()), self.settings)
    }
}

/// Does a feed with these choices show the whole text? Of an article for members it shows a line.
fn has_text(article: &Rendered, choices: &Choices) -> bool {
    article.entry.access == Access::Public || choices.members == MembersExtent::Full
}
