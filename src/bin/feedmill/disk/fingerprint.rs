//! What the disk knows of a file without opening it, as a fingerprint.

use super::variants::variant_path;
use feedmill::compress::Encoding;
use feedmill::newsroom::Fingerprint;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The coarsest clock of a file system that is in use, that of FAT, ticks so often.
const TICK: Duration = Duration::from_secs(2);

/// The moment up to which a change shows in a file's times: what happens in one tick of the clock cannot be told
/// apart by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Settled {
    seconds: i64,
    nanoseconds: i64,
}

impl Settled {
    /// For files that are looked at from this moment on.
    pub fn before(moment: SystemTime) -> Settled {
        let since = moment.checked_sub(TICK).and_then(|moment| moment.duration_since(UNIX_EPOCH).ok());
        let since = since.unwrap_or_default();
        Settled {
            seconds: i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            nanoseconds: i64::from(since.subsec_nanos()),
        }
    }

    /// The fingerprint of a file; where a link leads to it, of both. `None` where one of them was changed so
    /// lately, or in the future, that it may change again without showing it.
    pub fn fingerprint(self, of: &[&Metadata]) -> Option<Fingerprint> {
        let times = |file: &Metadata| [(file.mtime(), file.mtime_nsec()), (file.ctime(), file.ctime_nsec())];
        let is_settled = |(seconds, nanoseconds)| Settled { seconds, nanoseconds } <= self;
        if !of.iter().copied().flat_map(times).all(is_settled) {
            return None;
        }
        // Whoever gives a file back its size and `mtime` does not give it back its `ctime`.
        let known = |file: &Metadata| {
            let times = times(file).into_iter().flat_map(|(seconds, nanoseconds)| [seconds, nanoseconds]);
            [file.size(), file.ino()].into_iter().chain(times.map(i64::cast_unsigned))
        };
        Some(Fingerprint::of(of.iter().copied().flat_map(known)))
    }
}

/// The fingerprint of a file of the output directory and of its variants, as a run leaves them; `None` where one of them is
/// missing. Who changes one in the same moment gives it another inode or size.
pub fn of_output(path: &Path, variants: &[Encoding]) -> Option<Fingerprint> {
    const ANY_TIME: Settled = Settled { seconds: i64::MAX, nanoseconds: 0 };
    let variants = variants.iter().map(|encoding| variant_path(path, *encoding));
    let file = |path: PathBuf| fs::metadata(path).ok().filter(Metadata::is_file);
    let files: Vec<Metadata> =
        [path.to_owned()].into_iter().chain(variants).map(file).collect::<Option<_>>()?;
    ANY_TIME.fingerprint(&files.iter().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{File, FileTimes};
    use std::thread::sleep;

    const LATER: Settled = Settled { seconds: i64::MAX, nanoseconds: 0 };

    fn fingerprint(path: &Path) -> Option<Fingerprint> {
        LATER.fingerprint(&[&fs::symlink_metadata(path).unwrap()])
    }

    fn written(directory: &Path, name: &str, text: &str) -> (PathBuf, FileTimes) {
        let path = directory.join(name);
        fs::write(&path, text).unwrap();
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        (path, FileTimes::new().set_modified(modified))
    }

    #[test]
    fn a_file_that_nobody_touched_keeps_it() {
        let directory = tempfile::tempdir().unwrap();
        let (path, _) = written(directory.path(), "ferry.md", "late");
        assert!(fingerprint(&path).is_some());
        assert_eq!(fingerprint(&path), fingerprint(&path));
    }

    #[test]
    fn size_and_time_of_modification_may_be_as_they_were() {
        let directory = tempfile::tempdir().unwrap();
        let (path, times) = written(directory.path(), "ferry.md", "late");
        let before = fingerprint(&path);
        // Long enough for the clock of the file system to tick.
        sleep(Duration::from_millis(30));
        fs::write(&path, "gone").unwrap();
        File::options().write(true).open(&path).unwrap().set_times(times).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), 4);
        assert_ne!(fingerprint(&path), before);
    }

    #[test]
    fn another_file_in_its_place() {
        let directory = tempfile::tempdir().unwrap();
        let (path, times) = written(directory.path(), "ferry.md", "late");
        let (other, _) = written(directory.path(), "ferry.new", "gone");
        File::options().write(true).open(&other).unwrap().set_times(times).unwrap();
        let before = fingerprint(&path);
        fs::rename(&other, &path).unwrap();
        assert_ne!(fingerprint(&path), before);
    }

    #[test]
    fn what_is_young_has_none() {
        let directory = tempfile::tempdir().unwrap();
        let (path, _) = written(directory.path(), "ferry.md", "late");
        let now = SystemTime::now();
        let of = |settled: Settled| settled.fingerprint(&[&fs::metadata(&path).unwrap()]);
        assert_eq!(of(Settled::before(now)), None);
        assert!(of(Settled::before(now + TICK + Duration::from_secs(1))).is_some());
        // An old `mtime` alone makes no file old, and a young one makes it young.
        let set = |time| {
            let times = FileTimes::new().set_modified(time);
            File::options().write(true).open(&path).unwrap().set_times(times).unwrap();
        };
        set(now - Duration::from_secs(3600));
        assert_eq!(of(Settled::before(now)), None);
        set(now + Duration::from_secs(3600));
        assert_eq!(of(Settled::before(now + Duration::from_secs(60))), None);
        assert_eq!(Settled::before(UNIX_EPOCH), Settled { seconds: 0, nanoseconds: 0 });
    }

    #[test]
    fn of_a_link_both_ends_count() {
        let directory = tempfile::tempdir().unwrap();
        let (path, _) = written(directory.path(), "ferry.md", "late");
        let (other, _) = written(directory.path(), "bridge.md", "open");
        let of = |paths: &[&PathBuf]| {
            let metadata: Vec<_> = paths.iter().map(|path| fs::metadata(path).unwrap()).collect();
            LATER.fingerprint(&metadata.iter().collect::<Vec<_>>())
        };
        assert_ne!(of(&[&path, &other]), of(&[&path]));
        assert_ne!(of(&[&path, &other]), of(&[&path, &path]));
        assert_ne!(of(&[&path, &other]), of(&[&other, &other]));
    }
}
