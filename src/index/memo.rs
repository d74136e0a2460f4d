//! What a run came to, as far as the next one need not find it out again.

use crate::digest::Digest;
use serde::{Deserialize, Serialize};

/// What is remembered of a run.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Memo {
    /// The settings that source files were read with.
    pub reading: Option<Digest>,
}
