//! A page about its folder (`_index.md` of Hugo and Zola), which names a section.

use super::fields::{Field, Fields};
use super::open::{header, read};
use super::place::Place;
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::newsroom::Newsroom;
use crate::settings::Settings;
use crate::text;

/// What such a page says of its section.
pub struct SectionPage {
    /// The section's name.
    pub section: String,
    /// For the readers of this edition.
    pub edition: Option<Language>,
    /// What they call it.
    pub title: String,
}

/// Reads such a page. `None` where it is not about a section or gives no title.
///
/// # Errors
/// The faults of its front matter.
pub fn section_page(
    path: &str,
    newsroom: &dyn Newsroom,
    settings: &Settings,
) -> Result<Option<SectionPage>, Vec<Diagnostic>> {
    let Some(place) = Place::of(path, settings) else { return Ok(None) };
    let (Some(section), false) = (place.section, place.sections.contains('/')) else { return Ok(None) };
    let decoded = header(path, newsroom).map_err(|fault| vec![fault])?;
    let source = read(path, &decoded.text, settings)?;
    let fields = Fields::of(&source.front_matter, &source.described.fields);
    let title = fields.get(Field::Title).and_then(|found| found.text().map(text::headline));
    let language = fields.get(Field::Language).and_then(|found| Language::parse(found.text()?));
    let edition = language.or(place.edition).map(|language| settings.declared_edition(language));
    let edition = edition.or_else(|| settings.default_edition().cloned());
    let title = title.filter(|title| !title.is_empty());
    Ok(title.map(|title| SectionPage { section, edition, title }))
}
