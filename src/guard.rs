//! Feeds that would lose much at once: more likely a disk that is not there than a decision.

use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::ledger::{EntryRecord, FeedRecord};
use crate::settings::Settings;

/// A feed of fewer entries may lose one, whatever share of it that is.
const FEWEST_TO_COUNT: usize = 5;

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
    let (worst, lost) = poorer.iter().max_by_key(|(_, lost)| *lost)?;
    let others = match poorer.len() {
        1 => String::new(),
        count => format!(", and {} others", count - 1),
    };
    let name = worst.name();
    let message = format!(
        "the feed `{name}` would lose {lost} of its {} entries{others}, so they stay: {} are gone",
        worst.entries.len(),
        files(kept)
    );
    let fault = Diagnostic::new(Code::PoorerFeed, Location::new(&settings.source, Position::START), message);
    Some(fault.help(
        "is a directory missing, or not mounted? if the articles are to go, run `feedmill build --accept`",
    ))
}

fn files(kept: &[&EntryRecord]) -> String {
    let names: Vec<String> = kept.iter().take(3).map(|record| format!("`{}`", record.path)).collect();
    match kept.len().saturating_sub(names.len()) {
        0 => names.join(", "),
        more => format!("{} and {more} more files", names.join(", ")),
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
