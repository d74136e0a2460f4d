//! Feeds whose parts have other names now: each goes on with what subscribers know under its former names.

use crate::language::Language;
use crate::ledger::{EntryRecord, FeedOf, FeedRecord, Ledger};
use crate::plan::{FeedKey, Spelled};
use crate::settings::Settings;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The ledger under the names of the settings.
pub struct Succession<'l> {
    /// What is promised.
    pub ledger: Cow<'l, Ledger>,
    /// The feeds that become one with another in this run: their ids, by the id that stays.
    pub joined: BTreeMap<String, BTreeSet<String>>,
}

/// What is known under one present name.
struct Known<'l> {
    record: &'l FeedRecord,
    spelled: &'l Spelled,
    is_renamed: bool,
}

impl<'l> Succession<'l> {
    /// Gives the feeds and entries of a ledger the names that editions, sections, authors and tags have now.
    #[must_use]
    pub fn of(ledger: &'l Ledger, settings: &Settings) -> Succession<'l> {
        let mut by_key: BTreeMap<FeedKey, Vec<Known<'l>>> = BTreeMap::new();
        for record in ledger.feeds() {
            let Some((key, spelled)) = record.key() else { continue };
            let present = key.present(settings);
            let is_renamed = present != *key;
            by_key.entry(present).or_default().push(Known { record, spelled, is_renamed });
        }
        by_key.retain(|_, known| known.len() > 1 || known.iter().any(|known| known.is_renamed));
        let entries = ledger.entries().filter(|_| !settings.editions.is_empty());
        let moved: Vec<EntryRecord> =
            entries.filter_map(|entry| in_present_edition(entry, settings)).collect();
        let mut joined = BTreeMap::new();
        if by_key.is_empty() && moved.is_empty() {
            return Succession { ledger: Cow::Borrowed(ledger), joined };
        }
        let mut renamed = ledger.clone();
        moved.into_iter().for_each(|entry| renamed.enter(entry));
        for (key, mut known) in by_key {
            // Whose subscribers have been there longest keeps its id; of two the one that has kept its name.
            known.sort_by_key(|known| (known.record.since, known.is_renamed, &known.record.id));
            let mut known = known.into_iter();
            let Some(Known { record: first, spelled, .. }) = known.next() else { continue };
            let others: Vec<&FeedRecord> = known.map(|known| known.record).collect();
            others.iter().for_each(|other| renamed.end(&other.id));
            if !others.is_empty() {
                joined.insert(first.id.clone(), others.iter().map(|other| other.id.clone()).collect());
            }
            renamed.give(FeedRecord { of: Some(FeedOf::of(&key, spelled)), ..join(first, &others) });
        }
        Succession { ledger: Cow::Owned(renamed), joined }
    }
}

/// The edition of an entry is one of the settings' now.
fn in_present_edition(entry: &EntryRecord, settings: &Settings) -> Option<EntryRecord> {
    let tag = entry.edition.as_deref()?;
    // Of very many entries nearly all are in an edition of the settings, by the name that it has there.
    if settings.editions.iter().any(|edition| edition.language.as_str() == tag) {
        return None;
    }
    let present = settings.declared_edition(Language::parse(tag)?);
    (present.as_str() != tag).then(|| EntryRecord { edition: Some(present.to_string()), ..entry.clone() })
}

/// One feed of several, which lies wherever one of them did.
fn join(first: &FeedRecord, others: &[&FeedRecord]) -> FeedRecord {
    let mut one = first.clone();
    let entries = [first].into_iter().chain(others.iter().copied()).flat_map(|feed| feed.entries.iter());
    let mut known = HashSet::new();
    one.entries = entries.filter(|id| known.insert(*id)).collect();
    for other in others {
        for (path, format) in &other.files {
            one.files.entry(path.clone()).or_insert_with(|| format.clone());
        }
        one.updated = one.updated.max(other.updated);
        one.joined.extend(other.joined.iter().cloned().chain([other.id.clone()]));
        one.show = one.show.or_else(|| other.show.clone());
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};
    use chrono::DateTime;

    fn feed(id: &str, section: &str, since: Option<&str>) -> FeedRecord {
        let key = FeedKey { section: Some(section.into()), ..FeedKey::default() };
        FeedRecord {
            id: id.to_owned(),
            of: Some(FeedOf::of(&key, &Spelled::default())),
            files: BTreeMap::from([(format!("{section}/atom.xml"), "atom".to_owned())]),
            entries: ["both".to_owned(), format!("of {section}")].into_iter().collect(),
            updated: DateTime::UNIX_EPOCH,
            since: since.map(|since| since.parse().unwrap()),
            joined: BTreeSet::from([format!("before {id}")]),
            show: None,
        }
    }

    /// The feeds under the settings, each as the section and what it was joined of.
    fn succession(feeds: Vec<FeedRecord>) -> Vec<(String, String, Vec<String>)> {
        let settings =
            "[site]\nurl = 'https://e.example'\n[sections.analysis]\naliases = ['reports', 'studies']";
        let settings = read("feedmill.toml", settings, &Overrides::default()).unwrap();
        let mut ledger = Ledger::default();
        feeds.into_iter().for_each(|feed| ledger.give(feed));
        let after = Succession::of(&ledger, &settings);
        let feeds = after.ledger.feeds();
        feeds.map(|feed| (feed.name(), feed.id.clone(), feed.joined.iter().cloned().collect())).collect()
    }

    #[test]
    fn the_feed_that_has_been_there_longest_keeps_its_id() {
        let (old, new) = (Some("2026-01-01T00:00:00Z"), Some("2026-11-22T00:00:00Z"));
        for (reports, analysis, id) in [
            (old, new, "r"),
            (new, old, "a"),
            (None, old, "r"),
            // Both were there when anybody began to note it: then the one that has kept its name.
            (None, None, "a"),
        ] {
            let found = succession(vec![feed("r", "reports", reports), feed("a", "analysis", analysis)]);
            let other = if id == "r" { "a" } else { "r" };
            let joined = BTreeSet::from([other, "before a", "before r"].map(str::to_owned));
            let joined = joined.into_iter().collect();
            assert_eq!(found, [("analysis".to_owned(), id.to_owned(), joined)], "{reports:?} {analysis:?}");
        }
    }

    #[test]
    fn a_feed_of_several_has_what_they_had() {
        let [one, other] = [feed("a", "analysis", None), feed("r", "reports", None)];
        let again = FeedRecord { id: "again".to_owned(), ..other.clone() };
        let one = join(&one, &[&other, &again]);
        assert_eq!(one.entries, ["both", "of analysis", "of reports"]);
        assert_eq!(one.files.keys().collect::<Vec<_>>(), ["analysis/atom.xml", "reports/atom.xml"]);
    }

    #[test]
    fn what_has_its_name_is_left_alone() {
        let found = succession(vec![feed("n", "news", None)]);
        assert_eq!(found, [("news".to_owned(), "n".to_owned(), vec!["before n".to_owned()])]);
    }
}
