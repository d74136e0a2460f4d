//! The words of podcasting: Apple's categories, the roles of the Podcast Taxonomy, how a show is named.

mod artwork;
mod categories;
mod guid;
mod roles;

pub use artwork::{SIDES, is_artwork};
pub use categories::{Category, Unknown};
pub use guid::guid;
pub use roles::{HOST, role};
