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
fn yaml() {
    replay("front_matter", checks::yaml::hold);
}

/// Else each run would take longer, and nobody would see why.
#[test]
fn front_matter_here_is_plain() {
    let (mut plain, mut all) = (0, 0);
    for directory in ["articles", "tests/cases"] {
        for bytes in tree(&repository(directory)).values() {
            let text = String::from_utf8_lossy(bytes);
            let Some(header) = checks::yaml::between_fences(&text) else { continue };
            plain += usize::from(checks::yaml::reads_alike(header));
            all += 1;
        }
    }
    assert!(plain * 100 > all * 95, "{plain} of {all}");
}

#[test]
fn feeds() {
    replay("feeds", checks::feeds::hold);
}
