//! The article in a saved page.
//!
//! What is plainly furniture goes first. Then readability says which part of the rest is the article,
//! and that part is taken from the page itself, for readability loses much of what it finds. Where
//! page and readability disagree, the rules of [`sift`] decide; where no article is to be seen, none
//! is guessed.

mod around;
mod classes;
mod furniture;
mod measure;
mod prose;
mod region;
mod sift;
mod small;
mod strip;

use super::markdown::Html;
use super::prepare;
use crate::article::page as article;
use crate::text;
use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};
use measure::Measures;
use sift::Sifted;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What was found in a page.
pub struct Found {
    /// The article, not yet safe, and the headline above it.
    pub html: Html,
    /// What was left out: its kind, and for each piece its first words.
    pub left_out: Left,
}

/// Pieces of a page, by their kind, each as its first words.
pub type Left = BTreeMap<String, Vec<String>>;

impl Found {
    /// What was left out, said in one line.
    pub fn left_out(&self) -> Option<String> {
        let kinds = self.left_out.iter().map(|(kind, pieces)| {
            let named = pieces.iter().take(MOST_NAMED).map(|words| format!("`{words}`")).collect::<Vec<_>>();
            let others = if pieces.len() > MOST_NAMED { ", …" } else { "" };
            format!("{} {kind} ({}{others})", pieces.len(), named.join(", "))
        });
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        (!kinds.is_empty()).then(|| format!("left out of the page: {kinds}"))
    }
}

/// Of more pieces of one kind nobody reads the words.
const MOST_NAMED: usize = 5;

/// Why no article was found.
#[derive(Debug, PartialEq)]
pub enum Lost {
    /// The page nests too deep to be parsed.
    TooDeep,
    /// It is larger than any page of one article.
    TooLarge,
    /// Nothing in it is clearly an article.
    NoArticle,
}

/// A page without its scripts is not larger.
pub const LONGEST_BYTES: usize = 2_000_000;

/// An article has at least so many letters, unless the page itself says where its text is.
const SHORTEST: usize = 140;
const SHORTEST_DECLARED: usize = 25;

const MARK: &str = "data-mark";

/// Finds the article.
///
/// # Errors
/// Pages that cannot be parsed, and pages without an article.
pub fn find(html: &str) -> Result<Found, Lost> {
    let stripped = strip::strip(html).ok_or(Lost::TooDeep)?;
    if stripped.len() > LONGEST_BYTES {
        return Err(Lost::TooLarge);
    }
    let prepared = prepare::prepare(&stripped).ok_or(Lost::TooDeep)?;
    find_large(&prepared.html).or_else(|| find_small(&prepared.html, says_date(html))).ok_or(Lost::NoArticle)
}

/// Does the page say when it was published? Its `<meta>` is gone by the time that it is parsed.
fn says_date(html: &str) -> bool {
    let described = article::describe("", html, 1);
    described.fields.get("published").is_some()
}

fn find_small(html: &str, has_date: bool) -> Option<Found> {
    let page = Document::from(html);
    let mut left_out = Left::new();
    let small = small::find(&page.body()?, has_date, &mut left_out)?;
    let html = small.element.inner_html().to_string();
    Some(Found { html: Html { html, first_heading: small.headline, lead: None, is_own: false }, left_out })
}

fn find_large(html: &str) -> Option<Found> {
    let page = Document::from(html);
    let body = page.body()?;
    let mut left_out = Left::new();
    sift::remove_plain(&body, &mut left_out);
    let kept = readable(&page, &body);
    let measures = Measures::of(&body, &kept);
    let region = region::choose(&body, &measures);
    around::gather(&body, &region, &measures);
    region::tell_rest(&body, &region.element, &measures, &mut left_out);
    let Sifted { headline, text, linked } = sift::sift(&region, &measures, &mut left_out);
    let shortest = if region.is_declared { SHORTEST_DECLARED } else { SHORTEST };
    if text < shortest || linked * 2 > text {
        return None;
    }
    let html = region.element.inner_html().to_string();
    Some(Found { html: Html { html, first_heading: headline, lead: None, is_own: false }, left_out })
}

/// The elements that readability takes for the article.
fn readable(page: &Document, body: &NodeRef<'_>) -> HashSet<NodeId> {
    let mut numbered = HashMap::new();
    for (number, node) in body.descendants().into_iter().filter(NodeRef::is_element).enumerate() {
        node.set_attr(MARK, &number.to_string());
        numbered.insert(number, node.id);
    }
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let article =
        Readability::with_document(page.clone(), None, Some(config)).and_then(|mut page| page.parse());
    let content = article.map(|article| article.content.to_string()).unwrap_or_default();
    let mark = format!("{MARK}=\"");
    let marks = content.split(&mark).skip(1);
    let numbers = marks.filter_map(|rest| rest.split('"').next()?.parse().ok());
    numbers.filter_map(|number: usize| numbered.get(&number).copied()).collect()
}

/// The first words of an element, for people to recognise it by.
fn first_words(node: &NodeRef<'_>) -> String {
    let mut words = String::new();
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        words.push_str(&inner.text());
        words.push(' ');
        if words.len() > 400 {
            break;
        }
    }
    text::shorten(&text::line(&words), 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn found(body: &str) -> Result<(String, Option<String>), Lost> {
        let page = format!("<!doctype html><html><head><title>T</title></head><body>{body}</body></html>");
        find(&page).map(|found| {
            let words = found.html.html.split_whitespace().collect::<Vec<_>>().join(" ");
            (words.replace(&format!(" {MARK}="), " m="), found.html.first_heading)
        })
    }

    /// The text that stays, without tags.
    pub fn text(body: &str) -> String {
        let html = found(body).unwrap().0;
        let pieces =
            html.split('<').filter_map(|piece| piece.split_once('>').map(|(_, text)| text).or(Some(piece)));
        text::line(&pieces.collect::<Vec<_>>().join(" "))
    }

    const PARAGRAPH: &str = "<p>The ferry left the quay at four in the morning, with nineteen passengers, \
                             one dog, the post and a piano that nobody had ordered.</p>";
    const WORDS: &str = "The ferry left the quay at four in the morning, with nineteen passengers, \
                         one dog, the post and a piano that nobody had ordered.";

    #[test]
    fn the_text_without_what_is_around_it() {
        let page = format!(
            "<nav><a href=/>Home</a></nav><div class=cookie-bar>We use cookies.</div><article><h1>Night</h1>\
             {PARAGRAPH}<div class=share><a href=x>Share</a></div>{PARAGRAPH}\
             <form>Subscribe</form></article><footer>The end</footer>"
        );
        assert_eq!(text(&page), format!("{WORDS} {WORDS}"));
        assert_eq!(found(&page).unwrap().1.as_deref(), Some("Night"));
    }

    #[test]
    fn what_readability_drops_and_is_none_the_less_text() {
        let aside = "<div class=box><p>A piano, the harbour office says, counts as one passenger.</p></div>";
        let quote = "<blockquote><p>It was out of tune.</p><footer>Eli Brandt</footer></blockquote>";
        let page = format!(
            "<article>{PARAGRAPH}{aside}{quote}<h2>Fares</h2><ul><li>Dog: 1</li></ul>{PARAGRAPH}</article>"
        );
        let expected = format!(
            "{WORDS} A piano, the harbour office says, counts as one passenger. \
             It was out of tune. Eli Brandt Fares Dog: 1 {WORDS}"
        );
        assert_eq!(text(&page), expected);
    }

    #[test]
    fn words_of_the_subject_are_no_furniture() {
        let page = format!(
            "<main><section id=sharing>{PARAGRAPH}{PARAGRAPH}</section><p class=related>{WORDS}</p></main>"
        );
        assert_eq!(text(&page), format!("{WORDS} {WORDS} {WORDS}"));
    }

    #[test]
    fn prose_stays_whatever_its_class() {
        let said = "The harbour master counted the votes twice, and the piano once. Nobody who was on the quay that \
                    night remembers who ordered it, or why it came without a stool.";
        for start in [
            "div class=meta-analysis",
            "p class=author-note",
            "section class=related-work",
            "div class=share",
            "div class=newsletter",
            "div class=modal-verbs",
            "aside",
            "footer",
            "div class=comment",
        ] {
            let end = start.split(' ').next().unwrap();
            let page = format!(
                "<article><h1>T</h1>{PARAGRAPH}<{start}>{said}</{end}>{PARAGRAPH}{PARAGRAPH}</article>"
            );
            assert_eq!(text(&page), format!("{WORDS} {said} {WORDS} {WORDS}"), "{start}");
        }
        let short = "It was out of tune, too.";
        for class in
            ["social-history", "share-of-votes", "popup-store", "cookie-recipe", "ad-hoc", "byline-note"]
        {
            let page =
                format!("<article><h1>T</h1>{PARAGRAPH}<p class={class}>{short}</p>{PARAGRAPH}</article>");
            assert_eq!(text(&page), format!("{WORDS} {short} {WORDS}"), "{class}");
        }
        for start in ["form", "nav", "div hidden", "div role=dialog"] {
            let end = start.split(' ').next().unwrap();
            let page = format!("<article><h1>T</h1>{PARAGRAPH}<{start}>{said}</{end}>{PARAGRAPH}</article>");
            assert_eq!(text(&page), format!("{WORDS} {WORDS}"), "{start}");
        }
        let readers = format!("<div class=comments><div class=comment-body>{said}</div></div>");
        let page = format!("<article><h1>T</h1>{PARAGRAPH}{PARAGRAPH}{PARAGRAPH}{readers}</article>");
        assert_eq!(text(&page), format!("{WORDS} {WORDS} {WORDS}"));
    }

    #[test]
    fn a_page_in_a_form_or_saved_under_a_dialog() {
        let page = format!(
            "<form><div aria-hidden=true><main>{PARAGRAPH}{PARAGRAPH}</main></div></form><div role=dialog>Log in</div>"
        );
        assert_eq!(text(&page), format!("{WORDS} {WORDS}"));
    }

    #[test]
    fn films_stay_and_counters_go() {
        let film =
            "<div><iframe src=https://film.example/1 title='The crossing' allowfullscreen></iframe></div>";
        let counter =
            "<iframe src=https://count.example/></iframe><img src=https://count.example/1 width=1 height=1>";
        let page = format!("<article>{PARAGRAPH}{film}{counter}{PARAGRAPH}</article>");
        assert_eq!(text(&page), format!("{WORDS} The crossing {WORDS}"));
        assert!(!found(&page).unwrap().0.contains("count.example"));
    }

    #[test]
    fn what_was_left_out_is_told() {
        let page = format!(
            "<body><nav>Home</nav><nav>About</nav><main><article>{PARAGRAPH}{PARAGRAPH}\
             <div class=newsletter><p>Tides, ships and weather, every morning at six.</p></div></article></main>\
             <p>The end</p>"
        );
        assert_eq!(
            find(&page).ok().and_then(|found| found.left_out()).as_deref(),
            Some(
                "left out of the page: 1 around it (`The end`), 2 nav (`Home`, `About`), \
                 1 newsletter (`Tides, ships and weather, every morning…`)"
            )
        );
    }

    #[test]
    fn no_article_is_guessed() {
        let cards =
            "<h2><a href=/1>The ferry left the quay at four in the morning with a piano</a></h2>".repeat(5);
        assert_eq!(found(&cards), Err(Lost::NoArticle));
        assert_eq!(found(""), Err(Lost::NoArticle));
        assert_eq!(found("<p>Log in</p>"), Err(Lost::NoArticle));
    }

    /// Neither readability nor the tree may panic, whatever the soup.
    #[test]
    fn soup() {
        let pieces = [
            "<p>",
            "</p>",
            "<div class=comment>",
            "</div>",
            "<table>",
            "<tr><td>",
            "</table>",
            "<article>",
            "</article>",
            "<a href=x>",
            "</a>",
            "<br>",
            "<img src=a.jpg>",
            "<noscript><img>",
            "</noscript>",
            "<ul><li>",
            "</ul>",
            "<h1>",
            "<h2>",
            "</h2>",
            "<font>",
            "<iframe title=a src=b>",
            "</iframe>",
            "<form>",
            "<span>",
            "</span>",
            "<b>",
            "</b>",
            "<svg>",
            "<math><mi>",
            "<template>",
            "<select>",
            "<frameset>",
            "<body>",
            "</body>",
            "</html>",
            "<main>",
            "<figure>",
            "<header>",
            "<pre>",
            "<blockquote>",
            "<hr>",
            "&#0;",
            "text, more text, and so on, for a while. ",
            "\n",
            "<p itemprop=articleBody>",
            "<time datetime=x>",
        ];
        let mut state = 1_u64;
        for _ in 0..200 {
            let mut page = String::new();
            for _ in 0..60 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                page.push_str(pieces[usize::try_from(state >> 33).unwrap() % pieces.len()]);
            }
            let _any_end = found(&page);
        }
    }

    /// Each would take hours if it took a time that is quadratic in its length.
    #[test]
    fn hostile_pages() {
        assert_eq!(found(&"<div>".repeat(50_000)), Err(Lost::TooDeep));
        assert_eq!(found(&format!("<p {}>", "a=b ".repeat(250_000))), Err(Lost::TooDeep));
        assert_eq!(found(&"x ".repeat(LONGEST_BYTES)), Err(Lost::TooLarge));
        for piece in [
            "<br>",
            "<p>,",
            "<b>",
            "<table>",
            "<a href=x>y</a>",
            "<li>",
            "<h2>",
            "<!--",
            "<p>a<div>",
            "</p>",
            "<div hidden>x</div>",
            "<time>x</time>",
            "<aside>x.",
            "<div class=comment>x.",
            "<div>x.</div>",
            "<div class=note>x.</div>",
            "<h1>x</h1><p>y.",
        ] {
            let _any_end = found(&piece.repeat(100_000 / piece.len()));
        }
        let deep = format!("{}{}", "<div>".repeat(400), "<p>one, two, three, four, five".repeat(2000));
        let _any_end = found(&deep);
    }
}
