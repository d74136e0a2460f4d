//! Where a newsroom keeps its articles: patterns of paths such as `content/{section}/*.{edition}.md`.
//!
//! `*` stands for anything within one part of the path, `**` for any parts. A part that is only a
//! name, `{section}`, may be missing, so that one pattern fits a site with and without it.

mod spell;

use super::markup::Markup;
use crate::diagnostic::nearest;
use std::collections::BTreeSet;

/// The patterns, of which the first that fits counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    patterns: Vec<Vec<Part>>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// `**`
    AnyParts,
    One(Vec<Piece>),
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Literal(String),
    /// `*`
    Any,
    Named(Name),
}

/// What a part of a path can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The language of the article.
    Edition,
    /// Its section.
    Section,
    /// Its slug.
    Slug,
    /// The year of its date.
    Year,
    /// The month of its date.
    Month,
    /// The day of its date.
    Day,
}

const NAMES: &[(&str, Name)] = &[
    ("edition", Name::Edition),
    ("section", Name::Section),
    ("slug", Name::Slug),
    ("year", Name::Year),
    ("month", Name::Month),
    ("day", Name::Day),
];

/// More of them would only slow the search down.
const MOST_PARTS: usize = 20;

/// What a path says by its pattern.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Captures<'p> {
    found: Vec<(Name, &'p str)>,
}

impl<'p> Captures<'p> {
    /// What stands in the place of a name.
    #[must_use]
    pub fn get(&self, name: Name) -> Option<&'p str> {
        self.found.iter().rev().find(|(found, _)| *found == name).map(|(_, text)| *text)
    }
}

impl Layout {
    /// Adds a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence that can stand in a diagnostic.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let parts: Vec<Part> = text
            .split('/')
            .filter(|part| !part.is_empty() && *part != ".")
            .map(part)
            .collect::<Result<_, _>>()?;
        match parts.len() {
            0 => Err("it is empty".to_owned()),
            1..=MOST_PARTS => {
                self.patterns.push(parts);
                Ok(())
            }
            _ => Err(format!("`{text}` has more than {MOST_PARTS} parts")),
        }
    }

    /// What a path says by the first pattern that it fits. In `path` a bundle stands as a file:
    /// `news/ferry.md` for `news/ferry/index.md`. `may_be` says whether a text can be what its name says.
    pub fn captures<'p>(&self, path: &'p str, may_be: &impl Fn(Name, &str) -> bool) -> Option<Captures<'p>> {
        let parts: Vec<&str> = path.split('/').collect();
        self.patterns.iter().find_map(|pattern| {
            let mut captures = Captures::default();
            fits(pattern, &parts, may_be, &mut captures, &mut Failures::new()).then_some(captures)
        })
    }
}

fn part(text: &str) -> Result<Part, String> {
    if text == "**" {
        return Ok(Part::AnyParts);
    }
    if text == ".." {
        return Err("it climbs out of the articles directory".to_owned());
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '*']) {
        if at > 0 {
            pieces.push(Piece::Literal(rest[..at].to_owned()));
        }
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('*') {
            pieces.push(Piece::Any);
            rest = after;
            continue;
        }
        let Some(close) = rest.find('}') else { return Err(format!("`{{` without `}}` in `{text}`")) };
        pieces.push(Piece::Named(named(&rest[1..close])?));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    Ok(Part::One(pieces))
}

fn named(name: &str) -> Result<Name, String> {
    if let Some((_, known)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Ok(*known);
    }
    Err(match nearest(name, NAMES.iter().map(|(known, _)| *known)) {
        Some(near) => format!("`{{{name}}}` is not a name; did you mean `{{{near}}}`?"),
        None => {
            let names: Vec<String> = NAMES.iter().map(|(known, _)| format!("`{{{known}}}`")).collect();
            format!("`{{{name}}}` is not a name; the names are {}", names.join(", "))
        }
    })
}

/// How much of a pattern was left where it failed, and how much of the text: without them `*a*a*a` would
/// be tried in more ways than there is time for.
type Failures = BTreeSet<(usize, usize)>;

fn fits<'p>(
    pattern: &[Part],
    parts: &[&'p str],
    may_be: &impl Fn(Name, &str) -> bool,
    captures: &mut Captures<'p>,
    failures: &mut Failures,
) -> bool {
    let here = (pattern.len(), parts.len());
    if failures.contains(&here) {
        return false;
    }
    let does_fit = match (pattern, parts) {
        ([], []) => true,
        ([Part::AnyParts], _) => !parts.is_empty(),
        ([Part::AnyParts, rest @ ..], _) => {
            (0..=parts.len()).any(|skipped| fits(rest, &parts[skipped..], may_be, captures, failures))
        }
        ([Part::One(pieces), rest @ ..], _) => {
            first_fits(pieces, rest, parts, may_be, captures, failures)
                // A part that is only a name may be missing.
                || (matches!(pieces[..], [Piece::Named(_)])
                    && !rest.is_empty()
                    && fits(rest, parts, may_be, captures, failures))
        }
        ([], _) => false,
    };
    if !does_fit {
        failures.insert(here);
    }
    does_fit
}

/// Does the first part of a path fit these pieces, and the others the rest of the pattern?
fn first_fits<'p>(
    pieces: &[Piece],
    rest: &[Part],
    parts: &[&'p str],
    may_be: &impl Fn(Name, &str) -> bool,
    captures: &mut Captures<'p>,
    failures: &mut Failures,
) -> bool {
    let Some((first, others)) = parts.split_first() else { return false };
    // A pattern that names no ending leaves the file's open.
    let stem = others.is_empty().then(|| Markup::of(first)).flatten().map(|(_, stem)| stem);
    let text = stem.filter(|_| !ends_in_markup(pieces)).unwrap_or(first);
    let known = captures.found.len();
    let does_fit = part_fits(pieces, text, may_be, captures, &mut Failures::new())
        && fits(rest, others, may_be, captures, failures);
    if !does_fit {
        captures.found.truncate(known);
    }
    does_fit
}

fn ends_in_markup(pieces: &[Piece]) -> bool {
    matches!(pieces.last(), Some(Piece::Literal(ending)) if Markup::of(ending).is_some())
}

fn part_fits<'p>(
    pieces: &[Piece],
    text: &'p str,
    may_be: &impl Fn(Name, &str) -> bool,
    captures: &mut Captures<'p>,
    failures: &mut Failures,
) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return text.is_empty() };
    let here = (pieces.len(), text.len());
    if failures.contains(&here) {
        return false;
    }
    let known = captures.found.len();
    let name = match first {
        Piece::Literal(literal) => {
            return text
                .strip_prefix(literal.as_str())
                .is_some_and(|text| part_fits(rest, text, may_be, captures, failures));
        }
        Piece::Any => None,
        Piece::Named(name) => Some(*name),
    };
    // The longest first, so that `v1.2.ru.md` is `v1.2` in Russian.
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]).rev();
    for end in ends {
        let taken = &text[..end];
        match name {
            Some(name) if taken.is_empty() || !may_be(name, taken) => continue,
            Some(name) => captures.found.push((name, taken)),
            None => {}
        }
        if part_fits(rest, &text[end..], may_be, captures, failures) {
            return true;
        }
        captures.found.truncate(known);
    }
    failures.insert(here);
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn may_be(name: Name, text: &str) -> bool {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        match name {
            Name::Edition => Language::of_directory(text).is_some(),
            Name::Year => is_number && text.len() == 4,
            Name::Month | Name::Day => is_number && text.len() <= 2,
            Name::Section | Name::Slug => true,
        }
    }

    /// `edition section slug`, or `no`.
    fn found(pattern: &str, path: &str) -> String {
        let mut layout = Layout::default();
        layout.add(pattern).unwrap();
        match layout.captures(path, &may_be) {
            Some(captures) => [Name::Edition, Name::Section, Name::Slug]
                .map(|name| captures.get(name).unwrap_or("-"))
                .join(" "),
            None => "no".to_owned(),
        }
    }

    #[test]
    fn parts_and_depths() {
        assert_eq!(found("{edition}/{section}/**", "en/news/2026/ferry.md"), "en news -");
        assert_eq!(found("{edition}/{section}/**", "news/ferry.md"), "- news -");
        assert_eq!(found("{edition}/{section}/**", "ferry.md"), "- - -");
        assert_eq!(found("_posts/*", "_posts/2026-11-22-ferry.md"), "- - -");
        assert_eq!(found("_posts/*", "about.md"), "no");
        assert_eq!(found("_posts/*", "_posts/deep/ferry.md"), "no");
        assert_eq!(found("**/posts/*.md", "a/b/posts/x.md"), "- - -");
        assert_eq!(found("**/posts/*.md", "posts/x.html"), "no");
        assert_eq!(found("posts/**", "posts"), "no");
    }

    #[test]
    fn names_within_a_part() {
        assert_eq!(found("content/{section}/*.{edition}.md", "content/news/v1.2.ru.md"), "ru news -");
        assert_eq!(found("content/{section}/*.{edition}.md", "content/news/ferry.md"), "no");
        assert_eq!(found("{year}-{month}-{day}-{slug}", "2026-11-22-ferry.md"), "- - ferry");
        assert_eq!(found("{section}_{slug}", "news_ferry_boat.md"), "- news_ferry boat");
    }

    #[test]
    fn patterns_with_many_ways_end_soon() {
        assert_eq!(found(&format!("{}b", "*a".repeat(20)), &"a".repeat(200)), "no");
        assert_eq!(found(&format!("{}x", "**/".repeat(15)), &"a/".repeat(40)), "no");
    }

    #[test]
    fn wrong_patterns_are_told() {
        let fault = |text: &str| Layout::default().add(text).unwrap_err();
        assert_eq!(fault("{edtion}/*"), "`{edtion}` is not a name; did you mean `{edition}`?");
        assert_eq!(fault("{edition/*"), "`{` without `}` in `{edition`");
        assert_eq!(fault("../*"), "it climbs out of the articles directory");
        assert_eq!(fault("/"), "it is empty");
    }
}
