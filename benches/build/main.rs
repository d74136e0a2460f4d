//! How fast feedmill is, as ratios to what ripgrep and find need for the same tree of articles.
//!
//! `cargo bench --bench build` makes trees, runs the release program on them as whole processes and prints tables for
//! `docs/performance.md`. Program and references take turns in rounds, so that a noisy machine disturbs both alike,
//! and every result is checked: a fast wrong build fails. `cargo test --benches` only does the checks, on small trees.

mod afresh;
mod archive;
mod article;
mod change;
mod feedmill;
mod feeds;
mod growth;
mod options;
mod peer;
mod process;
mod profile;
mod prose;
mod reference;
mod round;
mod shape;
mod spread;
mod table;
mod tree;
mod work;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use options::{Job, Options};
use peer::Peer;
use reference::Reference;
use round::Contest;
use shape::Shape;
use tree::Tree;

/// Enough that a feed can do without one of its articles, that the larger feeds have two documents in their archives,
/// and for many feeds just one for each section.
const SELF_CHECK_ARTICLES: [(&str, usize); 3] = [("newsroom", 50), ("archive", 230), ("feeds", 20)];

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
        Job::Profile(options) => profile(&options),
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
    for (name, articles) in SELF_CHECK_ARTICLES {
        let directory = tempfile::tempdir()?;
        let mut tree = Tree::make(directory.path(), Shape::named(name)?, articles)?;
        let mut contests = Contest::all(&tree.shape, None, None);
        round::run(&mut tree, 1, &mut contests, &mut [])?;
        println!("benchmark self-check: {articles} articles of shape `{name}` built as expected");
    }
    Ok(())
}

fn measure(options: &Options) -> Result<(), Box<dyn Error>> {
    let mut measured = Vec::new();
    for &articles in &options.articles {
        let (_temporary, mut tree) = make_tree(options, articles)?;
        eprintln!("warming up");
        let ripgrep = Reference::RIPGREP.if_it_runs(&tree);
        let find = Reference::FIND.if_it_runs(&tree);
        let takes_peers = options.peers && tree.shape.has_bars();
        let mut peers = if takes_peers { Peer::installed(&tree)? } else { Vec::new() };
        let mut contests = Contest::all(&tree.shape, ripgrep, find);
        round::run(&mut tree, 0, &mut contests, &mut [])?;

        contests = Contest::all(&tree.shape, ripgrep, find);
        for number in 1..=options.runs {
            eprintln!("round {number} of {}", options.runs);
            round::run(&mut tree, number, &mut contests, &mut peers)?;
        }
        println!("{}", table::print(&tree, options.runs, &contests, &peers));
        measured.push((articles, contests));
    }
    if measured.len() > 1 {
        println!("{}", growth::print(&measured));
    }
    Ok(())
}

fn profile(options: &Options) -> Result<(), Box<dyn Error>> {
    for &articles in &options.articles {
        let (_temporary, mut tree) = make_tree(options, articles)?;
        println!("{}", profile::count(&mut tree)?);
    }
    Ok(())
}

/// The tree, and the directory that is removed with it unless it is to be kept.
fn make_tree(options: &Options, articles: usize) -> Result<(tempfile::TempDir, Tree), Box<dyn Error>> {
    let temporary = tempfile::Builder::new().prefix("feedmill-bench-").tempdir()?;
    let site = match &options.keep {
        Some(directory) => empty_directory(&directory.join(articles.to_string()))?,
        None => temporary.path().to_path_buf(),
    };
    eprintln!("making {} articles", table::thousands(articles));
    let tree = Tree::make(&site, Shape::named(&options.shape)?, articles)?;
    process::flush_disks();
    Ok((temporary, tree))
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
