//! Diagnostics for programs: one JSON object per line, all of them. The form only grows.

use super::path;
use super::snippet::Snippet;
use super::source::Source;
use feedmill::diagnostic::{Diagnostic, Location};
use serde_json::{Value, json};
use std::path::Path;

/// Writes the lines.
pub struct Lines<'a> {
    directory: &'a Path,
    source: Source,
}

/// A longer line is no help to anybody, and a million of them would be gigabytes.
const LONGEST_LINE_BYTES: usize = 1000;

impl<'a> Lines<'a> {
    pub fn new(directory: &'a Path) -> Lines<'a> {
        Lines { directory, source: Source::default() }
    }

    pub fn diagnostic(&mut self, diagnostic: &Diagnostic) -> Value {
        let place = |location: &Location| {
            json!({
                "path": path(location, diagnostic.code, self.directory).to_string_lossy(),
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
            "snippet": self.snippet(diagnostic),
        })
    }

    /// The line, and how many characters of it from which column on are meant, as the text form shows it.
    fn snippet(&mut self, diagnostic: &Diagnostic) -> Option<Value> {
        let path = path(&diagnostic.location, diagnostic.code, self.directory);
        let line = self.source.line(&path, &diagnostic.location, diagnostic.code)?;
        let line = Some(line).filter(|line| line.len() <= LONGEST_LINE_BYTES)?;
        let column = diagnostic.location.position.column;
        let snippet = Snippet::at(line, column, &diagnostic.message)?;
        Some(json!({ "text": snippet.line, "column": column, "length": snippet.length() }))
    }
}
