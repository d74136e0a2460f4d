//! What Apple Podcasts asks of a show and of its episodes, for other directories ask no more
//! ("Podcast RSS feed requirements" and "A podcaster's guide to RSS").

use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::encode::Format;
use crate::feed::{Episode, EpisodeKind, Media, Order};
use crate::language::Language;
use crate::measure;
use crate::media_type::MediaType;
use crate::newsroom::Newsroom;
use crate::podcast::SIDES;
use crate::settings::{LocalText, Podcast, SectionSettings, Settings, ShowImage};

/// The types of enclosures, and the endings by which Apple knows them ("enclosure").
const TYPES: &[(&str, &[&str])] = &[
    ("audio/x-m4a", &["m4a"]),
    ("audio/mpeg", &["mp3"]),
    ("video/quicktime", &["mov"]),
    ("video/mp4", &["mp4"]),
    ("video/x-m4v", &["m4v"]),
    ("application/pdf", &["pdf"]),
];

/// The length of a description ("description").
const MOST_BYTES: usize = 4000;

/// What the shows of the settings lack, on a site that has editions or not.
#[must_use]
pub fn show_faults(newsroom: &dyn Newsroom, settings: &Settings, editions: &[Language]) -> Vec<Diagnostic> {
    let mut faults = Faults { path: &settings.source, code: Code::PodcastRequirement, found: Vec::new() };
    let has_language = !editions.is_empty();
    for section in &settings.sections {
        if let Some(podcast) = &section.podcast {
            show(section, podcast, newsroom, settings, has_language, &mut faults);
        }
    }
    faults.found
}

struct Faults<'a> {
    path: &'a str,
    code: Code,
    found: Vec<Diagnostic>,
}

impl Faults<'_> {
    fn tell(&mut self, at: Position, message: String, help: impl Into<String>) {
        self.found.push(Diagnostic::new(self.code, Location::new(self.path, at), message).help(help));
    }
}

fn show(
    section: &SectionSettings,
    podcast: &Podcast,
    newsroom: &dyn Newsroom,
    settings: &Settings,
    has_language: bool,
    faults: &mut Faults<'_>,
) {
    let name = &section.name;
    let lacks = |what: &str, element: &str| {
        format!("the podcast `{name}` has no {what}, which Apple Podcasts requires (`{element}`)")
    };
    if !settings.feeds.formats.contains(&Format::Rss) {
        let message = format!("the podcast `{name}` is not published: a podcast is RSS");
        faults.tell(podcast.at, message, "add `rss` to `feeds.formats`");
    }
    if !settings.feeds.by.iter().any(|row| row.section && !row.author && !row.tag) {
        let message = format!("the podcast `{name}` is not published: there are no feeds of sections");
        faults.tell(podcast.at, message, "add `section` or `edition+section` to `feeds.by`");
    }
    match podcast.image.as_ref() {
        Some(image) => picture(image, newsroom, faults),
        None => {
            let help = "add `image = \"/media/show.jpg\"`, a square JPEG or PNG of 1400 to 3000 pixels";
            faults.tell(podcast.at, lacks("picture", "itunes:image"), help);
        }
    }
    if podcast.categories.is_empty() {
        let help = "add `categories = [\"News\"]`, or one with a subcategory: `\"News > Politics\"`";
        faults.tell(podcast.at, lacks("category", "itunes:category"), help);
    }
    if podcast.description.is_none() && settings.site.description.is_none() {
        faults.tell(podcast.at, lacks("description", "description"), "add `description`, at most 4000 bytes");
    }
    let longest = podcast.description.iter().flat_map(LocalText::all).map(str::len).max();
    if longest.is_some_and(|length| length > MOST_BYTES) {
        let message = format!(
            "the description of the podcast `{name}` has more than {MOST_BYTES} bytes (`description`)"
        );
        faults.tell(podcast.at, message, "shorten it: Apple Podcasts takes no more");
    }
    if !has_language {
        faults.tell(podcast.at, lacks("language", "language"), "name the edition: `[editions.en]`");
    }
    unknown_categories(podcast, faults);
}

fn unknown_categories(podcast: &Podcast, faults: &mut Faults<'_>) {
    for (unknown, at) in &podcast.unknown {
        let message = format!("`{}` is no category of Apple Podcasts (`itunes:category`)", unknown.written);
        let help = match &unknown.nearest {
            Some(near) => format!("did you mean `{near}`?"),
            None => "take one of the list in docs/podcasts.md".to_owned(),
        };
        faults.tell(*at, message, help);
    }
}

/// A picture that is served from elsewhere cannot be looked at.
fn picture(image: &ShowImage, newsroom: &dyn Newsroom, faults: &mut Faults<'_>) {
    if image.src.contains("://") {
        return;
    }
    let path = image.src.trim_start_matches(['.', '/']).split(['?', '#']).next().unwrap_or_default();
    if let Some(fault) = picture_fault(path, &image.src, newsroom) {
        faults.tell(image.at, fault.message, fault.help);
    }
}

/// What is wrong with a picture.
pub struct PictureFault {
    /// What was found and what is required.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// What is wrong with the picture of a show or an episode. `None` also where it does not lie among the
/// articles: then the site has it from elsewhere.
#[must_use]
pub fn picture_fault(path: &str, src: &str, newsroom: &dyn Newsroom) -> Option<PictureFault> {
    let fault = |found: String, help| {
        let message = format!(
            "`{src}` {found}: Apple Podcasts requires a square JPEG or PNG of 1400 to 3000 pixels (`itunes:image`)"
        );
        Some(PictureFault { message, help })
    };
    let measured = measure::picture(&mut newsroom.open(path).ok()?).ok()?;
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_named_so = match measured.media_type.as_ref().map(MediaType::as_str) {
        Some("image/jpeg") => matches!(ending.as_str(), "jpg" | "jpeg"),
        Some("image/png") => ending == "png",
        _ => return fault("is neither JPEG nor PNG".to_owned(), "save it as JPEG or PNG"),
    };
    if !is_named_so {
        return fault(
            "has not the ending of what it is".to_owned(),
            "name it `.jpg` or `.png`, whichever it is",
        );
    }
    let Some((width, height)) = measured.size else {
        return fault(
            "has no size that can be read".to_owned(),
            "it may have been cut short: export it anew",
        );
    };
    let is_right = width == height && SIDES.contains(&width);
    if is_right {
        None
    } else {
        fault(format!("is {width} × {height} pixels large"), "draw it again at 3000 × 3000")
    }
}

/// What an episode is listened to by.
#[derive(Clone, Copy)]
pub struct Recording<'a> {
    /// The file.
    pub media: &'a Media,
    /// Where front matter names it.
    pub at: Position,
    /// Has it been told that the file is not there? Then nobody need be told that its length is unknown.
    pub is_missing: bool,
}

/// What an article of a show lacks to be an episode of it.
#[must_use]
pub fn episode_faults(
    path: &str,
    (section, podcast): (&str, &Podcast),
    recording: Option<Recording<'_>>,
    episode: Option<&Episode>,
) -> Vec<Diagnostic> {
    let mut faults = Faults { path, code: Code::EpisodeRequirement, found: Vec::new() };
    let Some(Recording { media, at, is_missing }) = recording else {
        let message =
            format!("the article is in the podcast `{section}`, but has no recording (`enclosure`)");
        let help = "name it with `audio`; podcast programs pass over an episode without a recording";
        faults.tell(Position::START, message, help);
        return faults.found;
    };
    let (url, media_type) = (&media.file.url, media.file.media_type.as_str());
    match TYPES.iter().find(|(known, _)| *known == media_type) {
        None => {
            let message = format!("Apple Podcasts plays nothing of the type `{media_type}` (`enclosure`)");
            faults.tell(at, message, "save the recording as MP3 or M4A");
        }
        Some((_, endings)) if !endings.contains(&ending(url).as_str()) => {
            let message = format!("`{url}` does not end in `.{}` (`enclosure`)", endings[0]);
            faults.tell(at, message, "give it that ending: Apple Podcasts goes by it");
        }
        Some(_) => {}
    }
    if media.file.length_bytes.is_none() && !is_missing {
        let message = format!("nothing says how long `{url}` is (`enclosure`, `length`)");
        faults.tell(at, message, "add the `length` in bytes to what front matter says of the recording");
    }
    let is_numbered = episode.is_some_and(|episode| episode.number.is_some());
    let is_beside = episode
        .is_some_and(|episode| matches!(episode.kind, Some(EpisodeKind::Trailer | EpisodeKind::Bonus)));
    if podcast.order == Order::Serial && !is_numbered && !is_beside {
        let message =
            format!("an episode of the serial podcast `{section}` without a number (`itunes:episode`)");
        faults.tell(Position::START, message, "add `episode: 1`, or whichever it is");
    }
    faults.found
}

fn ending(url: &Address) -> String {
    let file = url.path().rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}
