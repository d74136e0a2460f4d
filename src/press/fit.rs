//! A feed that is to keep to a size: which entries stay, and which of them in full.

use std::ops::Range;

/// So many entries are worth more to readers than the full text of any: whoever looks once a week should
/// miss none.
const WORTH_MORE: usize = 10;

/// How much of its articles a feed holds: the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// How many entries it has.
    pub entries: usize,
    /// How many of these, the newest, are as long as the settings say; the others are summaries.
    pub full: usize,
}

impl Cut {
    /// Nothing is cut of this many.
    #[must_use]
    pub fn none(entries: usize) -> Cut {
        Cut { entries, full: entries }
    }

    /// The entries that have become summaries.
    #[must_use]
    pub fn summaries(self) -> Range<usize> {
        self.full..self.entries
    }
}

/// The first cut that `fits`, in this order: the oldest entries go, down to ten; then entries become
/// summaries, from the oldest on; then the oldest go again. The `indispensable` newest stay as summaries,
/// whether they fit or not, and so does the last one, for a feed without it would be worse.
///
/// It asks about once for each time that the number of entries can be halved.
#[must_use]
pub fn fitting(entries: usize, indispensable: usize, mut fits: impl FnMut(Cut) -> bool) -> Cut {
    if entries == 0 || fits(Cut::none(entries)) {
        return Cut::none(entries);
    }
    // Step 0 does not fit, and of the last there is nothing less.
    let (mut too_large, mut small) = (0, steps(entries, indispensable));
    while small - too_large > 1 {
        let middle = usize::midpoint(too_large, small);
        match fits(step(entries, indispensable, middle)) {
            true => small = middle,
            false => too_large = middle,
        }
    }
    step(entries, indispensable, small)
}

/// The number of the last step.
fn steps(entries: usize, indispensable: usize) -> usize {
    entries - indispensable.clamp(1, entries) + entries.min(indispensable.max(WORTH_MORE))
}

fn step(entries: usize, indispensable: usize, number: usize) -> Cut {
    let kept = entries.min(indispensable.max(WORTH_MORE));
    let dropped = entries - kept;
    if number <= dropped {
        return Cut::none(entries - number);
    }
    let shortened = (number - dropped).min(kept);
    Cut { entries: kept - (number - dropped - shortened), full: kept - shortened }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries of so many bytes in full, and of 10 in short.
    fn fitted(entries: usize, bytes: usize, limit: usize) -> (usize, usize) {
        let cut = fitting(entries, 0, |cut| cut.full * bytes + cut.summaries().len() * 10 <= limit);
        (cut.entries, cut.full)
    }

    #[test]
    fn the_oldest_go_then_texts_then_the_oldest_again() {
        assert_eq!(fitted(50, 100, 5000), (50, 50));
        assert_eq!(fitted(50, 100, 4999), (49, 49));
        assert_eq!(fitted(50, 100, 1000), (10, 10));
        assert_eq!(fitted(50, 100, 999), (10, 9));
        assert_eq!(fitted(50, 100, 190), (10, 1));
        assert_eq!(fitted(50, 100, 100), (10, 0));
        assert_eq!(fitted(50, 100, 99), (9, 0));
        assert_eq!(fitted(50, 100, 9), (1, 0));
        assert_eq!(fitted(3, 100, 299), (3, 2));
        assert_eq!(fitted(3, 100, 25), (2, 0));
        assert_eq!(fitted(1, 100, 9), (1, 0));
        assert_eq!(fitted(0, 100, 0), (0, 0));
    }

    #[test]
    fn what_is_indispensable_stays() {
        let cut = |indispensable| fitting(50, indispensable, |_| false);
        assert_eq!((cut(0).entries, cut(7).entries, cut(12).entries, cut(50).entries), (1, 7, 12, 50));
        assert_eq!(cut(50).full, 0);
    }

    #[test]
    fn a_few_questions_are_enough() {
        let mut asked = 0;
        let cut = fitting(10_000, 0, |cut| {
            asked += 1;
            cut.entries <= 1
        });
        assert_eq!((cut.entries, cut.full), (1, 0));
        assert!(asked <= 16, "{asked}");
    }
}
