//! `docs/diagnostics.md` explains every code, once, in the order of their table.

use crate::support::repository_text;
use feedmill::diagnostic::Code;

/// The page cut into its sections: code and text.
fn sections(page: &str) -> Vec<(&str, &str)> {
    let sections = page.split("\n## ").skip(1);
    sections.map(|section| section.split_once('\n').unwrap_or((section, ""))).collect()
}

#[test]
fn every_code_has_its_section() {
    let page = repository_text("docs/diagnostics.md");
    let found: Vec<&str> = sections(&page).iter().map(|(code, _)| code.trim_matches('`')).collect();
    let expected: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_section_says_what_it_means_why_it_matters_and_how_to_mend_it() {
    let page = repository_text("docs/diagnostics.md");
    for (code, text) in sections(&page) {
        let leads: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("**")?.split("**").next()).collect();
        assert_eq!(leads, ["Means.", "Matters.", "Mend."], "{code}");
    }
}
