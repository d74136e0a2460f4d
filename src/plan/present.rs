//! What a feed that was known by other names is called now.

use super::FeedKey;
use crate::language::Language;
use crate::name::path_part;
use crate::settings::Settings;
use crate::topic::Topic;

impl FeedKey {
    /// The same feed under the names that the settings have for its parts.
    #[must_use]
    pub fn present(&self, settings: &Settings) -> FeedKey {
        let author = |name: &Topic| {
            settings.authors.called(name.name()).map_or_else(|| name.clone(), |(id, _)| id.clone())
        };
        FeedKey {
            edition: self.edition.clone().map(|edition| settings.declared_edition(edition)),
            section: self.section.as_deref().map(|section| settings.present_section(section).into()),
            author: self.author.as_ref().map(author),
            tag: self.tag.as_ref().map(|tag| settings.tags.present(tag).unwrap_or(tag).clone()),
        }
    }
}

/// The name of a feed in front matter with the present names of its parts; all in the spelling that is compared.
pub fn present(name: &str, settings: &Settings) -> String {
    let mut kind = "";
    let part = |part| {
        let present = match kind {
            "authors" => settings.authors.called(part).map(|(id, _)| path_part(id.name())),
            "tags" => Some(path_part(settings.tags.called(part).name())),
            _ => section_before(part, settings).or_else(|| edition_before(part, settings)),
        };
        kind = part;
        present.map_or_else(|| part.to_owned(), |present| compared(&present))
    };
    name.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn section_before(part: &str, settings: &Settings) -> Option<String> {
    let is_former = |alias: &String| compared(&path_part(alias)) == part;
    let section = settings.sections.iter().find(|section| section.aliases.iter().any(is_former))?;
    Some(path_part(&section.name))
}

fn edition_before(part: &str, settings: &Settings) -> Option<String> {
    let is_former = |alias: &Language| compared(alias.as_str()) == part;
    let edition = settings.editions.iter().find(|edition| edition.aliases.iter().any(is_former))?;
    Some(edition.language.to_string())
}

fn compared(part: &str) -> String {
    Topic::of(part).name().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    #[test]
    fn former_names_of_feeds() {
        let settings = "[site]\nurl = 'https://e.example'\n[editions.pt-BR]\naliases = 'pt'\n\
            [sections.analysis]\naliases = 'long_reads'\n[authors.ann]\nname = 'Ann Lee'\n[tags.sea-ice]\naliases = 'ice'\n";
        let settings = read("feedmill.toml", settings, &Overrides::default()).unwrap();
        for (name, expected) in [
            ("pt/long-reads", "pt-br/analysis"),
            ("pt-br/news", "pt-br/news"),
            ("authors/ann-lee", "authors/ann"),
            ("long-reads/tags/ice", "analysis/tags/sea-ice"),
            ("all", "all"),
        ] {
            assert_eq!(present(name, &settings), expected, "{name}");
        }
        let former = FeedKey {
            edition: Language::parse("pt"),
            section: Some("long_reads".into()),
            author: Some(Topic::of("Ann Lee")),
            tag: Some(Topic::of("ice")),
        };
        assert_eq!(former.present(&settings).name(), "pt-BR/analysis/authors/ann/tags/sea-ice");
    }
}
