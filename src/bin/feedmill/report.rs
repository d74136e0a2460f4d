//! What people and programs are told: diagnostics and summaries, as text or as JSON lines.

use crate::cli;
use crate::exit::ExitStatus;
use feedmill::diagnostic::{Code, Diagnostic, Location, Severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Tells diagnostics and events in the form that the flags ask for.
pub struct Report {
    form: Form,
    least: Severity,
    is_terminal: bool,
    is_coloured: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Text,
    JsonLines,
}

/// More faults of one kind than this say nothing new; `-v` shows them all.
const SHOWN_OF_EACH_CODE: usize = 10;

impl Report {
    pub fn new(flags: &cli::Output) -> Report {
        let is_terminal = io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Report {
            form: if flags.json { Form::JsonLines } else { Form::Text },
            least: match (flags.verbose, flags.quiet) {
                (true, _) => Severity::Note,
                (_, true) => Severity::Error,
                _ => Severity::Warning,
            },
            is_terminal,
            is_coloured: is_terminal && !no_color,
        }
    }

    /// Is there a person to show progress and summaries to?
    pub fn is_watched(&self) -> bool {
        self.is_terminal && self.form == Form::Text && self.least < Severity::Error
    }

    pub fn is_verbose(&self) -> bool {
        self.least == Severity::Note
    }

    /// Shows diagnostics, of each kind only the first few unless all are wanted.
    pub fn diagnostics(&self, diagnostics: &[Diagnostic], directory: &Path) {
        if self.form == Form::JsonLines {
            return diagnostics.iter().for_each(|diagnostic| out(&as_json(diagnostic, directory)));
        }
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.severity() >= self.least) {
            let count = counts.entry(diagnostic.code).or_default();
            *count += 1;
            if *count <= SHOWN_OF_EACH_CODE || self.is_verbose() {
                err(&self.as_text(diagnostic, directory));
            }
        }
        for (code, count) in counts {
            if count > SHOWN_OF_EACH_CODE && !self.is_verbose() {
                let rest = count - SHOWN_OF_EACH_CODE;
                err(&format!(
                    "… and {rest} more {}[{code}]; `feedmill check -v` shows all",
                    code.severity().as_str()
                ));
            }
        }
    }

    /// A failure of the job itself.
    pub fn failure(&self, message: &str, help: Option<&str>) -> ExitStatus {
        if self.form == Form::JsonLines {
            out(&json!({ "type": "failure", "message": message, "help": help }));
        } else {
            err(&format!("{}: {}", self.paint("31;1", "error"), visible(message)));
            help.into_iter()
                .for_each(|help| err(&format!("  {}: {}", self.paint("36", "help"), visible(help))));
        }
        ExitStatus::JobFailed
    }

    /// A line for whoever watches, or an event for a program.
    pub fn event(&self, text: &str, event: Value) {
        if self.form == Form::JsonLines {
            out(&event);
        } else if self.is_watched() || self.is_verbose() {
            err(&visible(text));
        }
    }

    /// A detail, for `-v` and for programs.
    pub fn detail(&self, text: &str, event: Value) {
        if self.form == Form::JsonLines || self.is_verbose() {
            self.event(text, event);
        }
    }

    /// What was asked for, on stdout.
    pub fn answer(&self, text: &str, event: Value) {
        match self.form {
            Form::Text => line(&mut io::stdout().lock(), &visible(text)),
            Form::JsonLines => out(&event),
        }
    }

    fn as_text(&self, diagnostic: &Diagnostic, directory: &Path) -> String {
        let severity = diagnostic.severity();
        let colour = match severity {
            Severity::Error => "31;1",
            Severity::Warning => "33;1",
            Severity::Note => "36",
        };
        let label = self.paint(colour, &format!("{}[{}]", severity.as_str(), diagnostic.code));
        let mut text = format!(
            "{}: {label}: {}",
            place(&diagnostic.location, diagnostic.code, directory),
            visible(&diagnostic.message)
        );
        for (note, location) in &diagnostic.related {
            let place = place(location, diagnostic.code, directory);
            text.push_str(&format!("\n  {}: {note} {place}", self.paint("36", "note")));
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("\n  {}: {help}", self.paint("36", "help")));
        }
        text
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.is_coloured { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The core names articles relative to their directory; a person needs the path from here.
fn place(location: &Location, code: Code, directory: &Path) -> String {
    let path = path(location, code, directory);
    format!("{}:{}:{}", visible(&path), location.position.line, location.position.column)
}

/// What a hostile name or value could tell the terminal must not reach it.
fn visible(text: &str) -> String {
    let tells_the_terminal = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2067}')
    };
    text.chars().map(|c| if tells_the_terminal(c) { '\u{fffd}' } else { c }).collect()
}

fn path(location: &Location, code: Code, directory: &Path) -> String {
    if !code.is_about_articles() {
        return location.path.clone();
    }
    directory.join(&location.path).to_string_lossy().into_owned()
}

fn as_json(diagnostic: &Diagnostic, directory: &Path) -> Value {
    let place = |location: &Location| {
        json!({
            "path": path(location, diagnostic.code, directory),
            "line": location.position.line,
            "column": location.position.column,
        })
    };
    let related = diagnostic
        .related
        .iter()
        .map(|(note, location)| json!({ "note": note, "location": place(location) }));
    json!({
        "type": "diagnostic",
        "severity": diagnostic.severity().as_str(),
        "code": diagnostic.code.as_str(),
        "location": place(&diagnostic.location),
        "message": diagnostic.message,
        "related": related.collect::<Vec<_>>(),
        "help": diagnostic.help,
    })
}

fn out(event: &Value) {
    line(&mut io::stdout().lock(), &event.to_string());
}

fn err(text: &str) {
    line(&mut io::stderr().lock(), text);
}

/// A pipe that the other side has closed is no error.
fn line(to: &mut dyn Write, text: &str) {
    let _closed = writeln!(to, "{text}");
}
