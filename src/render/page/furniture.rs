//! What stands in a page and is plainly none of its article, by the element, its attributes, or the
//! words in its class and id.

use dom_query::NodeRef;

/// Elements that are furniture wherever they stand.
const ELEMENTS: &[&str] = &["nav", "aside", "form", "dialog", "menu"];

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

/// Whole words of a class or id.
const WORDS: &[&str] = &[
    "ad",
    "ads",
    "addtoany",
    "addthis",
    "breaking",
    "browsehappy",
    "browserupgrade",
    "ccpa",
    "disqus",
    "donate",
    "donation",
    "gdpr",
    "mailing",
    "modal",
    "outbrain",
    "outdated",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "promo",
    "respond",
    "share",
    "sharing",
    "sharebar",
    "sharedaddy",
    "shares",
    "sidebar",
    "signup",
    "social",
    "taboola",
    "teaser",
    "teasers",
    "ticker",
    "toolbar",
    "trending",
];

/// Beginnings of words.
const BEGINNINGS: &[&str] = &[
    "advert",
    "breadcrumb",
    "comment",
    "consent",
    "cookie",
    "newsletter",
    "recommend",
    "related",
    "sponsor",
    "subscri",
];

/// Words of short lines that a feed says elsewhere.
const BYLINES: &[&str] = &["author", "authors", "byline", "dateline", "meta", "postmeta", "posted", "tags"];

/// With one of these words beside it, it is shown for what it says.
const QUOTED: &[&str] = &["embed", "tweet", "quote", "pullquote", "footnotes", "content", "body"];

/// Names what makes an element furniture before anything is known of the article.
#[must_use]
pub fn plain(node: &NodeRef<'_>) -> Option<String> {
    let name = node.node_name()?;
    if name.as_ref() == "noscript" || (name.as_ref() == "footer" && !is_attribution(node)) {
        return Some(name.to_string());
    }
    if ELEMENTS.contains(&name.as_ref()) {
        return Some(name.to_string());
    }
    let role = node.attr_or("role", "");
    if let Some(role) = ROLES.iter().find(|known| role.eq_ignore_ascii_case(known)) {
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

/// Names the word in the class or id of a block that makes it furniture, where all that has this word
/// is small against the article.
#[must_use]
pub fn by_name(node: &NodeRef<'_>) -> Option<&'static str> {
    let words = words(node);
    if words.iter().any(|word| QUOTED.contains(&word.as_str())) {
        return None;
    }
    words.iter().find_map(|word| {
        let whole = WORDS.iter().find(|known| *known == word);
        whole.or_else(|| BEGINNINGS.iter().find(|start| word.starts_with(**start))).copied()
    })
}

/// Is this the line that says who wrote the article, and when?
#[must_use]
pub fn is_byline(node: &NodeRef<'_>) -> bool {
    let says_author = node.attr_or("itemprop", "").contains("author") || node.has_name("address");
    says_author || words(node).iter().any(|word| BYLINES.contains(&word.as_str()))
}

/// An id of more words is made from a heading, and says what the article is about.
const MOST_WORDS_OF_AN_ID: usize = 3;

/// The words of an element's class and id.
fn words(node: &NodeRef<'_>) -> Vec<String> {
    let mut words = split(&node.attr_or("class", ""));
    let id = split(&node.attr_or("id", ""));
    if id.len() <= MOST_WORDS_OF_AN_ID {
        words.extend(id);
    }
    words
}

/// `relatedPosts box__share` is related, posts, box, share.
fn split(names: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for character in names.chars() {
        if !character.is_alphanumeric() || (character.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (character.is_alphanumeric(), words.last_mut()) {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}
