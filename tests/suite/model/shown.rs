//! Feed files, as subscribers' programs read them.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What a subscriber sees of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub id: String,
    pub title: String,
    pub published: DateTime<Utc>,
    pub updated: DateTime<Utc>,
}

impl Shown {
    /// The number of the true article, by the marker in its title.
    pub fn number(&self) -> Option<u8> {
        self.title.get(2..4)?.parse().ok()
    }
}

/// A feed in the formats that one directory holds.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    pub id: String,
    pub updated: DateTime<Utc>,
    pub entries: Vec<Shown>,
    /// When something was withdrawn, by its id.
    pub tombstones: BTreeMap<String, DateTime<Utc>>,
    /// Where older entries are to be read.
    pub previous: Option<String>,
}

impl View {
    pub fn entry(&self, id: &str) -> Option<&Shown> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The feed of a directory, read from its three files, which must tell the same.
    pub fn of(atom: &[u8], rss: &[u8], json: &[u8]) -> Result<View, String> {
        let view = of_atom(atom)?;
        let ids: Vec<&str> = view.entries.iter().map(|entry| entry.id.as_str()).collect();
        let channel = rss::Channel::read_from(rss).map_err(|error| format!("rss.xml: {error}"))?;
        let guids: Vec<&str> = channel.items().iter().filter_map(|item| Some(item.guid()?.value())).collect();
        let json: serde_json::Value =
            serde_json::from_slice(json).map_err(|error| format!("feed.json: {error}"))?;
        let items = json["items"].as_array().ok_or("feed.json: no items")?;
        let json_ids: Vec<&str> = items.iter().filter_map(|item| item["id"].as_str()).collect();
        if guids != ids || json_ids != ids {
            return Err(format!("three formats, three feeds: {ids:?}, {guids:?}, {json_ids:?}"));
        }
        Ok(view)
    }
}

fn of_atom(bytes: &[u8]) -> Result<View, String> {
    let feed = atom_syndication::Feed::read_from(bytes).map_err(|error| format!("atom.xml: {error}"))?;
    let entries = feed.entries().iter().map(|entry| {
        Some(Shown {
            id: entry.id().to_owned(),
            title: entry.title().to_string(),
            published: entry.published()?.to_utc(),
            updated: entry.updated().to_utc(),
        })
    });
    let deleted = feed.extensions().get("at").and_then(|elements| elements.get("deleted-entry"));
    let tombstone = |element: &atom_syndication::extension::Extension| {
        let attribute = |name| element.attrs().get(name);
        Some((attribute("ref")?.clone(), attribute("when")?.parse().ok()?))
    };
    let tombstones: Option<BTreeMap<_, _>> = deleted.into_iter().flatten().map(tombstone).collect();
    let previous = feed.links().iter().find(|link| link.rel() == "prev-archive");
    Ok(View {
        previous: previous.map(|link| link.href().to_owned()),
        id: feed.id().to_owned(),
        updated: feed.updated().to_utc(),
        entries: entries.collect::<Option<_>>().ok_or("atom.xml: an entry without `published`")?,
        tombstones: tombstones.ok_or("atom.xml: a tombstone without `ref` or `when`")?,
    })
}
