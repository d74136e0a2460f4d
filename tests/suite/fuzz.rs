//! What fuzzing found, and an article in each dialect, through the checks of the fuzz targets.

use crate::support::{repository, tree};
use std::panic::catch_unwind;

#[path = "../../fuzz/src/lib.rs"]
mod checks;

#[track_caller]
fn replay(target: &str, hold: fn(&[u8])) {
    let files = tree(&repository("fuzz/corpus").join(target));
    let breaks = |bytes: &Vec<u8>| catch_unwind(|| hold(bytes)).is_err();
    let broken: Vec<_> = files.iter().filter(|(_, bytes)| breaks(bytes)).map(|(name, _)| name).collect();
    assert!(broken.is_empty(), "fuzz/corpus/{target}: {broken:?}");
    assert!(!files.is_empty());
}

#[test]
fn front_matter() {
    replay("front_matter", checks::front_matter::hold);
}

#[test]
fn feeds() {
    replay("feeds", checks::feeds::hold);
}
