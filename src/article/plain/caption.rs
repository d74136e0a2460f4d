//! A line that says what the cover shows, and whom it is owed to.

use super::after;
use super::line::Line;
use super::phrases::{CAPTIONS, CREDITS, CREDITS_WITHOUT_COLON};
use crate::text;

/// What a text says of its cover.
#[derive(Debug, PartialEq)]
pub struct Caption {
    /// What it shows.
    pub caption: String,
    /// Whom it is owed to.
    pub credit: Option<String>,
    /// How many lines say so.
    pub lines: usize,
}

/// The caption of a picture is no longer.
const LONGEST: usize = 600;
/// A caption that an editor broke into lines has no more of them.
const MOST_LINES: usize = 4;

/// Does the line open a caption?
pub fn is_caption(line: &Line<'_>) -> bool {
    line.is_within(LONGEST) && labelled(line.text, CAPTIONS).is_some()
}

/// The credit of a picture is a name or two.
const LONGEST_CREDIT: usize = 60;
const LONGEST_WITH_CREDIT: usize = 300;

/// What a line shows and whom it is owed to, where it has no label in front: `The quay. Photo: J. Lens`,
/// `The quay (photo by J. Lens)`, `The quay / Photo: J. Lens`, `Photo by J. Lens`.
pub fn credited<'t>(line: &Line<'t>) -> Option<(&'t str, &'t str)> {
    const BREAKS: &[char] = &['.', '!', '?', '…', '/', '|', '(', '[', '—', '–', ',', ';'];
    if !line.is_within(LONGEST_WITH_CREDIT) {
        return None;
    }
    let starts = line.text.char_indices().filter(|(_, c)| BREAKS.contains(c));
    let starts = starts.map(|(offset, c)| (offset, offset + c.len_utf8(), c));
    let found = starts.rev().find_map(|(before, after, mark)| {
        let credit = credit_at(line.text[after..].trim_start())?;
        // A stop is the end of the caption's sentence.
        let end = if ".!?…".contains(mark) { after } else { before };
        Some((line.text[..end].trim_end(), credit))
    });
    found.or_else(|| Some(("", credit_at(line.text).filter(|_| unlabelled_credit(line.text).is_some())?)))
}

/// The name in `Photo: J. Lens)`.
fn credit_at(text: &str) -> Option<&str> {
    let (_, credit) = labelled(text, CREDITS).or_else(|| unlabelled_credit(text))?;
    let credit = credit.trim_end_matches([')', ']']).trim_end();
    let is_name = credit.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() || c == '©');
    (is_name && credit.chars().count() <= LONGEST_CREDIT).then_some(credit)
}

/// The caption that the first of these lines opens. Its credit follows a `/`, or stands in a line of
/// its own.
pub fn read(lines: &[Line<'_>]) -> Option<Caption> {
    let first = lines.first().filter(|line| line.is_within(LONGEST))?;
    let (label, shown) = labelled(first.text, CAPTIONS)?;
    let mut words = String::new();
    for (count, line) in (1..).zip(lines.iter().take(MOST_LINES)) {
        let said = if count == 1 { shown } else { line.text };
        if !line.is_within(LONGEST) {
            break;
        }
        // The same label once more opens another caption, not a credit.
        let credit = labelled(said, CREDITS).filter(|(found, _)| count > 1 && *found != label);
        if let Some((_, credit)) = credit.or_else(|| unlabelled_credit(said).filter(|_| count > 1)) {
            return Some(caption(&words, Some(credit), count));
        }
        words.push(' ');
        if let Some((before, credit)) = split_credit(said) {
            words.push_str(before);
            return Some(caption(&words, Some(credit), count));
        }
        words.push_str(said);
        // After an empty line only a line that is the credit can belong to it.
        if line.closes && count > 1 {
            break;
        }
        let goes_on = !line.closes || lines.get(count).is_some_and(|next| is_credit(next, label));
        if !goes_on {
            break;
        }
    }
    Some(caption(shown, None, 1))
}

fn is_credit(line: &Line<'_>, label: &str) -> bool {
    line.is_within(LONGEST)
        && (labelled(line.text, CREDITS).is_some_and(|(found, _)| found != label)
            || unlabelled_credit(line.text).is_some())
}

fn caption(shown: &str, credit: Option<&str>, lines: usize) -> Caption {
    let credit = credit.map(text::line).filter(|credit| !credit.is_empty());
    Caption { caption: text::line(shown), credit, lines }
}

/// `Source: Ann Lee` with its label and without.
fn labelled<'t>(line: &'t str, labels: &[&'static str]) -> Option<(&'static str, &'t str)> {
    labels.iter().find_map(|label| {
        let rest = after(line, label)?.trim_start().strip_prefix([':', '：'])?.trim();
        (!rest.is_empty()).then_some((*label, rest))
    })
}

/// `Photo by Bo Ek`.
fn unlabelled_credit(line: &str) -> Option<(&'static str, &str)> {
    CREDITS_WITHOUT_COLON.iter().find_map(|label| Some((*label, after(line, label)?.trim())))
}

/// What a line says before and after the `/` that a credit follows.
fn split_credit(line: &str) -> Option<(&str, &str)> {
    line.char_indices().rev().filter(|(_, c)| matches!(c, '/' | '|')).find_map(|(offset, _)| {
        let rest = line[offset + 1..].trim();
        let (_, credit) = labelled(rest, CREDITS).or_else(|| unlabelled_credit(rest))?;
        Some((line[..offset].trim_end(), credit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::plain::line;

    fn found(text: &str) -> Option<(String, Option<String>, usize)> {
        read(&line::first(text, 9)).map(|found| (found.caption, found.credit, found.lines))
    }

    fn is(caption: &str, credit: &str, lines: usize) -> Option<(String, Option<String>, usize)> {
        Some((caption.to_owned(), Some(credit.to_owned()).filter(|credit| !credit.is_empty()), lines))
    }

    #[test]
    fn captions_and_credits() {
        assert_eq!(found("Cover photo: The ferry / Source: Ann Lee\n\nText"), is("The ferry", "Ann Lee", 1));
        assert_eq!(found("Фото обложки: Паром / Источник: Анна Ли"), is("Паром", "Анна Ли", 1));
        assert_eq!(found("Photo de couverture : Le bac\nCrédit : Bo Ek\n"), is("Le bac", "Bo Ek", 2));
        assert_eq!(found("Photo: The ferry\n\nPhoto by Bo Ek\n"), is("The ferry", "Bo Ek", 2));
        assert_eq!(found("Bild: Die Fähre\n\nText"), is("Die Fähre", "", 1));
        assert_eq!(found("الصورة: العبّارة / المصدر: بو إيك"), is("العبّارة", "بو إيك", 1));
        assert_eq!(found("Cover photo: The ferry / pontoon C"), is("The ferry / pontoon C", "", 1));
    }

    #[test]
    fn captions_that_are_known_by_their_credit() {
        for (text, shown, credit) in [
            ("The quay at dawn. Photo: J. Lens", "The quay at dawn.", "J. Lens"),
            ("The quay at dawn (photo by J. Lens)", "The quay at dawn", "J. Lens"),
            ("Причал на рассвете / Фото: И. Линзов", "Причал на рассвете", "И. Линзов"),
            ("Photo by J. Lens", "", "J. Lens"),
        ] {
            assert_eq!(credited(&line::first(text, 1)[0]), Some((shown, credit)), "{text}");
        }
        for text in
            ["The ferry sank. Photo: how it was", "Quay becomes market", "A source: Bo", "Photo: The quay"]
        {
            assert_eq!(credited(&line::first(text, 1)[0]), None, "{text}");
        }
    }

    #[test]
    fn a_caption_that_was_broken_into_lines() {
        assert_eq!(
            found("Cover photo: The ferry\nin the fog / Source: Bo\n\nText"),
            is("The ferry in the fog", "Bo", 2)
        );
        assert_eq!(found("Photo: The ferry\nText that follows.\n\nMore."), is("The ferry", "", 1));
        assert_eq!(found("Photo: The ferry\nPhoto: The quay\n"), is("The ferry", "", 1));
    }

    #[test]
    fn no_captions() {
        assert_eq!(found("Photographers: all of them"), None);
        assert_eq!(found("Photo by Bo Ek"), None);
        assert_eq!(found("Cover photo:"), None);
        assert_eq!(found("Source: Ann Lee"), None);
    }
}
