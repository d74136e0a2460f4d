//! What editions, sections, tags and authors were called before: their feeds take over those of the former names.

use super::table::{Faults, Table};
use super::{EditionSettings, SectionSettings, Settings};
use crate::diagnostic::Position;
use crate::language::Language;

/// A former name in the spelling that is compared, and where it stands.
pub type Alias = (String, Position);

/// The former names that a table tells. `spelled` gives the name that is compared; none for what is no name.
pub fn aliases(
    table: &Table<'_>,
    spelled: impl Fn(&str) -> Option<String>,
    faults: &mut Faults<'_>,
) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for (text, at) in table.texts("aliases", faults).unwrap_or_default() {
        match spelled(text).filter(|name| !name.is_empty()) {
            Some(name) => aliases.push((name, at)),
            None => {
                faults.bad(at, format!("`{}` has something that is no name: `{text}`", table.key("aliases")));
            }
        }
    }
    aliases
}

/// Says which former names are names that somebody has, or that two had: whose feeds would that be? `all` are the
/// present names, each with its former ones.
pub fn tell_apart(kind: &str, all: &[(String, Vec<Alias>)], faults: &mut Faults<'_>) {
    for (number, (own, aliases)) in all.iter().enumerate() {
        for (alias, at) in aliases {
            let claimed = |(_, others): &(String, Vec<Alias>)| others.iter().any(|(other, _)| other == alias);
            if all.iter().any(|(name, _)| name == alias) {
                faults
                    .bad(
                        *at,
                        format!("the {kind} `{alias}` is still there, so `{own}` cannot be its new name"),
                    )
                    .help = Some(format!("delete the alias, or the table of `{alias}`"));
            } else if let Some((other, _)) = all[..number].iter().find(|other| claimed(other)) {
                faults
                    .bad(*at, format!("`{other}` and `{own}` cannot both have been `{alias}` before"))
                    .help = Some(format!("leave the alias to the {kind} that goes on with its feeds"));
            }
        }
    }
}

impl Settings {
    /// The edition that has this language, or had it before.
    #[must_use]
    pub fn edition_named(&self, language: &Language) -> Option<&EditionSettings> {
        let was = |edition: &&EditionSettings| edition.aliases.contains(language);
        self.edition(language).or_else(|| self.editions.iter().find(was))
    }

    /// The section that has this name, or had it before.
    #[must_use]
    pub fn section_named(&self, name: &str) -> Option<&SectionSettings> {
        let was = |section: &&SectionSettings| section.aliases.iter().any(|alias| alias == name);
        self.section(name).or_else(|| self.sections.iter().find(was))
    }

    /// What a section of this name is called now.
    #[must_use]
    pub fn present_section(&self, name: &str) -> String {
        self.section_named(name).map_or(name, |section| &section.name).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    fn settings(text: &str) -> Result<Settings, Vec<String>> {
        let text = format!("[site]\nurl = 'https://e.example'\n{text}");
        let told = |faults: Vec<crate::diagnostic::Diagnostic>| {
            faults
                .iter()
                .map(|fault| format!("{}: {}", fault.location.position.line, fault.message))
                .collect()
        };
        read("feedmill.toml", &text, &Overrides::default()).map_err(told)
    }

    #[test]
    fn former_names_mean_what_is_there_now() {
        let settings = settings(
            "[editions.pt-BR]\naliases = 'pt'\n[editions.pt-PT]\n[sections.analysis]\naliases = ['Reports', 'Long Reads']\n\
             [tags.sea-ice]\naliases = ['Ice']\n[authors.ann]\nname = 'Ann Lee'\naliases = ['Ann Li']\n\
             [[feeds.where]]\nedition = 'pt'\nsection = 'reports'\nlimit = 9",
        )
        .unwrap();
        let language = |tag| Language::parse(tag).unwrap();
        assert_eq!(settings.declared_edition(language("pt")), language("pt-BR"));
        assert_eq!(settings.section_called("long reads").unwrap().name, "analysis");
        assert_eq!(settings.tags.called("ICE").name(), "sea-ice");
        assert_eq!(settings.authors.called("ann li").unwrap().0.name(), "ann");
        let exception = &settings.feeds.exceptions[0];
        assert_eq!(exception.edition, Some(language("pt-BR")));
        assert_eq!(exception.section.as_deref(), Some("analysis"));
    }

    #[test]
    fn nobody_takes_over_what_is_still_there_or_what_another_takes_over() {
        let told = settings(
            "[editions.pt]\n[editions.pt-BR]\naliases = ['pt']\n[sections.news]\naliases = ['news']\n\
             [sections.a]\naliases = ['old', ' ']\n[sections.b]\naliases = ['Old', 'pt']\n\
             [authors.ann]\nname = 'Ann'\n[authors.bo]\nname = 'Bo'\naliases = ['ann']\n[tags.ice]\n[tags.sea-ice]\naliases = ['ice']",
        )
        .unwrap_err();
        assert_eq!(
            told,
            [
                "5: the edition `pt` is still there, so `pt-BR` cannot be its new name",
                "7: the section `news` is still there, so `news` cannot be its new name",
                "9: `sections.a.aliases` has something that is no name: ` `",
                "11: `a` and `b` cannot both have been `old` before",
                "11: the edition `pt` is still there, so `b` cannot be its new name",
                "16: the author `ann` is still there, so `bo` cannot be its new name",
                "18: the tags `ice` and `sea-ice` share a name, a title or an alias",
            ]
        );
    }
}
