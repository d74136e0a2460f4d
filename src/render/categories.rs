//! What an article is filed under, as its readers call it.

use super::Renderer;
use crate::article::Article;
use crate::feed::Category;
use crate::name::path_part;
use std::collections::BTreeSet;

impl Renderer<'_> {
    /// Section first, then tags, each once, by their names in the article's language. What tells them
    /// apart is made of the name that all editions share, so that it stays when a title changes.
    pub(super) fn categories(&self, article: &Article) -> Vec<Category> {
        let language = article.edition.as_ref();
        let mut categories: Vec<Category> = Vec::new();
        let (mut names, mut schemes) = (BTreeSet::new(), BTreeSet::new());
        let mut add = |name: &str, scheme: String| {
            let name = without_commas(name);
            let Some(scheme) = self.settings.site.url.join(&scheme) else { return };
            let is_new = !names.contains(&name) && !schemes.contains(&scheme);
            if !name.is_empty() && is_new {
                names.insert(name.clone());
                schemes.insert(scheme.clone());
                categories.push(Category { name, scheme });
            }
        };
        if let Some(section) = &article.section {
            let title = self.catalog.section_title(section, language, self.settings);
            add(title, format!("#section/{}", path_part(section)));
        }
        for spelling in &article.tags {
            let tag = self.settings.tags.called(spelling);
            let title = self.settings.tags.title(&tag).map_or(spelling.as_str(), |title| title.get(language));
            add(title, format!("#tag/{}", path_part(tag.name())));
        }
        categories
    }
}

/// FreshRSS splits a category at its commas.
fn without_commas(name: &str) -> String {
    let parts = name.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_commas() {
        assert_eq!(without_commas("Ports, docks,"), "Ports · docks");
        assert_eq!(without_commas(","), "");
        assert_eq!(without_commas("Sea ice"), "Sea ice");
    }
}
