//! Which fields a name means: the table of fields turned round, so that each name of front matter is
//! looked up once, without writing it anew in lower case.

use super::{Field, OTHERS, TABLE};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// A name that somebody gives a field. A name can be that of several.
pub struct Name {
    /// The name, or what stands before its dot.
    pub first: &'static str,
    /// What stands behind the dot: a name within the map that is called `first`.
    pub rest: Option<&'static str>,
    /// The field; `None` where feedmill does not read it.
    pub field: Option<Field>,
    /// Which of the field's names it is: its own is 0.
    pub rank: usize,
    beginning: Beginning,
}

/// How a name begins, and how long it is: most are told apart by that alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The first eight letters, in the order of names.
    letters: u64,
    /// How many letters there are.
    count: usize,
}

/// All names, and the letters that each begins with, which are searched.
static NAMES: LazyLock<(Vec<u64>, Vec<Name>)> = LazyLock::new(|| {
    let of_fields = TABLE.iter().flat_map(|(field, own, others)| {
        let names = std::iter::once(own).chain(others.iter()).enumerate();
        names.map(|(rank, name)| Name::of(name, Some(*field), rank))
    });
    let of_others = OTHERS.iter().map(|name| Name::of(name, None, 0));
    let mut names: Vec<Name> = of_fields.chain(of_others).collect();
    names.sort_by(|one, other| order(one.first, other.first));
    (names.iter().map(|name| name.beginning.letters).collect(), names)
});

impl Name {
    fn of(name: &'static str, field: Option<Field>, rank: usize) -> Name {
        let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
        Name { first, rest, field, rank, beginning: Beginning::of(first) }
    }
}

/// What a key of front matter can mean. Empty where nobody knows it.
pub fn called(key: &str) -> &'static [Name] {
    called_beginning(key, Beginning::of(key))
}

/// The same for a key of which it is known how it begins.
pub fn called_beginning(key: &str, beginning: Beginning) -> &'static [Name] {
    let (letters, names) = &*NAMES;
    let from = letters.partition_point(|known| *known < beginning.letters);
    let is_same =
        |name: &Name| name.beginning == beginning && (beginning.count <= 8 || same(key, name.first));
    // Names with one beginning stand together, and among them those that are one.
    let mut from = from;
    while letters.get(from) == Some(&beginning.letters) && !is_same(&names[from]) {
        from += 1;
    }
    let mut end = from;
    while letters.get(end) == Some(&beginning.letters) && is_same(&names[end]) {
        end += 1;
    }
    &names[from..end]
}

/// Is this a known name, in whatever spelling?
pub fn same(found: &str, known: &str) -> bool {
    found == known || order(known, found) == Ordering::Equal
}

/// Is the field called so?
pub fn is_name_of(field: Field, name: &str) -> bool {
    called(name).iter().any(|name| name.field == Some(field))
}

/// `episode_type`, `episode-type`, `episodeType` and `EpisodeType` are one name.
fn order(one: &str, other: &str) -> Ordering {
    letters(one).cmp(letters(other))
}

impl Beginning {
    /// How this name begins.
    pub fn of(name: &str) -> Beginning {
        let mut first = [0; 8];
        let bytes = name.as_bytes();
        // As most are.
        if bytes.iter().all(u8::is_ascii_lowercase) {
            let length = bytes.len().min(first.len());
            first[..length].copy_from_slice(&bytes[..length]);
            return Beginning { letters: u64::from_be_bytes(first), count: bytes.len() };
        }
        let mut count = 0;
        for letter in letters(name) {
            if let Some(place) = first.get_mut(count) {
                *place = letter;
            }
            count += 1;
        }
        Beginning { letters: u64::from_be_bytes(first), count }
    }
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| !matches!(byte, b'-' | b'_')).map(|byte| byte.to_ascii_lowercase())
}

/// A name as it is compared with others that nobody knows.
pub fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(char::to_lowercase).map(|c| if c == '-' { '_' } else { c })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meanings(key: &str) -> Vec<(Option<Field>, Option<&'static str>)> {
        called(key).iter().map(|name| (name.field, name.rest)).collect()
    }

    #[test]
    fn one_name_can_mean_several_fields() {
        let category = [Field::Category, Field::OneCategory].map(|field| (Some(field), None));
        assert_eq!(meanings("Category"), category);
        assert_eq!(meanings("LAST-UPDATE"), [(Some(Field::Updated), Some("date"))]);
        assert_eq!(meanings("layout"), [(None, None)]);
        for name in ["episodeType", "EpisodeType", "episode-type", "episode_type"] {
            assert_eq!(meanings(name), [(Some(Field::EpisodeType), None)], "{name}");
        }
        assert_eq!(meanings("commentCount"), [(Some(Field::CommentCount), None)]);
        assert_eq!(meanings("membersOnly"), [(Some(Field::Access), None)]);
        assert_eq!(meanings("colour"), []);
        assert_eq!(meanings("заголовок"), []);
    }

    #[test]
    fn every_name_of_the_table_is_found_in_any_spelling() {
        for (field, own, others) in TABLE {
            for (rank, name) in std::iter::once(own).chain(others.iter()).enumerate() {
                let (first, rest) = name.split_once('.').map_or((*name, None), |(a, b)| (a, Some(b)));
                let spelled = first.to_uppercase().replace('_', "-");
                let is_found = called(&spelled)
                    .iter()
                    .any(|name| name.field == Some(*field) && name.rest == rest && name.rank == rank);
                assert!(is_found, "`{name}`");
            }
        }
    }
}
