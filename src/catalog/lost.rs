//! Ids that readers know and that no article has any more, though one looks as if it should: its file
//! was renamed, and its page moved at the same time.

use super::Card;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::ledger::Ids;
use std::collections::{BTreeMap, BTreeSet};

/// Reports articles that were published at the same instant as one whose file is gone, and that have
/// another id.
pub fn lost_ids(ids: &Ids, cards: &[Card]) -> Vec<Diagnostic> {
    let missing: BTreeMap<i64, _> = ids
        .of_missing_files()
        .filter_map(|adopted| Some((adopted.published?.timestamp(), adopted)))
        .collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let taken: BTreeSet<&str> = cards.iter().map(|card| card.id()).collect();
    cards
        .iter()
        .filter(|card| ids.record(card.path(), card.permalink(), card.aliases()).is_none())
        .filter_map(|card| {
            let adopted = missing.get(&card.published.timestamp())?;
            (!taken.contains(adopted.id.as_str())).then(|| {
                let message =
                    format!("this may be `{}` under a new name, whose id is lost with it", adopted.path);
                Diagnostic::new(Code::LostId, Location::new(card.path(), Position::START), message).help(
                    format!(
                        "if it is, readers will see it as new: add `aliases: [{}]` to keep the id",
                        adopted.permalink
                    ),
                )
            })
        })
        .collect()
}
