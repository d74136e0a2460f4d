//! What is at odds within one old feed: entries of one article with several ids, articles with one id.

use super::finder::{Finding, Way};
use super::old_feed::OldFeed;
use std::collections::{BTreeMap, BTreeSet};

/// Why an entry that has one article is still not clear.
#[derive(Clone, Copy, PartialEq)]
pub enum Unclear {
    /// Other entries of the feed have the same article and other ids.
    SeveralIds,
    /// Other entries of the feed have the same id and other articles.
    SeveralArticles,
}

/// The entries of one feed that are at odds with others of it, by their number. Of entries with one article
/// the one that was found in the surest way stands.
#[must_use]
pub fn unclear(feed: &OldFeed, findings: &[Finding]) -> BTreeMap<usize, Unclear> {
    let mut by_card: BTreeMap<usize, Vec<(Way, usize)>> = BTreeMap::new();
    let mut by_id: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, finding) in findings.iter().enumerate() {
        if let Finding::One(card, way) = finding {
            by_card.entry(*card).or_default().push((*way, number));
            by_id.entry(feed.entries[number].id.trim()).or_default().insert(*card);
        }
    }
    let mut unclear = BTreeMap::new();
    for claims in by_card.values() {
        let surest = claims.iter().map(|(way, _)| *way).min();
        let id = |number: usize| feed.entries[number].id.trim();
        let best: BTreeSet<&str> =
            claims.iter().filter(|(way, _)| Some(*way) == surest).map(|&(_, number)| id(number)).collect();
        let stands = |number: usize| best.len() == 1 && best.contains(id(number));
        unclear.extend(
            claims
                .iter()
                .filter(|(_, number)| !stands(*number))
                .map(|&(_, number)| (number, Unclear::SeveralIds)),
        );
    }
    for (number, finding) in findings.iter().enumerate() {
        let articles = by_id.get(feed.entries[number].id.trim()).map_or(0, BTreeSet::len);
        if matches!(finding, Finding::One(..)) && articles > 1 {
            unclear.insert(number, Unclear::SeveralArticles);
        }
    }
    unclear
}
