//! Language tags (BCP 47): checked, normalised, with a direction and a name of their own.

mod credits;
mod for_members;
mod meant;
mod phrases;

pub use credits::Part;
pub use for_members::IN_ENGLISH as FOR_MEMBERS_IN_ENGLISH;

use oxilangtag::LanguageTag;
use phrases::{PHRASES, Phrases};
use std::fmt;
use std::sync::Arc;

/// A language tag in its usual spelling: `en`, `pt-BR`, `zh-Hant-TW`. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Arc<str>);

/// The way a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As in English.
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

impl Language {
    /// Reads a tag; `pt_BR`, `EN` and `ru_RU.UTF-8` are understood. `None` where it is no tag.
    #[must_use]
    pub fn parse(text: &str) -> Option<Language> {
        let tag = text.trim().split('.').next().unwrap_or_default().replace('_', "-");
        let tag = LanguageTag::parse_and_normalize(&tag).ok()?;
        // The syntax also admits words of five to eight letters; no such language exists
        // (BCP 47, 2.2.1), but `english` is a common slip.
        (tag.primary_language().len() <= 3).then(|| Language(tag.into_inner().into()))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `pt` of `pt-BR`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The script that the tag names: `Latn` of `sr-Latn`.
    #[must_use]
    pub fn script(&self) -> Option<String> {
        LanguageTag::parse(&*self.0).ok()?.script().map(str::to_owned)
    }

    /// The way the language is written.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let tag = LanguageTag::parse(&*self.0).ok();
        let script = tag.as_ref().and_then(LanguageTag::script);
        let right_to_left = match script {
            Some(script) => {
                matches!(script, "Arab" | "Hebr" | "Thaa" | "Syrc" | "Nkoo" | "Adlm" | "Rohg" | "Mand")
            }
            None => matches!(
                self.primary(),
                "ar" | "he"
                    | "fa"
                    | "ur"
                    | "yi"
                    | "ps"
                    | "sd"
                    | "ug"
                    | "dv"
                    | "ckb"
                    | "azb"
                    | "pnb"
                    | "prs"
                    | "iw"
                    | "arc"
                    | "syr"
                    | "nqo"
            ),
        };
        if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// Does a directory or a suffix of this name mean an edition, where no settings say so? Only a
    /// language of two letters can, alone or with one of the usual regions and scripts: `en`, `pt-br`,
    /// but not `new`, `v2` or `to-do`.
    #[must_use]
    pub fn of_directory(name: &str) -> Option<Language> {
        let name = name.to_ascii_lowercase().replace('_', "-");
        let is_listed = |list: &str| list.split(' ').any(|known| known == name);
        if is_listed(TWO_LETTERS) || is_listed(COMPOUNDS) { Language::parse(&name) } else { None }
    }

    /// The language that a switch between languages means: by its tag or by its own name, of those
    /// that are known here.
    #[must_use]
    pub fn called(name: &str) -> Option<Language> {
        let folded = name.to_lowercase();
        let row = PHRASES.iter().find(|row| row.tag == folded || row.name.to_lowercase() == folded)?;
        Language::parse(row.tag)
    }

    /// What the language calls itself; the tag where this is not known here.
    #[must_use]
    pub fn own_name(&self) -> &str {
        self.phrases().map_or(&self.0, |phrases| phrases.name)
    }

    /// "In English", said in the language; its own name where this is not known here.
    #[must_use]
    pub fn in_language(&self) -> &str {
        self.phrases().map_or_else(|| self.own_name(), |phrases| phrases.in_language)
    }

    /// "Correction", said in the language, English where this is not known here.
    #[must_use]
    pub fn correction(&self) -> &str {
        self.phrases().map_or("Correction", |phrases| phrases.correction)
    }

    /// What stands for [`Language::first_published`] where the language is not known here.
    pub const FIRST_PUBLISHED: &str = "First published by";
    /// What stands for [`Language::see_also`] where the language is not known here.
    pub const SEE_ALSO: &str = "See also:";

    /// What stands before the name of the paper that had an article first, in the language. Where names
    /// bend after a preposition, it ends in a colon.
    #[must_use]
    pub fn first_published(&self) -> &str {
        self.phrases().map_or(Language::FIRST_PUBLISHED, |phrases| phrases.first_published)
    }

    /// What stands before a list of other articles, in the language.
    #[must_use]
    pub fn see_also(&self) -> &str {
        self.phrases().map_or(Language::SEE_ALSO, |phrases| phrases.see_also)
    }

    fn phrases(&self) -> Option<&'static Phrases> {
        PHRASES.iter().find(|phrases| phrases.tag == self.primary())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Direction {
    /// The value of HTML's `dir`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// ISO 639-1.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The compounds that sites name their editions by.
const COMPOUNDS: &str = "ar-ae ar-eg ar-sa cs-cz da-dk de-at de-ch de-de el-gr en-au en-ca en-gb en-ie en-in en-nz en-us en-za es-419 es-ar es-cl es-co es-es es-mx et-ee fa-ir fi-fi fr-be fr-ca fr-ch fr-fr he-il hi-in hu-hu id-id it-ch it-it ja-jp ko-kr lt-lt lv-lv nb-no nl-be nl-nl nn-no pl-pl pt-br pt-pt ro-ro ru-ru sk-sk sl-si sr-cyrl sr-latn sv-fi sv-se th-th tr-tr uk-ua uz-cyrl uz-latn vi-vn zh-cn zh-hans zh-hant zh-hk zh-sg zh-tw";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_normalised() {
        let tag = |text: &str| Language::parse(text).map(|language| language.to_string());
        assert_eq!(tag("en_us").as_deref(), Some("en-US"));
        assert_eq!(tag(" ru_RU.UTF-8 ").as_deref(), Some("ru-RU"));
        assert_eq!(tag("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(tag("english"), None);
        assert_eq!(tag(""), None);
        assert_eq!(tag("e n"), None);
    }

    #[test]
    fn directions() {
        let direction = |tag: &str| Language::parse(tag).unwrap().direction();
        assert_eq!(direction("ar-EG"), Direction::RightToLeft);
        assert_eq!(direction("az-Arab"), Direction::RightToLeft);
        assert_eq!(direction("ar-u-nu-latn"), Direction::RightToLeft);
        assert_eq!(direction("en"), Direction::LeftToRight);
    }

    #[test]
    fn only_real_languages_are_directories() {
        assert_eq!(Language::of_directory("pt-br").as_ref().map(Language::as_str), Some("pt-BR"));
        assert_eq!(Language::of_directory("new"), None);
        assert_eq!(Language::of_directory("xx"), None);
        assert_eq!(Language::of_directory("to-do"), None);
    }
}
