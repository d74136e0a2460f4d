//! What a feed holds: for all feeds, and for those that are exceptions.

use super::table::{Faults, Table, language};
use super::{Choices, ContentExtent, Exception, FeedSettings, Given, MediaListing, MembersExtent};
use crate::name::section_name;
use crate::syntax::Value;

/// The keys that stand in `[feeds]` and in each `[[feeds.where]]`.
pub const CHOICES: &[&str] = &[
    "content",
    "members",
    "media",
    "closing",
    "reading_time",
    "limit",
    "max_bytes",
    "archive",
    "archive_entries",
];

/// The parts that tell feeds apart.
const PARTS: &[&str] = &["edition", "section", "author", "tag"];

/// Reads what holds for all feeds.
pub fn choices(table: &Table<'_>, faults: &mut Faults<'_>) -> Choices {
    Choices::default().with(&given(table, faults))
}

/// Reads the exceptions, in their order.
pub fn exceptions(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<Exception> {
    let known: Vec<&str> = PARTS.iter().chain(CHOICES).copied().collect();
    let mut exceptions = Vec::new();
    for (table, at) in table.tables("where", &known, faults) {
        let edition = table.text("edition", faults).and_then(|(tag, at)| language(tag, at, faults));
        exceptions.push(Exception {
            edition,
            section: table.line("section", faults).map(|name| section_name(&name)),
            author: table.line("author", faults),
            tag: table.line("tag", faults),
            given: given(&table, faults),
            at,
        });
        if PARTS.iter().all(|part| table.node(part).is_none()) {
            faults.bad(at, "this `[[feeds.where]]` does not say for which feeds it is").help = Some(
                "name an `edition`, a `section`, an `author` or a `tag`; what holds for all feeds stands in \
                 `[feeds]`"
                    .to_owned(),
            );
        }
    }
    exceptions
}

impl FeedSettings {
    /// Does any feed list all pictures and recordings?
    #[must_use]
    pub fn list_media(&self) -> bool {
        let given = self.exceptions.iter().filter_map(|exception| exception.given.media);
        given.chain([self.choices.media]).any(|listing| listing == MediaListing::Content)
    }

    /// Has any feed an archive?
    #[must_use]
    pub fn have_archive(&self) -> bool {
        let given = self.exceptions.iter().filter_map(|exception| exception.given.archive);
        given.chain([self.choices.archive]).any(|is_kept| is_kept)
    }
}

fn given(table: &Table<'_>, faults: &mut Faults<'_>) -> Given {
    Given {
        content: table.word("content", &["full", "summary"], faults).map(|word| match word {
            "summary" => ContentExtent::Summary,
            _ => ContentExtent::Full,
        }),
        members: table.word("members", &["summary", "full", "out"], faults).map(|word| match word {
            "full" => MembersExtent::Full,
            "out" => MembersExtent::Out,
            _ => MembersExtent::Summary,
        }),
        media: table.word("media", &["thumbnail", "content"], faults).map(|word| match word {
            "content" => MediaListing::Content,
            _ => MediaListing::Thumbnail,
        }),
        closing: table.flag("closing", faults),
        reading_time: table.flag("reading_time", faults),
        limit: entries("limit", table, faults),
        max_bytes: max_bytes(table, faults),
        archive: table.flag("archive", faults),
        archive_entries: entries("archive_entries", table, faults),
    }
}

fn entries(key: &str, table: &Table<'_>, faults: &mut Faults<'_>) -> Option<usize> {
    let node = table.node(key)?;
    let entries = match &node.value {
        Value::Number(number) => number.parse().ok().filter(|&entries: &usize| entries > 0),
        _ => None,
    };
    if entries.is_none() {
        faults.bad(node.at, format!("`{}` is a number of entries, 1 or more", table.key(key)));
    }
    entries
}

fn max_bytes(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<usize> {
    let node = table.node("max_bytes")?;
    let text = match &node.value {
        Value::Number(text) | Value::Text(text) => &**text,
        _ => "",
    };
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let factor = match text[digits.len()..].trim().to_ascii_uppercase().as_str() {
        "" | "B" => Some(1),
        "K" | "KB" => Some(1_000),
        "M" | "MB" => Some(1_000_000),
        _ => None,
    };
    let bytes =
        digits.parse::<usize>().ok().zip(factor).and_then(|(number, factor)| number.checked_mul(factor));
    if bytes.is_none_or(|bytes| bytes == 0) {
        faults.bad(node.at, format!("`{}` is a size such as `500KB` or `1MB`", table.key("max_bytes")));
    }
    bytes
}
