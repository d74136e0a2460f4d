//! The program: arguments, command, exit code. The time of a run is taken here.
#![warn(clippy::unwrap_used)]

mod cli;
mod commands;
mod disk;
mod exit;
mod progress;
mod report;
mod site;
mod terminal;

use clap::Parser;
use cli::{Cli, Command};
use feedmill::fenced::is_fenced;
use std::panic;
use std::process::ExitCode;
use std::time::SystemTime;

fn main() -> ExitCode {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |what| {
        if !is_fenced() {
            tell(what);
        }
    }));
    let now = SystemTime::now().into();
    match Cli::parse().command {
        Command::Build(flags) => commands::build::run(&flags, now),
        Command::List(flags) => commands::list::run(&flags, now),
        Command::Check(flags) => commands::check::run(&flags, now),
        Command::Serve(flags) => commands::serve::run(&flags),
        Command::Adopt(flags) => commands::adopt::run(&flags, now),
        Command::Ledger(flags) => commands::ledger::run(&flags, now),
        Command::Init(flags) => commands::init::run(&flags, now),
        Command::New(flags) => commands::new::run(&flags, now),
        Command::Kit(flags) => commands::kit::run(&flags, now),
        Command::Explain(flags) => commands::explain::run(&flags),
        Command::Completions(flags) => commands::completions::run(&flags),
        Command::Man(flags) => commands::man::run(&flags),
    }
    .into()
}
