//! A file of its own, outside of the feeds: found first, then read, then replaced whole.
//!
//! Needs no lock, and sweeps nothing: the files of others may lie beside it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::error::{Cause, DiskError};
use super::target::{Target, locate, parent};
use super::temporary;

/// Where the file is, or will be.
pub struct Single {
    target: Target,
}

impl Single {
    /// Finds the file, following links. A directory, pipe or device is refused before anything waits for it.
    pub fn find(path: &Path) -> Result<Single, DiskError> {
        let name = path.file_name().and_then(OsStr::to_str);
        let name = name.ok_or_else(|| DiskError::new("write", path, Cause::NoFileName))?;
        Ok(Single { target: locate(path.parent().unwrap_or(Path::new("")), name)? })
    }

    /// Where its bytes are, without any link; `None` where its directory does not exist.
    pub fn place(&self) -> Option<PathBuf> {
        let file = &self.target.file;
        Some(fs::canonicalize(parent(file)).ok()?.join(file.file_name()?))
    }

    /// What is in it, at most so much of it; nothing where there is no file.
    pub fn read(&self, most_bytes: u64) -> Result<Vec<u8>, DiskError> {
        let mut bytes = Vec::new();
        if self.target.old.is_some() {
            File::open(&self.target.file)
                .and_then(|file| file.take(most_bytes).read_to_end(&mut bytes))
                .map_err(DiskError::system("read", &self.target.asked))?;
        }
        Ok(bytes)
    }

    /// Puts these bytes in its place; owner and mode stay. Its directory has to exist.
    pub fn replace(self, bytes: &[u8]) -> Result<(), DiskError> {
        let Target { asked, file, old } = self.target;
        let failed = |error| DiskError::system("write", &asked)(error);
        let temporary = temporary::stage(parent(&file), bytes, old.as_ref()).map_err(failed)?;
        temporary.persist(&file).map_err(|error| failed(error.error))
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn it_is_replaced_whole_and_keeps_its_mode() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("report.json");
        let write = |text: &str| Single::find(&path).and_then(|file| file.replace(text.as_bytes()));
        write("first").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o604)).unwrap();
        write("second").unwrap();
        assert_eq!(Single::find(&path).unwrap().read(3).unwrap(), b"sec");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o604);
        let link = directory.path().join("link.json");
        symlink("report.json", &link).unwrap();
        Single::find(&link).unwrap().replace(b"third").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"third");
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 2, "nothing is left beside it");
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let refused = |path: &Path| Single::find(path).err().map(|error| error.cause);
        assert!(matches!(refused(directory.path()), Some(Cause::DirectoryInPlace)));
        assert!(matches!(refused(&directory.path().join("..")), Some(Cause::NoFileName)));
        assert!(matches!(refused(Path::new("/dev/null")), Some(Cause::SpecialFile)));
        let nowhere = Single::find(&directory.path().join("nowhere/report.json")).unwrap();
        assert_eq!(nowhere.place(), None);
        assert_eq!(nowhere.read(9).unwrap(), b"");
        assert!(nowhere.replace(b"").unwrap_err().to_string().ends_with("no such file or directory"));
    }
}
