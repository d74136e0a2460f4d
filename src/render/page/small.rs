//! A page that is little more than its article, however short that is: a note of one line, pictures
//! with captions, a list of links below a headline and a date.

use super::measure::Measures;
use super::prose::is_sentence;
use super::sift::{self, is_block};
use super::{Left, furniture};
use crate::text;
use dom_query::NodeRef;
use std::collections::HashSet;

/// A longer page is no small one; readability should have found its article.
const LONGEST: usize = 3000;
/// Without a headline a sentence has to be longer, lest the page says that there is none.
const SHORTEST_WITHOUT_HEADLINE: usize = 40;

/// The article of a small page, and its headline.
pub struct Small<'a> {
    /// The element that holds it.
    pub element: NodeRef<'a>,
    /// The text of the heading above it.
    pub headline: Option<String>,
}

/// Finds the article in the body of a page that was parsed anew. `None` where there are several, or
/// nothing.
#[must_use]
pub fn find<'a>(body: &NodeRef<'a>, has_date: bool, left_out: &mut Left) -> Option<Small<'a>> {
    sift::remove_plain(body, left_out);
    let all = |name: &str| -> Vec<NodeRef<'a>> {
        body.descendants_it().filter(|node| node.has_name(name)).collect()
    };
    let (articles, mains, headings) = (all("article"), all("main"), all("h1"));
    if articles.len() > 1 || headings.len() > 1 || all("time").len() > 1 {
        return None;
    }
    let declared = articles.first().or(mains.first().filter(|_| mains.len() == 1)).copied();
    // A form around the whole page is one to log in or to search with.
    if declared.is_none() && !all("form").is_empty() {
        return None;
    }
    let element = declared.unwrap_or(*body);
    let headline =
        headings.first().map(|heading| text::line(&heading.text())).filter(|line| !line.is_empty());
    for heading in &headings {
        remove_above(heading, &element);
        heading.remove_from_parent();
    }
    let measure = |node: &NodeRef<'a>| Measures::of(node, &HashSet::new()).get(node);
    let is_list = headline.is_some() && has_date && {
        let whole = measure(&element);
        whole.is_mostly_links() && !whole.has_linked_heading
    };
    remove_furniture(&element, is_list, left_out);
    let rest = measure(&element);
    if rest.text > LONGEST || rest.has_linked_heading || (rest.is_mostly_links() && !is_list) {
        return None;
    }
    let is_named = declared.is_some() || headline.is_some();
    let has_picture = || element.descendants_it().any(|node| node.has_name("img"));
    let has_sentence = |shortest: usize| {
        rest.text >= shortest && element.descendants_it().any(|node| is_sentence_of_its_own(&node))
    };
    let is_article = is_named && (has_picture() || is_list || has_sentence(1))
        || (articles.len() == 1 && rest.text > 0)
        || has_sentence(SHORTEST_WITHOUT_HEADLINE);
    is_article.then_some(Small { element, headline })
}

fn is_sentence_of_its_own(node: &NodeRef<'_>) -> bool {
    let is_whole = node.is_element() && !node.element_children().iter().any(is_block);
    is_whole && (is_block(node) || node.has_name("body") || node.has_name("li")) && is_sentence(node)
}

/// What stands above the headline is the site's.
fn remove_above(heading: &NodeRef<'_>, element: &NodeRef<'_>) {
    let mut inner = *heading;
    while inner.id != element.id {
        while let Some(above) = inner.prev_element_sibling() {
            above.remove_from_parent();
        }
        match inner.parent() {
            Some(outer) => inner = outer,
            None => break,
        }
    }
}

fn remove_furniture(element: &NodeRef<'_>, is_list: bool, left_out: &mut Left) {
    let measures = Measures::of(element, &HashSet::new());
    let mut nodes = element.element_children();
    nodes.reverse();
    while let Some(node) = nodes.pop() {
        let measure = measures.get(&node);
        let is_links = is_block(&node) && measure.text > 0 && measure.is_mostly_links() && !is_list;
        let kind = furniture::by_name(&node)
            .or(furniture::is_byline(&node).then_some("byline"))
            .or(furniture::is_of_site(&node).then_some("of the site"))
            .or(node.has_name("time").then_some("time"))
            .or(is_links.then_some("links"));
        match kind {
            Some(kind) => {
                let outer = node.parent().filter(|outer| outer.id != element.id);
                sift::remove(&node, kind.to_owned(), left_out);
                outer.filter(sift::is_empty).iter().for_each(NodeRef::remove_from_parent);
            }
            None => nodes.extend(node.element_children().into_iter().rev()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, text};
    use super::super::{Lost, find};

    #[test]
    fn a_short_note_is_an_article() {
        let page = "<div id=menu><a href=/>Home</a></div><h1>Short note</h1><p>The pool is closed.</p>\
                    <div id=footer>The Harbour Post, Quay 1.</div>";
        assert_eq!(text(page), "The pool is closed.");
        assert_eq!(found(page).unwrap().1.as_deref(), Some("Short note"));
        let line = "The pool on the quay is closed until the crane has lifted the piano out of it.";
        assert_eq!(text(&format!("<p>{line}</p>")), line);
        assert_eq!(text("<article><h1>Pool</h1><p>Closed today</p></article>"), "Closed today");
    }

    #[test]
    fn pictures_are_an_article() {
        let page = "<h1>The quay at dawn</h1><figure><img src=a.jpg><figcaption>Dawn</figcaption></figure>\
                    <figure><img src=b.jpg></figure>";
        assert!(text(page).contains("Dawn") && found(page).unwrap().0.contains("b.jpg"));
    }

    #[test]
    fn links_below_a_headline_and_a_date_are_an_article() {
        let list = "<ul><li><a href=https://a.example/>A harbour in Norway</a></li><li><a href=https://b.example/>A crane in Riga</a></li></ul>";
        let dated = format!("<h1>Links of the week</h1><time datetime=2026-01-01>1 January</time>{list}");
        assert_eq!(text(&dated), "A harbour in Norway A crane in Riga");
        let in_line = dated.replace("<time", "<p><time").replace("</time>", "</time></p>");
        assert_eq!(found(&in_line), found(&dated), "no empty line");
        assert_eq!(found(&format!("<h1>Links</h1>{list}")), Err(Lost::NoArticle));
        let said = format!("<html><meta name=date content=2026-01-01><body><h1>Links</h1>{list}");
        assert!(find(&said).is_ok());
    }

    #[test]
    fn what_is_no_article() {
        for page in [
            "<h1>The Post</h1>",
            "<p>Log in.</p>",
            "<h1>Log in</h1><form><p>Your name and your password, please.</p></form>",
            "<h1>The Post</h1><article><p>One is here.</p></article><article><p>Two is here.</p></article>",
            "<h1>The Post</h1><p><a href=/1>The ferry is back.</a></p><p><a href=/2>The crane is not.</a></p>",
        ] {
            assert_eq!(found(page), Err(Lost::NoArticle), "{page}");
        }
    }
}
