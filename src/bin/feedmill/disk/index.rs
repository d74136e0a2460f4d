//! The index on disk: read if it is whole, replaced whole, and never worth an error.

use super::error::{Cause, DiskError};
use super::target::{create_directory, parent};
use super::temporary;
use feedmill::index::Index;
use feedmill::index::block::Block;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tempfile::NamedTempFile;

const BUFFER_BYTES: usize = 1 << 18;

/// Reads the index. What another program wrote, or another build of this one, is none.
pub fn read(path: &Path) -> Index {
    let file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|found| found.is_file()));
    file.map_or_else(Index::default, |file| {
        Index::read(&program(), &mut BufReader::with_capacity(BUFFER_BYTES, file))
    })
}

/// An index on its way to the disk: what was read of the source files is written while the feeds are.
pub struct Writing {
    path: PathBuf,
    begun: Option<JoinHandle<Result<NamedTempFile, DiskError>>>,
}

impl Writing {
    /// Begins to write the index. Needs the run's lock.
    pub fn begin(path: &Path, blocks: Vec<Arc<Block>>) -> Writing {
        let place = path.to_owned();
        let begin = move || {
            create_directory(parent(&place), &mut Vec::new())?;
            let begun = temporary::begun(parent(&place), |file| {
                Index::write_blocks(&program(), &blocks, &mut BufWriter::with_capacity(BUFFER_BYTES, file))
            });
            begun.map_err(DiskError::system("write", &place))
        };
        Writing { path: path.to_owned(), begun: Some(thread::spawn(begin)) }
    }

    /// Puts it in its place. Not waited for until it is on the disk: what a power cut leaves of it is no whole index.
    pub fn end(mut self, index: &Index) -> Result<(), DiskError> {
        let path = std::mem::take(&mut self.path);
        let begun = self.begun.take().and_then(|begun| begun.join().ok());
        let failed = || DiskError::new("write", &path, Cause::System(io::Error::other("it came to no end")));
        let mut file = begun.unwrap_or_else(|| Err(failed()))?;
        let written = index.write_memo(&mut BufWriter::with_capacity(BUFFER_BYTES, file.as_file_mut()));
        written.map_err(DiskError::system("write", &path))?;
        // Where one file takes the place of another, some systems wait until it has its place on the disk.
        let _ = fs::remove_file(&path);
        let replaced = file.into_temp_path().persist(&path);
        replaced.map_err(|error| DiskError::new("replace", &path, Cause::Rename(error.error)))
    }
}

impl Drop for Writing {
    /// Of a run that has failed nothing is left.
    fn drop(&mut self) {
        let _ = self.begun.take().map(JoinHandle::join);
    }
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
