//! The source files of what the feeds show, as they were when they were last read without a fault. A person can
//! look there too.

use super::error::DiskError;
use super::target::{create_directory, parent};
use super::temporary;
use feedmill::article::LONGEST_BYTES;
use feedmill::digest::Digest;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::{self, DirEntry, File, FileTimes, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Its name in the state directory.
pub const DIRECTORY: &str = "last-good";

/// Where the last good version of a source file is; `None` where its path leads out.
pub fn place(directory: &Path, path: &str) -> Option<PathBuf> {
    let is_inside = path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains('\0'));
    is_inside.then(|| directory.join(path))
}

/// Keeps copies of source files, each of which had this digest when it was read. One that was changed since
/// then is left for the next run; one without a digest stays as it is. Of those that are not in `read`, which were copied
/// by an earlier run, it is enough that the copies are there.
pub fn keep(
    state: &Path,
    articles: &Path,
    sources: &BTreeMap<String, Option<Digest>>,
    read: &BTreeSet<String>,
) -> Result<(), DiskError> {
    let directory = state.join(DIRECTORY);
    let mut swept = BTreeSet::new();
    for Uncopied { source, digest, place, now } in uncopied(&directory, articles, sources, read) {
        let Some(bytes) = read_file(&source).filter(|bytes| Digest::of([bytes.as_slice()]) == *digest) else {
            continue;
        };
        let folder = parent(&place);
        make_way(&directory, folder, &place);
        create_directory(folder, &mut Vec::new())?;
        if swept.insert(folder.to_path_buf()) {
            temporary::sweep(folder);
        }
        let copy = temporary::copy(folder, &bytes).map_err(DiskError::system("write", &place))?;
        // The copy has the source's time, so that one look tells whether they are the same.
        if let (Ok(file), Ok(time)) = (File::options().write(true).open(&copy), now.modified()) {
            let _ = file.set_times(FileTimes::new().set_modified(time));
        }
        copy.persist(&place).map_err(|error| DiskError::system("write", &place)(error.error))?;
    }
    Ok(())
}

/// A source file of which there is no copy as it is.
struct Uncopied<'s> {
    source: PathBuf,
    digest: &'s Digest,
    place: PathBuf,
    now: Metadata,
}

/// Finds them, in the order of their paths; they are few of many.
fn uncopied<'s>(
    directory: &Path,
    articles: &Path,
    sources: &'s BTreeMap<String, Option<Digest>>,
    read: &BTreeSet<String>,
) -> Vec<Uncopied<'s>> {
    let kept = present(directory, sources.keys().filter(|path| !read.contains(*path)));
    let uncopied = |(path, digest): (&String, &'s Option<Digest>)| {
        if kept.contains(path.as_str()) {
            return None;
        }
        let (digest, place) = (digest.as_ref()?, place(directory, path)?);
        let source = articles.join(path);
        let now = fs::metadata(&source).ok()?;
        let is_kept = fs::symlink_metadata(&place).is_ok_and(|kept| is_same(&kept, &now));
        (!is_kept).then_some(Uncopied { source, digest, place, now })
    };
    let sources: Vec<_> = sources.iter().collect();
    sources.into_par_iter().filter_map(uncopied).collect()
}

/// Those of these paths at which a file lies that is not empty, as a power cut may leave one. A look at each directory is
/// less than one at each file by its path.
fn present<'p>(directory: &Path, paths: impl Iterator<Item = &'p String>) -> HashSet<&'p str> {
    let mut by_folder: BTreeMap<&str, HashMap<&OsStr, &'p str>> = BTreeMap::new();
    for path in paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        by_folder.entry(folder).or_default().insert(OsStr::new(name), path);
    }
    let folders: Vec<_> = by_folder.into_iter().collect();
    let in_folder = |(folder, names): (&str, HashMap<&OsStr, &'p str>)| {
        let folder = if folder.is_empty() { Some(directory.to_owned()) } else { place(directory, folder) };
        let files = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
        let is_sound =
            |file: &DirEntry| file.metadata().is_ok_and(|found| found.is_file() && found.len() > 0);
        let found =
            files.filter_map(|file| Some(*names.get(&*file.file_name())?).filter(|_| is_sound(&file)));
        found.collect::<Vec<_>>()
    };
    folders.into_par_iter().flat_map_iter(in_folder).collect()
}

/// Removes the copies of what no feed shows any more, and says whether all of them are gone. A leftover is harmless, so
/// nothing here is an error.
pub fn release(
    state: &Path,
    sources: &BTreeMap<String, Option<Digest>>,
    known: impl Fn(&str) -> bool,
) -> bool {
    let directory = state.join(DIRECTORY);
    let entries = WalkDir::new(&directory).min_depth(1).contents_first(true).into_iter().flatten();
    let mut is_all = true;
    for entry in entries {
        if entry.file_type().is_dir() {
            // Fails where something is in it.
            let _ = fs::remove_dir(entry.path());
            continue;
        }
        let path = entry.path().strip_prefix(&directory).ok().and_then(Path::to_str);
        if path.is_none_or(|path| !sources.contains_key(path) && !known(path)) {
            is_all &= fs::remove_file(entry.path()).is_ok();
        }
    }
    is_all
}

fn is_same(kept: &Metadata, now: &Metadata) -> bool {
    kept.is_file() && kept.len() == now.len() && kept.modified().ok() == now.modified().ok()
}

/// A file that has become a directory, or the other way round.
fn make_way(directory: &Path, folder: &Path, place: &Path) {
    if place.is_dir() {
        let _ = fs::remove_dir_all(place);
    }
    for above in folder.ancestors().take_while(|above| *above != directory) {
        if above.is_file() {
            let _ = fs::remove_file(above);
        }
    }
}

fn read_file(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(LONGEST_BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> BTreeMap<String, Option<Digest>> {
        let digest = |text: &str| Some(Digest::of([text.as_bytes()]));
        files.iter().map(|(path, text)| ((*path).to_owned(), digest(text))).collect()
    }

    #[test]
    fn what_was_read_is_kept_and_what_is_shown_no_more_goes() {
        let site = tempfile::tempdir().unwrap();
        let (state, articles) = (site.path().join(".feedmill"), site.path().join("articles"));
        fs::create_dir_all(articles.join("en")).unwrap();
        fs::create_dir(&state).unwrap();
        for name in ["en/ferry.md", "en/bridge.md"] {
            fs::write(articles.join(name), name).unwrap();
        }
        let both =
            sources(&[("en/ferry.md", "en/ferry.md"), ("en/bridge.md", "en/bridge.md"), ("../x", "x")]);
        let all = both.keys().cloned().collect();
        keep(&state, &articles, &both, &all).unwrap();
        let kept = |name: &str| fs::read_to_string(state.join(DIRECTORY).join(name)).ok();
        assert_eq!(kept("en/ferry.md").as_deref(), Some("en/ferry.md"));
        assert_eq!(
            fs::metadata(articles.join("en/ferry.md")).unwrap().modified().unwrap(),
            fs::metadata(state.join(DIRECTORY).join("en/ferry.md")).unwrap().modified().unwrap()
        );

        fs::write(articles.join("en/ferry.md"), "half sa").unwrap();
        keep(&state, &articles, &both, &all).unwrap();
        assert_eq!(kept("en/ferry.md").as_deref(), Some("en/ferry.md"), "it is not what was read");

        // What was not read again is copied where its copy is gone or empty.
        let bridge = state.join(DIRECTORY).join("en/bridge.md");
        for damage in [|path: &Path| fs::remove_file(path), |path: &Path| fs::write(path, "")] {
            damage(&bridge).unwrap();
            keep(&state, &articles, &both, &BTreeSet::new()).unwrap();
            assert_eq!(kept("en/bridge.md").as_deref(), Some("en/bridge.md"));
        }

        assert!(release(&state, &sources(&[("en/ferry.md", "")]), |_| false));
        assert_eq!((kept("en/ferry.md").is_some(), kept("en/bridge.md")), (true, None));
        release(&state, &sources(&[]), |path| path == "en/ferry.md");
        assert!(kept("en/ferry.md").is_some(), "the feeds of some other run show it");
        release(&state, &sources(&[]), |_| false);
        assert!(!state.join(DIRECTORY).join("en").exists());
    }
}
