//! Who wrote an article, by name or by an id of the author registry.

use super::Reading;
use crate::article::fields::{Field, Found};
use crate::diagnostic::{Code, Position};
use crate::language::Language;
use crate::person::{Author, Person};
use crate::syntax::Value;
use crate::text;

impl Reading<'_> {
    pub(super) fn authors(&mut self, edition: Option<&Language>) -> Vec<Author> {
        let named = match self.fields.get(Field::Authors) {
            Some(found) => self.persons(&found, edition),
            None => Vec::new(),
        };
        if named.is_empty() { self.settings.site_authors(edition) } else { named }
    }

    fn persons(&mut self, found: &Found<'_>, edition: Option<&Language>) -> Vec<Author> {
        self.tell_illegal(found.node);
        let registry = &self.settings.authors;
        let written = match &found.node.value {
            // A name may have a comma in it.
            Value::Text(text) if registry.called(text).is_some() => {
                vec![(Person::called(text::line(text)), found.node.at)]
            }
            _ => Person::read_with_places(found.node, &self.settings.site.url),
        };
        for (person, at) in &written {
            if let Some(id) = registry.meant(&person.name) {
                self.tell_unknown(&person.name, id, *at);
            }
        }
        let authors = written.into_iter().map(|(person, _)| self.settings.author(person, edition)).collect();
        self.first_of_each(authors, found)
    }

    fn tell_unknown(&mut self, name: &str, id: &str, at: Position) {
        let message = format!("the author registry has no `{name}`, so readers see this as a name");
        self.report(Code::UnknownAuthor, at, message).help = Some(format!("did you mean `{id}`?"));
    }
}
