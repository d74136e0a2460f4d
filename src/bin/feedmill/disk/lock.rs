//! One run at a time: an advisory lock on a file in the state directory, free again when its holder dies.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use thiserror::Error;

use super::error::{Cause, DiskError};

/// The ledger is what has to be kept, and the last good versions are in the articles' own history.
const IGNORED: &str = "*\n!ledger.jsonl\n!ledger-past.jsonl\n";

/// What earlier versions ignored.
const IGNORED_BEFORE: &[&[u8]] = &[b"*\n", b"*\n!ledger.jsonl\n"];

/// The right to run, given back when it is dropped.
// The file stays: deleting it would let a run that has it open lock the deleted file while another run makes
// and locks a new one. Both would hold "the" lock.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// Why the lock could not be had.
#[derive(Debug, Error)]
pub enum LockError {
    /// Another run has it.
    #[error("another run holds the lock `{}`{}", path.display(), in_brackets(*holder))]
    Held {
        /// The lock file.
        path: PathBuf,
        /// Its process, `None` where it did not say.
        holder: Option<u32>,
    },
    /// The lock file or its directory could not be used.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

fn in_brackets(holder: Option<u32>) -> String {
    holder.map(|pid| format!(" (pid {pid})")).unwrap_or_default()
}

impl LockError {
    /// What a person can do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Held { holder: Some(pid), .. } => {
                Some(format!("let it finish, or end it with `kill {pid}`: the lock goes with it"))
            }
            Self::Held { holder: None, .. } => Some("let it finish, or end it: the lock goes with it".into()),
            Self::Disk(error) => error.help(),
        }
    }
}

/// How often a run that waits asks again. Blocking would be prompter, but could not be ended in time.
const ASKED_EVERY: Duration = Duration::from_millis(50);

impl Lock {
    /// Takes the lock; while another run has it, asks again for as long as `patience` lasts. `tell_wait` is
    /// called once, if there is a wait.
    pub fn acquire_within(
        state_directory: &Path,
        patience: Duration,
        tell_wait: impl FnOnce(&LockError),
    ) -> Result<Self, LockError> {
        let started = Instant::now();
        let mut tell_wait = Some(tell_wait);
        loop {
            let refused = match Self::acquire(state_directory) {
                Err(refused @ LockError::Held { .. }) => refused,
                outcome => return outcome,
            };
            let left = patience.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Err(refused);
            }
            if let Some(tell_wait) = tell_wait.take() {
                tell_wait(&refused);
            }
            sleep(left.min(ASKED_EVERY));
        }
    }

    /// Takes the lock, or says who has it. Makes the state directory if there is none.
    pub fn acquire(state_directory: &Path) -> Result<Self, LockError> {
        create_state_directory(state_directory)?;
        let path = state_directory.join("lock");
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(DiskError::system("open the lock", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held { holder: holder(&mut file), path }),
            Err(TryLockError::Error(error)) => {
                return Err(DiskError::system("take the lock", &path)(error).into());
            }
        }
        // Only a note for people: a full disk must not keep the run from trying.
        let _ = sign(&mut file);
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing would not do: a process that is just being forked holds the same file for a moment longer.
        let _ = self.file.unlock();
    }
}

/// Private, and out of version control but for the ledger, unless the publisher puts a `.gitignore` of their own
/// there.
fn create_state_directory(path: &Path) -> Result<(), DiskError> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => {}
        Err(_) if path.is_dir() => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(DiskError::new("create the directory", path, Cause::NotADirectory(path.into())));
        }
        Err(error) => return Err(DiskError::system("create the directory", path)(error)),
    }
    let ignore = path.join(".gitignore");
    match File::create_new(&ignore) {
        Ok(mut file) => file.write_all(IGNORED.as_bytes()).map_err(DiskError::system("write", &ignore)),
        Err(_) if fs::read(&ignore).is_ok_and(|text| IGNORED_BEFORE.contains(&text.as_slice())) => {
            fs::write(&ignore, IGNORED).map_err(DiskError::system("write", &ignore))
        }
        Err(_) if fs::symlink_metadata(&ignore).is_ok() => Ok(()),
        Err(error) => Err(DiskError::system("create", &ignore)(error)),
    }
}

fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "pid {}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut note = String::new();
    file.take(64).read_to_string(&mut note).ok()?;
    note.trim_end().strip_prefix("pid ")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_second_run_is_told_who_holds_the_lock() {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join(".feedmill");
        let first = Lock::acquire(&state).unwrap();
        let refused = Lock::acquire(&state).unwrap_err();
        let (path, pid) = (state.join("lock"), std::process::id());
        assert_eq!(
            refused.to_string(),
            format!("another run holds the lock `{}` (pid {pid})", path.display())
        );
        fs::write(&path, "scribble").unwrap();
        let refused = Lock::acquire(&state).unwrap_err();
        assert_eq!(refused.to_string(), format!("another run holds the lock `{}`", path.display()));
        drop(first);
        Lock::acquire(&state).unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), format!("pid {pid}\n"));
    }

    #[test]
    fn a_run_waits_as_long_as_it_may() {
        let directory = tempfile::tempdir().unwrap();
        let first = Lock::acquire(directory.path()).unwrap();
        let told = std::cell::Cell::new(0);
        let tell = |refused: &LockError| {
            assert!(matches!(refused, LockError::Held { .. }));
            told.set(told.get() + 1);
        };
        let patience = ASKED_EVERY + ASKED_EVERY / 2;
        let started = Instant::now();
        Lock::acquire_within(directory.path(), patience, tell).unwrap_err();
        assert!(started.elapsed() >= patience);
        assert_eq!(told.get(), 1, "told once, however often it asks");
        Lock::acquire_within(directory.path(), Duration::ZERO, tell).unwrap_err();
        assert_eq!(told.get(), 1, "there was no wait");
        let second = std::thread::scope(|scope| {
            let path = directory.path();
            let waiting = scope.spawn(|| Lock::acquire_within(path, Duration::from_secs(600), |_| {}));
            drop(first);
            waiting.join().unwrap()
        });
        second.unwrap();
    }

    #[test]
    fn the_state_directory_is_private_and_only_the_ledger_is_committed() {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join(".feedmill");
        drop(Lock::acquire(&state).unwrap());
        assert_eq!(fs::metadata(&state).unwrap().permissions().mode() & 0o777, 0o700);
        let ignore = state.join(".gitignore");
        assert_eq!(fs::read_to_string(&ignore).unwrap(), IGNORED);
        fs::write(&ignore, "*\n").unwrap();
        drop(Lock::acquire(&state).unwrap());
        assert_eq!(fs::read_to_string(&ignore).unwrap(), IGNORED, "an earlier version's");
        fs::write(&ignore, "index\n").unwrap();
        drop(Lock::acquire(&state).unwrap());
        assert_eq!(fs::read_to_string(&ignore).unwrap(), "index\n", "the publisher's own is kept");
    }

    #[test]
    fn a_file_in_place_of_the_state_directory_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join(".feedmill");
        fs::write(&state, "").unwrap();
        let error = Lock::acquire(&state).unwrap_err();
        let state = state.display();
        assert_eq!(
            error.to_string(),
            format!("cannot create the directory `{state}`: `{state}` is not a directory")
        );
    }
}
