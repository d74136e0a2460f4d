//! Who wrote an article and who else had a part in it, by name or by an id of the author registry.

use super::Reading;
use crate::article::fields::{Field, Found};
use crate::diagnostic::{Code, Position};
use crate::language::Language;
use crate::person::{Author, Contributor, Person};
use crate::syntax::{Node, Value};
use crate::text;

/// The fields that say what the part was.
const ROLES: &[(Field, &str)] = &[
    (Field::Translator, "translator"),
    (Field::Editor, "editor"),
    (Field::Photographer, "photographer"),
    (Field::Illustrator, "illustrator"),
];

/// What Quarto means by `editor`: how the file is edited.
const PROGRAMS: &[&str] = &["visual", "source", "markdown"];

impl<'a> Reading<'a> {
    pub(super) fn authors(&mut self, edition: Option<&Language>) -> Vec<Author> {
        let Some(found) = self.fields.get(Field::Authors) else {
            return self.settings.site_authors(edition);
        };
        self.tell_illegal(found.node);
        // With a registry an id may be misspelt.
        if self.is_unasked(&found, |row| row.author) && self.settings.authors.is_empty() {
            return Vec::new();
        }
        let named = self.persons(found.node, edition).into_iter().map(|(author, _)| author).collect();
        let authors = self.first_of_each(named, &found);
        if authors.is_empty() { self.settings.site_authors(edition) } else { authors }
    }

    pub(super) fn contributors(&mut self, edition: Option<&Language>) -> Vec<Contributor> {
        let mut all = Vec::new();
        if let Some(found) = self.said(Field::Contributors) {
            self.tell_illegal(found.node);
            let named = self.with_roles(found.node, edition);
            all.extend(self.first_of_each(named, &found));
        }
        for (field, role) in ROLES {
            let is_person =
                |found: &Found<'_>| !found.text().is_some_and(|text| PROGRAMS.contains(&text.trim()));
            let Some(found) = self.said(*field).filter(is_person) else { continue };
            self.tell_illegal(found.node);
            let named = self.persons(found.node, edition).into_iter();
            let named = named.map(|(author, _)| in_role(author, Some((*role).to_owned()))).collect();
            let named: Vec<Contributor> = self.first_of_each(named, &found);
            all.extend(named.into_iter().filter(|who| !all.contains(who)).collect::<Vec<_>>());
        }
        all
    }

    /// A list of persons with a `role`, or a map by roles: `{ translator: Ann Lee }`.
    fn with_roles(&mut self, node: &'a Node<'a>, edition: Option<&Language>) -> Vec<Contributor> {
        let named = self.persons(node, edition);
        if let (Value::Map(map), true) = (&node.value, named.is_empty()) {
            let mut all = Vec::new();
            for (key, node) in &map.entries {
                let named = self.persons(node, edition).into_iter();
                all.extend(named.map(|(author, _)| in_role(author, role(&key.name))));
            }
            return all;
        }
        let own_role = |node: &Node| match &node.value {
            Value::Map(map) => match &map.get("role")?.value {
                Value::Text(text) => role(text),
                _ => None,
            },
            _ => None,
        };
        named.into_iter().map(|(author, node)| in_role(author, own_role(node))).collect()
    }

    /// The persons of a field, each with what names it.
    fn persons(&mut self, node: &'a Node<'a>, edition: Option<&Language>) -> Vec<(Author, &'a Node<'a>)> {
        let settings = self.settings;
        let written = match &node.value {
            // A name may have a comma in it.
            Value::Text(text) if settings.authors.called(text).is_some() => {
                vec![(Person::called(text::line(text)), node)]
            }
            _ => Person::read_with_nodes(node, &settings.site.url),
        };
        for (person, node) in &written {
            if let Some(id) = settings.authors.meant(&person.name) {
                self.tell_unknown(&person.name, id, node.at);
            }
        }
        written.into_iter().map(|(person, node)| (settings.author(person, edition), node)).collect()
    }

    fn tell_unknown(&mut self, name: &str, id: &str, at: Position) {
        let message = format!("the author registry has no `{name}`, so readers see this as a name");
        self.report(Code::UnknownAuthor, at, message).help = Some(format!("did you mean `{id}`?"));
    }
}

fn in_role(author: Author, role: Option<String>) -> Contributor {
    Contributor { person: author.person, role }
}

/// A role in the word of its field where it has one: `Translators` is `translator`.
fn role(text: &str) -> Option<String> {
    let text = text::line(text);
    let lower = text.to_lowercase();
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    let usual = ROLES.iter().find(|(_, role)| *role == one).map(|(_, role)| (*role).to_owned());
    usual.or_else(|| (!text.is_empty()).then_some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_roles_have_one_word() {
        assert_eq!(role("Translators").as_deref(), Some("translator"));
        assert_eq!(role("Fact-checking").as_deref(), Some("Fact-checking"));
        assert_eq!(role(" "), None);
    }
}
