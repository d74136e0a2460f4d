//! One run after the other: the lock, and the wait for it.

use crate::cli::Build;
use crate::disk::lock::{Lock, LockError};
use crate::exit::ExitStatus;
use crate::report::Report;
use crate::site::Site;
use serde_json::json;
use std::time::{Duration, Instant};

/// Takes the lock, and moves the time of the run to when it had it; why it could not is reported.
pub fn take(flags: &Build, report: &Report, site: &mut Site) -> Result<Option<Lock>, ExitStatus> {
    // A dry run changes nothing, so it need not wait for anybody.
    if flags.dry_run {
        return Ok(None);
    }
    let asked = Instant::now();
    let tell_wait = |refused: &LockError| {
        let text = format!("{refused}; waiting for it up to {} s", flags.wait);
        report.event(&text, json!({ "type": "waiting", "message": text, "seconds": flags.wait }));
    };
    let lock = Lock::acquire_within(&site.state, Duration::from_secs(flags.wait.into()), tell_wait);
    let lock = lock.map_err(|error| {
        let waited = match error {
            LockError::Held { .. } if flags.wait > 0 => format!("; waited {} s for it", flags.wait),
            _ => String::new(),
        };
        report.failure(&format!("{error}{waited}"), error.help().as_deref())
    })?;
    // Or an embargo that the run before saw end would begin again.
    if flags.site.as_of.is_none() {
        site.as_of += asked.elapsed();
    }
    Ok(Some(lock))
}
