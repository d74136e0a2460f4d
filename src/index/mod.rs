//! What is remembered of the source files, so that only those are read which have changed. Throw-away: without it every
//! byte of output is the same.

pub mod block;
mod file;
pub mod memo;
pub mod portion;
pub mod sketch;
pub mod text;

use crate::settings::Settings;
use block::Block;
use memo::Memo;
use std::sync::Arc;

/// What an earlier run read, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// What came of it.
    pub memo: Memo,
    blocks: Vec<Arc<Block>>,
}

impl Index {
    /// What is remembered after a run with these settings.
    #[must_use]
    pub fn of(blocks: Vec<Arc<Block>>, memo: Memo) -> Index {
        Index { memo, blocks }
    }

    /// What the source files say, in the order of their paths; nothing, if they were read with other settings.
    #[must_use]
    pub fn blocks(&self, settings: &Settings) -> &[Arc<Block>] {
        if self.memo.reading == Some(settings.of_reading()) { &self.blocks } else { &[] }
    }
}
