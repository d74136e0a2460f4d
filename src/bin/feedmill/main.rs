//! The program: arguments, command, exit code. The only look at the clock is here.
#![warn(clippy::unwrap_used)]

mod cli;
mod commands;
mod disk;
mod progress;
mod report;
mod site;

use clap::Parser;
use cli::{Cli, Command};
use std::process::ExitCode;
use std::time::SystemTime;

/// How a run ended. `--help` and the README list the same.
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

fn main() -> ExitCode {
    let now = SystemTime::now().into();
    match Cli::parse().command {
        Command::Build(flags) => commands::build::run(&flags, now),
        Command::List(flags) => commands::list::run(&flags, now),
        Command::Check(flags) => commands::check::run(&flags, now),
        Command::Init(flags) => commands::init::run(&flags, now),
    }
    .into()
}
