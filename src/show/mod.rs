//! The show that a section's feed is, as the settings tell of it.

mod requirements;

pub use requirements::{Recording, episode_faults, picture_fault, show_faults};

use crate::feed::{Podcast, PodcastPerson};
use crate::language::Language;
use crate::plan::FeedKey;
use crate::settings::{self, LocalText, Settings};
use uuid::Uuid;

/// What the settings say of the podcast that this feed is: that of its section, in whatever edition.
#[must_use]
pub fn of_feed<'s>(key: &FeedKey, settings: &'s Settings) -> Option<&'s settings::Podcast> {
    let is_of_section = key.author.is_none() && key.tag.is_none();
    settings.section(key.section.as_deref().filter(|_| is_of_section)?)?.podcast.as_ref()
}

/// The show, for a feed with this title in this language. `guid` is what identifies it where the settings do not say.
#[must_use]
pub fn show(
    podcast: &settings::Podcast,
    key: &FeedKey,
    (title, language): (&str, Option<&Language>),
    guid: String,
    settings: &Settings,
) -> Podcast {
    let local = |text: &LocalText| text.get(language).to_owned();
    let site = &settings.site;
    let title = podcast.title.as_ref().map_or_else(|| title.to_owned(), local);
    let given = podcast.guid.as_ref().and_then(|given| own(given, key, settings));
    let funding = podcast.funding.as_ref().or(site.support.as_ref());
    Podcast {
        author: podcast.author.as_ref().map_or_else(|| local(&site.title), local),
        owner: podcast.owner.clone(),
        categories: podcast.categories.clone(),
        explicit: podcast.explicit,
        order: podcast.order,
        image: podcast.image.as_ref().map(|image| image.url.clone()),
        guid: given.and_then(|guid| Uuid::parse_str(guid).ok()).map_or(guid, |guid| guid.to_string()),
        locked: podcast.locked,
        funding: funding.map(|funding| {
            let text = funding.text.as_ref().map_or_else(|| title.clone(), local);
            (funding.url.clone(), text)
        }),
        medium: podcast.medium.clone(),
        is_complete: podcast.is_complete,
        is_blocked: podcast.is_blocked,
        new_feed_url: podcast.new_feed_url.as_ref().and_then(|url| site.url.join(own(url, key, settings)?)),
        persons: podcast
            .persons
            .iter()
            .map(|regular| PodcastPerson {
                person: settings.author(regular.person.clone(), language).person,
                ..regular.clone()
            })
            .collect(),
        title,
    }
}

/// What belongs to one feed only. A text for all is that of the section's own feed, or of the editions'
/// where the section has none.
fn own<'t>(text: &'t LocalText, key: &FeedKey, settings: &Settings) -> Option<&'t str> {
    let is_of_section =
        |row: &settings::Grouping| *row == settings::Grouping { section: true, ..Default::default() };
    match (text, &key.edition) {
        (LocalText::Same(text), None) => Some(text),
        (LocalText::Same(text), Some(_)) => {
            (!settings.feeds.by.iter().any(is_of_section)).then_some(text.as_str())
        }
        (LocalText::PerEdition(_), Some(edition)) => text.is_for(edition).then(|| text.get(Some(edition))),
        (LocalText::PerEdition(_), None) => None,
    }
}
