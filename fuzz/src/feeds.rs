//! What holds for the feeds whatever an article is made of: a sound article beside it is published, every
//! file can be read, the three formats tell the same, and the content is safe.

use super::feed_file::{FeedFile, read};
use super::{ENDINGS, html, read_settings};
use chrono::{DateTime, Utc};
use feedmill::diagnostic::Severity;
use feedmill::index::Index;
use feedmill::ledger::Ledger;
use feedmill::newsroom::MemoryNewsroom;
use feedmill::publication::{Publication, check, compose};
use feedmill::settings::Settings;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    read_settings(
        "[site]\nurl = 'https://post.example/'\ntimezone = 'Europe/Riga'\n\
         [editions.en]\n[editions.ar]\n[sections.news]\n\
         [feeds]\nby = ['all', 'edition', 'tag']\n",
    )
});

const SOUND: &str = "---\ntitle: The ferry\npublished: 2026-11-20T08:00:00Z\n---\nIt is *late*.\n";
const SOUND_ID: &str = "tag:post.example,2026-11-20:en/sound";

/// Publishes these bytes, once under each ending.
pub fn hold(bytes: &[u8]) {
    // Each in an edition of its own: what has the same id as another is not shown.
    let any = ["en", "ar", "ru", "de"].into_iter().zip(ENDINGS);
    let any = any.map(|(edition, ending)| (format!("{edition}/news/any.{ending}"), bytes));
    let sound = ("en/news/sound.md".to_owned(), SOUND.as_bytes());
    let newsroom = MemoryNewsroom::of(any.chain([sound]));
    let now: DateTime<Utc> = "2026-11-22T12:00:00Z".parse().expect("a time");

    let publication = compose(&newsroom, &SETTINGS, &Ledger::default(), &Index::default(), now)
        .expect("the sound article is due");
    let again = compose(&newsroom, &SETTINGS, &Ledger::default(), &Index::default(), now)
        .expect("the sound article is due");
    assert_eq!(publication.files, again.files, "the same articles, other feeds");
    assert_eq!(publication.diagnostics, again.diagnostics, "the same articles, other faults");
    let checked = check(&newsroom, &SETTINGS, &Ledger::default(), &Index::default(), now);
    assert_eq!(
        (publication.counts, &publication.diagnostics),
        (checked.0, &checked.1),
        "`check` tells another story"
    );

    assert_eq!(publication.counts.total(), ENDINGS.len() + 1);
    let has_error = publication.diagnostics.iter().any(|found| found.severity() == Severity::Error);
    assert!(has_error || publication.counts.faulty == 0, "left out without a word: {publication:#?}");
    feeds_agree(&publication);
}

/// In each directory there is the same feed in three formats.
fn feeds_agree(publication: &Publication) {
    let mut feeds: BTreeMap<&str, Vec<FeedFile>> = BTreeMap::new();
    for file in &publication.files {
        let told = read(&file.path, &file.bytes);
        told.html.iter().for_each(|content| html::is_safe(content));
        if !file.path.ends_with(".opml") && !file.is_page() {
            feeds
                .entry(file.path.rsplit_once('/').map_or("", |(directory, _)| directory))
                .or_default()
                .push(told);
        }
    }
    for (directory, files) in &feeds {
        let [first, others @ ..] = files.as_slice() else { unreachable!("a directory has files") };
        assert_eq!(files.len(), 3, "{directory:?}: three formats");
        for other in others {
            assert_eq!(other.ids, first.ids, "{directory:?}: the formats tell of different entries");
        }
        let has_sound = first.ids.iter().any(|id| id == SOUND_ID);
        assert!(has_sound || !matches!(*directory, "" | "en"), "{directory:?}: the sound article is missing");
    }
}
