//! The files of a site's root, as `init` looks at them.

use feedmill::generator::SiteFiles;
use std::fs;
use std::path::{Path, PathBuf};

/// No configuration is as long; nor does a glance at an article need more.
const LONGEST_BYTES: u64 = 1_000_000;

/// The files below a directory. What cannot be read is as good as absent.
pub struct DiskFiles {
    root: PathBuf,
}

impl DiskFiles {
    /// The files below this directory.
    pub fn new(root: &Path) -> DiskFiles {
        DiskFiles { root: root.to_owned() }
    }
}

impl SiteFiles for DiskFiles {
    fn text(&self, path: &str) -> Option<String> {
        let path = self.root.join(path);
        // Reading from a pipe would wait for somebody to write to it.
        let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        if metadata.len() > LONGEST_BYTES {
            return None;
        }
        fs::read_to_string(path).ok()
    }

    fn names(&self, directory: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.root.join(directory)) else { return Vec::new() };
        let name = |entry: fs::DirEntry| {
            let name = entry.file_name().into_string().ok()?;
            // Links to directories are not followed, so there is no way round in circles.
            Some(if entry.file_type().ok()?.is_dir() { format!("{name}/") } else { name })
        };
        let mut names: Vec<_> = entries.filter_map(|entry| name(entry.ok()?)).collect();
        names.sort_unstable();
        names
    }
}
