//! The other way round: from what a path is to say to paths that say it.

use super::{Layout, Name, Part, Piece};

impl Layout {
    /// A path for each pattern, in their order. `value` gives what a name stands for; `*` becomes `stem`, once. A
    /// pattern without any room for the article's own name has no path.
    #[must_use]
    pub fn spelled(&self, value: &impl Fn(Name) -> Option<String>, stem: &str) -> Vec<String> {
        self.patterns.iter().filter_map(|pattern| spelled(pattern, value, stem)).collect()
    }
}

fn spelled(pattern: &[Part], value: &impl Fn(Name) -> Option<String>, stem: &str) -> Option<String> {
    let mut parts = Vec::new();
    let (last, folders) = pattern.split_last()?;
    for part in folders {
        match part {
            Part::AnyParts => {}
            Part::One(pieces) => match (&pieces[..], part_of(pieces, value, None)) {
                (_, Some(part)) => parts.push(part),
                // A part that is only a name may be missing.
                ([Piece::Named(_)], None) => {}
                // A folder of which only the disk knows the name.
                (_, None) => return None,
            },
        }
    }
    let is_named = |piece: &Piece| matches!(piece, Piece::Any | Piece::Named(Name::Slug));
    parts.push(match last {
        Part::AnyParts => stem.to_owned(),
        Part::One(pieces) if pieces.iter().any(is_named) => part_of(pieces, value, Some(stem))?,
        Part::One(_) => return None,
    });
    Some(parts.join("/"))
}

fn part_of(pieces: &[Piece], value: &impl Fn(Name) -> Option<String>, stem: Option<&str>) -> Option<String> {
    let mut stem = stem;
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Named(name) => text.push_str(&value(*name)?),
            Piece::Any => text.push_str(stem.take()?),
        }
    }
    Some(text)
}
