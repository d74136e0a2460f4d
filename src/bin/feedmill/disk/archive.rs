//! What stands in which document of the archives: lines added to the end of a file, and read by every run.

use super::error::DiskError;
use super::growing::{Growing, each_line};
use super::write::write_all;
use feedmill::archive::{Archive, Closed};
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use std::path::Path;

/// Its name in the state directory.
const FILE_NAME: &str = "ledger-archive.jsonl";

/// Reads it; `None` where there is none.
pub fn read(state: &Path) -> Result<Option<Archive>, Diagnostic> {
    let path = state.join(FILE_NAME);
    // A link that leads nowhere was meant to lead to the promises.
    if !path.exists() && !path.is_symlink() {
        return Ok(None);
    }
    let name = path.display().to_string();
    let unreadable = |line, error| {
        let location = Location::new(&name, Position { line, column: 1 });
        Diagnostic::new(Code::DamagedLedger, location, format!("it cannot be read: {error}"))
            .help("make it readable for the user that runs feedmill")
    };
    let mut archive = Archive::default();
    each_line(&path, unreadable, |number, line| match line.trim().is_empty() {
        true => Ok(()),
        false => archive.read_line(&name, number, line),
    })?;
    Ok(Some(archive))
}

/// Its lines, as they are.
pub fn lines(state: &Path) -> Result<Vec<String>, DiskError> {
    let path = state.join(FILE_NAME);
    let mut lines = Vec::new();
    if path.exists() {
        let failed = |_, error| DiskError::system("read", &path)(error);
        each_line(&path, failed, |_, line| {
            lines.push(line.to_owned());
            Ok(())
        })?;
    }
    Ok(lines)
}

/// Puts these documents in the place of all that there are. Needs the run's lock.
pub fn replace(state: &Path, documents: &[Closed]) -> Result<(), DiskError> {
    let is_wanted = !documents.is_empty() || state.join(FILE_NAME).exists();
    let text = || documents.iter().map(|closed| closed.line() + "\n").collect::<String>();
    write_all(state, is_wanted.then(|| (FILE_NAME, text())))?;
    Ok(())
}

/// The file, to be added to. Needs the run's lock.
pub fn growing(state: &Path) -> Growing {
    Growing::file(state, FILE_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use feedmill::archive::line;
    use std::fs;

    #[test]
    fn a_damaged_line_is_named_and_half_a_line_does_not_count() {
        let state = tempfile::tempdir().unwrap();
        assert_eq!(read(state.path()).unwrap(), None);
        let mut file = growing(state.path());
        file.add(&line("f", 1, ["a"].into_iter())).unwrap();
        file.finish().unwrap();
        let path = state.path().join(FILE_NAME);
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}{{\"type\":\"docu")).unwrap();
        assert_eq!(read(state.path()).unwrap().unwrap().documents("f").len(), 1);
        fs::write(&path, format!("{whole}{whole}")).unwrap();
        assert_eq!(read(state.path()).unwrap_err().location.position.line, 2);
    }
}
