//! How much text each element of a page holds, how much of it in links, and how much of it readability
//! kept; counted once for all elements.

use dom_query::{NodeId, NodeRef};
use std::collections::{HashMap, HashSet};

/// The text of an element, counted in characters that are not blank.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    /// All of it.
    pub text: usize,
    /// What stands in links.
    pub linked: usize,
    /// What stands in elements that readability kept.
    pub kept: usize,
    /// Does it hold an element that readability kept, or is it one?
    pub has_kept: bool,
    /// Does it hold a heading that is all link, as the cards of other articles do?
    pub has_linked_heading: bool,
}

impl Measure {
    /// Is most of it links?
    #[must_use]
    pub fn is_mostly_links(&self) -> bool {
        self.linked * 2 > self.text
    }
}

/// The measures of all elements below and at a root.
pub struct Measures(HashMap<NodeId, Measure>);

impl Measures {
    /// Counts. `kept` are the elements that readability kept.
    #[must_use]
    pub fn of(root: &NodeRef<'_>, kept: &HashSet<NodeId>) -> Measures {
        let mut measures = Measures(HashMap::new());
        measures.count(root, kept, false);
        measures
    }

    /// The measure of an element.
    #[must_use]
    pub fn get(&self, node: &NodeRef<'_>) -> Measure {
        self.0.get(&node.id).copied().unwrap_or_default()
    }

    /// A page that is parsed is not deep, so neither is this recursion.
    fn count(&mut self, node: &NodeRef<'_>, kept: &HashSet<NodeId>, in_link: bool) -> Measure {
        let is_kept = kept.contains(&node.id);
        let in_link = in_link || node.has_name("a");
        let mut sum = Measure { has_kept: is_kept, ..Measure::default() };
        for child in node.children_it(false) {
            if child.is_text() {
                let characters = child.text().chars().filter(|character| !character.is_whitespace()).count();
                sum.text += characters;
                sum.linked += if in_link { characters } else { 0 };
                sum.kept += if is_kept { characters } else { 0 };
            } else if child.is_element() {
                let inner = self.count(&child, kept, in_link);
                sum.text += inner.text;
                sum.linked += inner.linked;
                sum.kept += inner.kept;
                sum.has_kept |= inner.has_kept;
                sum.has_linked_heading |= inner.has_linked_heading;
            }
        }
        let is_heading = ["h2", "h3", "h4", "h5", "h6"].iter().any(|name| node.has_name(name));
        sum.has_linked_heading |= is_heading && sum.text > 0 && sum.linked * 10 >= sum.text * 9;
        self.0.insert(node.id, sum);
        sum
    }
}
