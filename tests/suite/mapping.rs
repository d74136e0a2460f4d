//! The mapping tables of the model are complete, and golden cases show everything that stands in them.

use crate::support::{repository, repository_text};
use serde_json::Value;
use std::collections::BTreeSet;
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
    let feeds = feeds.map(|(format, name)| (format, files(&repository("tests/cases"), name).concat()));
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

#[test]
fn every_key_of_the_extension_is_told() {
    let page = repository_text("docs/formats.md");
    let (_, tables) = page.split_once("| in the feed's `_feedmill` | is |").unwrap();
    let (tables, _) = tables.split_once("\n## ").unwrap();
    let told: Vec<&str> = tables.split(|c: char| !c.is_alphabetic() && c != '_').collect();
    let feeds = files(&repository("tests/cases"), "feed.json").into_iter();
    let feeds = feeds.map(|feed| serde_json::from_str::<Value>(&feed).unwrap());
    let mut keys = BTreeSet::new();
    for feed in feeds {
        let items = feed["items"].as_array().unwrap().iter();
        items.chain([&feed]).for_each(|of| collect_keys(&of["_feedmill"], &mut keys));
    }
    assert!(keys.contains("transcripts"));
    keys.retain(|key| !told.contains(&key.as_str()));
    assert_eq!(keys, BTreeSet::new(), "what docs/formats.md does not tell");
}

fn collect_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            keys.insert(key.clone());
            collect_keys(value, keys);
        }),
        Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        _ => {}
    }
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

/// All feeds of this name that golden cases expect.
fn files(directory: &Path, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = vec![directory.to_owned()];
    while let Some(directory) = rest.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                rest.push(path);
            } else if path.ends_with(name) && path.to_string_lossy().contains("/expected/") {
                found.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}
