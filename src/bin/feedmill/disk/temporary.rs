//! A new file, made ready beside the one it is to replace: bytes, owner, mode and time, all safe on the disk.

use std::fs::{self, DirEntry, File, FileTimes, Metadata, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use tempfile::{Builder, TempPath};

const PREFIX: &str = ".feedmill-";
const SUFFIX: &str = ".tmp";
const RANDOM_LENGTH: usize = 6;

/// Puts `bytes` on the disk, ready to replace the file of which `old` tells.
pub fn stage(folder: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<TempPath> {
    staged(folder, bytes, old, |file| old.map_or(Ok(()), |old| outlive(file, old)))
}

/// Puts `bytes` on the disk, for whoever may have the file of which `beside` tells, and with its time.
pub fn stage_beside(folder: &Path, bytes: &[u8], beside: &Metadata) -> io::Result<TempPath> {
    let times = FileTimes::new().set_modified(beside.modified()?);
    staged(folder, bytes, Some(beside), |file| file.set_times(times))
}

fn staged(
    folder: &Path,
    bytes: &[u8],
    like: Option<&Metadata>,
    set_time: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<TempPath> {
    let mut temporary = Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .rand_bytes(RANDOM_LENGTH)
        // Less the umask, as for any new file; with tempfile's 0600 the web server could not read the feed. What
        // was private is so from the first byte.
        .permissions(Permissions::from_mode(like.map_or(0o666, |like| like.mode() & 0o777)))
        .tempfile_in(folder)?;
    let file = temporary.as_file_mut();
    file.write_all(bytes)?;
    if let Some(like) = like {
        keep_owner_and_mode(file, like)?;
    }
    set_time(file)?;
    file.sync_all()?;
    Ok(temporary.into_temp_path())
}

/// A copy of something that can be had again: not waited for until it is on the disk.
pub fn copy(folder: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    written(folder, |file| file.write_all(bytes))
}

/// A file that can be had again, in whose place its writer puts it.
pub fn written(folder: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<TempPath> {
    let mut temporary =
        Builder::new().prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM_LENGTH).tempfile_in(folder)?;
    write(temporary.as_file_mut())?;
    Ok(temporary.into_temp_path())
}

fn keep_owner_and_mode(file: &File, old: &Metadata) -> io::Result<()> {
    let new = file.metadata()?;
    // As far as we may: root gives a file to anyone, others to a group of theirs (the web server's, say). Done
    // before the mode, which `chown` can change.
    if new.uid() == 0 && new.uid() != old.uid() {
        if_allowed(fchown(file, Some(old.uid()), None))?;
    }
    if new.gid() != old.gid() {
        if_allowed(fchown(file, None, Some(old.gid())))?;
    }
    let mode = old.mode() & 0o7777;
    if file.metadata()?.mode() & 0o7777 == mode {
        Ok(())
    } else {
        file.set_permissions(Permissions::from_mode(mode))
    }
}

/// Does without what we may not do, or this disk cannot. A disk that fails is another matter.
fn if_allowed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// Makes the new file later than the old one by a whole second, as HTTP counts time, whatever the clock says:
/// newsboat drops a changed feed whose `Last-Modified` did not grow, and nginx makes its ETag of time and size.
fn outlive(file: &File, old: &Metadata) -> io::Result<()> {
    let earliest = old.mtime().saturating_add(1);
    // The time that the disk gave the file just now stands in for the clock.
    if file.metadata()?.mtime() >= earliest {
        return Ok(());
    }
    // A time before 1970 is older than any that a disk gives a new file.
    let seconds = Duration::from_secs(earliest.try_into().unwrap_or(0));
    let time = UNIX_EPOCH.checked_add(seconds).ok_or(ErrorKind::InvalidData)?;
    file.set_times(FileTimes::new().set_modified(time))
}

/// Makes names last through a power cut. Not every disk (a network share) and not every directory lets us.
pub fn sync_directory(directory: &Path) -> io::Result<()> {
    if_allowed(File::open(directory).and_then(|directory| directory.sync_all()))
}

/// Removes the temporary files that killed runs left in `directory`, not below it. Needs the run's lock.
// Never an error: a leftover is hidden and harmless, and the next run tries again.
pub fn sweep(directory: &Path) {
    for leftover in leftovers(directory) {
        let _ = fs::remove_file(leftover);
    }
}

/// The temporary files in `directory`, not below it.
pub fn leftovers(directory: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(directory).into_iter().flatten().flatten();
    let is_leftover = |file: &DirEntry| {
        file.file_type().is_ok_and(|kind| kind.is_file())
            && file.file_name().to_str().is_some_and(is_temporary)
    };
    files.filter(is_leftover).map(|file| file.path()).collect()
}

/// Is this the name of a file that is on its way?
pub fn is_temporary(name: &str) -> bool {
    name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).is_some_and(|random| {
        random.len() == RANDOM_LENGTH && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::time::SystemTime;

    use super::*;

    /// Replaces a file of time `old` and returns the whole seconds of both.
    fn replace_file_of(old: SystemTime) -> (i64, i64) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rss.xml");
        fs::write(&path, "old").unwrap();
        File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
        let old = fs::metadata(&path).unwrap();
        let temporary = stage(directory.path(), b"new", Some(&old)).unwrap();
        (old.mtime(), fs::metadata(&temporary).unwrap().mtime())
    }

    #[test]
    fn the_new_file_is_later_by_a_whole_second_whatever_the_clock_says() {
        let future = UNIX_EPOCH + Duration::new(7_000_000_000, 999_999_999);
        let (old, new) = replace_file_of(future);
        assert_eq!(new, old + 1, "an old time in the future grows by one second");

        let (old, new) = replace_file_of(UNIX_EPOCH + Duration::from_secs(1_000_000_000));
        assert!(new > old + 1, "an old time in the past gives way to the present");

        let (old, new) = replace_file_of(UNIX_EPOCH - Duration::from_secs(100));
        assert!(new > old, "an old time before 1970 does no harm");

        let (old, new) = replace_file_of(SystemTime::now());
        assert!(new > old, "two runs within one second");
    }

    #[test]
    fn the_mode_is_that_of_the_old_file_or_of_any_new_one() {
        let directory = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o7777;
        let ordinary = directory.path().join("ordinary");
        fs::write(&ordinary, "").unwrap();
        let new = stage(directory.path(), b"new", None).unwrap();
        assert_eq!(mode(&new), mode(&ordinary));
        for kept in [0o640, 0o444, 0o666] {
            fs::set_permissions(&ordinary, Permissions::from_mode(kept)).unwrap();
            let new = stage(directory.path(), b"new", Some(&fs::metadata(&ordinary).unwrap())).unwrap();
            assert_eq!(mode(&new), kept);
        }
    }

    #[test]
    fn root_leaves_the_file_to_its_owner() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rss.xml");
        fs::write(&path, "old").unwrap();
        if std::os::unix::fs::chown(&path, Some(12345), Some(54321)).is_err() {
            return; // not root
        }
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        let new = stage(directory.path(), b"new", Some(&fs::metadata(&path).unwrap())).unwrap();
        let new = fs::metadata(new).unwrap();
        assert_eq!((new.uid(), new.gid(), new.mode() & 0o7777), (12345, 54321, 0o640));
    }

    #[test]
    fn only_files_of_our_own_pattern_are_swept() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        let mut stay = vec![
            "rss.xml",
            ".feedmill-.tmp",
            ".feedmill-notes.tmp",
            ".feedmill-a1B2c3.tmp.xml",
            ".feedmill-a1-2c3.tmp",
        ];
        for name in stay.iter().chain(&[".feedmill-a1B2c3.tmp"]) {
            fs::write(at(name), "").unwrap();
        }
        fs::create_dir(at(".feedmill-direct.tmp")).unwrap();
        symlink("rss.xml", at(".feedmill-linked.tmp")).unwrap();
        let killed = stage(directory.path(), b"new", None).unwrap().keep().unwrap();
        sweep(directory.path());
        assert!(!killed.exists());
        stay.extend([".feedmill-direct.tmp", ".feedmill-linked.tmp"]);
        stay.sort_unstable();
        let mut left: Vec<_> =
            fs::read_dir(directory.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        left.sort_unstable();
        assert_eq!(left, stay);
    }
}
