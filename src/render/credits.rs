//! Who else had a part in an article, as lines at the end of it: hardly any reader shows the elements.

use crate::feed::Contributor;
use crate::language::{Language, Part};
use crate::text::escape_html;

/// A line for each role, in the order of the first who has it.
#[must_use]
pub fn credits(contributors: &[Contributor], language: Option<&Language>) -> String {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for who in contributors {
        let Some(label) = who.role.as_deref().and_then(|role| label(role, language)) else { continue };
        let name = escape_html(&who.person.name);
        let name = match &who.person.url {
            Some(url) => format!("<a href=\"{}\">{name}</a>", escape_html(url.as_str())),
            None => name,
        };
        match lines.iter_mut().find(|(known, _)| *known == label) {
            Some((_, names)) => names.push(name),
            None => lines.push((label, vec![name])),
        }
    }
    let line = |(label, names): &(String, Vec<String>)| {
        format!("\n<p>{}: {}</p>", escape_html(label), names.join(", "))
    };
    lines.iter().map(line).collect()
}

/// A usual role in the language of the article, and nothing where the word is not known; any other as it
/// is written.
fn label(role: &str, language: Option<&Language>) -> Option<String> {
    match Part::of_role(role) {
        Some(part) => language?.credit(part).map(str::to_owned),
        None => {
            let mut letters = role.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::Person;

    #[test]
    fn a_line_for_each_role() {
        let who = |name: &str, role: Option<&str>| Contributor {
            person: Person::called(name.to_owned()),
            role: role.map(str::to_owned),
        };
        let contributors = [
            who("A & B", Some("translator")),
            who("Cy", Some("fact-checking")),
            who("Dee", Some("translator")),
            who("Eli", None),
        ];
        assert_eq!(
            credits(&contributors, Language::parse("ru").as_ref()),
            "\n<p>Перевод: A &amp; B, Dee</p>\n<p>Fact-checking: Cy</p>"
        );
        assert_eq!(credits(&contributors, None), "\n<p>Fact-checking: Cy</p>");
    }
}
