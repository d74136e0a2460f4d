//! What a class or an id says of its element. The whole of it has to be known: `share-buttons` shares
//! the page, `share-of-votes` is about an election.

/// Words that make their element furniture.
pub const FURNITURE: &[&str] = &[
    "ad",
    "ads",
    "addthis",
    "addtoany",
    "adsbygoogle",
    "advert",
    "advertisement",
    "advertising",
    "adverts",
    "breadcrumb",
    "breadcrumbs",
    "breaking",
    "browsehappy",
    "browserupgrade",
    "ccpa",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "donate",
    "donation",
    "gdpr",
    "mailing",
    "modal",
    "newsletter",
    "newsletters",
    "outbrain",
    "outdated",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "promo",
    "recommendations",
    "recommended",
    "related",
    "relatedposts",
    "respond",
    "share",
    "sharebar",
    "sharedaddy",
    "shares",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "sponsors",
    "subscribe",
    "subscription",
    "taboola",
    "teaser",
    "teasers",
    "ticker",
    "toolbar",
    "trending",
];

/// Words of short lines that a feed says elsewhere.
pub const LINES: &[&str] = &["author", "authors", "byline", "dateline", "meta", "postmeta", "posted", "tags"];

/// Words that say only how an element is made or where it stands.
const MAKE: &[&str] = &[
    "and",
    "area",
    "article",
    "articles",
    "avatar",
    "banner",
    "bar",
    "bio",
    "block",
    "bottom",
    "box",
    "btn",
    "button",
    "buttons",
    "card",
    "cards",
    "category",
    "column",
    "component",
    "container",
    "cta",
    "data",
    "date",
    "email",
    "enabled",
    "entry",
    "follow",
    "footer",
    "form",
    "grid",
    "group",
    "header",
    "holder",
    "icon",
    "icons",
    "info",
    "inline",
    "inner",
    "item",
    "items",
    "label",
    "layer",
    "left",
    "line",
    "link",
    "links",
    "list",
    "media",
    "message",
    "mobile",
    "module",
    "more",
    "name",
    "nav",
    "network",
    "networks",
    "news",
    "notice",
    "options",
    "outer",
    "overlay",
    "page",
    "panel",
    "post",
    "posts",
    "prompt",
    "published",
    "rail",
    "right",
    "row",
    "save",
    "section",
    "single",
    "site",
    "slot",
    "small",
    "sticky",
    "stories",
    "story",
    "strip",
    "thread",
    "time",
    "title",
    "tool",
    "tools",
    "top",
    "unit",
    "up",
    "us",
    "widget",
    "wrap",
    "wrapper",
];

/// The initials of a theme, or its sizes.
const LONGEST_INITIALS: usize = 2;

/// The word of the list that a class or an id says, where it says nothing else.
#[must_use]
pub fn says(name: &str, list: &[&'static str]) -> Option<&'static str> {
    // `story__share` is the share of a story.
    let last = name.rsplit("__").next().unwrap_or(name);
    [name, last].into_iter().find_map(|name| {
        let words = words(name);
        let is_known = |word: &String| {
            [FURNITURE, LINES, MAKE].iter().any(|known| known.contains(&word.as_str()))
                || word.chars().count() <= LONGEST_INITIALS
                || word.starts_with(|first: char| first.is_ascii_digit())
        };
        let said = words.iter().find_map(|word| list.iter().find(|known| *known == word));
        said.filter(|_| words.iter().all(is_known)).copied()
    })
}

/// `relatedPosts box__share` is related, posts, box, share.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for character in name.chars() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_furniture_says_nothing_else() {
        for name in [
            "share",
            "share-buttons",
            "shareButtons",
            "story__share",
            "c-share",
            "td-post-sharing-top",
            "addtoany_share_save_container",
            "newsletter-signup",
            "cookie-bar",
            "related-articles",
            "jp-relatedposts",
            "ad-300x250",
        ] {
            assert!(says(name, FURNITURE).is_some(), "{name}");
        }
        for name in ["byline", "post-meta", "author-name", "posted-on", "tags-list"] {
            assert!(says(name, LINES).is_some(), "{name}");
        }
    }

    #[test]
    fn a_subject_is_none() {
        for name in [
            "meta-analysis",
            "author-note",
            "byline-note",
            "social-history",
            "share-of-votes",
            "related-work",
            "modal-verbs",
            "popup-store",
            "cookie-recipe",
            "newsletter-history",
            "tags-explained",
            "ad-hoc",
            "commentary",
            "metaphor",
            "",
        ] {
            assert_eq!(says(name, FURNITURE).or_else(|| says(name, LINES)), None, "{name}");
        }
    }
}
