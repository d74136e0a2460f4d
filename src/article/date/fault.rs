//! What is wrong with a date that cannot be read, and how to mend it.

use std::fmt;

use chrono::{Month, NaiveDate};

/// Why a text is not a date. `Display` is the message, [`DateFault::help`] the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFault {
    /// Nothing but white space.
    Empty,
    /// No form of a date.
    NotADate(String),
    /// A template that nobody filled in: `YYYY-MM-DD`, `{{ date }}`, `TBD`.
    Placeholder(String),
    /// A date that ends too early: `2026-11`, `22 November`.
    Partial(String),
    /// Day, month and year in an order that countries read differently: `11/12/2026`.
    YearNotFirst(String),
    /// A typographic dash or minus sign in place of a hyphen.
    Dash(char),
    /// A year that may belong to any century.
    TwoDigitYear(u32),
    /// A year that no article on the web has, or that RSS cannot write.
    Year(i32),
    /// A month that no year has.
    Month {
        /// The date as written.
        text: String,
        /// The month's number in it.
        month: u32,
    },
    /// A day that this month does not have.
    Day {
        /// The year as written.
        year: i32,
        /// The month as written.
        month: Month,
        /// The day that it lacks.
        day: u32,
    },
    /// A weekday other than the date's own.
    Weekday {
        /// The weekday as written.
        found: String,
        /// The date it stands beside.
        date: NaiveDate,
    },
    /// No time of day.
    Time(String),
    /// An offset that no clock on Earth shows, or that is not written as one.
    Offset(String),
    /// A name of no time zone, or of several.
    Zone(String),
    /// Text after the end of the date.
    Trailing(String),
}

impl DateFault {
    /// What the author should do.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            DateFault::Empty | DateFault::Placeholder(_) => "write a date here, for example `2026-11-22`",
            DateFault::NotADate(_) | DateFault::Partial(_) => {
                "write it as `2026-11-22` or `2026-11-22T08:30:00+02:00`"
            }
            DateFault::YearNotFirst(_) => "write year, month, day: `2026-11-22`",
            DateFault::Dash(_) => "use the plain hyphen of the keyboard: `2026-11-22`, `-05:00`",
            DateFault::TwoDigitYear(_) | DateFault::Year(_) => {
                "write the year in four digits, from 1970 on: `2026-11-22`"
            }
            DateFault::Month { .. } => "months are 01 to 12 and stand before the day: `2026-11-22`",
            DateFault::Day { .. } => "correct the day or the month",
            DateFault::Weekday { .. } => "correct the day, or leave the weekday out",
            DateFault::Time(_) => {
                "write a time from `00:00:00` to `23:59:59`; midnight is `00:00` of the day it begins"
            }
            DateFault::Offset(_) => "write the offset from UTC as `+02:00`",
            DateFault::Zone(_) => {
                "write the offset from UTC, `+02:00`, or a place of the IANA list, `Europe/Riga`"
            }
            DateFault::Trailing(_) => "leave it out: a date field holds one date and no other words",
        }
    }
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateFault::Empty => write!(f, "the date is empty"),
            DateFault::NotADate(text) => write!(f, "`{text}` is not a date"),
            DateFault::Placeholder(text) => write!(f, "`{text}` is a placeholder, not a date"),
            DateFault::Partial(text) => write!(f, "`{text}` is only part of a date"),
            DateFault::YearNotFirst(text) => {
                write!(f, "`{text}` does not start with a four-digit year")
            }
            DateFault::Dash(dash) => {
                write!(f, "`{dash}` (U+{:04X}) is not a hyphen", u32::from(*dash))
            }
            DateFault::TwoDigitYear(year) => {
                write!(f, "year `{year:02}` has two digits, expected four")
            }
            DateFault::Year(year) => write!(f, "year {year:04} is outside 1970 to 9999"),
            DateFault::Month { text, month } => write!(f, "`{text}` has no month {month}"),
            DateFault::Day { year, month, day } => {
                write!(f, "{} {year} has no day {day}", month.name())
            }
            DateFault::Weekday { found, date } => {
                let date = date.format("%-d %B %Y, a %A");
                write!(f, "weekday `{found}` does not match {date}")
            }
            DateFault::Time(text) => write!(f, "`{text}` is not a time of day"),
            DateFault::Offset(text) => {
                write!(f, "`{text}` is not an offset between -12:00 and +14:00")
            }
            DateFault::Zone(text) => write!(f, "`{text}` is not a known time zone"),
            DateFault::Trailing(text) => write!(f, "`{text}` follows the date"),
        }
    }
}

impl std::error::Error for DateFault {}

/// As much of a text as fits into a message of one line.
pub(super) fn excerpt(text: &str) -> String {
    const LIMIT: usize = 40;
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    if text.chars().nth(LIMIT).is_none() {
        line.collect()
    } else {
        line.take(LIMIT - 1).chain(['…']).collect()
    }
}
