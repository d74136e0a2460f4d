//! The ledger on disk, in the state directory: read whole or not at all, written whole or not at all.

use super::error::DiskError;
use super::past;
use super::write::{Batch, Change, stage_all, write_all};
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::ledger::{Ledger, Unread};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

/// Its name. It goes into version control and backups; all else in the state directory is throw-away.
pub const FILE_NAME: &str = "ledger.jsonl";

/// Finds the ledger.
pub fn find(state: &Path) -> Result<Option<Unread>, Diagnostic> {
    let path = state.join(FILE_NAME);
    let name = path.display().to_string();
    let damaged = |message: String, help: &str| {
        Diagnostic::new(Code::DamagedLedger, Location::new(&name, Position::START), message).help(help)
    };
    match fs::read(&path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Unread::of(name, text))),
            Err(_) => Err(damaged("the ledger is not UTF-8".to_owned(), feedmill::ledger::MEND)),
        },
        // A link that leads nowhere was meant to lead to the promises.
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => Ok(None),
        Err(error) => Err(damaged(
            format!("the ledger cannot be read: {error}"),
            "make it readable for the user that runs feedmill",
        )),
    }
}

/// Reads the ledger; where there is none, `otherwise` says what is promised.
pub fn read(state: &Path, otherwise: impl FnOnce() -> Ledger) -> Result<Ledger, Diagnostic> {
    let ledger = find(state)?.map_or_else(|| Ok(otherwise()), Unread::read)?;
    Ok(ledger.with_past(past::open(state)))
}

/// Is there a ledger?
pub fn exists(state: &Path) -> bool {
    state.join(FILE_NAME).exists()
}

/// Writes the ledger, if it says something else than the file. Needs the run's lock.
pub fn write(state: &Path, ledger: &Ledger) -> Result<Change, DiskError> {
    let changes = write_all(state, text(state, ledger))?;
    Ok(changes.first().map_or(Change::Unchanged, |(_, change)| *change))
}

/// Makes the ledger ready, if it says something else than the file.
pub fn stage(state: &Path, ledger: &Ledger) -> Result<Batch, DiskError> {
    Ok(stage_all(state, text(state, ledger))?.0)
}

/// The file and what belongs into it; nothing, where nothing is promised and never was.
fn text(state: &Path, ledger: &Ledger) -> Option<(&'static str, Arc<[u8]>)> {
    let is_wanted = !ledger.is_empty() || state.join(FILE_NAME).exists();
    is_wanted.then(|| (FILE_NAME, ledger.write().into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn its_mode_is_kept_and_nothing_is_written_twice() {
        let state = tempfile::tempdir().unwrap();
        let path = state.path().join(FILE_NAME);
        assert_eq!(write(state.path(), &Ledger::default()).unwrap(), Change::Unchanged);
        assert!(!path.exists(), "nothing is promised, so nothing is written");
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(write(state.path(), &Ledger::default()).unwrap(), Change::Replaced);
        assert_eq!(write(state.path(), &Ledger::default()).unwrap(), Change::Unchanged);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(read(state.path(), Ledger::default).unwrap(), Ledger::default());
        let other = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", other.path().join(FILE_NAME)).unwrap();
        assert!(
            read(other.path(), Ledger::default).unwrap_err().message.starts_with("the ledger cannot be read")
        );
        fs::write(&path, b"\xff").unwrap();
        assert_eq!(read(state.path(), Ledger::default).unwrap_err().message, "the ledger is not UTF-8");
    }
}
