//! Whether two runs have the same settings.

use super::Settings;
use crate::digest::Digest;

impl Settings {
    /// What tells these settings from others.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of([format!("{self:?}").as_bytes()])
    }

    /// What tells these settings from others by which a source file would be read otherwise. A run that accepts losses
    /// reads like any other.
    #[must_use]
    pub fn of_reading(&self) -> Digest {
        let mut settings = self.clone();
        settings.feeds.accept_losses();
        settings.digest()
    }
}
