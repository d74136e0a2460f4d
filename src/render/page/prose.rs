//! Is it prose? Sentences stay in an article whatever the class of their element says.

use dom_query::NodeRef;

/// What ends a sentence.
const STOPS: &[char] = &['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।'];

/// Prose has more words. Where words are not set apart, letters are counted.
const MOST_WORDS: usize = 25;
const MOST_LETTERS: usize = 150;
/// What is said by then is enough to tell.
const MOST_PIECES: usize = 200;
const MOST_LETTERS_READ: usize = 4000;
/// A link stands not far above its words.
const DEPTH_OF_A_LINK: usize = 6;

/// More than a few words, in sentences, without many links.
#[must_use]
pub fn is_prose(node: &NodeRef<'_>) -> bool {
    let (mut words, mut letters, mut linked, mut ends_of_sentences) = (0, 0, 0, 0);
    for piece in node.descendants_it().filter(NodeRef::is_text).take(MOST_PIECES) {
        let text = piece.text();
        let is_link = piece.ancestors_it(Some(DEPTH_OF_A_LINK)).any(|outer| outer.has_name("a"));
        for word in text.split_whitespace() {
            let length = word.chars().count();
            words += 1;
            letters += length;
            linked += if is_link { length } else { 0 };
            ends_of_sentences += usize::from(!is_link && word.contains(STOPS) && word.ends_with(is_end));
            if letters > MOST_LETTERS_READ {
                break;
            }
        }
        if letters > MOST_LETTERS_READ {
            break;
        }
    }
    (words > MOST_WORDS || letters > MOST_LETTERS) && ends_of_sentences > 0 && linked * 3 <= letters
}

/// Does its text end as a sentence does?
#[must_use]
pub fn is_sentence(node: &NodeRef<'_>) -> bool {
    for piece in node.descendants().into_iter().rev().filter(NodeRef::is_text) {
        let text = piece.text();
        let closes = |end: char| end.is_whitespace() || (is_end(end) && !STOPS.contains(&end));
        let bare = text.trim_end_matches(closes);
        if !bare.is_empty() {
            return bare.ends_with(STOPS);
        }
    }
    false
}

/// A stop, or what closes after it.
fn is_end(end: char) -> bool {
    STOPS.contains(&end) || matches!(end, '"' | '\'' | '”' | '’' | '“' | '»' | '«' | ')' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn of(html: &str, is: fn(&NodeRef<'_>) -> bool) -> bool {
        is(&Document::from(html).body().unwrap())
    }

    #[test]
    fn prose() {
        let sentence = "The ferry left the quay at four in the morning with nineteen passengers. ";
        assert!(of(&format!("<p>{sentence}{sentence}</p>"), is_prose));
        assert!(!of(&format!("<p>{sentence}</p>"), is_prose), "too short");
        assert!(!of(&format!("<p><a>{sentence}{sentence}</a></p>"), is_prose), "a link");
        assert!(!of(&format!("<p>{}</p>", "News Boats Tides ".repeat(30)), is_prose), "no sentence");
    }

    #[test]
    fn sentences() {
        for html in ["<p>It left.</p>", "<p>“It <b>left!</b>”</p> ", "離れた。", "غادرت؟"] {
            assert!(of(html, is_sentence), "{html}");
        }
        for html in ["<p>Read more</p>", "", "<p>. . a</p>"] {
            assert!(!of(html, is_sentence), "{html}");
        }
    }
}
