//! The same article in other editions: found by a key that front matter names, else by path.

use super::Card;
use super::order::hash;
use crate::article::TranslationKey;
use crate::article::place::Place;
use crate::diagnostic::{Code, Diagnostic, Location, Position, nearest};
use crate::settings::Settings;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The cards by what they share with their translations.
#[derive(Debug, Default)]
pub struct Translations {
    /// Indices of cards by the hash of their key, their key, and then the oldest first, one for each edition.
    by_key: Vec<usize>,
}

/// To compare more keys with each other would take longer than reading the articles.
const MOST_COMPARED: usize = 500;

impl Translations {
    /// Links the cards. Two of one edition with one declared key are reported, of which the older is
    /// the translation.
    pub fn link(cards: &[Card]) -> (Translations, Vec<Diagnostic>) {
        // The newest card is the first. Where keys differ their hashes nearly always do.
        let keyed = cards
            .par_iter()
            .enumerate()
            .filter_map(|(index, card)| card.translation.as_ref().map(|key| (hash(key), index)));
        let mut keyed: Vec<(u64, usize)> = keyed.collect();
        let key = |index: usize| cards[index].translation.as_ref();
        keyed.par_sort_unstable_by(|&(a, one), &(b, other)| {
            a.cmp(&b).then_with(|| key(one).cmp(&key(other))).then(other.cmp(&one))
        });
        let mut diagnostics = Vec::new();
        let mut by_key: Vec<usize> = Vec::with_capacity(keyed.len());
        for (_, index) in keyed {
            let card = &cards[index];
            let group = by_key.iter().rev().map(|&other| &cards[other]);
            let mut group = group.take_while(|other| other.translation == card.translation);
            match group.find(|other| other.edition == card.edition) {
                Some(older) => diagnostics.extend(doubled(card, older)),
                None => by_key.push(index),
            }
        }
        (Translations { by_key }, diagnostics)
    }

    /// All cards with this key.
    pub fn with_key(&self, key: &TranslationKey, cards: &[Card]) -> &[usize] {
        let of = |index: usize| cards[index].translation.as_ref().map(|key| (hash(key), key));
        let sought = Some((hash(key), key));
        let start = self.by_key.partition_point(|&index| of(index) < sought);
        let length = self.by_key[start..].partition_point(|&index| of(index) == sought);
        &self.by_key[start..start + length]
    }

    /// Declared keys that only one article has, apart from those whose counterpart waits to be
    /// published.
    pub fn one_sided(
        &self,
        cards: &[Card],
        waiting: &BTreeSet<TranslationKey>,
        settings: &Settings,
    ) -> Vec<Diagnostic> {
        let groups = self.by_key.chunk_by(|&a, &b| cards[a].translation == cards[b].translation);
        let mut alone: Vec<(&Card, &str)> = groups
            .filter_map(|group| {
                let [only] = group else { return None };
                let key = cards[*only].translation.as_ref()?;
                match key {
                    TranslationKey::Declared(text) if !waiting.contains(key) => {
                        Some((&cards[*only], &**text))
                    }
                    _ => None,
                }
            })
            .collect();
        alone.sort_unstable_by_key(|(card, key)| (*key, card.path()));
        alone
            .iter()
            .map(|&(card, key)| {
                let others = alone.iter().filter(|(other, _)| other.edition != card.edition);
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
        let by_path =
            Place::of(card.path(), settings).map(|place| TranslationKey::Path(place.apart_from_edition));
        let at_same_path = by_path.and_then(|key| self.with_key(&key, cards).first().copied());
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
    let Some(TranslationKey::Declared(key)) = &card.translation else { return None };
    let message = format!("translation `{key}` already stands in this edition");
    let location = Location::new(card.path(), Position::START);
    let fault = Diagnostic::new(Code::DuplicateTranslation, location, message);
    let fault =
        fault.related("the older one, which is linked, is", Location::new(older.path(), Position::START));
    Some(fault.help("give each article of an edition a translation key of its own"))
}
