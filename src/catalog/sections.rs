//! What readers call a section: in the settings, else on the page about its folder (`_index.md`).

use crate::article;
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::newsroom::Newsroom;
use crate::settings::Settings;
use std::collections::BTreeMap;

/// The titles that pages about folders give, by section and edition.
#[derive(Debug, Default)]
pub struct SectionTitles {
    titles: BTreeMap<String, Vec<(Option<Language>, String)>>,
}

impl SectionTitles {
    /// Reads the pages about folders, in the order of their paths.
    pub fn read(
        paths: &[String],
        newsroom: &dyn Newsroom,
        settings: &Settings,
    ) -> (SectionTitles, Vec<Diagnostic>) {
        let mut sections = SectionTitles::default();
        let mut diagnostics = Vec::new();
        for path in paths {
            match article::section_page(path, newsroom, settings) {
                Ok(None) => {}
                Ok(Some(page)) => {
                    let titles = sections.titles.entry(page.section).or_default();
                    if titles.iter().all(|(edition, _)| *edition != page.edition) {
                        titles.push((page.edition, page.title));
                    }
                }
                Err(found) => diagnostics.extend(found),
            }
        }
        (sections, diagnostics)
    }

    /// What readers of a language call a section.
    #[must_use]
    pub fn title<'a>(
        &'a self,
        name: &'a str,
        language: Option<&Language>,
        settings: &'a Settings,
    ) -> &'a str {
        let declared = settings.section(name).and_then(|section| section.title.as_ref());
        if let Some(title) = declared {
            return title.get(language);
        }
        let titles = self.titles.get(name).map_or(&[][..], Vec::as_slice);
        let own = titles.iter().find(|(edition, _)| edition.as_ref() == language);
        let primary =
            |language: &Option<Language>| language.as_ref().map(|language| language.primary().to_owned());
        let near = || titles.iter().find(|(edition, _)| primary(edition) == primary(&language.cloned()));
        own.or_else(near).or(titles.first()).map_or(name, |(_, title)| title)
    }
}
