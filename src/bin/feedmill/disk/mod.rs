//! Everything that touches files: reading articles, writing feeds, the ledger, the lock.

pub mod archive;
mod error;
pub mod fingerprint;
pub mod growing;
pub mod index;
pub mod last_good;
pub mod ledger;
pub mod lock;
pub mod near;
pub mod past;
pub mod read;
pub mod root;
pub mod single;
pub mod stray;
mod target;
mod temporary;
mod tree;
mod variants;
mod walk;
pub mod write;

pub use error::{DiskError, plain};
pub use variants::{Variant, variant_path};
