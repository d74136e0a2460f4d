//! An article as an episode: the addresses of what goes with its recording, and what it lacks for those
//! who list podcasts.

use super::enclosures::Enclosures;
use super::links::Links;
use super::located::locate;
use crate::article::{Article, CompanionFile};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::feed::{Episode, Transcript};
use crate::language::Language;
use crate::media_type::MediaType;
use crate::settings::Settings;
use crate::show;

/// The episode that an article is, if it is one.
pub fn episode(
    article: &Article,
    links: &Links<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Box<Episode>> {
    let declared = article.episode.as_deref()?;
    let edition = article.edition.as_ref();
    let mut transcripts = Vec::new();
    for file in &declared.transcripts {
        transcripts.extend(transcript(file, edition, links, diagnostics));
    }
    let chapters = declared.chapters.as_ref().and_then(|file| {
        let url = locate(&file.src, file.named_at, links, diagnostics)?.url;
        // Podcasting 2.0, `podcast:chapters`.
        let of_name = || match MediaType::of_name(url.as_str())?.as_str() {
            "application/json" => Some(MediaType::known("application/json+chapters")),
            _ => MediaType::of_name(url.as_str()),
        };
        let media_type = file.media_type.clone().or_else(of_name);
        Some((url, media_type.unwrap_or(MediaType::known("application/json+chapters"))))
    });
    let image = declared
        .image
        .as_ref()
        .and_then(|file| locate(&file.src, file.named_at, links, diagnostics).map(|located| located.url));
    Some(Box::new(Episode {
        number: declared.number.clone(),
        season: declared.season,
        season_name: declared.season_name.clone(),
        kind: declared.kind,
        title: declared.title.clone(),
        explicit: declared.explicit,
        transcripts,
        chapters,
        image,
    }))
}

/// A transcript needs a type (Podcasting 2.0, `podcast:transcript`).
fn transcript(
    file: &CompanionFile,
    edition: Option<&Language>,
    links: &Links<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Transcript> {
    let url = locate(&file.src, file.named_at, links, diagnostics)?.url;
    let Some(media_type) = file.media_type.clone().or_else(|| MediaType::of_name(url.as_str())) else {
        let message = format!("nothing says what the transcript `{}` is", file.src);
        let fault = Diagnostic::new(Code::UnclearMedia, Location::new(links.path, file.named_at), message);
        diagnostics.push(fault.help("write a map with `src` and `type`, such as `text/vtt`"));
        return None;
    };
    let language = file.language.clone().filter(|language| Some(language) != edition);
    Some(Transcript { url, media_type, language })
}

/// What the article lacks to be an episode of the podcast that its section is.
pub fn faults(
    article: &Article,
    enclosures: &Enclosures,
    episode: Option<&Episode>,
    settings: &Settings,
    links: &Links<'_>,
) -> Vec<Diagnostic> {
    let section = article.section.as_deref().and_then(|name| settings.section(name));
    let Some((section, podcast)) = section.and_then(|section| Some((section, section.podcast.as_ref()?)))
    else {
        return Vec::new();
    };
    let first = enclosures.media.first().zip(enclosures.first);
    let recording = first.map(|(media, (at, is_missing))| show::Recording { media, at, is_missing });
    let mut faults = Vec::new();
    // Of a recording that is named and lost it has been told.
    if recording.is_some() || article.enclosures.is_empty() {
        faults.extend(show::episode_faults(links.path, (&section.name, podcast), recording, episode));
    }
    let image = article.episode.as_ref().and_then(|episode| episode.image.as_ref());
    let path = image.and_then(|image| Some((image, links.path_of(&image.src)?)));
    if let Some((image, path)) = path.filter(|(image, _)| !image.src.contains("://")) {
        faults.extend(show::picture_fault(&path, &image.src, links.newsroom).map(|fault| {
            let location = Location::new(links.path, image.named_at);
            Diagnostic::new(Code::EpisodeRequirement, location, fault.message).help(fault.help)
        }));
    }
    faults
}
