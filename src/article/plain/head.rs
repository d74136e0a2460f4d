//! What stands above the first paragraph of an article: its title, date, authors and cover.

use super::caption::{self, Caption};
use super::line::Line;
use super::phrases::{BYLINES, BYLINES_WITHOUT_COLON};
use super::{after, day};
use crate::article::date;
use crate::text as texts;
use chrono::NaiveDate;
use chrono_tz::Tz;

/// What was found, each with the line that it stands in.
#[derive(Debug, Default)]
pub struct Head<'t> {
    /// The headline.
    pub title: Option<Line<'t>>,
    /// The publishing date, as front matter would spell it.
    pub published: Option<(Line<'t>, String)>,
    /// The authors' names.
    pub authors: Option<(Line<'t>, Vec<String>)>,
    /// The caption of the cover.
    pub cover: Option<(Line<'t>, Caption)>,
}

/// Nobody writes longer headlines.
const LONGEST_TITLE: usize = 120;
/// The names of those who wrote an article together.
const LONGEST_BYLINE: usize = 120;

impl<'t> Head<'t> {
    /// Takes date, byline or caption, each once, and tells how many of the lines they are.
    pub fn take(&mut self, lines: &[Line<'t>], timezone: Tz) -> usize {
        let Some(&line) = lines.first() else { return 0 };
        if self.published.is_none()
            && let Some(date) = day::read(line.text, timezone)
        {
            self.published = Some((line, date));
            return 1;
        }
        if self.authors.is_none()
            && let Some(names) = byline(&line)
        {
            self.authors = Some((line, names));
            return 1;
        }
        if self.cover.is_none()
            && let Some(caption) = caption::read(lines)
        {
            let count = caption.lines;
            self.cover = Some((line, caption));
            return count;
        }
        0
    }

    /// Takes a caption that is known by its credit alone. In a copied page such a line stands below the
    /// headline; in a text of its own it may be the text.
    pub fn take_credited(&mut self, line: &Line<'t>) -> usize {
        let credited = caption::credited(line).filter(|_| self.cover.is_none());
        let Some((shown, credit)) = credited else { return 0 };
        let caption = Caption { caption: texts::line(shown), credit: Some(texts::line(credit)), lines: 1 };
        self.cover = Some((*line, caption));
        1
    }

    /// The head of a text that is nothing but an article, and how many lines it has. Where the title
    /// is `known`, none is looked for, but a first line that says the same is not repeated. A date that
    /// is not the one in the file's name is that of a letter, and part of the text.
    pub fn of_article(
        lines: &[Line<'t>],
        known: Option<&str>,
        named: Option<NaiveDate>,
        timezone: Tz,
    ) -> (Head<'t>, usize) {
        let mut head = Head::default();
        let mut next = 0;
        let mut looks_for_title = true;
        while let Some(line) = lines.get(next) {
            let is_other_date = named.is_some_and(|named| {
                let date = day::read(line.text, timezone).and_then(|date| date::parse(&date, timezone).ok());
                date.is_some_and(|date| date.date_naive() != named)
            });
            let says_title = looks_for_title
                && (known.is_some_and(|title| says(line, title))
                    || known.is_none() && is_title_like_a_caption(&lines[next..], timezone));
            let taken = if is_other_date || says_title { 0 } else { head.take(&lines[next..], timezone) };
            if taken > 0 {
                next += taken;
                continue;
            }
            if !looks_for_title {
                break;
            }
            looks_for_title = false;
            let underline = lines.get(next + 1).filter(|below| !line.closes && is_underline(below));
            match known {
                Some(title) if says(line, title) => {}
                None if is_title(line) => {
                    let below = lines.get(next + 1);
                    let stands_apart = underline.is_some()
                        || below.is_some_and(|_| line.closes)
                        || Head::default().take(&lines[next + 1..], timezone) > 0;
                    if !stands_apart {
                        break;
                    }
                    head.title = Some(*line);
                }
                _ => break,
            }
            next += if underline.is_some() { 2 } else { 1 };
        }
        (head, next)
    }
}

/// Does the first of these lines only look like a caption? `Photo: a history` is the title where no other
/// line can be.
fn is_title_like_a_caption(lines: &[Line<'_>], timezone: Tz) -> bool {
    let Some(caption) = caption::read(lines).filter(|caption| caption.credit.is_none()) else { return false };
    let mut rest = Head { cover: Some((lines[0], caption)), ..Head::default() };
    let mut next = 1;
    while let Some(line) = lines.get(next) {
        match rest.take(&lines[next..], timezone) {
            0 => return !(is_title(line) && (line.closes && lines.len() > next + 1)),
            taken => next += taken,
        }
    }
    true
}

/// Could the line be a date, a byline or a caption?
pub fn is_known(line: &Line<'_>, timezone: Tz) -> bool {
    caption::is_caption(line)
        || caption::credited(line).is_some()
        || byline(line).is_some()
        || day::read(line.text, timezone).is_some()
}

/// Could the line be a headline? It is short, and no sentence that a full stop ends.
pub fn is_title(line: &Line<'_>) -> bool {
    const STOPS: &[char] = &['.', ',', ';', ':', '。', '۔', '।'];
    let has_words = line.text.contains(char::is_alphanumeric);
    let is_item = ["- ", "* ", "• "].iter().any(|marker| line.text.starts_with(marker));
    let is_address = !line.text.contains(' ') && line.text.contains("://");
    has_words
        && !is_item
        && !is_address
        && line.is_within(LONGEST_TITLE)
        && (!line.text.ends_with(STOPS) || line.text.ends_with("..."))
}

/// Does the line say the same as a title?
pub fn says(line: &Line<'_>, title: &str) -> bool {
    line.text.len() <= title.len() * 2 && line.text.split_whitespace().eq(title.split_whitespace())
}

fn is_underline(line: &Line<'_>) -> bool {
    line.is_row_of('=') || line.is_row_of('-')
}

/// `By Ann Lee and Bo Ek`, `Автор: Анна Ли`.
fn byline(line: &Line<'_>) -> Option<Vec<String>> {
    if !line.is_within(LONGEST_BYLINE) || line.text.ends_with(['.', ',', ':', ';', '!', '?']) {
        return None;
    }
    let labelled = BYLINES.iter().find_map(|label| after(line.text, label)?.trim_start().strip_prefix(':'));
    if let Some(names) = labelled {
        return names_in(names, 1);
    }
    // Without a colon only names are a byline: `By Monday` and `By the river` are none.
    BYLINES_WITHOUT_COLON.iter().find_map(|label| names_in(after(line.text, label)?, 2))
}

fn names_in(text: &str, fewest_words: usize) -> Option<Vec<String>> {
    const BETWEEN: &[&str] = &["and", "и", "та", "und", "et", "y", "و", "&"];
    const MOST_WORDS: usize = 6;
    let mut names = vec![Vec::new()];
    for word in text.split_whitespace() {
        let ends = word.ends_with([',', '،']);
        let word = word.trim_end_matches([',', '،']);
        if BETWEEN.contains(&word) {
            names.push(Vec::new());
        } else if !word.is_empty() {
            names.last_mut()?.push(word);
        }
        if ends {
            names.push(Vec::new());
        }
    }
    names.retain(|words| !words.is_empty());
    let is_name = |words: &Vec<&str>| {
        let begins = |word: &&str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        (fewest_words..=MOST_WORDS).contains(&words.len())
            && words.first().is_some_and(begins)
            && words.last().is_some_and(begins)
    };
    (!names.is_empty() && names.iter().all(is_name))
        .then(|| names.into_iter().map(|words| words.join(" ")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::plain::line;

    fn heads(text: &str, known: Option<&str>) -> (String, usize) {
        let lines = line::first(text, 9);
        let (head, next) = Head::of_article(&lines, known, None, Tz::UTC);
        (head.title.map_or("-", |title| title.text).to_owned(), next)
    }

    #[test]
    fn title_lines() {
        for (text, title, next) in [
            ("The ferry\n\nText.", "The ferry", 1),
            ("The ferry?\n\nText.", "The ferry?", 1),
            ("The ferry\n=====\nText.", "The ferry", 2),
            ("The ferry\nBy Ann Lee\n2026-11-22\n\nText.", "The ferry", 3),
            ("2026-11-22\n\nThe ferry\n\nText.", "The ferry", 2),
            ("The ferry came.\n\nText.", "-", 0),
            ("The ferry\nText.", "-", 0),
            ("The ferry\n", "-", 0),
            ("- ferry\n\nText.", "-", 0),
            ("* * *\n\nText.", "-", 0),
            ("", "-", 0),
        ] {
            assert_eq!(heads(text, None), (title.to_owned(), next), "{text}");
        }
        assert_eq!(heads("The ferry\n\nText.", Some("The  ferry")), ("-".to_owned(), 1));
        assert_eq!(heads("The boat\n\nText.", Some("The ferry")), ("-".to_owned(), 0));
    }

    #[test]
    fn a_title_that_looks_like_a_caption() {
        for (text, title, next) in [
            ("Photo: a history\n\nText.", "Photo: a history", 1),
            ("Фото: как затопило город\n22 ноября 2026\n\nText.", "Фото: как затопило город", 2),
            ("Photo: the ferry\n\nThe ferry\n\nText.", "The ferry", 2),
            ("Photo: The ferry / Source: Bo Ek\n\nText.", "-", 1),
        ] {
            assert_eq!(heads(text, None), (title.to_owned(), next), "{text}");
        }
        assert_eq!(heads("Photo: a history\n\nText.", Some("Photo: a history")), ("-".to_owned(), 1));
    }

    #[test]
    fn the_date_of_a_letter() {
        let lines = line::first("A letter\n1 March 2026\n\nText.", 9);
        let until = |named: Option<&str>| {
            let named = named.map(|date| date.parse().unwrap());
            let (head, next) = Head::of_article(&lines, None, named, Tz::UTC);
            (head.title.is_some(), head.published.is_some(), next)
        };
        assert_eq!(until(None), (true, true, 2));
        assert_eq!(until(Some("2026-03-01")), (true, true, 2));
        assert_eq!(until(Some("2026-11-22")), (true, false, 1));
    }

    #[test]
    fn bylines() {
        let names = |text: &str| byline(&line::first(text, 1)[0]).map(|names| names.join("; "));
        assert_eq!(names("By Ann Lee and Bo van Ek").as_deref(), Some("Ann Lee; Bo van Ek"));
        assert_eq!(names("Автор: Анна Ли, Борис").as_deref(), Some("Анна Ли; Борис"));
        assert_eq!(names("بقلم: بو إيك").as_deref(), Some("بو إيك"));
        for text in ["By Monday", "By the river", "By Ann Lee.", "Text: all of it", "Bystanders Saw It"] {
            assert_eq!(names(text), None, "{text}");
        }
    }
}
