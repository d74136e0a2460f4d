//! Runs a whole process and measures it: wall time, processor time, peak memory.

#![expect(unsafe_code, reason = "std cannot tell what one child used; wait4 of libc can")]

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// What one process took.
#[derive(Clone, Copy)]
pub struct Run {
    pub wall: Duration,
    pub cpu: Duration,
    pub peak_bytes: u64,
}

/// Runs `command` to its end.
///
/// The kernel counts the memory of the caller, up to the moment of `exec`, into the child's peak: the benchmark has to
/// stay smaller than what it measures, which is why the tree of articles is never held in memory.
pub fn run(command: &mut Command) -> io::Result<(ExitStatus, Run)> {
    let start = Instant::now();
    let child = command.spawn()?;
    let (status, usage) = wait(child.id())?;
    let wall = start.elapsed();
    let run = Run {
        wall,
        cpu: duration(usage.ru_utime) + duration(usage.ru_stime),
        peak_bytes: usage.ru_maxrss as u64 * MAXRSS_UNIT_BYTES,
    };
    Ok((status, run))
}

/// `ru_maxrss` counts bytes on macOS and kibibytes elsewhere.
const MAXRSS_UNIT_BYTES: u64 = if cfg!(target_os = "macos") { 1 } else { 1024 };

/// Waits for one child and takes its own usage; `getrusage` would give the largest of all children so far.
fn wait(child_id: u32) -> io::Result<(ExitStatus, libc::rusage)> {
    let mut status = 0;
    // SAFETY: `rusage` is a struct of integers, for which all zeroes is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to live variables of the types that wait4 fills in.
    let waited = unsafe { libc::wait4(child_id as libc::pid_t, &mut status, 0, &mut usage) };
    if waited == -1 { Err(io::Error::last_os_error()) } else { Ok((ExitStatus::from_raw(status), usage)) }
}

fn duration(time: libc::timeval) -> Duration {
    Duration::new(time.tv_sec as u64, time.tv_usec as u32 * 1000)
}

/// Waits until what was written is on disk, so that the first measured flush does not pay for the tree.
pub fn flush_disks() {
    // SAFETY: sync takes nothing and cannot fail.
    unsafe { libc::sync() }
}
