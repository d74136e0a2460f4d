//! Runs feedmill as cron does, where success is silent, and says what was wrong.

use std::io::{self, Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::process::{self, Run};

/// The release program, plain or as the argument of a program that counts what it does.
#[derive(Default)]
pub struct Feedmill {
    pub under: Vec<String>,
}

impl Feedmill {
    /// Builds the feeds of `site`; `arguments` are added to the command.
    pub fn build(&self, site: &Path, arguments: &[&str]) -> Result<Run, String> {
        let words: Vec<&str> = self.under.iter().map(String::as_str).collect();
        let words = [&words[..], &[env!("CARGO_BIN_EXE_feedmill"), "build"], arguments].concat();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(site);
        match run_listening(&mut command) {
            Ok((run, None)) => Ok(run),
            Ok((_, Some(complaint))) => Err(complaint),
            Err(error) => Err(format!("`{}`: {error}", words[0])),
        }
    }
}

/// Runs a program that should succeed without a word; what it said or how it failed comes back as a complaint.
fn run_listening(command: &mut Command) -> io::Result<(Run, Option<String>)> {
    let mut output = tempfile::tempfile()?;
    command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output.try_clone()?);
    let (status, run) = process::run(command)?;
    let mut said = String::new();
    output.rewind()?;
    output.read_to_string(&mut said)?;
    let silent_success = status.success() && said.is_empty();
    Ok((
        run,
        (!silent_success).then(|| format!("feedmill ended with {status} and said `{}`", said.trim_end())),
    ))
}
