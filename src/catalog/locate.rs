//! Faults of articles compared with each other get the places of the fields that they are about.

use crate::article::{About, position_of};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::newsroom::Newsroom;
use crate::settings::Settings;

/// Nobody looks up more of them, and each is a file read again.
const MOST_LOCATED: usize = 100;

/// Looks up the places that are not known yet.
pub fn locate(diagnostics: &mut [Diagnostic], newsroom: &dyn Newsroom, settings: &Settings) {
    let found = diagnostics.iter_mut().filter_map(|fault| Some((about(fault.code)?, fault)));
    for (about, fault) in found.take(MOST_LOCATED) {
        let related = fault.related.iter_mut().map(|(_, location)| location);
        for location in std::iter::once(&mut fault.location).chain(related) {
            place(about, location, newsroom, settings);
        }
    }
}

fn place(about: About, location: &mut Location, newsroom: &dyn Newsroom, settings: &Settings) {
    if location.position == Position::START
        && let Some(position) = position_of(about, &location.path, newsroom, settings)
    {
        location.position = position;
    }
}

fn about(code: Code) -> Option<About> {
    match code {
        Code::UnknownEdition => Some(About::Edition),
        Code::UnknownSection => Some(About::Section),
        Code::OneSidedTranslation | Code::DuplicateTranslation => Some(About::Translation),
        Code::DuplicatePermalink => Some(About::Permalink),
        Code::TakenAlias => Some(About::Aliases),
        _ => None,
    }
}
