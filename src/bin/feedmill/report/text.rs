//! Diagnostics for people: a header that editors can follow, the line with a mark, notes and help.

use super::path;
use super::snippet::Snippet;
use super::source::Source;
use crate::terminal::{Terminal, visible_line, wrapped};
use feedmill::diagnostic::{Code, Diagnostic, Location, Severity};
use std::collections::BTreeMap;
use std::path::Path;

/// Lays out diagnostics.
pub struct Text<'a> {
    terminal: &'a Terminal,
    directory: &'a Path,
    source: Source,
}

/// More faults of one kind than this say nothing new.
const SHOWN_OF_EACH_CODE: usize = 10;

/// The same fault elsewhere: this many places are named.
const NAMED_ELSEWHERE: usize = 3;

impl<'a> Text<'a> {
    pub fn new(terminal: &'a Terminal, directory: &'a Path) -> Text<'a> {
        Text { terminal, directory, source: Source::default() }
    }

    /// One message after the other: what is the same in several places only once, of each code the first
    /// few, and at the end how to see the rest.
    pub fn grouped(&mut self, diagnostics: &[&Diagnostic]) -> impl Iterator<Item = String> {
        let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
        let mut left: BTreeMap<Code, usize> = BTreeMap::new();
        let mut is_all_told = true;
        let mut messages = Vec::new();
        for group in groups(diagnostics) {
            let Some((first, others)) = group.split_first() else { continue };
            let count = shown.entry(first.code).or_default();
            *count += 1;
            if *count > SHOWN_OF_EACH_CODE && !is_shown_each_time(first.code) {
                *left.entry(first.code).or_default() += group.len();
                continue;
            }
            is_all_told &= others.len() <= NAMED_ELSEWHERE;
            messages.push(self.diagnostic(first) + &self.elsewhere(others));
        }
        messages.extend(closing(&left, is_all_told));
        messages.into_iter()
    }

    /// One diagnostic in full.
    pub fn diagnostic(&mut self, diagnostic: &Diagnostic) -> String {
        let severity = diagnostic.severity();
        let colour = colour(severity);
        let label = self.terminal.paint(colour, &format!("{}[{}]", severity.as_str(), diagnostic.code));
        let place = self.place(&diagnostic.location, diagnostic.code);
        let mut text = format!("{place}: {label}: {}", visible_line(&diagnostic.message));
        text += &self.snippet(&diagnostic.location, diagnostic, colour);
        for (note, location) in &diagnostic.related {
            let place = self.place(location, diagnostic.code);
            text += &format!("\n  {}: {} {place}", self.terminal.paint("36", "note"), visible_line(note));
            text += &self.snippet(location, diagnostic, "36");
        }
        if let Some(help) = &diagnostic.help {
            text +=
                &format!("\n  {}: {}", self.terminal.paint("36", "help"), self.filled(&visible_line(help)));
        }
        text
    }

    /// Whoever reads it in a file can search for the whole of it.
    fn filled(&self, help: &str) -> String {
        if !self.terminal.is_watched {
            return help.to_owned();
        }
        wrapped(help, self.terminal.columns, "  help: ".len())
    }

    fn place(&self, location: &Location, code: Code) -> String {
        let path = path(location, code, self.directory);
        let position = location.position;
        format!("{}:{}:{}", visible_line(&path.to_string_lossy()), position.line, position.column)
    }

    fn snippet(&mut self, location: &Location, diagnostic: &Diagnostic, colour: &str) -> String {
        let path = path(location, diagnostic.code, self.directory);
        let line = self.source.line(&path, location, diagnostic.code);
        let found = line.and_then(|line| Snippet::at(line, location.position.column, &diagnostic.message));
        let Some(snippet) = found else { return String::new() };
        let number = location.position.line.to_string();
        let gutter = format!("{:width$} |", "", width = number.len());
        let columns = self.terminal.columns.saturating_sub(INDENT.len() + gutter.len() + 1);
        let (line, mark) = snippet.draw(columns);
        let at = mark.len() - mark.trim_start().len();
        format!(
            "\n{INDENT}{} {line}\n{INDENT}{} {}{}",
            self.terminal.paint("2", &format!("{number} |")),
            self.terminal.paint("2", &gutter),
            &mark[..at],
            self.terminal.paint(colour, &mark[at..]),
        )
    }

    fn elsewhere(&self, others: &[&Diagnostic]) -> String {
        let named = others.iter().take(NAMED_ELSEWHERE);
        let named: Vec<String> = named.map(|other| self.place(&other.location, other.code)).collect();
        match others.len().saturating_sub(NAMED_ELSEWHERE) {
            _ if named.is_empty() => String::new(),
            0 => format!("\n  also in {}", named.join(", ")),
            rest => format!("\n  also in {} and {rest} more", named.join(", ")),
        }
    }
}

const INDENT: &str = "    ";

fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "31;1",
        Severity::Warning => "33;1",
        Severity::Note => "36",
    }
}

/// Each entry that has no article is shown: a person has to look for it.
fn is_shown_each_time(code: Code) -> bool {
    matches!(code, Code::UnmatchedEntry | Code::AmbiguousEntry)
}

/// Diagnostics that differ in their place only, together, in the order of their firsts.
fn groups<'d>(diagnostics: &[&'d Diagnostic]) -> Vec<Vec<&'d Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut known = BTreeMap::new();
    for &diagnostic in diagnostics {
        let what = (diagnostic.code, &diagnostic.message, &diagnostic.help, &diagnostic.related);
        let index = *known.entry(what).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.push(diagnostic),
            None => groups.push(vec![diagnostic]),
        }
    }
    groups
}

/// What was not shown, and the command that shows it.
fn closing(left: &BTreeMap<Code, usize>, is_all_told: bool) -> Option<String> {
    let command = with_verbose(std::env::args().skip(1));
    if left.is_empty() {
        return (!is_all_told).then(|| format!("… `{command}` shows every place"));
    }
    let left = left.iter().map(|(code, count)| format!("{count} more {}[{code}]", code.severity().as_str()));
    Some(format!("… and {}; `{command}` shows all", left.collect::<Vec<_>>().join(", ")))
}

/// The command in use, with `-v` in place of `-q`.
fn with_verbose(args: impl Iterator<Item = String>) -> String {
    let mut command = String::from("feedmill");
    for arg in args.filter(|arg| arg != "-q" && arg != "--quiet") {
        command.push(' ');
        command += &quoted(&visible_line(&arg));
    }
    command + " -v"
}

/// An argument as a shell has to read it.
fn quoted(arg: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=+,@%".contains(c);
    if !arg.is_empty() && arg.chars().all(is_plain) {
        return arg.to_owned();
    }
    format!("'{}'", arg.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use feedmill::diagnostic::Position;

    fn fault(path: &str, message: &str) -> Diagnostic {
        Diagnostic::new(Code::MissingDate, Location::new(path, Position::START), message)
    }

    fn told(diagnostics: &[Diagnostic]) -> Vec<String> {
        let diagnostics: Vec<&Diagnostic> = diagnostics.iter().collect();
        let terminal = Terminal::of_stderr();
        Text::new(&terminal, Path::new("articles")).grouped(&diagnostics).collect()
    }

    #[test]
    fn the_same_fault_is_shown_each_time() {
        let faults: Vec<Diagnostic> =
            (0..1000).map(|number| fault(&format!("{number}.md"), "none")).collect();
        let messages = told(&faults);
        assert_eq!(messages.len(), 2);
        assert!(
            messages[0]
                .ends_with("also in articles/1.md:1:1, articles/2.md:1:1, articles/3.md:1:1 and 996 more")
        );
        assert!(messages[1].ends_with(" -v` shows every place"), "{}", messages[1]);
        assert_eq!(told(&faults[..2])[0].lines().last(), Some("  also in articles/1.md:1:1"));
    }

    #[test]
    fn what_is_left_is_counted_with_all_its_places() {
        let faults: Vec<Diagnostic> =
            (0..36).map(|number| fault(&format!("{number}.md"), &format!("none {}", number / 3))).collect();
        let messages = told(&faults);
        assert_eq!(messages.len(), SHOWN_OF_EACH_CODE + 1);
        assert!(messages[SHOWN_OF_EACH_CODE].starts_with("… and 6 more error[missing-date]; `feedmill"));
    }

    #[test]
    fn the_command_can_be_pasted() {
        let command = |args: &[&str]| with_verbose(args.iter().map(|arg| (*arg).to_owned()));
        assert_eq!(command(&["check"]), "feedmill check -v");
        assert_eq!(
            command(&["build", "-q", "--config", "my site.toml"]),
            "feedmill build --config 'my site.toml' -v"
        );
        assert_eq!(command(&["build", "it's", ""]), r"feedmill build 'it'\''s' '' -v");
    }

    #[test]
    fn a_message_stays_on_its_line() {
        let messages = told(&[fault("a\u{1b}.md", "one\n::error::two")]);
        assert_eq!(messages[0], "articles/a␛.md:1:1: error[missing-date]: one ::error::two");
    }
}
