//! On what terms others may use an article: whose it is, and its licence.

use crate::address::Address;
use crate::text;

/// The terms of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Whose it is, in one line.
    pub rights: Option<String>,
    /// What everybody may do with it.
    pub licence: Option<Licence>,
}

/// A licence that has a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// The page.
    pub url: Address,
    /// What it is called, where that is known: `CC BY 4.0`.
    pub name: Option<String>,
}

impl Licence {
    /// What people read: its name, else its address without the scheme.
    #[must_use]
    pub fn words(&self) -> &str {
        let address = self.url.as_str();
        let bare = address.split_once("://").map_or(address, |(_, bare)| bare);
        self.name.as_deref().unwrap_or(bare)
    }

    /// The licence that a text means by its address or its usual name.
    #[must_use]
    pub fn meant(said: &str) -> Option<Licence> {
        let said = text::line(said);
        let at_address = Address::of_page(&said).map(|url| Licence { name: name_of(&url), url });
        at_address.or_else(|| creative_commons(&said))
    }
}

impl Terms {
    /// Takes up what a licence field says: the address or name of a licence, or words of one's own, which
    /// stand with the rights. `None` where it looks like an address and is none that may be published.
    #[must_use]
    pub fn with_licence(mut self, said: &str) -> Option<Terms> {
        let said = text::line(said);
        if let Some(licence) = Licence::meant(&said) {
            self.licence = Some(licence);
        } else if said.contains("://") {
            return None;
        } else if !said.is_empty() {
            self.rights = Some(self.rights.map_or(said.clone(), |rights| format!("{rights}; {said}")));
        }
        Some(self)
    }
}

const VERSIONS: &[&str] = &["1.0", "2.0", "2.5", "3.0", "4.0"];

/// What may stand in the name of a licence and changes nothing.
const FILLERS: &[&str] =
    &["cc", "creative", "commons", "international", "unported", "generic", "license", "licence", "public"];

/// `CC BY-SA 4.0`, `cc-by-nc-4.0`, `Creative Commons Attribution 4.0 International`, `CC0`. A licence
/// without its version is a text like any other: nobody else can say which one was meant.
fn creative_commons(said: &str) -> Option<Licence> {
    let folded = said.to_lowercase().replace("non-commercial", "nc").replace("share-alike", "sa");
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty()).collect();
    let mut version = None;
    let (mut by, mut nc, mut nd, mut sa, mut zero) = (false, false, false, false, false);
    for word in &words {
        match *word {
            "by" | "attribution" => by = true,
            "nc" | "noncommercial" => nc = true,
            "nd" | "noderivatives" | "noderivs" => nd = true,
            "sa" | "sharealike" => sa = true,
            "cc0" | "zero" | "universal" => zero = true,
            word if VERSIONS.contains(&word) => version = Some(word),
            word if FILLERS.contains(&word) => {}
            _ => return None,
        }
    }
    let path = match (zero, by, nd && sa, version) {
        (true, false, false, None | Some("1.0")) if words.contains(&"cc0") => {
            "publicdomain/zero/1.0/".to_owned()
        }
        (false, true, false, Some(version)) if words.contains(&"cc") || words.contains(&"creative") => {
            let parts = [(true, "by"), (nc, "nc"), (nd, "nd"), (sa, "sa")];
            let parts: Vec<&str> = parts.into_iter().filter(|(is, _)| *is).map(|(_, part)| part).collect();
            format!("licenses/{}/{version}/", parts.join("-"))
        }
        _ => return None,
    };
    let url = Address::parse(&format!("https://creativecommons.org/{path}"))?;
    Some(Licence { name: name_of(&url), url })
}

/// What the licence at an address is called.
fn name_of(url: &Address) -> Option<String> {
    if !matches!(url.host().as_str(), "creativecommons.org" | "www.creativecommons.org") {
        return None;
    }
    let mut parts = url.path().split('/').filter(|part| !part.is_empty());
    let (kind, what, version) = (parts.next()?, parts.next()?, parts.next()?);
    if !VERSIONS.contains(&version) {
        return None;
    }
    let port = parts.next().filter(|part| part.len() == 2);
    let port = port.map_or(String::new(), |port| format!(" {}", port.to_uppercase()));
    match (kind, what) {
        ("publicdomain", "zero") => Some(format!("CC0 {version}")),
        ("publicdomain", "mark") => Some(format!("Public Domain Mark {version}")),
        ("licenses", _) if what.starts_with("by") => {
            Some(format!("CC {} {version}{port}", what.to_uppercase()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn licence(said: &str) -> Option<(String, Option<String>)> {
        let licence = Terms::default().with_licence(said)?.licence?;
        Some((licence.url.to_string(), licence.name))
    }

    #[test]
    fn names_of_licences() {
        let known = |path: &str, name: &str| {
            Some((format!("https://creativecommons.org/{path}"), Some(name.to_owned())))
        };
        for said in ["CC BY 4.0", "cc-by-4.0", "Creative Commons Attribution 4.0 International", "CC_BY_4.0"]
        {
            assert_eq!(licence(said), known("licenses/by/4.0/", "CC BY 4.0"), "{said}");
        }
        for said in ["CC BY-NC-SA 3.0", "CC Attribution-NonCommercial-ShareAlike 3.0 Unported"] {
            assert_eq!(licence(said), known("licenses/by-nc-sa/3.0/", "CC BY-NC-SA 3.0"), "{said}");
        }
        for said in ["CC0", "CC0-1.0", "CC0 1.0 Universal"] {
            assert_eq!(licence(said), known("publicdomain/zero/1.0/", "CC0 1.0"), "{said}");
        }
        assert_eq!(
            licence("https://creativecommons.org/licenses/by/3.0/de/"),
            known("licenses/by/3.0/de/", "CC BY 3.0 DE")
        );
        assert_eq!(licence("https://e.example/terms"), Some(("https://e.example/terms".to_owned(), None)));
    }

    #[test]
    fn what_is_no_known_licence_is_a_text() {
        for said in ["CC BY", "CC 4.0", "CC BY-ND-SA 4.0", "zero 1.0", "Free to use, with a link", "MIT"] {
            assert_eq!(licence(said), None, "{said}");
        }
        let terms = Terms { rights: Some("© Ines".to_owned()), licence: None };
        let terms = terms.with_licence("Ask first").unwrap();
        assert_eq!(terms.rights.as_deref(), Some("© Ines; Ask first"));
        assert_eq!(Terms::default().with_licence("https://ines:secret@e.example/"), None);
    }
}
