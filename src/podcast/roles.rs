//! Who does what in a show: the words of feedmill and of newsrooms as those of the Podcast Taxonomy,
//! which `podcast:person` asks for.

/// Role and group of the taxonomy, and other words for them.
const ROLES: &[(&str, &str, &[&str])] = &[
    ("Host", "Cast", &["presenter", "moderator"]),
    ("Co-Host", "Cast", &["cohost"]),
    ("Guest Host", "Cast", &[]),
    ("Guest", "Cast", &["interviewee"]),
    ("Voice Actor", "Cast", &["actor", "voice"]),
    ("Narrator", "Cast", &["reader"]),
    ("Announcer", "Cast", &[]),
    ("Reporter", "Cast", &["correspondent"]),
    ("Director", "Creative Direction", &[]),
    ("Executive Producer", "Creative Direction", &[]),
    ("Senior Producer", "Creative Direction", &[]),
    ("Producer", "Creative Direction", &[]),
    ("Author", "Writing", &[]),
    ("Writer", "Writing", &["scriptwriter"]),
    ("Editor", "Writing", &[]),
    ("Managing Editor", "Writing", &[]),
    ("Script Editor", "Writing", &[]),
    ("Researcher", "Writing", &["research"]),
    ("Fact Checker", "Writing", &["fact checking"]),
    ("Translator", "Writing", &["translation"]),
    ("Transcriber", "Writing", &["transcription"]),
    ("Audio Engineer", "Audio Production", &["sound engineer", "engineer", "sound", "recording"]),
    ("Audio Editor", "Audio Post-Production", &["sound editor", "cutter"]),
    ("Sound Designer", "Audio Post-Production", &["sound design"]),
    ("Composer", "Audio Post-Production", &["music"]),
    ("Theme Music", "Audio Post-Production", &[]),
    ("Music Production", "Audio Post-Production", &[]),
    ("Production Assistant", "Administration", &[]),
    ("Graphic Designer", "Visuals", &["illustrator", "designer"]),
    ("Cover Art Designer", "Visuals", &["cover art", "cover designer"]),
    ("Camera Operator", "Video Production", &["camera", "cameraman"]),
    ("Consultant", "Misc.", &["adviser"]),
];

/// The role and its group; `None` where the taxonomy has no such role. A program would take somebody
/// without a role for the host.
#[must_use]
pub fn role(word: &str) -> Option<(&'static str, &'static str)> {
    let word = word.trim().replace(['_', '-'], " ");
    let is = |known: &str| known.replace('-', " ").eq_ignore_ascii_case(&word);
    let found = ROLES.iter().find(|(role, _, others)| is(role) || others.iter().any(|other| is(other)));
    found.map(|(role, group, _)| (*role, *group))
}

/// Who is heard where nothing else is said.
pub const HOST: (&str, &str) = ("Host", "Cast");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_taxonomy_and_others() {
        assert_eq!(role("co_host"), Some(("Co-Host", "Cast")));
        assert_eq!(role("Sound engineer"), Some(("Audio Engineer", "Audio Production")));
        assert_eq!(role("photographer"), None);
    }
}
