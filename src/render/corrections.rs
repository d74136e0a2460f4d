//! The notes that tell readers what was put right.
//!
//! They stand at the end, as in the Guardian and the New York Times: who reads the text for the first
//! time reads what is right now, and who knows it already looks for the note where notes stand.

use super::inline;
use super::links::Links;
use crate::article::Article;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::language::Language;
use chrono::{DateTime, Utc};

/// A paragraph for each correction that is due, in the order of the front matter.
#[must_use]
pub fn notes(
    article: &Article,
    links: &Links<'_>,
    now: DateTime<Utc>,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let word = article.edition.as_ref().map_or("Correction", Language::correction);
    let mut notes = String::new();
    let is_due = |date: &DateTime<_>| *date <= now;
    for correction in article.corrections.iter().filter(|note| note.date.as_ref().is_none_or(is_due)) {
        let date = correction.date.map_or(String::new(), |date| format!(" ({})", date.format("%Y-%m-%d")));
        let text = inline::line(&correction.text, links);
        notes.push_str(&format!("\n<p><strong>{word}{date}:</strong> {}</p>", text.html));
        diagnostics.extend(text.broken.iter().map(|reference| {
            let location = Location::new(links.path, correction.at);
            let message = format!("`{reference}` is no published article");
            Diagnostic::new(Code::BrokenLink, location, message)
                .help("mend the path, which is relative to this file, or link to the page's URL")
        }));
    }
    notes
}
