//! What the benchmark was asked to do: command-line arguments in, a job out.

use std::path::PathBuf;

use crate::shape::Shape;

pub const HELP: &str = "\
Measures feedmill against ripgrep and find on the same tree of articles.

Usage: cargo bench --bench build -- [--articles N,…] [--shape SHAPE] [--runs R] [--no-peers] [--keep DIR] [--profile]

  --articles N,…  articles in the tree, 5-10 kB each; several numbers make a tree each, and a table
                  of how time and memory grow; 100,000 take 1 GB of disk
                  [default: 1000,10000,100000; with --shape feeds 20000; with --profile 10000]
  --shape SHAPE   newsroom: two editions, four sections, 15 feeds; archive: the same, with an
                  archive of each feed; feeds: ten editions, twenty sections, feeds of 500 authors
                  and 5,000 tags [default: newsroom]
  --runs R        measured runs of every program, after one to warm up [default: 11]
  --no-peers      without Hugo and feedgen, which take long and take part where they are installed
  --keep DIR      make the trees in DIR, which is empty or new, and leave them there;
                  otherwise they are made in the temporary directory (TMPDIR) and removed
  --profile       measure no time, but count instructions (valgrind) and system calls (strace)
  --help          this text

Exit code: 0 measured, 1 a build was wrong or could not be run, 2 usage.
";

pub enum Job {
    Help,
    SelfCheck,
    Measure(Options),
    Profile(Options),
}

pub struct Options {
    pub articles: Vec<usize>,
    pub shape: String,
    pub runs: usize,
    /// Whether other programs take part, where they are installed.
    pub peers: bool,
    pub keep: Option<PathBuf>,
}

/// `cargo bench` adds `--bench`. Without it this is `cargo test`, whose arguments are meant for the test harness.
pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Job, String> {
    let arguments: Vec<String> = arguments.collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if has("--help") {
        return Ok(Job::Help);
    }
    if has("--test") || !has("--bench") {
        return Ok(Job::SelfCheck);
    }

    let mut options =
        Options { articles: Vec::new(), shape: "newsroom".to_owned(), runs: 11, peers: true, keep: None };
    let mut is_profile = false;
    let mut arguments = arguments.into_iter();
    while let Some(flag) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("`{flag}` needs a value"));
        match flag.as_str() {
            "--bench" => {}
            "--articles" => options.articles = counts(&flag, &value()?)?,
            "--shape" => {
                options.shape = value()?;
                Shape::named(&options.shape)?;
            }
            "--runs" => options.runs = count(&flag, &value()?)?,
            "--no-peers" => options.peers = false,
            "--keep" => options.keep = Some(PathBuf::from(value()?)),
            "--profile" => is_profile = true,
            _ => return Err(format!("unknown argument `{flag}`")),
        }
    }
    if options.articles.is_empty() {
        options.articles = match options.shape.as_str() {
            "feeds" => vec![20_000],
            _ if is_profile => vec![10_000],
            _ => vec![1_000, 10_000, 100_000],
        };
    }
    Ok(if is_profile { Job::Profile(options) } else { Job::Measure(options) })
}

fn counts(flag: &str, value: &str) -> Result<Vec<usize>, String> {
    value.split(',').map(|value| count(flag, value)).collect()
}

fn count(flag: &str, value: &str) -> Result<usize, String> {
    match value.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(format!("`{flag}` is `{value}`, expected a whole number above 0")),
    }
}
