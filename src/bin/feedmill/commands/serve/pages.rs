//! The pages of the preview: what the last run came to, a feed with its entries, an entry as subscribers get it.

use super::board::Board;
use super::files::Found;
use super::rehearsal::Rehearsal;
use crate::commands::counted;
use feedmill::encode::{Format, OPML_FILE_NAME};
use feedmill::preview::{Excerpt, Shown, excerpts, with_own_media};
use feedmill::publication::{PublishedFeed, PublishedFile};
use minijinja::Environment;
use minijinja::value::Serde;
use serde_json::{Value, json};
use std::fs;
use std::sync::LazyLock;
use url::form_urlencoded::Serializer;

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    for (name, text) in [
        ("page.html", include_str!("templates/page.html")),
        ("front.html", include_str!("templates/front.html")),
        ("feed.html", include_str!("templates/feed.html")),
        ("entry.html", include_str!("templates/entry.html")),
        ("reader.html", include_str!("templates/reader.html")),
    ] {
        templates.add_template(name, text).expect("the templates are part of the program");
    }
    templates
});

/// Enough to find what was just written.
const NEWEST: usize = 20;

/// The first page.
pub fn front(board: &Board) -> Option<String> {
    let rehearsal = board.rehearsal.as_deref()?;
    let feeds = rehearsal.feeds.iter().map(|feed| feed_object(rehearsal, feed));
    let all = rehearsal.feeds.first();
    let newest = all.map(|feed| entries(rehearsal, feed, NEWEST)).unwrap_or_default();
    let list = format!("{}{OPML_FILE_NAME}", rehearsal.root);
    let has = |path: &&str| rehearsal.find(path).is_some();
    rendered(
        "front.html",
        board,
        json!({
            "title": title(rehearsal),
            "counts": counted(&rehearsal.counts),
            "news": rehearsal.news.as_text(),
            "next_due": rehearsal.next_due.map(|due| due.format("%Y-%m-%d %H:%M UTC").to_string()),
            "feeds": feeds.collect::<Vec<_>>(),
            "newest": newest,
            "list": Some(list.as_str()).filter(has),
            "page": Some(rehearsal.root.as_str()).filter(has),
        }),
    )
}

/// A feed and its entries; `None` where there is none of this name.
pub fn feed(board: &Board, name: &str) -> Option<String> {
    let rehearsal = board.rehearsal.as_deref()?;
    let feed = named(rehearsal, name)?;
    rendered(
        "feed.html",
        board,
        json!({
            "title": feed.title,
            "feed": feed_object(rehearsal, feed),
            "entries": entries(rehearsal, feed, usize::MAX),
        }),
    )
}

/// An entry as it stands in each format of a feed; `None` where it stands in none.
pub fn entry(board: &Board, name: &str, id: &str) -> Option<String> {
    let rehearsal = board.rehearsal.as_deref()?;
    let feed = named(rehearsal, name)?;
    let formats: Vec<Value> =
        feed.formats.iter().filter_map(|file| entry_in(rehearsal, feed, file, id)).collect();
    let others = rehearsal.feeds.iter().filter(|other| other.ids.contains(id));
    let others = others.map(|other| {
        json!({
            "name": other.key.name(),
            "title": other.title,
            "href": link("entry", &[("feed", &other.key.name()), ("id", id)]),
            "is_this": std::ptr::eq(other, feed),
        })
    });
    let title = formats.first()?["shown"]["title"].clone();
    rendered(
        "entry.html",
        board,
        json!({
            "title": title,
            "id": id,
            "feed": feed_object(rehearsal, feed),
            "formats": formats,
            "others": others.collect::<Vec<_>>(),
        }),
    )
}

/// A page with what all pages show of the last run.
fn rendered(name: &str, board: &Board, mut values: Value) -> Option<String> {
    values["board"] = json!({
        "number": board.number.to_string(),
        "when": board.when.format("%H:%M:%S %Z").to_string(),
        "seconds": format!("{:.2}", board.took.as_secs_f64()),
        "outcome": board.outcome,
        "is_fresh": board.is_fresh,
        "failure": board.failure.as_ref().map(|failure| json!({ "message": failure.message, "help": failure.help })),
        "faults": board.faults,
        "errors": board.errors,
        "warnings": board.warnings,
        "unshown": (board.errors + board.warnings).saturating_sub(board.faults.len()),
    });
    Some(filled(name, values))
}

fn filled(name: &str, values: Value) -> String {
    let page = TEMPLATES.get_template(name).and_then(|page| page.render(Serde(values)));
    page.expect("every template is filled by a test")
}

fn named<'r>(rehearsal: &'r Rehearsal, name: &str) -> Option<&'r PublishedFeed> {
    rehearsal.feeds.iter().find(|feed| feed.key.name() == name)
}

/// The name of the publication.
fn title(rehearsal: &Rehearsal) -> &str {
    rehearsal.feeds.first().map_or("", |feed| feed.title.as_str())
}

fn feed_object(rehearsal: &Rehearsal, feed: &PublishedFeed) -> Value {
    let files = feed.formats.iter().map(|file| {
        json!({
            "format": label(file.format),
            "href": file.address.path(),
            "address": file.address.as_str(),
            "has_changed": rehearsal.changed.contains(&rehearsal.path_of(file)),
        })
    });
    json!({
        "name": feed.key.name(),
        "title": feed.title,
        "language": feed.key.edition.as_ref().map(|edition| edition.as_str()),
        "entries": feed.entries,
        "newest": feed.newest.map(|newest| newest.format("%Y-%m-%d").to_string()),
        "href": link("feed", &[("feed", &feed.key.name())]),
        "files": files.collect::<Vec<_>>(),
        "has_changed": rehearsal.has_changed(feed),
    })
}

/// The entries of a feed in whichever of its formats can be read, JSON first: its dates are easy to read.
fn entries(rehearsal: &Rehearsal, feed: &PublishedFeed, most: usize) -> Vec<Value> {
    let texts = feed.formats.iter().rev().filter_map(|file| Some((file.format, text(rehearsal, file)?)));
    for (format, text) in texts {
        let Ok(found) = excerpts(format, &text) else { continue };
        let object = |excerpt: Excerpt<'_>| {
            let Shown { id, title, published, authors, .. } = excerpt.shown;
            let href = link("entry", &[("feed", &feed.key.name()), ("id", &id)]);
            json!({ "title": title, "published": published, "authors": authors, "href": href })
        };
        return found.into_iter().take(most).map(object).collect();
    }
    Vec::new()
}

fn entry_in(rehearsal: &Rehearsal, feed: &PublishedFeed, file: &PublishedFile, id: &str) -> Option<Value> {
    let text = text(rehearsal, file)?;
    let found = excerpts(file.format, &text).ok()?.into_iter().find(|excerpt| excerpt.shown.id == id)?;
    let own = |address: &str| {
        let path = address.strip_prefix(&rehearsal.origin).filter(|path| path.starts_with('/'))?;
        let is_there = rehearsal.find(path.split(['?', '#']).next().unwrap_or_default()).is_some();
        is_there.then(|| path.to_owned())
    };
    let Shown { content, summary, picture, .. } = &found.shown;
    let html = |html: &Option<String>| html.as_ref().map(|html| with_own_media(html, &own));
    let reader = json!({
        "language": feed.key.edition.as_ref().map(|edition| edition.as_str()),
        "summary": html(summary),
        "content": html(content),
    });
    let picture = picture.as_ref().map(|picture| own(picture).unwrap_or_else(|| picture.clone()));
    Some(json!({
        "name": label(file.format),
        "href": file.address.path(),
        "address": file.address.as_str(),
        "shown": found.shown,
        "picture": picture,
        "source": found.source,
        "reader": filled("reader.html", reader),
    }))
}

fn text(rehearsal: &Rehearsal, file: &PublishedFile) -> Option<String> {
    match rehearsal.find(file.address.path())? {
        Found::Output(path, _) => fs::read_to_string(path).ok(),
        Found::Media(..) | Found::Directory => None,
    }
}

fn label(format: Format) -> &'static str {
    match format {
        Format::Rss => "RSS",
        Format::Atom => "Atom",
        Format::Json => "JSON",
    }
}

fn link(page: &str, query: &[(&str, &str)]) -> String {
    format!("{page}?{}", Serializer::new(String::new()).extend_pairs(query).finish())
}
