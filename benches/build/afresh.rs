//! The proof that builds which did only what changed gave what a build from nothing gives.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::feedmill::Feedmill;
use crate::tree::Tree;
use crate::work::remove;

/// What a build may remember otherwise: how it came to know the files, and who ran last.
const NOT_COMPARED: [&str; 2] = ["index", "lock"];

/// Builds the same articles with the same promises, but without index and feeds, elsewhere, and compares all bytes.
pub fn expect_the_same(tree: &Tree) -> Result<(), String> {
    let site = &tree.site;
    let afresh = site.join("afresh");
    remove(&afresh)?;
    let prepare = || -> io::Result<()> {
        fs::create_dir(&afresh)?;
        fs::copy(site.join("feedmill.toml"), afresh.join("feedmill.toml"))?;
        for file in files(&site.join(".feedmill"))? {
            let to = afresh.join(".feedmill").join(&file);
            fs::create_dir_all(to.parent().unwrap_or(&afresh))?;
            fs::copy(site.join(".feedmill").join(&file), to)?;
        }
        Ok(())
    };
    prepare().map_err(|error| format!("{}: {error}", afresh.display()))?;
    Feedmill::default().build(&afresh, &["--articles", "../articles"])?;
    for directory in ["feeds", ".feedmill"] {
        let difference = difference(&site.join(directory), &afresh.join(directory))
            .map_err(|error| format!("{}: {error}", afresh.join(directory).display()))?;
        if let Some(path) = difference {
            let path = Path::new(directory).join(path);
            return Err(format!("{} is not what a build from nothing gives", path.display()));
        }
    }
    remove(&afresh)
}

/// A file that only one of two directories has, or both with different bytes.
fn difference(one: &Path, other: &Path) -> io::Result<Option<PathBuf>> {
    let (here, there) = (files(one)?, files(other)?);
    if let Some(path) = here.symmetric_difference(&there).next() {
        return Ok(Some(path.clone()));
    }
    for path in here {
        if fs::read(one.join(&path))? != fs::read(other.join(&path))? {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// All files below a directory, relative to it.
fn files(directory: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(folder) = waiting.pop() {
        for child in fs::read_dir(directory.join(&folder))? {
            let child = child?;
            let path = folder.join(child.file_name());
            if child.file_type()?.is_dir() {
                waiting.push(path);
            } else if !NOT_COMPARED.iter().any(|name| path == Path::new(name)) {
                files.insert(path);
            }
        }
    }
    Ok(files)
}
