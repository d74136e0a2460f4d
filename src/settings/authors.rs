//! From `[authors.*]`, or another generator's file, to the author registry.

use super::aliases::{Alias, aliases, tell_apart};
use super::registry::{Registered, Registry};
use super::table::{Faults, Table};
use super::{LocalText, Settings};
use crate::address::Address;
use crate::diagnostic::{Diagnostic, Position};
use crate::language::Language;
use crate::person::Person;
use crate::syntax::{Map, Node, SyntaxFault, Value, parse_json, parse_toml, parse_yaml};
use crate::text;
use crate::topic::Topic;

const KEYS: &[&str] = &["name", "url", "avatar", "email", "publish_email", "aliases"];

/// Reads the tables; without a site the addresses cannot be.
pub fn authors(root: &Table<'_>, site: Option<&Address>, faults: &mut Faults<'_>) -> Registry {
    let mut registry = Registry::default();
    let mut names: Vec<(String, Vec<Alias>)> = Vec::new();
    for (key, at, table) in root.entries("authors", KEYS, faults) {
        let id = Topic::of(&key);
        if id.name().is_empty() || registry.authors.contains_key(&id) {
            faults.bad(at, format!("the author `{key}` has no id of their own")).help =
                Some("give every author a different id that is not empty".to_owned());
            continue;
        }
        let name = table.local("name", faults);
        if name.is_none() && table.node("name").is_none() {
            faults.bad(at, format!("the author `{key}` has no `name`")).help =
                Some("add what readers are to see: `name = \"Ann Lee\"`".to_owned());
        }
        let url = site.and_then(|site| table.local_page(site, "url", faults));
        let avatar = site.and_then(|site| table.page_on(site, "avatar", faults));
        let is_public = table.flag("publish_email", faults) == Some(true);
        let email = table.mail("email", faults).filter(|_| is_public);
        let former = aliases(&table, |text| Some(Topic::of(text).name().to_owned()), faults);
        let aliases = former.iter().map(|(name, _)| Topic::of(name)).collect();
        names.push((id.name().to_owned(), former));
        if let Some(name) = name {
            registry.authors.insert(id, Registered { name, url, avatar, email, aliases });
        }
    }
    tell_apart("author", &names, faults);
    registry.index();
    registry
}

impl Settings {
    /// These settings with the authors of another generator's file, whose names are those of an edition
    /// or of all. What the settings say themselves stays. Mail addresses are not taken over.
    ///
    /// # Errors
    /// A file that cannot be read as YAML, TOML or JSON, or that holds something other than authors.
    pub fn with_authors(
        mut self,
        path: &str,
        text: &str,
        edition: Option<&Language>,
    ) -> Result<Settings, Vec<Diagnostic>> {
        let mut faults = Faults::new(path);
        match parse(path, text) {
            Ok(map) => {
                for (id, at, node) in listed(&map) {
                    self.register(&id, at, node, edition, &mut faults);
                }
            }
            Err(found) => {
                for fault in found {
                    faults.bad(fault.at, fault.message);
                }
            }
        }
        self.authors.index();
        self.resolve_exceptions();
        if faults.found.is_empty() { Ok(self) } else { Err(faults.found) }
    }

    fn register(
        &mut self,
        id: &str,
        at: Position,
        node: &Node,
        edition: Option<&Language>,
        faults: &mut Faults<'_>,
    ) {
        let found = match &node.value {
            Value::Null => None,
            Value::Text(name) => {
                Some(Person::called(text::line(name))).filter(|person| !person.name.is_empty())
            }
            Value::Map(_) => Person::read_all(node, &self.site.url).into_iter().next(),
            other => {
                let message =
                    format!("the author `{id}` is a map with `name` and `url`, found {}", other.kind());
                faults.bad(node.at, message);
                return;
            }
        };
        // Some generators show the id where there is no name.
        let person = found.unwrap_or_else(|| Person::called(text::line(id)));
        let id = Topic::of(id);
        if id.name().is_empty() {
            faults.bad(at, "an author has no id").help = Some("give every author an id".to_owned());
            return;
        }
        let local = |text: String| match edition {
            Some(edition) => LocalText::PerEdition(vec![(edition.clone(), text)]),
            None => LocalText::Same(text),
        };
        let url = person.url.map(|url| local(url.to_string()));
        let name = local(person.name);
        match self.authors.authors.get_mut(&id) {
            None => {
                let author =
                    Registered { name, url, avatar: person.avatar, email: None, aliases: Vec::new() };
                self.authors.authors.insert(id, author);
            }
            Some(known) => {
                known.name.complete(name);
                match (&mut known.url, url) {
                    (Some(known), Some(url)) => known.complete(url),
                    (known @ None, url) => *known = url,
                    (Some(_), None) => {}
                }
                known.avatar = known.avatar.take().or(person.avatar);
            }
        }
    }

    /// The parts of `[[feeds.where]]` by the names that they have now and that all their spellings share.
    pub(super) fn resolve_exceptions(&mut self) {
        let mut exceptions = std::mem::take(&mut self.feeds.exceptions);
        for exception in &mut exceptions {
            let author = exception.author.as_ref().and_then(|author| self.authors.called(author));
            if let Some((id, _)) = author {
                exception.author = Some(id.name().to_owned());
            }
            let edition = exception.edition.as_ref().and_then(|edition| self.edition_named(edition));
            if let Some(edition) = edition {
                exception.edition = Some(edition.language.clone());
            }
            exception.section = exception.section.as_ref().map(|section| self.present_section(section));
            exception.tag = exception.tag.as_ref().map(|tag| self.tags.called(tag).name().to_owned());
        }
        self.feeds.exceptions = exceptions;
    }
}

/// By the ending of the file's name.
fn parse<'t>(path: &str, text: &'t str) -> Result<Map<'t>, Vec<SyntaxFault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match path.rsplit('.').next() {
        Some("toml") => parse_toml(text),
        Some("json") => parse_json(text).map_err(|fault| vec![fault]),
        _ if is_yaml_list(text) => {
            // In a map, a list may stand as far left as its key.
            let list = format!("authors:\n{text}");
            let mut map = parse_yaml(&list).map_err(|fault| vec![moved_up(fault)])?.into_owned();
            map.move_positions(&above);
            Ok(map)
        }
        _ => parse_yaml(text).map_err(|fault| vec![fault]),
    }
}

fn is_yaml_list(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| line.starts_with("- "))
}

fn above(position: Position) -> Position {
    Position { line: position.line.saturating_sub(1).max(1), ..position }
}

fn moved_up(fault: SyntaxFault) -> SyntaxFault {
    SyntaxFault { at: above(fault.at), ..fault }
}

/// Authors with their ids: a map by ids, or a list of maps that name theirs, also below `authors`.
fn listed<'m>(map: &'m Map<'m>) -> Vec<(String, Position, &'m Node<'m>)> {
    let map = match map.entries.as_slice() {
        [(key, Node { value: Value::Map(inner), .. })] if key.name == "authors" => inner,
        [(key, Node { value: Value::List(items), .. })] if key.name == "authors" => {
            return items.iter().map(|item| (own_id(item), item.at, item)).collect();
        }
        _ => map,
    };
    map.entries.iter().map(|(key, node)| (key.name.to_string(), key.at, node)).collect()
}

/// What an item of a list calls its id; the name where it has none.
fn own_id(item: &Node) -> String {
    let Value::Map(map) = &item.value else { return String::new() };
    let names = ["id", "key", "slug", "username", "short_name", "name"];
    let text = |name: &&str| match &map.get(name)?.value {
        Value::Text(text) | Value::Number(text) => Some(text.to_string()),
        _ => None,
    };
    names.iter().find_map(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    fn settings(text: &str) -> Settings {
        let text = format!("[site]\nurl = 'https://e.example/'\n{text}");
        read("feedmill.toml", &text, &Overrides::default()).unwrap()
    }

    fn seen(settings: &Settings, name: &str, language: &str) -> String {
        let language = Language::parse(language);
        let author = settings.author(Person::called(name.to_owned()), language.as_ref());
        let or_none =
            |address: &Option<Address>| address.as_ref().map_or("-".to_owned(), ToString::to_string);
        let id = author.id.as_ref().map_or("-", |id| id.name()).to_owned();
        let Person { name, url, avatar, email } = &author.person;
        format!("{id}: {name} {} {} {}", or_none(url), or_none(avatar), email.as_deref().unwrap_or("-"))
    }

    const INES: &str = "[authors.ines]\nname = { en = 'Ines Falk', ru = 'Инес Фальк' }\nurl = '/people/ines/'\n\
        avatar = '/ines.jpg'\nemail = 'ines@e.example'\n";

    #[test]
    fn ids_and_names_mean_one_person() {
        let settings = settings(INES);
        let expected = "ines: Инес Фальк https://e.example/people/ines/ https://e.example/ines.jpg -";
        for name in ["ines", "Ines", "Ines Falk", "инес  фальк"] {
            assert_eq!(seen(&settings, name, "ru"), expected, "{name}");
        }
        assert_eq!(seen(&settings, "Bo Ek", "ru"), "-: Bo Ek - - -");
        assert_eq!(settings.authors.meant("inez"), Some("ines"));
        assert_eq!(settings.authors.meant("Inez"), None, "a name");
    }

    #[test]
    fn a_name_that_two_have_means_neither() {
        let settings = settings("[authors.a]\nname = 'Ann Lee'\n[authors.b]\nname = 'Ann Lee'\n");
        assert_eq!(seen(&settings, "Ann Lee", "en"), "-: Ann Lee - - -");
        assert_eq!(seen(&settings, "b", "en"), "b: Ann Lee - - -");
    }

    #[test]
    fn faults_of_the_tables_have_their_place() {
        let text = "[site]\nurl = 'https://e.example/'\n[authors.ines]\n[authors.INES]\nname = 'x'\n\
            [authors.bo]\nname = 'Bo'\nemail = 'bo'\nurl = 'mailto:bo@e.example'\n";
        let faults = read("feedmill.toml", text, &Overrides::default()).unwrap_err();
        let told: Vec<String> = faults
            .iter()
            .map(|fault| format!("{}: {}", fault.location.position.line, fault.message))
            .collect();
        assert_eq!(
            told,
            [
                "3: the author `ines` has no `name`",
                "8: `authors.bo.email` is no mail address: `bo`",
                "9: `authors.bo.url` is neither a URL nor a path on the site: `mailto:bo@e.example`",
            ]
        );
        let twice = text.replace("[authors.ines]", "[authors.ines]\nname = 'y'");
        let faults = read("feedmill.toml", &twice, &Overrides::default()).unwrap_err();
        assert_eq!(faults[0].message, "the author `INES` has no id of their own");
    }

    #[test]
    fn mail_addresses_are_public_only_if_told() {
        let told = settings(&format!("{INES}publish_email = true\n"));
        assert!(seen(&told, "ines", "en").ends_with(" ines@e.example"));
    }

    #[test]
    fn files_of_other_generators() {
        let expected = "bo: Bo Ek https://e.example/bo https://e.example/bo.png -";
        for (path, text) in [
            (
                "authors.yml",
                "bo:\n  name: Bo Ek\n  title: Carpenter\n  url: /bo\n  image_url: /bo.png\n  email: b@e.example\n",
            ),
            ("authors.yml", "# staff\n- id: bo\n  name: Bo Ek\n  uri: /bo\n  avatar: /bo.png\n"),
            ("authors.toml", "[bo]\nname = 'Bo Ek'\nhomepage = '/bo'\npicture = '/bo.png'\n"),
            (
                "authors.json",
                "{\"authors\": {\"bo\": {\"name\": \"Bo Ek\", \"link\": \"/bo\", \"image\": \"/bo.png\"}}}",
            ),
        ] {
            let settings = settings("").with_authors(path, text, None).unwrap();
            assert_eq!(seen(&settings, "bo", "en"), expected, "{path}");
            assert_eq!(seen(&settings, "Bo Ek", "en"), expected, "{path}");
        }
    }

    #[test]
    fn one_file_for_each_edition() {
        let language = |tag| Language::parse(tag).unwrap();
        let settings = settings(INES)
            .with_authors("en.yml", "bo: {name: Bo Ek, url: /bo}\nines: {name: I. F.}", Some(&language("en")))
            .and_then(|with| with.with_authors("ru.yml", "bo: {name: Бу Эк}\nmika:\n", Some(&language("ru"))))
            .unwrap();
        assert_eq!(seen(&settings, "bo", "ru"), "bo: Бу Эк https://e.example/bo - -");
        assert_eq!(seen(&settings, "Бу Эк", "en"), "bo: Bo Ek https://e.example/bo - -");
        assert!(seen(&settings, "ines", "en").starts_with("ines: Ines Falk "));
        assert_eq!(seen(&settings, "mika", "en"), "mika: mika - - -");
    }

    #[test]
    fn faults_of_a_file_have_their_place() {
        let faults = |path: &str, text: &str| {
            let found = settings("").with_authors(path, text, None).unwrap_err();
            found.iter().map(|fault| format!("{}: {}", fault.location, fault.message)).collect::<Vec<_>>()
        };
        assert_eq!(
            faults("a.yml", "bo: {name: Bo}\nann: [x]\n"),
            ["a.yml:2:6: the author `ann` is a map with `name` and `url`, found a list"]
        );
        assert!(faults("a.yml", "bo: 'x\n")[0].starts_with("a.yml:"));
        assert!(faults("a.yml", "- id: bo\n- {id: x}}\n")[0].starts_with("a.yml:2:"));
        assert_eq!(faults("a.yml", "- {url: /bo}\n"), ["a.yml:1:3: an author has no id"]);
        assert!(faults("a.toml", "[bo\n")[0].starts_with("a.toml:1:"));
    }
}
