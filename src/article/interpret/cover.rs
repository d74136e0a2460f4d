//! The picture that stands for an article, from all the fields that say something of it.

use super::Reading;
use crate::article::Cover;
use crate::article::fields::Field;

impl Reading<'_> {
    /// A picture that is named, and what is said of a cover without naming one: a caption in front
    /// matter or in the text.
    pub(super) fn cover(&self) -> Option<Cover> {
        let node = |field| self.fields.get(field).map(|found| found.node);
        let resources = node(Field::Resources);
        let named = self.fields.all(Field::Cover).find_map(|found| Cover::read(found.node));
        let named = named.or_else(|| Cover::of_resources(resources?)).map(|cover| match resources {
            Some(resources) => cover.completed_by_resource(resources),
            None => cover,
        });
        let named = named.map(|cover| {
            let [alt, caption, credit] = [Field::CoverAlt, Field::CoverCaption, Field::CoverCredit].map(node);
            cover.completed_by_texts(alt, caption, credit)
        });
        let unnamed = self.fields.all(Field::Cover).filter_map(|found| Cover::unnamed(found.node));
        unnamed.fold(named, |cover, more| {
            Some(match cover {
                Some(cover) => cover.completed_by(more),
                None => more,
            })
        })
    }
}
