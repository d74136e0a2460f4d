//! Which edition or section of the settings is meant.

use super::{EditionSettings, LocalText, SectionSettings, Settings};
use crate::language::Language;
use crate::name::as_section_name;

impl Settings {
    /// The edition that an article belongs to when nothing says another.
    #[must_use]
    pub fn default_edition(&self) -> Option<&Language> {
        self.editions.first().map(|edition| &edition.language)
    }

    /// The edition that a language belongs to, or did before: `ru-RU` is the Russian edition where there is just one.
    #[must_use]
    pub fn declared_edition(&self, language: Language) -> Language {
        if let Some(edition) = self.edition_named(&language) {
            return edition.language.clone();
        }
        let mut near =
            self.editions.iter().filter(|edition| edition.language.primary() == language.primary());
        match (near.next(), near.next()) {
            (Some(only), None) => only.language.clone(),
            _ => language,
        }
    }

    /// What the settings say of an edition.
    #[must_use]
    pub fn edition(&self, language: &Language) -> Option<&EditionSettings> {
        self.editions.iter().find(|edition| edition.language == *language)
    }

    /// What stands for an edition in permalinks.
    #[must_use]
    pub fn edition_prefix<'a>(&'a self, language: &'a Language) -> &'a str {
        let own = self.edition(language).and_then(|edition| edition.prefix.as_deref());
        own.unwrap_or_else(|| language.as_str())
    }

    /// The section that a text means: by its name, by a former one or by one of its titles.
    #[must_use]
    pub fn section_called(&self, text: &str) -> Option<&SectionSettings> {
        let name = as_section_name(text);
        let has_title = |section: &SectionSettings| {
            let titles = section.title.iter().flat_map(LocalText::all);
            titles.into_iter().any(|title| as_section_name(title) == name)
        };
        self.section_named(&name).or_else(|| self.sections.iter().find(|section| has_title(section)))
    }

    /// What the settings say of a section.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<&SectionSettings> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The name of an edition that readers see.
    #[must_use]
    pub fn edition_name(&self, language: &Language) -> String {
        match self.edition(language).and_then(|edition| edition.name.clone()) {
            Some(name) => name,
            None if language.as_str() == language.primary() => language.own_name().to_owned(),
            // There may be several of one language.
            None => format!("{} ({language})", language.own_name()),
        }
    }
}
