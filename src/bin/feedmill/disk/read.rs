//! The articles directory as a newsroom: its files, and what is served with them.

use super::fingerprint::Settled;
use super::last_good;
use super::tree::Tree;
use super::walk;
use feedmill::newsroom::{Extent, Fingerprint, HEAD_BYTES, Listing, MediaSource, Newsroom};
use std::fs::{self, File, Metadata};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// A directory of articles.
pub struct DiskNewsroom {
    tree: Tree,
    /// Directories of files that the site serves from its root, each without links.
    media: Vec<PathBuf>,
    /// Where the last good versions of articles are.
    last_good: Option<PathBuf>,
}

/// No article comes near; what is larger was put there by accident.
const LARGEST_FILE_BYTES: u64 = 64_000_000;

impl DiskNewsroom {
    pub fn new(root: PathBuf) -> DiskNewsroom {
        DiskNewsroom { tree: Tree::new(root), media: Vec::new(), last_good: None }
    }

    /// The same without one of its directories.
    pub fn without(self, directory: &Path) -> DiskNewsroom {
        DiskNewsroom { tree: self.tree.without(directory), ..self }
    }

    /// The same with the last good versions in this directory.
    pub fn with_last_good(self, directory: PathBuf) -> DiskNewsroom {
        DiskNewsroom { last_good: Some(directory), ..self }
    }

    /// The same with the media of other directories. One that does not exist has none.
    pub fn with_media(self, directories: &[PathBuf]) -> DiskNewsroom {
        DiskNewsroom {
            media: directories.iter().filter_map(|path| path.canonicalize().ok()).collect(),
            ..self
        }
    }
}

impl Newsroom for DiskNewsroom {
    fn list(&self) -> Listing {
        walk::list(&self.tree)
    }

    fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>> {
        match extent {
            Extent::Head => {
                let mut head = Vec::new();
                self.read_head(path, &mut head)?;
                Ok(head)
            }
            Extent::Whole => {
                let path = self.tree.root().join(path);
                if self.regular_file(&path)?.len() > LARGEST_FILE_BYTES {
                    return Err(io::ErrorKind::FileTooLarge.into());
                }
                fs::read(path)
            }
        }
    }

    fn read_head(&self, path: &str, head: &mut Vec<u8>) -> io::Result<()> {
        let root = self.tree.root();
        let mut file = PathBuf::with_capacity(root.as_os_str().len() + 1 + path.len());
        file.push(root);
        file.push(path);
        head.clear();
        head.reserve(HEAD_BYTES);
        File::open(file)?.take(HEAD_BYTES as u64).read_to_end(head)?;
        Ok(())
    }

    fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(last_good::place(self.last_good.as_ref()?, path)?).ok()
    }

    fn has(&self, path: &str) -> bool {
        self.regular_file(&self.tree.root().join(path)).is_ok()
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn MediaSource>> {
        Ok(Box::new(BufReader::new(File::open(self.served(path)?)?)))
    }

    fn fingerprint(&self, path: &str) -> Fingerprint {
        let now = SystemTime::now();
        let nothing = Fingerprint::of([]);
        let Ok(file) = self.served(path).and_then(fs::metadata) else { return nothing };
        let young = || {
            Fingerprint::of([now.duration_since(UNIX_EPOCH).map_or(0, |since| since.subsec_nanos().into())])
        };
        Settled::before(now).fingerprint(&[&file]).unwrap_or_else(young)
    }
}

/// A regular file below a directory; one that a link leads to only if it lies there too.
fn served_file(root: &Path, path: &str) -> Option<PathBuf> {
    let file = root.join(path).canonicalize().ok()?;
    (file.starts_with(root) && file.is_file()).then_some(file)
}

impl DiskNewsroom {
    /// The file that an article means, among the articles or where the site serves it.
    pub fn served(&self, path: &str) -> io::Result<PathBuf> {
        let own = self.tree.root().join(path);
        let Err(error) = self.regular_file(&own) else { return Ok(own) };
        self.media.iter().find_map(|root| served_file(root, path)).ok_or(error)
    }

    /// An article may name any file; what lies outside is none of the newsroom's.
    fn regular_file(&self, path: &Path) -> io::Result<Metadata> {
        self.tree.file_in_tree(path).map_err(io::Error::other)?;
        let metadata = fs::metadata(path)?;
        if metadata.is_file() { Ok(metadata) } else { Err(io::Error::other("it is not a regular file")) }
    }
}
