//! A run as subscribers see it: which entries are new to them, changed or withdrawn, and in which feeds.

use super::summary::Tally;
use crate::commands::number;
use crate::report::Report;
use feedmill::publication::{Headline, News, Publication, PublishedFeed};
use serde_json::{Value, json};
use std::collections::HashMap;

/// What may become of an entry.
struct Change {
    mark: char,
    word: &'static str,
    of: fn(&News) -> &Vec<Headline>,
    /// Does it happen with every new article, so that only its number tells something?
    is_usual: bool,
}

const CHANGES: &[Change] = &[
    Change { mark: '+', word: "new", of: |news| &news.new, is_usual: false },
    Change { mark: '~', word: "updated", of: |news| &news.updated, is_usual: false },
    Change { mark: '=', word: "edited", of: |news| &news.edited, is_usual: false },
    Change { mark: '-', word: "withdrawn", of: |news| &news.withdrawn, is_usual: false },
    Change { mark: '!', word: "ids changed", of: |news| &news.ids_changed, is_usual: false },
    Change { mark: '<', word: "gone", of: |news| &news.gone, is_usual: true },
];

/// How much is named before the rest is only counted.
#[derive(Clone, Copy)]
struct Most {
    titles: usize,
    feeds: usize,
}

/// What an editor reads at a glance; `-v` has all of it.
const AT_A_GLANCE: Most = Most { titles: 10, feeds: 6 };

const ALL: Most = Most { titles: usize::MAX, feeds: usize::MAX };

/// Tells what a run is to subscribers, or would be.
pub fn tell(report: &Report, publication: &Publication, dry_run: bool) {
    let feeds = publication.feeds.iter().zip(&publication.news);
    let heard: Vec<_> = feeds.filter(|(_, news)| news.is_frozen || !news.is_none()).collect();
    heard.iter().for_each(|(feed, news)| report.object(&event(feed, news)));
    if heard.is_empty() && !dry_run {
        return;
    }
    let most = if report.is_verbose() { ALL } else { AT_A_GLANCE };
    // What a dry run would do is what it was asked for.
    let line = |line: &str| if dry_run { report.answer_line(line) } else { report.detail_line(line) };
    let names: Vec<String> = publication.feeds.iter().map(|feed| feed.key.name()).collect();
    entries(&names, &publication.news, most).iter().for_each(|text| line(text));
    counts(&names, &publication.news, most).iter().for_each(|text| line(text));
    let verb = if dry_run { "would see" } else { "see" };
    line(&format!("subscribers {verb} {}", Tally::of(&publication.news).as_text()));
}

fn event(feed: &PublishedFeed, news: &News) -> Value {
    let list = |entries: &[Headline]| -> Vec<Value> {
        entries.iter().map(|entry| json!({ "id": entry.id, "title": entry.title })).collect()
    };
    json!({
        "type": "feed",
        "path": feed.key.name(),
        "title": feed.title,
        "new": list(&news.new),
        "updated": list(&news.updated),
        "edited": list(&news.edited),
        "withdrawn": list(&news.withdrawn),
        "gone": list(&news.gone),
        "ids_changed": list(&news.ids_changed),
        "kept": news.is_frozen,
    })
}

/// A line for each entry, with the feeds that it is about. Of a feed that stays as it was nobody hears anything.
fn entries(names: &[String], news: &[News], most: Most) -> Vec<String> {
    let mut lines = Vec::new();
    for change in CHANGES.iter().filter(|change| !change.is_usual || most.titles == usize::MAX) {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut entries: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, news) in names.iter().zip(news).filter(|(_, news)| !news.is_frozen) {
            for entry in (change.of)(news) {
                let place = *places.entry(&entry.id).or_insert(entries.len());
                if place == entries.len() {
                    let title = if entry.title.is_empty() { &entry.id } else { &entry.title };
                    entries.push((title, Vec::new()));
                }
                entries[place].1.push(name);
            }
        }
        for (title, feeds) in entries.iter().take(most.titles) {
            lines.push(format!("{} {title} ({})", change.mark, listed(feeds, most.feeds)));
        }
        if entries.len() > most.titles {
            let more = entries.len() - most.titles;
            lines.push(format!("{} and {more} more {}; `-v` has all", change.mark, change.word));
        }
    }
    lines
}

/// A line for the feeds of which the same can be said in numbers.
fn counts(names: &[String], news: &[News], most: Most) -> Vec<String> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    let mut quiet = 0;
    for (name, news) in names.iter().zip(news) {
        if news.is_none() && !news.is_frozen {
            quiet += 1;
            continue;
        }
        let said = said(news);
        let place = *places.entry(said.clone()).or_insert(groups.len());
        if place == groups.len() {
            groups.push((said, Vec::new()));
        }
        groups[place].1.push(name);
    }
    let mut lines: Vec<String> =
        groups.iter().map(|(said, feeds)| format!("{}: {said}", listed(feeds, most.feeds))).collect();
    match quiet {
        0 => {}
        1 => lines.push("1 feed has the same entries as before".to_owned()),
        _ => lines.push(format!("{quiet} feeds have the same entries as before")),
    }
    lines
}

fn said(news: &News) -> String {
    if news.is_frozen {
        return "stays as it was".to_owned();
    }
    let count = |change: &Change| match (change.of)(news).len() {
        0 => None,
        count => Some(format!("{count} {}", change.word)),
    };
    CHANGES.iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

fn listed(names: &[&str], most: usize) -> String {
    let shown = names[..names.len().min(most)].join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {}", number(more, "more feed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headlines(numbers: std::ops::Range<usize>) -> Vec<Headline> {
        numbers
            .map(|number| Headline { id: format!("tag:{number}"), title: format!("Title {number}") })
            .collect()
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("feed-{number}")).collect()
    }

    #[test]
    fn an_article_is_named_once_with_its_feeds() {
        let one = News { new: headlines(0..1), gone: headlines(7..8), ..News::default() };
        let other = News { new: headlines(0..2), ..News::default() };
        let news = [one.clone(), other, News::default(), one, News::default()];
        let lines = ["+ Title 0 (feed-0, feed-1, feed-3)", "+ Title 1 (feed-1)"];
        assert_eq!(entries(&names(5), &news, AT_A_GLANCE), lines);
        let all = entries(&names(5), &news, ALL);
        assert_eq!(all.last().unwrap(), "< Title 7 (feed-0, feed-3)");
        assert_eq!(
            counts(&names(5), &news, AT_A_GLANCE),
            ["feed-0, feed-3: 1 new, 1 gone", "feed-1: 2 new", "2 feeds have the same entries as before"]
        );
    }

    #[test]
    fn a_first_build_fits_on_a_screen() {
        let news = vec![News { new: headlines(0..57), ..News::default() }; 24];
        let lines = entries(&names(24), &news, AT_A_GLANCE);
        assert_eq!(lines.len(), 11);
        assert_eq!(lines[0], "+ Title 0 (feed-0, feed-1, feed-2, feed-3, feed-4, feed-5 and 18 more feeds)");
        assert_eq!(lines[10], "+ and 47 more new; `-v` has all");
        assert_eq!(entries(&names(24), &news, ALL).len(), 57);
        assert_eq!(
            counts(&names(24), &news, AT_A_GLANCE),
            ["feed-0, feed-1, feed-2, feed-3, feed-4, feed-5 and 18 more feeds: 57 new"]
        );
    }

    #[test]
    fn of_a_feed_that_stays_nothing_is_heard() {
        let news = [News { gone: headlines(0..3), is_frozen: true, ..News::default() }];
        assert_eq!(entries(&names(1), &news, ALL), [""; 0]);
        assert_eq!(counts(&names(1), &news, ALL), ["feed-0: stays as it was"]);
    }
}
