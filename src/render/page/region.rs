//! Which element of a page holds the article.

use super::measure::Measures;
use super::{Left, first_words};
use dom_query::NodeRef;

/// The element that holds the article, and perhaps more.
pub struct Region<'a> {
    /// The element.
    pub element: NodeRef<'a>,
    /// The element in it that holds the text alone, where the page says so.
    pub text: Option<NodeRef<'a>>,
    /// Does the page say that this is the article?
    pub is_declared: bool,
}

/// The smallest element with nearly all that readability kept; or rather, the `<article>`, the
/// `articleBody` or the `<main>` around it.
#[must_use]
pub fn choose<'a>(body: &NodeRef<'a>, measures: &Measures) -> Region<'a> {
    let all = measures.get(body).kept;
    let mut way = vec![*body];
    if all > 0 {
        let holds = |child: &NodeRef<'_>| measures.get(child).kept * 100 >= all * 98;
        let mut inner = body.element_children().into_iter().find(holds);
        while let Some(element) = inner {
            way.push(element);
            inner = element.element_children().into_iter().find(holds);
        }
    }
    let mut last = way.len() - 1;
    // A single paragraph or list is not where an article ends.
    while last > 0 && !is_container(&way[last]) {
        last -= 1;
    }
    let way = &way[..=last];
    let text = way.iter().rev().find(|node| says_text(node)).copied().or_else(|| only(body, &says_text));
    let article = way.iter().rev().find(|node| node.has_name("article")).copied();
    let article =
        article.or_else(|| text.is_none().then(|| only(body, &|node| node.has_name("article"))).flatten());
    let is_main = |node: &NodeRef<'_>| node.has_name("main") || node.attr_or("role", "").as_ref() == "main";
    let main = way.iter().rev().copied().find(|node| {
        let measure = measures.get(node);
        is_main(node) && measure.kept * 10 >= measure.text * 6
    });
    let text_in =
        |outer: &NodeRef<'_>| text.filter(|text| text.ancestors_it(None).any(|node| node.id == outer.id));
    if let Some(element) = article {
        return Region { element, text: text_in(&element), is_declared: true };
    }
    if let Some(element) = text {
        return Region { element, text: None, is_declared: true };
    }
    match main {
        Some(element) => Region { element, text: None, is_declared: true },
        None => Region { element: way[last], text: None, is_declared: false },
    }
}

fn is_container(node: &NodeRef<'_>) -> bool {
    ["div", "section", "article", "main", "td", "body", "center"].iter().any(|name| node.has_name(name))
}

fn says_text(node: &NodeRef<'_>) -> bool {
    node.attr_or("itemprop", "").split_whitespace().any(|name| name.eq_ignore_ascii_case("articleBody"))
}

/// The one element of its kind in the page.
fn only<'a>(body: &NodeRef<'a>, is: &dyn Fn(&NodeRef<'_>) -> bool) -> Option<NodeRef<'a>> {
    let mut all = body.descendants_it().filter(|node| node.is_element() && is(node));
    all.next().filter(|_| all.next().is_none())
}

/// Names what stands in the page around the region.
pub fn tell_rest(body: &NodeRef<'_>, region: &NodeRef<'_>, measures: &Measures, left_out: &mut Left) {
    let mut inner = *region;
    while inner.id != body.id
        && let Some(outer) = inner.parent()
    {
        for other in outer.element_children() {
            let words = first_words(&other);
            if other.id != inner.id && measures.get(&other).text > 0 && !words.is_empty() {
                left_out.entry("around it".to_owned()).or_default().push(words);
            }
        }
        inner = outer;
    }
}
