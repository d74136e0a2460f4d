//! What was meant by the name of a file that does not exist.

use feedmill::diagnostic::nearest;
use std::fs;
use std::path::{Path, PathBuf};

/// The file or directory in the same place whose name is nearly this one; nothing where the path exists.
pub fn near(path: &Path) -> Option<PathBuf> {
    if path.exists() {
        return None;
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    // Where two are as near, it is the same one on every disk.
    names.sort();
    let near = nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(path.with_file_name(near))
}

/// The same as a question, for the help of a message.
pub fn did_you_mean(path: &Path) -> Option<String> {
    near(path).map(|near| format!("did you mean `{}`?", near.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_what_exists_is_none() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("feedmill.toml"), "").unwrap();
        let of = |name: &str| near(&directory.path().join(name));
        assert_eq!(of("feedmil.toml"), Some(directory.path().join("feedmill.toml")));
        assert_eq!((of("feedmill.toml"), of("other"), of("nowhere/feedmil.toml")), (None, None, None));
    }
}
