//! What can happen in a newsroom, and how often.

use super::chance::Chance;

/// Something that happens. Numbers name articles; what cannot be done is not done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A new article, in an edition and a section.
    Publish(u8, u8, u8),
    /// A new article in the file of another one, which goes.
    PublishInPlaceOf(u8, u8),
    /// A new article that is not to be seen for so many hours.
    Embargo(u8, u8),
    /// A slip in the text is mended, and nobody need know.
    Edit(u8),
    /// The text is corrected, and its author says so.
    Correct(u8),
    Retitle(u8),
    ChangeSlug(u8),
    /// The author gives an article an id.
    GiveId(u8),
    ChangeDate(u8),
    Rename(u8),
    Move(u8, u8),
    SwapNames(u8, u8),
    /// Two articles become translations of each other.
    Translate(u8, u8),
    /// An editor saves half a file, an empty one, or one that nobody may read.
    Break(u8, u8),
    Mend(u8),
    Expire(u8, u8),
    Withdraw(u8),
    Draft(u8),
    Restore(u8),
    Delete(u8),
    Undelete(u8),
    /// A folder is not mounted: its articles look deleted.
    FolderGone(u8),
    FolderBack(u8),
    /// A folder cannot be listed.
    Unlist(u8),
    Relist,
    Permalinks(u8),
    Domain(u8),
    Limit(u8),
    Content(u8),
    Paths(u8),
    /// Declared changes count, or every change.
    Updates(u8),
    Tags(u8),
    /// No feed has an archive, or every one, or those of a section.
    Archive(u8),
    /// The clock is set, back or forward, by so many hours.
    Clock(i16),
    /// A run, so many minutes after what happened before.
    Run(u16),
    /// A run that was told to accept poorer feeds.
    Accept,
    /// A run, and another one in a copy of all this that has lost the ledger.
    LoseLedger,
}

/// How many articles a newsroom of these tests ever has.
pub const ARTICLES: u8 = 16;
pub const EDITIONS: [&str; 2] = ["en", "ru"];
pub const SECTIONS: [&str; 3] = ["news", "reports", "art"];
pub const PERMALINKS: [&str; 3] =
    ["/{edition}/{section}/{year}/{month}/{slug}/", "/{edition}/{slug}.html", "/{year}/{edition}-{slug}/"];
pub const DOMAINS: [&str; 2] = ["https://post.example/", "https://www.post.example/"];
pub const LIMITS: [usize; 3] = [6, 3, 50];
pub const CONTENTS: [&str; 2] = ["full", "summary"];
pub const ARCHIVES: [&str; 3] = [
    "",
    "archive = true\narchive_entries = 2\n",
    "archive_entries = 3\nwhere = [{ section = \"news\", archive = true }]\n",
];
pub const PATHS: [&str; 3] = [
    "{edition}/{section}/{author}/{tag}/{file}",
    "by/{edition}/{section}/{author}/{tag}/{file}",
    "{section}/{edition}/{author}/{tag}/{file}",
];

type Draw = fn(&mut Chance) -> Event;

/// The events with their weights.
const EVENTS: &[(u32, Draw)] = &[
    (30, |chance| Event::Run([7, 7, 60, 1440][chance.below(4)])),
    (2, |_| Event::Accept),
    (3, |_| Event::LoseLedger),
    (18, |chance| Event::Publish(article(chance), chance.small(2), chance.small(3))),
    (5, |chance| Event::PublishInPlaceOf(article(chance), article(chance))),
    (3, |chance| Event::Embargo(article(chance), [1, 5, 30][chance.below(3)])),
    (4, |chance| Event::Edit(article(chance))),
    (4, |chance| Event::Correct(article(chance))),
    (3, |chance| Event::Retitle(article(chance))),
    (4, |chance| Event::ChangeSlug(article(chance))),
    (2, |chance| Event::GiveId(article(chance))),
    (3, |chance| Event::ChangeDate(article(chance))),
    (6, |chance| Event::Rename(article(chance))),
    (5, |chance| Event::Move(article(chance), chance.small(3))),
    (3, |chance| Event::SwapNames(article(chance), article(chance))),
    (3, |chance| Event::Translate(article(chance), article(chance))),
    (6, |chance| Event::Break(article(chance), chance.small(3))),
    (5, |chance| Event::Mend(article(chance))),
    (2, |chance| Event::Expire(article(chance), [1, 30][chance.below(2)])),
    (4, |chance| Event::Withdraw(article(chance))),
    (2, |chance| Event::Draft(article(chance))),
    (5, |chance| Event::Restore(article(chance))),
    (5, |chance| Event::Delete(article(chance))),
    (4, |chance| Event::Undelete(article(chance))),
    (2, |chance| Event::FolderGone(chance.small(6))),
    (4, |chance| Event::FolderBack(chance.small(6))),
    (2, |chance| Event::Unlist(chance.small(7))),
    (3, |_| Event::Relist),
    (2, |chance| Event::Permalinks(chance.small(3))),
    (1, |chance| Event::Domain(chance.small(2))),
    (2, |chance| Event::Limit(chance.small(3))),
    (1, |chance| Event::Content(chance.small(2))),
    (1, |chance| Event::Paths(chance.small(3))),
    (1, |chance| Event::Updates(chance.small(2))),
    (1, |chance| Event::Tags(chance.small(2))),
    (3, |chance| Event::Archive(chance.small(3))),
    (2, |chance| Event::Clock([-48, -3, 3, 800][chance.below(4)])),
];

fn article(chance: &mut Chance) -> u8 {
    chance.small(ARTICLES)
}

impl Event {
    /// Any event.
    pub fn any(chance: &mut Chance) -> Event {
        let all: u32 = EVENTS.iter().map(|(weight, _)| weight).sum();
        let mut left = u32::try_from(chance.below(all as usize)).unwrap();
        let chosen = EVENTS.iter().find(|(weight, _)| {
            let is_it = left < *weight;
            left = left.saturating_sub(*weight);
            is_it
        });
        chosen.unwrap().1(chance)
    }
}
