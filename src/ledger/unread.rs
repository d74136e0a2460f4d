//! The text of a ledger that nobody has read yet: whether it is the one that the run before left is told by its digest, and of
//! a run in which nothing has changed no more is asked.

use super::Ledger;
use crate::archive::Archive;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;

/// The text, and what stands in which document.
#[derive(Debug)]
pub struct Unread {
    name: String,
    text: String,
    digest: Digest,
    archive: Archive,
}

impl Unread {
    /// A text. `name` is what messages call it.
    #[must_use]
    pub fn of(name: String, text: String) -> Unread {
        let digest = Digest::of([text.as_bytes()]);
        Unread { name, text, digest, archive: Archive::default() }
    }

    /// The same with what stands in which document.
    #[must_use]
    pub fn with_archive(self, archive: Archive) -> Unread {
        Unread { archive, ..self }
    }

    /// As [`Ledger::digest`] of the ledger that it is.
    #[must_use]
    pub fn digest(&self) -> Digest {
        digest(&self.digest, &self.archive)
    }

    /// Reads it.
    ///
    /// # Errors
    /// As for [`Ledger::read`].
    pub fn read(self) -> Result<Ledger, Diagnostic> {
        let ledger = Ledger::read_sealed(&self.name, &self.text, self.digest)?;
        Ok(if self.archive.is_empty() { ledger } else { ledger.with_archive(self.archive) })
    }
}

/// What tells a ledger from others: the digest of its text, and what stands in which document.
pub(super) fn digest(text: &Digest, archive: &Archive) -> Digest {
    Digest::of([text.as_str().as_bytes(), &archive.digest().to_le_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_digest_is_that_of_the_ledger() {
        for line in [
            "",
            "{\"type\":\"feed\",\"id\":\"f\",\"files\":{},\"entries\":[],\"updated\":\"2026-01-02T00:00:00Z\"}\n",
        ] {
            let unread =
                Unread::of("l".to_owned(), format!("{{\"feedmill\":\"ledger\",\"version\":2}}\n{line}"));
            let digest = unread.digest();
            let ledger = unread.read().unwrap();
            assert_eq!(ledger.digest(), digest);
            // As it is found out where nobody has read a text.
            let mut anew = ledger.clone();
            anew.forget("nothing");
            assert_eq!(anew.digest(), digest);
        }
        assert_eq!(Unread::of("l".to_owned(), "{}".to_owned()).read().unwrap_err().location.path, "l");
    }
}
