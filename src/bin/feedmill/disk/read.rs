//! The articles directory as a newsroom: which files there are, and their bytes.

use super::last_good;
use feedmill::article::place;
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::newsroom::{Extent, HEAD_BYTES, Listed, Listing, MediaSource, Newsroom};
use std::fs::{self, File, Metadata};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A directory of articles.
pub struct DiskNewsroom {
    root: PathBuf,
    /// Without links; `None` where the directory does not exist.
    real_root: Option<PathBuf>,
    /// What is not listed: the feeds.
    left_out: Option<PathBuf>,
    /// Directories of files that the site serves from its root, each without links.
    media: Vec<PathBuf>,
    /// Where the last good versions of articles are.
    last_good: Option<PathBuf>,
}

/// No article comes near; what is larger was put there by accident.
const LARGEST_FILE_BYTES: u64 = 64_000_000;

impl DiskNewsroom {
    pub fn new(root: PathBuf) -> DiskNewsroom {
        DiskNewsroom {
            real_root: root.canonicalize().ok(),
            root,
            left_out: None,
            media: Vec::new(),
            last_good: None,
        }
    }

    /// The same without one of its directories.
    pub fn without(self, directory: &Path) -> DiskNewsroom {
        let real = directory.canonicalize().ok();
        let inside = real.as_deref().zip(self.real_root.as_deref());
        let inside = inside.and_then(|(real, root)| real.strip_prefix(root).ok());
        let left_out = inside.map(|inside| self.root.join(inside));
        DiskNewsroom { left_out, ..self }
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

    fn take(&self, entry: &DirEntry, listing: &mut Listing) {
        let kind = entry.file_type();
        let path = match self.relative(entry.path()) {
            Ok(path) => path,
            Err(fault) => return pass_over(fault, listing),
        };
        let fault =
            |code, message: String| Diagnostic::new(code, Location::new(&path, Position::START), message);
        if kind.is_file() {
            listing.files.push(Listed { path: path.into(), fingerprint: None });
        } else if kind.is_symlink() {
            match self.file_in_tree(entry.path()) {
                Ok(true) => listing.files.push(Listed { path: path.into(), fingerprint: None }),
                // A directory that lies in the tree is listed where it lies.
                Ok(false) => {}
                // A link to a picture elsewhere costs nothing; one to articles does.
                Err(_) if entry.path().is_file() && !place::is_article(&path) => {}
                Err(message) => pass_over(
                    fault(Code::LinkOutside, message)
                        .help("copy what it leads to into the articles directory"),
                    listing,
                ),
            }
        } else if !kind.is_dir() && place::is_article(&path) {
            let message = "this is no regular file, so it is no article".to_owned();
            pass_over(fault(Code::NotAFile, message).help("move it away or give it another name"), listing);
        }
    }

    /// The path as the core knows it.
    fn relative(&self, path: &Path) -> Result<String, Diagnostic> {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        relative.to_str().map(str::to_owned).ok_or_else(|| {
            let location = Location::new(relative.to_string_lossy(), Position::START);
            Diagnostic::new(Code::NotUtf8, location, "the file's name is not UTF-8").help("rename the file")
        })
    }

    /// Does a link lead to a file in the tree? An error says where else it leads.
    fn file_in_tree(&self, link: &Path) -> Result<bool, String> {
        let target = link.canonicalize().map_err(|error| format!("the link leads nowhere: {error}"))?;
        if !self.real_root.as_ref().is_some_and(|root| target.starts_with(root)) {
            return Err(format!("the link leads out of the articles directory, to `{}`", target.display()));
        }
        Ok(target.is_file())
    }
}

impl Newsroom for DiskNewsroom {
    fn list(&self) -> Listing {
        let mut listing = Listing::default();
        let mut entries = WalkDir::new(&self.root).min_depth(1).into_iter();
        // An error halfway through a directory says how deep it is, but not which.
        let mut above = vec![self.root.clone()];
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if is_hidden(&entry) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if self.left_out.as_deref() == Some(entry.path()) => entries.skip_current_dir(),
                Ok(entry) if entry.file_type().is_dir() => {
                    if let Some(fault) = self.directory_named_as_article(&entry) {
                        pass_over(fault, &mut listing);
                        entries.skip_current_dir();
                    } else {
                        above.truncate(entry.depth());
                        above.push(entry.into_path());
                    }
                }
                Ok(entry) => self.take(&entry, &mut listing),
                Err(error) => {
                    let folder = above.get(error.depth().saturating_sub(1)).map(PathBuf::as_path);
                    pass_over(self.unlisted(&error, error.path().or(folder)), &mut listing);
                }
            }
        }
        listing
    }

    fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>> {
        let path = self.root.join(path);
        match extent {
            Extent::Head => {
                let mut head = Vec::with_capacity(HEAD_BYTES);
                File::open(path)?.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
                Ok(head)
            }
            Extent::Whole => {
                if self.regular_file(&path)?.len() > LARGEST_FILE_BYTES {
                    return Err(io::ErrorKind::FileTooLarge.into());
                }
                fs::read(path)
            }
        }
    }

    fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(last_good::place(self.last_good.as_ref()?, path)?).ok()
    }

    fn has(&self, path: &str) -> bool {
        self.regular_file(&self.root.join(path)).is_ok()
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn MediaSource>> {
        let own = self.root.join(path);
        let Err(error) = self.regular_file(&own) else {
            return Ok(Box::new(BufReader::new(File::open(own)?)));
        };
        let mut served = self.media.iter().filter_map(|root| served_file(root, path));
        let file = served.next().ok_or(error)?;
        Ok(Box::new(BufReader::new(File::open(file)?)))
    }
}

/// A regular file below a directory; one that a link leads to only if it lies there too.
fn served_file(root: &Path, path: &str) -> Option<PathBuf> {
    let file = root.join(path).canonicalize().ok()?;
    (file.starts_with(root) && file.is_file()).then_some(file)
}

impl DiskNewsroom {
    /// An article may name any file; what lies outside is none of the newsroom's.
    fn regular_file(&self, path: &Path) -> io::Result<Metadata> {
        self.file_in_tree(path).map_err(io::Error::other)?;
        let metadata = fs::metadata(path)?;
        if metadata.is_file() { Ok(metadata) } else { Err(io::Error::other("it is not a regular file")) }
    }

    fn directory_named_as_article(&self, entry: &DirEntry) -> Option<Diagnostic> {
        let path = self.relative(entry.path()).ok().filter(|path| place::is_article(path))?;
        let message = "this is a directory, so it is no article".to_owned();
        let fault = Diagnostic::new(Code::NotAFile, Location::new(path, Position::START), message);
        Some(fault.help("give the directory a name that does not end in `.md`"))
    }

    fn unlisted(&self, error: &walkdir::Error, path: Option<&Path>) -> Diagnostic {
        let path = path.map_or_else(String::new, |path| {
            path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned()
        });
        let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        Diagnostic::new(
            Code::Unreadable,
            Location::new(path, Position::START),
            format!("it cannot be listed: {cause}"),
        )
        .help("make it readable for the user that runs feedmill")
    }
}

/// Tells of something that cannot be listed as it should. What was there may still be there.
fn pass_over(fault: Diagnostic, listing: &mut Listing) {
    listing.unlisted.push(fault.location.path.clone());
    listing.faults.push(fault);
}

/// What packages of a site's tools bring along is no newsroom.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    name.starts_with(b".") || (name == b"node_modules" && entry.file_type().is_dir())
}
