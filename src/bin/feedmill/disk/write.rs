//! Replaces whole files or leaves them alone: a subscriber sees the old feed or the new one, never a part.
//!
//! In: a directory, and relative paths with their bytes. Out: what became of each file. Needs the run's lock.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::TempPath;

use super::error::{Cause, DiskError};
use super::target::{Target, create_directory, locate, parent};
use super::temporary;
use super::variants::{self, Variant};

/// What becomes of a file when it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// There was none.
    Created,
    /// Its bytes were others.
    Replaced,
    /// Its bytes are the same; it is not touched.
    Unchanged,
    /// It is a variant that is not wanted any more.
    Removed,
}

/// What [`write_all`] would do to one file, without doing it.
pub fn compare(directory: &Path, path: &str, bytes: &[u8]) -> Result<Change, DiskError> {
    change(&locate(directory, path)?, bytes)
}

fn change(target: &Target, bytes: &[u8]) -> Result<Change, DiskError> {
    Ok(match target.old {
        None => Change::Created,
        Some(_) if target.holds(bytes)? => Change::Unchanged,
        Some(_) => Change::Replaced,
    })
}

/// Writes all files that changed, or none: the first is replaced when every one of them lies ready on disk.
///
/// Returns what became of each, in the order given. `files` is read one at a time, so it may make their bytes
/// as it goes. After an error every feed is as it was, unless [`DiskError::is_after_publishing`].
// What killed runs left is swept where one of the files lies, not by a walk through a whole web site.
pub fn write_all<P: AsRef<str>, B: AsRef<[u8]>>(
    directory: &Path,
    files: impl IntoIterator<Item = (P, B)>,
) -> Result<Vec<(P, Change)>, DiskError> {
    let (batch, changes) = stage_all(directory, files)?;
    batch.publish()?;
    Ok(changes)
}

/// Makes all files that changed ready on disk, for [`Batch::publish`] to put them in their places.
pub fn stage_all<P: AsRef<str>, B: AsRef<[u8]>>(
    directory: &Path,
    files: impl IntoIterator<Item = (P, B)>,
) -> Result<(Batch, Vec<(P, Change)>), DiskError> {
    let (mut batch, mut changes) = (Batch::default(), Vec::new());
    for (path, bytes) in files {
        let change = batch.stage(directory, path.as_ref(), bytes.as_ref())?;
        changes.push((path, change));
    }
    Ok((batch, changes))
}

/// Removes what killed runs left beside these files, which are not written. Needs the run's lock.
pub fn sweep_beside<'p>(directory: &Path, paths: impl IntoIterator<Item = &'p str>) {
    let folders: BTreeSet<&Path> = paths.into_iter().map(|path| parent(Path::new(path))).collect();
    let folders: Vec<&Path> = folders.into_iter().collect();
    // They are looked for on all cores, and removed one after the other.
    let found = folders.par_iter().flat_map_iter(|folder| temporary::leftovers(&directory.join(folder)));
    for leftover in found.collect::<Vec<PathBuf>>() {
        let _ = fs::remove_file(leftover);
    }
}

/// Files on their way into place. Dropped before `publish`, it leaves everything as it was.
#[derive(Default)]
pub struct Batch {
    /// Each file that the run writes, changed or not, with the path that led to it.
    places: BTreeMap<PathBuf, String>,
    swept: BTreeSet<PathBuf>,
    created_directories: Vec<PathBuf>,
    steps: Vec<Step>,
    /// How many of these come last.
    overtaken: Option<usize>,
}

/// What has to be done to a file and its variants, one after another: where something fails, the rest is left undone.
#[derive(Default)]
struct Step {
    removed: Vec<PathBuf>,
    placed: Vec<Staged>,
}

struct Staged {
    // A path and not an open file, or a thousand feeds would use up the file descriptors.
    temporary: TempPath,
    place: PathBuf,
    asked: PathBuf,
}

impl Batch {
    /// Makes a file ready on disk, if it changed.
    pub fn stage(&mut self, directory: &Path, path: &str, bytes: &[u8]) -> Result<Change, DiskError> {
        let mut step = Step::default();
        let change = self.stage_file(&locate(directory, path)?, path, bytes, &mut step)?;
        self.add(step);
        Ok(change)
    }

    /// Makes a file ready on disk, if it changed, and its variants, where they are not those of its bytes. Returns what
    /// becomes of the file and of the variants that do not stay as they are.
    // A server picks a variant without looking at its file. So from the moment in which the file is another one until
    // its new variants are there, it has none: whoever asks in between gets the file itself.
    pub fn stage_with_variants(
        &mut self,
        directory: &Path,
        path: &str,
        bytes: &[u8],
        wanted: &[Variant],
    ) -> Result<(Change, Vec<(String, Change)>), DiskError> {
        let target = locate(directory, path)?;
        let (mut step, mut changes) = (Step::default(), Vec::new());
        for (path, file) in variants::unwanted(directory, path, &target, wanted)? {
            step.removed.push(file);
            changes.push((path, Change::Removed));
        }
        let change = self.stage_file(&target, path, bytes, &mut step)?;
        let file = step.placed.first().map_or(target.file.as_path(), |staged| staged.temporary.as_ref());
        let beside = fs::metadata(file).map_err(DiskError::system("read", &target.asked))?;
        for variant in wanted {
            let path = variant.path(path);
            let target = locate(directory, &path)?;
            let folder_and_place = self.place(&target, &path)?;
            if change == Change::Unchanged && variant.is_there(&target, &beside)? {
                continue;
            }
            let old = target.old.is_some();
            if old && change != Change::Unchanged {
                step.removed.push(target.file.clone());
            }
            step.add(&target, folder_and_place, |folder| {
                temporary::stage_beside(folder, &variant.bytes, &beside)
            })?;
            changes.push((path, if old { Change::Replaced } else { Change::Created }));
        }
        self.add(step);
        Ok((change, changes))
    }

    /// Takes away the variants of a page of ours in whose place there is a file of somebody else now.
    pub fn remove_of_our_page(&mut self, directory: &Path, path: &str) -> Vec<(String, Change)> {
        let (mut step, mut changes) = (Step::default(), Vec::new());
        for (path, file) in variants::of_our_page(directory, path) {
            step.removed.push(file);
            changes.push((path, Change::Removed));
        }
        self.add(step);
        changes
    }

    fn add(&mut self, step: Step) {
        if !step.removed.is_empty() || !step.placed.is_empty() {
            self.steps.push(step);
        }
    }

    fn stage_file(
        &mut self,
        target: &Target,
        path: &str,
        bytes: &[u8],
        step: &mut Step,
    ) -> Result<Change, DiskError> {
        let folder_and_place = self.place(target, path)?;
        let change = change(target, bytes)?;
        if change != Change::Unchanged {
            let old = target.old.as_ref();
            step.add(target, folder_and_place, |folder| temporary::stage(folder, bytes, old))?;
        }
        Ok(change)
    }

    /// The directory in which a file is made ready, and the place that it takes, which nothing else of the run may take.
    fn place(&mut self, target: &Target, path: &str) -> Result<(PathBuf, PathBuf), DiskError> {
        create_directory(parent(&target.file), &mut self.created_directories)?;
        let failed = |error| DiskError::system("write", &target.asked)(error);
        let folder = fs::canonicalize(parent(&target.file)).map_err(failed)?;
        let place = folder.join(target.file.file_name().unwrap_or_default());
        // Two paths to one file would replace it in every run, for ever; a file cannot also be a directory.
        if let Some(other) = place.ancestors().find_map(|place| self.places.get(place)) {
            return Err(DiskError::new("write", &target.asked, Cause::Clash(other.clone())));
        }
        self.places.insert(place.clone(), path.to_owned());
        // Once, before our own files are there.
        if self.swept.insert(folder.clone()) {
            temporary::sweep(&folder);
        }
        Ok((folder, place))
    }

    /// What is made ready from now on comes into its place before what is ready by now.
    pub fn overtake(&mut self) {
        self.overtaken.get_or_insert(self.steps.len());
    }

    /// Puts the files in their places.
    pub fn publish(mut self) -> Result<(), DiskError> {
        self.steps.rotate_left(self.overtaken.unwrap_or(0));
        let (mut folders, mut outcome) = (BTreeSet::new(), Ok(()));
        // Room and permission were there a moment ago. What can still fail (a file made immutable, a mount on
        // a single file) hits one file, and stopping there would only leave the rest old for its sake.
        for step in self.steps.drain(..) {
            outcome = outcome.and(step.take(&mut folders));
        }
        folders.extend(self.created_directories.drain(..).map(|created| parent(&created).to_path_buf()));
        for folder in &folders {
            let synced = temporary::sync_directory(folder).map_err(Cause::Sync);
            outcome =
                outcome.and(synced.map_err(|cause| DiskError::new("sync the directory", folder, cause)));
        }
        outcome
    }
}

impl Step {
    fn add(
        &mut self,
        target: &Target,
        (folder, place): (PathBuf, PathBuf),
        stage: impl FnOnce(&Path) -> io::Result<TempPath>,
    ) -> Result<(), DiskError> {
        let temporary = stage(&folder).map_err(DiskError::system("write", &target.asked))?;
        self.placed.push(Staged { temporary, place, asked: target.asked.clone() });
        Ok(())
    }

    /// Does it. In `folders` are those whose names have changed.
    fn take(self, folders: &mut BTreeSet<PathBuf>) -> Result<(), DiskError> {
        for file in self.removed {
            let removed = fs::remove_file(&file).map_err(Cause::Rename);
            folders.insert(parent(&file).to_path_buf());
            removed.map_err(|cause| DiskError::new("remove", &file, cause))?;
        }
        for Staged { temporary, place, asked } in self.placed {
            let renamed = temporary.persist(&place).map_err(|error| Cause::Rename(error.error));
            folders.extend(place.parent().map(Path::to_path_buf));
            renamed.map_err(|cause| DiskError::new("replace", &asked, cause))?;
        }
        Ok(())
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.steps.clear();
        for directory in self.created_directories.iter().rev() {
            let _ = fs::remove_dir(directory);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::*;
    use feedmill::compress::Encoding;

    const LONG_AGO: SystemTime = UNIX_EPOCH;

    /// A directory with these files in it, all of them old.
    fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = site.path().join(path);
            fs::create_dir_all(parent(&path)).unwrap();
            fs::write(&path, text).unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(LONG_AGO).unwrap();
        }
        site
    }

    /// Every path below `site`, with its text where it is a file.
    fn tree(site: &Path) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut directories = vec![site.to_path_buf()];
        while let Some(directory) = directories.pop() {
            for path in fs::read_dir(directory).unwrap().map(|file| file.unwrap().path()) {
                let name = path.strip_prefix(site).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read_to_string(&path).unwrap_or_default());
                if path.is_dir() && !path.is_symlink() {
                    directories.push(path);
                }
            }
        }
        found
    }

    fn owned(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    fn modified(path: &Path) -> SystemTime {
        fs::metadata(path).unwrap().modified().unwrap()
    }

    fn with_gzip(site: &Path, paths: &[&str], text: &[u8]) -> Batch {
        let (mut batch, variants) = (Batch::default(), Variant::all(text, &[Encoding::Gzip]));
        for path in paths {
            batch.stage_with_variants(site, path, text, &variants).unwrap();
        }
        batch
    }

    #[test]
    fn only_what_changed_is_written() {
        let site = site(&[("same.xml", "same"), ("old.xml", "old"), (".feedmill-a1B2c3.tmp", "half")]);
        let files = [("same.xml", "same"), ("old.xml", "new"), ("en/news/rss.xml", "first")];
        let expected = [Change::Unchanged, Change::Replaced, Change::Created];
        let compared = files.map(|(path, text)| compare(site.path(), path, text.as_bytes()).unwrap());
        assert_eq!(compared, expected);
        assert!(!site.path().join("en").exists(), "a comparison creates nothing");

        let changes = write_all(site.path(), files).unwrap();
        assert_eq!(changes.into_iter().map(|(_, change)| change).collect::<Vec<_>>(), expected);
        assert_eq!(tree(site.path()), owned(&[&files[..], &[("en", ""), ("en/news", "")]].concat()));
        assert_eq!(modified(&site.path().join("same.xml")), LONG_AGO);
        assert!(modified(&site.path().join("old.xml")) >= LONG_AGO + Duration::from_secs(1));
        assert_eq!(write_all(site.path(), [("old.xml", "new")]).unwrap(), [("old.xml", Change::Unchanged)]);
    }

    #[test]
    fn one_file_that_cannot_be_staged_leaves_all_as_they_were() {
        let site = site(&[("a.xml", "old"), ("c.xml/in-the-way", "old")]);
        let before = tree(site.path());
        let files = [("a.xml", "new"), ("en/news/b.xml", "new"), ("c.xml", "new"), ("d.xml", "new")];
        let error = write_all(site.path(), files).unwrap_err();
        assert!(!error.is_after_publishing(), "{error}");
        assert_eq!(tree(site.path()), before);
        assert_eq!(modified(&site.path().join("a.xml")), LONG_AGO);
    }

    #[test]
    fn one_file_that_cannot_be_renamed_does_not_stop_the_others() {
        let site = site(&[("c.xml", "old")]);
        let files = ["a.xml", "b.xml", "c.xml"].into_iter().inspect(|path| {
            // After a.xml was staged, someone puts a directory in its place.
            if *path == "b.xml" {
                fs::create_dir(site.path().join("a.xml")).unwrap();
            }
        });
        let error = write_all(site.path(), files.map(|path| (path, "new"))).unwrap_err();
        assert!(error.is_after_publishing() && error.path.ends_with("a.xml"), "{error}");
        assert_eq!(tree(site.path()), owned(&[("a.xml", ""), ("b.xml", "new"), ("c.xml", "new")]));
    }

    #[test]
    fn a_file_that_cannot_be_renamed_gets_no_new_variants() {
        let site = site(&[("a.xml", "old"), ("b.xml", "old")]);
        let gzipped = |text: &[u8]| Encoding::Gzip.compress(text);
        let read = |path: &str| fs::read(site.path().join(path)).unwrap();
        with_gzip(site.path(), &["a.xml", "b.xml"], b"old").publish().unwrap();
        assert_eq!(modified(&site.path().join("a.xml.gz")), LONG_AGO);

        let batch = with_gzip(site.path(), &["a.xml", "b.xml"], b"new");
        fs::remove_file(site.path().join("a.xml")).unwrap();
        fs::create_dir(site.path().join("a.xml")).unwrap();
        let error = batch.publish().unwrap_err();
        assert!(error.is_after_publishing() && error.path.ends_with("a.xml"), "{error}");
        assert!(!site.path().join("a.xml.gz").exists(), "its file is neither the old nor the new one");
        assert_eq!((read("b.xml"), read("b.xml.gz")), (b"new".to_vec(), gzipped(b"new")));

        let batch = with_gzip(site.path(), &["b.xml"], b"newer");
        fs::remove_file(site.path().join("b.xml.gz")).unwrap();
        fs::create_dir(site.path().join("b.xml.gz")).unwrap();
        let error = batch.publish().unwrap_err();
        assert!(error.path.ends_with("b.xml.gz"), "{error}");
        assert_eq!(read("b.xml"), b"new", "a file whose old variant cannot go stays");
    }

    #[test]
    fn links_stay_and_what_they_lead_to_is_replaced() {
        let elsewhere = site(&[("rss.xml", "old"), ("en/atom.xml", "old")]);
        let site = site(&[]);
        let link = |to: &str, name: &str| symlink(elsewhere.path().join(to), site.path().join(name)).unwrap();
        link("rss.xml", "rss.xml");
        link("new.xml", "new.xml");
        link("en", "en");
        let files = [("rss.xml", "new"), ("new.xml", "new"), ("en/atom.xml", "new")];
        write_all(site.path(), files).unwrap();
        for name in ["rss.xml", "new.xml", "en"] {
            assert!(site.path().join(name).is_symlink(), "{name}");
        }
        assert_eq!(tree(elsewhere.path()), owned(&[&files[..], &[("en", "")]].concat()));
    }

    #[test]
    fn two_paths_to_one_place_are_refused() {
        let site = site(&[("rss.xml", "old"), ("atom.xml", "old")]);
        symlink(".", site.path().join("en")).unwrap();
        symlink("atom.xml", site.path().join("linked.xml")).unwrap();
        let same = [("rss.xml", "rss.xml"), ("rss.xml", "en/rss.xml"), ("atom.xml", "linked.xml")];
        for (one, other) in same.into_iter().chain([("news", "news/rss.xml")]) {
            let before = tree(site.path());
            let error = write_all(site.path(), [(one, "new"), (other, "new")]).unwrap_err();
            assert!(matches!(&error.cause, Cause::Clash(path) if path == one), "{one}, {other}: {error}");
            assert_eq!(tree(site.path()), before);
        }
    }
}
