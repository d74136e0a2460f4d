//! How a run ended. `--help` and the README list the same.

use std::process::ExitCode;

/// How a run ended, from well to badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// The feeds are as they should be.
    Success,
    /// The run finished and found errors in the articles.
    ContentErrors,
    /// The job could not be done; every feed is as it was.
    JobFailed,
}

impl ExitStatus {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            ExitStatus::Success => 0,
            ExitStatus::ContentErrors => 1,
            ExitStatus::JobFailed => 2,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> ExitCode {
        ExitCode::from(status.code())
    }
}
