//! Feed files in the output directory that no feed belongs to any more.

use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::encode::{Format, OPML_FILE_NAME};
use std::collections::BTreeSet;
use std::path::Path;
use walkdir::WalkDir;

/// Finds them by their names, in the order of their paths. What else lies there is not looked at, and
/// nothing is removed: that is for a person to decide.
pub fn strays(output: &Path, planned: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let is_feed =
        |name: &str| name == OPML_FILE_NAME || Format::ALL.iter().any(|format| format.file_name() == name);
    let files = WalkDir::new(output).min_depth(1).sort_by_file_name().into_iter().flatten();
    let feeds =
        files.filter(|file| file.file_type().is_file() && file.file_name().to_str().is_some_and(is_feed));
    let is_planned = |path: &Path| {
        path.strip_prefix(output).ok().and_then(Path::to_str).is_some_and(|path| planned.contains(path))
    };
    feeds.filter(|file| !is_planned(file.path())).map(|file| diagnosed(file.path())).collect()
}

fn diagnosed(path: &Path) -> Diagnostic {
    let location = Location::new(path.to_string_lossy(), Position::START);
    let message = "no feed belongs to this file any more, and readers still get what it held last";
    Diagnostic::new(Code::StrayFeed, location, message)
        .help("name its section or edition in the settings to publish it without entries, or delete the file")
}
