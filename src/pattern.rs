//! Patterns with named parts: `/{edition}/{section}/{slug}/`.
//!
//! A part of the path whose names have no value falls away, so one pattern serves a site with
//! editions and a site without.

use crate::diagnostic::nearest;

/// A pattern, checked against the names that it may use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pattern {
    segments: Vec<Vec<Piece>>,
    trailing_slash: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Literal(String),
    Name(String),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence that can stand in a diagnostic.
    pub fn parse(text: &str, names: &[&str]) -> Result<Pattern, String> {
        if text.contains("://") {
            return Err(format!("`{text}` is a URL, expected a path"));
        }
        let segments = text
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| pieces(segment, names))
            .collect::<Result<Vec<_>, _>>()?;
        match segments
            .iter()
            .find(|segment| matches!(&segment[..], [Piece::Literal(dots)] if dots == "." || dots == ".."))
        {
            Some(_) => Err(format!("`{text}` climbs out of its directory")),
            None => Ok(Pattern { segments, trailing_slash: text.ends_with('/') }),
        }
    }

    /// Does the pattern use this name?
    #[must_use]
    pub fn uses(&self, name: &str) -> bool {
        self.segments.iter().flatten().any(|piece| matches!(piece, Piece::Name(used) if used == name))
    }

    /// The path without a leading slash. `value` gives what a name stands for.
    pub fn expand<Value: AsRef<str>>(&self, value: impl Fn(&str) -> Option<Value>) -> String {
        let mut path = String::with_capacity(64);
        for segment in &self.segments {
            add(&mut path, segment, &value);
        }
        closed(path, self.trailing_slash)
    }

    /// The beginning of the path, up to and with the segment that uses `name`; `None` where that
    /// segment does not exist or one before it has a name that `value` does not know.
    pub fn expand_through<Value: AsRef<str>>(
        &self,
        name: &str,
        value: impl Fn(&str) -> Option<Value>,
    ) -> Option<String> {
        let uses_name = |piece: &Piece| matches!(piece, Piece::Name(used) if used == name);
        let last = self.segments.iter().position(|segment| segment.iter().any(uses_name))?;
        let mut path = String::new();
        for segment in &self.segments[..=last] {
            add(&mut path, segment, &value)?;
        }
        Some(closed(path, true))
    }

    /// The same pattern with `{name}` as a segment of its own before the last one.
    #[must_use]
    pub fn with_segment_before_last(mut self, name: &str) -> Pattern {
        let last = self.segments.len().saturating_sub(1);
        self.segments.insert(last, vec![Piece::Name(name.to_owned())]);
        self
    }
}

fn pieces(segment: &str, names: &[&str]) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some(open) = rest.find('{') {
        if open > 0 {
            pieces.push(Piece::Literal(rest[..open].to_owned()));
        }
        let Some(close) = rest[open..].find('}') else {
            return Err(format!("`{{` without `}}` in `{segment}`"));
        };
        let name = &rest[open + 1..open + close];
        if !names.contains(&name) {
            let hint = match nearest(name, names.iter().copied()) {
                Some(near) => format!("; did you mean `{{{near}}}`?"),
                None => format!("; the names are {}", list(names)),
            };
            return Err(format!("`{{{name}}}` is not a name{hint}"));
        }
        pieces.push(Piece::Name(name.to_owned()));
        rest = &rest[open + close + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    Ok(pieces)
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
}

/// Adds what a segment stands for; `None` where that is nothing.
fn add<Value: AsRef<str>>(
    path: &mut String,
    segment: &[Piece],
    value: &impl Fn(&str) -> Option<Value>,
) -> Option<()> {
    let mut add = |part: &str| {
        if !part.is_empty() {
            path.push_str(if path.is_empty() { "" } else { "/" });
            path.push_str(part);
        }
    };
    match segment {
        [Piece::Name(name)] => add(value(name)?.as_ref()),
        _ => add(&expand(segment, value)?),
    }
    Some(())
}

fn expand<Value: AsRef<str>>(segment: &[Piece], value: &impl Fn(&str) -> Option<Value>) -> Option<String> {
    let mut text = String::new();
    let mut names = 0;
    let mut found = 0;
    // A value that is known to be empty leaves no part, but no gap either.
    let mut is_known = false;
    // What joins two names is written only between two values: `{edition}-{file}` is `rss.xml` without
    // an edition.
    let mut joint = "";
    let mut ends_with_value = false;
    for piece in segment {
        match piece {
            Piece::Literal(literal) if names == 0 => text.push_str(literal),
            Piece::Literal(literal) => joint = literal.as_str(),
            Piece::Name(name) => {
                let value = value(name);
                is_known |= value.is_some();
                let value = value.filter(|value| !value.as_ref().is_empty());
                names += 1;
                ends_with_value = value.is_some();
                if let Some(value) = value {
                    text.push_str(if found > 0 { joint } else { "" });
                    text.push_str(value.as_ref());
                    joint = "";
                    found += 1;
                }
            }
        }
    }
    text.push_str(if ends_with_value { joint } else { "" });
    match (names, found) {
        (0, _) | (_, 1..) => Some(text),
        _ => is_known.then(String::new),
    }
}

fn closed(mut path: String, trailing_slash: bool) -> String {
    if trailing_slash && !path.is_empty() {
        path.push('/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["edition", "section", "slug"];

    fn value(name: &str) -> Option<String> {
        match name {
            "section" => Some("news".to_owned()),
            "slug" => Some("ferry".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn parts_without_a_value_fall_away() {
        let pattern = Pattern::parse("/{edition}/{section}/p-{slug}/", NAMES).unwrap();
        assert_eq!(pattern.expand(value), "news/p-ferry/");
        assert_eq!(Pattern::parse("{slug}.html", NAMES).unwrap().expand(value), "ferry.html");
        assert_eq!(Pattern::parse("{edition}-{slug}", NAMES).unwrap().expand(value), "ferry");
        assert_eq!(
            Pattern::parse("{section}-{edition}-{slug}/x", NAMES).unwrap().expand(value),
            "news-ferry/x"
        );
        assert_eq!(Pattern::parse("{section}-{edition}/x", NAMES).unwrap().expand(value), "news/x");
    }

    #[test]
    fn a_beginning_needs_all_its_values() {
        let pattern = Pattern::parse("/{edition}/{section}/{slug}/", NAMES).unwrap();
        assert_eq!(pattern.expand_through("section", value), None);
        let pattern = Pattern::parse("/archive/{section}/{slug}/", NAMES).unwrap();
        assert_eq!(pattern.expand_through("section", value).as_deref(), Some("archive/news/"));
        assert_eq!(pattern.expand_through("edition", value), None);
    }

    #[test]
    fn an_empty_value_is_no_gap() {
        let pattern = Pattern::parse("/{edition}/{section}/{slug}/", NAMES).unwrap();
        let value = |name: &str| if name == "edition" { Some(String::new()) } else { value(name) };
        assert_eq!(pattern.expand(value), "news/ferry/");
        assert_eq!(pattern.expand_through("section", value).as_deref(), Some("news/"));
    }

    #[test]
    fn wrong_names_are_told() {
        assert_eq!(
            Pattern::parse("/{sluk}/", NAMES).unwrap_err(),
            "`{sluk}` is not a name; did you mean `{slug}`?"
        );
        assert_eq!(Pattern::parse("/{slug/", NAMES).unwrap_err(), "`{` without `}` in `{slug`");
        assert!(Pattern::parse("../{slug}", NAMES).is_err());
    }
}
