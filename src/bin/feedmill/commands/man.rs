//! `feedmill man`: the manual pages, made of the same texts as `--help`.

mod page;

use crate::cli::{Cli, Man};
use crate::disk::DiskError;
use crate::disk::single::Single;
use crate::exit::ExitStatus;
use crate::report::{Report, out};
use clap::{Command, CommandFactory};
use feedmill::diagnostic::nearest;
use page::page;
use std::fs;
use std::path::Path;

pub fn run(flags: &Man) -> ExitStatus {
    let report = Report::new(&crate::cli::Output::default());
    let cli = built();
    if let Some(directory) = &flags.directory {
        return match write(&cli, directory) {
            Ok(()) => ExitStatus::Success,
            Err(error) => report.failure(&error.to_string(), error.help().as_deref()),
        };
    }
    let mut command = &cli;
    for name in &flags.command {
        let Some(found) = command.find_subcommand(name) else {
            let help = match nearest(name, names(command).iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("`{} --help` lists all commands", command.get_bin_name().unwrap_or_default()),
            };
            return report.failure(&format!("there is no command `{name}`"), Some(&help));
        };
        command = found;
    }
    out(page(command, &cli).trim_end());
    ExitStatus::Success
}

/// All commands, each knowing its whole name.
fn built() -> Command {
    let mut cli = Cli::command().disable_help_subcommand(true);
    cli.build();
    cli
}

/// What the commands below this one are called.
pub fn names(command: &Command) -> Vec<String> {
    command.get_subcommands().map(|below| below.get_name().to_owned()).collect()
}

/// The pages of a command and of all below it, each whole or not at all.
fn write(command: &Command, directory: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(directory).map_err(DiskError::system("create the directory", directory))?;
    for command in all(command) {
        let path = directory.join(format!("{}.1", page::name(command)));
        Single::find(&path)?.replace(page(command, &built()).as_bytes())?;
    }
    Ok(())
}

fn all(command: &Command) -> Vec<&Command> {
    std::iter::once(command).chain(command.get_subcommands().flat_map(all)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    /// The words of the example commands: from `feedmill` to what the shell does with its output.
    fn examples(command: &Command) -> Vec<Vec<String>> {
        let ending = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let blocks = ending.split("\n\n").filter_map(|block| block.strip_prefix("Examples:\n"));
        let lines = blocks.flat_map(str::lines).map(|line| line.trim_start().split("  ").next().unwrap());
        let commands = lines.map(|line| &line[line.find("feedmill").unwrap()..]);
        commands.map(words).collect()
    }

    /// The words of a command; what stands in quotes is one.
    fn words(line: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (index, part) in line.split('"').enumerate() {
            match index % 2 {
                1 => words.push(part.to_owned()),
                _ => words.extend(part.split_whitespace().map(|word| word.trim_end_matches(')').to_owned())),
            }
        }
        words.into_iter().take_while(|word| word != ">" && word != "|").collect()
    }

    #[test]
    fn every_command_has_examples_that_it_understands() {
        let cli = built();
        for command in all(&cli) {
            let name = page::name(command);
            let examples = examples(command);
            assert!((2..=4).contains(&examples.len()), "`{name}` has {} examples", examples.len());
            for words in examples {
                if let Err(error) = Cli::try_parse_from(&words) {
                    panic!("{}: {error}", words.join(" "));
                }
            }
        }
    }

    #[test]
    fn every_page_has_its_sections_and_no_line_that_only_looks_like_one() {
        let cli = built();
        for command in all(&cli) {
            let page = page(command, &cli);
            for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "\"EXIT STATUS\"", "EXAMPLES"] {
                assert!(page.contains(&format!("\n.SH {section}\n")), "{section} in\n{page}");
            }
            assert!(!page.contains("Examples:") && !page.contains("Exit codes:"), "{page}");
        }
    }
}
