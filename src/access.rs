//! Who may read an article.

/// Who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Those who pay or are members. Feeds that everybody can read hold no more than the summary that the
    /// author wrote.
    Members,
}
