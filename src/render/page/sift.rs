//! What of the region of an article is not the article.

use super::measure::{Measure, Measures};
use super::prose::{is_prose, is_sentence};
use super::region::Region;
use super::{Left, first_words, furniture, strip};
use crate::text;
use dom_query::NodeRef;
use std::collections::BTreeMap;

/// What is left of a region.
#[derive(Default)]
pub struct Sifted {
    /// The text of the heading above the article.
    pub headline: Option<String>,
    /// Letters of the article.
    pub text: usize,
    /// Those of them that stand in links.
    pub linked: usize,
}

/// A byline is not longer.
const LONGEST_BYLINE: usize = 200;
/// A line above the text is not longer; a list of links that is the text may be.
const LONGEST_LINE: usize = 80;
const LONGEST_DATE: usize = 40;
/// A line of so many parts is a text.
const MOST_OF_A_LINE: usize = 50;
/// A paragraph that readability dropped is one of the article if it is no shorter.
const SHORTEST_PARAGRAPH: usize = 25;

/// Takes furniture out of a whole page, before the article is looked for.
pub fn remove_plain(body: &NodeRef<'_>, left_out: &mut Left) {
    let all = letters(body);
    let mut nodes = body.element_children();
    nodes.reverse();
    while let Some(node) = nodes.pop() {
        match furniture::plain(&node) {
            Some(kind) if kind == "noscript" => keep_pictures(&node),
            Some(kind) if !is_around_the_article(&node, &kind, all) => remove(&node, kind, left_out),
            _ => nodes.extend(node.element_children().into_iter().rev()),
        }
    }
}

/// What says that scripts are needed goes; a picture for those without scripts is a picture.
fn keep_pictures(noscript: &NodeRef<'_>) {
    let pictures: Vec<NodeRef<'_>> = noscript.descendants_it().filter(|node| node.has_name("img")).collect();
    pictures.iter().for_each(|picture| noscript.insert_before(picture));
    noscript.remove_from_parent();
}

/// Some systems put the whole page into a form, and a page that was saved under an open dialog is
/// hidden.
fn is_around_the_article(node: &NodeRef<'_>, kind: &str, all: usize) -> bool {
    let is_landmark = |inner: NodeRef<'_>| {
        ["article", "main"].iter().any(|name| inner.has_name(name))
            || inner.attr_or("itemprop", "").contains("articleBody")
    };
    matches!(kind, "form" | "hidden" | "banner")
        && (node.descendants_it().any(is_landmark) || letters(node) * 2 > all)
}

fn letters(node: &NodeRef<'_>) -> usize {
    let texts = node.descendants_it().filter(NodeRef::is_text);
    texts.map(|inner| inner.text().chars().filter(|character| !character.is_whitespace()).count()).sum()
}

/// Takes an element out and notes what it said.
pub fn remove(node: &NodeRef<'_>, kind: String, left_out: &mut Left) {
    let words = first_words(node);
    if !words.is_empty() {
        left_out.entry(kind).or_default().push(words);
    }
    node.remove_from_parent();
}

/// Takes out of the region what is not the article.
pub fn sift(region: &Region<'_>, measures: &Measures, left_out: &mut Left) -> Sifted {
    let mut sieve = Sieve {
        region,
        measures,
        all: measures.get(&region.element),
        by_word: BTreeMap::new(),
        is_before_text: true,
        is_past_text: false,
        left_out,
        sifted: Sifted::default(),
    };
    sieve.count_words(&region.element);
    sieve.children(&region.element);
    let left = Measures::of(&region.element, &std::collections::HashSet::new()).get(&region.element);
    Sifted { text: left.text, linked: left.linked, ..sieve.sifted }
}

struct Sieve<'s, 'a> {
    region: &'s Region<'a>,
    measures: &'s Measures,
    all: Measure,
    /// How much of what readability kept stands below each word of [`furniture::by_name`].
    by_word: BTreeMap<&'static str, usize>,
    /// Has no paragraph come yet?
    is_before_text: bool,
    /// Has the text that the page declares ended?
    is_past_text: bool,
    left_out: &'s mut Left,
    sifted: Sifted,
}

impl Sieve<'_, '_> {
    fn children(&mut self, node: &NodeRef<'_>) {
        for child in node.element_children() {
            match self.verdict(&child) {
                Verdict::Keep => {
                    self.children(&child);
                    if is_block(&child) && is_empty(&child) {
                        child.remove_from_parent();
                    }
                }
                Verdict::Whole => {}
                Verdict::Furniture(kind) => self.drop(&child, kind),
            }
            if self.region.text.is_some_and(|text| text.id == child.id) {
                self.is_past_text = true;
            }
        }
    }

    /// A word that stands on much of an article is a word of its subject or its make.
    fn count_words(&mut self, node: &NodeRef<'_>) {
        for child in node.element_children() {
            match furniture::by_name(&child).filter(|_| is_block(&child)) {
                Some(word) if self.is_small(self.measures.get(&child).kept) => {
                    *self.by_word.entry(word).or_default() += self.measures.get(&child).kept;
                }
                _ => self.count_words(&child),
            }
        }
    }

    fn is_small(&self, kept: usize) -> bool {
        kept * 3 < self.all.kept.max(1)
    }

    /// A heading whose text has gone goes too.
    fn drop(&mut self, node: &NodeRef<'_>, kind: String) {
        let is_last = node.next_element_sibling().is_none_or(|next| is_heading(&next));
        let heading = node.prev_element_sibling().filter(|before| is_last && is_heading(before));
        heading.into_iter().for_each(|heading| remove(&heading, kind.clone(), self.left_out));
        remove(node, kind, self.left_out);
    }

    fn verdict(&mut self, node: &NodeRef<'_>) -> Verdict {
        let measure = self.measures.get(node);
        // One that stands between the text is a heading of a part.
        let is_first = self.is_before_text && self.sifted.headline.is_none();
        if node.has_name("h1") && is_first && measure.text > 0 {
            self.sifted.headline = Some(text::line(&node.text()));
            node.remove_from_parent();
            return Verdict::Whole;
        }
        if is_block(node) && self.is_small(measure.kept) {
            let word = furniture::by_name(node);
            if let Some(word) =
                word.filter(|word| self.is_small(self.by_word.get(word).copied().unwrap_or(0)))
            {
                return Verdict::Furniture(word.to_owned());
            }
            if furniture::is_byline(node) && measure.text < LONGEST_BYLINE && !has_picture(node) {
                return Verdict::Furniture("byline".to_owned());
            }
        }
        if self.is_before_text && is_above_text(node, measure) {
            return Verdict::Furniture("above the text".to_owned());
        }
        let is_paragraph = is_block(node) && !node.element_children().iter().any(is_block);
        if is_paragraph && measure.text >= SHORTEST_PARAGRAPH && !measure.is_mostly_links() {
            self.is_before_text = false;
        }
        if node.has_name("time") && is_line_of_its_own(node) {
            return Verdict::Furniture("time".to_owned());
        }
        if measure.has_kept {
            return Verdict::Keep;
        }
        self.dropped(node, measure)
    }

    /// Readability kept nothing of this element, and drops more than furniture.
    fn dropped(&self, node: &NodeRef<'_>, measure: Measure) -> Verdict {
        let furniture = |kind: &str| Verdict::Furniture(kind.to_owned());
        let Some(name) = node.node_name() else { return Verdict::Whole };
        if self.is_past_text && !furniture::is_note(node) && !is_prose(node) {
            return furniture("after the text");
        }
        if has_frame(node) {
            return Verdict::Keep;
        }
        match name.as_ref() {
            "figure" | "img" | "picture" | "video" | "audio" | "hr" | "br" => Verdict::Whole,
            "article" => furniture("article"),
            "footer" if furniture::is_attribution(node) => Verdict::Whole,
            "footer" | "aside" if is_prose(node) => Verdict::Whole,
            "ul" | "ol" | "table" | "dl" | "blockquote" | "pre" | "details" | "p" => {
                let is_short = name.as_ref() == "p"
                    && measure.text < SHORTEST_PARAGRAPH
                    && !has_picture(node)
                    && !is_sentence(node);
                if measure.is_mostly_links() || is_short { furniture("links") } else { Verdict::Whole }
            }
            "h2" | "h3" | "h4" | "h5" | "h6" if measure.has_linked_heading => furniture("links"),
            _ if !is_block(node) => Verdict::Whole,
            _ if measure.has_linked_heading || (measure.is_mostly_links() && !has_picture(node)) => {
                furniture("links")
            }
            _ if measure.text == 0 && !has_picture(node) => Verdict::Whole,
            _ if node.element_children().iter().any(is_block) || has_picture(node) => Verdict::Keep,
            _ if measure.text < SHORTEST_PARAGRAPH && !is_sentence(node) => furniture("short"),
            _ => Verdict::Whole,
        }
    }
}

/// A line of links (`Home | All notes`), or the date of the article.
fn is_above_text(node: &NodeRef<'_>, measure: Measure) -> bool {
    let is_time = |inner: &NodeRef<'_>| inner.has_name("time");
    let is_date = || is_time(node) || node.element_children().iter().any(is_time);
    let is_line = measure.text > 0 && measure.text < LONGEST_LINE && !has_picture(node) && !has_frame(node);
    is_line && ((is_block(node) && measure.is_mostly_links()) || (measure.text < LONGEST_DATE && is_date()))
}

/// Does it stand in no sentence?
fn is_line_of_its_own(node: &NodeRef<'_>) -> bool {
    node.parent().is_some_and(|parent| {
        let is_blank = |other: &NodeRef<'_>| !other.is_text() || other.text().trim().is_empty();
        ["article", "header", "footer", "main", "section", "div"].iter().any(|name| parent.has_name(name))
            && parent.children_it(false).take(MOST_OF_A_LINE).all(|other| is_blank(&other))
    })
}

/// Does it hold nothing at all?
pub fn is_empty(node: &NodeRef<'_>) -> bool {
    node.children_it(false).all(|child| child.is_text() && child.text().trim().is_empty())
}

enum Verdict {
    /// Its parts are looked at.
    Keep,
    /// It stays with all that it holds.
    Whole,
    /// It goes.
    Furniture(String),
}

fn is_heading(node: &NodeRef<'_>) -> bool {
    ["h2", "h3", "h4", "h5", "h6"].iter().any(|name| node.has_name(name))
}

fn has_picture(node: &NodeRef<'_>) -> bool {
    let is_picture = |node: &NodeRef<'_>| ["img", "video", "audio"].iter().any(|name| node.has_name(name));
    node.descendants_it().any(|inner| is_picture(&inner))
}

fn has_frame(node: &NodeRef<'_>) -> bool {
    node.has_attr(strip::FRAME) || node.descendants_it().any(|inner| inner.has_attr(strip::FRAME))
}

/// Is it an element that stands in lines of its own?
pub fn is_block(node: &NodeRef<'_>) -> bool {
    node.node_name().is_some_and(|name| {
        matches!(
            name.as_ref(),
            "div"
                | "section"
                | "article"
                | "header"
                | "footer"
                | "hgroup"
                | "main"
                | "address"
                | "ul"
                | "ol"
                | "dl"
                | "p"
                | "table"
                | "figure"
                | "fieldset"
                | "center"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
        )
    })
}
