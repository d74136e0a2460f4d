//! What the bytes of a picture say of it: type, width and height, length.
//!
//! Only the head of a file is read, so that a large one costs no more than a small one; what does not
//! stand there is not known.

mod orientation;
mod svg;

use crate::fenced::fenced;
use crate::media_type::MediaType;
use imagesize::{Compression, ImageType};
use std::io::{self, Read, Seek, SeekFrom};

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Size in bytes.
    pub length_bytes: u64,
    /// What kind of picture it is; `None` where it is none.
    pub media_type: Option<MediaType>,
    /// Width and height in pixels, as it is shown.
    pub size: Option<(u32, u32)>,
}

/// Enough for nearly all pictures.
const HEAD_BYTES: u64 = 32_768;
/// Before its size a JPEG may hold a smaller picture, colours and whatever else a camera knows.
const LONGEST_HEAD_BYTES: u64 = 2_000_000;

/// Looks at a picture.
///
/// # Errors
/// What the system says of a file that cannot be read.
pub fn picture<Source: Read + Seek + ?Sized>(source: &mut Source) -> io::Result<Measured> {
    let length_bytes = length(source)?;
    let mut bytes = Vec::new();
    source.take(HEAD_BYTES).read_to_end(&mut bytes)?;
    let (mut media_type, mut size) = of_bytes(&bytes);
    if media_type.is_some() && size.is_none() && length_bytes > HEAD_BYTES {
        source.take(LONGEST_HEAD_BYTES).read_to_end(&mut bytes)?;
        (media_type, size) = of_bytes(&bytes);
    }
    Ok(Measured { length_bytes, media_type, size })
}

/// The size of a file in bytes. The source stands at its beginning afterwards.
///
/// # Errors
/// As for [`picture`].
pub fn length<Source: Seek + ?Sized>(source: &mut Source) -> io::Result<u64> {
    let length = source.seek(SeekFrom::End(0))?;
    source.rewind()?;
    Ok(length)
}

fn of_bytes(bytes: &[u8]) -> (Option<MediaType>, Option<(u32, u32)>) {
    let name = match imagesize::image_type(bytes) {
        Ok(ImageType::Jpeg) => "image/jpeg",
        Ok(ImageType::Png) => "image/png",
        Ok(ImageType::Gif) => "image/gif",
        Ok(ImageType::Webp) => "image/webp",
        Ok(ImageType::Heif(Compression::Av1)) => "image/avif",
        Ok(ImageType::Heif(Compression::Hevc)) => "image/heic",
        Ok(ImageType::Jxl) => "image/jxl",
        Ok(ImageType::Tiff) => "image/tiff",
        Ok(ImageType::Bmp) => "image/bmp",
        // What else there is goes by a few bytes, which other files begin with too.
        _ => return svg::read(bytes).map_or((None, None), |size| (Some(MediaType::known(svg::TYPE)), size)),
    };
    let size = fenced(|| imagesize::blob_size(bytes).ok()).and_then(|size| {
        let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
        (width > 0 && height > 0).then_some((width, height))
    });
    let is_turned = name == "image/jpeg" && orientation::is_turned(bytes);
    let size = size.map(|(width, height)| if is_turned { (height, width) } else { (width, height) });
    (Some(MediaType::known(name)), size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn measured(bytes: &[u8]) -> (Option<String>, Option<(u32, u32)>, u64) {
        let found = picture(&mut Cursor::new(bytes)).unwrap();
        (found.media_type.map(|known| known.to_string()), found.size, found.length_bytes)
    }

    fn png(width: u8, height: u8) -> Vec<u8> {
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0", &[width][..], b"\0\0\0", &[height], b"\x08\0\0\0\0"].concat()
    }

    /// Start, segments of so many bytes, and a frame of 6 × 4 pixels.
    fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = b"\xff\xd8".to_vec();
        for segment in segments {
            bytes.extend([0xff, 0xe1]);
            bytes.extend(u16::try_from(segment.len() + 2).unwrap().to_be_bytes());
            bytes.extend(segment);
        }
        bytes.extend(b"\xff\xc0\0\x0b\x08\0\x04\0\x06\x01\x01\x11\0\xff\xd9");
        bytes
    }

    #[test]
    fn kinds_of_pictures() {
        let is = |kind: &str, size| (Some(format!("image/{kind}")), size);
        let of = |bytes: &[u8]| {
            let (kind, size, _) = measured(bytes);
            (kind, size)
        };
        assert_eq!(of(&png(4, 3)), is("png", Some((4, 3))));
        assert_eq!(of(b"GIF89a\x05\0\x07\0\0\0\0"), is("gif", Some((5, 7))));
        assert_eq!(of(&jpeg(&[])), is("jpeg", Some((6, 4))));
        let webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\x07\x40\x01\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(of(webp), is("webp", Some((8, 6))));
        assert_eq!(of(b"<svg viewBox='0 0 30 20'/>"), is("svg+xml", Some((30, 20))));
        let avif = [
            &b"\0\0\0\x14ftypavif\0\0\0\0mif1"[..],
            b"\0\0\0\x3cmeta\0\0\0\0\0\0\0\x30iprp\0\0\0\x28ipco\0\0\0\x14ispe\0\0\0\0\0\0\0\x09\0\0\0\x05\0\0\0\x0cmdat\0\0\0\0",
        ];
        assert_eq!(of(&avif.concat()), is("avif", Some((9, 5))));
    }

    #[test]
    fn a_frame_that_stands_far_behind() {
        let segments = vec![vec![0; 60_000]; 4];
        let (kind, size, length) = measured(&jpeg(&segments));
        assert_eq!((kind.as_deref(), size, length), (Some("image/jpeg"), Some((6, 4)), 240_033));
    }

    #[test]
    fn what_is_broken_or_no_picture() {
        assert_eq!(measured(b""), (None, None, 0));
        assert_eq!(measured(b"version https://git-lfs.github.com/spec/v1\n").0, None);
        assert_eq!(measured(b"<!doctype html><html><svg width='3' height='3'/></html>").0, None);
        let cut = &png(4, 3)[..18];
        assert_eq!(measured(cut), (Some("image/png".to_owned()), None, 18));
        assert_eq!(measured(&png(0, 3)).1, None);
        assert_eq!(measured(b"\0\0\0\x18ftypisom\0\0\0\0isomiso2mp41").0, None);
        for end in 0..jpeg(&[vec![1; 300]]).len() {
            measured(&jpeg(&[vec![1; 300]])[..end]);
        }
    }

    #[test]
    fn any_bytes_are_survived_in_linear_time() {
        let heads: [&[u8]; 6] = [
            b"\xff\xd8\xff",
            b"RIFF\0\0\0\0WEBP",
            b"\0\0\0\x08ftypavif",
            b"GIF89a",
            b"<svg ",
            b"\x89PNG\r\n\x1a\n",
        ];
        for head in heads {
            for filler in
                [b"\0".as_slice(), b"\xff", b"\xff\xe1\0\x02", b"\0\0\0\x08free", b"<!--", b"<a b='"]
            {
                picture(&mut Cursor::new([head, &filler.repeat(1_000_000)].concat())).unwrap();
            }
        }
    }
}
