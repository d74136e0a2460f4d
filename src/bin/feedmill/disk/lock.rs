//! One run at a time: an advisory lock on a file in the state directory, free again when its holder dies.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use thiserror::Error;

use super::error::{Cause, DiskError};
use super::write::write_all;

/// In the state directory: what version control leaves out.
const IGNORE_FILE: &str = ".gitignore";

/// The ledger is what has to be kept, and the last good versions are in the articles' own history.
const IGNORED: &str = "*\n!ledger.jsonl\n!ledger-past.jsonl\n!ledger-archive.jsonl\n";

/// What earlier versions ignored.
const IGNORED_BEFORE: &[&[u8]] = &[b"*\n", b"*\n!ledger.jsonl\n", b"*\n!ledger.jsonl\n!ledger-past.jsonl\n"];

/// As long as the holder may take to say who it is: at its beginning, and at its end, it has the lock without a name.
const NAMELESS_FOR: Duration = Duration::from_millis(50);

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
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => {
                    return Err(DiskError::system("take the lock", &path)(error).into());
                }
            }
            let note = note(&mut file).unwrap_or_default();
            if !note.is_empty() || started.elapsed() >= NAMELESS_FOR {
                return Err(LockError::Held { holder: holder(&note), path });
            }
            sleep(NAMELESS_FOR / 50);
        }
        // Only a note for people: a full disk must not keep the run from trying.
        let _ = sign(&mut file);
        let lock = Self { file };
        keep_from_version_control(state_directory)?;
        Ok(lock)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Or the next run would be taken for this one until it has signed.
        let _ = self.file.set_len(0);
        // Closing would not do: a process that is just being forked holds the same file for a moment longer.
        let _ = self.file.unlock();
    }
}

/// Private: it holds what is not published yet.
fn create_state_directory(path: &Path) -> Result<(), DiskError> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => Ok(()),
        Err(_) if path.is_dir() => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(DiskError::new("create the directory", path, Cause::NotADirectory(path.into())))
        }
        Err(error) => Err(DiskError::system("create the directory", path)(error)),
    }
}

/// All but the ledger, unless the publisher puts a `.gitignore` of their own there. Needs the lock.
fn keep_from_version_control(state_directory: &Path) -> Result<(), DiskError> {
    let ignore = state_directory.join(IGNORE_FILE);
    let is_due = match fs::read(&ignore) {
        Ok(text) => IGNORED_BEFORE.contains(&text.as_slice()),
        Err(error) => error.kind() == ErrorKind::NotFound && !ignore.is_symlink(),
    };
    if is_due {
        write_all(state_directory, [(IGNORE_FILE, IGNORED)]).map_err(DiskError::before_publishing)?;
    }
    Ok(())
}

fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    // In one piece: whoever reads the half of a number is told to end somebody else.
    file.write_all(format!("pid {}\n", std::process::id()).as_bytes())
}

fn holder(note: &str) -> Option<u32> {
    note.strip_suffix('\n')?.strip_prefix("pid ")?.parse().ok()
}

fn note(file: &mut File) -> io::Result<String> {
    let mut note = String::new();
    file.rewind()?;
    file.take(64).read_to_string(&mut note)?;
    Ok(note)
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
        let _second = Lock::acquire(&state).unwrap();
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
    fn a_holder_that_has_only_just_begun_is_waited_for() {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join(".feedmill");
        drop(Lock::acquire(&state).unwrap());
        let mut holder = File::options().read(true).write(true).open(state.join("lock")).unwrap();
        assert_eq!(note(&mut holder).unwrap(), "", "a run that has ended is not named");
        holder.lock().unwrap();
        let signs = std::thread::spawn(move || {
            sleep(NAMELESS_FOR / 10);
            sign(&mut holder).map(|()| holder)
        });
        let refused = Lock::acquire(&state).unwrap_err();
        assert!(
            matches!(refused, LockError::Held { holder: Some(pid), .. } if pid == std::process::id()),
            "{refused}"
        );
        signs.join().unwrap().unwrap();
    }

    #[test]
    fn half_a_number_names_nobody() {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join(".feedmill");
        let _first = Lock::acquire(&state).unwrap();
        fs::write(state.join("lock"), "pid 47").unwrap();
        assert!(matches!(Lock::acquire(&state), Err(LockError::Held { holder: None, .. })));
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
