//! Where a feed file's path leads on disk: links followed, everything that is no file refused.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::error::{Cause, DiskError};

/// The file to create or to replace.
#[derive(Debug)]
pub struct Target {
    /// The path as the user knows it.
    pub asked: PathBuf,
    /// The same, or what its symbolic link leads to: the link is to stay.
    pub file: PathBuf,
    /// The file that is there now.
    pub old: Option<Metadata>,
}

/// Finds the file behind `path`, which is relative to `directory`, `/` between its parts. Creates nothing.
// The settings are checked already; that no path climbs out of the output directory is checked here once more.
// Links are another matter and followed wherever they lead, for files, subdirectories and the output directory
// alike: only someone who may write there can place one (a file that is published elsewhere, an edition on
// another disk), and feedmill itself places none. So it should run as the user who owns the feeds, not as root
// over another's directory.
pub fn locate(directory: &Path, path: &str) -> Result<Target, DiskError> {
    let asked = directory.join(path);
    let fail = |cause| DiskError::new("write", &asked, cause);
    if path.contains('\0') || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(fail(Cause::UnsafePath));
    }
    let file = follow(&asked).map_err(fail)?;
    let old = match fs::metadata(&file) {
        Ok(old) if old.is_file() => Some(old),
        Ok(other) if other.is_dir() => return Err(fail(Cause::DirectoryInPlace)),
        Ok(_) => return Err(fail(Cause::SpecialFile)),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => {
            let in_the_way =
                file.ancestors().skip(1).find(|ancestor| ancestor.exists() && !ancestor.is_dir());
            return Err(fail(
                in_the_way.map_or(Cause::System(error), |found| Cause::NotADirectory(found.into())),
            ));
        }
    };
    Ok(Target { asked, file, old })
}

fn follow(asked: &Path) -> Result<PathBuf, Cause> {
    if !fs::symlink_metadata(asked).is_ok_and(|found| found.is_symlink()) {
        return Ok(asked.to_path_buf());
    }
    match fs::canonicalize(asked) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let mut file = asked.to_path_buf();
            // This ends, or `canonicalize` would have said that the links run in a circle.
            while let Ok(next) = fs::read_link(&file) {
                file = parent(&file).join(next);
            }
            if parent(&file).is_dir() { Ok(file) } else { Err(Cause::DanglingLink(file)) }
        }
        result => result.map_err(Cause::System),
    }
}

/// The directory in which `path` lies, `.` for a bare name.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates `directory` and what is missing above it, and adds them to `created` in that order.
pub fn create_directory(directory: &Path, created: &mut Vec<PathBuf>) -> Result<(), DiskError> {
    if directory.is_dir() {
        return Ok(());
    }
    if parent(directory) != directory {
        create_directory(parent(directory), created)?;
    }
    match fs::create_dir(directory) {
        Ok(()) => created.push(directory.to_path_buf()),
        Err(_) if directory.is_dir() => {}
        Err(error) => {
            let occupied = error.kind() == ErrorKind::AlreadyExists;
            let cause = if occupied { Cause::NotADirectory(directory.into()) } else { Cause::System(error) };
            return Err(DiskError::new("create the directory", directory, cause));
        }
    }
    Ok(())
}

impl Target {
    /// Whether the file holds `bytes` already. Of the old file one piece at a time is in memory.
    pub fn holds(&self, bytes: &[u8]) -> Result<bool, DiskError> {
        match &self.old {
            Some(old) if old.len() == bytes.len() as u64 => {
                same(&self.file, bytes).map_err(DiskError::system("read", &self.asked))
            }
            _ => Ok(false),
        }
    }
}

fn same(file: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(file)?;
    let mut buffer = vec![0; bytes.len().min(64 * 1024)];
    for expected in bytes.chunks(64 * 1024) {
        let found = &mut buffer[..expected.len()];
        match file.read_exact(found) {
            Ok(()) if found == expected => {}
            Ok(()) => return Ok(false),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    fn refusal(directory: &Path, path: &str) -> String {
        let error = locate(directory, path).unwrap_err();
        assert!(error.help().is_some(), "no help for {error}");
        error.to_string().replace(&format!("{}/", directory.display()), "")
    }

    #[test]
    fn paths_that_could_leave_the_output_directory_are_refused() {
        for path in
            ["", "/etc/passwd", "../rss.xml", "en/../../rss.xml", "en//rss.xml", "en/", "./rss.xml", "a\0b"]
        {
            let error = locate(Path::new("feeds"), path).unwrap_err();
            assert!(matches!(error.cause, Cause::UnsafePath), "{path:?}: {error}");
        }
    }

    #[test]
    fn what_is_in_the_way_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let directory = directory.path();
        fs::create_dir(directory.join("rss.xml")).unwrap();
        fs::write(directory.join("en"), "").unwrap();
        symlink("nowhere/rss.xml", directory.join("lost.xml")).unwrap();
        symlink("circle.xml", directory.join("circle.xml")).unwrap();
        let _socket = UnixListener::bind(directory.join("socket")).unwrap();
        assert_eq!(refusal(directory, "rss.xml"), "cannot write `rss.xml`: a directory is in its place");
        assert_eq!(
            refusal(directory, "en/news/rss.xml"),
            "cannot write `en/news/rss.xml`: `en` is not a directory"
        );
        assert_eq!(
            refusal(directory, "lost.xml"),
            "cannot write `lost.xml`: it is a link to `nowhere/rss.xml`, in a directory that does not exist"
        );
        assert_eq!(
            refusal(directory, "socket"),
            "cannot write `socket`: something is in its place that is neither a file nor a directory"
        );
        assert_eq!(
            locate(&directory.join("en"), "rss.xml").unwrap_err().to_string(),
            format!("cannot write `{0}/rss.xml`: `{0}` is not a directory", directory.join("en").display()),
            "the output directory itself"
        );
        let circle = locate(directory, "circle.xml").unwrap_err();
        assert!(matches!(circle.cause, Cause::System(_)), "{circle}");
    }

    #[test]
    fn a_link_to_nowhere_in_place_of_a_directory_is_named() {
        let directory = tempfile::tempdir().unwrap();
        symlink("nowhere", directory.path().join("en")).unwrap();
        let mut created = Vec::new();
        let error = create_directory(&directory.path().join("en/news"), &mut created).unwrap_err();
        assert!(matches!(&error.cause, Cause::NotADirectory(path) if path.ends_with("en")), "{error}");
        assert_eq!(created, Vec::<PathBuf>::new());
    }

    #[test]
    fn contents_are_compared_to_the_last_byte_of_the_last_piece() {
        let directory = tempfile::tempdir().unwrap();
        let mut bytes = vec![b'x'; 150_000];
        fs::write(directory.path().join("rss.xml"), &bytes).unwrap();
        let target = locate(directory.path(), "rss.xml").unwrap();
        assert!(target.holds(&bytes).unwrap());
        bytes[149_999] = b'y';
        assert!(!target.holds(&bytes).unwrap());
        assert!(!target.holds(&bytes[..149_999]).unwrap());
    }
}
