//! What no feed shows any more: records added to the end of a file, and read only when a run needs them.

use super::error::DiskError;
use super::temporary;
use super::write::write_all;
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::ledger::{EntryRecord, Glance, KnownPast, MEND, Past};
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Its name in the state directory.
pub const FILE_NAME: &str = "ledger-past.jsonl";

/// How much of it is read at once.
const PIECE_BYTES: usize = 1 << 18;

struct PastFile(PathBuf);

/// The past that lies in the state directory.
pub fn open(state: &Path) -> KnownPast {
    let path = state.join(FILE_NAME);
    // A link that leads nowhere is told of when it is read.
    let is_there = path.exists() || path.is_symlink();
    KnownPast(is_there.then(|| Arc::new(PastFile(path)) as Arc<dyn Past>))
}

impl Past for PastFile {
    fn each(
        &self,
        is_sought: &dyn Fn(Glance<'_>) -> bool,
        take: &mut dyn FnMut(EntryRecord),
    ) -> Result<(), Diagnostic> {
        let name = self.0.display().to_string();
        let unreadable = |number: u32, error: &io::Error| {
            let location = Location::new(&name, Position { line: number, column: 1 });
            Diagnostic::new(Code::DamagedLedger, location, format!("it cannot be read: {error}")).help(MEND)
        };
        let file = File::open(&self.0).map_err(|error| unreadable(1, &error))?;
        let mut lines = BufReader::with_capacity(PIECE_BYTES, file);
        let mut line = String::new();
        for number in 1.. {
            line.clear();
            lines.read_line(&mut line).map_err(|error| unreadable(number, &error))?;
            // A line without an end is one that a run could not finish; what it says is still in the ledger.
            let Some(text) = line.strip_suffix('\n') else { break };
            if Glance::at(text).is_some_and(|glance| !is_sought(glance)) || text.trim().is_empty() {
                continue;
            }
            let record = EntryRecord::of_line(&name, number, text)?;
            if is_sought(Glance::of(&record)) {
                take(record);
            }
        }
        Ok(())
    }
}

/// Adds records, safely on the disk. Needs the run's lock.
pub fn append(state: &Path, records: &[EntryRecord]) -> Result<(), DiskError> {
    if records.is_empty() {
        return Ok(());
    }
    let path = state.join(FILE_NAME);
    let is_new = !path.exists();
    let failed = |error| DiskError::system("write", &path)(error);
    let mut file =
        File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    let end = whole_lines(&mut file).map_err(failed)?;
    let lines: String = records.iter().map(|record| record.line() + "\n").collect();
    let written = file
        .set_len(end)
        .and_then(|()| file.seek(SeekFrom::Start(end)))
        .and_then(|_| file.write_all(lines.as_bytes()))
        .and_then(|()| file.sync_all());
    if let Err(error) = written {
        // Half a line would be cut off by the next run as well.
        let _ = file.set_len(end);
        return Err(failed(error));
    }
    if is_new {
        temporary::sync_directory(state).map_err(DiskError::system("sync the directory", state))
    } else {
        Ok(())
    }
}

/// Puts these records in the place of all that there are. Needs the run's lock.
pub fn replace(state: &Path, records: &[EntryRecord]) -> Result<(), DiskError> {
    let is_wanted = !records.is_empty() || state.join(FILE_NAME).exists();
    let text = || records.iter().map(|record| record.line() + "\n").collect::<String>();
    write_all(state, is_wanted.then(|| (FILE_NAME, text())))?;
    Ok(())
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

    fn record(id: &str) -> EntryRecord {
        EntryRecord::of_line(
            "past",
            1,
            &format!(
                r#"{{"type":"entry","id":"{id}","path":"{id}.md","permalink":"https://e.example/","title":"A","published":"2026-01-02T00:00:00Z","updated":"2026-01-02T00:00:00Z"}}"#
            ),
        )
        .unwrap()
    }

    fn ids(state: &Path) -> Vec<String> {
        let mut ids = Vec::new();
        open(state).0.unwrap().each(&|_| true, &mut |record| ids.push(record.id)).unwrap();
        ids
    }

    #[test]
    fn half_a_line_is_cut_off() {
        let state = tempfile::tempdir().unwrap();
        assert!(open(state.path()).0.is_none());
        append(state.path(), &[record("a"), record("b")]).unwrap();
        let path = state.path().join(FILE_NAME);
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}{}", "x".repeat(9000))).unwrap();
        assert_eq!(ids(state.path()), ["a", "b"]);
        append(state.path(), &[record("c")]).unwrap();
        assert_eq!(ids(state.path()), ["a", "b", "c"]);
        fs::write(&path, "{\"type\":\"ent").unwrap();
        assert_eq!(ids(state.path()), Vec::<String>::new());
        append(state.path(), &[record("d")]).unwrap();
        assert_eq!(ids(state.path()), ["d"]);
    }

    #[test]
    fn a_damaged_line_is_named() {
        let state = tempfile::tempdir().unwrap();
        let path = state.path().join(FILE_NAME);
        fs::write(&path, format!("{}\n<<<<<<<\n", record("a").line())).unwrap();
        let fault = open(state.path()).0.unwrap().each(&|_| false, &mut |_| {}).unwrap_err();
        assert_eq!(fault.location.position.line, 2);
        assert_eq!(fault.location.path, path.display().to_string());
    }
}
