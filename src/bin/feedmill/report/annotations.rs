//! Diagnostics where code is reviewed: workflow commands of GitHub Actions, which become annotations,
//! and a Code Quality report of GitLab.
//!
//! Both want paths from the root of the repository, which is where their jobs run; so paths here are
//! relative to the working directory, with `/`.

use super::path;
use crate::terminal::visible;
use feedmill::diagnostic::{Code, Diagnostic, Location, Severity};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// One diagnostic as GitHub Actions reads it:
/// `::error file=articles/a.md,line=4,col=7,title=bad-date::message%0Ahelp`.
pub fn workflow_command(diagnostic: &Diagnostic, directory: &Path) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = String::new();
    if diagnostic.location.path != Location::COMMAND_LINE {
        let file = from_here(&diagnostic.location, diagnostic.code, directory);
        let position = diagnostic.location.position;
        properties = format!("file={},line={},col={},", property(&file), position.line, position.column);
    }
    let code = property(diagnostic.code.as_str());
    format!("::{level} {properties}title={code}::{}", data(&in_words(diagnostic, directory)))
}

/// A failure of the job, which has no place.
pub fn failure(message: &str, help: Option<&str>) -> String {
    let lines: Vec<&str> = [Some(message), help].into_iter().flatten().collect();
    format!("::error title=feedmill::{}", data(&lines.join("\n")))
}

/// Message, related places and help, a line for each.
fn in_words(diagnostic: &Diagnostic, directory: &Path) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    for (note, location) in &diagnostic.related {
        let position = location.position;
        let place = from_here(location, diagnostic.code, directory);
        lines.push(format!("{note} {place}:{}:{}", position.line, position.column));
    }
    lines.extend(diagnostic.help.clone());
    lines.join("\n")
}

/// The escapes of a message, as in `escapeData` of GitHub's toolkit (`packages/core/src/command.ts`).
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a property's value, which also ends at `:` and `,` (`escapeProperty`, there).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A Code Quality report: one array, an issue on a line.
#[derive(Default)]
pub struct CodeQuality {
    /// How often each fault was seen, for no two may have one fingerprint.
    seen: BTreeMap<u128, usize>,
}

impl CodeQuality {
    /// The next line of the array.
    pub fn issue(&mut self, diagnostic: &Diagnostic, directory: &Path) -> String {
        let path = from_here(&diagnostic.location, diagnostic.code, directory);
        let fault = hash([diagnostic.code.as_str(), &path, &diagnostic.message]);
        let opening = if self.seen.is_empty() { '[' } else { ',' };
        let count = self.seen.entry(fault).or_default();
        *count += 1;
        let fingerprint = match *count {
            1 => fault,
            more => hash([format!("{fault:032x}").as_str(), more.to_string().as_str()]),
        };
        let issue = json!({
            "description": visible(&in_words(diagnostic, directory)).replace('\n', "; "),
            "check_name": diagnostic.code.as_str(),
            "fingerprint": format!("{fingerprint:032x}"),
            "severity": match diagnostic.severity() {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            "location": { "path": path, "lines": { "begin": diagnostic.location.position.line } },
        });
        format!("{opening}{issue}")
    }

    /// The last line of the array.
    pub fn end(&self) -> &'static str {
        if self.seen.is_empty() { "[]" } else { "]" }
    }
}

/// FNV-1a of 128 bits. A fingerprint guards nothing; it has to be the same in every version of
/// feedmill, which the hashes of the standard library are not.
fn hash<'t>(parts: impl IntoIterator<Item = &'t str>) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

/// The path from the working directory; whole where the file lies elsewhere.
fn from_here(location: &Location, code: Code, directory: &Path) -> String {
    let path = path(location, code, directory);
    let here = std::env::current_dir().unwrap_or_default();
    let whole = without_dots(&here.join(&path));
    let relative = whole.strip_prefix(&here).unwrap_or(&whole);
    relative.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use feedmill::diagnostic::Position;
    use serde_json::Value;

    fn fault(path: &str, line: u32) -> Diagnostic {
        let location = Location::new(path, Position { line, column: 7 });
        Diagnostic::new(Code::BadDate, location, "`date`: `100%` is no date").help("write: a, b")
    }

    #[test]
    fn github_reads_what_was_meant() {
        let command = |path: &str, directory: &str| workflow_command(&fault(path, 4), Path::new(directory));
        assert_eq!(
            command("a,b: 50%.md", "./articles"),
            "::error file=articles/a%2Cb%3A 50%25.md,line=4,col=7,title=bad-date::`date`: `100%25` is no date%0Awrite: a, b"
        );
        assert!(command("a.md", "x/../y/.").starts_with("::error file=y/a.md,"));
        let here = std::env::current_dir().unwrap();
        assert!(command("a.md", here.to_str().unwrap()).starts_with("::error file=a.md,"));
        assert!(command("a.md", "/elsewhere").starts_with("::error file=/elsewhere/a.md,"));
        assert_eq!(failure("a\nb", Some("c\r")), "::error title=feedmill::a%0Ab%0Ac␍");
        let flag =
            Diagnostic::new(Code::BadSettings, Location::new(Location::COMMAND_LINE, Position::START), "no");
        assert_eq!(workflow_command(&flag, Path::new("")), "::error title=bad-settings::no");
    }

    #[test]
    fn fingerprints_stay_with_the_fault_and_differ() {
        let prints = |faults: &[Diagnostic]| -> Vec<Value> {
            let mut report = CodeQuality::default();
            let issues: String =
                faults.iter().map(|fault| report.issue(fault, Path::new("articles"))).collect();
            let issues: Value = serde_json::from_str(&(issues + report.end())).unwrap();
            issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].clone()).collect()
        };
        let before = prints(&[fault("a.md", 4), fault("a.md", 5), fault("b.md", 4)]);
        assert_eq!(before, prints(&[fault("a.md", 40), fault("a.md", 50), fault("b.md", 3)]));
        assert!(before[0] != before[1] && before[0] != before[2] && before[1] != before[2]);
        assert_eq!(before[0], "2549c97bca3266501dd7ea1cb1ee9dc4", "the same in every version");
        assert_eq!(CodeQuality::default().end(), "[]");
    }
}
