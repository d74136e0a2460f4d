//! The mapping tables of the model are complete, and golden cases show everything that stands in them.

use crate::support::{repository, repository_text};
use std::fs;
use std::path::Path;

const TABLES: [&str; 3] = ["src/feed.rs", "src/feed/media.rs", "src/feed/podcast.rs"];

#[test]
fn every_field_has_a_row() {
    let mut without = Vec::new();
    for (path, structs) in [
        (TABLES[0], ["Feed", "Entry"]),
        (TABLES[1], ["Media", "MediaFile"]),
        (TABLES[2], ["Podcast", "Episode"]),
    ] {
        let source = repository_text(path);
        for name in structs {
            let (_, body) = source.split_once(&format!("pub struct {name}")).unwrap();
            let (body, _) = body.split_once("\n}").unwrap();
            let fields = body.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'));
            let fields = fields.map(|(field, _)| format!("{name}::{field}"));
            let has_row = |field: &String| {
                source.lines().any(|line| line.starts_with("//! |") && line.contains(&format!("[`{field}`]")))
            };
            without.extend(fields.filter(|field| !has_row(field)));
        }
    }
    assert_eq!(without, ["Feed::entries"], "which have rows of their own");
}

#[test]
fn every_element_stands_in_a_golden_case() {
    let feeds = [("RSS", "rss.xml"), ("Atom", "atom.xml"), ("JSON", "feed.json")];
    let feeds = feeds.map(|(format, name)| (format, expected(&repository("tests/cases"), name)));
    let mut missing = Vec::new();
    for path in TABLES {
        let source = repository_text(path);
        let rows = source.lines().filter_map(|line| line.strip_prefix("//! |"));
        let mut rows = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
        let heads = rows.next().unwrap();
        for row in rows.skip(1) {
            for (column, head) in heads.iter().enumerate().skip(1) {
                let cell = match row[column] {
                    // Atom's own elements have no prefix there.
                    "likewise" => row[column - 1].replace("atom:", ""),
                    cell => cell.to_owned(),
                };
                let names = cell.split('`').skip(1).step_by(2);
                for name in names.filter(|name| !name.contains('*') && !name.starts_with(char::is_uppercase))
                {
                    let formats = feeds.iter().filter(|(format, _)| head.contains(format));
                    let without = formats.filter(|(_, feeds)| !shows(feeds, name));
                    missing.extend(without.map(|(format, _)| format!("{format}: {name}")));
                }
            }
        }
    }
    assert_eq!(missing, [""; 0], "what no golden case in tests/cases expects");
}

/// Do feeds have this element, its attribute (`podcast:season name`, `link rel=hub`), or this key?
fn shows(feeds: &str, name: &str) -> bool {
    if let Some((element, attribute)) = name.split_once(' ') {
        let form = match attribute.split_once('=') {
            Some((key, value)) => format!(" {key}=\"{value}\""),
            None => format!(" {attribute}=\""),
        };
        let start = format!("<{element}");
        let mut tags = feeds.split(&start).skip(1).filter_map(|rest| rest.split('>').next());
        return tags.any(|tag| tag.contains(&form));
    }
    let key = name.rsplit('.').next().unwrap_or(name);
    let forms = [
        format!("<{name}>"),
        format!("<{name} "),
        format!("<{name}/>"),
        format!(" {name}=\""),
        format!("\"{key}\": "),
    ];
    forms.iter().any(|form| feeds.contains(form))
}

/// All feeds of this name that golden cases expect, joined.
fn expected(directory: &Path, name: &str) -> String {
    let mut joined = String::new();
    let mut rest = vec![directory.to_owned()];
    while let Some(directory) = rest.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                rest.push(path);
            } else if path.ends_with(name) && path.to_string_lossy().contains("/expected/") {
                joined.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    joined
}
