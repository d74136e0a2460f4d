//! What front matter says belongs to an article.

use crate::diagnostic::Position;

/// A page that belongs to an article, as front matter names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// An address, a path on the site, or the path of an article's file.
    pub reference: String,
    /// What readers are to see.
    pub title: Option<String>,
    /// Where it is named.
    pub at: Position,
}
