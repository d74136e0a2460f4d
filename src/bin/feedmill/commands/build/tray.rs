//! Where the files of a run lie ready until all of them can be published. The bytes of a feed are on the disk before
//! those of the next ones are made: together they would not fit in memory.

use crate::disk::stray::head;
use crate::disk::write::{Batch, Change, compare, sweep_beside};
use crate::disk::{DiskError, Variant};
use crate::site::SNIPPET;
use feedmill::autodiscovery;
use feedmill::compress::Encoding;
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::ledger::Ledger;
use feedmill::pages;
use feedmill::publication::FeedFile;
use std::fs;
use std::path::Path;

/// What becomes of files.
pub type Changes = Vec<(String, Change)>;

pub struct Tray<'r> {
    output: &'r Path,
    /// Each file lies beside itself in these.
    encodings: &'r [Encoding],
    /// What subscribers have: beside it may lie what a killed run left.
    known: &'r Ledger,
    /// `None` in a dry run.
    batch: Option<Batch>,
    changes: Changes,
    /// Of variants only those that do not stay as they are.
    variants: Changes,
    /// Files of others that lie where ours would.
    foreign: Vec<Diagnostic>,
    fault: Option<DiskError>,
}

impl<'r> Tray<'r> {
    pub fn new(output: &'r Path, encodings: &'r [Encoding], known: &'r Ledger, dry_run: bool) -> Tray<'r> {
        Tray {
            output,
            encodings,
            known,
            batch: (!dry_run).then(Batch::default),
            changes: Vec::new(),
            variants: Vec::new(),
            foreign: Vec::new(),
            fault: None,
        }
    }

    /// Makes a file ready, or finds out what would become of it. After an error nothing more is done.
    pub fn take(&mut self, file: FeedFile) {
        if self.fault.is_some() {
            return;
        }
        if self.batch.is_some() && self.changes.is_empty() {
            sweep_beside(self.output, self.known.files());
        }
        if let Some(told) = foreign(self.output, &file) {
            self.foreign.push(told);
            if let Some(batch) = &mut self.batch {
                self.variants.extend(batch.remove_of_our_page(self.output, &file.path));
            }
            return;
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

    /// Makes a link for pages ready, which lies in a directory of its own.
    pub fn take_beside(&mut self, directory: &Path, name: &str, text: &str) -> Result<(), DiskError> {
        let path = directory.join(name);
        if fs::read(&path).is_ok_and(|bytes| !str::from_utf8(&bytes).is_ok_and(autodiscovery::is_ours)) {
            let message =
                "this file is not feedmill's, so it stays as it is, and the links for a page are missing";
            let help = "move it away, or name a directory of its own as `snippets` in `[output]`";
            self.foreign.push(foreign_file(&path, message, help));
            return Ok(());
        }
        let change = match &mut self.batch {
            Some(batch) => batch.stage(directory, name, text.as_bytes())?,
            None => compare(directory, name, text.as_bytes())?,
        };
        self.changes.push((format!("{SNIPPET}{name}"), change));
        Ok(())
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
        let Some(batch) = &mut self.batch else {
            return compare(self.output, &file.path, &file.bytes);
        };
        let variants = Variant::all(&file.bytes, self.encodings);
        let (change, of_variants) =
            batch.stage_with_variants(self.output, &file.path, &file.bytes, &variants)?;
        self.variants.extend(of_variants);
        Ok(change)
    }

    /// What there is to say of files that are not ours.
    pub fn foreign(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.foreign)
    }

    /// What lies ready, what becomes of each file, and what of variants, both in the order of their paths.
    pub fn end(mut self) -> (Batch, Changes, Changes) {
        for changes in [&mut self.changes, &mut self.variants] {
            changes.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        }
        (self.batch.unwrap_or_default(), self.changes, self.variants)
    }
}

/// What there is to say of a file that feedmill did not make, where this page would lie.
pub fn foreign(output: &Path, page: &FeedFile) -> Option<Diagnostic> {
    let path = output.join(&page.path);
    let is_ours = || head(&path).is_some_and(|head| pages::is_ours(&head));
    if !page.is_page() || !path.is_file() || is_ours() {
        return None;
    }
    let message = "this file is not feedmill's, so it stays as it is, and a page for people is missing";
    let help = "move it away to get the page, or write `publish = false` into `[pages]` to have none";
    Some(foreign_file(&path, message, help))
}

fn foreign_file(path: &Path, message: &str, help: &str) -> Diagnostic {
    let location = Location::new(path.to_string_lossy(), Position::START);
    Diagnostic::new(Code::ForeignPage, location, message).help(help)
}
