//! Texts of settings that may differ between editions.

use crate::language::Language;

/// A text that is the same everywhere, or one for each edition.
#[derive(Clone, Debug, PartialEq)]
pub enum LocalText {
    /// The same in every edition.
    Same(String),
    /// One for each edition; not empty.
    PerEdition(Vec<(Language, String)>),
}

impl LocalText {
    /// The text for a language: its own, else that of the same language elsewhere, else the first.
    #[must_use]
    pub fn get(&self, language: Option<&Language>) -> &str {
        let texts = match self {
            LocalText::Same(text) => return text,
            LocalText::PerEdition(texts) => texts,
        };
        let own = language.and_then(|language| LocalText::own(texts, language));
        own.or(texts.first()).map_or("", |(_, text)| text)
    }

    /// The text that can stand beside others in this language: its own, or the one for all.
    #[must_use]
    pub fn of_language(&self, language: Option<&Language>) -> Option<&str> {
        match self {
            LocalText::Same(text) => Some(text),
            LocalText::PerEdition(texts) => LocalText::own(texts, language?).map(|(_, text)| text.as_str()),
        }
    }

    /// Has the language a text of its own?
    #[must_use]
    pub fn is_for(&self, language: &Language) -> bool {
        match self {
            LocalText::Same(_) => false,
            LocalText::PerEdition(texts) => texts.iter().any(|(own, _)| own == language),
        }
    }

    fn own<'t>(texts: &'t [(Language, String)], language: &Language) -> Option<&'t (Language, String)> {
        let exact = texts.iter().find(|(own, _)| own == language);
        exact.or_else(|| texts.iter().find(|(own, _)| own.primary() == language.primary()))
    }

    /// Takes over the texts for editions that have none of their own here.
    pub(super) fn complete(&mut self, more: LocalText) {
        if let (LocalText::PerEdition(texts), LocalText::PerEdition(more)) = (self, more) {
            let is_new = |(language, _): &(Language, String)| texts.iter().all(|(own, _)| own != language);
            let more: Vec<_> = more.into_iter().filter(is_new).collect();
            texts.extend(more);
        }
    }

    /// All the texts.
    #[must_use]
    pub fn all(&self) -> Vec<&str> {
        match self {
            LocalText::Same(text) => vec![text],
            LocalText::PerEdition(texts) => texts.iter().map(|(_, text)| text.as_str()).collect(),
        }
    }
}
