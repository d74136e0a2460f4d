//! Ids in one piece of memory: a ledger has hundreds of thousands of them, and most are only looked through.

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// Ids in their order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct IdList {
    /// All of them, one after the other.
    text: Box<str>,
    /// Where each ends.
    ends: Box<[usize]>,
}

/// Ids, each once, in alphabetical order.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "IdList")]
pub struct IdSet(IdList);

impl IdList {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|number| self.at(number))
    }

    /// Is this one of them?
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.iter().any(|one| one == id)
    }

    fn at(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }
}

impl IdSet {
    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter()
    }

    /// Is this one of them?
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        let (mut first, mut end) = (0, self.0.len());
        while first < end {
            let middle = usize::midpoint(first, end);
            if self.0.at(middle) < id { first = middle + 1 } else { end = middle }
        }
        first < self.0.len() && self.0.at(first) == id
    }

    /// The same with these.
    #[must_use]
    pub fn with<'i>(&'i self, ids: impl IntoIterator<Item = &'i str>) -> IdSet {
        self.iter().chain(ids).collect()
    }
}

/// A list that grows.
struct Growing {
    text: String,
    ends: Vec<usize>,
}

impl Growing {
    fn new() -> Growing {
        Growing { text: String::with_capacity(1 << 10), ends: Vec::with_capacity(1 << 6) }
    }

    fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }

    fn end(self) -> IdList {
        IdList { text: self.text.as_str().into(), ends: self.ends.as_slice().into() }
    }
}

impl<S: AsRef<str>> FromIterator<S> for IdList {
    fn from_iter<I: IntoIterator<Item = S>>(ids: I) -> IdList {
        let mut list = Growing::new();
        ids.into_iter().for_each(|id| list.push(id.as_ref()));
        list.end()
    }
}

impl<S: AsRef<str>> FromIterator<S> for IdSet {
    fn from_iter<I: IntoIterator<Item = S>>(ids: I) -> IdSet {
        let mut ids: Vec<S> = ids.into_iter().collect();
        ids.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
        ids.dedup_by(|a, b| a.as_ref() == b.as_ref());
        IdSet(ids.into_iter().collect())
    }
}

impl From<IdList> for IdSet {
    fn from(ids: IdList) -> IdSet {
        match ids.iter().is_sorted_by(|a, b| a < b) {
            true => IdSet(ids),
            false => ids.iter().collect(),
        }
    }
}

impl fmt::Debug for IdList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

impl fmt::Debug for IdSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
    }
}

impl<const N: usize> PartialEq<[&str; N]> for IdList {
    fn eq(&self, other: &[&str; N]) -> bool {
        self.iter().eq(other.iter().copied())
    }
}

impl Serialize for IdList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl Serialize for IdSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for IdList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<IdList, D::Error> {
        deserializer.deserialize_seq(AllIds)
    }
}

struct AllIds;

impl<'de> Visitor<'de> for AllIds {
    type Value = IdList;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut ids: A) -> Result<IdList, A::Error> {
        let mut list = Growing::new();
        while ids.next_element_seed(NextId(&mut list))?.is_some() {}
        Ok(list.end())
    }
}

/// Puts an id at the end of a list, without a copy of its own in between.
struct NextId<'l>(&'l mut Growing);

impl<'de> DeserializeSeed<'de> for NextId<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NextId<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E>(self, id: &str) -> Result<(), E> {
        self.0.push(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        for ids in [&[][..], &["b", "", "a", "b", "\"ё\n"]] {
            let list: IdList = ids.iter().collect();
            let text = serde_json::to_string(ids).unwrap();
            assert_eq!(serde_json::to_string(&list).unwrap(), text);
            assert_eq!(serde_json::from_str::<IdList>(&text).unwrap(), list);
            assert_eq!(list.iter().collect::<Vec<_>>(), ids);
            assert_eq!(format!("{list:?}"), format!("{ids:?}"));
            assert!(ids.iter().all(|id| list.contains(id)) && !list.contains("c"));
        }
        let fault = serde_json::from_str::<IdList>("[\"a\",1]").unwrap_err().to_string();
        assert!(fault.starts_with("invalid type: integer `1`, expected a string"), "{fault}");
    }

    #[test]
    fn a_set_has_each_once() {
        let set: IdSet = serde_json::from_str(r#"["b","a","c","b"]"#).unwrap();
        assert_eq!(set, ["c", "a", "b", "a"].into_iter().collect());
        assert_eq!(set.iter().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(set.with(["bb"]).iter().collect::<Vec<_>>(), ["a", "b", "bb", "c"]);
        let known = ["", "a", "aa", "b", "bb", "c", "d"].map(|id| set.contains(id));
        assert_eq!(known, [false, true, false, true, false, true, false]);
        assert!(!IdSet::default().contains("a"));
    }
}
