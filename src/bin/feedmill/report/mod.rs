//! What people and programs are told: diagnostics and summaries, in the form that was asked for.
//!
//! `text` is for people, on stderr. The other forms are for programs and have stdout to themselves:
//! `json` for every event of a run, `github` and `gitlab` for diagnostics alone.

mod annotations;
mod json;
mod snippet;
mod source;
mod text;
mod told;

pub use told::Told;

use crate::cli::{self, Form};
use crate::exit::ExitStatus;
use crate::terminal::{Terminal, visible, visible_line};
use feedmill::diagnostic::{Code, Diagnostic, Location, Severity};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Tells diagnostics and events in the form that the flags ask for.
pub struct Report {
    form: Form,
    least: Severity,
    terminal: Terminal,
    /// The kind of the first fault that was shown to a person.
    shown: Cell<Option<Code>>,
    told: RefCell<Told>,
    /// GitLab reads one array, which ends with the run.
    code_quality: RefCell<annotations::CodeQuality>,
}

impl Report {
    pub fn new(flags: &cli::Output) -> Report {
        Report {
            form: match flags.format {
                Some(form) => form,
                None if flags.json => Form::Json,
                None => Form::Text,
            },
            least: match (flags.verbose, flags.quiet) {
                (true, _) => Severity::Note,
                (_, true) => Severity::Error,
                _ => Severity::Warning,
            },
            terminal: Terminal::of_stderr(),
            shown: Cell::default(),
            told: RefCell::default(),
            code_quality: RefCell::default(),
        }
    }

    /// Is there a person to show progress and summaries to?
    pub fn is_watched(&self) -> bool {
        self.terminal.is_watched && self.form != Form::Json && self.least < Severity::Error
    }

    pub fn is_verbose(&self) -> bool {
        self.least == Severity::Note
    }

    /// What was told until now.
    pub fn told(&self) -> Told {
        self.told.borrow().clone()
    }

    /// Shows diagnostics; `directory` is where the articles are.
    pub fn diagnostics(&self, diagnostics: &[Diagnostic], directory: &Path) {
        self.told.borrow_mut().count(diagnostics);
        let wanted = diagnostics.iter().filter(|diagnostic| diagnostic.severity() >= self.least);
        match self.form {
            Form::Json => {
                let mut lines = json::Lines::new(directory);
                diagnostics.iter().for_each(|diagnostic| out(&lines.diagnostic(diagnostic).to_string()));
            }
            Form::Github => {
                wanted.for_each(|diagnostic| out(&annotations::workflow_command(diagnostic, directory)));
            }
            Form::Gitlab => {
                let (placeless, placed): (Vec<_>, Vec<_>) =
                    wanted.partition(|diagnostic| diagnostic.location.path == Location::COMMAND_LINE);
                let mut report = self.code_quality.borrow_mut();
                placed.into_iter().for_each(|diagnostic| out(&report.issue(diagnostic, directory)));
                self.as_text(placeless, directory);
            }
            Form::Text => self.as_text(wanted.collect(), directory),
        }
    }

    fn as_text(&self, diagnostics: Vec<&Diagnostic>, directory: &Path) {
        if self.shown.get().is_none() {
            self.shown.set(diagnostics.first().map(|diagnostic| diagnostic.code));
        }
        let mut text = text::Text::new(&self.terminal, directory);
        if self.is_verbose() {
            diagnostics.iter().for_each(|diagnostic| err(&text.diagnostic(diagnostic)));
        } else {
            text.grouped(&diagnostics).for_each(|message| err(&message));
        }
    }

    /// A failure of the job itself.
    pub fn failure(&self, message: &str, help: Option<&str>) -> ExitStatus {
        self.told.borrow_mut().failure.get_or_insert_with(|| message.to_owned());
        match self.form {
            Form::Json => out(&json!({ "type": "failure", "message": message, "help": help }).to_string()),
            Form::Github => out(&annotations::failure(message, help)),
            Form::Text | Form::Gitlab => {
                err(&format!("{}: {}", self.terminal.paint("31;1", "error"), visible(message)));
                help.into_iter().for_each(|help| {
                    err(&format!("  {}: {}", self.terminal.paint("36", "help"), visible(help)))
                });
            }
        }
        ExitStatus::JobFailed
    }

    /// A line for whoever watches, or an event for a program.
    pub fn event(&self, text: &str, event: Value) {
        if self.form == Form::Json {
            out(&event.to_string());
        } else if self.is_watched() || self.is_verbose() {
            err(&visible(text));
        }
    }

    /// What only programs are told.
    pub fn object(&self, object: &Value) {
        if self.form == Form::Json {
            out(&object.to_string());
        }
    }

    /// What belongs to the diagnostics that were shown, for everybody who saw them.
    pub fn aside(&self, text: &str, event: Value) {
        if self.form == Form::Json {
            out(&event.to_string());
        } else if self.least < Severity::Error {
            err(&visible_line(text));
        }
    }

    /// A detail, for `-v` and for programs.
    pub fn detail(&self, text: &str, event: Value) {
        if self.form == Form::Json || self.is_verbose() {
            self.event(text, event);
        }
    }

    /// A line of a detail, of which programs are told in their own way.
    pub fn detail_line(&self, text: &str) {
        if self.form != Form::Json && self.is_verbose() {
            err(&visible_line(text));
        }
    }

    /// A line of what was asked for, of which programs are told in their own way.
    pub fn answer_line(&self, text: &str) {
        match self.form {
            Form::Text => out(&visible_line(text)),
            Form::Json => {}
            Form::Github | Form::Gitlab => err(&visible_line(text)),
        }
    }

    /// What was asked for, on stdout unless that belongs to a form that has no room for it.
    pub fn answer(&self, text: &str, event: Value) {
        match self.form {
            Form::Text => out(&visible(text)),
            Form::Json => out(&event.to_string()),
            Form::Github | Form::Gitlab => err(&visible_line(text)),
        }
    }
}

/// What can be said only when all has been: however the run ended.
impl Drop for Report {
    fn drop(&mut self) {
        if self.form == Form::Gitlab {
            out(self.code_quality.borrow().end());
        }
        if let (Some(code), true) = (self.shown.get(), self.is_watched()) {
            err(&format!("`feedmill explain {code}` says more"));
        }
    }
}

/// Diagnostics as the JSON form has them, for whoever shows them in a form of its own.
pub fn as_objects<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>, directory: &Path) -> Vec<Value> {
    let mut lines = json::Lines::new(directory);
    diagnostics.into_iter().map(|diagnostic| lines.diagnostic(diagnostic)).collect()
}

/// The core names articles relative to their directory; a person needs the path from here.
fn path(location: &Location, code: Code, directory: &Path) -> PathBuf {
    if code.is_about_articles() {
        in_directory(directory, &location.path)
    } else {
        PathBuf::from(&location.path)
    }
}

/// A path from here as a person would write it: without a dot in front.
pub fn in_directory(directory: &Path, path: &str) -> PathBuf {
    let joined = directory.join(path);
    joined.strip_prefix(".").map(Path::to_path_buf).unwrap_or(joined)
}

pub(crate) fn out(text: &str) {
    line(&mut io::stdout().lock(), text);
}

fn err(text: &str) {
    line(&mut io::stderr().lock(), text);
}

/// A pipe that the other side has closed is no error.
fn line(to: &mut dyn Write, text: &str) {
    let _closed = writeln!(to, "{text}");
}
