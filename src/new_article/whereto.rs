//! The edition and the section that a new article is for.

use super::{Refused, Wish, listed};
use crate::catalog::Catalog;
use crate::diagnostic::nearest;
use crate::language::Language;
use crate::name::section_name;
use crate::settings::Settings;

/// `None` on a site that knows no languages.
pub fn edition(wish: &Wish<'_>, catalog: &Catalog, settings: &Settings) -> Result<Option<Language>, Refused> {
    let known = &catalog.editions;
    let Some(tag) = wish.edition else {
        return match (settings.default_edition(), &known[..]) {
            (Some(first), _) => Ok(Some(first.clone())),
            (None, []) => Ok(None),
            (None, [only]) => Ok(Some(only.clone())),
            (None, _) => Err(Refused::new(
                "the article needs an edition",
                format!("name one with `--edition`: {}", listed(known)),
            )),
        };
    };
    let Some(language) = Language::parse(tag) else {
        let help = Language::advice(tag, known.iter());
        return Err(Refused::new(format!("`{tag}` is no language tag"), help));
    };
    let edition = settings.declared_edition(language);
    if known.contains(&edition) || wish.may_begin {
        return Ok(Some(edition));
    }
    let help = match &known[..] {
        [] => format!("no article has a language yet; `--create` begins the edition `{edition}`"),
        _ => format!("the editions are {}; `--create` begins a new one", listed(known)),
    };
    Err(Refused::new(format!("there is no edition `{edition}`"), help))
}

/// `None` on a site without sections, or with articles in none.
pub fn section(wish: &Wish<'_>, catalog: &Catalog, settings: &Settings) -> Result<Option<String>, Refused> {
    let known = &catalog.sections;
    let Some(text) = wish.section else {
        let may_have_none = || catalog.cards.iter().any(|card| card.section().is_none());
        return match &known[..] {
            [] => Ok(None),
            [only] => Ok(Some(only.to_string())),
            _ if may_have_none() => Ok(None),
            _ => {
                let help = format!("name one with `--section`: {}", listed(known));
                Err(Refused::new("the article needs a section", help))
            }
        };
    };
    let called = settings.section_called(text).map(|section| section.name.clone());
    let section = called.unwrap_or_else(|| section_name(text));
    if section.is_empty() {
        return Err(Refused::new(format!("`{text}` is no name for a section"), "give it letters or digits"));
    }
    if wish.may_begin || known.iter().any(|name| **name == *section) {
        return Ok(Some(section));
    }
    let help = match nearest(&section, known.iter().map(|name| &**name)) {
        Some(near) => format!("did you mean `{near}`? `--create` begins a new section"),
        None if known.is_empty() => format!("`--create` begins the section `{section}`"),
        None => format!("the sections are {}; `--create` begins a new one", listed(known)),
    };
    Err(Refused::new(format!("there is no section `{section}`"), help))
}
