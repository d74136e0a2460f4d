//! Places a local time on the world's clock: by an offset, or by the rules of a time zone.

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::{GapInfo, Tz};

/// Midnight of a day in `timezone`; where clocks skip midnight, it moves forward by the gap.
#[must_use]
pub fn at_start_of_day(date: NaiveDate, timezone: Tz) -> DateTime<FixedOffset> {
    in_zone(date.and_time(NaiveTime::MIN), timezone)
}

/// A local time in `timezone`. One that a daylight-saving gap skips moves forward by the gap;
/// of one that an overlap doubles, the first is meant.
#[must_use]
pub fn in_zone(local: NaiveDateTime, timezone: Tz) -> DateTime<FixedOffset> {
    let offset = match timezone.offset_from_local_datetime(&local) {
        LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => Some(offset),
        // Read by the clock before the gap, then shown by the clock after it.
        LocalResult::None => {
            GapInfo::new(&local, &timezone).and_then(|gap| gap.begin).map(|(_, before)| before)
        }
    };
    offset.and_then(|offset| offset.fix().from_local_datetime(&local).single()).map_or_else(
        // Only a quarter of a million years away, at the ends of chrono's calendar.
        || local.and_utc().fixed_offset(),
        |instant| instant.with_timezone(&timezone).fixed_offset(),
    )
}

/// What tells the instant of a local time.
#[derive(Clone, Copy)]
pub(super) enum Zone {
    Offset(FixedOffset),
    Named(Tz),
}

impl Zone {
    /// An IANA name such as `Europe/Riga`, or one that RFC 2822 section 4.3 lists. Other short
    /// names mean different things in different places (`IST`, `BST`) and are not known.
    pub(super) fn named(name: &str) -> Option<Zone> {
        #[rustfmt::skip]
        const HOURS_EAST: [(&str, i32); 12] = [
            ("Z", 0), ("UT", 0), ("UTC", 0), ("GMT", 0),
            ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5),
            ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7),
        ];
        if name.contains('/') {
            return name.parse().ok().map(Zone::Named);
        }
        let mut rows = HOURS_EAST.iter();
        let (_, hours) = rows.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Zone::east(hours * 60)
    }

    /// An offset of so many minutes east of Greenwich, if clocks somewhere on Earth show it.
    pub(super) fn east(minutes: i32) -> Option<Zone> {
        if !(-12 * 60..=14 * 60).contains(&minutes) {
            return None;
        }
        FixedOffset::east_opt(minutes * 60).map(Zone::Offset)
    }

    pub(super) fn place(self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        match self {
            Zone::Offset(offset) => {
                offset.from_local_datetime(&local).single().unwrap_or_else(|| local.and_utc().fixed_offset())
            }
            Zone::Named(timezone) => in_zone(local, timezone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: &str) {
        let [local, timezone, expected] = row.split(' ').collect::<Vec<_>>()[..] else {
            panic!("a row has three columns");
        };
        let timezone: Tz = timezone.parse().expect("a time zone");
        let local = local.parse().expect("a local time");
        assert_eq!(in_zone(local, timezone).to_rfc3339(), expected, "{row}");
    }

    #[test]
    fn a_skipped_time_moves_forward_by_the_gap() {
        check("2026-03-08T02:30:00 America/New_York 2026-03-08T03:30:00-04:00");
        check("2018-11-04T00:00:00 America/Sao_Paulo 2018-11-04T01:00:00-02:00");
        // Half an hour, and a whole day that Samoa left out.
        check("2026-10-04T02:10:00 Australia/Lord_Howe 2026-10-04T02:40:00+11:00");
        check("2011-12-30T12:00:00 Pacific/Apia 2011-12-31T12:00:00+14:00");
    }

    #[test]
    fn a_doubled_time_is_the_first() {
        check("2026-10-25T03:30:00 Europe/Riga 2026-10-25T03:30:00+03:00");
        // In Ireland the summer time is the standard time.
        check("2026-10-25T01:30:00 Europe/Dublin 2026-10-25T01:30:00+01:00");
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trouble() {
        for timezone in [Tz::Pacific__Kiritimati, Tz::Pacific__Pago_Pago] {
            for local in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
                let _ = in_zone(local, timezone).to_rfc3339();
            }
        }
    }
}
