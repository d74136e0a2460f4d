//! The programs that feedmill is measured against, because they do the least that a build must do too.

use std::process::{Command, Stdio};

use crate::process::{self, Run};
use crate::tree::Tree;

/// A program that goes over all articles.
#[derive(Clone, Copy)]
pub struct Reference {
    pub name: &'static str,
    arguments: &'static [&'static str],
    exit_code: i32,
}

impl Reference {
    /// Reads every article to its end, because no article holds the word; no match is exit code 1.
    pub const RIPGREP: Reference = Reference {
        name: "rg",
        arguments: &["--no-config", "--no-ignore", "-c", "zzqxnotthere", "articles"],
        exit_code: 1,
    };

    /// Asks for size and time of every article.
    pub const FIND: Reference = Reference {
        name: "find",
        arguments: &["articles", "-type", "f", "-printf", "%s %T@\\n"],
        exit_code: 0,
    };

    /// This reference, unless the machine has none that works; that is said, since a ratio will be missing.
    pub fn if_it_runs(self, tree: &Tree) -> Option<Reference> {
        match self.run(tree) {
            Ok(_) => Some(self),
            Err(message) => {
                eprintln!(
                    "WARNING: {message}\nWARNING: everything is measured, but no ratio to `{}`",
                    self.name
                );
                None
            }
        }
    }

    pub fn run(self, tree: &Tree) -> Result<Run, String> {
        let mut command = Command::new(self.name);
        command.args(self.arguments).current_dir(&tree.site);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let (status, run) =
            process::run(&mut command).map_err(|error| format!("`{}`: {error}", self.name))?;
        if status.code() != Some(self.exit_code) {
            return Err(format!(
                "`{}` ended with {status}, expected exit code {}",
                self.name, self.exit_code
            ));
        }
        Ok(run)
    }
}
