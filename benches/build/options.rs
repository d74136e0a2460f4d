//! What the benchmark was asked to do: command-line arguments in, a job out.

use std::path::PathBuf;

pub const HELP: &str = "\
Measures feedmill against ripgrep and find on the same tree of articles.

Usage: cargo bench --bench build -- [--articles N] [--runs R] [--keep DIR]

  --articles N  articles in the tree, 5-10 kB each; 100,000 take 1 GB of disk [default: 100000]
  --runs R      measured runs of every program, after one to warm up [default: 11]
  --keep DIR    make the tree in DIR, which is empty or new, and leave it there;
                otherwise it is made in the temporary directory (TMPDIR) and removed
  --help        this text

Exit code: 0 measured, 1 a build was wrong or could not be run, 2 usage.
";

pub enum Job {
    Help,
    SelfCheck,
    Measure(Options),
}

pub struct Options {
    pub articles: usize,
    pub runs: usize,
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

    let mut options = Options { articles: 100_000, runs: 11, keep: None };
    let mut arguments = arguments.into_iter();
    while let Some(flag) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("`{flag}` needs a value"));
        match flag.as_str() {
            "--bench" => {}
            "--articles" => options.articles = count(&flag, &value()?)?,
            "--runs" => options.runs = count(&flag, &value()?)?,
            "--keep" => options.keep = Some(PathBuf::from(value()?)),
            _ => return Err(format!("unknown argument `{flag}`")),
        }
    }
    Ok(Job::Measure(options))
}

fn count(flag: &str, value: &str) -> Result<usize, String> {
    match value.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(format!("`{flag}` is `{value}`, expected a whole number above 0")),
    }
}
