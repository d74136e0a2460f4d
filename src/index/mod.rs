//! What is remembered of the source files, so that only those are read which have changed. Throw-away: without it every
//! byte of output is the same.

pub mod block;
pub mod portion;
pub mod sketch;
pub mod text;

use block::Block;
use std::sync::Arc;

/// What an earlier run read.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// In the order of their paths.
    pub blocks: Vec<Arc<Block>>,
}
