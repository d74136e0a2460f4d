//! Feeds whose entries are all in one other feed now: a part of theirs was renamed, and the settings do not say so.

use crate::catalog::Card;
use crate::ledger::FeedRecord;
use crate::settings::Settings;
use crate::topic::Topic;
use std::collections::BTreeSet;

/// A part of a feed that seems to have another name now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// `section`, or another part.
    pub part: &'static str,
    /// What the feed has it as.
    pub before: String,
    /// What the articles have.
    pub now: String,
}

impl Renamed {
    /// Finds the one part of a feed of which all these articles, once its entries, have another name that is the same for
    /// all.
    #[must_use]
    pub fn of(record: &FeedRecord, cards: &[&Card], settings: &Settings) -> Option<Renamed> {
        let (key, _) = record.key()?;
        let names = |of: &dyn Fn(&Card) -> Vec<String>| {
            let mut all = cards.iter().map(|card| of(card).into_iter().collect::<BTreeSet<_>>());
            let first = all.next().unwrap_or_default();
            all.fold(first, |common, names| common.intersection(&names).cloned().collect())
        };
        let author = |name: &str| {
            settings
                .authors
                .called(name)
                .map_or_else(|| Topic::of(name), |(id, _)| id.clone())
                .name()
                .to_owned()
        };
        let parts = [
            (
                "edition",
                key.edition.as_ref().map(|edition| edition.to_string()),
                names(&|card| card.edition().iter().map(ToString::to_string).collect()),
            ),
            (
                "section",
                key.section.as_ref().map(|section| section.to_string()),
                names(&|card| card.section().iter().map(ToString::to_string).collect()),
            ),
            (
                "author",
                key.author.as_ref().map(|author| author.name().to_owned()),
                names(&|card| card.authors().iter().map(|name| author(name)).collect()),
            ),
            (
                "tag",
                key.tag.as_ref().map(|tag| tag.name().to_owned()),
                names(&|card| {
                    card.tags().iter().map(|tag| settings.tags.called(tag).name().to_owned()).collect()
                }),
            ),
        ];
        let renamed = parts.into_iter().filter_map(|(part, before, names)| {
            let before = before.filter(|before| !names.contains(before))?;
            let mut names = names.into_iter();
            match (names.next(), names.next()) {
                (Some(now), None) => Some(Renamed { part, before, now }),
                _ => None,
            }
        });
        let renamed: Vec<Renamed> = renamed.collect();
        if let [one] = &renamed[..] { Some(one.clone()) } else { None }
    }
}
