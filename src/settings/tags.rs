//! From `[tags.*]` to what tags are called.

use super::LocalText;
use super::aliases::aliases;
use super::table::{Faults, Table};
use crate::topic::Topic;
use std::collections::BTreeMap;

/// The tags that the settings name.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    titles: BTreeMap<Topic, LocalText>,
    /// Names, former names and titles, and which tag each means.
    spellings: BTreeMap<Topic, Topic>,
}

impl Tags {
    /// The tag that a text means: by its name, by a former one or by one of its titles, in any spelling.
    #[must_use]
    pub fn called(&self, text: &str) -> Topic {
        let spelling = Topic::of(text);
        self.present(&spelling).cloned().unwrap_or(spelling)
    }

    /// The tag that a text of this spelling means, where the settings name it.
    #[must_use]
    pub fn present(&self, spelling: &Topic) -> Option<&Topic> {
        self.spellings.get(spelling)
    }

    /// What readers see of a tag, where the settings say so.
    #[must_use]
    pub fn title(&self, tag: &Topic) -> Option<&LocalText> {
        self.titles.get(tag)
    }
}

/// Reads the tables.
pub fn tags(root: &Table<'_>, faults: &mut Faults<'_>) -> Tags {
    let mut tags = Tags::default();
    for (key, at, table) in root.entries("tags", &["title", "aliases"], faults) {
        let tag = Topic::of(&key);
        if tag.name().is_empty() {
            faults.bad(at, "this tag has no name").help = Some("write `[tags.name]`".to_owned());
            continue;
        }
        let title = table.local("title", faults);
        let titles = title.iter().flat_map(LocalText::all).map(Topic::of);
        let former = aliases(&table, |text| Some(Topic::of(text).name().to_owned()), faults);
        let former = former.iter().map(|(name, _)| Topic::of(name));
        for spelling in titles.chain([tag.clone()]).chain(former) {
            let known = tags.spellings.entry(spelling).or_insert_with(|| tag.clone());
            if *known != tag {
                let (one, other) = (known.name(), tag.name());
                let message = format!("the tags `{one}` and `{other}` share a name, a title or an alias");
                faults.bad(at, message).help =
                    Some("give each names of its own, or keep one of them".to_owned());
                break;
            }
        }
        tags.titles.extend(title.map(|title| (tag, title)));
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, Settings, read};

    fn settings(tags: &str) -> Result<Settings, Vec<String>> {
        let text = format!("[site]\nurl = 'https://e.example'\n{tags}");
        let found = read("feedmill.toml", &text, &Overrides::default());
        found.map_err(|faults| faults.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn a_tag_has_many_names() {
        let tags = settings("[tags.sea-ice]\ntitle = { en = 'Sea ice', ru = 'Морской лёд' }").unwrap().tags;
        for spelling in ["sea-ice", "Sea Ice", "морской  ЛЁД", "sea_ice"] {
            assert_eq!(tags.called(spelling), Topic::of("sea-ice"), "{spelling}");
        }
        assert_eq!(tags.called("Boats"), Topic::of("boats"));
        assert!(tags.title(&Topic::of("boats")).is_none());
    }

    #[test]
    fn no_two_tags_share_a_name() {
        let faults = settings("[tags.ice]\ntitle = 'Frost'\n[tags.frost]\n[tags.'']").unwrap_err();
        assert_eq!(
            faults,
            ["the tags `ice` and `frost` share a name, a title or an alias", "this tag has no name"]
        );
    }
}
