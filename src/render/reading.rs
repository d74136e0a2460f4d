//! How many words a text has, and how long people read it.

use crate::feed::Reading;
use html_escape::decode_html_entities;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// What is read in a minute, in silence. Words of alphabets: 238 (Brysbaert 2019, "How many words do we
/// read per minute?", for English; Cyrillic and Hebrew come out within 3 % of it). The others are what
/// people read aloud (Trauzettel-Klosinski and Dietz 2012, IReST, table 2: 138 words of Arabic, 255
/// characters of Chinese, 357 of Japanese), times 238/183, by which reading in silence is faster.
const WORDS: f64 = 238.0;
const ARABIC_WORDS: f64 = 179.0;
const CHINESE_CHARACTERS: f64 = 332.0;
const JAPANESE_CHARACTERS: f64 = 464.0;

/// Of scripts that put no blanks between words. A word has 4.7 characters on the average of all languages
/// of IReST.
const CHARACTERS_OF_A_WORD: f64 = 4.7;

/// Counts the words of canonical HTML: a character of Chinese and Japanese is one. `None` where there are
/// none.
#[must_use]
pub fn reading(html: &str) -> Option<Reading> {
    let mut counts = Counts::default();
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    for piece in pieces {
        counts.add(&decode_html_entities(piece));
    }
    counts.reading()
}

#[derive(Default)]
struct Counts {
    words: usize,
    arabic: usize,
    han: usize,
    kana: usize,
    unspaced: usize,
}

impl Counts {
    fn add(&mut self, text: &str) {
        for word in text.unicode_words() {
            match word.chars().next().map(|first| first.script()) {
                Some(Script::Han) => self.han += 1,
                Some(Script::Hiragana | Script::Katakana) => self.kana += word.graphemes(true).count(),
                Some(Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar | Script::Tibetan) => {
                    self.unspaced += word.graphemes(true).count();
                }
                Some(Script::Arabic) => self.arabic += 1,
                _ => self.words += 1,
            }
        }
    }

    fn reading(&self) -> Option<Reading> {
        let unspaced = (self.unspaced as f64 / CHARACTERS_OF_A_WORD).ceil();
        // Kanji are read as fast as the kana around them.
        let characters = if self.kana > 0 { JAPANESE_CHARACTERS } else { CHINESE_CHARACTERS };
        let minutes = (self.words as f64 + unspaced) / WORDS
            + self.arabic as f64 / ARABIC_WORDS
            + (self.han + self.kana) as f64 / characters;
        let words = self.words + self.arabic + self.han + self.kana + unspaced as usize;
        (words > 0).then_some(Reading { words, minutes: (minutes.round() as usize).max(1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(html: &str) -> (usize, usize) {
        let reading = reading(html).unwrap();
        (reading.words, reading.minutes)
    }

    #[test]
    fn words_and_characters() {
        assert_eq!(counted("<p>Isn't it 3.5&nbsp;km, <b>Mr.</b> Falk?</p><p>Да.</p>"), (7, 1));
        assert_eq!(counted("<p>船沉了。没有人受伤。</p>"), (8, 1));
        assert_eq!(counted("<p>船はもう沈んだ。コーヒー</p>"), (11, 1));
        assert_eq!(counted("<p>เรือจม</p>"), (2, 1));
        assert_eq!(reading("<p><img src=\"a.png\" alt=\"a boat\"></p>"), None);
    }

    #[test]
    fn minutes_by_script() {
        assert_eq!(counted(&"word ".repeat(2380)), (2380, 10));
        assert_eq!(counted(&"قارب ".repeat(1790)), (1790, 10));
        assert_eq!(counted(&"船".repeat(3320)), (3320, 10));
        assert_eq!(counted(&"船の".repeat(2320)), (4640, 10));
    }
}
