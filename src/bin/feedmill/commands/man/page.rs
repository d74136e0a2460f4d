//! One manual page.

use clap::{Arg, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};
use std::io::{self, Write};

/// What the program reads and writes.
const FILES: &[(&str, &str)] = &[
    ("feedmill.toml", "The settings, unless --config names others. Directories in them start from there."),
    ("articles/", "The articles. They are only read."),
    ("feeds/", "The feeds, replaced whole, and only where they change."),
    (
        ".feedmill/ledger.jsonl",
        "What subscribers were promised: ids, dates, withdrawals. Beside the settings, and worth a backup, with \
         ledger-past.jsonl and ledger-archive.jsonl.",
    ),
    (".feedmill/index", "What was read, so that the next run is fast. It can be deleted at any time."),
    (".feedmill/last-good/", "The articles that the feeds show, as they were when they last could be read."),
    (".feedmill/lock", "Held while a run goes on."),
];

/// What the program heeds of its surroundings.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("NO_COLOR", "No colours, even on a terminal."),
    (
        "VISUAL, EDITOR",
        "What `new --edit` opens the article with, flags and all. The first that is set counts.",
    ),
];

/// The name of a command's page: `feedmill-ledger-show`.
pub fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// The page of a command of `cli`, in roff.
pub fn page(command: &Command, cli: &Command) -> String {
    let mut bytes = Vec::new();
    render(command, cli, &mut bytes).expect("memory takes every byte");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn render(command: &Command, cli: &Command, page: &mut dyn Write) -> io::Result<()> {
    let (title, version) = (name(command).to_uppercase(), cli.get_version().unwrap_or_default());
    // Without a date, for it would be that of the build, and two builds are to be the same.
    writeln!(page, ".TH \"{title}\" \"1\" \"\" \"feedmill {version}\" \"feedmill\"")?;
    let man = Man::new(command.clone().mut_args(with_values));
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    let ending = Ending::of(command);
    let mut roff = Roff::default();
    for paragraph in ending.paragraphs {
        roff.control("PP", []).text([roman(paragraph.replace('\n', " "))]);
    }
    roff.to_writer(page)?;
    man.render_options_section(page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(page)?;
    }
    let is_whole = command.get_name() == cli.get_name();
    let mut roff = Roff::default();
    roff.control("SH", ["EXIT STATUS"]);
    for line in ending.exit_codes.or(Ending::of(cli).exit_codes).unwrap_or_default().lines() {
        let (code, meaning) = line.trim_start().split_once("  ").unwrap_or((line, ""));
        tagged(&mut roff, [bold(code)], meaning);
    }
    if is_whole {
        section(&mut roff, "FILES", FILES, italic);
        section(&mut roff, "ENVIRONMENT", ENVIRONMENT, bold);
    }
    roff.control("SH", ["EXAMPLES"]);
    for line in ending.examples.unwrap_or_default().lines() {
        let (example, meaning) = line.trim_start().split_once("  ").unwrap_or((line.trim_start(), ""));
        tagged(&mut roff, [bold(example)], meaning.trim_start());
    }
    if !is_whole {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold(name(cli)), roman("(1), which also tells of files and the environment")]);
    }
    roff.to_writer(page)
}

/// Possible values in a line, as in `--help`.
fn with_values(arg: Arg) -> Arg {
    let values = arg.get_possible_values();
    if values.is_empty() || !arg.get_action().takes_values() {
        return arg;
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let help = format!("{help} [possible values: {}]", values.join(", "));
    arg.help(help).hide_possible_values(true)
}

fn section(roff: &mut Roff, title: &str, rows: &[(&'static str, &str)], style: fn(&'static str) -> Inline) {
    roff.control("SH", [title]);
    rows.iter().for_each(|&(what, meaning)| tagged(roff, [style(what)], meaning));
}

fn tagged(roff: &mut Roff, what: [Inline; 1], meaning: &str) {
    roff.control("TP", []).text(what).text([roman(meaning)]);
}

/// The blocks at the end of a command's help.
#[derive(Default)]
struct Ending {
    examples: Option<String>,
    exit_codes: Option<String>,
    paragraphs: Vec<String>,
}

impl Ending {
    fn of(command: &Command) -> Ending {
        let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let mut ending = Ending::default();
        for block in text.split("\n\n") {
            match block.split_once(":\n") {
                Some(("Examples", lines)) => ending.examples = Some(lines.to_owned()),
                Some(("Exit codes", lines)) => ending.exit_codes = Some(lines.to_owned()),
                _ => ending.paragraphs.push(block.to_owned()),
            }
        }
        ending
    }
}
