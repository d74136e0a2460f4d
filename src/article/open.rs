//! A source file opened: its bytes read, decoded, split, and its front matter interpreted.
//!
//! It is done twice: for the front matter of every file, and for the whole of the few that a feed
//! will show.

use super::Outcome;
use super::decode::{self, Removed};
use super::front_matter::{self, Parts};
use super::interpret::interpret;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::newsroom::{Extent, HEAD_BYTES, Newsroom};
use crate::settings::Settings;
use crate::syntax::{Map, SyntaxFault};
use std::io::ErrorKind;

/// No article is longer; a file that is was put there by accident.
pub const LONGEST_BYTES: usize = 10_000_000;

/// What a whole file says.
pub struct Whole {
    /// What its front matter says.
    pub outcome: Outcome,
    /// The text after the front matter.
    pub body: String,
    /// Where the body begins.
    pub body_at: Position,
    /// What had to be removed from the body.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads as much of a file as its front matter needs, and tells what is wrong with that.
///
/// # Errors
/// Faults that leave nothing to interpret.
pub fn head(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
) -> Result<(Outcome, Vec<Diagnostic>), Vec<Diagnostic>> {
    let one = |fault| vec![fault];
    let head = bytes(path, newsroom, Extent::Head).map_err(one)?;
    let is_cut = head.len() >= HEAD_BYTES;
    let header = front_matter::header_bytes(&head, is_cut);
    let decoded = if is_cut && header.len() == head.len() {
        // It goes on, or nobody knows yet.
        let whole = bytes(path, newsroom, Extent::Whole).map_err(one)?;
        decode::decode(path, front_matter::header_bytes(&whole, false))
    } else {
        decode::decode(path, header)
    };
    let decoded = decoded.map_err(one)?;
    let (map, _) = read(path, &decoded.text)?;
    let (outcome, mut diagnostics) = interpret(path, &map, settings);
    diagnostics.extend(Removed::diagnostic(&decoded.removed, path));
    Ok((outcome, diagnostics))
}

/// Reads a whole file, and tells what is wrong with its body.
///
/// # Errors
/// Faults that leave nothing to render.
pub fn whole(path: &str, newsroom: &dyn Newsroom, settings: &Settings) -> Result<Whole, Vec<Diagnostic>> {
    let one = |fault| vec![fault];
    let bytes = bytes(path, newsroom, Extent::Whole).map_err(one)?;
    let decoded = decode::decode(path, &bytes).map_err(one)?;
    let (map, parts) = read(path, &decoded.text)?;
    let in_body: Vec<Removed> =
        decoded.removed.iter().filter(|removed| removed.at.line >= parts.body_line).copied().collect();
    Ok(Whole {
        outcome: interpret(path, &map, settings).0,
        body: parts.body.to_owned(),
        body_at: Position { line: parts.body_line, column: 1 },
        diagnostics: Removed::diagnostic(&in_body, path).into_iter().collect(),
    })
}

fn bytes(path: &str, newsroom: &dyn Newsroom, extent: Extent) -> Result<Vec<u8>, Diagnostic> {
    let location = || Location::new(path, Position::START);
    let too_large = || {
        let message = format!("the file has more than {LONGEST_BYTES} bytes, which no article has");
        let fault = Diagnostic::new(Code::TooLarge, location(), message);
        fault.help("is this really an article? move it away or split it")
    };
    let bytes = newsroom.read(path, extent).map_err(|error| {
        if error.kind() == ErrorKind::FileTooLarge {
            return too_large();
        }
        Diagnostic::new(Code::Unreadable, location(), format!("the file cannot be read: {error}"))
            .help("make it readable for the user that runs feedmill")
    })?;
    if bytes.len() > LONGEST_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// The fields of a source file, and its parts.
pub(super) fn read<'t>(path: &str, text: &'t str) -> Result<(Map, Parts<'t>), Vec<Diagnostic>> {
    let diagnose = |fault: SyntaxFault| {
        Diagnostic::new(Code::BadFrontMatter, Location::new(path, fault.at), fault.message)
            .help("quote values that hold `: `, `#` or quotation marks, and close every quote and bracket")
    };
    let parts = front_matter::split(text).map_err(|fault| {
        vec![diagnose(fault).help("put a line of `---` (or `+++` for TOML) between front matter and body")]
    })?;
    let map = match &parts.header {
        Some(header) => {
            header.read().map_err(|faults| faults.into_iter().map(diagnose).collect::<Vec<_>>())?
        }
        None => Map::default(),
    };
    Ok((map, parts))
}
