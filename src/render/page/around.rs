//! What of an article stands around the element that holds its text: the lead below its headline, a
//! paragraph in a `<div>` of its own, a correction after the end.

use super::furniture;
use super::measure::Measures;
use super::prose::is_sentence;
use super::region::Region;
use super::sift::is_block;
use dom_query::NodeRef;

/// A lead is no shorter.
const SHORTEST_LEAD: usize = 25;
/// A heading is looked for on so many levels of a page.
const MOST_LEVELS: usize = 40;

/// Moves into the region what belongs to it.
pub fn gather(body: &NodeRef<'_>, region: &Region<'_>, measures: &Measures) {
    if region.element.id == body.id {
        return;
    }
    if !region.is_declared {
        paragraphs_beside(&region.element, measures);
    }
    let leads = leads(body, &region.element, measures);
    leads.iter().rev().for_each(|lead| region.element.prepend_child(lead));
    notes_after(&region.element, measures);
}

/// Where each paragraph is a `<div>`, readability may take one of them for the article.
fn paragraphs_beside(element: &NodeRef<'_>, measures: &Measures) {
    let is_paragraph = |node: &NodeRef<'_>| {
        ["div", "p"].iter().any(|name| node.has_name(name)) && !has_blocks(node) && is_text(node, measures)
    };
    let before: Vec<NodeRef<'_>> = before(element).filter(is_paragraph).collect();
    let after: Vec<NodeRef<'_>> = after(element).filter(is_paragraph).collect();
    before.iter().for_each(|paragraph| element.prepend_child(paragraph));
    after.iter().for_each(|paragraph| element.append_child(paragraph));
}

/// The sentences between the headline and the region, in their order.
fn leads<'a>(body: &NodeRef<'a>, element: &NodeRef<'a>, measures: &Measures) -> Vec<NodeRef<'a>> {
    let is_headline = |node: &NodeRef<'_>| {
        let measure = measures.get(node);
        // The name of a site leads to its front page.
        node.has_name("h1") && measure.text > 0 && measure.linked * 10 < measure.text * 9
    };
    if element.descendants_it().any(|node| is_headline(&node)) {
        return Vec::new();
    }
    let mut between = Vec::new();
    let mut inner = *element;
    for _ in 0..MOST_LEVELS {
        // The nearest element comes first.
        for sibling in before(&inner) {
            let headline = sibling.descendants_it().chain([sibling]).find(|node| is_headline(node));
            if let Some(headline) = headline {
                let mut below = headline;
                let mut in_heading = Vec::new();
                while below.id != sibling.id {
                    in_heading.extend(after(&below));
                    let Some(outer) = below.parent() else { break };
                    below = outer;
                }
                let mut leads = Vec::new();
                in_heading
                    .iter()
                    .chain(between.iter().rev())
                    .for_each(|node| sentences(node, measures, &mut leads));
                return leads;
            }
            between.push(sibling);
        }
        match inner.parent() {
            Some(outer) if outer.id != body.id => inner = outer,
            _ => break,
        }
    }
    Vec::new()
}

/// The innermost blocks of an element that are sentences.
fn sentences<'a>(node: &NodeRef<'a>, measures: &Measures, found: &mut Vec<NodeRef<'a>>) {
    if furniture::by_name(node).is_some() || furniture::is_byline(node) {
        return;
    }
    if has_blocks(node) {
        node.element_children().iter().for_each(|inner| sentences(inner, measures, found));
    } else if is_block(node) && measures.get(node).text >= SHORTEST_LEAD && is_text(node, measures) {
        found.push(*node);
    }
}

/// Corrections and notes stand below an article, in the same element.
fn notes_after(element: &NodeRef<'_>, measures: &Measures) {
    let is_note = |node: &NodeRef<'_>| {
        let measure = measures.get(node);
        furniture::is_note(node)
            && furniture::by_name(node).is_none()
            && measure.text > 0
            && !measure.is_mostly_links()
            && !measure.has_linked_heading
    };
    let notes: Vec<NodeRef<'_>> = after(element).filter(is_note).collect();
    notes.iter().for_each(|note| element.append_child(note));
}

/// A sentence, and none of the site's own.
fn is_text(node: &NodeRef<'_>, measures: &Measures) -> bool {
    let measure = measures.get(node);
    let is_copyright = || node.text().trim_start().starts_with('©');
    measure.text > 0
        && !measure.is_mostly_links()
        && is_sentence(node)
        && furniture::by_name(node).is_none()
        && !furniture::is_byline(node)
        && !is_copyright()
}

fn has_blocks(node: &NodeRef<'_>) -> bool {
    node.element_children().iter().any(is_block)
}

/// The elements before an element, the nearest first.
fn before<'a>(node: &NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
    std::iter::successors(node.prev_element_sibling(), NodeRef::prev_element_sibling)
}

/// The elements after an element.
fn after<'a>(node: &NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
    std::iter::successors(node.next_element_sibling(), NodeRef::next_element_sibling)
}

#[cfg(test)]
mod tests {
    use super::super::tests::text;

    const LEAD: &str = "The ferry is back in service, and the piano is back on the quay.";
    const PARAGRAPH: &str = "<p>The ferry left the quay at four in the morning, with nineteen passengers, \
                             one dog, the post and a piano that nobody had ordered.</p>";

    #[test]
    fn a_lead_below_the_headline() {
        for page in [
            format!(
                "<header><h1>T</h1><p class=lead>{LEAD}</p></header><div class=content>{}</div>",
                PARAGRAPH.repeat(3)
            ),
            format!(
                "<div class=head><h1>T</h1><p>{LEAD}</p></div><div class=content>{}</div>",
                PARAGRAPH.repeat(3)
            ),
            format!(
                "<div><div><h1>T</h1></div><div><p>{LEAD}</p></div><article>{}</article></div>",
                PARAGRAPH.repeat(3)
            ),
        ] {
            assert!(text(&page).starts_with(LEAD), "{page}: {}", text(&page));
        }
        let site = format!(
            "<header><h1><a href=/>The Post</a></h1><p>{LEAD}</p></header><article>{}</article>",
            PARAGRAPH.repeat(3)
        );
        assert!(!text(&site).contains(LEAD), "the line of a site");
    }

    #[test]
    fn paragraphs_that_are_divisions() {
        let ferry =
            "The ferry left the quay at four in the morning, with nineteen passengers, one dog and the post.";
        let page =
            format!("<div><div>{LEAD}</div><div>{ferry}<br><br>{ferry}</div><div>It came back.</div></div>");
        assert_eq!(text(&page), format!("{LEAD} {ferry} {ferry} It came back."));
    }

    #[test]
    fn a_correction_after_the_end() {
        let page = format!(
            "<div><article>{}</article><div class=correction>It was two pianos.</div><div class=more>Next</div></div>",
            PARAGRAPH.repeat(3)
        );
        assert!(text(&page).ends_with("It was two pianos."), "{}", text(&page));
    }
}
