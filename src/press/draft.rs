//! A file beside the feeds, a list or a page: it stands as a feed does, where all that it is made of is as it was.

use super::FeedFile;

/// The file.
pub struct Draft {
    /// Where it lies under the output directory.
    pub path: String,
    /// All that it is made of besides the settings and what every article has to do with, as a number.
    pub made_of: u64,
    /// `None` where it stands.
    pub file: Option<FeedFile>,
}

/// Is the file at this path made of what this number says, and as it was left?
pub type Stands<'s> = &'s (dyn Fn(&str, u64) -> bool + Sync);

impl Draft {
    /// Makes the file, unless it stands.
    pub fn of(
        path: String,
        made_of: u64,
        stands: Stands<'_>,
        make: impl FnOnce(String) -> FeedFile,
    ) -> Draft {
        let file = (!stands(&path, made_of)).then(|| make(path.clone()));
        Draft { path, made_of, file }
    }
}
