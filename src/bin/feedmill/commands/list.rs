//! `feedmill list`: the feeds, the articles that are due, or what pages say of the feeds.

use super::composed;
use crate::cli::{List, Page};
use crate::exit::ExitStatus;
use crate::report::{Report, in_directory};
use crate::site::Site;
use crate::terminal::visible_line;
use chrono::{DateTime, SecondsFormat, Utc};
use feedmill::autodiscovery::{PageKind, Snippet, snippets};
use feedmill::catalog::Card;
use feedmill::press::readable_size;
use feedmill::publication::{Publication, PublishedFeed, PublishedFile};
use feedmill::topic::Topic;
use serde_json::json;
use std::collections::BTreeMap;

pub fn run(flags: &List, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&flags.output);
    let directory = flags.articles.as_ref().and_then(|directory| directory.as_deref());
    let (site, publication) = match composed(&report, directory, &flags.site, now) {
        Ok(found) => found,
        Err(status) => return status,
    };
    if flags.html {
        html(&report, &snippets(&publication.feeds, &site.settings), flags.page);
        return ExitStatus::Success;
    }
    if flags.articles.is_some() {
        publication.catalog.cards.iter().for_each(|card| article(&report, card, &site));
    } else {
        feeds(&report, &publication);
    }
    if let Some(due) = publication.next_due {
        let due = due.to_rfc3339_opts(SecondsFormat::Secs, true);
        report.answer(&format!("next due: {due}"), json!({ "type": "next_due", "time": due }));
    }
    ExitStatus::Success
}

/// What the head of each page says; where there are several pages, each has its name above it.
fn html(report: &Report, snippets: &[Snippet], only: Option<Page>) {
    let kind = only.map(|page| match page {
        Page::Front => PageKind::Front,
        Page::Edition => PageKind::Edition,
        Page::Section => PageKind::Section,
        Page::Author => PageKind::Author,
        Page::Tag => PageKind::Tag,
    });
    let wanted: Vec<_> =
        snippets.iter().filter(|snippet| kind.is_none_or(|kind| snippet.kind == kind)).collect();
    for snippet in &wanted {
        let heading = if wanted.len() > 1 { format!("<!-- {} -->\n", snippet.name) } else { String::new() };
        let event = json!({
            "type": "page",
            "page": snippet.kind.name(),
            "name": snippet.name,
            "edition": snippet.of.edition.as_ref().map(|edition| edition.as_str()),
            "section": snippet.of.section.as_deref(),
            "author": snippet.of.author.as_ref().map(Topic::name),
            "tag": snippet.of.tag.as_ref().map(Topic::name),
            "html": snippet.html,
        });
        report.answer(&format!("{heading}{}", snippet.html.trim_end()), event);
    }
}

fn feeds(report: &Report, publication: &Publication) {
    for feed in &publication.feeds {
        let entries = match (feed.entries, feed.newest) {
            (1, Some(newest)) => format!("1 entry, of {}", newest.format("%Y-%m-%d")),
            (entries, Some(newest)) => {
                format!("{entries} entries, the newest of {}", newest.format("%Y-%m-%d"))
            }
            (_, None) => "no entries".to_owned(),
        };
        let file = |file: &PublishedFile| {
            let also: String =
                file.aliases.iter().map(|alias| format!("\n{:>10}  {alias}", "also")).collect();
            format!("\n{:>10}  {}{also}", readable_size(file.size_bytes), file.address)
        };
        let files: String = feed.formats.iter().map(file).collect();
        let archive = match (feed.documents, feed.archived) {
            (0, _) => String::new(),
            (1, archived) => format!(", {archived} in 1 document of its archive"),
            (documents, archived) => format!(", {archived} in {documents} documents of its archive"),
        };
        report.answer(&format!("{}: {entries}{archive}{files}", visible_line(&feed.title)), as_json(feed));
    }
}

fn as_json(feed: &PublishedFeed) -> serde_json::Value {
    let formats = || feed.formats.iter().map(|file| (file.format.name(), file));
    let aliases = |file: &PublishedFile| file.aliases.iter().map(|alias| alias.as_str().to_owned()).collect();
    let aliases = formats().map(|(name, file)| (name, aliases(file)));
    let aliases = aliases.filter(|(_, aliases): &(_, Vec<String>)| !aliases.is_empty());
    json!({
        "type": "feed",
        "title": feed.title,
        "edition": feed.key.edition.as_ref().map(|edition| edition.as_str()),
        "section": feed.key.section.as_deref(),
        "topic": feed.topic,
        "entries": feed.entries,
        "documents": feed.documents,
        "archived": feed.archived,
        "shortened": feed.shortened,
        "newest": feed.newest.map(|newest| newest.to_rfc3339_opts(SecondsFormat::Secs, true)),
        "addresses": formats().map(|(name, file)| (name, file.address.as_str())).collect::<BTreeMap<_, _>>(),
        "aliases": aliases.collect::<BTreeMap<_, _>>(),
        "bytes": formats().map(|(name, file)| (name, file.size_bytes)).collect::<BTreeMap<_, _>>(),
    })
}

fn article(report: &Report, card: &Card, site: &Site) {
    let path = in_directory(&site.articles, card.path()).display().to_string();
    let edition = card.edition().map(|edition| edition.as_str());
    let text = format!(
        "{}  {:<5} {:<14} {path}  {}",
        card.published.format("%Y-%m-%d %H:%M"),
        edition.unwrap_or("-"),
        card.section().map(|section| &**section).unwrap_or("-"),
        card.permalink()
    );
    let event = json!({
        "type": "article",
        "path": path,
        "id": card.id(),
        "url": card.permalink(),
        "edition": edition,
        "section": card.section().map(|section| &**section),
        "published": card.published.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true),
        "updated": card.updated.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true),
    });
    report.answer(&visible_line(&text), event);
}
