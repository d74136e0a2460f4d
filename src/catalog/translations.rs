//! The same article in other editions: found by a key that front matter names, else by path.

use super::Card;
use super::order::narrow;
use crate::article::place::Place;
use crate::diagnostic::{Code, Diagnostic, Location, Position, nearest};
use crate::index::text::Key;
use crate::settings::Settings;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::HashSet;

/// The cards by what they share with their translations.
#[derive(Debug, Default)]
pub struct Translations {
    /// Indices of cards by their key, and then the oldest first, one for each edition.
    by_key: Vec<u32>,
}

/// To compare more keys with each other would take longer than reading the articles.
const MOST_COMPARED: usize = 500;

impl Translations {
    /// Links the cards. Two of one edition with one declared key are reported, of which the older is
    /// the translation.
    pub fn link(cards: &[Card]) -> (Translations, Vec<Diagnostic>) {
        // The newest card is the first.
        let keyed = (0..narrow(cards.len())).into_par_iter().zip(cards);
        let mut keyed: Vec<(Key, Reverse<u32>)> =
            keyed.filter_map(|(index, card)| Some((card.key?, Reverse(index)))).collect();
        keyed.par_sort_unstable();
        let mut diagnostics = Vec::new();
        let mut by_key: Vec<u32> = Vec::with_capacity(keyed.len());
        for group in keyed.chunk_by(|(a, _), (b, _)| a == b) {
            let first = by_key.len();
            for &(_, Reverse(index)) in group {
                let card = &cards[index as usize];
                let mut older = by_key[first..].iter().map(|&other| &cards[other as usize]);
                match older.find(|older| older.edition() == card.edition()) {
                    Some(older) => diagnostics.extend(doubled(card, older)),
                    None => by_key.push(index),
                }
            }
        }
        (Translations { by_key }, diagnostics)
    }

    /// The indices of all cards with this key.
    pub fn with_key(&self, key: Key, cards: &[Card]) -> impl Iterator<Item = usize> {
        let key_of = |index: u32| cards[index as usize].key;
        let start = self.by_key.partition_point(|&index| key_of(index) < Some(key));
        let found = self.by_key[start..].iter().copied();
        found.take_while(move |&index| key_of(index) == Some(key)).map(|index| index as usize)
    }

    /// Declared keys that only one article has, apart from those whose counterpart waits to be
    /// published.
    pub fn one_sided(&self, cards: &[Card], waiting: &HashSet<Key>, settings: &Settings) -> Vec<Diagnostic> {
        let groups = self.by_key.chunk_by(|&a, &b| cards[a as usize].key == cards[b as usize].key);
        let mut alone: Vec<(&Card, &str)> = groups
            .filter_map(|group| {
                let [only] = group else { return None };
                let card = &cards[*only as usize];
                card.key.filter(|key| key.is_declared() && !waiting.contains(key))?;
                Some((card, card.declared_key()?))
            })
            .collect();
        alone.sort_unstable_by_key(|(card, key)| (*key, card.path()));
        alone
            .iter()
            .map(|&(card, key)| {
                let others = alone.iter().filter(|(other, _)| other.edition() != card.edition());
                let others = others.filter(|_| alone.len() <= MOST_COMPARED);
                let near = nearest(key, others.map(|&(_, key)| key));
                self.alone(card, key, near, cards, settings)
            })
            .collect()
    }

    fn alone(
        &self,
        card: &Card,
        key: &str,
        near: Option<&str>,
        cards: &[Card],
        settings: &Settings,
    ) -> Diagnostic {
        let message = format!("no other article has the translation key `{key}`");
        let location = Location::new(card.path(), Position::START);
        let fault = Diagnostic::new(Code::OneSidedTranslation, location, message);
        let by_path = Place::of(card.path(), settings).map(|place| Key::by_path(place.apart_from_edition));
        let at_same_path = by_path.and_then(|key| self.with_key(key, cards).next());
        match (near, at_same_path) {
            (Some(near), _) => fault.help(format!("did you mean `{near}`?")),
            (None, Some(other)) => fault
                .related("at the same path lies", Location::new(cards[other].path(), Position::START))
                .help(format!("write `translation: {key}` there too")),
            (None, None) => fault.help("write the same key into its translation, or delete it here"),
        }
    }
}

fn doubled(card: &Card, older: &Card) -> Option<Diagnostic> {
    let key = card.declared_key()?;
    let message = format!("translation `{key}` already stands in this edition");
    let location = Location::new(card.path(), Position::START);
    let fault = Diagnostic::new(Code::DuplicateTranslation, location, message);
    let fault =
        fault.related("the older one, which is linked, is", Location::new(older.path(), Position::START));
    Some(fault.help("give each article of an edition a translation key of its own"))
}
