//! The editions and sections that there are, and which of them may be a slip.

use super::Catalog;
use crate::diagnostic::{Code, Diagnostic, Location, Position, nearest};
use crate::language::Language;
use crate::name::section_name;
use crate::settings::Settings;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Catalog {
    /// Finds all editions and sections, and says which of them the settings may have meant otherwise.
    pub(super) fn name_parts(&mut self, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
        let mut editions: BTreeMap<&Language, (&str, usize)> = BTreeMap::new();
        let mut sections: BTreeMap<&Arc<str>, (&str, usize)> = BTreeMap::new();
        // Neighbours are mostly of one edition and one section.
        for group in self.by_path.chunk_by(|&a, &b| self.cards[a].is_filed_with(&self.cards[b])) {
            let card = &self.cards[group[0]];
            if let Some(edition) = card.edition.as_ref().filter(|edition| settings.edition(edition).is_none())
            {
                editions.entry(edition).or_insert((card.path(), 0)).1 += group.len();
            }
            if let Some(section) = card.section.as_ref().filter(|section| settings.section(section).is_none())
            {
                sections.entry(section).or_insert((card.path(), 0)).1 += group.len();
            }
        }
        if !settings.editions.is_empty() {
            for (edition, (first, count)) in &editions {
                let message = format!("the settings name no edition `{edition}`{}", and_others(*count));
                let fault =
                    Diagnostic::new(Code::UnknownEdition, Location::new(*first, Position::START), message);
                let add = format!("add `[editions.{edition}]`, or mend the article's `language` or folder");
                diagnostics.push(fault.help(match meant_edition(edition, settings) {
                    Some(meant) => format!("did you mean `{meant}`? else {add}"),
                    None => add,
                }));
            }
        }
        for (section, (first, count)) in &sections {
            let Some(near) = near_section(section, settings) else { continue };
            let message = format!("the settings name no section `{section}`{}", and_others(*count));
            let fault =
                Diagnostic::new(Code::UnknownSection, Location::new(*first, Position::START), message);
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
