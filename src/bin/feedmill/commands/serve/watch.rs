//! Waits for changes on the disk: told of them by the system, or, where it cannot, by looking again and again.

use super::scope::Scope;
use crate::site::Site;
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// What may end a wait.
pub enum Wake {
    /// Something happened on the disk.
    Disk(notify::Result<Event>),
    /// The program ends.
    Stop,
}

/// What a wait ended with.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Something is not as it was.
    Rehearse,
    /// The program ends.
    Stop,
}

/// An editor writes a file in several steps.
const QUIET_FOR: Duration = Duration::from_millis(150);

/// Whoever writes without a pause sees something all the same.
const AT_MOST: Duration = Duration::from_secs(2);

/// How often the disk is looked at where the system does not tell.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(2);

/// How long a wait may be before time is looked at again: a machine may sleep.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub struct Watch {
    wake: Sender<Wake>,
    wakes: Receiver<Wake>,
    config: PathBuf,
    scope: Scope,
    watcher: Option<Box<dyn Watcher + Send>>,
    /// What is watched: a directory that was replaced is another one.
    watched: Vec<(PathBuf, RecursiveMode, u64)>,
}

impl Watch {
    pub fn new(wake: Sender<Wake>, wakes: Receiver<Wake>, config: PathBuf) -> Watch {
        let scope = Scope::of_settings(&config);
        let mut watch = Watch { wake, wakes, config, scope, watcher: None, watched: Vec::new() };
        watch.begin();
        watch
    }

    /// Watches what this site is made of, from now on. What there is to tell of it.
    pub fn follow(&mut self, site: &Site) -> Option<String> {
        self.scope = Scope::of(site, &self.config);
        self.begin()
    }

    fn begin(&mut self) -> Option<String> {
        let directories = self.scope.directories();
        let inode = |path: &PathBuf| fs::metadata(path).map_or(0, |found| found.ino());
        let now: Vec<_> = directories.iter().map(|(path, mode)| (path.clone(), *mode, inode(path))).collect();
        if now == self.watched {
            return None;
        }
        self.watched = now;
        // The old one goes first: a system has only so many watches.
        self.watcher = None;
        let refused = match self.told_by_system(&directories) {
            Ok(watcher) => {
                self.watcher = Some(watcher);
                return None;
            }
            Err(error) => error,
        };
        self.watcher = self.looked_at(&directories).ok();
        Some(format!(
            "changes are looked for every {} s, because the system does not tell of them: {refused}",
            LOOKED_AT_EVERY.as_secs()
        ))
    }

    fn told_by_system(&self, directories: &Directories) -> notify::Result<Box<dyn Watcher + Send>> {
        let wake = self.wake.clone();
        let watcher = RecommendedWatcher::new(tell(wake), Config::default())?;
        watching(watcher, directories)
    }

    fn looked_at(&self, directories: &Directories) -> notify::Result<Box<dyn Watcher + Send>> {
        let config = Config::default().with_poll_interval(LOOKED_AT_EVERY);
        watching(PollWatcher::new(tell(self.wake.clone()), config)?, directories)
    }

    /// Waits for a change that matters, and until it is over; or for so long.
    pub fn wait(&self, due: Option<Duration>) -> Next {
        let end = due.and_then(|due| Instant::now().checked_add(due));
        loop {
            let rest = end.map(|end| end.saturating_duration_since(Instant::now()));
            if rest.is_some_and(|rest| rest.is_zero()) {
                return Next::Rehearse;
            }
            match self.wakes.recv_timeout(rest.map_or(LONGEST_WAIT, |rest| rest.min(LONGEST_WAIT))) {
                Ok(Wake::Disk(event)) if self.matters(&event) => return self.settle(),
                Ok(Wake::Disk(_)) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return Next::Stop,
            }
        }
    }

    fn settle(&self) -> Next {
        let latest = Instant::now() + AT_MOST;
        while Instant::now() < latest {
            match self.wakes.recv_timeout(QUIET_FOR) {
                Ok(Wake::Disk(_)) => {}
                Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return Next::Stop,
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        Next::Rehearse
    }

    fn matters(&self, event: &notify::Result<Event>) -> bool {
        // An error may hide anything.
        event.as_ref().map_or(true, |event| self.scope.concerns(event))
    }
}

type Directories = BTreeMap<PathBuf, RecursiveMode>;

fn tell(wake: Sender<Wake>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    move |event| {
        // Nobody listens any more when the program ends.
        let _ = wake.send(Wake::Disk(event));
    }
}

fn watching<W: Watcher + Send + 'static>(
    mut watcher: W,
    directories: &Directories,
) -> notify::Result<Box<dyn Watcher + Send>> {
    directories.iter().try_for_each(|(path, mode)| watcher.watch(path, *mode))?;
    Ok(Box::new(watcher))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use std::sync::mpsc::channel;

    /// Longer than any machine needs to notice.
    const PATIENCE: Duration = Duration::from_secs(20);

    fn watch(config: &Path) -> (Watch, Sender<Wake>) {
        let (wake, wakes) = channel();
        (Watch::new(wake.clone(), wakes, config.to_owned()), wake)
    }

    #[test]
    fn a_change_of_the_settings_is_seen_and_one_beside_them_is_not() {
        let site = tempfile::tempdir().unwrap();
        let config = site.path().join("feedmill.toml");
        let (watch, wake) = watch(&config);
        fs::write(site.path().join("other.toml"), "").unwrap();
        let begun = Instant::now();
        assert_eq!(watch.wait(Some(Duration::from_millis(400))), Next::Rehearse);
        assert!(begun.elapsed() >= Duration::from_millis(400), "nothing but the time was a reason");
        fs::write(site.path().join("new"), "").unwrap();
        fs::rename(site.path().join("new"), &config).unwrap();
        assert_eq!(watch.wait(Some(PATIENCE)), Next::Rehearse);
        assert!(begun.elapsed() < PATIENCE);
        wake.send(Wake::Stop).unwrap();
        assert_eq!(watch.wait(Some(PATIENCE)), Next::Stop);
    }

    #[test]
    fn where_the_system_does_not_tell_the_disk_is_looked_at() {
        let site = tempfile::tempdir().unwrap();
        let config = site.path().canonicalize().unwrap().join("feedmill.toml");
        let (mut watch, _wake) = watch(&config);
        watch.watcher = Some(watch.looked_at(&watch.scope.directories()).unwrap());
        fs::write(&config, "").unwrap();
        let begun = Instant::now();
        assert_eq!(watch.wait(Some(PATIENCE)), Next::Rehearse);
        assert!(begun.elapsed() < PATIENCE);
    }
}
