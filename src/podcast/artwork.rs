//! The picture of a show or an episode, as Apple takes it ("itunes:image").

use crate::media_type::MediaType;

/// Its sides in pixels.
pub const SIDES: std::ops::RangeInclusive<u32> = 1400..=3000;

/// Does Apple take a picture of this type and of this width and height?
#[must_use]
pub fn is_artwork(media_type: &MediaType, size: Option<(u32, u32)>) -> bool {
    let is_fitting = size.is_some_and(|(width, height)| width == height && SIDES.contains(&width));
    is_fitting && matches!(media_type.as_str(), "image/jpeg" | "image/png")
}
