//! Which file a path of the preview means: feeds as they would lie in the output, and the media of articles.
//!
//! What a path may not mean: anything outside of these places, whatever links lead there, and what is hidden.

use super::rehearsal::Rehearsal;
use feedmill::encode::{OPML_FILE_NAME, OPML_MEDIA_TYPE};
use feedmill::media_type::MediaType;
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};

/// What lies at a path.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// A file of the output, without links, and what it is to be served as.
    Output(PathBuf, String),
    /// The same of a file that comes with an article.
    Media(PathBuf, String),
    /// A directory with a page, whose address ends with a slash.
    Directory,
}

const INDEX: &str = "index.html";

impl Rehearsal {
    /// What lies at the path of an address.
    pub fn find(&self, encoded: &str) -> Option<Found> {
        let path = decoded(encoded)?;
        if let Some(rest) = path.strip_prefix(&self.root) {
            let name = if rest.is_empty() || rest.ends_with('/') {
                format!("{rest}{INDEX}")
            } else {
                rest.to_owned()
            };
            if let Some(found) = self.output(&name) {
                return Some(found);
            }
        }
        let mut media = self.places.files(&path).into_iter();
        media.find_map(|name| medium(&name, &self.newsroom.served(&name).ok()?))
    }

    /// A file of the output: one that was made, else one that stays.
    fn output(&self, name: &str) -> Option<Found> {
        for directory in &self.outputs {
            let Some(file) = within(directory, name) else { continue };
            if file.is_file() {
                return Some(Found::Output(file, self.media_type(name)));
            }
            if file.is_dir() && within(directory, &format!("{name}/{INDEX}")).is_some() {
                return Some(Found::Directory);
            }
        }
        None
    }

    fn media_type(&self, name: &str) -> String {
        let file = name.rsplit('/').next().unwrap_or_default();
        let format = self.formats.iter().find(|(format, _)| format.file_name() == file);
        let by_name = || match format {
            Some((_, media_type)) => (*media_type).to_owned(),
            None if file == OPML_FILE_NAME => OPML_MEDIA_TYPE.to_owned(),
            None => {
                MediaType::of_name(file).map_or("application/octet-stream".into(), |kind| kind.to_string())
            }
        };
        let kind = self.media_types.get(name).map_or_else(by_name, |kind| (*kind).to_owned());
        let is_text = kind.starts_with("text/") || kind.ends_with("+xml");
        if is_text && !kind.contains(';') { format!("{kind}; charset=utf-8") } else { kind }
    }
}

/// The path that an address means; `None` where a part of it could lead elsewhere, or to something hidden.
fn decoded(path: &str) -> Option<String> {
    let parts = path.split('/').map(|part| percent_decode_str(part).decode_utf8().ok());
    let parts: Vec<_> = parts.collect::<Option<_>>()?;
    let is_safe = |part: &str| !part.starts_with('.') && !part.contains(['/', '\\', '\0']);
    let is_whole = parts.iter().skip(1).rev().skip(1).all(|part| !part.is_empty());
    (is_whole && parts.iter().all(|part| is_safe(part))).then(|| parts.join("/"))
}

/// A file that comes with an article; `None` where a link with the name of a picture leads to something else.
fn medium(name: &str, file: &Path) -> Option<Found> {
    let file = file.canonicalize().ok()?;
    let kind = MediaType::of_name(file.file_name()?.to_str()?)?;
    (MediaType::of_name(name)? == kind).then(|| Found::Media(file, kind.to_string()))
}

/// What lies at a path below a directory, without links; `None` where a link leads out of it.
fn within(directory: &Path, name: &str) -> Option<PathBuf> {
    let directory = directory.canonicalize().ok()?;
    let found = directory.join(name.trim_start_matches('/')).canonicalize().ok()?;
    found.starts_with(&directory).then_some(found)
}

/// The endings of compressed variants that lie beside a file.
pub fn variants(file: &Path) -> Vec<&'static str> {
    let is_there = |ending: &&str| {
        let mut name = file.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        // A link could lead anywhere.
        std::fs::symlink_metadata(&name).is_ok_and(|found| found.is_file())
    };
    ["gz", "br", "zst"].into_iter().filter(is_there).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_path_leads_elsewhere() {
        assert_eq!(decoded("/feeds/%D0%BC/~c3~9f.xml").as_deref(), Some("/feeds/м/~c3~9f.xml"));
        for path in [
            "//a",
            "/a//b",
            "/a/../b",
            "/a/%2e%2e/b",
            "/%2E%2e",
            "/a%2fb",
            "/a%5Cb",
            "/a%00",
            "/.feedmill/ledger.jsonl",
            "/%ff",
        ] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }

    #[test]
    fn links_out_of_a_directory_lead_nowhere() {
        let room = tempfile::tempdir().unwrap();
        let inside = room.path().join("in");
        std::fs::create_dir(&inside).unwrap();
        std::fs::write(room.path().join("secret"), "").unwrap();
        std::fs::write(inside.join("a.xml"), "").unwrap();
        std::os::unix::fs::symlink("../secret", inside.join("b.xml")).unwrap();
        std::os::unix::fs::symlink("a.xml", inside.join("c.xml")).unwrap();
        std::os::unix::fs::symlink("../secret", inside.join("a.xml.gz")).unwrap();
        std::fs::write(inside.join("a.xml.br"), "").unwrap();
        assert!(within(&inside, "a.xml").is_some() && within(&inside, "c.xml").is_some());
        assert_eq!(within(&inside, "b.xml").or(within(&inside, "../secret")), None);
        assert_eq!(variants(&inside.join("a.xml")), ["br"]);
    }

    #[test]
    fn no_picture_is_a_link_to_something_else() {
        let room = tempfile::tempdir().unwrap();
        let place = |name: &str| room.path().join(name);
        std::fs::write(place("draft.md"), "").unwrap();
        std::fs::write(place("tide.png"), "").unwrap();
        std::os::unix::fs::symlink("draft.md", place("a.png")).unwrap();
        std::os::unix::fs::symlink("tide.png", place("b.png")).unwrap();
        assert_eq!(medium("a.png", &place("a.png")), None);
        let tide = place("tide.png").canonicalize().unwrap();
        assert_eq!(medium("b.png", &place("b.png")), Some(Found::Media(tide, "image/png".to_owned())));
    }
}
