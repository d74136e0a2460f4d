//! Podcasts in RSS: Apple's elements ("Podcast RSS feed requirements") and those of Podcasting 2.0
//! (podcast-namespace, docs/tags).

use super::element::Element;
use crate::address::Address;
use crate::feed::{Entry, Episode, Podcast, PodcastPerson, Transcript};
use crate::person::Person;
use crate::podcast::{Category, HOST, is_artwork, role};

/// What stands in the channel with this title.
pub fn show_elements(podcast: &Podcast, title: &str) -> Vec<Element> {
    let text = |name, text: &str| Element::new(name).text(text);
    let yes = |name, is: bool| is.then(|| text(name, "Yes"));
    let owner = podcast.owner.as_ref();
    let email = owner.and_then(|owner| owner.email.as_deref());
    let mut elements = Vec::new();
    // Validators that are older than the element refuse it, so it stands only where it says something.
    if podcast.title != title {
        elements.push(text("itunes:title", &podcast.title));
    }
    elements.push(text("itunes:author", &podcast.author));
    elements.extend(owner.map(|owner| {
        let name = owner.name.as_deref().map(|name| text("itunes:name", name));
        let email = email.map(|email| text("itunes:email", email));
        Element::new("itunes:owner").children(name.into_iter().chain(email))
    }));
    elements.extend(podcast.categories.iter().map(category));
    elements.push(text("itunes:explicit", truth(podcast.explicit)));
    elements.extend(podcast.image.as_ref().map(image));
    elements.push(text("itunes:type", podcast.order.as_str()));
    elements.extend(podcast.new_feed_url.as_ref().map(|url| text("itunes:new-feed-url", url.as_str())));
    elements.extend(yes("itunes:block", podcast.is_blocked));
    elements.extend(yes("itunes:complete", podcast.is_complete));
    elements.push(text("podcast:guid", &podcast.guid));
    elements.extend(podcast.locked.map(|locked| {
        let word = if locked { "yes" } else { "no" };
        text("podcast:locked", word).attribute("owner", email)
    }));
    elements.extend(
        podcast.funding.as_ref().map(|(url, says)| text("podcast:funding", says).attribute("url", Some(url))),
    );
    elements.push(text("podcast:medium", &podcast.medium));
    elements.extend(podcast.persons.iter().map(regular));
    elements
}

/// What stands in the item of an episode in which these are heard.
pub fn episode_elements(entry: &Entry, heard: &[Person]) -> Vec<Element> {
    let Some(recording) = entry.enclosures.first() else { return Vec::new() };
    let none = Episode::default();
    let episode = entry.episode.as_deref().unwrap_or(&none);
    let text = |name, text: &str| Element::new(name).text(text);
    let mut elements = Vec::new();
    elements.extend(episode.title.as_deref().map(|title| text("itunes:title", title)));
    let duration = recording.file.duration.map(|duration| duration.as_secs().to_string());
    elements.extend(duration.map(|seconds| text("itunes:duration", &seconds)));
    let cover = entry.cover.as_ref().map(|cover| &cover.file);
    let artwork = cover.filter(|file| is_artwork(&file.media_type, file.size)).map(|file| &file.url);
    elements.extend(episode.image.as_ref().or(artwork).map(image));
    elements.extend(episode.explicit.map(|explicit| text("itunes:explicit", truth(explicit))));
    let number = episode.number.as_deref();
    // Apple takes whole numbers from 1 on, Podcasting 2.0 others too.
    let is_whole = |number: &&str| number.parse::<u32>().is_ok_and(|number| number > 0);
    elements.extend(number.filter(is_whole).map(|number| text("itunes:episode", number)));
    elements.extend(number.filter(|number| !is_whole(number)).map(|number| text("podcast:episode", number)));
    elements.extend(episode.season.map(|season| text("itunes:season", &season.to_string())));
    elements.extend(
        episode
            .season
            .zip(episode.season_name.as_ref())
            .map(|(season, name)| text("podcast:season", &season.to_string()).attribute("name", Some(name))),
    );
    elements.extend(episode.kind.map(|kind| text("itunes:episodeType", kind.as_str())));
    elements.extend(episode.transcripts.iter().map(transcript));
    elements.extend(episode.chapters.as_ref().map(|(url, media_type)| {
        Element::new("podcast:chapters").attribute("url", Some(url)).attribute("type", Some(media_type))
    }));
    // Who is named in an episode stands for all who are named in the show.
    elements.extend(heard.iter().map(|author| person(author, HOST)));
    elements.extend(entry.contributors.iter().filter_map(|who| {
        let role = who.role.as_deref().map_or(Some(HOST), role)?;
        Some(person(&who.person, role))
    }));
    elements
}

fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

fn category(category: &Category) -> Element {
    let named = |name: &str| Element::new("itunes:category").attribute("text", Some(name));
    named(&category.name).children(category.within.as_deref().map(named))
}

fn image(url: &Address) -> Element {
    Element::new("itunes:image").attribute("href", Some(url))
}

/// Whatever its type, a file with times in it can stand under the picture.
fn transcript(transcript: &Transcript) -> Element {
    let is_timed = matches!(transcript.media_type.as_str(), "text/vtt" | "application/x-subrip");
    Element::new("podcast:transcript")
        .attribute("url", Some(&transcript.url))
        .attribute("type", Some(&transcript.media_type))
        .attribute("language", transcript.language.as_ref())
        .attribute("rel", is_timed.then_some("captions"))
}

fn regular(regular: &PodcastPerson) -> Element {
    person(&regular.person, (regular.role, regular.group))
}

fn person(who: &Person, (role, group): (&str, &str)) -> Element {
    Element::new("podcast:person")
        .text(&who.name)
        .attribute("role", Some(role.to_lowercase()))
        .attribute("group", Some(group.to_lowercase()))
        .attribute("href", who.url.as_ref())
        .attribute("img", who.avatar.as_ref())
}
