//! The pages in `docs/` are complete: every field, setting, name of a permalink and dependency stands in
//! them, and their links lead somewhere.

use crate::support::{repository, repository_text};
use feedmill::diagnostic::Code;
use feedmill::permalink;
use feedmill::settings::{Overrides, read};
use std::fs;

/// The texts in quotation marks between two lines of a source file.
#[track_caller]
fn quoted(path: &str, first: &str, last: &str) -> Vec<String> {
    let source = repository_text(path);
    let mut lines = source.lines().skip_while(|line| *line != first).skip(1);
    let texts = lines.by_ref().take_while(|line| *line != last);
    let texts: Vec<String> =
        texts.flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned)).collect();
    assert!(texts.len() > 10, "`{path}` has something between `{first}` and `{last}`");
    texts
}

/// Those that do not stand in a page as code.
fn missing(page: &str, names: impl IntoIterator<Item = String>) -> Vec<String> {
    let page = repository_text(page).to_lowercase();
    names.into_iter().filter(|name| !page.contains(&format!("`{}`", name.to_lowercase()))).collect()
}

const NONE: [String; 0] = [];

#[test]
fn every_name_of_every_field_stands_in_the_table() {
    let names = quoted("src/article/fields.rs", "fields! {", "}");
    assert_eq!(missing("docs/articles.md", names), NONE);
}

#[test]
fn every_place_where_a_page_says_something_stands_in_the_table() {
    let names = quoted("src/article/page/table.rs", "pub const TABLE: &[Row] = &[", "];");
    // Elements and what stands within others are told in words.
    let names = names.into_iter().filter(|name| !name.contains(['<', ' ']));
    let spelled = names.map(|name| name.replace("rel:", "rel="));
    assert_eq!(missing("docs/articles.md", spelled), NONE);
}

#[test]
fn every_name_of_a_permalink_is_explained() {
    let own = permalink::NAMES.iter().map(|name| format!("{{{name}}}"));
    assert_eq!(missing("docs/settings.md", own), NONE);
    let of_others = quoted("src/permalink.rs", "const COLONS: &[(&str, &str)] = &[", "];");
    let of_others = of_others.into_iter().step_by(2).map(|name| format!(":{name}"));
    assert_eq!(missing("docs/settings.md", of_others), NONE);
}

/// An unknown key is answered with all that there are, so the program itself lists them.
#[test]
fn every_setting_is_shown_by_example() {
    let page = repository_text("docs/settings.md");
    for table in [
        "site",
        "editions.en",
        "sections.news",
        "sections.news.podcast",
        "authors.ines",
        "tags.sea-ice",
        "feeds",
        "articles",
        "output",
    ] {
        let settings = format!("[site]\nurl = 'https://e.example/'\n[{table}]\nqqqqqqqqqq = 1\n");
        let settings = settings.replace("[site]\nqqqqqqqqqq", "qqqqqqqqqq");
        let faults = read("feedmill.toml", &settings, &Overrides::default()).unwrap_err();
        let unknown = faults.iter().find(|fault| fault.code == Code::UnknownSetting);
        let help = unknown.and_then(|fault| fault.help.clone()).unwrap_or_default();
        let keys: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
        assert!(!keys.is_empty(), "{table}: {faults:#?}");
        let (_, example) = page.split_once(&format!("\n[{table}]")).unwrap();
        let example = example.split("\n[").next().unwrap_or_default();
        let is_shown = |key: &&str| {
            let has_table = page.contains(&format!("\n[{table}.{key}]"));
            has_table || example.lines().any(|line| line.starts_with(&format!("{key} = ")))
        };
        let hidden: Vec<&str> = keys.into_iter().filter(|key| !is_shown(key)).collect();
        assert!(hidden.is_empty(), "docs/settings.md does not show {hidden:?} in `[{table}]`");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = repository_text("Cargo.toml");
    let (_, dependencies) = manifest.split_once("[dependencies]\n").unwrap();
    let (dependencies, _) = dependencies.split_once("[lints").unwrap();
    let names = dependencies.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()));
    assert_eq!(missing("docs/decisions/0007-dependencies.md", names), NONE);
}

/// A link to a page of the repository leads to a file, and to a heading in it.
#[test]
fn links_lead_somewhere() {
    let mut pages = vec!["README.md".to_owned(), "tests/README.md".to_owned()];
    for directory in ["docs", "docs/decisions"] {
        let names = fs::read_dir(repository(directory)).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        pages.extend(names.filter(|name| name.ends_with(".md")).map(|name| format!("{directory}/{name}")));
    }
    for page in &pages {
        let text = without_code(&repository_text(page));
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let directory = page.rsplit_once('/').map_or("", |(directory, _)| directory);
            let target = if file.is_empty() { repository(page) } else { repository(directory).join(file) };
            assert!(target.exists(), "`{page}` links to `{link}`, which does not exist");
            if !heading.is_empty() {
                let text = fs::read_to_string(&target).unwrap();
                let found = text.lines().any(|line| anchor(line).as_deref() == Some(heading));
                assert!(found, "`{page}` links to `{link}`, and that page has no such heading");
            }
        }
    }
}

fn without_code(text: &str) -> String {
    let blocks = text.split("\n```").step_by(2).collect::<Vec<_>>().join("\n");
    let lines: Vec<&str> = blocks.lines().filter(|line| !line.starts_with("    ")).collect();
    lines.join("\n").split('`').step_by(2).collect()
}

/// What a heading is called in a link.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim();
    let kept = heading.chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    Some(kept.collect::<String>().to_lowercase().replace(' ', "-"))
}
