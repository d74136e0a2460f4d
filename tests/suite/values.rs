//! What feed-rs reads of an article that has everything (`cases/everything-at-once`), value for value.
//! It passes over what it does not know: GeoRSS, `source`, Dublin Core other than authors and dates.

use crate::support::repository;
use chrono::{DateTime, Utc};
use feed_rs::model::{Category, Entry, Feed, Link, MediaContent, MediaObject, Person, PodcastPerson, Text};
use std::fs;

const BELL: &str = "https://post.example/en/soundings/2026/11/bell/";
const FOG: &str = "https://post.example/#tag/fog";
const BELLS: &str = "https://post.example/#tag/%D0%BA%D0%BE%D0%BB%D0%BE%D0%BA%D0%BE%D0%BB%D0%B0";

fn feed(path: &str) -> Feed {
    let bytes = fs::read(repository("tests/cases/everything-at-once/expected").join(path)).unwrap();
    feed_rs::parser::parse(bytes.as_slice()).unwrap()
}

fn entry(path: &str) -> Entry {
    feed(path).entries.remove(0)
}

/// Each part in one line, an absent value as nothing; addresses from the entry's page on.
fn line<const PARTS: usize>(parts: [String; PARTS]) -> String {
    parts.join("|").replace(BELL, "")
}

fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn text(text: &Option<Text>) -> String {
    said(text.as_ref().map(|text| &text.content))
}

fn texts(entry: &Entry) -> [String; 5] {
    let time = |time: Option<DateTime<Utc>>| said(time.map(|time| time.to_rfc3339()));
    let times = [time(entry.published), time(entry.updated)].join(" ");
    [entry.id.clone(), text(&entry.title), text(&entry.summary), times, text(&entry.rights)]
}

fn links(links: &[Link]) -> Vec<String> {
    let told = |link: &Link| {
        let length = said(link.length);
        line([
            said(link.rel.as_ref()),
            link.href.clone(),
            said(link.media_type.as_ref()),
            said(link.href_lang.as_ref()),
            said(link.title.as_ref()),
            length,
        ])
    };
    links.iter().map(told).collect()
}

fn people(people: &[Person]) -> Vec<String> {
    let told =
        |who: &Person| line([said(who.name.as_ref()), said(who.uri.as_ref()), said(who.email.as_ref())]);
    people.iter().map(told).collect()
}

fn categories(categories: &[Category]) -> Vec<String> {
    let told = |category: &Category| {
        line([category.term.clone(), said(category.scheme.as_ref()), said(category.label.as_ref())])
    };
    categories.iter().map(told).collect()
}

/// Title, description, credits, thumbnails; then the files. feed-rs keeps groups apart in no order of its own.
fn media(objects: &[MediaObject]) -> Vec<Vec<String>> {
    let told = |object: &MediaObject| {
        let credits: Vec<_> = object.credits.iter().map(|credit| credit.entity.as_str()).collect();
        let thumbnails: Vec<_> = object.thumbnails.iter().map(|picture| picture.image.uri.as_str()).collect();
        let said_of_all =
            line([text(&object.title), text(&object.description), credits.join(" "), thumbnails.join(" ")]);
        std::iter::once(said_of_all).chain(object.content.iter().map(file)).collect()
    };
    let mut media: Vec<Vec<String>> = objects.iter().map(told).collect();
    media.sort_by_key(|object| std::cmp::Reverse(object.len()));
    media
}

fn file(file: &MediaContent) -> String {
    let seconds = file.duration.map(|duration| duration.as_secs());
    line([
        said(file.url.as_ref()),
        said(file.content_type.as_ref()),
        said(file.size),
        said(file.width),
        said(file.height),
        said(seconds),
    ])
}

#[test]
fn every_format_has_the_texts_and_the_times() {
    let times = "2026-11-18T08:00:00+00:00 2026-11-19T00:00:00+00:00";
    for (path, summary, rights) in [
        ("rss.xml", "<p>It was rung for fog, &amp; there was none.</p>", ""),
        ("en/soundings/rss.xml", "<p>It was rung for fog, &amp; there was none.</p>", ""),
        ("atom.xml", "<p>It was rung for fog, &amp; there was none.</p>", "© Ines Falk & others"),
        ("feed.json", "It was rung for fog, & there was none.", ""),
    ] {
        let id = "tag:post.example,2026-11-18:en/bell";
        assert_eq!(texts(&entry(path)), [id, "The bell & the <fog>", summary, times, rights], "{path}");
    }
}

#[test]
fn content_is_the_same_in_every_format_but_for_the_player_of_a_podcast() {
    let content = |path| entry(path).content.unwrap().body.unwrap().trim().to_owned();
    let json = content("feed.json");
    assert_eq!(content("rss.xml"), json);
    assert_eq!(content("atom.xml"), json);
    let player = json.lines().find(|line| line.starts_with("<figure><audio")).unwrap();
    assert_eq!(content("en/soundings/rss.xml"), json.replace(&format!("{player}\n"), ""));
    for said in [
        "<figcaption>The lamp that nobody switches off.<br><small>Wilma Tarrow, <a href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a></small></figcaption>",
        "<p>Tuba: <a href=\"https://gann.example/\">Bertil Gann</a></p>\n<p>Photos: Wilma Tarrow</p>",
        "<strong>Correction (2026-11-19):</strong> The bell is <em>older</em> than that.",
        "First published by <a href=\"https://gull.example/bell?a=1&amp;b=2\">The Gull</a>",
        "© Ines Falk &amp; others · <a href=\"https://creativecommons.org/licenses/by-sa/4.0/\">CC BY-SA 4.0</a>",
        "<a href=\"https://post.example/lamp/\">The lamp of 1902</a>",
        "hreflang=\"ru\">Колокол и туман</a>",
        "is paid for by <a href=\"https://post.example/donate/\">its readers</a>",
    ] {
        assert_eq!(json.matches(said).count(), 1, "{said}:\n{json}");
    }
}

#[test]
fn links_say_what_they_are() {
    let rss = ["|||||", "|#comments||||", "|https://post.example/talk/bell/rss.xml||||"];
    assert_eq!(links(&entry("rss.xml").links), rss);
    assert_eq!(links(&entry("en/soundings/rss.xml").links), rss);
    assert_eq!(
        links(&entry("atom.xml").links),
        [
            "alternate||text/html|||",
            "related|https://post.example/ru/soundings/2026/11/bell/|text/html|ru|Колокол и туман|",
            "related|https://bells.example/saltholm|text/html|||",
            "related|https://post.example/lamp/|text/html||The lamp of 1902|",
            "canonical|https://post.example/bell|text/html|||",
            "license|https://creativecommons.org/licenses/by-sa/4.0/|text/html||CC BY-SA 4.0|",
            "via|https://gull.example/bell?a=1&b=2|text/html||The Gull|",
            "enclosure|bell.mp3|audio/mpeg||The bell|3384",
            "enclosure|boat.mp4|video/mp4||The boat|1721",
            "enclosure|lamp.jpg|image/jpeg|||162",
            "replies|#comments|text/html|||",
            "replies|https://post.example/talk/bell/rss.xml|application/rss+xml|||",
        ]
    );
    assert_eq!(
        links(&entry("feed.json").links),
        [
            "|||||",
            "|https://bells.example/saltholm||||",
            "|bell.mp3|audio/mpeg||The bell|3384",
            "|boat.mp4|video/mp4||The boat|1721",
            "|lamp.jpg|image/jpeg|||162",
        ]
    );
}

#[test]
fn people_are_known_as_far_as_they_wish() {
    let names = ["Ines Falk||", "Osip Brandt||", "Ann Lee||"];
    assert_eq!(people(&entry("rss.xml").authors), names);
    assert_eq!(people(&entry("en/soundings/rss.xml").authors), names);
    let atom = entry("atom.xml");
    let [ines, ann] =
        ["Ines Falk|https://post.example/people/ines/|", "Ann Lee|https://post.example/people/ann/|"];
    assert_eq!(people(&atom.authors), [&format!("{ines}ines@post.example"), "Osip Brandt||", ann]);
    assert_eq!(people(&atom.contributors), ["Bertil Gann|https://gann.example/|", "Wilma Tarrow||"]);
    assert_eq!(people(&entry("feed.json").authors), [ines, "Osip Brandt||", ann]);
}

#[test]
fn categories_have_their_names_and_schemes() {
    let section = "Soundings|https://post.example/#section/soundings|";
    let rss = [section, &format!("Fog & mist|{FOG}|"), &format!("Колокола|{BELLS}|")];
    assert_eq!(categories(&entry("rss.xml").categories), rss);
    assert_eq!(
        categories(&entry("atom.xml").categories),
        [
            format!("{section}Soundings"),
            format!("Fog & mist|{FOG}|Fog & mist"),
            format!("Колокола|{BELLS}|Колокола"),
        ]
    );
    assert_eq!(categories(&entry("feed.json").categories), ["Soundings||", "Fog ＆ mist||", "Колокола||"]);
}

#[test]
fn media_of_cover_recordings_and_text_are_listed() {
    for path in ["rss.xml", "atom.xml"] {
        let [loose, group] = &media(&entry(path).media)[..] else { panic!("{path}: one group is expected") };
        assert_eq!(loose[0], "Fog, from below|Fog|Wilma Tarrow|lamp.jpg poster.png", "{path}");
        assert_eq!(
            loose[1..],
            [
                "lamp.jpg|image/jpeg|162|1200|900|",
                "bell.mp3|audio/mpeg|3384|||3",
                "boat.mp4|video/mp4|1721|||3",
                "fog.png|image/png|215|640|480|",
            ],
            "{path}"
        );
        assert_eq!(
            group[1..],
            ["dusk.png|image/png|215|640|480|", "dusk.webp|image/webp|30|640|480|"],
            "{path}"
        );
    }
}

#[test]
fn an_episode_is_read_with_its_recording() {
    let episode = entry("en/soundings/rss.xml").media.remove(0);
    assert_eq!(media(std::slice::from_ref(&episode)), [["The bell|||", "bell.mp3|audio/mpeg|3384|||"]]);
    assert_eq!(episode.duration.unwrap().as_secs(), 3);
    assert_eq!((episode.season.unwrap().number, episode.episode.unwrap().number), (1, 2.0));
    let [transcript] = &episode.transcripts[..] else { panic!("one transcript is expected") };
    assert_eq!(transcript.url.as_str(), format!("{BELL}bell.vtt"));
    assert_eq!(
        (transcript.content_type.to_string(), said(transcript.rel.as_ref())),
        ("text/vtt".into(), "captions".into())
    );
    let told =
        |who: &PodcastPerson| line([who.name.clone(), said(who.href.as_ref()), said(who.img.as_ref())]);
    assert_eq!(
        episode.people.iter().map(told).collect::<Vec<_>>(),
        [
            "Ines Falk|https://post.example/people/ines/|https://post.example/media/ines.jpg",
            "Osip Brandt||",
            "Ann Lee|https://post.example/people/ann/|",
        ]
    );
}

#[test]
fn a_show_is_read_with_its_owner_picture_and_categories() {
    let show = feed("en/soundings/rss.xml");
    assert_eq!(text(&show.title), "The Harbour Post — Soundings");
    assert_eq!(text(&show.description), "News from the harbour");
    assert_eq!(text(&show.rights), "© The Harbour Post");
    assert_eq!(show.language.as_deref(), Some("en"));
    assert_eq!(show.logo.unwrap().uri, "https://post.example/media/square.png");
    assert_eq!(people(&show.authors), ["The Harbour Post||"]);
    assert_eq!(people(&show.contributors), ["Ines Falk||podcast@post.example"]);
    assert_eq!(categories(&show.categories), ["News||", "Society & Culture||"]);
    assert_eq!(categories(&show.categories[1].subcategories), ["Documentary||"]);
    assert_eq!(
        links(&show.links),
        [
            "|https://post.example/en/soundings/||||",
            "self|https://post.example/feeds/en/soundings/rss.xml|application/rss+xml|||",
            "payment|https://post.example/donate/|text/html||Support us|",
        ]
    );
}
