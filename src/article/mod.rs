//! What one source file says, typed: text in, an article or diagnostics out.
//!
//! Later stages cannot hold a bad date, language or address: each becomes its type here, once.

mod addresses;
pub mod bundle;
mod charset;
mod chosen_feeds;
mod cover;
pub mod date;
pub mod decode;
mod described;
mod enclosure;
mod episode;
mod fields;
pub(crate) mod front_matter;
mod interpret;
pub mod layout;
pub mod markup;
mod open;
pub(crate) mod page;
pub mod place;
mod plain;
mod play_time;
mod related;
mod release;
mod section_page;
mod whereabouts;

pub use chosen_feeds::ChosenFeeds;
pub use cover::{Cover, CoverSource};
pub use enclosure::Enclosure;
pub use episode::{CompanionFile, Episode};
pub use open::{LONGEST_BYTES, Whole, full_head, head, whole};
pub use place::bare_name;
pub use related::Related;
pub use section_page::{SectionPage, section_page};
pub use whereabouts::{About, position_of};

use crate::access::Access;
use crate::address::Address;
use crate::context::{Comments, Location, Source};
use crate::diagnostic::Position;
use crate::language::Language;
use crate::person::{Author, Contributor};
use crate::terms::Terms;
use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

/// One article without its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The headline, where front matter has one.
    pub title: Option<String>,
    /// First publication.
    pub published: DateTime<FixedOffset>,
    /// The last change that front matter declares, apart from corrections.
    pub updated: Option<DateTime<FixedOffset>>,
    /// From when on it is no longer to be shown.
    pub expires: Option<DateTime<FixedOffset>>,
    /// From when on it is taken back, where front matter names a date.
    pub withdrawn: Option<DateTime<FixedOffset>>,
    /// The edition that it belongs to; `None` on a site that knows no languages.
    pub edition: Option<Language>,
    /// The section that it is filed under, by its name.
    pub section: Option<String>,
    /// Its name in addresses and ids.
    pub slug: String,
    /// Its id, where front matter has one, and where it stands.
    pub id: Option<(String, Position)>,
    /// The lasting address of its page.
    pub permalink: Address,
    /// The address that copies of it defer to, where it is not the permalink.
    pub canonical: Option<Address>,
    /// What it links to: a page elsewhere that it is about.
    pub external: Option<Address>,
    /// Where its page was before.
    pub aliases: Vec<Address>,
    /// What it shares with its translations.
    pub translation: Option<TranslationKey>,
    /// Who wrote it, in order.
    pub authors: Vec<Author>,
    /// Who else had a part in it, in order.
    pub contributors: Vec<Contributor>,
    /// Its tags, in order, each once.
    pub tags: Vec<String>,
    /// What front matter says in short.
    pub summary: Option<String>,
    /// The picture that stands for it.
    pub cover: Option<Cover>,
    /// Recordings and files that come with it, in the order of the front matter.
    pub enclosures: Vec<Enclosure>,
    /// What it is as an episode of a podcast.
    pub episode: Option<Box<Episode>>,
    /// Who may read it.
    pub access: Access,
    /// The feeds that it goes into, where it is not for all of its own.
    pub feeds: Option<ChosenFeeds>,
    /// What was put right after publication, in the order of the front matter.
    pub corrections: Vec<Correction>,
    /// On what terms others may use it, where it says so itself.
    pub terms: Option<Terms>,
    /// Where it happened.
    pub location: Option<Location>,
    /// What belongs to it.
    pub related: Vec<Related>,
    /// Where it appeared first.
    pub source: Option<Source>,
    /// What readers say to it.
    pub comments: Option<Comments>,
}

impl Article {
    /// When it last changed, as seen at `now`: never before its publication, and no change that is
    /// dated later than now counts yet.
    #[must_use]
    pub fn updated_at(&self, now: DateTime<Utc>) -> DateTime<FixedOffset> {
        let corrections = self.corrections.iter().filter_map(|correction| correction.date);
        let changes = self.updated.into_iter().chain(corrections);
        changes.filter(|change| *change <= now).fold(self.published, DateTime::max)
    }
}

/// What the editions of one article have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TranslationKey {
    /// A key that front matter names.
    Declared(Box<str>),
    /// Their path apart from the language in it, as a digest.
    Path(u64),
}

/// A correction that readers are told of.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// When it was made. One that does not say so is no news to those who have read the article.
    pub date: Option<DateTime<FixedOffset>>,
    /// What was wrong and what is right: a line of Markdown.
    pub text: String,
    /// Where the text stands.
    pub at: Position,
}

/// What became of a source file.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An article that may be published.
    Article(Box<Article>),
    /// The author holds it back: a draft, withdrawn, out of all feeds. Its translations wait for it.
    HeldBack(HeldBack, Option<TranslationKey>),
    /// It has a fault that leaves it out.
    Faulty,
}

/// Why an author holds an article out of the feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum HeldBack {
    /// Not finished.
    Draft,
    /// Taken back.
    Withdrawn,
    /// On the site but in no feed, or not an article at all.
    NoFeeds,
    /// Without a date, where that makes it a page.
    Undated,
}
