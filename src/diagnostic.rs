//! What is wrong in an article or in the settings: collected on the way, never thrown.
//!
//! A stage returns its value and its diagnostics, so that one run shows every fault. How a
//! diagnostic looks is the program's business.

use crate::text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How much a fault matters to subscribers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing when asked; shown with `-v`.
    Note,
    /// The feeds are right, but the author probably meant something else.
    Warning,
    /// Something that was to be published is missing from the feeds.
    Error,
}

impl Severity {
    /// The word that stands before the code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $summary:literal)*) => {
        /// The name of a fault. Each has a section in `docs/diagnostics.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
        pub enum Code { $(#[doc = $summary] $variant,)* }

        impl Code {
            /// All codes, in the order of their names' table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name as messages print it: `duplicate-id`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How much a fault of this kind matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// What it is, in a line.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $summary,)* }
            }
        }
    };
}

codes! {
    BadSettings "bad-settings" Error "a setting has a value that cannot be used"
    UnknownSetting "unknown-setting" Error "a key that no setting has"
    DuplicatePath "duplicate-path" Error "two feeds would lie in one place"
    UnusedException "unused-exception" Warning "an exception of the settings that is for no feed"
    PodcastRequirement "podcast-requirement" Warning "a podcast that lacks what podcast directories ask of a show"
    OutsideLayout "outside-layout" Note "a file that the layout has no place for"
    UnreadMarkup "unread-markup" Warning "an article in a markup that feedmill does not read"
    Unreadable "unreadable" Error "a file or directory cannot be read"
    NotAFile "not-a-file" Error "something other than a file has the name of an article"
    LinkOutside "link-outside" Error "a symbolic link leads out of the articles directory, or nowhere"
    TooLarge "too-large" Error "a file is larger than any article"
    NotUtf8 "not-utf8" Error "a file is not UTF-8 text"
    NulByte "nul-byte" Error "a file holds NUL bytes"
    BadFrontMatter "bad-front-matter" Error "front matter that does not parse"
    UnclearText "unclear-text" Error "a copied page whose article cannot be told from the rest"
    DuplicateField "duplicate-field" Warning "a field that stands twice"
    UnknownField "unknown-field" Warning "a field whose name is nearly a known one"
    BadField "bad-field" Error "a field whose value cannot be used"
    IgnoredValue "ignored-value" Warning "a value that feeds cannot tell, and that is left out"
    DamagedData "damaged-data" Note "JSON-LD in a page that does not parse"
    EmptyFile "empty-file" Error "a file without anything in it"
    MissingDate "missing-date" Error "an article without a date"
    UndatedPage "undated-page" Note "a file without a date, which the settings take for a page"
    BadDate "bad-date" Error "a date that cannot be read"
    BadLanguage "bad-language" Error "a language tag that is not BCP 47"
    LanguageSpelling "language-spelling" Note "a language tag in an unusual spelling"
    WrongScript "wrong-script" Warning "a text in another script than its edition's"
    BadUrl "bad-url" Error "an address that is not a URL"
    TooMany "too-many" Warning "more authors or tags than an article can have"
    DuplicateId "duplicate-id" Error "two articles with one id"
    DuplicatePermalink "duplicate-permalink" Error "two articles with one permalink"
    DuplicateTranslation "duplicate-translation" Warning "two articles of one edition share a translation key"
    OneSidedTranslation "one-sided-translation" Warning "a translation key that only one article has"
    TakenAlias "taken-alias" Warning "a former address that is another article's permalink"
    LastGood "last-good" Warning "an article that stands in the feeds in its last good version"
    LostText "lost-text" Error "a published article whose text is gone"
    ChangedDate "changed-date" Warning "an article that has another date than the one it was published under"
    LateId "late-id" Warning "an id that an article was given after it was published under another"
    ReusedPath "reused-path" Warning "a file that held another article until now"
    AmbiguousArticle "ambiguous-article" Error "an article that may or may not be one that readers know"
    LostId "lost-id" Warning "an article that may have lost the id that readers know"
    UnknownEdition "unknown-edition" Warning "an edition that the settings do not name"
    UnknownSection "unknown-section" Warning "a section whose name is nearly a known one"
    UnknownAuthor "unknown-author" Warning "an author whose name is nearly an id of the author registry"
    UnknownFeed "unknown-feed" Warning "a feed that an article names and does not belong to"
    NoArticleFound "no-article-found" Error "a page in which no article can be found"
    IllegalCharacter "illegal-character" Warning "characters that no feed may hold"
    TooDeep "too-deep" Error "HTML nested deeper than readers can follow"
    Removed "removed" Note "markup that is not safe or of no use in a feed"
    TemplateCode "template-code" Warning "code that only the site's generator understands"
    PageFurniture "page-furniture" Note "parts of a page that are not the article"
    BrokenLink "broken-link" Warning "a link to an article that does not exist"
    MissingMedia "missing-media" Warning "a picture or a recording that is not where the article says"
    UnclearMedia "unclear-media" Warning "what front matter says of a recording cannot be understood"
    MediaContradiction "media-contradiction" Warning "front matter that says of a file what is not so"
    MediaTypeMismatch "media-type-mismatch" Warning "a file that is something else than its name says"
    UnreadablePicture "unreadable-picture" Warning "a picture that cannot be looked at"
    SmallPicture "small-picture" Warning "a cover that is too small to be shown large"
    EpisodeRequirement "episode-requirement" Warning "an article that lacks what podcast directories ask of an episode"
    ClosingBlock "closing-block" Warning "something of a closing block that cannot stand in a feed"
    EmptyArticle "empty-article" Warning "an article without any text"
    ChangedMeanwhile "changed-meanwhile" Error "a file that changed while it was being read"
    PoorerFeed "poorer-feed" Error "a feed that would have lost more entries at once than it may"
    FeedCut "feed-cut" Note "a feed that was cut to keep to its size"
    TakenPath "taken-path" Warning "a feed that lies where subscribers had another one"
    EndedFeed "ended-feed" Warning "a feed that is not written any more"
    StrayFeed "stray-feed" Warning "a feed file in the output that no feed belongs to any more"
    ForeignPage "foreign-page" Warning "a file of somebody else that lies where a page would"
    DamagedLedger "damaged-ledger" Error "a ledger that cannot be read"
    NotAFeed "not-a-feed" Error "a file to adopt from that is no feed"
    UnmatchedEntry "unmatched-entry" Error "an entry of an old feed without an article"
    AmbiguousEntry "ambiguous-entry" Error "an entry of an old feed that may be of more than one article"
    KeptId "kept-id" Error "an article that keeps another id than an old feed has for it"
    SecondId "second-id" Warning "an article that has another id in another old feed"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Code {
    /// The code whose name is nearly this one.
    #[must_use]
    pub fn nearest(name: &str) -> Option<Code> {
        let near = nearest(name, Code::ALL.iter().map(|code| code.as_str()))?;
        Code::ALL.iter().copied().find(|code| code.as_str() == near)
    }

    /// Is the location of such a fault among the articles? The others name their file in full.
    #[must_use]
    pub fn is_about_articles(self) -> bool {
        let is_about_another_file = matches!(
            self,
            Code::BadSettings
                | Code::UnknownSetting
                | Code::DuplicatePath
                | Code::UnusedException
                | Code::ClosingBlock
                | Code::FeedCut
                | Code::PoorerFeed
                | Code::PodcastRequirement
                | Code::TakenPath
                | Code::EndedFeed
                | Code::StrayFeed
                | Code::ForeignPage
                | Code::DamagedLedger
        );
        !is_about_another_file && !self.is_about_old_feeds()
    }

    /// Is the location of such a fault in a feed to adopt from?
    #[must_use]
    pub fn is_about_old_feeds(self) -> bool {
        matches!(
            self,
            Code::NotAFeed | Code::UnmatchedEntry | Code::AmbiguousEntry | Code::KeptId | Code::SecondId
        )
    }
}

/// A place within a text: line and column, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, Hash)]
pub struct Position {
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in characters.
    pub column: u32,
}

/// Where the lines of a text begin, for finding many positions in it.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines.
    #[must_use]
    pub fn of(text: &'a str) -> Lines<'a> {
        let after = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(offset, _)| offset + 1);
        Lines { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// The position of a byte offset; an offset past the end is the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= end);
        let column = self.text[self.starts[line - 1]..end].chars().count() + 1;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: count(line), column: count(column) }
    }
}

impl Position {
    /// Where every text begins.
    pub const START: Position = Position { line: 1, column: 1 };

    /// The position of a byte offset in `text`; an offset past the end is the end.
    #[must_use]
    pub fn of_offset(text: &str, offset: usize) -> Position {
        Lines::of(text).position(offset)
    }

    /// This position, `lines` further down.
    #[must_use]
    pub fn below(self, lines: u32) -> Position {
        Position { line: self.line + lines, ..self }
    }
}

/// A file and a place in it. Articles are named relative to the articles directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Location {
    /// Path with `/` between its parts.
    pub path: String,
    /// Where in the file.
    pub position: Position,
}

impl Location {
    /// Stands for a path where a flag is at fault.
    pub const COMMAND_LINE: &str = "the command line";

    /// A place in a file.
    #[must_use]
    pub fn new(path: impl Into<String>, position: Position) -> Location {
        Location { path: path.into(), position }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.position.line, self.position.column)
    }
}

/// A message may quote a value, and a value may have any length.
const LONGEST_MESSAGE: usize = 1000;

/// One fault, with all that a person needs to mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Diagnostic {
    /// Where the fault is.
    pub location: Location,
    /// Which fault it is.
    pub code: Code,
    /// What was found and what was expected: lower case, no full stop, values in backticks.
    pub message: String,
    /// Other places that belong to the fault.
    pub related: Vec<(String, Location)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A fault at a place.
    #[must_use]
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Diagnostic {
        let message = text::clipped(message.into(), LONGEST_MESSAGE);
        Diagnostic { location, code, message, related: Vec::new(), help: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to the fault.
    #[must_use]
    pub fn related(mut self, note: impl Into<String>, location: Location) -> Diagnostic {
        self.related.push((note.into(), location));
        self
    }

    /// How much the fault matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The known name that is nearest to `found`, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.trim().to_lowercase();
    let length = found.chars().count();
    let allowed = if length < 7 { 1 } else { 2 };
    known
        .into_iter()
        // A name that is longer or shorter by more cannot be near.
        .filter(|name| name.chars().count().abs_diff(length) <= allowed)
        .map(|name| (strsim::osa_distance(&found, &name.to_lowercase()), name))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let text = "title: Мост\nsection: news\n";
        assert_eq!(Position::of_offset(text, 9), Position { line: 1, column: 9 });
        assert_eq!(Position::of_offset(text, 16), Position { line: 2, column: 1 });
        assert_eq!(Position::of_offset(text, 10_000), Position { line: 3, column: 1 });
    }

    #[test]
    fn near_misses() {
        assert_eq!(nearest("tilte", ["title", "tags"]), Some("title"));
        assert_eq!(nearest("new", ["news", "reports"]), Some("news"));
        assert_eq!(nearest("weather", ["news", "reports"]), None);
    }
}
