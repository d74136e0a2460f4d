//! An article as an episode of a podcast: from the fields of its own and from the map of all of them.

use super::Reading;
use crate::article::enclosure::{Enclosure, Unclear};
use crate::article::episode::Episode;
use crate::article::fields::Field;
use crate::diagnostic::Code;

impl Reading<'_> {
    /// Faults are told only where there is a recording: `season` and `episode` mean much else elsewhere.
    pub(super) fn episode(&mut self, enclosures: &[Enclosure]) -> Option<Box<Episode>> {
        let mut episode = Episode::default();
        let mut unclear = Vec::new();
        if let Some(found) = self.fields.get(Field::Episode) {
            episode.take_all(found.node, &mut unclear);
        }
        let fields = [
            (Field::Season, "season"),
            (Field::EpisodeType, "type"),
            (Field::Explicit, "explicit"),
            (Field::Transcript, "transcript"),
            (Field::Chapters, "chapters"),
        ];
        for (field, name) in fields {
            // `podcast.type` may also say what its recording is.
            let found = self
                .fields
                .get(field)
                .filter(|found| !found.text().is_some_and(|text| text.contains("audio/")));
            if let Some(found) = found {
                episode.take(name, found.node, &mut unclear);
            }
        }
        if enclosures.is_empty() {
            return None;
        }
        for Unclear { at, message } in unclear {
            self.report(Code::UnclearMedia, at, message);
        }
        (episode != Episode::default()).then(|| Box::new(episode))
    }
}
