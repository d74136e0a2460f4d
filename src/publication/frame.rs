//! All that is in a feed apart from what its articles say, as a number.

use super::entries::Entries;
use crate::encode::Format;
use crate::index::parts::Parts;
use crate::plan::PlannedFeed;
use crate::press::{Press, served_at};

/// What the frames of all feeds of a run share.
pub struct Frames<'a> {
    press: &'a Press<'a>,
    entries: &'a Entries<'a>,
    closings: u64,
}

impl<'a> Frames<'a> {
    /// The frames of feeds that show some of these articles.
    #[must_use]
    pub fn of(press: &'a Press<'a>, entries: &'a Entries<'a>) -> Frames<'a> {
        let mut closings = Parts::default();
        closings.value(press.closings);
        Frames { press, entries, closings: closings.made_of() }
    }

    /// The frame of a feed under the same settings, where the same editions and sections are.
    #[must_use]
    pub fn frame(&self, planned: &PlannedFeed) -> u64 {
        let Press { known, settings, withdrawals, first_day, .. } = *self.press;
        let record = known.of(planned, settings);
        let new_id = || {
            let atom = planned.key.path(&settings.feeds, Format::Atom.file_name());
            known.id(planned, &served_at(&atom, settings), settings)
        };
        let id = record.map_or_else(new_id, |record| record.id.clone());
        let joined = record.iter().flat_map(|record| &record.joined);
        let mut parts = Parts::default();
        parts.feed(planned);
        parts.number(self.closings);
        parts.number(planned.documents as u64);
        for format in &settings.feeds.formats {
            known.former_paths(planned, *format, settings).for_each(|path| parts.text(&path));
        }
        for tombstone in withdrawals.tombstones(&id, joined) {
            parts.value(&tombstone);
        }
        match planned.articles.is_empty() {
            true => parts.value(&first_day),
            false => planned.articles.iter().for_each(|&index| parts.number(self.entries.id(index).number())),
        }
        parts.made_of()
    }
}
