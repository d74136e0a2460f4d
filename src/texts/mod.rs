//! What pages, and feeds that are opened in a browser, say to people: a file of texts for each language.

use crate::language::Language;
use crate::settings::Settings;
use crate::syntax::{Value, parse_toml};
use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The language of those for whose language there is no file.
const FALLBACK: &str = "en";

const FILES: &[(&str, &str)] = &[
    ("ar", include_str!("ar.toml")),
    ("de", include_str!("de.toml")),
    ("en", include_str!("en.toml")),
    ("es", include_str!("es.toml")),
    ("fr", include_str!("fr.toml")),
    ("ru", include_str!("ru.toml")),
];

static OWN: LazyLock<BTreeMap<&str, BTreeMap<String, String>>> =
    LazyLock::new(|| FILES.iter().map(|(tag, file)| (*tag, read(file))).collect());

/// The texts of one language, by their names.
#[derive(Clone, Debug)]
pub struct Texts {
    /// What they are written in.
    pub language: Language,
    texts: BTreeMap<&'static str, String>,
}

impl Texts {
    /// The texts for readers of a language: the settings' own, feedmill's, and for what both lack the English ones.
    #[must_use]
    pub fn of(language: Option<&Language>, settings: &Settings) -> Texts {
        let own = |tag: &str| OWN.get(tag);
        let given = language.and_then(|language| settings.pages.texts_in(language));
        let known = language.filter(|language| given.is_some() || own(language.primary()).is_some());
        let fallback = own(FALLBACK).expect("there are English texts");
        let in_language = known.and_then(|language| own(language.primary())).unwrap_or(fallback);
        let mut texts: BTreeMap<&str, String> =
            fallback.iter().map(|(key, text)| (key.as_str(), text.clone())).collect();
        texts.extend(in_language.iter().map(|(key, text)| (key.as_str(), text.clone())));
        for (key, text) in given.into_iter().flatten() {
            texts.get_mut(key.as_str()).into_iter().for_each(|own| own.clone_from(text));
        }
        let english = || Language::parse(FALLBACK).expect("`en` is a language tag");
        Texts { language: known.cloned().unwrap_or_else(english), texts }
    }

    /// The names of all texts.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OWN.get(FALLBACK).into_iter().flat_map(|texts| texts.keys().map(String::as_str))
    }

    /// A text as it stands in the file.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// All of them, for a template.
    #[must_use]
    pub fn all(&self) -> &BTreeMap<&'static str, String> {
        &self.texts
    }

    /// A text in which these values are put in place of their names.
    #[must_use]
    pub fn with(&self, name: &str, values: &[(&str, &str)]) -> String {
        let text = self.get(name).to_owned();
        values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// A day as people write it.
    #[must_use]
    pub fn date(&self, time: DateTime<Utc>, timezone: Tz) -> String {
        let day = time.with_timezone(&timezone);
        let month = self.month("months", day.month0());
        self.with(
            "date",
            &[("day", &day.day().to_string()), ("month", month), ("year", &day.year().to_string())],
        )
    }

    /// A month of a year as people name it.
    #[must_use]
    pub fn month_of(&self, year: i32, month0: u32) -> String {
        format!("{} {year}", self.month("months_alone", month0))
    }

    fn month(&self, list: &str, month0: u32) -> &str {
        self.get(list).split_whitespace().nth(month0 as usize).unwrap_or_default()
    }
}

fn read(file: &str) -> BTreeMap<String, String> {
    let map = parse_toml(file).expect("the files of texts are TOML");
    let texts = map.entries.into_iter().filter_map(|(key, node)| match node.value {
        Value::Text(text) => Some((key.name.into_owned(), text.into_owned())),
        _ => None,
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};
    use std::collections::BTreeSet;

    fn settings(pages: &str) -> Settings {
        let text = format!("[site]\nurl = 'https://e.example'\n{pages}");
        read("feedmill.toml", &text, &Overrides::default()).unwrap()
    }

    fn texts(tag: &str, settings: &Settings) -> Texts {
        Texts::of(Language::parse(tag).as_ref(), settings)
    }

    #[test]
    fn every_language_has_all_texts_with_the_same_values_in_them() {
        let values = |text: &str| -> BTreeSet<String> {
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
        };
        let english = &OWN["en"];
        for (tag, texts) in OWN.iter() {
            assert_eq!(texts.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{tag}");
            for (key, text) in texts {
                assert_eq!(values(text), values(&english[key]), "{tag}: {key}");
                assert!(!text.trim().is_empty(), "{tag}: {key}");
            }
            for list in ["months", "months_alone"] {
                assert_eq!(texts[list].split_whitespace().count(), 12, "{tag}: {list}");
            }
        }
    }

    #[test]
    fn a_language_without_texts_reads_english() {
        let settings = settings("");
        assert_eq!(texts("pt-BR", &settings).language.as_str(), "en");
        assert_eq!(texts("pt-BR", &settings).get("everything"), "Everything");
        let swiss = texts("de-CH", &settings);
        assert_eq!((swiss.language.as_str(), swiss.get("everything")), ("de-CH", "Alles"));
    }

    #[test]
    fn settings_give_texts_of_their_own() {
        let settings =
            settings("[pages.texts.lv]\neverything = 'Viss'\n[pages.texts.ru]\neverything = 'Всё'\n");
        let latvian = texts("lv", &settings);
        assert_eq!(latvian.language.as_str(), "lv");
        assert_eq!((latvian.get("everything"), latvian.get("copy")), ("Viss", "Copy"));
        let russian = texts("ru", &settings);
        assert_eq!((russian.get("everything"), russian.get("copy")), ("Всё", "Скопировать"));
    }

    #[test]
    fn days_as_people_write_them() {
        let settings = settings("");
        let time = DateTime::parse_from_rfc3339("2026-11-21T23:30:00Z").unwrap().to_utc();
        let day = |tag| texts(tag, &settings).date(time, chrono_tz::Europe::Riga);
        assert_eq!(day("en"), "22 November 2026");
        assert_eq!(day("ru"), "22 ноября 2026");
        assert_eq!(day("de"), "22. November 2026");
        assert_eq!(day("es"), "22 de noviembre de 2026");
        assert_eq!(texts("ru", &settings).month_of(2026, 10), "ноябрь 2026");
    }
}
