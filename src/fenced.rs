//! Readers of foreign files behind a fence: a panic of theirs costs what they were asked for, never the run.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static IS_FENCED: Cell<bool> = const { Cell::new(false) };
}

/// Calls a reader. `None` where it panics.
pub(crate) fn fenced<Read>(reader: impl FnOnce() -> Option<Read>) -> Option<Read> {
    let was_fenced = IS_FENCED.replace(true);
    let read = catch_unwind(AssertUnwindSafe(reader));
    IS_FENCED.set(was_fenced);
    read.ok().flatten()
}

/// Is this thread behind the fence? A program need not tell of a panic there: cron would mail it.
#[must_use]
pub fn is_fenced() -> bool {
    IS_FENCED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_at_the_fence() {
        assert_eq!(fenced(|| Some(is_fenced())), Some(true));
        assert_eq!(fenced(|| -> Option<bool> { panic!("behind the fence") }), None);
        assert!(!is_fenced());
    }
}
