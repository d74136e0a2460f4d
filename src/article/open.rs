//! A source file opened: its bytes read, decoded, split, and its front matter interpreted.
//!
//! It is done twice: for the front matter of every file, and for the whole of the few that a feed
//! will show.

use super::Outcome;
use super::decode::{self, Decoded, Removed};
use super::fields::{Field, Fields};
use super::front_matter::{self, Parts};
use super::interpret::{Asked, interpret};
use super::markup::Markup;
use super::place::Place;
use super::{described::Described, page, plain};
use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::digest::Digest;
use crate::newsroom::{Extent, HEAD_BYTES, Newsroom};
use crate::settings::Settings;
use crate::syntax::{Map, SyntaxFault};
use crate::text;
use std::cell::Cell;
use std::io::{self, ErrorKind};

/// No article is longer; a file that is was put there by accident.
pub const LONGEST_BYTES: usize = 10_000_000;

/// What a whole file says.
pub struct Whole {
    /// What its front matter says.
    pub outcome: Outcome,
    /// The text after the front matter.
    pub body: String,
    /// What it is written in.
    pub markup: Markup,
    /// Where the body begins.
    pub body_at: Position,
    /// What relative addresses in it start from, where that is not the article's page.
    pub base: Option<Address>,
    /// What had to be removed from the body.
    pub diagnostics: Vec<Diagnostic>,
    /// Of the bytes of the file.
    pub source: Digest,
}

/// Of shorter texts, articles may share one: "The programme is on our site."
const FEWEST_TELLING_CHARACTERS: usize = 80;

impl Whole {
    /// What tells the text from that of any other article, wherever its file lies and whatever its front
    /// matter says. `None` where the text is too short for that.
    #[must_use]
    pub fn body_digest(&self) -> Option<Digest> {
        let mut characters = self.body.chars().filter(|character| !character.is_whitespace());
        let is_telling = characters.nth(FEWEST_TELLING_CHARACTERS - 1).is_some();
        is_telling.then(|| Digest::of(self.body.split_whitespace().map(str::as_bytes)))
    }
}

/// The text of a source file in its parts.
pub(super) struct Source<'t> {
    /// The fields of the front matter.
    pub front_matter: Map<'t>,
    /// What the body says of itself.
    pub described: Described,
    /// What the body is written in.
    pub markup: Markup,
    /// The text after the front matter.
    pub body: &'t str,
    /// Where the body begins.
    pub body_at: Position,
}

thread_local! {
    /// What the heads of one file after another are read into: so much memory is dear to ask for.
    static HEAD: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Reads as much of a file as its front matter needs, and tells what is wrong with that. The article has only what
/// decides when, where and under what name it is shown.
///
/// # Errors
/// Faults that leave nothing to interpret.
// Profiles count between its beginning and its end.
#[inline(never)]
pub fn head(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
) -> Result<(Outcome, Vec<Diagnostic>), Vec<Diagnostic>> {
    understood(path, newsroom, settings, Asked::ForCard)
}

/// The same with all that front matter says.
///
/// # Errors
/// As for [`head`].
pub fn full_head(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
) -> Result<(Outcome, Vec<Diagnostic>), Vec<Diagnostic>> {
    understood(path, newsroom, settings, Asked::All)
}

fn understood(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
    asked: Asked,
) -> Result<(Outcome, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut head = HEAD.take();
    let understood = understand_head(path, newsroom, settings, asked, &mut head);
    // Not what somebody's newsroom gave in its place.
    if head.capacity() <= 2 * HEAD_BYTES {
        HEAD.set(head);
    }
    understood
}

fn understand_head(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
    asked: Asked,
    head: &mut Vec<u8>,
) -> Result<(Outcome, Vec<Diagnostic>), Vec<Diagnostic>> {
    let one = |fault| vec![fault];
    let decoded = if markup(path).describes_itself() {
        bytes(path, newsroom, Extent::Whole).and_then(|bytes| decode::decode(path, &bytes))
    } else {
        newsroom.read_head(path, head).map_err(|error| one(unreadable(path, &error)))?;
        check_bytes(path, head).map_err(one)?;
        if let Some(parts) = front_matter::sure_parts(head, head.len() >= HEAD_BYTES) {
            return Ok(interpret(path, &fields_of(path, parts, settings)?, settings, asked));
        }
        decoded_header(path, newsroom, head)
    };
    let decoded = decoded.map_err(one)?;
    let source = read(path, &decoded.text, settings)?;
    let (outcome, mut diagnostics) = interpret(path, &source, settings, asked);
    // What is wrong with the body is told when that is read.
    let in_header: Vec<Removed> =
        decoded.removed.iter().filter(|removed| removed.at < source.body_at).copied().collect();
    diagnostics.extend(Removed::diagnostic(&in_header, path));
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
    let source = read(path, &decoded.text, settings)?;
    let in_body: Vec<Removed> =
        decoded.removed.iter().filter(|removed| removed.at >= source.body_at).copied().collect();
    Ok(Whole {
        outcome: interpret(path, &source, settings, Asked::All).0,
        body: source.body.to_owned(),
        markup: source.markup,
        body_at: source.body_at,
        base: source.described.base,
        diagnostics: Removed::diagnostic(&in_body, path).into_iter().collect(),
        source: Digest::of([bytes.as_slice()]),
    })
}

/// Only articles are opened.
fn markup(path: &str) -> Markup {
    Markup::of(path).map_or(Markup::Markdown, |(markup, _)| markup)
}

/// The front matter alone, from the head of the file where that is enough.
pub(super) fn header(path: &str, newsroom: &dyn Newsroom) -> Result<Decoded, Diagnostic> {
    decoded_header(path, newsroom, &bytes(path, newsroom, Extent::Head)?)
}

fn decoded_header(path: &str, newsroom: &dyn Newsroom, head: &[u8]) -> Result<Decoded, Diagnostic> {
    match front_matter::sure_header(head, head.len() >= HEAD_BYTES) {
        // It needs no decoding but for the ends of its lines.
        Some(header) => Ok(Decoded { text: text::line_feeds(header).into_owned(), removed: Vec::new() }),
        None => decode::decode(path, &bytes(path, newsroom, Extent::Whole)?),
    }
}

fn bytes(path: &str, newsroom: &dyn Newsroom, extent: Extent) -> Result<Vec<u8>, Diagnostic> {
    let bytes = newsroom.read(path, extent).map_err(|error| unreadable(path, &error))?;
    check_bytes(path, &bytes)?;
    Ok(bytes)
}

fn check_bytes(path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    if bytes.len() > LONGEST_BYTES {
        return Err(too_large(path));
    }
    if bytes.trim_ascii().is_empty() {
        let fault =
            Diagnostic::new(Code::EmptyFile, Location::new(path, Position::START), "the file is empty");
        return Err(fault.help("write the article, or delete the file"));
    }
    Ok(())
}

fn too_large(path: &str) -> Diagnostic {
    let message = format!("the file has more than {LONGEST_BYTES} bytes, which no article has");
    let fault = Diagnostic::new(Code::TooLarge, Location::new(path, Position::START), message);
    fault.help("is this really an article? move it away or split it")
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == ErrorKind::FileTooLarge {
        return too_large(path);
    }
    let message = format!("the file cannot be read: {error}");
    Diagnostic::new(Code::Unreadable, Location::new(path, Position::START), message)
        .help("make it readable for the user that runs feedmill")
}

/// Splits the text of a source file and reads its fields.
pub(super) fn read<'t>(
    path: &str,
    text: &'t str,
    settings: &Settings,
) -> Result<Source<'t>, Vec<Diagnostic>> {
    let parts = front_matter::split(text).map_err(|fault| {
        let help = match text.trim_start_matches('\u{feff}').starts_with('{') {
            true => "close every quote, and the object with `}`",
            false => "put a line of `---` (or `+++` for TOML) between front matter and body",
        };
        vec![bad_front_matter(path, fault).help(help)]
    })?;
    fields_of(path, parts, settings)
}

fn bad_front_matter(path: &str, fault: SyntaxFault) -> Diagnostic {
    let help = match fault.message.starts_with("while parsing a block") {
        true => "begin the lines of one map, and those of one list, below each other, with as many blanks",
        false => "quote values that hold `: `, `#` or quotation marks, and close every quote and bracket",
    };
    Diagnostic::new(Code::BadFrontMatter, Location::new(path, fault.at), fault.message).help(help)
}

/// Reads the fields of a source file that has been split.
fn fields_of<'t>(path: &str, parts: Parts<'t>, settings: &Settings) -> Result<Source<'t>, Vec<Diagnostic>> {
    let front_matter = match &parts.header {
        Some(header) => {
            let diagnose = |fault| bad_front_matter(path, fault);
            header.read().map_err(|faults| faults.into_iter().map(diagnose).collect::<Vec<_>>())?
        }
        None => Map::default(),
    };
    let mut markup = markup(path);
    let mut described = Described::default();
    if markup.describes_itself() && page::is_page(parts.body) {
        markup = Markup::Page;
        described = page::describe(path, parts.body, parts.body_line);
    }
    let source = Source {
        front_matter,
        described,
        markup,
        body: parts.body,
        body_at: Position { line: parts.body_line, column: 1 },
    };
    Ok(if source.markup == Markup::Text { with_plain(source, path, settings) } else { source })
}

/// A plain text says of itself what stands above its first paragraph.
fn with_plain<'t>(source: Source<'t>, path: &str, settings: &Settings) -> Source<'t> {
    let none = Map::default();
    let fields = Fields::of(&source.front_matter, &none);
    let title = fields.get(Field::Title).and_then(|found| found.text().map(str::to_owned));
    let place = Place::of(path, settings);
    let date = place.as_ref().and_then(|place| place.date);
    let folder = place.and_then(|place| place.section);
    let context = plain::Context { path, title: title.as_deref(), section: folder.as_deref(), date };
    let plain = plain::read(source.body, source.body_at, &context, settings);
    Source {
        described: Described { fields: plain.fields, base: None, diagnostics: plain.diagnostics },
        body: plain.body,
        body_at: plain.body_at,
        ..source
    }
}
