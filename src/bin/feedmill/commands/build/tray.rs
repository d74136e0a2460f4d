//! Where the files of a run lie ready until all of them can be published. The bytes of a feed are on the disk before
//! those of the next ones are made: together they would not fit in memory.

use crate::disk::DiskError;
use crate::disk::write::{Batch, Change, compare, sweep_beside};
use feedmill::ledger::Ledger;
use feedmill::publication::FeedFile;
use std::path::Path;

pub struct Tray<'r> {
    output: &'r Path,
    /// What subscribers have: beside it may lie what a killed run left.
    known: &'r Ledger,
    /// `None` in a dry run.
    batch: Option<Batch>,
    changes: Vec<(String, Change)>,
    fault: Option<DiskError>,
}

impl<'r> Tray<'r> {
    pub fn new(output: &'r Path, known: &'r Ledger, dry_run: bool) -> Tray<'r> {
        let batch = (!dry_run).then(Batch::default);
        Tray { output, known, batch, changes: Vec::new(), fault: None }
    }

    /// Makes a file ready, or finds out what would become of it. After an error nothing more is done.
    pub fn take(&mut self, file: FeedFile) {
        if self.fault.is_some() {
            return;
        }
        if self.batch.is_some() && self.changes.is_empty() {
            sweep_beside(self.output, self.known.feeds().flat_map(|feed| feed.files.keys()));
        }
        match self.write(&file) {
            Ok(change) => self.changes.push((file.path, change)),
            Err(error) => self.fault = Some(error),
        }
    }

    /// As [`Tray::take`], for a file that is to be in its place before those of the feeds.
    pub fn take_first(&mut self, file: FeedFile) -> Result<(), DiskError> {
        if let Some(batch) = &mut self.batch {
            batch.overtake();
        }
        self.take(file);
        self.check()
    }

    /// Says what went wrong, if anything did.
    pub fn check(&mut self) -> Result<(), DiskError> {
        self.fault.take().map_or(Ok(()), Err)
    }

    /// A file that stays as it is.
    pub fn leave(&mut self, path: String) {
        self.changes.push((path, Change::Unchanged));
    }

    fn write(&mut self, file: &FeedFile) -> Result<Change, DiskError> {
        match &mut self.batch {
            Some(batch) => batch.stage(self.output, &file.path, &file.bytes),
            None => compare(self.output, &file.path, &file.bytes),
        }
    }

    /// What lies ready, and what becomes of each file, in the order of their paths.
    pub fn end(mut self) -> (Batch, Vec<(String, Change)>) {
        self.changes.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        (self.batch.unwrap_or_default(), self.changes)
    }
}
