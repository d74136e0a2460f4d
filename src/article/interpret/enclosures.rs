//! The recordings and files that come with an article: from several fields, each once.

use super::Reading;
use crate::article::enclosure::{self, Enclosure, MOST_ENCLOSURES, Unclear};
use crate::article::fields::Field;
use crate::diagnostic::Code;
use crate::media_type::Medium;
use crate::text;

impl Reading<'_> {
    pub(super) fn enclosures(&mut self) -> Vec<Enclosure> {
        let fields = [
            (Field::Audio, Some(Medium::Audio)),
            (Field::Video, Some(Medium::Video)),
            (Field::Enclosure, None),
        ];
        let mut enclosures: Vec<Enclosure> = Vec::new();
        let mut unclear = Vec::new();
        for (field, medium) in fields {
            let Some(found) = self.fields.get(field) else { continue };
            let (read, faults) = Enclosure::read_all(found.node, medium);
            // Themes use the name for pictures and for much else.
            let is_ours = !found.is_called("media");
            unclear.extend(faults.into_iter().filter(|_| is_ours));
            let is_file = |read: &Enclosure| !read.is_elsewhere() && (is_ours || read.is_recording());
            for enclosure in read.into_iter().filter(is_file) {
                if enclosures.len() == MOST_ENCLOSURES {
                    let message =
                        format!("`{found}` names more than {MOST_ENCLOSURES} files; the first count");
                    self.report(Code::TooMany, found.node.at, message);
                    break;
                }
                if !enclosures.iter().any(|known| known.src == enclosure.src) {
                    enclosures.push(enclosure);
                }
            }
        }
        if let Some(first) = enclosures.first_mut() {
            self.complete(first, &mut unclear);
        }
        for Unclear { at, message } in unclear {
            self.report(Code::UnclearMedia, at, message);
        }
        enclosures
    }

    /// What fields of their own say of the one recording that an article has.
    fn complete(&self, recording: &mut Enclosure, unclear: &mut Vec<Unclear>) {
        let said = |field| {
            let found = self.fields.get(field)?;
            Some((text::line(found.text()?), found.node.at))
        };
        if let (None, Some((text, at))) = (recording.duration, said(Field::Duration)) {
            recording.duration = enclosure::duration(&text, at, unclear);
        }
        if let (None, Some((text, at))) = (recording.length_bytes, said(Field::Length)) {
            recording.length_bytes = enclosure::length(&text, at, unclear);
        }
    }
}
