//! A short name for a text that no other text has.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::io::{BufWriter, Write};

/// The first half of a text's BLAKE3 hash, in hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Digest(Box<str>);

/// So much is hashed at once.
const BUFFER_BYTES: usize = 16 * 1024;

impl Digest {
    /// The digest of these parts, in this order. Where one ends counts.
    #[must_use]
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Digest {
        // Many short parts take as long as one that is as long as all of them.
        let mut hasher = BufWriter::with_capacity(BUFFER_BYTES, blake3::Hasher::new());
        for part in parts {
            let taken = hasher.write_all(&part.len().to_le_bytes()).and_then(|()| hasher.write_all(part));
            taken.expect("a hasher takes all bytes");
        }
        let hasher = hasher.into_inner().expect("a hasher takes all bytes");
        Digest(hasher.finalize().to_hex()[..32].into())
    }
}

impl Digest {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A digest is found by its digits.
impl Borrow<str> for Digest {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let of = |parts: &[&str]| Digest::of(parts.iter().map(|part| part.as_bytes()));
        assert_eq!(of(&["ferry", "late"]), of(&["ferry", "late"]));
        assert_ne!(of(&["ferry", "late"]), of(&["ferryl", "ate"]));
        assert_ne!(of(&["ferry"]), of(&["ferry", ""]));
        assert_eq!(format!("{:?}", of(&[])).len(), 32);
    }
}
