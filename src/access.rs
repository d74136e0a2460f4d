//! Who may read an article.

use serde::{Deserialize, Serialize};

/// Who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, Hash)]
pub enum Access {
    /// Everybody.
    Public,
    /// Those who pay or are members. Feeds that everybody can read hold no more than the summary that the
    /// author wrote.
    Members,
}
