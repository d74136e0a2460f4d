//! Two ledgers made one: for a newsroom that moves house, or that gets back what it lost.

use super::{Adopted, EntryRecord, Ledger, is_usable};
use std::collections::HashMap;

/// Why two ledgers cannot be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What kind of record: `entry`, `feed`, `adopted` or `document`.
    pub kind: &'static str,
    /// The id of the record, or the path of an adopted id; of a document its feed and its number.
    pub name: String,
}

impl Ledger {
    /// This ledger with what another has besides. A record that both have must be the same in both, and no
    /// source file may be that of two entries.
    ///
    /// # Errors
    /// All contradictions, in the order of their records.
    pub fn merged(&self, other: &Ledger) -> Result<Ledger, Vec<Contradiction>> {
        let mut ledger = self.clone();
        let mut found = Vec::new();
        let mut contradicts = |kind, name: &str| found.push(Contradiction { kind, name: name.to_owned() });
        let holders: HashMap<&str, &Adopted> =
            self.adopted.values().map(|known| (known.id.trim(), known)).collect();
        for adopted in other.adopted.values() {
            let holder = holders.get(adopted.id.trim()).copied();
            match self.adopted_of(&adopted.path).or(holder) {
                None => drop(ledger.adopted.insert(adopted.path.clone(), adopted.clone())),
                Some(known) if known == adopted => {}
                Some(_) => contradicts("adopted", &adopted.path),
            }
        }
        for entry in other.entries.values() {
            let at_path = self.of_path(&entry.path).filter(|_| entry.stands() && !entry.path.is_empty());
            match self.entry(&entry.id).or(at_path) {
                None => ledger.enter((**entry).clone()),
                Some(known) if known == &**entry => {}
                Some(_) => contradicts("entry", &entry.id),
            }
        }
        for feed in other.feeds.values() {
            match self.feed(&feed.id) {
                None => ledger.give((**feed).clone()),
                Some(known) if known == &**feed => {}
                Some(_) => contradicts("feed", &feed.id),
            }
        }
        let mut archive = self.archive().clone();
        for closed in other.archive().unwritten() {
            let known = self.archive().documents(&closed.feed).get(closed.number.wrapping_sub(1));
            let agrees = match known {
                None => archive.read_back(closed.clone()),
                Some(known) => *known == closed.marks(),
            };
            if !agrees {
                contradicts("document", &format!("{} {}", closed.feed, closed.number));
            }
        }
        let ledger = ledger.with_archive(archive);
        if found.is_empty() { Ok(ledger) } else { Err(found) }
    }

    /// Those of these entries of the past that this ledger does not know.
    pub fn unknown(&self, past: Vec<EntryRecord>) -> impl Iterator<Item = EntryRecord> {
        past.into_iter().filter(|record| is_usable(&record.id) && self.entry(&record.id).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(lines: &[&str]) -> Ledger {
        let heading = r#"{"feedmill":"ledger","version":2}"#;
        Ledger::read("l", &[&[heading], lines].concat().join("\n")).unwrap()
    }

    const FERRY: &str = r#"{"type":"entry","id":"1","path":"ferry.md","permalink":"p","title":"T","published":"2026-01-01T00:00:00Z","updated":"2026-01-01T00:00:00Z"}"#;
    const FEED: &str = r#"{"type":"feed","id":"f","files":{"atom.xml":"atom"},"entries":["1"],"updated":"2026-01-01T00:00:00Z"}"#;
    const ADOPTED: &str = r#"{"type":"adopted","path":"old.md","id":"9","permalink":"p","feed":"old.xml"}"#;

    #[test]
    fn what_one_has_and_the_other_has_not() {
        let (one, other) = (ledger(&[FERRY]), ledger(&[ADOPTED, FEED]));
        assert_eq!(one.merged(&other).unwrap(), ledger(&[ADOPTED, FERRY, FEED]));
        assert_eq!(one.merged(&one).unwrap(), one);
        assert_eq!(Ledger::default().merged(&other).unwrap(), other);
    }

    #[test]
    fn what_contradicts_is_named() {
        let one = ledger(&[ADOPTED, FERRY, FEED]);
        let names = |lines: &[&str]| -> Vec<String> {
            let found = one.merged(&ledger(lines)).unwrap_err();
            found.into_iter().map(|one| format!("{} {}", one.kind, one.name)).collect()
        };
        let later = FERRY.replace("updated\":\"2026-01", "updated\":\"2026-02");
        assert_eq!(names(&[&later, &FEED.replace("[\"1\"]", "[]")]), ["entry 1", "feed f"]);
        assert_eq!(names(&[&FERRY.replace("\"1\"", "\"2\"")]), ["entry 2"], "the file is another's");
        assert_eq!(names(&[&ADOPTED.replace("old.md", "new.md")]), ["adopted new.md"], "the id is another's");
    }
}
