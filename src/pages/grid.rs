//! The feeds of all editions and sections as a table: a row for each section, a column for each edition.

use super::card::{Link, anchor, formats};
use super::page::Page;
use super::plot::Plot;
use super::relative::relative;
use super::{page_path, served_at};
use crate::address::encode_segment;
use crate::language::Language;
use crate::plan::FeedKey;
use crate::texts::Texts;
use serde::Serialize;
use std::sync::Arc;

/// The table.
#[derive(Serialize)]
pub struct Grid {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Column {
    name: String,
    lang: String,
    dir: &'static str,
}

#[derive(Serialize)]
struct Row {
    title: String,
    cells: Vec<Option<Cell>>,
}

#[derive(Serialize)]
struct Cell {
    name: String,
    href: String,
    lang: String,
    dir: &'static str,
    plot: Plot,
    formats: Vec<Link>,
}

impl Grid {
    /// The table; `None` where there is nothing to choose.
    #[must_use]
    pub fn of(page: &Page<'_>, texts: &Texts) -> Option<Grid> {
        let catalog = page.material.catalog;
        let settings = page.material.settings;
        let columns = catalog.editions.iter().map(|edition| Column {
            name: settings.edition_name(edition),
            lang: edition.to_string(),
            dir: edition.direction().as_str(),
        });
        let sections = std::iter::once(None).chain(catalog.sections.iter().map(Some));
        let row = |section: Option<&Arc<str>>| {
            let cells = catalog.editions.iter().map(|edition| cell(page, edition, section));
            let cells: Vec<Option<Cell>> = cells.collect();
            let title = match section {
                Some(section) => catalog.section_title(section, Some(&texts.language), settings).to_owned(),
                None => texts.get("everything").to_owned(),
            };
            cells.iter().any(Option::is_some).then_some(Row { title, cells })
        };
        let grid = Grid { columns: columns.collect(), rows: sections.filter_map(row).collect() };
        (grid.columns.len() > 1 && !grid.rows.is_empty()).then_some(grid)
    }
}

/// The feed of a section in an edition, or of the edition; each says so in its own language.
fn cell(page: &Page<'_>, edition: &Language, section: Option<&Arc<str>>) -> Option<Cell> {
    let catalog = page.material.catalog;
    let settings = page.material.settings;
    let key = FeedKey { edition: Some(edition.clone()), section: section.cloned(), ..FeedKey::default() };
    let path = page_path(Some(edition), settings);
    let (planned, published) = page.by_key.get(&key)?;
    let texts = Texts::of(Some(edition), settings);
    let name = match section {
        Some(section) => catalog.section_title(section, Some(edition), settings),
        None => texts.get("everything"),
    };
    let its_page = relative(&page.address(), &served_at(&path, settings));
    Some(Cell {
        name: name.to_owned(),
        href: format!("{}#{}", its_page, encode_segment(&anchor(&planned.key))),
        lang: edition.to_string(),
        dir: edition.direction().as_str(),
        plot: Plot::of(&planned.key, page.months, &texts),
        formats: formats(page, published),
    })
}
