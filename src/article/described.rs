//! What a body says of its article beside the front matter: a saved page in its `<meta>`, a plain text in
//! the lines at its head.

use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::syntax::Map;

/// What a body says of itself.
#[derive(Default)]
pub struct Described {
    /// Fields under feedmill's own names, with positions in the source file.
    pub fields: Map<'static>,
    /// What relative addresses in the body start from, where that is not the article's page.
    pub base: Option<Address>,
    /// What is wrong with the body, could not be understood, or was left out of it.
    pub diagnostics: Vec<Diagnostic>,
}
