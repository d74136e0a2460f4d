//! `feedmill completions`: what a shell needs to complete commands, flags and values.

use super::man::names;
use crate::cli::{Cli, Completions, Shell};
use crate::exit::ExitStatus;
use crate::report::out;
use clap::CommandFactory;
use clap::builder::PossibleValuesParser;
use clap_complete::generate;
use feedmill::diagnostic::Code;

pub fn run(flags: &Completions) -> ExitStatus {
    let shell = match flags.shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    let mut cli = with_values(Cli::command());
    let mut script = Vec::new();
    generate(shell, &mut cli, "feedmill", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if flags.shell == Shell::Fish {
        script.push_str(&arguments_for_fish(&cli));
    }
    out(script.trim_end());
    ExitStatus::Success
}

/// Of arguments that are no flags, clap has nothing for fish.
fn arguments_for_fish(cli: &clap::Command) -> String {
    let mut lines = String::new();
    for command in cli.get_subcommands() {
        let name = command.get_name();
        for argument in command.get_positionals() {
            let values: Vec<String> =
                argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            if !values.is_empty() {
                let values = values.join(" ");
                lines.push_str(&format!(
                    "complete -c feedmill -n \"__fish_feedmill_using_subcommand {name}\" -f -a \"{values}\"\n"
                ));
            }
        }
    }
    lines
}

/// Values that the commands understand in more spellings than can be listed, and so check by themselves.
fn with_values(cli: clap::Command) -> clap::Command {
    let codes = PossibleValuesParser::new(Code::ALL.iter().map(|code| code.as_str()));
    // clap takes names that last as long as the program, and that ends after this.
    let names = names(&cli).into_iter().map(|name| &*String::leak(name));
    let commands = PossibleValuesParser::new(names);
    cli.mut_subcommand("explain", |explain| explain.mut_arg("code", |code| code.value_parser(codes)))
        .mut_subcommand("man", |man| man.mut_arg("command", |command| command.value_parser(commands)))
}
