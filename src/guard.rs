//! Feeds that would lose much at once: more likely a disk that is not there than a decision.

use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::ledger::{EntryRecord, FeedRecord};
use crate::settings::Settings;
use std::cmp::Reverse;

/// A feed of fewer entries may lose one, whatever share of it that is.
const FEWEST_TO_COUNT: usize = 5;

/// How many feeds and how many files a message names.
const MOST_NAMED: usize = 3;

/// Would a feed lose more than it may? `max_loss` is the share of its entries, in percent.
#[must_use]
pub fn is_too_much(lost: usize, entries: usize, max_loss: u8) -> bool {
    if lost == 0 || max_loss >= 100 || (entries < FEWEST_TO_COUNT && lost <= 1) {
        return false;
    }
    lost >= entries || lost * 100 > entries * usize::from(max_loss)
}

/// Says that articles stay in the feeds although their files are gone.
#[must_use]
pub fn vanished(
    poorer: &[(&FeedRecord, usize)],
    kept: &[&EntryRecord],
    settings: &Settings,
) -> Option<Diagnostic> {
    // What cannot be kept so freezes the feeds, which has a message of its own.
    if kept.is_empty() {
        return None;
    }
    let mut worst: Vec<&(&FeedRecord, usize)> = poorer.iter().collect();
    worst.sort_by_key(|(_, lost)| Reverse(*lost));
    let ((first, lost), others) = worst.split_first()?;
    let mut losses = loss(first, *lost);
    for (feed, lost) in others.iter().take(MOST_NAMED - 1) {
        losses += &format!(", `{}` {lost} of {}", feed.name(), feed.entries.len());
    }
    if others.len() >= MOST_NAMED {
        losses += &format!(" and {} more feeds some of theirs", others.len() - (MOST_NAMED - 1));
    }
    Some(told(format!("the feed {losses}, so they stay: {}", files(kept)), settings))
}

/// Says that files are still gone whose articles newer ones have pushed out of the feeds meanwhile.
#[must_use]
pub fn still_gone(waiting: &[&EntryRecord], settings: &Settings) -> Option<Diagnostic> {
    let message = || format!("nothing is withdrawn of what went at once: {}", files(waiting));
    (!waiting.is_empty()).then(|| told(message(), settings))
}

fn told(message: String, settings: &Settings) -> Diagnostic {
    Diagnostic::new(Code::PoorerFeed, Location::new(&settings.source, Position::START), message).help(
        "is a directory missing, or not mounted? if the articles are to go, run `feedmill build --accept`",
    )
}

/// What a message calls a loss: "`en/news` would lose 12 of its 20 entries".
#[must_use]
pub fn loss(feed: &FeedRecord, lost: usize) -> String {
    format!("`{}` would lose {lost} of its {} entries", feed.name(), feed.entries.len())
}

fn files(kept: &[&EntryRecord]) -> String {
    let names: Vec<String> =
        kept.iter().take(MOST_NAMED).map(|record| format!("`{}`", record.path)).collect();
    let are = if kept.len() == 1 { "is" } else { "are" };
    match kept.len().saturating_sub(names.len()) {
        0 => format!("{} {are} gone", names.join(", ")),
        more => format!("{} and {more} more files are gone", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_feed_may_lose() {
        assert!(!is_too_much(0, 0, 50));
        assert!(!is_too_much(1, 1, 50), "the only one");
        assert!(!is_too_much(1, 4, 0));
        assert!(is_too_much(2, 2, 50));
        assert!(!is_too_much(2, 4, 50), "half");
        assert!(is_too_much(3, 4, 50));
        assert!(!is_too_much(10, 20, 50));
        assert!(is_too_much(11, 20, 50));
        assert!(is_too_much(20, 20, 99));
        assert!(!is_too_much(20, 20, 100), "accepted");
    }
}
