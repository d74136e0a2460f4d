//! The dates of an article: when it was published and changed, and until when it is shown.

use super::Reading;
use crate::article::date;
use crate::article::fields::{Field, Found};
use crate::article::place::Place;
use crate::diagnostic::{Code, Position};
use crate::syntax::Value;
use chrono::{DateTime, FixedOffset};

/// What is found of the publishing date.
pub(super) enum Published {
    /// This.
    At(DateTime<FixedOffset>),
    /// It has been told what is wrong with it.
    Faulty,
    /// There is none.
    Undated,
}

impl<'a> Reading<'a> {
    pub(super) fn date(&mut self, field: Field) -> Option<DateTime<FixedOffset>> {
        let found = self.date_field(field)?;
        self.read_date(&found)
    }

    /// Yes and no are no dates: `published: false` says something else.
    pub(super) fn date_field(&self, field: Field) -> Option<Found<'a>> {
        self.fields.all(field).find(|found| !matches!(found.node.value, Value::Bool(_)))
    }

    pub(super) fn read_date(&mut self, found: &Found<'_>) -> Option<DateTime<FixedOffset>> {
        let Some(text) = found.text() else {
            let message = format!("`{found}` is a date, found {}", found.node.value.kind());
            self.report(Code::BadDate, found.node.at, message).help =
                Some("write it as `2026-11-22` or `2026-11-22T08:30:00+02:00`".to_owned());
            return None;
        };
        match date::parse(text, self.settings.site.timezone) {
            Ok(date) => Some(date),
            Err(fault) => {
                self.report(Code::BadDate, found.node.at, format!("`{found}`: {fault}")).help =
                    Some(fault.help().to_owned());
                None
            }
        }
    }

    /// When the article is taken back, where front matter says so by a date.
    pub(super) fn withdrawal(&self) -> Option<DateTime<FixedOffset>> {
        let found = self.fields.get(Field::Withdrawn)?;
        date::parse(found.text()?, self.settings.site.timezone).ok()
    }

    pub(super) fn published(&mut self, place: &Place<'_>) -> Published {
        if let Some(found) = self.date_field(Field::Published) {
            return self.read_date(&found).map_or(Published::Faulty, Published::At);
        }
        let url = self.fields.get(Field::Url).and_then(|found| found.text().and_then(date::from_path));
        if let Some(date) = place.date.or(url).or_else(|| date::from_path(self.path)) {
            return Published::At(date::at_start_of_day(date, self.settings.site.timezone));
        }
        Published::Undated
    }

    pub(super) fn tell_undated(&mut self) {
        self.report(Code::MissingDate, Position::START, "the article has no date".to_owned()).help = Some(
            "add `published: 2026-11-22` to the front matter, or begin the file's name with the date"
                .to_owned(),
        );
    }
}
