//! What subscribers saw, and what they must never see.

use super::archive::{Paper, Papers};
use super::desk::{Desk, Due};
use super::event::{EDITIONS, SECTIONS};
use super::piece::Piece;
use super::shown::{Shown, View};
use chrono::{DateTime, TimeDelta, Utc};
use feedmill::archive::is_document;
use feedmill::diagnostic::Code;
use feedmill::publication::Publication;
use std::collections::{BTreeMap, BTreeSet};

macro_rules! promise {
    ($holds:expr, $($broken:tt)*) => {
        if !$holds {
            return Err(format!($($broken)*));
        }
    };
}
pub(super) use promise;

/// What a subscriber remembers of an entry.
#[derive(Clone, Debug)]
struct Known {
    number: u8,
    published: DateTime<Utc>,
    updated: DateTime<Utc>,
    /// When it was gone from all feeds by its author's will, or with its file.
    withdrawn: Option<DateTime<Utc>>,
    /// What its tombstone says.
    told: Option<DateTime<Utc>>,
    /// Newer ones pushed it out while nobody could know whether it is gone: its file may be a broken one.
    is_unclear: bool,
}

/// Somebody who reads all feeds after every run, and forgets nothing.
#[derive(Default)]
pub struct Subscriber {
    entries: BTreeMap<String, Known>,
    /// The id of each true article.
    ids: BTreeMap<u8, String>,
    /// By the directory of their files.
    feeds: BTreeMap<String, View>,
    /// The ids of the entries that feeds ever held, by the ids of the feeds.
    carried: BTreeMap<String, BTreeSet<String>>,
    /// What the feeds' files hold.
    files: BTreeMap<String, Vec<u8>>,
    papers: Papers,
    /// The ids of the feeds that had an archive in the run before.
    archived: BTreeSet<String>,
}

/// The numbers of the articles that a run shows.
pub struct Met {
    /// In feeds, and in documents that are published.
    pub shown: BTreeSet<u8>,
    /// In documents that lie there, whether they are published or not.
    pub archived: BTreeSet<u8>,
}

/// What feeds and documents show, by the ids.
#[derive(Default)]
struct Visible {
    all: BTreeMap<String, Shown>,
    /// Of those that do not stay as they are whatever changed.
    fresh: BTreeMap<String, Shown>,
    /// The documents of archived feeds, by the directories of these.
    papers: BTreeMap<String, Vec<Paper>>,
    /// What stood in these documents before.
    stood: BTreeMap<String, Vec<Shown>>,
}

impl Visible {
    fn add(&mut self, entry: &Shown, is_fresh: bool) -> Result<(), String> {
        self.all.entry(entry.id.clone()).or_insert_with(|| entry.clone());
        if is_fresh {
            let other = self.fresh.entry(entry.id.clone()).or_insert_with(|| entry.clone());
            promise!(other == entry, "two feeds, two entries: {other:?}, {entry:?}");
        }
        Ok(())
    }

    fn papers(&self, place: &str) -> &[Paper] {
        self.papers.get(place).map_or(&[], Vec::as_slice)
    }
}

/// A run, for those who look at what came of it.
pub struct Look<'a> {
    pub desk: &'a Desk,
    pub publication: &'a Publication,
    pub output: &'a BTreeMap<String, Vec<u8>>,
    /// The documents that stay as they are, because something in them cannot be read.
    pub stale: &'a BTreeSet<String>,
    pub accepts: bool,
}

impl Subscriber {
    /// Reads all feeds. The error says which promise was broken.
    pub fn look(&mut self, look: &Look<'_>) -> Result<Met, String> {
        let before = std::mem::take(&mut self.feeds);
        let live = self.read(look, &before)?;
        for news in &look.publication.news {
            promise!(
                news.ids_changed.is_empty(),
                "the run itself says that ids changed: {:?}",
                news.ids_changed
            );
        }
        let visible = self.visible(&live, look)?;
        let fresh: Vec<&String> = live.iter().filter(|place| !look.is_kept(place)).collect();
        for place in &fresh {
            let told = |broken| format!("{broken}, in `{place}`");
            let papers = visible.papers(place).iter().filter(|paper| !paper.is_stale);
            for view in papers.map(|paper| &paper.view).chain([&self.feeds[*place].clone()]) {
                view.entries.iter().try_for_each(|entry| self.meet(entry, look)).map_err(told)?;
            }
        }
        self.notice_withdrawals(&before, &visible, look);
        for place in fresh {
            let view = self.feeds[place].clone();
            let known = before.get(place);
            let papers = visible.papers(place);
            let checked = self
                .check_losses(place, known, &view, papers, look)
                .and_then(|()| self.check_presence(place, &view, papers, look))
                .and_then(|()| self.check_archive_losses(place, &view, &visible, look))
                .and_then(|()| self.check_tombstones(&view, papers, &visible, look))
                .and_then(|()| self.check_time(known, &view, &visible));
            checked.map_err(|broken| format!("{broken}, in `{place}`"))?;
            let carried = self.carried.entry(view.id.clone()).or_default();
            let archived = papers.iter().flat_map(|paper| &paper.view.entries);
            carried.extend(view.entries.iter().chain(archived).map(|entry| entry.id.clone()));
        }
        let archived = live.iter().filter(|place| look.is_archived(place));
        self.archived = archived.map(|place| self.feeds[place].id.clone()).collect();
        let on_disk = self.papers.on_disk();
        Ok(Met {
            shown: visible.all.values().filter_map(Shown::number).collect(),
            archived: on_disk.values().flatten().filter_map(Shown::number).collect(),
        })
    }

    /// What the feeds in these directories show, and the documents that they lead to.
    fn visible(&mut self, live: &BTreeSet<String>, look: &Look<'_>) -> Result<Visible, String> {
        let mut visible = Visible { stood: self.papers.on_disk(), ..Visible::default() };
        for place in live {
            let (view, is_kept) = (&self.feeds[place], look.is_kept(place));
            view.entries.iter().try_for_each(|entry| visible.add(entry, !is_kept))?;
            if !look.is_archived(place) {
                promise!(is_kept || view.previous.is_none(), "`{place}` leads to an archive");
                continue;
            }
            if is_kept {
                let stood = visible.stood.get(&view.id).cloned().unwrap_or_default();
                stood.iter().try_for_each(|entry| visible.add(entry, false))?;
                continue;
            }
            let papers = self.papers.walk(place, view, look);
            let papers = papers.map_err(|broken| format!("{broken}, in the archive of `{place}`"))?;
            for paper in &papers {
                paper.view.entries.iter().try_for_each(|entry| visible.add(entry, !paper.is_stale))?;
            }
            visible.papers.insert(place.clone(), papers);
        }
        Ok(visible)
    }

    /// Reads what changed. Returns the directories of the feeds that the run made.
    fn read(&mut self, look: &Look<'_>, before: &BTreeMap<String, View>) -> Result<BTreeSet<String>, String> {
        let mut copies: BTreeMap<String, &Vec<u8>> = BTreeMap::new();
        let mut live = BTreeSet::new();
        let planned: BTreeSet<&str> = look.publication.feeds.iter().map(|feed| feed.id.as_str()).collect();
        for (path, atom) in look.output.iter().filter(|(path, _)| is_feed(path)) {
            let place = path.trim_end_matches("atom.xml");
            let file =
                |name: &str| look.output.get(&format!("{place}{name}")).ok_or(format!("no `{place}{name}`"));
            let (rss, json) = (file("rss.xml")?, file("feed.json")?);
            let is_same =
                |name: &str, bytes: &Vec<u8>| self.files.get(&format!("{place}{name}")) == Some(bytes);
            let is_old = is_same("atom.xml", atom) && is_same("rss.xml", rss) && is_same("feed.json", json);
            let view = match before.get(place).filter(|_| is_old) {
                Some(view) => view.clone(),
                None => View::of(atom, rss, json).map_err(|fault| format!("`{place}`: {fault}"))?,
            };
            if let Some(known) = before.get(place) {
                promise!(
                    known.id == view.id,
                    "the feed at `{place}` was `{}` and is `{}`",
                    known.id,
                    view.id
                );
            }
            if planned.contains(view.id.as_str()) {
                live.insert(place.to_owned());
                let copy = copies.entry(view.id.clone()).or_insert(atom);
                promise!(**copy == *atom, "the feed at `{place}` is not what it is at its other place");
            }
            self.feeds.insert(place.to_owned(), view);
        }
        self.files = look.output.clone();
        Ok(live)
    }

    /// Sees an entry in a feed.
    fn meet(&mut self, entry: &Shown, look: &Look<'_>) -> Result<(), String> {
        let id = &entry.id;
        let number = entry.number().filter(|number| look.desk.pieces.contains_key(number));
        let number = number.ok_or(format!("nobody wrote {entry:?}"))?;
        let piece = &look.desk.pieces[&number];
        let known_id = self.ids.entry(number).or_insert_with(|| id.clone());
        promise!(known_id == id, "article {number} was `{known_id}` and is `{id}`");
        let first = Known {
            number,
            published: piece.published,
            updated: piece.published,
            withdrawn: None,
            told: None,
            is_unclear: false,
        };
        let is_new = !self.entries.contains_key(id);
        let known = self.entries.entry(id.clone()).or_insert(first);
        promise!(known.number == number, "`{id}` was article {} and is {number}", known.number);
        promise!(
            known.published == entry.published,
            "article {number} was published {} and now {}",
            known.published,
            entry.published
        );
        promise!(
            known.updated <= entry.updated,
            "article {number} goes back from {} to {}",
            known.updated,
            entry.updated
        );
        if let Some(told) = known.told.or(known.withdrawn) {
            promise!(entry.updated > told, "article {number} is back, and no newer than its tombstone");
        } else if look.desk.choice.updates == 0 && !is_new {
            let declared = piece.declared.filter(|declared| *declared == entry.updated);
            let is_quiet = known.updated == entry.updated || declared.is_some();
            promise!(
                is_quiet,
                "article {number} says that it changed at {}, and was {}",
                entry.updated,
                known.updated
            );
        }
        known.updated = entry.updated;
        (known.withdrawn, known.told, known.is_unclear) = (None, None, false);
        if look.desk.due(piece) == Due::Shown {
            promise!(entry.title == piece.title(), "article {number} is called `{}`", entry.title);
        }
        Ok(())
    }

    /// Finds what stood in some feed and stands in none now, because it is withdrawn.
    fn notice_withdrawals(&mut self, before: &BTreeMap<String, View>, visible: &Visible, look: &Look<'_>) {
        let is_told = |id: &String| self.feeds.values().any(|view| view.tombstones.contains_key(id));
        let archived = visible.papers.keys().filter_map(|place| visible.stood.get(&self.feeds[place].id));
        let archived: BTreeMap<&String, &Shown> =
            archived.flatten().map(|entry| (&entry.id, entry)).collect();
        let stood = before.values().flat_map(|view| &view.entries).chain(archived.values().copied());
        for entry in stood.filter(|entry| !visible.fresh.contains_key(&entry.id)) {
            let Some(known) = self.entries.get_mut(&entry.id) else { continue };
            let piece = &look.desk.pieces[&known.number];
            let due = look.desk.due(piece);
            let is_taken = match due {
                // A feed that stays as it was may show it still.
                Due::Down => true,
                Due::Absent => !visible.all.contains_key(&entry.id),
                Due::AsBefore => look.may_go(piece) && !visible.all.contains_key(&entry.id),
                Due::Shown => false,
            };
            let is_archived = archived.contains_key(&entry.id);
            if !is_taken || !(is_archived || look.desk.shown.contains(&known.number)) {
                continue;
            }
            let held_by = before.iter().filter(|(_, view)| view.entry(&entry.id).is_some());
            let mut left = held_by.filter_map(|(place, _)| self.feeds.get(place));
            let mut is_pushed_out = || !is_archived && left.all(|view| look.pushes_out(view, entry));
            // What is held may be pushed out by newer ones.
            if due == Due::Absent && look.may_hold() && is_pushed_out() {
                known.is_unclear = true;
            } else {
                known.withdrawn.get_or_insert(look.desk.now);
            }
        }
        for (id, known) in self.entries.iter_mut().filter(|(_, known)| known.is_unclear) {
            match look.desk.due(&look.desk.pieces[&known.number]) {
                Due::Absent if is_told(id) || !look.may_hold() => {
                    known.withdrawn.get_or_insert(look.desk.now);
                    known.is_unclear = false;
                }
                // Its file is back, and it is old.
                Due::Shown | Due::Down => known.is_unclear = false,
                Due::Absent | Due::AsBefore => {}
            }
        }
    }

    /// A feed loses nothing without a reason.
    fn check_losses(
        &self,
        place: &str,
        before: Option<&View>,
        now: &View,
        papers: &[Paper],
        look: &Look<'_>,
    ) -> Result<(), String> {
        let Some(before) = before else { return Ok(()) };
        let mut absent = 0;
        for entry in before.entries.iter().filter(|entry| now.entry(&entry.id).is_none()) {
            let piece = &look.desk.pieces[&self.entries[&entry.id].number];
            let is_pushed_out = match look.is_archived(place) {
                true => stands_in(papers, &entry.id),
                false => look.pushes_out(now, entry),
            };
            let due = look.desk.due(piece);
            let is_taken =
                matches!(due, Due::Down | Due::Absent) || (due == Due::AsBefore && look.may_go(piece));
            promise!(
                is_taken || is_pushed_out || !is_in_scope(place, piece),
                "article {} is lost, and it is {due:?}",
                piece.number
            );
            absent += usize::from(due == Due::Absent && !is_pushed_out);
        }
        let all = before.entries.len();
        let is_poorer = absent > 0 && (absent * 2 > all) && !(all < 5 && absent == 1);
        promise!(look.accepts || !is_poorer, "{absent} of {all} entries are lost at once");
        Ok(())
    }

    /// A feed shows what it has to, and nothing else.
    fn check_presence(
        &self,
        place: &str,
        view: &View,
        papers: &[Paper],
        look: &Look<'_>,
    ) -> Result<(), String> {
        let fresh = papers.iter().filter(|paper| !paper.is_stale).map(|paper| &paper.view);
        for entry in fresh.chain([view]).flat_map(|view| &view.entries) {
            let piece = &look.desk.pieces[&self.entries[&entry.id].number];
            let due = look.desk.due(piece);
            // What is gone may be a broken file that nobody knows, under another name.
            // While much is gone, so is what was moved and taken back at once: only its old place is known.
            let is_gone = due == Due::Absent || (due == Due::Down && piece.is_placed);
            let is_held = is_gone && look.may_hold();
            promise!(
                matches!(due, Due::Shown | Due::AsBefore) || is_held,
                "article {} is shown, and it is {due:?}",
                piece.number
            );
            // Of what went to a place that nobody can list, only the place before is known.
            let is_here = is_in_scope(place, piece) || (due != Due::Shown && piece.is_placed);
            promise!(is_here, "article {} does not belong here", piece.number);
        }
        for piece in look.desk.pieces.values() {
            let id = self.ids.get(&piece.number);
            let is_there = id.is_some_and(|id| view.entry(id).is_some() || stands_in(papers, id));
            let belongs_to_stale = |id| {
                let mut stale = papers.iter().filter(|paper| paper.is_stale);
                stale.any(|paper| self.papers.lost(&view.id, paper).any(|lost| lost == id))
            };
            if id.is_some_and(belongs_to_stale) {
                continue;
            }
            if is_there || !is_in_scope(place, piece) || look.desk.due(piece) != Due::Shown {
                continue;
            }
            let published =
                id.and_then(|id| self.entries.get(id)).map_or(piece.published, |known| known.published);
            let has_room = look.is_archived(place)
                || view.entries.len() < look.limit()
                || view.entries.iter().any(|other| other.published < published);
            promise!(!has_room, "article {} is not shown", piece.number);
        }
        Ok(())
    }

    /// An archive loses nothing without a reason, and not much at once.
    fn check_archive_losses(
        &self,
        place: &str,
        view: &View,
        visible: &Visible,
        look: &Look<'_>,
    ) -> Result<(), String> {
        let papers = visible.papers(place);
        let stood = visible.stood.get(&view.id).filter(|_| look.is_archived(place));
        let mut absent = 0;
        for entry in stood.into_iter().flatten().filter(|entry| !stands_in(papers, &entry.id)) {
            let piece = &look.desk.pieces[&self.entries[&entry.id].number];
            let due = look.desk.due(piece);
            let is_held = due == Due::AsBefore && !look.may_go(piece) && self.archived.contains(&view.id);
            promise!(
                !is_held || !is_in_scope(place, piece),
                "article {} is lost from the archive, and it is as before",
                piece.number
            );
            absent += usize::from(due == Due::Absent);
        }
        let is_there = |id: &&String| self.entries[*id].withdrawn.is_none_or(|when| when == look.desk.now);
        let all = self.papers.members(&view.id).filter(is_there).count();
        let is_poorer = absent > 0 && absent * 2 > all && !(all < 5 && absent == 1);
        promise!(look.accepts || !is_poorer, "{absent} of {all} archived entries are lost at once");
        Ok(())
    }

    /// Those who had what was withdrawn are told.
    fn check_tombstones(
        &mut self,
        view: &View,
        papers: &[Paper],
        visible: &Visible,
        look: &Look<'_>,
    ) -> Result<(), String> {
        let is_over = |when: DateTime<Utc>| when + TimeDelta::days(30) <= look.desk.now;
        let fresh = || papers.iter().filter(|paper| !paper.is_stale);
        for (id, when) in fresh().map(|paper| &paper.view).chain([view]).flat_map(|view| &view.tombstones) {
            promise!(!visible.fresh.contains_key(id), "`{id}` is shown, and has a tombstone");
            let known =
                self.entries.get_mut(id).ok_or(format!("`{id}` has a tombstone, and nobody saw it"))?;
            promise!(
                known.withdrawn.is_some(),
                "article {} has a tombstone, and is not withdrawn",
                known.number
            );
            promise!(*when >= known.updated, "article {} is withdrawn before it was changed", known.number);
            promise!(
                known.told.is_none_or(|told| told == *when),
                "article {} is withdrawn at another time",
                known.number
            );
            promise!(!is_over(*when), "article {} has a tombstone for too long", known.number);
            known.told = Some(*when);
        }
        let lost = fresh().flat_map(|paper| self.papers.lost(&view.id, paper).map(|id| (id, &paper.view)));
        let carried = self.carried.get(&view.id).into_iter().flatten().map(|id| (id, view));
        for (id, view) in carried.chain(lost).filter(|(id, _)| !visible.fresh.contains_key(*id)) {
            let known = &self.entries[id];
            let due = look.desk.due(&look.desk.pieces[&known.number]);
            let is_told = view.tombstones.contains_key(id);
            let must_tell =
                known.withdrawn.is_some_and(|when| !is_over(when)) && matches!(due, Due::Down | Due::Absent);
            promise!(is_told || !must_tell, "article {} has no tombstone", known.number);
        }
        Ok(())
    }

    /// The feed's own time goes forward, and moves when something is withdrawn.
    fn check_time(&self, before: Option<&View>, view: &View, visible: &Visible) -> Result<(), String> {
        let newest = view.entries.iter().map(|entry| entry.updated).max();
        promise!(newest.is_none_or(|newest| newest <= view.updated), "the feed is older than its entries");
        let Some(before) = before else { return Ok(()) };
        promise!(
            before.updated <= view.updated,
            "the feed goes back from {} to {}",
            before.updated,
            view.updated
        );
        let mut left = before.entries.iter().filter(|entry| !visible.fresh.contains_key(&entry.id));
        let is_withdrawn = left.any(|entry| self.entries[&entry.id].withdrawn.is_some());
        promise!(
            !is_withdrawn || before.updated < view.updated,
            "the feed does not move, and something is withdrawn"
        );
        Ok(())
    }
}

impl Look<'_> {
    fn limit(&self) -> usize {
        self.desk.choice.limit()
    }

    /// May something go that is as before, because it expired, or went where nobody can look?
    fn may_go(&self, piece: &Piece) -> bool {
        piece.may_expire || (piece.is_placed && self.desk.is_unlisted(piece))
    }

    fn says(&self, code: Code) -> bool {
        self.publication.diagnostics.iter().any(|found| found.code == code)
    }

    /// May the run have kept something whose file is gone? Because much is gone, or because a broken file that nobody
    /// knows may be it.
    fn may_hold(&self) -> bool {
        self.says(Code::PoorerFeed) || self.desk.has_broken_strangers()
    }

    /// Has a feed no room for an entry among its newer ones?
    fn pushes_out(&self, view: &View, entry: &Shown) -> bool {
        view.entries.len() >= self.limit()
            && view.entries.iter().all(|newer| newer.published >= entry.published)
    }

    /// Has the feed of this directory an archive?
    fn is_archived(&self, place: &str) -> bool {
        match self.desk.choice.archive {
            0 => false,
            1 => true,
            _ => place.split('/').any(|part| part == SECTIONS[0]),
        }
    }

    /// Did the run leave the feed of this directory as it was?
    fn is_kept(&self, place: &str) -> bool {
        self.publication.kept_files.contains(&format!("{place}atom.xml"))
    }
}

fn is_feed(path: &str) -> bool {
    path.ends_with("atom.xml") && !is_document(path)
}

fn stands_in(papers: &[Paper], id: &str) -> bool {
    papers.iter().any(|paper| paper.view.entry(id).is_some())
}

/// Does an article belong into the feed of this directory?
fn is_in_scope(place: &str, piece: &Piece) -> bool {
    place.split('/').all(|part| match part {
        part if EDITIONS.contains(&part) => part == piece.edition,
        part if SECTIONS.contains(&part) => part == piece.section,
        part if part.starts_with("pier-") => part == piece.tag(),
        _ => true,
    })
}
