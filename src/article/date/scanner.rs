//! Walks over the text of a date and tells its form by what comes next; no form is tried in vain.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, FixedOffset, Month, NaiveDate, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;

use super::fault::{DateFault, excerpt};
use super::zone::Zone;

/// The years that a date may have. RSS has no way to write a later one.
const YEARS: RangeInclusive<i32> = 1970..=9999;

/// A run of digits, which may be empty.
struct Number {
    value: u32,
    width: usize,
}

/// Walks once over the bytes of a date. It stops only at ASCII bytes or at the end, so `at` never
/// falls inside a character.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0 }
    }

    /// The whole text as one instant.
    pub(super) fn instant(&mut self, timezone: Tz) -> Result<DateTime<FixedOffset>, DateFault> {
        let date = self.date_with_weekday()?;
        let (time, is_leap) = self.time()?;
        let zone = self.zone()?;
        self.end(zone.is_some())?;

        let instant = zone.unwrap_or(Zone::Named(timezone)).place(date.and_time(time));
        let next = instant.naive_utc() + TimeDelta::seconds(1);
        // A leap second is the last of a month in UTC.
        if is_leap && (next.day(), next.time()) != (1, NaiveTime::MIN) {
            return Err(DateFault::Time(instant.format("%H:%M:60").to_string()));
        }
        // The last evening of 9999 is too late in UTC.
        match instant.naive_utc().year() {
            year if year > *YEARS.end() => Err(DateFault::Year(year)),
            _ => Ok(instant),
        }
    }

    fn date_with_weekday(&mut self) -> Result<NaiveDate, DateFault> {
        let start = self.at;
        let found = self.letters();
        let Ok(weekday) = found.parse::<Weekday>() else {
            self.at = start;
            return self.date();
        };
        self.eat(b',');
        self.blanks();
        let date = self.date()?;
        if date.weekday() != weekday {
            let found = found.to_owned();
            return Err(DateFault::Weekday { found, date });
        }
        Ok(date)
    }

    /// A date in any of its forms; the scanner then stands behind it.
    pub(super) fn date(&mut self) -> Result<NaiveDate, DateFault> {
        let first = self.digits();
        match (first.width, self.peek()) {
            (4, Some(separator @ (b'-' | b'/'))) => {
                self.at += 1;
                let month = self.number(1..=2)?;
                self.expect(separator)?;
                let day = self.number(1..=2)?;
                self.calendar_date(first.value, month, day)
            }
            (8, _) => {
                let (year, month_and_day) = (first.value / 10_000, first.value % 10_000);
                self.calendar_date(year, month_and_day / 100, month_and_day % 100)
            }
            (1 | 2, Some(separator @ (b'-' | b'/' | b'.'))) => Err(self.year_not_first(separator)),
            (1 | 2, _) => {
                let month = self.month_name()?;
                self.eat(b',');
                let year = self.year()?;
                self.calendar_date(year, month, first.value)
            }
            (0, _) => {
                let month = self.month_name()?;
                self.blanks();
                let day = self.number(1..=2)?;
                self.eat(b',');
                let year = self.year()?;
                self.calendar_date(year, month, day)
            }
            (4, _) => Err(self.unexpected()),
            _ => Err(self.not_a_date()),
        }
    }

    fn calendar_date(&self, year: u32, month: u32, day: u32) -> Result<NaiveDate, DateFault> {
        let year = year.cast_signed();
        if !YEARS.contains(&year) {
            return Err(DateFault::Year(year));
        }
        let number = u8::try_from(month).ok();
        let Some(name) = number.and_then(|number| Month::try_from(number).ok()) else {
            let text = excerpt(self.text);
            return Err(DateFault::Month { text, month });
        };
        NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFault::Day { year, month: name, day })
    }

    fn month_name(&mut self) -> Result<u32, DateFault> {
        self.blanks();
        let name = self.letters();
        self.eat(b'.');
        if name.eq_ignore_ascii_case("sept") {
            return Ok(9);
        }
        match name.parse::<Month>() {
            Ok(month) => Ok(month.number_from_month()),
            Err(_) if name.is_empty() => Err(self.unexpected()),
            Err(_) => Err(self.not_a_date()),
        }
    }

    fn year(&mut self) -> Result<u32, DateFault> {
        self.blanks();
        let year = self.digits();
        match (year.width, self.peek()) {
            (4, _) => {
                self.eat(b',');
                Ok(year.value)
            }
            (2, next) if next != Some(b':') => Err(DateFault::TwoDigitYear(year.value)),
            _ => Err(self.unexpected()),
        }
    }

    /// The time of day, midnight without one, and whether it is a leap second, which becomes the
    /// second before it: feeds cannot tell the two apart.
    fn time(&mut self) -> Result<(NaiveTime, bool), DateFault> {
        let before = self.at;
        let is_marked = self.eat(b'T') || self.eat(b't');
        if !is_marked {
            self.blanks();
        }
        match self.peek() {
            Some(b'0'..=b'9') => {}
            _ if is_marked => return Err(self.unexpected()),
            // `2026-11-22-05` would be anybody's guess.
            Some(b'+' | b'-') if self.at == before => return Err(self.trailing()),
            _ => return Ok((NaiveTime::MIN, false)),
        }
        let start = self.at;
        self.clock(is_marked)
            .and_then(|(hour, minute, second)| {
                let time = NaiveTime::from_hms_opt(hour, minute, second.min(59))?;
                (second <= 60).then_some((time, second == 60))
            })
            .ok_or_else(|| DateFault::Time(self.word_from(start)))
    }

    fn clock(&mut self, may_be_basic: bool) -> Option<(u32, u32, u32)> {
        let Number { value, width } = self.digits();
        let (hour, minute, second) = match width {
            1 | 2 => {
                self.expect(b':').ok()?;
                let minute = self.number(2..=2).ok()?;
                if !self.eat(b':') {
                    return Some((value, minute, 0));
                }
                (value, minute, self.number(2..=2).ok()?)
            }
            4 if may_be_basic => return Some((value / 100, value % 100, 0)),
            6 if may_be_basic => (value / 10_000, value / 100 % 100, value % 100),
            _ => return None,
        };
        let has_fraction = self.eat(b'.') || self.eat(b',');
        let is_whole = !has_fraction || self.digits().width > 0;
        is_whole.then_some((hour, minute, second))
    }

    /// The offset or zone, `None` where the text has neither.
    fn zone(&mut self) -> Result<Option<Zone>, DateFault> {
        self.blanks();
        let start = self.at;
        let word = self.letters();
        let is_utc = is_one_of(word, &["UTC", "GMT", "UT"]);
        if is_utc {
            self.blanks();
        }
        match self.peek() {
            Some(b'+' | b'-') if is_utc || word.is_empty() => return self.offset().map(Some),
            _ if is_utc => return Ok(Zone::named(word)),
            _ if word.is_empty() => return Ok(None),
            _ => {}
        }
        while self.peek().is_some_and(|byte| byte != b'(' && !byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        match Zone::named(&self.text[start..self.at]) {
            None if is_one_of(word, &["am", "pm"]) => Err(DateFault::Time(word.to_owned())),
            None => Err(DateFault::Zone(self.word_from(start))),
            zone => Ok(zone),
        }
    }

    fn offset(&mut self) -> Result<Zone, DateFault> {
        let start = self.at;
        self.minutes_east().and_then(Zone::east).ok_or_else(|| DateFault::Offset(self.word_from(start)))
    }

    fn minutes_east(&mut self) -> Option<i32> {
        let is_west = self.peek() == Some(b'-');
        self.at += 1;
        let Number { value, width } = self.digits();
        let (hours, minutes) = match width {
            1 | 2 if self.eat(b':') => (value, self.number(2..=2).ok()?),
            1 | 2 => (value, 0),
            4 => (value / 100, value % 100),
            _ => return None,
        };
        let east = (hours * 60 + minutes).cast_signed();
        (minutes < 60).then_some(if is_west { -east } else { east })
    }

    fn end(&mut self, may_be_comment: bool) -> Result<(), DateFault> {
        self.blanks();
        match self.peek() {
            None => Ok(()),
            // Mail and JavaScript repeat the zone in words: `+0200 (EET)`.
            Some(b'(') if may_be_comment && self.text.ends_with(')') => Ok(()),
            Some(_) => Err(self.trailing()),
        }
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, byte: u8) -> Result<(), DateFault> {
        if self.eat(byte) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn letters(&mut self) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn digits(&mut self) -> Number {
        let start = self.at;
        let mut value = 0_u32;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = value.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            self.at += 1;
        }
        Number { value, width: self.at - start }
    }

    fn number(&mut self, width: RangeInclusive<usize>) -> Result<u32, DateFault> {
        let number = self.digits();
        if width.contains(&number.width) { Ok(number.value) } else { Err(self.unexpected()) }
    }

    fn year_not_first(&mut self, separator: u8) -> DateFault {
        let has_three_numbers = (0..2).all(|_| self.eat(separator) && self.digits().width > 0);
        if has_three_numbers { DateFault::YearNotFirst(excerpt(self.text)) } else { self.unexpected() }
    }

    fn unexpected(&self) -> DateFault {
        if self.at == self.text.len() { DateFault::Partial(excerpt(self.text)) } else { self.not_a_date() }
    }

    fn not_a_date(&self) -> DateFault {
        DateFault::NotADate(excerpt(self.text))
    }

    fn trailing(&self) -> DateFault {
        DateFault::Trailing(excerpt(self.rest()))
    }

    fn word_from(&self, start: usize) -> String {
        let mut words = self.text[start..].split_ascii_whitespace();
        excerpt(words.next().unwrap_or_default())
    }
}

fn is_one_of(word: &str, names: &[&str]) -> bool {
    names.iter().any(|name| word.eq_ignore_ascii_case(name))
}
