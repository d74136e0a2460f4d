//! Reads dates as authors and site generators write them.
//!
//! Text comes in, from front matter, HTML or a file name; an instant with its offset goes out, in
//! whole seconds, or a [`DateFault`] that says what to mend. Every form may go on with a time, and
//! then with an offset or a zone:
//!
//! | form | example |
//! |---|---|
//! | RFC 3339, TOML | `2026-11-22T08:30:00.000Z` |
//! | year first | `2026-11-22`, `2026/1/2 3:04`, `2026-11-22 08:30 Europe/Riga` |
//! | ISO 8601 basic | `20261122`, `20261122T083000Z` |
//! | RFC 2822 | `Sun, 22 Nov 2026 08:30:00 +0200` |
//! | English | `22 November 2026`, `Nov. 22, 2026` |
//!
//! No form is guessed at: numbers in an order that countries read differently are faults.

mod fault;
mod scanner;
mod zone;

use chrono::{DateTime, FixedOffset, NaiveDate};
use chrono_tz::Tz;

pub use fault::DateFault;
use fault::excerpt;
use scanner::Scanner;
use zone::Zone;
pub use zone::{at_start_of_day, in_zone};

/// Reads a date as articles write it. Without an offset `timezone` applies, without a time
/// midnight. Fractions of a second are dropped.
///
/// # Errors
/// Anything that is not a date, or not clearly one.
pub fn parse(text: &str, timezone: Tz) -> Result<DateTime<FixedOffset>, DateFault> {
    if let Some(date) = usual(text) {
        return Ok(date);
    }
    let text = text.trim();
    if text.is_ascii() {
        return parse_plain(text, timezone);
    }
    let dash = text.chars().find(|&c| is_typographic_dash(c));
    if let Some(dash) = dash.filter(|_| text.contains(|c: char| c.is_ascii_digit())) {
        return Err(DateFault::Dash(dash));
    }
    // Word processors put no-break spaces into dates.
    parse_plain(&text.replace(char::is_whitespace, " "), timezone)
}

/// What programs write, `2026-11-22T08:30:05+02:00`, without looking for anything else.
fn usual(text: &str) -> Option<DateTime<FixedOffset>> {
    let bytes: &[u8; 25] = text.as_bytes().try_into().ok()?;
    let [_, _, _, _, b'-', _, _, b'-', _, _, b'T', _, _, b':', _, _, b':', _, _, sign, _, _, b':', _, _] =
        bytes
    else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let two = |at: usize| Some(digit(bytes[at])? * 10 + digit(bytes[at + 1])?);
    let year = two(0)? * 100 + two(2)?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, two(5)?, two(8)?)?;
    let local = date.and_hms_opt(two(11)?, two(14)?, two(17)?)?;
    let minutes = i32::try_from(two(20)? * 60 + two(23).filter(|minutes| *minutes < 60)?).ok()?;
    let zone = Zone::east(match sign {
        b'+' => minutes,
        b'-' => -minutes,
        _ => return None,
    })?;
    // At the ends of the calendar there is more to say.
    (1971..=9998).contains(&year).then(|| zone.place(local))
}

/// The date at the start of a file's name, and the slug after it: `2026-11-22-slug`. A name that
/// is only a date is its own slug.
#[must_use]
pub fn from_file_name(stem: &str) -> Option<(NaiveDate, &str)> {
    let (year, rest) = stem.as_bytes().split_at_checked(4)?;
    if !year.iter().all(u8::is_ascii_digit) || rest.first() != Some(&b'-') {
        return None;
    }
    let mut scanner = Scanner::new(stem);
    let date = scanner.date().ok()?;
    let rest = scanner.rest();
    match rest.trim_start_matches(['-', '_', ' ']) {
        "" => Some((date, stem)),
        slug => (slug.len() < rest.len()).then_some((date, slug)),
    }
}

/// The date that three parts of a path or an address spell: `2026/11/22/ferry`.
#[must_use]
pub fn from_path(path: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = path.split('/').collect();
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    parts.windows(3).find_map(|window| {
        let year = number(window[0], 4..=4).filter(|year| (1970..=9999).contains(year))?;
        NaiveDate::from_ymd_opt(
            i32::try_from(year).ok()?,
            number(window[1], 1..=2)?,
            number(window[2], 1..=2)?,
        )
    })
}

fn parse_plain(text: &str, timezone: Tz) -> Result<DateTime<FixedOffset>, DateFault> {
    Scanner::new(text).instant(timezone).map_err(|fault| match fault {
        _ if text.is_empty() => DateFault::Empty,
        _ if is_placeholder(text) => DateFault::Placeholder(excerpt(text)),
        fault => fault,
    })
}

fn is_typographic_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Whether a text stands where a template wants a date: `YYYY-MM-DD`, `2026-11-xx`, `{{ date }}`.
fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 4] = ["tba", "tbd", "todo", "date"];
    const LETTERS: &[u8] = b"ymdhsxtz";
    let text = text.to_ascii_lowercase();
    let has_only_letters_of_a_pattern =
        text.bytes().all(|b| !b.is_ascii_alphabetic() || LETTERS.contains(&b));
    let doubles_one =
        text.as_bytes().windows(2).any(|pair| pair[0] == pair[1] && pair[0].is_ascii_alphabetic());
    text.starts_with(['{', '<', '[', '%', '$'])
        || WORDS.contains(&text.as_str())
        || has_only_letters_of_a_pattern && doubles_one
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The instant as RFC 3339, or the message.
    fn read(text: &str) -> Result<String, String> {
        parse(text, Tz::Europe__Riga).map(|date| date.to_rfc3339()).map_err(|fault| fault.to_string())
    }

    const FORMS: &str = "
        2026-11-22T08:30:05+02:00         => 2026-11-22T08:30:05+02:00
        2026-11-22t08:30:05z              => 2026-11-22T08:30:05+00:00
        2026-11-22 08:30:05.999999999999999999-05:30 => 2026-11-22T08:30:05-05:30
        2024-01-02T03:04:05.000Z          => 2024-01-02T03:04:05+00:00
        2024-01-02T03:04                  => 2024-01-02T03:04:00+02:00
        2024-01-02                        => 2024-01-02T00:00:00+02:00
        2024-7-2                          => 2024-07-02T00:00:00+03:00
        2024/01/02 11:25:14               => 2024-01-02T11:25:14+02:00
        2024-01-02 03:04 +0000            => 2024-01-02T03:04:00+00:00
        2024-01-02 03:04 -5               => 2024-01-02T03:04:00-05:00
        2024-01-02 03:04 UTC              => 2024-01-02T03:04:00+00:00
        2024-01-02 03:04:05 UTC+03:00     => 2024-01-02T03:04:05+03:00
        2024-01-02 03:04 GMT -3           => 2024-01-02T03:04:00-03:00
        2024-07-02 03:04 America/New_York => 2024-07-02T03:04:00-04:00
        2024-01-02 03:04 Etc/GMT+5        => 2024-01-02T03:04:00-05:00
        20261122                          => 2026-11-22T00:00:00+02:00
        20261122T083000Z                  => 2026-11-22T08:30:00+00:00
        20261122T0830+0300                => 2026-11-22T08:30:00+03:00
        Sun, 22 Nov 2026 08:30:00 +0200   => 2026-11-22T08:30:00+02:00
        2 Nov 2026 08:30 EST              => 2026-11-02T08:30:00-05:00
        22 NOV 2026 08:30:00 -0700 (PDT)  => 2026-11-22T08:30:00-07:00
        Sun Nov 22 2026 08:30:00 GMT+0200 (Eastern European Time) => 2026-11-22T08:30:00+02:00
        22 November 2026                  => 2026-11-22T00:00:00+02:00
        Sunday, November 22, 2026, 8:30   => 2026-11-22T08:30:00+02:00
        Sept. 1, 2026                     => 2026-09-01T00:00:00+03:00
        2016-12-31T23:59:60Z              => 2016-12-31T23:59:59+00:00
        2017-01-01 01:59:60               => 2017-01-01T01:59:59+02:00
        1970-01-01                        => 1970-01-01T00:00:00+03:00";

    const FAULTS: &str = "
        tomorrow                    => `tomorrow` is not a date
        1732264200                  => `1732264200` is not a date
        22 ноября 2026              => `22 ноября 2026` is not a date
        YYYY-MM-DD                  => `YYYY-MM-DD` is a placeholder, not a date
        2026-11-xx                  => `2026-11-xx` is a placeholder, not a date
        {{ .Date }}                 => `{{ .Date }}` is a placeholder, not a date
        2026-11                     => `2026-11` is only part of a date
        22 November                 => `22 November` is only part of a date
        11/22/2026                  => `11/22/2026` does not start with a four-digit year
        22.11.2026                  => `22.11.2026` does not start with a four-digit year
        2026–11–22                  => `–` (U+2013) is not a hyphen
        2026-11-22T08:30:00−05:00   => `−` (U+2212) is not a hyphen
        Sun, 22 Nov 26 08:30:00 GMT => year `26` has two digits, expected four
        0031-11-22                  => year 0031 is outside 1970 to 9999
        9999-12-31T23:00-05:00      => year 10000 is outside 1970 to 9999
        2026-13-01                  => `2026-13-01` has no month 13
        2026-02-29                  => February 2026 has no day 29
        Mon, 22 Nov 2026            => weekday `Mon` does not match 22 November 2026, a Sunday
        2026-11-22T24:00            => `24:00` is not a time of day
        2026-11-22 8:5              => `8:5` is not a time of day
        2026-11-22 08:30:60         => `08:30:60` is not a time of day
        2026-11-22 8:30 pm          => `pm` is not a time of day
        2026-11-22 08:30 +14:01     => `+14:01` is not an offset between -12:00 and +14:00
        2026-11-22 08:30 -1260      => `-1260` is not an offset between -12:00 and +14:00
        2026-11-22 08:30 CEST       => `CEST` is not a known time zone
        2026-11-22-05               => `-05` follows the date
        2026-11-22 (draft)          => `(draft)` follows the date";

    fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
        let cut = |row| str::split_once(row, "=>").expect("a row has two columns");
        table.trim().lines().map(cut)
    }

    #[test]
    fn every_form_is_read() {
        for (text, expected) in rows(FORMS) {
            assert_eq!(read(text).as_deref(), Ok(expected.trim()), "{text}");
        }
    }

    #[test]
    fn every_fault_says_what_was_found() {
        for (text, expected) in rows(FAULTS) {
            assert_eq!(read(text), Err(expected.trim().to_owned()), "{text}");
        }
        assert_eq!(read(" "), Err("the date is empty".to_owned()));
    }

    #[test]
    fn any_white_space_will_do() {
        let expected = Ok("2024-01-02T03:04:05+08:00".to_owned());
        assert_eq!(read("\t2024-01-02 \n 3:04:05   +8 "), expected);
        assert_eq!(read("2\u{a0}Jan\u{202f}2024 3:04:05 +8"), expected);
    }

    #[test]
    fn a_long_text_is_cut_in_the_message() {
        let expected = "`so it began so it began so it began so …` is not a date";
        assert_eq!(read(&"so it began\n".repeat(9)), Err(expected.to_owned()));
    }

    #[test]
    fn a_file_name_may_start_with_its_date() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 22);
        let with_slug = |slug| day.map(|day| (day, slug));
        assert_eq!(from_file_name("2026-01-22-slug"), with_slug("slug"));
        assert_eq!(from_file_name("2026-1-22_é-2"), with_slug("é-2"));
        assert_eq!(from_file_name("2026-01-22"), with_slug("2026-01-22"));
        let none = "slug 2026-budget 2026-01-22nd 2026-01-32-slug 1999-2000-hits été-1";
        for stem in none.split(' ') {
            assert_eq!(from_file_name(stem), None, "{stem}");
        }
    }

    #[test]
    fn what_programs_write_is_read_alike() {
        assert!(usual("2026-11-22T08:30:05+02:00").is_some());
        let mut understood = 0;
        for date in [
            "2026-11-22",
            "2024-02-29",
            "2025-02-29",
            "1970-01-01",
            "1971-01-01",
            "9998-12-31",
            "9999-12-31",
            "2026-13-01",
            "2026-1-022",
        ] {
            for time in [
                "T08:30:05",
                "T00:00:00",
                "T23:59:59",
                "T23:59:60",
                "T24:00:00",
                "t08:30:05",
                " 08:30:05",
                "T08-30-05",
            ] {
                for zone in [
                    "+02:00", "-05:30", "+14:00", "+14:01", "-12:00", "-12:01", "+02:60", "+0200", "+2:000",
                    "Z",
                ] {
                    let text = [date, time, zone].concat();
                    if let Some(found) = usual(&text) {
                        understood += 1;
                        assert_eq!(parse_plain(&text, Tz::UTC), Ok(found), "{text}");
                    }
                }
            }
        }
        assert_eq!(understood, 4 * 3 * 4);
    }

    #[test]
    fn no_text_brings_it_down() {
        let words: Vec<&str> = "0 1 2 6 9 00 11 22 2026 1970 9999 - - / : : . , + T Z t z ( ) [ UTC GMT EST \
            Europe/Riga Sun Nov May am x é – − 年 １ \u{a0} 4294967296"
            .split(' ')
            .chain([" ", " ", "\0", "2026-11-22", "T08:30:00"])
            .collect();
        let mut state = 1_u64;
        let mut pick = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).expect("31 bits") % below
        };
        for _ in 0..20_000 {
            let text: String = (0..=pick(9)).map(|_| words[pick(words.len())]).collect();
            let _ = from_file_name(&text);
            match parse(&text, Tz::America__Sao_Paulo) {
                Ok(date) => assert_eq!(parse(&date.to_rfc2822(), Tz::UTC), Ok(date), "{text}"),
                Err(fault) => {
                    assert!(!fault.to_string().ends_with('.') && !fault.help().is_empty());
                }
            }
        }
    }
}
