//! What stands in a page and is plainly none of its article, by the element, its attributes, or its
//! class and id.

use super::classes::{self, FURNITURE, LINES};
use super::prose::is_prose;
use dom_query::NodeRef;

/// Elements that are furniture wherever they stand.
const ELEMENTS: &[&str] = &["nav", "form", "dialog", "menu"];

/// Roles (WAI-ARIA) that say the same.
const ROLES: &[&str] = &[
    "navigation",
    "complementary",
    "banner",
    "contentinfo",
    "alert",
    "alertdialog",
    "dialog",
    "search",
    "form",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "tooltip",
];

/// Classes of texts that only screen readers say.
const UNSEEN: &[&str] = &["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "skip-link"];

/// With one of these words beside it, it is shown for what it says.
const QUOTED: &[&str] = &["embed", "tweet", "quote", "pullquote", "footnotes", "content", "body"];

/// Names what makes an element furniture before anything is known of the article.
#[must_use]
pub fn plain(node: &NodeRef<'_>) -> Option<String> {
    let name = node.node_name()?;
    let may_be_text = || is_in_article(node) && is_prose(node);
    match name.as_ref() {
        "noscript" => return Some(name.to_string()),
        "footer" if !is_attribution(node) && !may_be_text() => return Some(name.to_string()),
        "aside" if !may_be_text() => return Some(name.to_string()),
        _ => {}
    }
    if ELEMENTS.contains(&name.as_ref()) {
        return Some(name.to_string());
    }
    let role = node.attr_or("role", "");
    let says_role = |known: &&&str| role.eq_ignore_ascii_case(known);
    let is_beside = role.eq_ignore_ascii_case("complementary") || role.eq_ignore_ascii_case("contentinfo");
    if let Some(role) = ROLES.iter().find(says_role).filter(|_| !is_beside || !may_be_text()) {
        return Some((*role).to_owned());
    }
    let style: String = node.attr_or("style", "").chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    let is_hidden = node.has_attr("hidden")
        || node.attr_or("aria-hidden", "").eq_ignore_ascii_case("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || node.attr_or("class", "").split_whitespace().any(|class| UNSEEN.contains(&class));
    is_hidden.then(|| "hidden".to_owned())
}

/// Who is quoted stands in the footer of a quotation; notes may stand in that of the article.
#[must_use]
pub fn is_attribution(node: &NodeRef<'_>) -> bool {
    node.parent().is_some_and(|parent| parent.has_name("blockquote"))
        || words(node).iter().any(|word| word == "footnotes")
}

/// Does it stand in what the page calls the article, or between paragraphs?
fn is_in_article(node: &NodeRef<'_>) -> bool {
    const FEWEST_PARAGRAPHS: usize = 2;
    let is_article = |outer: NodeRef<'_>| {
        ["article", "main"].iter().any(|name| outer.has_name(name))
            || outer.attr_or("itemprop", "").contains("articleBody")
    };
    let is_between_paragraphs = || {
        let before = std::iter::successors(node.prev_element_sibling(), NodeRef::prev_element_sibling);
        let after = std::iter::successors(node.next_element_sibling(), NodeRef::next_element_sibling);
        let near = before.take(FEWEST_PARAGRAPHS).chain(after.take(FEWEST_PARAGRAPHS));
        near.filter(|sibling| sibling.has_name("p")).count() >= FEWEST_PARAGRAPHS
    };
    node.ancestors_it(None).any(is_article) || is_between_paragraphs()
}

/// Names the word in the class or id of a block that makes it furniture, where all that has this word
/// is small against the article.
#[must_use]
pub fn by_name(node: &NodeRef<'_>) -> Option<&'static str> {
    let is_heading = ["h1", "h2", "h3", "h4", "h5", "h6"].iter().any(|name| node.has_name(name));
    if is_heading || words(node).iter().any(|word| QUOTED.contains(&word.as_str())) {
        return None;
    }
    let word = names(node).iter().find_map(|name| classes::says(name, FURNITURE))?;
    let is_text = is_prose(node) && !(word.starts_with("comment") && holds_comments(node));
    (!is_text).then_some(word)
}

/// What readers wrote below an article has parts that are named for it; a comment of the editors has not.
fn holds_comments(node: &NodeRef<'_>) -> bool {
    let is_comment = |inner: NodeRef<'_>| {
        let class = inner.attr_or("class", "");
        class.split_whitespace().any(|name| name.starts_with("comment"))
    };
    node.descendants_it().any(is_comment)
}

/// Is this the line that says who wrote the article, and when?
#[must_use]
pub fn is_byline(node: &NodeRef<'_>) -> bool {
    let says_author = node.attr_or("itemprop", "").contains("author") || node.has_name("address");
    (says_author || names(node).iter().any(|name| classes::says(name, LINES).is_some())) && !is_prose(node)
}

/// Does a site say that it is the frame of every page?
#[must_use]
pub fn is_of_site(node: &NodeRef<'_>) -> bool {
    const FRAME: &[&str] =
        &["footer", "masthead", "menu", "nav", "navbar", "navigation", "topbar", "copyright"];
    let says = |name: &String| classes::says(name, FRAME).is_some() || FRAME.contains(&name.as_str());
    !is_prose(node) && names(node).iter().any(says)
}

/// Does the page name it as one of the notes that follow a text?
#[must_use]
pub fn is_note(node: &NodeRef<'_>) -> bool {
    const NOTES: &[&str] = &[
        "correction",
        "corrections",
        "clarification",
        "erratum",
        "errata",
        "note",
        "notes",
        "footnotes",
        "endnotes",
        "update",
        "updates",
        "addendum",
        "postscript",
        "disclosure",
        "disclaimer",
    ];
    words(node).iter().any(|word| NOTES.contains(&word.as_str()))
}

/// An id of more words is made from a heading, and says what the article is about.
const MOST_WORDS_OF_AN_ID: usize = 3;

/// An element's classes and its id.
fn names(node: &NodeRef<'_>) -> Vec<String> {
    let mut names: Vec<String> = node.attr_or("class", "").split_whitespace().map(str::to_owned).collect();
    let id = node.attr_or("id", "");
    if classes::words(&id).len() <= MOST_WORDS_OF_AN_ID {
        names.push(id.to_string());
    }
    names
}

/// The words of an element's classes and id.
fn words(node: &NodeRef<'_>) -> Vec<String> {
    names(node).iter().flat_map(|name| classes::words(name)).collect()
}
