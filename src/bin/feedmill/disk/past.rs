//! What no feed shows any more: records added to the end of a file, and read only when a run needs them.

use super::error::DiskError;
use super::growing::{Growing, each_line};
use super::write::write_all;
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::ledger::{EntryRecord, Glance, KnownPast, MEND, Past};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Its name in the state directory.
pub const FILE_NAME: &str = "ledger-past.jsonl";

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
        let unreadable = |number: u32, error: io::Error| {
            let location = Location::new(&name, Position { line: number, column: 1 });
            Diagnostic::new(Code::DamagedLedger, location, format!("it cannot be read: {error}")).help(MEND)
        };
        each_line(&self.0, unreadable, |number, text| {
            // What a line that a run could not finish says is still in the ledger.
            if Glance::at(text).is_some_and(|glance| !is_sought(glance)) || text.trim().is_empty() {
                return Ok(());
            }
            let record = EntryRecord::of_line(&name, number, text)?;
            if is_sought(Glance::of(&record)) {
                take(record);
            }
            Ok(())
        })
    }
}

/// The file, to be added to. Needs the run's lock.
pub fn growing(state: &Path) -> Growing {
    Growing::file(state, FILE_NAME)
}

/// Adds records, safely on the disk. Needs the run's lock.
pub fn append(state: &Path, records: &[EntryRecord]) -> Result<(), DiskError> {
    let mut file = growing(state);
    records.iter().try_for_each(|record| file.add(&record.line()))?;
    file.finish()
}

/// Puts these records in the place of all that there are. Needs the run's lock.
pub fn replace(state: &Path, records: &[EntryRecord]) -> Result<(), DiskError> {
    let is_wanted = !records.is_empty() || state.join(FILE_NAME).exists();
    let text = || records.iter().map(|record| record.line() + "\n").collect::<String>();
    write_all(state, is_wanted.then(|| (FILE_NAME, text())))?;
    Ok(())
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
