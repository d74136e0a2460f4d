//! The fields that one article has, gathered in one walk through its front matter.

use super::names::{Beginning, Name, called_beginning, folded, same};
use super::{Field, Found, TABLE};
use crate::diagnostic::{Position, nearest};
use crate::syntax::{Key, Map, Value};

/// The fields that one article has.
pub struct Fields<'a> {
    front_matter: &'a Map<'a>,
    /// By field, and of each the one first that counts.
    slots: Vec<Slot<'a>>,
    /// A bit for each field that has a slot: most have none.
    present: u64,
    unknown: Vec<&'a Key<'a>>,
    /// Does a name stand twice in the front matter? Hardly ever.
    has_repeated: bool,
}

struct Slot<'a> {
    field: Field,
    origin: Origin,
    rank: usize,
    found: Found<'a>,
}

/// Where a field stands: what stands further up here counts more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    FrontMatter,
    /// Zola's map for what it does not know itself.
    Extra,
    /// Hugo's.
    Params,
    Body,
}

impl<'a> Fields<'a> {
    /// The fields of the front matter, and what the body says of itself.
    #[must_use]
    pub fn of(front_matter: &'a Map<'a>, body: &'a Map<'a>) -> Fields<'a> {
        let mut fields = Fields {
            front_matter,
            slots: Vec::with_capacity(12),
            present: 0,
            unknown: Vec::new(),
            has_repeated: false,
        };
        fields.gather(front_matter, Origin::FrontMatter);
        fields.gather(body, Origin::Body);
        fields.slots.sort_by_key(|slot| (slot.field, slot.origin, slot.rank));
        fields.present = fields.slots.iter().fold(0, |present, slot| present | bit(slot.field));
        fields
    }

    fn gather(&mut self, map: &'a Map<'a>, origin: Origin) {
        let keys = Keys::of(map);
        self.has_repeated |= origin == Origin::FrontMatter && !keys.again.is_empty();
        for (at, (key, node)) in map.entries.iter().enumerate() {
            let names = called_beginning(&key.name, keys.beginnings[at]);
            let Some(first) = names.first().map(|name| name.first) else {
                if origin == Origin::FrontMatter {
                    self.unknown.push(key);
                }
                continue;
            };
            // Of two that say who may read it the stricter one counts, so both have to be there.
            let all_count = names.iter().any(|name| name.field == Some(Field::Access));
            if !all_count && keys.again.binary_search(&at).is_ok() {
                continue;
            }
            let found = Found { name: &key.name, node };
            self.slots.extend(names.iter().filter_map(|name| Slot::of(name, found, origin)));
            if let (Origin::FrontMatter, Value::Map(inner)) = (origin, &node.value) {
                match first {
                    "extra" => self.gather(inner, Origin::Extra),
                    "params" => self.gather(inner, Origin::Params),
                    _ => {}
                }
            }
        }
    }

    fn slots(&self, field: Field) -> impl Iterator<Item = &Slot<'a>> {
        let from = match self.present & bit(field) {
            0 => self.slots.len(),
            _ => self.slots.partition_point(|slot| slot.field < field),
        };
        self.slots[from..].iter().take_while(move |slot| slot.field == field)
    }

    /// A field by its own name or, where that has no value, by another generator's.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<Found<'a>> {
        self.all(field).next()
    }

    /// What the body says of itself, whatever front matter says.
    #[must_use]
    pub fn of_body(&self, field: Field) -> Option<Found<'a>> {
        let slot = self.slots(field).find(|slot| slot.origin == Origin::Body)?;
        (slot.rank == 0).then_some(slot.found)
    }

    /// Is it the body alone that has this field?
    #[must_use]
    pub fn is_from_body(&self, field: Field) -> bool {
        self.slots(field).next().is_some_and(|slot| slot.origin == Origin::Body)
    }

    /// Every value that the names of a field have, the one that counts first.
    pub fn all(&self, field: Field) -> impl Iterator<Item = Found<'a>> {
        self.slots(field).map(|slot| slot.found)
    }

    /// Names that stand twice, with the place of the later one.
    pub fn repeated(&self) -> impl Iterator<Item = (&'a str, Position)> {
        let entries = if self.has_repeated { &self.front_matter.entries[..] } else { &[] };
        let mut keys: Vec<&'a Key<'a>> = entries.iter().map(|(key, _)| key).collect();
        keys.sort_by(|one, other| folded(&one.name).cmp(folded(&other.name)));
        let mut again: Vec<&'a Key<'a>> = keys
            .windows(2)
            .filter(|pair| self::is_again(&pair[0].name, &pair[1].name))
            .map(|pair| pair[1])
            .collect();
        again.sort_by_key(|key| key.at);
        again.into_iter().map(|key| (&*key.name, key.at))
    }

    /// Names that nobody knows and that are nearly a field's own name, or one that `access` is called by:
    /// found, known, place.
    pub fn near_misses(&self) -> impl Iterator<Item = (&'a str, &'static str, Position)> {
        self.unknown.iter().filter_map(|key| {
            let name: String = folded(&key.name).collect();
            let near = if name.chars().count() < 4 { None } else { nearest(&name, meant()) };
            near.map(|near| (&*key.name, near, key.at))
        })
    }
}

/// What somebody may have meant who wrote a name that nobody knows: a field's own name. A slip in any name of
/// `access` would let out what is not for everybody.
fn meant() -> impl Iterator<Item = &'static str> {
    let names = TABLE.iter().flat_map(|(field, own, others)| {
        let others = if *field == Field::Access { *others } else { &[] };
        std::iter::once(*own).chain(others.iter().copied())
    });
    names.filter(|name| !name.contains('.'))
}

impl<'a> Slot<'a> {
    /// What a key says under one of its names. `None` where that has no value, or another meaning.
    fn of(name: &Name, found: Found<'a>, origin: Origin) -> Option<Slot<'a>> {
        let field = name.field?;
        let found = match (name.rest, &found.node.value) {
            (None, _) => found,
            (Some(rest), Value::Map(inner)) => within(inner, rest)?,
            (Some(_), _) => return None,
        };
        let is_nested = matches!(origin, Origin::Extra | Origin::Params);
        let counts = !found.is_empty() && (!is_nested || field.may_be_nested(&found));
        counts.then_some(Slot { field, origin, rank: name.rank, found })
    }
}

/// The keys of a map.
struct Keys {
    /// How each begins.
    beginnings: Vec<Beginning>,
    /// The numbers of those that stand once more further down; hardly ever one.
    again: Vec<usize>,
}

/// So few names are compared with each other, one by one.
const FEW: usize = 40;

impl Keys {
    fn of(map: &Map) -> Keys {
        let name = |at: usize| &*map.entries[at].0.name;
        let beginnings: Vec<Beginning> =
            map.entries.iter().map(|(key, _)| Beginning::of(&key.name)).collect();
        let mut again = Vec::new();
        if beginnings.len() <= FEW {
            // Small letters of other alphabets can be ASCII, so these may be the same though they begin otherwise.
            let are_ascii = map.entries.iter().all(|(key, _)| key.name.is_ascii());
            for (at, one) in beginnings.iter().enumerate() {
                let mut later = (at + 1..).zip(&beginnings[at + 1..]);
                let may_be = |other: &Beginning| one == other || !are_ascii;
                if later.any(|(later, other)| may_be(other) && is_again(name(at), name(later))) {
                    again.push(at);
                }
            }
        } else {
            let mut sorted: Vec<usize> = (0..beginnings.len()).collect();
            sorted.sort_by(|one, other| folded(name(*one)).cmp(folded(name(*other))));
            let pairs = sorted.windows(2).filter(|pair| is_again(name(pair[0]), name(pair[1])));
            again.extend(pairs.map(|pair| pair[0]));
            again.sort_unstable();
        }
        Keys { beginnings, again }
    }
}

/// The same name once more, and no other spelling of it, such as sites keep for two programs: there
/// the first that has a value counts, and of what keeps a text from readers both.
fn is_again(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

/// A bit of a number for each field.
fn bit(field: Field) -> u64 {
    const { assert!(TABLE.len() <= 64) };
    1 << (field as u64)
}

/// The last value of a name in a map.
fn within<'a>(map: &'a Map<'a>, name: &str) -> Option<Found<'a>> {
    let (key, node) = map.entries.iter().rev().find(|(key, _)| same(&key.name, name))?;
    Some(Found { name: &key.name, node })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse_yaml;

    fn text(yaml: &str, field: Field) -> Option<String> {
        let map = parse_yaml(yaml).unwrap();
        Fields::of(&map, &Map::default()).get(field).and_then(|found| found.text().map(str::to_owned))
    }

    #[test]
    fn own_names_win_and_empty_ones_do_not_count() {
        assert_eq!(
            text("date: 2025-01-01\npublished: 2026-01-01\n", Field::Published).as_deref(),
            Some("2026-01-01")
        );
        assert_eq!(text("published:\ndate: 2025-01-01\n", Field::Published).as_deref(), Some("2025-01-01"));
        assert_eq!(text("Featured-Image: a.jpg\n", Field::Cover).as_deref(), Some("a.jpg"));
        assert_eq!(text("extra:\n  image: a.jpg\n", Field::Cover).as_deref(), Some("a.jpg"));
        assert_eq!(text("title: a\n", Field::Summary), None);
    }

    #[test]
    fn the_last_of_several_counts_even_if_it_is_empty() {
        assert_eq!(text("title: a\nTitle: b\n", Field::Title).as_deref(), Some("b"));
        assert_eq!(text("title: a\ntitle:\nlinkTitle: b\n", Field::Title).as_deref(), Some("b"));
        assert_eq!(
            text("header: {image: a.jpg}\nheader: {teaser: b.jpg}\n", Field::Cover).as_deref(),
            Some("b.jpg")
        );
        assert_eq!(text("header: {image: a.jpg}\nheader: b\n", Field::Cover), None);
        assert_eq!(text("extra: {image: a.jpg, Image: b.jpg}\n", Field::Cover).as_deref(), Some("b.jpg"));
    }

    /// Among few names and among many, and where one of two equal letters is ASCII.
    #[test]
    fn repetitions_are_found_by_how_names_begin() {
        let others: String = (0..FEW).map(|number| format!("a{number}: b\n")).collect();
        for (one, other, is_again) in [
            ("hero-image", "Hero_Image", true),
            ("hero_image", "heroimage", false),
            ("translationkey", "translationkeys", false),
            ("\"abcdefgh\u{212a}\"", "abcdefghk", true),
            ("\"\u{212a}\"", "k", true),
        ] {
            for more in ["", &others] {
                let yaml = format!("{one}: a\n{more}{other}: b\n");
                let (map, none) = (parse_yaml(&yaml).unwrap(), Map::default());
                assert_eq!(Fields::of(&map, &none).repeated().count(), usize::from(is_again), "{yaml}");
            }
        }
    }

    #[test]
    fn two_spellings_are_no_repetition() {
        assert_eq!(
            text("heroImage: a.jpg\nhero_image:\nhero-image: b.jpg\n", Field::Cover).as_deref(),
            Some("a.jpg")
        );
        let map = parse_yaml("membersOnly: true\nmembers_only: false\n").unwrap();
        let none = Map::default();
        let fields = Fields::of(&map, &none);
        assert_eq!((fields.all(Field::Access).count(), fields.repeated().count()), (2, 0));
    }

    #[test]
    fn what_stands_in_extra_and_params_counts_after_all_else() {
        assert_eq!(text("params: {cover: a.jpg}\nog_image: b.jpg\n", Field::Cover).as_deref(), Some("b.jpg"));
        assert_eq!(
            text("params: {cover: a.jpg}\nextra: {og-image: b.jpg}\n", Field::Cover).as_deref(),
            Some("b.jpg")
        );
        assert_eq!(text("extra: {image_alt: A boat}\n", Field::CoverAlt).as_deref(), Some("A boat"));
        assert_eq!(text("params: {lastmod: 2026-11-22}\n", Field::Updated).as_deref(), Some("2026-11-22"));
        assert_eq!(text("params: {podcast: {file: a.mp3}}\n", Field::Audio).as_deref(), Some("a.mp3"));
        assert_eq!(text("params: {extra: {cover: a.jpg}}\n", Field::Cover), None);
        assert_eq!(text("params: {episode_number: 1}\n", Field::Episode).as_deref(), Some("1"));
        assert_eq!(text("params: {exclude_from_feed: yes}\n", Field::Feeds).as_deref(), Some("yes"));
        let map = parse_yaml("access: public\nparams: {members_only: true}\n").unwrap();
        let none = Map::default();
        let names: Vec<_> = Fields::of(&map, &none).all(Field::Access).map(|found| found.name).collect();
        assert_eq!(names, ["access", "members_only"]);
    }

    #[test]
    fn switches_of_a_theme_are_not_misread() {
        for (yaml, field) in [
            ("extra: {date: 2026-11-22}\n", Field::Published),
            ("extra: {title: a}\n", Field::Title),
            ("params: {id: ferry}\n", Field::Id),
            ("params: {thumbnail: true}\n", Field::Cover),
            ("params: {summary: true}\n", Field::Summary),
            ("params: {hero: yes}\n", Field::Cover),
            ("params: {lead: [a]}\n", Field::Summary),
            ("params: {comments: false}\n", Field::Comments),
            ("extra: {feed: https://e.example/feed.xml}\n", Field::Feeds),
            ("extra: {feeds: [{url: https://e.example/feed.xml}]}\n", Field::Feeds),
            ("extra: {updated: when it rains}\n", Field::Updated),
        ] {
            let map = parse_yaml(yaml).unwrap();
            assert!(Fields::of(&map, &Map::default()).get(field).is_none(), "{yaml}");
        }
    }

    #[test]
    fn front_matter_wins_over_what_the_body_says() {
        let (extra, body) = ("extra: {summary: a}\n", "summary: b\ntitle: c\n");
        let (extra, body) = (parse_yaml(extra).unwrap(), parse_yaml(body).unwrap());
        let fields = Fields::of(&extra, &body);
        let says = |found: Option<Found<'_>>| found.and_then(|found| found.text().map(str::to_owned));
        assert_eq!(says(fields.get(Field::Summary)).as_deref(), Some("a"));
        assert_eq!(says(fields.of_body(Field::Summary)).as_deref(), Some("b"));
        assert!(fields.is_from_body(Field::Title) && !fields.is_from_body(Field::Summary));
    }

    #[test]
    fn near_misses_and_repetitions() {
        let map = parse_yaml("tilte: a\nlayout: post\ntags: [a]\ntags: [b]\ncolor: red\n").unwrap();
        let none = Map::default();
        let fields = Fields::of(&map, &none);
        assert_eq!(
            fields.near_misses().map(|(found, near, _)| (found, near)).collect::<Vec<_>>(),
            [("tilte", "title")]
        );
        assert_eq!(fields.repeated().map(|(name, at)| (name, at.line)).collect::<Vec<_>>(), [("tags", 4)]);
    }

    /// Fields of other programs, and words that are one or two letters away from one of feedmill's.
    #[test]
    fn names_that_mean_something_else_are_no_near_misses() {
        let names = "altitude chapter comment contents edition editorial editor_note episodes illustration \
            latest locations nocomments photography reason related_posts released resource sources \
            translated videoId vimeo";
        for name in names.split_whitespace() {
            let yaml = format!("{name}: a\n");
            let map = parse_yaml(&yaml).unwrap();
            let near: Vec<_> =
                Fields::of(&map, &Map::default()).near_misses().map(|(_, near, _)| near).collect();
            assert!(near.is_empty(), "`{name}` is near {near:?}");
        }
    }
}
