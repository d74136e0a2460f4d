//! What can go wrong between feedmill and the disk: what was being done to which path, and why it failed.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A failure of the job: "cannot write `feeds/en/rss.xml`: no space left on device".
#[derive(Debug, Error)]
#[error("cannot {doing} `{}`: {cause}", path.display())]
pub struct DiskError {
    /// What was being done, as it follows "cannot": `write`, `create the directory`.
    pub doing: &'static str,
    /// The path as the user knows it, not what a link made of it.
    pub path: PathBuf,
    /// Why it failed.
    pub cause: Cause,
}

/// Why something could not be done on disk.
#[derive(Debug, Error)]
pub enum Cause {
    /// The system refused.
    #[error("{}", plain(.0))]
    System(io::Error),
    /// The system refused to put one finished file in its place, after every file was ready.
    #[error("{}", plain(.0))]
    Rename(io::Error),
    /// The system would not say that a directory is safely on the disk, after every file was put in its place.
    #[error("{}", plain(.0))]
    Sync(io::Error),
    /// Not a path that stays below the output directory.
    #[error("a feed file needs a relative path without empty parts, `.` and `..`")]
    UnsafePath,
    /// The path has no last part that could be a file's name.
    #[error("that is not the name of a file")]
    NoFileName,
    /// A directory lies where the file belongs.
    #[error("a directory is in its place")]
    DirectoryInPlace,
    /// A pipe, socket or device lies where the file belongs.
    #[error("something is in its place that is neither a file nor a directory")]
    SpecialFile,
    /// A file, or a link to nothing, lies where a directory belongs.
    #[error("`{}` is not a directory", .0.display())]
    NotADirectory(PathBuf),
    /// A symbolic link leads into a directory that does not exist.
    #[error("it is a link to `{}`, in a directory that does not exist", .0.display())]
    DanglingLink(PathBuf),
    /// Another file of the same run takes the place.
    #[error("`{0}`, which this run also writes, takes its place")]
    Clash(String),
}

impl DiskError {
    /// Tells `cause`, as it befell `path`.
    pub fn new(doing: &'static str, path: &Path, cause: Cause) -> Self {
        let path = path.to_path_buf();
        Self { doing, path, cause }
    }

    /// For `map_err`: the system's refusal to do something to `path`.
    pub fn system(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::new(doing, path, Cause::System(error))
    }

    /// Whether the other files of the run are in place already; before that, every feed is as it was.
    pub fn is_after_publishing(&self) -> bool {
        matches!(self.cause, Cause::Rename(_) | Cause::Sync(_))
    }

    /// The same, of a file that had to be in its place before any feed.
    pub fn before_publishing(self) -> Self {
        let cause = match self.cause {
            Cause::Rename(error) | Cause::Sync(error) => Cause::System(error),
            cause => cause,
        };
        Self { cause, ..self }
    }

    /// What a person can do about it; `None` where the message says all there is to say.
    pub fn help(&self) -> Option<String> {
        use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let path = self.path.display();
        let help = match &self.cause {
            Cause::System(error) => match error.kind() {
                StorageFull | QuotaExceeded => "make room on that disk and run again".into(),
                PermissionDenied => {
                    format!("run feedmill as the user that may write `{path}` and its directory")
                }
                ReadOnlyFilesystem => "make that disk writable, or choose another directory".into(),
                _ => return None,
            },
            Cause::Sync(_) => "look after that disk; the files of this run are in place".into(),
            Cause::Rename(_) => {
                format!("let feedmill replace `{path}`; the other files of this run are in place")
            }
            Cause::UnsafePath => "change `feeds.path` in the settings".into(),
            Cause::NoFileName => "name a file".into(),
            Cause::DirectoryInPlace | Cause::SpecialFile => {
                format!("move `{path}` away, or change `feeds.path` or `output.directory` in the settings")
            }
            Cause::NotADirectory(file) => {
                let file = file.display();
                format!("move `{file}` away, or change `output.directory` in the settings")
            }
            Cause::DanglingLink(target) => {
                let target = target.display();
                format!("create the directory of `{target}`, or remove the link `{path}`")
            }
            Cause::Clash(_) => "remove the symbolic link that joins the two, or change `feeds.path`".into(),
        };
        Some(help)
    }
}

/// The system's words in our style: "No space left on device (os error 28)" without capital and number, nor
/// the name of the temporary file that tempfile adds behind them.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error ").next().unwrap_or_default();
    let mut characters = text.chars();
    characters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_says_what_where_and_why_and_the_help_what_to_do() {
        let full = io::Error::from_raw_os_error(28);
        let error = DiskError::system("write", Path::new("feeds/en/rss.xml"))(full);
        assert_eq!(error.to_string(), "cannot write `feeds/en/rss.xml`: no space left on device");
        assert_eq!(error.help().unwrap(), "make room on that disk and run again");
    }

    #[test]
    fn the_name_of_a_temporary_file_is_not_told() {
        let error = tempfile::Builder::new().tempfile_in("/nowhere/at/all").unwrap_err();
        assert_eq!(plain(&error), "no such file or directory");
    }
}
