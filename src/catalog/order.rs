//! The orders of a million cards: by their paths, the newest first, and whether any two share something.

use super::Card;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Notes the place of each card in the order of their paths. Mostly they come in that order.
pub fn rank(cards: &mut [Card]) {
    if cards.par_windows(2).all(|pair| pair[0].raw_path() < pair[1].raw_path()) {
        return (0..).zip(cards).for_each(|(rank, card)| card.rank = rank);
    }
    let mut by_path: Vec<u32> = (0..narrow(cards.len())).collect();
    by_path.sort_by(|&a, &b| cards[a as usize].raw_path().cmp(cards[b as usize].raw_path()));
    for (rank, index) in (0..).zip(by_path) {
        cards[index as usize].rank = rank;
    }
}

/// The numbers of cards in the order of their paths, once these have ranks.
#[must_use]
pub fn by_path(cards: &[Card]) -> Vec<u32> {
    let ranks = cards.iter().map(|card| card.rank as usize + 1).max().unwrap_or(0);
    let mut by_path = vec![u32::MAX; ranks];
    for (index, card) in (0..).zip(cards) {
        by_path[card.rank as usize] = index;
    }
    by_path.retain(|&index| index != u32::MAX);
    by_path
}

/// The cards, the newest first; what was published at one instant is ordered by id.
#[must_use]
pub fn newest_first(mut cards: Vec<Card>) -> Vec<Card> {
    let seconds = |card: &Card| Reverse(card.published.timestamp());
    let cards_by_number = (0..narrow(cards.len())).into_par_iter().zip(&cards);
    let mut order: Vec<_> = cards_by_number.map(|(index, card)| (seconds(card), index)).collect();
    let rest = |index: u32| {
        let card = &cards[index as usize];
        (Reverse(card.published.timestamp_subsec_nanos()), card.raw_id())
    };
    order.par_sort_unstable_by(|(a, one), (b, other)| a.cmp(b).then_with(|| rest(*one).cmp(&rest(*other))));
    // Each card goes to its place, and what was there to its own, until a round is closed.
    let mut places = vec![0; order.len()];
    for (place, (_, index)) in (0..).zip(order) {
        places[index as usize] = place;
    }
    for index in 0..cards.len() {
        while places[index] as usize != index {
            let place = places[index] as usize;
            cards.swap(index, place);
            places.swap(index, place);
        }
    }
    cards
}

/// Have two cards the same text, as far as their hashes tell?
#[must_use]
pub fn is_any_repeated(cards: &[Card], text: fn(&Card) -> &[u8]) -> bool {
    let mut hashes: Vec<u64> = cards.par_iter().map(|card| hash(text(card))).collect();
    hashes.par_sort_unstable();
    hashes.windows(2).any(|pair| pair[0] == pair[1])
}

/// A number for a text or whatever else; nothing is wrong where two have the same.
#[must_use]
pub fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The number of an article, in half the room.
#[must_use]
pub fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("there are fewer articles than numbers")
}
