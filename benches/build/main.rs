//! How fast feedmill is, as ratios to what ripgrep and find need for the same tree of articles.
//!
//! `cargo bench --bench build` makes a tree, runs the release program on it as whole processes and prints tables for
//! `docs/performance.md`. Program and references take turns in rounds, so that a noisy machine disturbs both alike,
//! and every result is checked: a fast wrong build fails. `cargo test --benches` only does the checks, on a small tree.

mod feeds;
mod options;
mod process;
mod prose;
mod round;
mod table;
mod tree;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use options::{Job, Options};
use round::{Contest, Reference};
use tree::Tree;

const SELF_CHECK_ARTICLES: usize = 50;

fn main() -> ExitCode {
    let job = match options::parse(std::env::args().skip(1)) {
        Ok(job) => job,
        Err(message) => {
            eprintln!("error: {message}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    let outcome = match job {
        Job::Help => {
            print!("{}", options::HELP);
            Ok(())
        }
        Job::SelfCheck => self_check(),
        Job::Measure(options) => measure(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn self_check() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let tree = Tree::make(directory.path(), SELF_CHECK_ARTICLES)?;
    let mut contests = Contest::all(None, None);
    round::run(&tree, 1, &mut contests)?;
    println!("benchmark self-check: {SELF_CHECK_ARTICLES} articles built as expected");
    Ok(())
}

fn measure(options: &Options) -> Result<(), Box<dyn Error>> {
    let temporary = tempfile::Builder::new().prefix("feedmill-bench-").tempdir()?;
    let site = match &options.keep {
        Some(directory) => empty_directory(directory)?,
        None => temporary.path().to_path_buf(),
    };
    eprintln!("making {} articles", table::thousands(options.articles));
    let tree = Tree::make(&site, options.articles)?;
    process::flush_disks();

    eprintln!("warming up");
    let ripgrep = Reference::RIPGREP.if_it_runs(&tree);
    let find = Reference::FIND.if_it_runs(&tree);
    round::run(&tree, 0, &mut Contest::all(ripgrep, find))?;

    let mut contests = Contest::all(ripgrep, find);
    for number in 1..=options.runs {
        eprintln!("round {number} of {}", options.runs);
        round::run(&tree, number, &mut contests)?;
    }
    print!("{}", table::print(&tree, options.runs, &contests));
    Ok(())
}

/// The directory to keep, made when it is missing. Whatever someone already has there is not ours to measure or change.
fn empty_directory(directory: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let place = |error| format!("{}: {error}", directory.display());
    fs::create_dir_all(directory).map_err(place)?;
    if fs::read_dir(directory).map_err(place)?.next().is_some() {
        return Err(format!("{}: expected an empty or a new directory", directory.display()).into());
    }
    Ok(fs::canonicalize(directory).map_err(place)?)
}
