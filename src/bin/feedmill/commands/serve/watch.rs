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

/// What ends a wait.
pub enum Wake {
    /// Something happened on the disk.
    Disk(notify::Result<Event>),
    /// A run may be worth it.
    Again,
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
    pub fn wait(&self, due: Option<Duration>) -> Wake {
        let end = due.map(|due| Instant::now() + due);
        loop {
            let rest = end.map(|end| end.saturating_duration_since(Instant::now()));
            match self.wakes.recv_timeout(rest.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)) {
                Ok(Wake::Disk(event)) if !self.matters(&event) => {}
                Ok(Wake::Disk(_)) => return self.settle(),
                Ok(wake) => return wake,
                Err(RecvTimeoutError::Timeout) if rest.is_none_or(|rest| rest > LONGEST_WAIT) => {}
                Err(RecvTimeoutError::Timeout) => return Wake::Again,
                Err(RecvTimeoutError::Disconnected) => return Wake::Stop,
            }
        }
    }

    fn settle(&self) -> Wake {
        let latest = Instant::now() + AT_MOST;
        while Instant::now() < latest {
            match self.wakes.recv_timeout(QUIET_FOR) {
                Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return Wake::Stop,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        Wake::Again
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
