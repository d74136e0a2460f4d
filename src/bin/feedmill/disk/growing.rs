//! Files of lines that only ever grow.

use super::error::DiskError;
use super::temporary;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// How much is read or written at once.
const PIECE_BYTES: usize = 1 << 18;

/// Hands over the whole lines of a file with their numbers, from 1. A last line without an end is one that a run could
/// not finish.
pub fn each_line<Fault>(
    path: &Path,
    unreadable: impl Fn(u32, io::Error) -> Fault,
    mut take: impl FnMut(u32, &str) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let file = File::open(path).map_err(|error| unreadable(1, error))?;
    let mut lines = BufReader::with_capacity(PIECE_BYTES, file);
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        lines.read_line(&mut line).map_err(|error| unreadable(number, error))?;
        let Some(text) = line.strip_suffix('\n') else { break };
        take(number, text)?;
    }
    Ok(())
}

/// Lines on their way to the end of a file. Dropped before [`Growing::finish`], it leaves the file as it was. Needs
/// the run's lock.
pub struct Growing {
    directory: PathBuf,
    path: PathBuf,
    /// Opened for the first line.
    open: Option<Open>,
}

struct Open {
    file: BufWriter<File>,
    /// Where the last whole line ended.
    end: u64,
    is_new: bool,
}

impl Growing {
    /// The file of this name in a directory.
    pub fn file(directory: &Path, name: &str) -> Growing {
        Growing { directory: directory.to_owned(), path: directory.join(name), open: None }
    }

    /// Adds a line.
    pub fn add(&mut self, line: &str) -> Result<(), DiskError> {
        let failed = |error| DiskError::system("write", &self.path)(error);
        let open = match &mut self.open {
            Some(open) => open,
            closed => closed.insert(Open::at(&self.path).map_err(failed)?),
        };
        open.file.write_all(line.as_bytes()).and_then(|()| open.file.write_all(b"\n")).map_err(failed)
    }

    /// Makes the lines last.
    pub fn finish(mut self) -> Result<(), DiskError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let written = open.file.flush().and_then(|()| open.file.get_ref().sync_all());
        let is_new = open.is_new;
        written.map_err(DiskError::system("write", &self.path))?;
        if let Some(open) = self.open.take() {
            // There is nothing in it any more that could be written when it is dropped.
            drop(open.file);
        }
        if is_new {
            temporary::sync_directory(&self.directory)
                .map_err(DiskError::system("sync the directory", &self.directory))?;
        }
        Ok(())
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        if let Some(Open { file, end, .. }) = self.open.take() {
            // Half a line would be cut off by the next run as well.
            let (file, _) = file.into_parts();
            let _ = file.set_len(end);
        }
    }
}

impl Open {
    fn at(path: &Path) -> io::Result<Open> {
        let is_new = !path.exists();
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        let end = whole_lines(&mut file)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        Ok(Open { file: BufWriter::with_capacity(PIECE_BYTES, file), end, is_new })
    }
}

/// Where the last whole line ends.
fn whole_lines(file: &mut File) -> io::Result<u64> {
    const PIECE: u64 = 4096;
    let mut end = file.seek(SeekFrom::End(0))?;
    let mut piece = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(PIECE);
        file.seek(SeekFrom::Start(start))?;
        piece.clear();
        Read::by_ref(file).take(end - start).read_to_end(&mut piece)?;
        if piece.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        if let Some(at) = piece.iter().rposition(|&byte| byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_not_finished_leaves_the_file_as_it_was() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("lines");
        let growing = || Growing::file(directory.path(), "lines");
        growing().finish().unwrap();
        assert!(!path.exists(), "no line, no file");
        let mut one = growing();
        one.add("one").unwrap();
        one.finish().unwrap();
        let mut two = growing();
        two.add(&"two".repeat(PIECE_BYTES)).unwrap();
        assert!(fs::metadata(&path).unwrap().len() > 4);
        drop(two);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\n");
    }
}
