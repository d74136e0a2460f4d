//! The compressed variants of a file, which lie beside it for servers that hand them out.

use super::error::DiskError;
use super::stray::HEAD_BYTES;
use super::target::Target;
use feedmill::compress::Encoding;
use feedmill::pages;
use rayon::prelude::*;
use std::fs::{self, File, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A file's bytes in an encoding.
pub struct Variant {
    encoding: Encoding,
    pub bytes: Vec<u8>,
}

/// Where the variant of a file lies.
pub fn variant_path(path: &Path, encoding: Encoding) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(encoding.ending());
    name.into()
}

impl Variant {
    /// Those of these bytes.
    pub fn all(bytes: &[u8], encodings: &[Encoding]) -> Vec<Variant> {
        let variant = |&encoding: &Encoding| Variant { encoding, bytes: encoding.compress(bytes) };
        encodings.par_iter().map(variant).collect()
    }

    /// Its path, from that of its file.
    pub fn path(&self, path: &str) -> String {
        format!("{path}{}", self.encoding.ending())
    }

    /// Does it lie there already, with the time of its file?
    pub fn is_there(&self, target: &Target, file: &Metadata) -> Result<bool, DiskError> {
        // As HTTP counts time: not every disk and not every copy keeps more of it.
        let is_of_its_time = target.old.as_ref().is_some_and(|old| old.mtime() == file.mtime());
        Ok(is_of_its_time && target.holds(&self.bytes)?)
    }
}

/// The variants that feedmill made of a file as it is, and that are not wanted now: their paths, and where they are. They are
/// known by their bytes, for whoever else compresses feeds keeps what is his.
pub fn unwanted(
    directory: &Path,
    path: &str,
    file: &Target,
    wanted: &[Variant],
) -> Result<Vec<(String, PathBuf)>, DiskError> {
    let mut found = Vec::new();
    let is_wanted = |encoding| wanted.iter().any(|variant| variant.encoding == encoding);
    for &encoding in Encoding::ALL.iter().filter(|&&encoding| file.old.is_some() && !is_wanted(encoding)) {
        let variant = Variant { encoding, bytes: Vec::new() };
        let path = variant.path(path);
        let place = directory.join(&path);
        if !fs::symlink_metadata(&place).is_ok_and(|variant| variant.is_file()) {
            continue;
        }
        let of_file = fs::read(&file.file).map_err(DiskError::system("read", &file.asked))?;
        if fs::read(&place).is_ok_and(|bytes| bytes == encoding.compress(&of_file)) {
            found.push((path, place));
        }
    }
    Ok(found)
}

/// The variants of pages of ours that lie beside this file, which is somebody else's: their paths, and where they are. His own
/// stay.
pub fn of_our_page(directory: &Path, path: &str) -> Vec<(String, PathBuf)> {
    let is_ours = |encoding: Encoding, place: &Path| {
        let variant = File::open(place).ok()?;
        Some(pages::is_ours(&encoding.head(variant, HEAD_BYTES).ok()?))
    };
    let left = |&encoding: &Encoding| {
        let path = format!("{path}{}", encoding.ending());
        let place = directory.join(&path);
        let is_file = fs::symlink_metadata(&place).is_ok_and(|variant| variant.is_file());
        (is_file && is_ours(encoding, &place)?).then_some((path, place))
    };
    Encoding::ALL.iter().filter_map(left).collect()
}
