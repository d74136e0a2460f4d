//! Where the documents of an archive lie: beside the file that people subscribe to.

use crate::encode::Format;

const FOLDER: &str = "archive";

/// The path of a document, from that of the file of its feed in the same format.
#[must_use]
pub fn document_path(feed_file: &str, format: Format, number: usize) -> String {
    format!("{}/{number}/{}", directory(feed_file, format), format.file_name())
}

/// The directory of all documents of a feed, from the path of its file in a format.
#[must_use]
pub fn directory(feed_file: &str, format: Format) -> String {
    let beside = feed_file.strip_suffix(format.file_name()).unwrap_or(feed_file);
    format!("{beside}{FOLDER}")
}

/// Can a document of an archive lie at this path?
#[must_use]
pub fn is_document(path: &str) -> bool {
    let mut parts = path.rsplit('/').skip(1);
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.starts_with('0');
    parts.next().is_some_and(is_number) && parts.next().is_some_and(|folder| folder.ends_with(FOLDER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_lie_beside_their_feed() {
        assert_eq!(document_path("en/news/atom.xml", Format::Atom, 7), "en/news/archive/7/atom.xml");
        assert_eq!(document_path("rss.xml", Format::Rss, 1), "archive/1/rss.xml");
        assert_eq!(document_path("en-feed.json", Format::Json, 1), "en-archive/1/feed.json");
        for path in ["archive/1/rss.xml", "en/news/archive/70/atom.xml", "en-archive/1/feed.json"] {
            assert!(is_document(path), "{path}");
        }
        for path in ["archive/rss.xml", "archive/0/rss.xml", "archive/news/rss.xml", "1/rss.xml", "rss.xml"] {
            assert!(!is_document(path), "{path}");
        }
    }
}
