//! The authors of a site, by their ids: what an article need not repeat.

use super::{LocalText, Settings};
use crate::address::Address;
use crate::diagnostic::nearest;
use crate::language::Language;
use crate::person::{Author, Person};
use crate::topic::Topic;
use std::collections::BTreeMap;

/// The authors that the settings or another generator's file name.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    pub(super) authors: BTreeMap<Topic, Registered>,
    /// Which author a name means; `None` where several have it.
    names: BTreeMap<Topic, Option<Topic>>,
}

/// An author of the registry.
#[derive(Clone, Debug)]
pub struct Registered {
    /// What readers see.
    pub name: LocalText,
    /// A page: a URL, or a path on the site.
    pub url: Option<LocalText>,
    /// A picture.
    pub avatar: Option<Address>,
    /// A mail address that everybody may see.
    pub email: Option<String>,
    /// Former names and ids.
    pub aliases: Vec<Topic>,
}

impl Registry {
    /// The author that a text means: by the id, by the name in any edition or by a former one, in any spelling.
    #[must_use]
    pub fn called(&self, text: &str) -> Option<(&Topic, &Registered)> {
        if self.authors.is_empty() {
            return None;
        }
        let spelling = Topic::of(text);
        let id = match self.authors.get_key_value(&spelling) {
            Some((id, _)) => id,
            None => self.names.get(&spelling)?.as_ref()?,
        };
        self.authors.get_key_value(id)
    }

    /// Is nobody registered?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.authors.is_empty()
    }

    /// What readers see of the author with this id.
    #[must_use]
    pub fn name(&self, id: &Topic) -> Option<&LocalText> {
        self.authors.get(id).map(|author| &author.name)
    }

    /// The id that was meant by a text which looks like one: a word in lower case.
    #[must_use]
    pub fn meant(&self, text: &str) -> Option<&str> {
        let is_word = |c: char| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_');
        let is_id = text.chars().count() > 2 && text.chars().all(is_word);
        let ids = self.authors.keys().map(Topic::name);
        if is_id && self.called(text).is_none() { nearest(text, ids) } else { None }
    }

    /// Finds the names anew, once all authors are known.
    pub(super) fn index(&mut self) {
        self.names.clear();
        for (id, author) in &self.authors {
            let names = author.name.all().into_iter().map(Topic::of);
            for name in names.chain(author.aliases.iter().cloned()) {
                let known = self.names.entry(name).or_insert_with(|| Some(id.clone()));
                if known.as_ref() != Some(id) {
                    *known = None;
                }
            }
        }
    }
}

impl Settings {
    /// Who is meant by a name or an id, as readers of a language see it. What is said beside the name
    /// comes before what the registry says.
    #[must_use]
    pub fn author(&self, written: Person, language: Option<&Language>) -> Author {
        let Some((id, known)) = self.authors.called(&written.name) else {
            return Author { person: written, id: None };
        };
        let page = || Address::of_page(self.site.url.join(known.url.as_ref()?.get(language))?.as_str());
        let person = Person {
            name: known.name.get(language).to_owned(),
            url: written.url.or_else(page),
            avatar: written.avatar.or_else(|| known.avatar.clone()),
            email: written.email.or_else(|| known.email.clone()),
        };
        Author { person, id: Some(id.clone()) }
    }

    /// Who stands under articles that name nobody.
    #[must_use]
    pub fn site_authors(&self, language: Option<&Language>) -> Vec<Author> {
        self.site.authors.iter().map(|author| self.author(author.clone(), language)).collect()
    }
}
