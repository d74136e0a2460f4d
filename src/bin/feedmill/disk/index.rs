//! The index on disk: read if it is whole, replaced whole, and never worth an error.

use super::error::{Cause, DiskError};
use super::target::{create_directory, parent};
use feedmill::index::Index;
use feedmill::index::block::Block;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, ErrorKind};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

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
    begun: Option<JoinHandle<Result<File, DiskError>>>,
}

impl Writing {
    /// Begins to write the index. Needs the run's lock.
    pub fn begin(path: &Path, blocks: Vec<Arc<Block>>) -> Writing {
        let begin = {
            let path = path.to_owned();
            move || {
                create_directory(parent(&path), &mut Vec::new())?;
                let written = create(&path).and_then(|file| {
                    let mut buffer = BufWriter::with_capacity(BUFFER_BYTES, &file);
                    Index::write_blocks(&program(), &blocks, &mut buffer)?;
                    drop(buffer);
                    Ok(file)
                });
                written.map_err(DiskError::system("write", &path))
            }
        };
        Writing { path: path.to_owned(), begun: Some(thread::spawn(begin)) }
    }

    /// Puts it in its place. Not waited for until it is on the disk: what a power cut leaves of it is no whole index.
    pub fn end(mut self, index: &Index) -> Result<(), DiskError> {
        let Some(begun) = self.begun.take().and_then(|begun| begun.join().ok()) else { return Ok(()) };
        let ended = begun.and_then(|file| self.replace(&file, index));
        if ended.is_err() {
            let _ = fs::remove_file(unfinished(&self.path));
        }
        ended
    }

    fn replace(&self, file: &File, index: &Index) -> Result<(), DiskError> {
        let written = index.write_memo(&mut BufWriter::with_capacity(BUFFER_BYTES, file));
        written.map_err(DiskError::system("write", &self.path))?;
        // Where one file takes the place of another, some systems wait until it has its place on the disk.
        let _ = fs::remove_file(&self.path);
        let replaced = fs::rename(unfinished(&self.path), &self.path);
        replaced.map_err(|error| DiskError::new("replace", &self.path, Cause::Rename(error)))
    }
}

impl Drop for Writing {
    /// Of a run that has failed nothing is left.
    fn drop(&mut self) {
        if let Some(begun) = self.begun.take() {
            let _ = begun.join();
            let _ = fs::remove_file(unfinished(&self.path));
        }
    }
}

/// The file under the name that it has until it is whole; only one run at a time writes it.
fn create(path: &Path) -> io::Result<File> {
    let path = unfinished(path);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => OpenOptions::new().write(true).create_new(true).mode(0o600).open(path),
    }
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
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
