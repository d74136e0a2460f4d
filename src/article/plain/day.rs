//! A line that says when an article was published, in the languages whose months are known here.

use super::phrases::DATE_LABELS;
use crate::article::date;
use chrono_tz::Tz;

/// A date, its time and its label are no longer.
const LONGEST: usize = 80;

/// The months, each as English writes it and as others do.
const MONTHS: [(&str, &[&str]); 12] = [
    ("January", &["января", "январь", "січня", "januar", "jänner", "janvier", "enero", "يناير"]),
    ("February", &["февраля", "февраль", "лютого", "februar", "février", "febrero", "فبراير"]),
    ("March", &["марта", "март", "березня", "märz", "mars", "marzo", "مارس"]),
    ("April", &["апреля", "апрель", "квітня", "avril", "abril", "أبريل", "إبريل"]),
    ("May", &["мая", "май", "травня", "mai", "mayo", "مايو"]),
    ("June", &["июня", "июнь", "червня", "juni", "juin", "junio", "يونيو"]),
    ("July", &["июля", "июль", "липня", "juli", "juillet", "julio", "يوليو"]),
    ("August", &["августа", "август", "серпня", "août", "agosto", "أغسطس"]),
    ("September", &["сентября", "сентябрь", "вересня", "septembre", "septiembre", "سبتمبر"]),
    ("October", &["октября", "октябрь", "жовтня", "oktober", "octobre", "octubre", "أكتوبر"]),
    ("November", &["ноября", "ноябрь", "листопада", "novembre", "noviembre", "نوفمبر"]),
    ("December", &["декабря", "декабрь", "грудня", "dezember", "décembre", "diciembre", "ديسمبر"]),
];

/// Words between day, month, year and time that say nothing.
const FILLERS: &[&str] = &[
    "г.", "г", "года", "року", "р.", "в", "о", "de", "del", "um", "uhr", "à", "le", "el", "at", "den", "|",
    "•", "·",
];

/// The date that a line says, spelled as front matter would spell it. `None` where the line says
/// anything else, or a date in an order that countries read differently.
pub fn read(line: &str, timezone: Tz) -> Option<String> {
    if line.len() > LONGEST * 4
        || line.chars().count() > LONGEST
        || !line.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let text = without_label(line);
    let is_date = |text: &String| date::parse(text, timezone).is_ok();
    Some(text.to_owned()).filter(is_date).or_else(|| Some(in_english(text)).filter(is_date))
}

fn without_label(line: &str) -> &str {
    let label = DATE_LABELS.iter().find_map(|label| super::after(line, label));
    let rest = label.filter(|rest| rest.starts_with([':', ' ', '\u{a0}']));
    rest.map_or(line, |rest| rest.trim_start_matches([':', ' ', '\u{a0}']))
}

fn in_english(text: &str) -> String {
    let words = text.split_whitespace().filter_map(|word| {
        let bare = word.trim_end_matches([',', '،']).to_lowercase();
        if FILLERS.contains(&bare.as_str()) {
            return None;
        }
        let month = MONTHS
            .iter()
            .find(|(english, others)| english.to_lowercase() == bare || others.contains(&bare.as_str()));
        // `22.` is how a German counts days.
        let day =
            bare.strip_suffix('.').filter(|day| day.len() <= 2 && day.bytes().all(|b| b.is_ascii_digit()));
        Some(month.map_or_else(|| day.unwrap_or(&bare).to_owned(), |(english, _)| (*english).to_owned()))
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_languages() {
        for line in [
            "22 November 2026, 08:30",
            "2026-11-22 08:30",
            "Published on November 22, 2026, 8:30",
            "22 ноября 2026, 08:30",
            "Опубликовано: 22 ноября 2026 г., в 08:30",
            "22. November 2026, 08:30 Uhr",
            "Publié le 22 novembre 2026 à 08:30",
            "22 de noviembre de 2026, 08:30",
            "22 نوفمبر 2026، 08:30",
        ] {
            let read = read(line, Tz::UTC).unwrap_or_else(|| panic!("{line}"));
            let date = date::parse(&read, Tz::UTC).unwrap().to_rfc3339();
            assert_eq!(date, "2026-11-22T08:30:00+00:00", "{line}");
        }
    }

    #[test]
    fn what_is_no_date_stays_text() {
        for line in [
            "22.11.2026",
            "11/12/2026",
            "22 November",
            "In November 2026 the ferry ran",
            "Date: soon",
            "1",
            "",
        ] {
            assert_eq!(read(line, Tz::UTC), None, "{line}");
        }
    }
}
