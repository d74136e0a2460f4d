//! What is remembered of the source files, so that only those are read which have changed. Throw-away: without it every
//! byte of output is the same.

pub mod block;
pub mod changes;
mod file;
pub mod memo;
pub mod name;
pub mod parts;
pub mod portion;
pub mod record;
pub mod sketch;
pub mod text;

use crate::ledger::Ledger;
use crate::newsroom::{Fingerprint, Listed};
use crate::settings::Settings;
use block::Block;
use memo::{DocumentNotes, Looked, Memo};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What an earlier run read, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// What came of it.
    pub memo: Memo,
    blocks: Vec<Arc<Block>>,
    /// The files of the output directory that are as they were left, and how that was.
    standing: HashMap<String, Fingerprint>,
    /// Is every one of them?
    all_stand: bool,
}

impl Index {
    /// What is remembered after a run with these settings.
    #[must_use]
    pub fn of(blocks: Vec<Arc<Block>>, memo: Memo) -> Index {
        Index { memo, blocks, standing: HashMap::new(), all_stand: false }
    }

    /// Looks at the files of the output directory: only one that is as it was left need not be written again.
    #[must_use]
    pub fn with_outputs(mut self, fingerprint: impl Fn(&str) -> Option<Fingerprint> + Sync) -> Index {
        let outputs = self.memo.run.as_mut().map(|run| std::mem::take(&mut run.outputs)).unwrap_or_default();
        let is_as_left = |(path, left): &(String, Fingerprint)| fingerprint(path) == Some(*left);
        let stand: Vec<bool> = outputs.par_iter().map(is_as_left).collect();
        self.all_stand = stand.iter().all(|stands| *stands);
        self.standing =
            outputs.into_iter().zip(stand).filter(|(_, stands)| *stands).map(|(left, _)| left).collect();
        self
    }

    /// Is this the ledger that the run which left the index wrote? Then that run came to its end.
    #[must_use]
    pub fn follows(&self, ledger: &Ledger) -> bool {
        self.memo.run.as_ref().is_some_and(|run| run.ledger == ledger.digest())
    }

    /// How a file of the output directory was left, if it is still so.
    #[must_use]
    pub fn left(&self, path: &str) -> Option<Fingerprint> {
        self.standing.get(path).copied()
    }

    /// Notes how the files of the output directory were left.
    #[must_use]
    pub fn leaving(mut self, outputs: impl IntoIterator<Item = (String, Fingerprint)>) -> Index {
        if let Some(run) = &mut self.memo.run {
            run.outputs = outputs.into_iter().collect();
        }
        self
    }

    /// Notes what else was found in the output directory.
    #[must_use]
    pub fn having_looked(mut self, looked: Looked) -> Index {
        let still = self.memo.run.as_mut().and_then(|run| run.still.as_mut());
        if let Some(still) = still {
            still.looked = looked;
        }
        self
    }

    /// Are these the files that are remembered, all of them, and as they were?
    #[must_use]
    pub fn holds(&self, files: &[Listed]) -> bool {
        let mut rest = files;
        let mut pairs = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let Some((own, others)) = rest.split_at_checked(block.len()) else { return false };
            pairs.push((block, own));
            rest = others;
        }
        rest.is_empty() && pairs.par_iter().all(|(block, own)| block.holds(own))
    }

    /// The same of a run that has more to tell than is known here: the next one is made all the same.
    #[must_use]
    pub fn unsettled(mut self) -> Index {
        if let Some(run) = &mut self.memo.run {
            run.still = None;
        }
        self
    }

    /// The same with the documents of the archives, and the files that these looked for and that no listing has.
    #[must_use]
    pub fn with_documents(mut self, DocumentNotes { documents, unlisted }: DocumentNotes) -> Index {
        if let Some(run) = &mut self.memo.run {
            run.unlisted.extend(unlisted);
            self.memo.details.get_mut().documents = documents;
        }
        self
    }

    /// Is a file of the output directory as it was left?
    #[must_use]
    pub fn stands(&self, path: &str) -> bool {
        self.standing.contains_key(path)
    }

    /// The files of the output directory, where all of them are as they were left.
    #[must_use]
    pub fn standing(&self) -> Option<HashSet<&str>> {
        self.all_stand.then(|| self.standing.keys().map(String::as_str).collect())
    }

    /// The same without what a run published: all of it is made again.
    #[must_use]
    pub fn of_sources(&self) -> Index {
        let memo = Memo { reading: self.memo.reading.clone(), ..Memo::default() };
        Index::of(self.blocks.clone(), memo)
    }

    /// What the source files say, in the order of their paths; nothing, if they were read with other settings.
    #[must_use]
    pub fn blocks(&self, settings: &Settings) -> &[Arc<Block>] {
        if self.memo.reading == Some(settings.of_reading()) { &self.blocks } else { &[] }
    }
}
