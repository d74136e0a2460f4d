//! Every choice of a run, read from `feedmill.toml` and the command line and checked once.

mod aliases;
mod articles;
mod authors;
mod choices;
mod closing;
mod digest;
mod feeds;
mod local_text;
mod lookup;
mod output;
mod pages;
mod permalink;
mod podcast;
mod read;
mod registry;
mod support;
mod table;
mod tags;

pub use local_text::LocalText;
pub use output::OutputSettings;
pub use pages::{PageSettings, WebReader};
pub use podcast::{Podcast, ShowImage};
pub use read::{Overrides, read};
pub use registry::{Registered, Registry};
pub use tags::Tags;

use crate::address::Address;
use crate::article::layout::Layout;
use crate::diagnostic::Position;
use crate::encode::Format;
use crate::language::Language;
use crate::pattern::Pattern;
use crate::permalink::{Patterns, Spelling};
use crate::person::Person;
use crate::terms::Terms;
use chrono_tz::Tz;
use std::fmt;

/// The resolved settings. Every part has a value; nothing later asks for a default.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The settings file, as messages call it.
    pub source: String,
    /// `[site]`.
    pub site: Site,
    /// `[editions.*]`, in the order that they have everywhere. Empty: taken from the articles.
    pub editions: Vec<EditionSettings>,
    /// `[sections.*]`, in the order that they have everywhere.
    pub sections: Vec<SectionSettings>,
    /// `[authors.*]`, and those of another generator's file.
    pub authors: Registry,
    /// `[tags.*]`.
    pub tags: Tags,
    /// `[feeds]`.
    pub feeds: FeedSettings,
    /// `[pages]`.
    pub pages: PageSettings,
    /// `[articles]`.
    pub articles: ArticleSettings,
    /// `[output]`.
    pub output: OutputSettings,
}

/// Where articles are and which files are articles.
#[derive(Clone, Debug)]
pub struct ArticleSettings {
    /// Where they are, as the user gave it.
    pub directory: String,
    /// What their paths say. `None`: the default layout.
    pub layout: Option<Layout>,
    /// Another generator's author registry, or one for each edition: files, as the user gave them.
    pub authors: Option<LocalText>,
    /// Directories whose files the site serves from its root, as the user gave them.
    pub media: Vec<String>,
    /// What becomes of files without a date.
    pub undated: Undated,
    /// Where it is remembered what was read, as the user gave it; `None`: nowhere.
    pub index: Option<String>,
}

/// What becomes of an article without any date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undated {
    /// It has lost its date, which somebody has to mend.
    Error,
    /// It is a page and no article.
    Skip,
}

/// What is true of the whole publication.
#[derive(Clone, Debug)]
pub struct Site {
    /// Where the articles' pages are.
    pub url: Address,
    /// Where the feeds are served; ends with a slash.
    pub feeds_url: Address,
    /// The publication's name.
    pub title: LocalText,
    /// What it is about.
    pub description: Option<LocalText>,
    /// What holds for dates without an offset.
    pub timezone: Tz,
    /// Where an article's page is, from the site's root.
    pub permalink: Patterns,
    /// How slugs and names are spelled in permalinks.
    pub slugs: Spelling,
    /// Who stands under articles that name nobody.
    pub authors: Vec<Person>,
    /// The rights in the whole.
    pub copyright: Option<LocalText>,
    /// On what terms others may use articles that say nothing of them.
    pub terms: Terms,
    /// A wide picture.
    pub logo: Option<Address>,
    /// A square picture.
    pub icon: Option<Address>,
    /// Where readers can give money.
    pub support: Option<Support>,
    /// What the content of every entry ends with.
    pub closing: Option<Closing>,
    /// What an entry's id is made of.
    pub ids: IdSource,
}

/// A block at the end of the content.
#[derive(Clone, Debug)]
pub struct Closing {
    /// In Markdown.
    pub texts: LocalText,
    /// Where it stands in the settings.
    pub at: Position,
}

/// A link for readers who want to support the publication.
#[derive(Clone, Debug)]
pub struct Support {
    /// Where it leads.
    pub url: Address,
    /// What it says.
    pub text: Option<LocalText>,
}

/// What an entry's id is made of where front matter names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdSource {
    /// A `tag:` URI (RFC 4151) of domain, publishing date, edition and slug.
    Tag,
    /// The permalink, for a site whose readers already know these.
    Permalink,
}

/// An edition, as the settings name it.
#[derive(Clone, Debug)]
pub struct EditionSettings {
    /// Its language.
    pub language: Language,
    /// What it is called.
    pub name: Option<String>,
    /// Its front page.
    pub url: Option<Address>,
    /// What stands for it in permalinks, in place of its language.
    pub prefix: Option<String>,
    /// What it was before.
    pub aliases: Vec<Language>,
}

/// A section, as the settings name it.
#[derive(Clone, Debug)]
pub struct SectionSettings {
    /// Its name in paths and front matter.
    pub name: String,
    /// What readers see, where the settings say so.
    pub title: Option<LocalText>,
    /// Its page.
    pub url: Option<LocalText>,
    /// Where the pages of its articles are, in place of the site's pattern.
    pub permalink: Option<Patterns>,
    /// What makes its feeds a podcast.
    pub podcast: Option<Podcast>,
    /// Its former names.
    pub aliases: Vec<String>,
}

/// Which feeds there are and what they hold.
#[derive(Clone, Debug)]
pub struct FeedSettings {
    /// The grid: each row names the parts that tell its feeds apart.
    pub by: Vec<Grouping>,
    /// In which formats, in this order.
    pub formats: Vec<Format>,
    /// What they hold.
    pub choices: Choices,
    /// Feeds that hold something else.
    pub exceptions: Vec<Exception>,
    /// Where a feed lies under the output directory.
    pub path: Pattern,
    /// WebSub hubs.
    pub hubs: Vec<Address>,
    /// Which changes of an article move its `updated`.
    pub updates: Updates,
    /// For so many days Atom feeds tell that an entry was withdrawn.
    pub tombstone_days: u32,
    /// The share of its entries that a feed may lose at once, in percent.
    pub max_loss: u8,
}

impl FeedSettings {
    /// Is what disappears without its author's word kept, where it is too much?
    #[must_use]
    pub fn is_guarded(&self) -> bool {
        self.max_loss < 100
    }

    /// Whatever is gone may go.
    pub fn accept_losses(&mut self) {
        self.max_loss = 100;
    }
}

/// Which changes of an article move its `updated`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updates {
    /// Those that its author declares.
    Declared,
    /// Any change of its title, summary or text.
    Detected,
}

/// What a feed holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// How much of an article an entry holds.
    pub content: ContentExtent,
    /// How much of an article for members an entry holds.
    pub members: MembersExtent,
    /// How pictures and recordings are listed.
    pub media: MediaListing,
    /// Does the edition's closing block follow the content?
    pub closing: bool,
    /// Is it told how long the reading takes?
    pub reading_time: bool,
    /// The most entries that a feed holds.
    pub limit: usize,
    /// The most bytes that a feed file has.
    pub max_bytes: Option<usize>,
    /// Is all that it ever held to be read in documents of its archive?
    pub archive: bool,
    /// How many entries a document of the archive has that is made from now on.
    pub archive_entries: usize,
}

/// Choices for the feeds with these parts; those that are `None` may be any.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The edition.
    pub edition: Option<Language>,
    /// The section, by its name.
    pub section: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The tag.
    pub tag: Option<String>,
    /// What is chosen for them.
    pub given: Given,
    /// Where it stands in the settings.
    pub at: Position,
}

/// Choices that are made somewhere; the others stay as they are.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// See [`Choices::content`].
    pub content: Option<ContentExtent>,
    /// See [`Choices::members`].
    pub members: Option<MembersExtent>,
    /// See [`Choices::media`].
    pub media: Option<MediaListing>,
    /// See [`Choices::closing`].
    pub closing: Option<bool>,
    /// See [`Choices::reading_time`].
    pub reading_time: Option<bool>,
    /// See [`Choices::limit`].
    pub limit: Option<usize>,
    /// See [`Choices::max_bytes`].
    pub max_bytes: Option<usize>,
    /// See [`Choices::archive`].
    pub archive: Option<bool>,
    /// See [`Choices::archive_entries`].
    pub archive_entries: Option<usize>,
}

/// How much of an article an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentExtent {
    /// All of it.
    Full,
    /// Only its summary.
    Summary,
}

/// How much of an article for members an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MembersExtent {
    /// All of it: for feeds that are not served to everybody.
    Full,
    /// Only the summary that its author wrote.
    Summary,
    /// The article is not in the feed.
    Out,
}

/// How pictures and recordings are listed in Media RSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaListing {
    /// The cover as a thumbnail: some readers show whatever is listed besides a second time.
    Thumbnail,
    /// All of them, as partners ask for it.
    Content,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices {
            content: ContentExtent::Full,
            members: MembersExtent::Summary,
            media: MediaListing::Thumbnail,
            closing: true,
            reading_time: false,
            limit: 50,
            max_bytes: None,
            archive: false,
            archive_entries: 50,
        }
    }
}

impl FeedSettings {
    /// Does any feed hold all of the articles for members?
    #[must_use]
    pub fn show_members_all(&self) -> bool {
        let given = self.exceptions.iter().filter_map(|exception| exception.given.members);
        given.chain([self.choices.members]).any(|extent| extent == MembersExtent::Full)
    }

    /// Does any feed tell how long articles are?
    #[must_use]
    pub fn tell_reading_time(&self) -> bool {
        let given = self.exceptions.iter().filter_map(|exception| exception.given.reading_time);
        given.chain([self.choices.reading_time]).any(|is_told| is_told)
    }
}

impl Choices {
    /// These choices where nothing else is given.
    #[must_use]
    pub fn with(&self, given: &Given) -> Choices {
        Choices {
            content: given.content.unwrap_or(self.content),
            members: given.members.unwrap_or(self.members),
            media: given.media.unwrap_or(self.media),
            closing: given.closing.unwrap_or(self.closing),
            reading_time: given.reading_time.unwrap_or(self.reading_time),
            limit: given.limit.unwrap_or(self.limit),
            max_bytes: given.max_bytes.or(self.max_bytes),
            archive: given.archive.unwrap_or(self.archive),
            archive_entries: given.archive_entries.unwrap_or(self.archive_entries),
        }
    }
}

/// The parts that tell the feeds of one row of the grid apart. None of them: the feed of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    /// One for each edition.
    pub edition: bool,
    /// One for each section.
    pub section: bool,
    /// One for each author.
    pub author: bool,
    /// One for each tag.
    pub tag: bool,
}

impl fmt::Display for Grouping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.edition, "edition"),
            (self.section, "section"),
            (self.author, "author"),
            (self.tag, "tag"),
        ];
        let parts: Vec<&str> =
            parts.into_iter().filter(|(is_part, _)| *is_part).map(|(_, name)| name).collect();
        if parts.is_empty() { f.write_str("all") } else { f.write_str(&parts.join("+")) }
    }
}
