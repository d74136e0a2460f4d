//! From the generators' permalink patterns to feedmill's.

/// A permalink pattern in feedmill's names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pattern {
    /// The pattern.
    pub text: String,
    /// That of articles whose front matter has a slug, where it is another.
    pub with_slug: Option<String>,
    /// What of the generator's pattern it does not say.
    pub notes: Vec<String>,
}

/// Names of which a permalink needs one, so that articles do not share their page.
const TELLING: [&str; 7] =
    ["{slug}", "{own_slug}", "{name}", "{filename}", "{slug_or_filename}", "{slug_or_title}", "{title}"];

impl Pattern {
    /// A pattern that says all there is to say.
    pub fn of(text: &str) -> Pattern {
        Pattern { text: text.to_owned(), ..Pattern::default() }
    }

    /// The same with another pattern for articles whose front matter has a slug.
    #[must_use]
    pub fn with_slug(mut self, text: &str) -> Pattern {
        self.with_slug = Some(text.to_owned());
        self
    }

    fn map(mut self, change: impl Fn(&str) -> String) -> Pattern {
        self.text = change(&self.text);
        self.with_slug = self.with_slug.as_deref().map(change);
        self
    }

    /// Translates `/:year/:title/`. `meaning` gives what stands for a name, in braces or as text.
    pub fn from_colons(source: &str, meaning: impl Fn(&str) -> Option<&'static str>) -> Pattern {
        let mut pattern = Pattern::default();
        let mut rest = source;
        while let Some(colon) = rest.find(':') {
            pattern.literal(&rest[..colon]);
            rest = &rest[colon + 1..];
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let mut name = &rest[..length];
            rest = &rest[length..];
            // Hugo takes some of the sections out with `:sections[1:]`.
            if let (true, Some(close)) = (rest.starts_with('['), rest.find(']')) {
                name = &source[source.len() - rest.len() - length..source.len() - rest.len() + close + 1];
                rest = &rest[close + 1..];
            }
            match meaning(name) {
                _ if name.is_empty() => pattern.literal(":"),
                Some(meant) => pattern.text.push_str(meant),
                None => pattern.unknown(&format!(":{name}")),
            }
        }
        pattern.literal(rest);
        pattern.completed()
    }

    /// Translates `{date:%Y}/{slug}.html`, or `/{{ page.fileSlug }}/` with doubled braces.
    pub fn from_braces(
        source: &str,
        (open, close): (&str, &str),
        meaning: impl Fn(&str) -> Option<String>,
    ) -> Pattern {
        let mut pattern = Pattern::default();
        let mut rest = source;
        while let Some((before, (name, after))) =
            rest.split_once(open).and_then(|(before, rest)| Some((before, rest.split_once(close)?)))
        {
            pattern.literal(before);
            match meaning(name.trim()) {
                Some(meant) => pattern.text.push_str(&meant),
                None => pattern.unknown(&format!("{open}{name}{close}")),
            }
            rest = after;
        }
        pattern.literal(rest);
        pattern.completed()
    }

    fn literal(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|c| !matches!(c, '{' | '}') && !c.is_control()));
    }

    fn unknown(&mut self, name: &str) {
        self.notes.push(format!("`{name}` has no counterpart and is left out"));
    }

    /// A path from the site's root, with a name that tells the articles apart.
    fn completed(mut self) -> Pattern {
        self.text = clean(&self.text);
        if !TELLING.iter().any(|name| self.text.contains(name)) {
            self.text = format!("{}/{{slug}}/", self.text.trim_end_matches('/'));
            self.notes.push("nothing in it tells articles apart, so `{slug}` was added".to_owned());
        }
        self
    }

    /// The same below another path.
    #[must_use]
    pub fn below(self, path: &str) -> Pattern {
        self.map(|text| clean(&format!("{path}/{text}")))
    }

    /// The same as a file: `/{slug}.html` for `/{slug}/`.
    #[must_use]
    pub fn as_file(self) -> Pattern {
        self.map(|text| {
            let stem = text.trim_end_matches('/');
            if stem.ends_with(".html") { stem.to_owned() } else { format!("{stem}.html") }
        })
    }

    /// The same with a slash at the end.
    #[must_use]
    pub fn with_slash(self) -> Pattern {
        self.map(|text| {
            let slash = if text.ends_with('/') || text.ends_with(".html") { "" } else { "/" };
            format!("{text}{slash}")
        })
    }

    /// The same without a slash at the end.
    #[must_use]
    pub fn without_slash(self) -> Pattern {
        self.map(|text| text.trim_end_matches('/').to_owned())
    }
}

/// One slash at the beginning and between the parts, `index.html` taken for its directory, and no
/// way up.
fn clean(path: &str) -> String {
    let path = path.strip_suffix("/index.html").map_or_else(|| path.to_owned(), |start| format!("{start}/"));
    let parts: Vec<_> = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let slash = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("/{}{slash}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colons(source: &str) -> (String, Vec<String>) {
        let pattern = Pattern::from_colons(source, |name| match name {
            "year" => Some("{year}"),
            "title" => Some("{slug}"),
            "output_ext" => Some(".html"),
            _ => None,
        });
        (pattern.text, pattern.notes)
    }

    #[test]
    fn names_after_colons() {
        assert_eq!(colons("/:year/:title:output_ext"), ("/{year}/{slug}.html".to_owned(), vec![]));
        assert_eq!(colons("news//:title/index.html").0, "/news/{slug}/");
        let unknown = vec!["`:week` has no counterpart and is left out".to_owned()];
        assert_eq!(colons("/W:week/../:title"), ("/W/{slug}".to_owned(), unknown));
        assert_eq!(colons("/:sections[1:]/:title").1, ["`:sections[1:]` has no counterpart and is left out"]);
        assert_eq!(colons("/:year:/").0, "/{year}:/{slug}/");
    }

    #[test]
    fn names_in_braces() {
        let meaning = |name: &str| (name == "slug").then(|| "{slug}".to_owned());
        assert_eq!(Pattern::from_braces("{slug}.html", ("{", "}"), meaning).text, "/{slug}.html");
        assert_eq!(Pattern::from_braces("/a/{{ slug }}/", ("{{", "}}"), meaning).text, "/a/{slug}/");
        assert_eq!(Pattern::from_braces("{slug", ("{", "}"), meaning).text, "/slug/{slug}/");
    }

    #[test]
    fn other_forms() {
        let pattern = Pattern::of("/{year}/{slug}/");
        assert_eq!(pattern.clone().as_file().text, "/{year}/{slug}.html");
        assert_eq!(pattern.clone().without_slash().text, "/{year}/{slug}");
        assert_eq!(pattern.below("/blog/").text, "/blog/{year}/{slug}/");
    }
}
