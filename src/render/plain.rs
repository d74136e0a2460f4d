//! Plain text to HTML: paragraphs, lists, rules and links, nothing else, and every character escaped.
//!
//! Empty lines part paragraphs; a text without any has a paragraph in each line. The lines of a
//! paragraph run on, but for lists of two items or more and for lines so short that somebody broke
//! them on purpose: verse, addresses.

use super::markdown::Html;
use crate::address::Address;
use crate::text::escape_html;

/// Lines of verse and of addresses are no longer; an editor breaks lines much later.
const LONGEST_VERSE: usize = 45;
/// A heading under which a row of `=` or `-` stands.
const LONGEST_HEADING: usize = 120;
/// No reader follows a longer address.
const LONGEST_ADDRESS: usize = 2000;

/// Renders a body. A heading in it never stands for the title: the text has said that already.
#[must_use]
pub fn render(body: &str) -> Html {
    let body = body.trim_end();
    let has_empty_lines = body.trim().lines().any(is_empty);
    let mut html = String::with_capacity(body.len() + body.len() / 4);
    let mut paragraph: Vec<&str> = Vec::new();
    for line in body.lines() {
        if is_empty(line) {
            put_paragraph(&mut html, &paragraph);
            paragraph.clear();
        } else {
            let goes_on = has_empty_lines
                || paragraph.last().is_none_or(|last| item(last).is_some()) && item(line).is_some();
            if !goes_on {
                put_paragraph(&mut html, &paragraph);
                paragraph.clear();
            }
            paragraph.push(line);
        }
    }
    put_paragraph(&mut html, &paragraph);
    Html { html, first_heading: None, lead: None, is_own: false }
}

fn is_empty(line: &str) -> bool {
    line.trim().is_empty()
}

/// What opens an item of a list.
#[derive(Clone, Copy, PartialEq)]
enum Marker {
    Bullet,
    Number(u32),
}

impl Marker {
    /// Does an item with this marker follow one with that?
    fn follows(self, last: Marker) -> bool {
        match (last, self) {
            (Marker::Bullet, Marker::Bullet) => true,
            (Marker::Number(last), Marker::Number(next)) => next == last + 1,
            _ => false,
        }
    }
}

/// `- bread`, `2. bread`.
fn item(line: &str) -> Option<(Marker, &str)> {
    let line = line.trim();
    if let Some(words) = ["- ", "* ", "• ", "– "].iter().find_map(|marker| line.strip_prefix(marker)) {
        return Some((Marker::Bullet, words));
    }
    let (number, words) = line.split_once(['.', ')'])?;
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let words = words.strip_prefix(' ').filter(|_| is_number)?;
    Some((Marker::Number(number.parse().ok()?), words))
}

/// Lines without an empty one between them: text and lists.
fn put_paragraph(html: &mut String, lines: &[&str]) {
    let mut lines = lines;
    if let [heading, underline, rest @ ..] = lines
        && is_underline(underline)
        && item(heading).is_none()
        && heading.chars().nth(LONGEST_HEADING).is_none()
    {
        html.push_str("<h2>");
        put_words(html, heading);
        html.push_str("</h2>\n");
        lines = rest;
    }
    let mut start = 0;
    let mut index = 0;
    while index < lines.len() {
        let length = list_length(&lines[index..]);
        if length == 0 {
            index += 1;
            continue;
        }
        put_text(html, &lines[start..index]);
        put_list(html, &lines[index..index + length]);
        index += length;
        start = index;
    }
    put_text(html, &lines[start..]);
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// How many of the lines are one list, indented lines that go on with an item included; 0 where fewer
/// than two items follow each other.
fn list_length(lines: &[&str]) -> usize {
    let Some((mut last, _)) = lines.first().and_then(|line| item(line)) else { return 0 };
    let mut items = 1;
    let mut length = 1;
    for line in &lines[1..] {
        match item(line) {
            Some((marker, _)) if marker.follows(last) => {
                last = marker;
                items += 1;
            }
            None if line.starts_with([' ', '\t']) => {}
            _ => break,
        }
        length += 1;
    }
    if items > 1 { length } else { 0 }
}

fn put_list(html: &mut String, lines: &[&str]) {
    let element = match lines.first().and_then(|line| item(line)) {
        Some((Marker::Number(1), _)) => {
            html.push_str("<ol>\n");
            "ol"
        }
        Some((Marker::Number(first), _)) => {
            html.push_str(&format!("<ol start=\"{first}\">\n"));
            "ol"
        }
        _ => {
            html.push_str("<ul>\n");
            "ul"
        }
    };
    for (index, line) in lines.iter().enumerate() {
        match item(line) {
            Some((_, words)) => {
                html.push_str(if index == 0 { "<li>" } else { "</li>\n<li>" });
                put_words(html, words);
            }
            None => {
                html.push('\n');
                put_words(html, line);
            }
        }
    }
    html.push_str(&format!("</li>\n</{element}>\n"));
}

fn put_text(html: &mut String, lines: &[&str]) {
    match lines {
        [] => return,
        [line] if is_rule(line) => return html.push_str("<hr>\n"),
        _ => {}
    }
    let is_short = |line: &&str| line.trim().chars().nth(LONGEST_VERSE).is_none();
    let between = if lines.iter().all(is_short) { "<br>\n" } else { "\n" };
    html.push_str("<p>");
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            html.push_str(between);
        }
        put_words(html, line);
    }
    html.push_str("</p>\n");
}

/// `* * *`, `---`: a row of one character, with blanks or without.
fn is_rule(line: &str) -> bool {
    let marks = || line.chars().filter(|c| !c.is_whitespace());
    marks().next().is_some_and(|first| "*-_–—".contains(first) && marks().all(|mark| mark == first))
        && marks().nth(2).is_some()
}

/// A line with its addresses as links.
fn put_words(html: &mut String, line: &str) {
    let mut rest = line.trim();
    while let Some(start) = address_start(rest) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || "<>\"«»“”„`".contains(c)).unwrap_or(from.len());
        let address = without_punctuation(&from[..end]);
        html.push_str(&escape_html(before));
        match target(address) {
            Some(target) => {
                let (target, words) = (escape_html(&target), escape_html(address));
                html.push_str(&format!("<a href=\"{target}\">{words}</a>"));
                rest = &from[address.len()..];
            }
            None => {
                html.push_str(&escape_html(&from[..end]));
                rest = &from[end..];
            }
        }
    }
    html.push_str(&escape_html(rest));
}

const OPENINGS: [&str; 3] = ["http://", "https://", "www."];

/// Where the first address begins: at the start of a word, brackets and quotes passed over.
fn address_start(text: &str) -> Option<usize> {
    let mut is_at_start = true;
    for (offset, character) in text.char_indices() {
        let begins = |opening: &str| {
            text.as_bytes()
                .get(offset..offset + opening.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(opening.as_bytes()))
        };
        if is_at_start && OPENINGS.iter().any(|opening| begins(opening)) {
            return Some(offset);
        }
        is_at_start = !(character.is_alphanumeric() || "@._-/+".contains(character));
    }
    None
}

/// An address without the punctuation of the sentence that it stands in. A bracket that it opens
/// belongs to it.
fn without_punctuation(address: &str) -> &str {
    let mut open = address.matches('(').count();
    let mut close = address.matches(')').count();
    let mut kept = address;
    while let Some(last) = kept.chars().next_back() {
        match last {
            ')' if close <= open => break,
            ')' => close -= 1,
            '(' => open -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '’' | ']' | '}' | '*' | '،' | '؟' => {}
            _ => break,
        }
        kept = &kept[..kept.len() - last.len_utf8()];
    }
    kept
}

/// Where an address leads; `None` where it leads nowhere.
fn target(address: &str) -> Option<String> {
    if address.len() > LONGEST_ADDRESS {
        return None;
    }
    let has_scheme = address.contains("://");
    let whole = if has_scheme { address.to_owned() } else { format!("https://{address}") };
    let found = Address::parse(&whole)?;
    let host = found.host();
    (has_scheme || host.split('.').filter(|part| !part.is_empty()).count() > 2).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(body: &str) -> String {
        render(body).html
    }

    #[test]
    fn paragraphs_fold() {
        let long = "A line that an editor broke where the window ended, as\neditors do.";
        assert_eq!(html(&format!("{long}\n\nNext.\n")), format!("<p>{long}</p>\n<p>Next.</p>\n"));
        assert_eq!(html("One.\nTwo.\n"), "<p>One.</p>\n<p>Two.</p>\n", "no empty line at all");
        assert_eq!(
            html("Roses are wet,\nferries are late.\n\nx"),
            "<p>Roses are wet,<br>\nferries are late.</p>\n<p>x</p>\n"
        );
        assert_eq!(html(""), "");
    }

    #[test]
    fn lists_need_two_items() {
        assert_eq!(
            html("We need:\n- rope\n- tar\n  and pitch\n\nx"),
            "<p>We need:</p>\n<ul>\n<li>rope</li>\n<li>tar\nand pitch</li>\n</ul>\n<p>x</p>\n"
        );
        assert_eq!(html("3. rope\n4. tar\n"), "<ol start=\"3\">\n<li>rope</li>\n<li>tar</li>\n</ol>\n");
        assert_eq!(html("- Hello.\n\n- Hello yourself."), "<p>- Hello.</p>\n<p>- Hello yourself.</p>\n");
        assert_eq!(html("1. rope\n7. tar\n\nx"), "<p>1. rope<br>\n7. tar</p>\n<p>x</p>\n");
        assert_eq!(
            html("Text.\n• rope\n• tar\nText."),
            "<p>Text.</p>\n<ul>\n<li>rope</li>\n<li>tar</li>\n</ul>\n<p>Text.</p>\n"
        );
    }

    #[test]
    fn rules_and_headings() {
        assert_eq!(html("a\n\n* * *\n\nb\n\n---"), "<p>a</p>\n<hr>\n<p>b</p>\n<hr>\n");
        assert_eq!(html("a\n\nThe quay\n--------\nb"), "<p>a</p>\n<h2>The quay</h2>\n<p>b</p>\n");
        assert_eq!(html("a\n\nSTOP\n\nb"), "<p>a</p>\n<p>STOP</p>\n<p>b</p>\n");
    }

    #[test]
    fn addresses_are_links() {
        assert_eq!(
            html("See https://e.example/a?b=1&c=2."),
            "<p>See <a href=\"https://e.example/a?b=1&amp;c=2\">https://e.example/a?b=1&amp;c=2</a>.</p>\n"
        );
        assert_eq!(
            html("(www.e.example/a_(b)), x"),
            "<p>(<a href=\"https://www.e.example/a_(b)\">www.e.example/a_(b)</a>), x</p>\n"
        );
        for text in [
            "bo@www.e.example",
            "https://",
            "www.",
            "www...",
            "xhttps://e.example",
            "ftp://e.example",
            "a@e.example",
        ] {
            assert!(!html(text).contains("<a "), "{text}");
        }
        assert_eq!(html("<b>&\"x\""), "<p>&lt;b&gt;&amp;&quot;x&quot;</p>\n");
    }

    #[test]
    fn any_amount_of_text() {
        for text in [
            "a".repeat(10_000_000),
            "- a\n".repeat(200_000),
            "www.".repeat(200_000),
            "(http://".repeat(200_000),
            "1. a\n".repeat(200_000),
        ] {
            assert!(html(&text).len() >= text.len());
        }
    }
}
