//! The editions and sections that there are, and which of them may be a slip.

use super::{Card, Catalog};
use crate::diagnostic::{Code, Diagnostic, Location, Position, nearest};
use crate::language::Language;
use crate::name::section_name;
use crate::settings::Settings;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Catalog {
    /// Finds all editions and sections, and says which of them the settings may have meant otherwise.
    pub(super) fn name_parts(&mut self, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
        let mut editions: BTreeMap<&Language, Found<'_>> = BTreeMap::new();
        let mut sections: BTreeMap<&Arc<str>, Found<'_>> = BTreeMap::new();
        for found in found(&self.cards, self.filings.len()) {
            let card = found.first;
            if let Some(edition) = card.edition().filter(|edition| settings.edition(edition).is_none()) {
                editions.entry(edition).and_modify(|known| known.add(found)).or_insert(found);
            }
            if let Some(section) = card.section().filter(|section| settings.section(section).is_none()) {
                sections.entry(section).and_modify(|known| known.add(found)).or_insert(found);
            }
        }
        if !settings.editions.is_empty() {
            for (edition, Found { first, count }) in &editions {
                let message = format!("the settings name no edition `{edition}`{}", and_others(*count));
                let fault = Diagnostic::new(
                    Code::UnknownEdition,
                    Location::new(first.path(), Position::START),
                    message,
                );
                let add = format!("add `[editions.{edition}]`, or mend the article's `language` or folder");
                diagnostics.push(fault.help(match meant_edition(edition, settings) {
                    Some(meant) => format!("did you mean `{meant}`? else {add}"),
                    None => add,
                }));
            }
        }
        for (section, Found { first, count }) in &sections {
            let Some(near) = near_section(section, settings) else { continue };
            let message = format!("the settings name no section `{section}`{}", and_others(*count));
            let fault =
                Diagnostic::new(Code::UnknownSection, Location::new(first.path(), Position::START), message);
            diagnostics.push(fault.help(format!("did you mean `{near}`?")));
        }
        let declared = settings.editions.iter().map(|edition| edition.language.clone());
        let found = editions.into_keys().cloned();
        let all_editions = declared.chain(found).collect();
        let declared = settings.sections.iter().map(|section| Arc::from(section.name.as_str()));
        let found = sections.into_keys().cloned();
        let all_sections = declared.chain(found).collect();
        (self.editions, self.sections) = (all_editions, all_sections);
    }
}

/// Articles of one edition or section.
#[derive(Clone, Copy)]
struct Found<'c> {
    /// The first in the order of the paths.
    first: &'c Card,
    count: usize,
}

impl<'c> Found<'c> {
    fn add(&mut self, other: Found<'c>) {
        if other.first.rank < self.first.rank {
            self.first = other.first;
        }
        self.count += other.count;
    }
}

/// The articles of each of so many filings, where there are any.
fn found(cards: &[Card], filings: usize) -> impl Iterator<Item = Found<'_>> {
    let mut found: Vec<Option<Found<'_>>> = vec![None; filings];
    for card in cards {
        let one = Found { first: card, count: 1 };
        match &mut found[card.filing()] {
            Some(known) => known.add(one),
            none => *none = Some(one),
        }
    }
    found.into_iter().flatten()
}

/// The edition that was meant by a tag of a language that is not one of the usual ones, as `eng`.
fn meant_edition(edition: &Language, settings: &Settings) -> Option<Language> {
    let is_usual = Language::of_directory(edition.primary()).is_some();
    let editions = settings.editions.iter().map(|edition| &edition.language);
    if is_usual { None } else { Language::meant(edition.as_str(), editions) }
}

/// The section whose name or title is nearly this.
fn near_section<'s>(found: &str, settings: &'s Settings) -> Option<&'s str> {
    let titles = settings.sections.iter().flat_map(|section| {
        let titles = section.title.iter().flat_map(|title| title.all());
        titles.map(|title| (section_name(title), section.name.as_str()))
    });
    let names = settings.sections.iter().map(|section| (section.name.clone(), section.name.as_str()));
    let known: Vec<(String, &str)> = names.chain(titles).collect();
    let near = nearest(found, known.iter().map(|(spelt, _)| spelt.as_str()))?;
    known.iter().find(|(spelt, _)| spelt == near).map(|(_, name)| *name)
}

fn and_others(count: usize) -> String {
    if count > 1 { format!(", which {count} articles have") } else { String::new() }
}
