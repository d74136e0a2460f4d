//! The index on disk: read if it is whole, replaced whole, and never worth an error.

use super::error::{Cause, DiskError};
use super::target::{create_directory, parent};
use super::temporary;
use feedmill::index::Index;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

const BUFFER_BYTES: usize = 1 << 18;

/// Reads the index. What another program wrote, or another build of this one, is none.
pub fn read(path: &Path) -> Index {
    let file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|found| found.is_file()));
    file.map_or_else(Index::default, |file| {
        Index::read(&program(), &mut BufReader::with_capacity(BUFFER_BYTES, file))
    })
}

/// Replaces the index. Not waited for until it is on the disk: what a power cut leaves of it is no whole index. Needs
/// the run's lock.
pub fn write(path: &Path, index: &Index) -> Result<(), DiskError> {
    create_directory(parent(path), &mut Vec::new())?;
    let written = temporary::written(parent(path), |file| {
        index.write(&program(), &mut BufWriter::with_capacity(BUFFER_BYTES, file))
    });
    let written = written.map_err(DiskError::system("write", path))?;
    written.persist(path).map_err(|error| DiskError::new("replace", path, Cause::Rename(error.error)))
}

/// What tells this build of the program from others, which may read an article otherwise.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let build = || -> io::Result<String> {
        let file = fs::metadata(std::env::current_exe()?)?;
        Ok(format!("{} {} {}", file.len(), file.mtime(), file.mtime_nsec()))
    };
    format!("feedmill {version} {}", build().unwrap_or_default())
}
