//! From `[feeds]` to feed settings.

use super::choices::{CHOICES, choices, exceptions};
use super::table::{Faults, Table};
use super::{FeedSettings, Grouping, Updates};
use crate::address::Address;
use crate::diagnostic::{Position, nearest};
use crate::encode::Format;
use crate::pattern::Pattern;
use crate::syntax::{Map, Value};

/// Names that a feed's path may use.
const FEED_PATH_NAMES: &[&str] = &["edition", "section", "author", "tag", "file"];

pub fn feeds(root: &Table<'_>, faults: &mut Faults<'_>) -> FeedSettings {
    let empty = Map::default();
    let own = ["by", "formats", "path", "hubs", "updates", "tombstone_days", "max_loss", "where"];
    let known: Vec<&str> = own.iter().chain(CHOICES).copied().collect();
    let table =
        root.table("feeds", &known, faults).unwrap_or(Table { name: "feeds".to_owned(), map: &empty });
    FeedSettings {
        by: groupings(&table, faults),
        formats: formats(&table, faults),
        choices: choices(&table, faults),
        exceptions: exceptions(&table, faults),
        path: path(&table, faults),
        hubs: hubs(&table, faults),
        updates: match table.word("updates", &["declared", "detected"], faults) {
            Some("detected") => Updates::Detected,
            _ => Updates::Declared,
        },
        tombstone_days: tombstone_days(&table, faults),
        max_loss: max_loss(&table, faults),
    }
}

fn tombstone_days(table: &Table<'_>, faults: &mut Faults<'_>) -> u32 {
    const DEFAULT: u32 = 30;
    let Some(node) = table.node("tombstone_days") else { return DEFAULT };
    let days = match &node.value {
        Value::Number(number) => number.parse().ok(),
        _ => None,
    };
    days.unwrap_or_else(|| {
        faults.bad(node.at, "`feeds.tombstone_days` is a number of days, 0 for none".to_owned());
        DEFAULT
    })
}

fn max_loss(table: &Table<'_>, faults: &mut Faults<'_>) -> u8 {
    let Some((text, at)) = table.text("max_loss", faults) else { return 50 };
    let percent = text.trim().strip_suffix('%').and_then(|number| number.trim().parse().ok());
    percent.filter(|percent| *percent <= 100).unwrap_or_else(|| {
        faults.bad(at, format!("`feeds.max_loss` is no share: `{text}`")).help =
            Some("write `max_loss = \"50%\"`; `\"100%\"` lets a feed lose everything".to_owned());
        50
    })
}

fn groupings(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<Grouping> {
    const PARTS: &[&str] = &["all", "edition", "section", "author", "tag"];
    let default =
        || ["all", "edition", "section", "edition+section"].map(|row| (row, Position::START)).to_vec();
    let mut groupings = Vec::new();
    for (row, at) in table.texts("by", faults).unwrap_or_else(default) {
        let mut grouping = Grouping::default();
        for part in row.split('+').map(str::trim) {
            match part {
                "all" => {}
                "edition" => grouping.edition = true,
                "section" => grouping.section = true,
                "author" => grouping.author = true,
                "tag" => grouping.tag = true,
                _ => {
                    faults.bad(at, format!("there are no feeds by `{part}`")).help =
                        Some(match nearest(part, PARTS.iter().copied()) {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => "use `all`, or `edition`, `section`, `author`, `tag` and sums of these"
                                .to_owned(),
                        });
                }
            }
        }
        if !groupings.contains(&grouping) {
            groupings.push(grouping);
        }
    }
    if groupings.is_empty() {
        let at = table.node("by").map_or(Position::START, |node| node.at);
        faults.bad(at, "`feeds.by` names no feeds").help = Some("use `all`, or leave the key out".to_owned());
    }
    groupings
}

fn formats(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<Format> {
    let Some(names) = table.texts("formats", faults) else { return Format::ALL.to_vec() };
    let choices = || Format::ALL.iter().map(|format| format.name());
    let all = || {
        format!(
            "the formats are {}",
            choices().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        )
    };
    let mut formats = Vec::new();
    for (name, at) in names {
        match Format::ALL.iter().find(|format| format.name() == name) {
            Some(format) if formats.contains(format) => {}
            Some(format) => formats.push(*format),
            None => {
                faults.bad(at, format!("`{name}` is no feed format")).help =
                    Some(match nearest(name, choices()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => all(),
                    });
            }
        }
    }
    if formats.is_empty() {
        let at = table.node("formats").map_or(Position::START, |node| node.at);
        faults.bad(at, "`feeds.formats` names no format").help = Some(all());
    }
    formats
}

/// A feed of an author or a tag lies in a directory of its own, whether the pattern says so or not.
fn path(table: &Table<'_>, faults: &mut Faults<'_>) -> Pattern {
    let default = "{edition}/{section}/{author}/{tag}/{file}";
    let mut path = table.pattern("path", default, FEED_PATH_NAMES, "file", faults);
    for name in ["author", "tag"] {
        if !path.uses(name) {
            path = path.with_segment_before_last(name);
        }
    }
    path
}

fn hubs(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<Address> {
    let mut hubs = Vec::new();
    for (text, at) in table.texts("hubs", faults).unwrap_or_default() {
        match Address::of_page(text) {
            Some(hub) => hubs.push(hub),
            None => {
                faults.bad(at, format!("`feeds.hubs` has no URL: `{text}`")).help =
                    Some("write it whole, with `https://` and without a user name".to_owned());
            }
        }
    }
    hubs
}
