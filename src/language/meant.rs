//! Which language was meant where no tag stands: a name in place of a tag, or a slip of the pen.

use super::Language;
use super::phrases::PHRASES;
use crate::diagnostic::nearest;

/// What people who write English call languages.
const ENGLISH_NAMES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("armenian", "hy"),
    ("azerbaijani", "az"),
    ("belarusian", "be"),
    ("bengali", "bn"),
    ("bulgarian", "bg"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("estonian", "et"),
    ("farsi", "fa"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("georgian", "ka"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("icelandic", "is"),
    ("indonesian", "id"),
    ("irish", "ga"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("kazakh", "kk"),
    ("korean", "ko"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("mandarin", "zh"),
    ("norwegian", "nb"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("slovak", "sk"),
    ("slovenian", "sl"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("vietnamese", "vi"),
    ("welsh", "cy"),
];

impl Language {
    /// The language that was probably meant by a text that is no tag, or by a tag of no edition: one that
    /// has this name, in English or in itself, or a `known` one whose tag is nearly this.
    #[must_use]
    pub fn meant<'l>(text: &str, known: impl Iterator<Item = &'l Language> + Clone) -> Option<Language> {
        let lower = text.trim().to_lowercase();
        // `English (US)`, `english_us`
        let name = lower.split(['(', '_', '-', ',']).next().unwrap_or_default().trim();
        if let Some(tag) = tag_of(name) {
            let edition = known.clone().find(|known| known.primary() == tag);
            return edition.cloned().or_else(|| Language::parse(tag));
        }
        let near = nearest(&lower, known.map(Language::as_str))?;
        Language::parse(near)
    }

    /// What to do about a text that is no tag.
    #[must_use]
    pub fn advice<'l>(text: &str, known: impl Iterator<Item = &'l Language> + Clone) -> String {
        match Language::meant(text, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write a BCP 47 tag such as `en`, `pt-BR` or `zh-Hant`".to_owned(),
        }
    }
}

/// The tag of the language that has this name, or nearly this.
fn tag_of(name: &str) -> Option<&'static str> {
    if let Some(own) = PHRASES.iter().find(|phrases| phrases.name.to_lowercase() == name) {
        return Some(own.tag);
    }
    // Shorter texts are slips in tags rather than in names.
    let near =
        if name.chars().count() < 4 { None } else { nearest(name, ENGLISH_NAMES.iter().map(|(n, _)| *n)) };
    ENGLISH_NAMES.iter().find(|(known, _)| near == Some(known)).map(|(_, tag)| *tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_slips() {
        let known = ["en-GB", "ru", "zh-Hant"].map(|tag| Language::parse(tag).unwrap());
        let meant = |text: &str| Language::meant(text, known.iter()).map(|language| language.to_string());
        assert_eq!(meant("english").as_deref(), Some("en-GB"), "an edition of the settings goes first");
        assert_eq!(meant(" English (US)").as_deref(), Some("en-GB"));
        assert_eq!(meant("Rusian").as_deref(), Some("ru"));
        assert_eq!(meant("русский").as_deref(), Some("ru"));
        assert_eq!(meant("Deutsch").as_deref(), Some("de"));
        assert_eq!(meant("rus").as_deref(), Some("ru"));
        assert_eq!(meant("zh-Hnat").as_deref(), Some("zh-Hant"));
        assert_eq!(meant("klingon"), None);
        assert_eq!(meant(""), None);
    }
}
