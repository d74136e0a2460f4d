//! From the path of a file back to the feed that lies there.

use super::{FeedKey, Spelled};
use crate::encode::Format;
use crate::language::Language;
use crate::name::name_of_part;
use crate::settings::{FeedSettings, Grouping};
use crate::topic::Topic;
use std::sync::Arc;

/// No path has more, and what is longer is not worth the search.
const MOST_PARTS: usize = 9;

/// The feed of this title whose file of this format lies at `path`; `None` where it could be more than one, or the
/// path is not of these settings.
#[must_use]
pub fn feed_at(
    path: &str,
    format: Format,
    title: &str,
    settings: &FeedSettings,
) -> Option<(FeedKey, Spelled)> {
    if path.split('/').count() > MOST_PARTS {
        return None;
    }
    let names: Vec<String> = path.split('/').filter_map(name_of_part).collect();
    let mut found: Vec<FeedKey> = Vec::new();
    for row in &settings.by {
        let keys = keys(*row, path, &names).into_iter();
        found.extend(keys.filter(|key| key.path(settings, format.file_name()) == path));
    }
    // A folder that has the name of a language is an edition.
    if found.iter().any(|key| key.edition.is_some()) {
        found.retain(|key| key.edition.is_some());
    }
    let [key] = &found[..] else { return None };
    let spelled = |topic: &Option<Topic>| {
        let topic = topic.as_ref()?;
        // Titles end with the topic as an article spelt it.
        let last = title.rsplit(" — ").next().filter(|last| Topic::of(last) == *topic);
        Some(last.unwrap_or(topic.name()).to_owned())
    };
    Some((key.clone(), Spelled { author: spelled(&key.author), tag: spelled(&key.tag) }))
}

/// The feeds of a row that could lie there.
fn keys(row: Grouping, path: &str, names: &[String]) -> Vec<FeedKey> {
    let editions = path.split('/').filter_map(Language::of_directory);
    let editions = one_of(row.edition, editions);
    let sections = one_of(row.section, names.iter().map(|name| Arc::from(name.as_str())));
    let authors = one_of(row.author, names.iter().map(|name| Topic::of(name)));
    let tags = one_of(row.tag, names.iter().map(|name| Topic::of(name)));
    let mut keys = Vec::new();
    for edition in &editions {
        for section in &sections {
            for author in &authors {
                for tag in &tags {
                    keys.push(FeedKey {
                        edition: edition.clone(),
                        section: section.clone(),
                        author: author.clone(),
                        tag: tag.clone(),
                    });
                }
            }
        }
    }
    keys
}

fn one_of<T>(is_wanted: bool, values: impl Iterator<Item = T>) -> Vec<Option<T>> {
    if is_wanted { values.map(Some).collect() } else { vec![None] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    fn found(settings: &str, path: &str, title: &str) -> Option<(String, Spelled)> {
        let text = format!("[site]\nurl = 'https://e.example'\n[feeds]\n{settings}");
        let settings = read("t", &text, &Overrides::default()).unwrap().feeds;
        let (key, spelled) = feed_at(path, Format::Atom, title, &settings)?;
        assert_eq!(key.path(&settings, "atom.xml"), path);
        Some((key.name(), spelled))
    }

    fn name(settings: &str, path: &str) -> Option<String> {
        found(settings, path, "").map(|(name, _)| name)
    }

    #[test]
    fn a_path_tells_the_parts_of_its_feed() {
        for path in ["atom.xml", "en/atom.xml", "news/atom.xml", "pt-BR/новости~2fx/atom.xml"] {
            assert!(name("", path).is_some(), "{path}");
        }
        for path in ["a/b/atom.xml", "en/rss.xml", "en/news/x/atom.xml", &"en/".repeat(9999)] {
            assert_eq!(name("", path), None, "{path}");
        }
        assert_eq!(
            name("path = '{section}/{edition}/{file}'", "news/en/atom.xml"),
            name("", "en/news/atom.xml")
        );
        let tags = found("by = ['edition+tag']", "en/tags/sea-ice/atom.xml", "The Post — Sea Ice");
        assert_eq!(tags.unwrap().1.tag.as_deref(), Some("Sea Ice"));
    }
}
