//! How a run ended. `--help` and the README list the same.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// The feeds are as they should be.
    Success,
    /// The run finished and found errors in the articles.
    ContentErrors,
    /// The job could not be done; every feed is as it was.
    JobFailed,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> ExitCode {
        match status {
            ExitStatus::Success => ExitCode::SUCCESS,
            ExitStatus::ContentErrors => ExitCode::from(1),
            ExitStatus::JobFailed => ExitCode::from(2),
        }
    }
}
