//! `feedmill explain`: what a diagnostic means, why it matters and how to mend it.

use crate::cli::Explain;
use crate::exit::ExitStatus;
use crate::report::{Report, out};
use crate::terminal::{Terminal, wrapped};
use feedmill::diagnostic::Code;
use serde_json::json;

/// A section for every code; a test holds the page against the table of codes.
const PAGE: &str = include_str!("../../../../docs/diagnostics.md");

/// Longer lines are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

pub fn run(flags: &Explain) -> ExitStatus {
    let Some(asked) = &flags.code else {
        list(flags.json);
        return ExitStatus::Success;
    };
    let name = bare(asked);
    let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name) else {
        let help = match Code::nearest(&name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`feedmill explain` lists all codes".to_owned(),
        };
        return Report::new(&flags.output()).failure(&format!("there is no code `{asked}`"), Some(&help));
    };
    if flags.json {
        let mut object = as_json(*code);
        object["text"] = section(*code).into();
        out(&object.to_string());
    } else {
        out(&laid_out(*code, &Terminal::of_stdout()));
    }
    ExitStatus::Success
}

/// `error[bad-date]`, as messages have it, is understood too.
fn bare(asked: &str) -> String {
    let name = asked.split_once('[').map_or(asked, |(_, name)| name);
    name.trim_end_matches([']', ':']).to_lowercase()
}

fn list(as_lines: bool) {
    if as_lines {
        return Code::ALL.iter().for_each(|code| out(&as_json(*code).to_string()));
    }
    let terminal = Terminal::of_stdout();
    let widest = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    for code in Code::ALL {
        let name = terminal.bold(&format!("{:<widest$}", code.as_str()));
        let summary = wrapped(code.summary(), terminal.columns.min(WIDEST), widest + SEVERITY_WIDTH + 4);
        out(&format!("{name}  {:<SEVERITY_WIDTH$}  {summary}", code.severity().as_str()));
    }
}

/// That of `warning`.
const SEVERITY_WIDTH: usize = 7;

fn as_json(code: Code) -> serde_json::Value {
    json!({
        "type": "code",
        "code": code.as_str(),
        "severity": code.severity().as_str(),
        "summary": code.summary(),
    })
}

/// The page's section of a code, in Markdown.
fn section(code: Code) -> &'static str {
    let sections = PAGE.split("\n## ").skip(1).filter_map(|section| section.split_once('\n'));
    sections.into_iter().find(|(name, _)| *name == code.as_str()).map_or("", |(_, text)| text.trim())
}

fn laid_out(code: Code, terminal: &Terminal) -> String {
    let mut text = terminal.bold(&format!("{}[{code}]: {}", code.severity().as_str(), code.summary()));
    for paragraph in section(code).split("\n\n") {
        text.push_str("\n\n");
        if paragraph.starts_with(EXAMPLE_INDENT) {
            text.push_str(paragraph);
            continue;
        }
        let paragraph = wrapped(paragraph, terminal.columns.min(WIDEST), 0);
        // What stands between pairs of asterisks.
        for (index, part) in paragraph.split("**").enumerate() {
            text.push_str(&if index % 2 == 1 { terminal.bold(part) } else { part.to_owned() });
        }
    }
    text
}

const EXAMPLE_INDENT: &str = "    ";
