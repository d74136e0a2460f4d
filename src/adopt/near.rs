//! The article that an entry without one may have been: a hint for a person, never a match.

use super::page::Page;
use crate::catalog::Card;
use rayon::prelude::*;
use std::collections::BTreeSet;
use strsim::osa_distance;

/// Hints for more are of no use, and take time.
const MOST_HINTS: usize = 100;

/// The card whose slug is nearest to that of each page, where one is near enough; `taken` are out.
#[must_use]
pub fn nearest(pages: &[Option<Page>], cards: &[Card], taken: &BTreeSet<usize>) -> Vec<Option<usize>> {
    let wanted: Vec<Option<Slug>> =
        pages.iter().take(MOST_HINTS).map(|page| page.as_ref().map(|page| Slug::of(page.slug()))).collect();
    let mut nearest: Vec<Option<usize>> = vec![None; pages.len()];
    if wanted.iter().all(Option::is_none) {
        return nearest;
    }
    let hints = cards.par_iter().enumerate().filter(|(index, _)| !taken.contains(index)).flat_map_iter(
        |(index, card)| {
            let slug = Page::of(&card.address()).map(|page| Slug::of(page.slug()));
            let near = |(number, wanted): (usize, &Option<Slug>)| {
                let distance = wanted.as_ref()?.distance(slug.as_ref()?)?;
                Some((number, (distance, index)))
            };
            wanted.iter().enumerate().filter_map(near).collect::<Vec<_>>()
        },
    );
    let mut best: Vec<Option<(usize, usize)>> = vec![None; pages.len()];
    for (number, hint) in hints.collect::<Vec<_>>() {
        best[number] = Some(best[number].map_or(hint, |known| known.min(hint)));
    }
    for (nearest, best) in nearest.iter_mut().zip(best) {
        *nearest = best.map(|(_, index)| index);
    }
    nearest
}

/// A slug, and how often it has each letter, which rules most others out at once.
struct Slug {
    text: String,
    letters: [u8; 32],
    length: usize,
}

/// No slug that a person wrote is longer.
const LONGEST: usize = 200;

impl Slug {
    fn of(text: &str) -> Slug {
        let text: String = text.to_lowercase().chars().take(LONGEST).collect();
        let mut letters = [0_u8; 32];
        for letter in text.chars() {
            let count = &mut letters[letter as usize % 32];
            *count = count.saturating_add(1);
        }
        Slug { length: text.chars().count(), text, letters }
    }

    /// How many letters tell the two apart; `None` for more than a quarter.
    fn distance(&self, other: &Slug) -> Option<usize> {
        let allowed = self.length / 4;
        let differing: usize = self
            .letters
            .iter()
            .zip(other.letters)
            .map(|(&one, other)| usize::from(one.abs_diff(other)))
            .sum();
        // An edit changes two counts at most.
        if self.length.abs_diff(other.length) > allowed || differing > 2 * allowed {
            return None;
        }
        Some(osa_distance(&self.text, &other.text)).filter(|&distance| distance <= allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_slugs() {
        let distance = |a: &str, b: &str| Slug::of(a).distance(&Slug::of(b));
        assert_eq!(distance("ferry-is-late", "ferry-is-late"), Some(0));
        assert_eq!(distance("ferry-is-late", "The-ferry-is-late"), None);
        assert_eq!(distance("ferry-is-late", "ferry-is-ltae"), Some(1));
        assert_eq!(distance("ferry-is-late", "ferry-was-late"), Some(2));
        assert_eq!(distance("17", "18"), None);
    }
}
