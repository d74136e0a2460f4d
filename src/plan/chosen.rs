//! Articles that are for some of their feeds only, by the names of these.

use super::present::present;
use super::{FeedKey, Spelled};
use crate::catalog::Card;
use crate::diagnostic::{Code, Diagnostic, Location, nearest};
use crate::name::path_part;
use crate::settings::Settings;
use crate::topic::Topic;
use std::collections::{BTreeMap, BTreeSet};

impl FeedKey {
    /// What front matter calls the feed: its parts, as in the usual path.
    #[must_use]
    pub fn name(&self) -> String {
        let topic = |kind: &str, topic: &Option<Topic>| {
            topic.as_ref().map(|topic| format!("{kind}/{}", path_part(topic.name())))
        };
        let parts = [
            self.edition.as_ref().map(|edition| edition.as_str().to_owned()),
            self.section.as_deref().map(path_part),
            topic("authors", &self.author),
            topic("tags", &self.tag),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "all".to_owned() } else { parts.join("/") }
    }
}

/// A feed that an article names without belonging to it.
pub struct Unmet {
    location: Location,
    name: String,
    own: Vec<String>,
}

/// Of the feeds that an article belongs to, those that it is for.
pub fn chosen(
    card: &Card,
    mut feeds: Vec<(FeedKey, Spelled)>,
    settings: &Settings,
    unmet: &mut Vec<Unmet>,
) -> Vec<(FeedKey, Spelled)> {
    let Some(chosen) = card.feeds() else { return feeds };
    let own: Vec<String> = feeds.iter().map(|(key, _)| key.name()).collect();
    let wanted: BTreeSet<String> =
        chosen.names.iter().map(|(name, _)| present(&compared(name), settings)).collect();
    feeds.retain(|(key, _)| wanted.contains(&compared(&key.name())));
    let known: BTreeSet<String> = own.iter().map(|name| compared(name)).collect();
    for (name, at) in &chosen.names {
        if !known.contains(&present(&compared(name), settings)) {
            let location = Location::new(card.path(), *at);
            unmet.push(Unmet { location, name: name.clone(), own: own.clone() });
        }
    }
    feeds
}

/// Says what was named in vain, once all feeds are known.
pub fn diagnose<'k>(unmet: Vec<Unmet>, feeds: impl Iterator<Item = &'k FeedKey>) -> Vec<Diagnostic> {
    if unmet.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = feeds.map(FeedKey::name).collect();
    let known: BTreeSet<String> = names.iter().map(|name| compared(name)).collect();
    // Many articles may have the same slip, and there may be many feeds.
    let mut nearest_feeds: BTreeMap<String, Option<&str>> = BTreeMap::new();
    let mut diagnostic = |Unmet { location, name, own }: Unmet| {
        let exists = known.contains(&compared(&name));
        let message = match exists {
            true => format!("the article does not belong to the feed `{name}`"),
            false => format!("there is no feed `{name}`"),
        };
        let mut near = None;
        if !exists {
            let of_all = || nearest(&name, names.iter().map(String::as_str));
            near = nearest(&name, own.iter().map(String::as_str));
            near = near.or_else(|| *nearest_feeds.entry(name.clone()).or_insert_with(of_all));
        }
        Diagnostic::new(Code::UnknownFeed, location, message).help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its feeds are {}", listed(&own)),
        })
    };
    unmet.into_iter().map(&mut diagnostic).collect()
}

/// No message lists more.
const MOST_LISTED: usize = 10;

fn listed(names: &[String]) -> String {
    let shown = names.iter().take(MOST_LISTED).map(|name| format!("`{name}`"));
    let more = (names.len() > MOST_LISTED).then(|| "…".to_owned());
    shown.chain(more).collect::<Vec<_>>().join(", ")
}

/// A name of a feed in the spelling that is compared; the name of a file at its end does no harm.
fn compared(name: &str) -> String {
    let name = name.trim().trim_matches('/');
    let name = match name.rsplit_once('/') {
        Some((feed, file)) if file.ends_with(".xml") || file.ends_with(".json") => feed,
        _ => name,
    };
    let parts = name.split('/').map(|part| Topic::of(part).name().to_owned());
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        for name in ["/en/news/", "EN/News", "en/news/rss.xml", " en/news"] {
            assert_eq!(compared(name), "en/news", "{name}");
        }
        assert_eq!(compared("tags/Sea Ice"), "tags/sea-ice");
        assert_eq!(FeedKey::default().name(), "all");
    }
}
