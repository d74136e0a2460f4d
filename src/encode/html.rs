//! Plain text as a paragraph of HTML, for elements in which readers expect HTML whatever is declared.

use crate::language::{Direction, Language};
use crate::text::escape_html;

/// A paragraph. From right to left where the language asks for it.
pub fn paragraph(text: &str, language: Option<&Language>) -> String {
    match language.map(Language::direction) {
        Some(Direction::RightToLeft) => format!("<p dir=\"rtl\">{}</p>", escape_html(text)),
        _ => format!("<p>{}</p>", escape_html(text)),
    }
}
