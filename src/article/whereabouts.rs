//! Where a field stands in its source file, for faults that show when articles are compared. Cards do not
//! keep it: of a million articles a few have such faults.

use super::fields::{Field, Fields};
use super::open::{header, read};
use crate::diagnostic::Position;
use crate::newsroom::Newsroom;
use crate::settings::Settings;

/// What a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The article's language.
    Edition,
    /// Its section.
    Section,
    /// Its translation key.
    Translation,
    /// Its permalink.
    Permalink,
    /// Its former addresses.
    Aliases,
}

/// Where front matter says it. `None` where it does not, or the file cannot be read any more.
#[must_use]
pub fn position_of(
    about: About,
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
) -> Option<Position> {
    let fields: &[Field] = match about {
        About::Edition => &[Field::Language],
        About::Section => &[Field::Section, Field::Category],
        About::Translation => &[Field::Translation],
        About::Permalink => &[Field::Url, Field::Slug],
        About::Aliases => &[Field::Aliases],
    };
    let decoded = header(path, newsroom).ok()?;
    let source = read(path, &decoded.text, settings).ok()?;
    let found = Fields::of(&source.front_matter, &source.described.fields);
    fields.iter().find_map(|field| found.get(*field)).map(|found| found.node.at)
}
