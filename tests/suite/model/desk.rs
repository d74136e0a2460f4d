//! The newsroom: what its articles truly are, and what of them a program sees.

use super::event::{EDITIONS, Event, LIMITS, SECTIONS};
use super::piece::{File, Piece, Wish};
use chrono::{DateTime, TimeDelta, Utc};
use feedmill::newsroom::{Extent, Listed, Listing, Newsroom};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What may be chosen in the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    pub permalinks: u8,
    pub domain: u8,
    pub limit: u8,
    pub content: u8,
    pub paths: u8,
    pub updates: u8,
    pub tags: u8,
    pub archive: u8,
}

impl Choice {
    /// How many entries a feed shows.
    pub fn limit(&self) -> usize {
        LIMITS[usize::from(self.limit)]
    }
}

/// What subscribers must see of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It, as it is.
    Shown,
    /// It, as it was, if they ever saw it.
    AsBefore,
    /// Nothing: its author says so.
    Down,
    /// Nothing: nobody finds it.
    Absent,
}

pub struct Desk {
    pub pieces: BTreeMap<u8, Piece>,
    pub choice: Choice,
    pub now: DateTime<Utc>,
    gone: BTreeSet<String>,
    unlisted: BTreeSet<String>,
    /// How often something got a new name.
    names: u32,
    /// What feeds show of it since the last run.
    pub shown: BTreeSet<u8>,
    /// What stands in documents of archives, if these are published.
    pub archived: BTreeSet<u8>,
}

impl Desk {
    pub fn new() -> Desk {
        Desk {
            pieces: BTreeMap::new(),
            choice: Choice::default(),
            now: "2026-03-02T10:00:00Z".parse().unwrap(),
            gone: BTreeSet::new(),
            unlisted: BTreeSet::new(),
            names: 0,
            shown: BTreeSet::new(),
            archived: BTreeSet::new(),
        }
    }

    /// Lets something happen. Runs are not the newsroom's matter.
    pub fn let_happen(&mut self, event: Event) {
        if let Event::Publish(..) | Event::PublishInPlaceOf(..) | Event::Embargo(..) | Event::Correct(_) =
            event
        {
            self.now += TimeDelta::seconds(61);
        }
        match event {
            Event::Publish(number, edition, section) => self.publish(number, edition, section, self.now),
            Event::Embargo(number, hours) => {
                self.publish(number, number % 2, number % 3, self.now + TimeDelta::hours(hours.into()));
            }
            Event::PublishInPlaceOf(number, other) => self.publish_in_place_of(number, other),
            Event::Break(number, how) => self.break_file(number, how),
            Event::Mend(number) => self.mend(number),
            Event::Move(number, section) => self.relocate(number, |piece, _| {
                piece.section = SECTIONS[usize::from(section)];
            }),
            Event::Rename(number) => {
                self.relocate(number, |piece, names| piece.name = format!("pier-{names}"))
            }
            Event::SwapNames(one, other) => self.swap_names(one, other),
            Event::Translate(one, other) => self.translate(one, other),
            Event::Delete(number) => self.on_disk(number, |piece| piece.file = File::Deleted),
            Event::Undelete(number) => self.undelete(number),
            Event::FolderGone(folder) => {
                self.gone.insert(folder_name(folder));
            }
            Event::FolderBack(folder) => {
                self.gone.remove(&folder_name(folder));
            }
            Event::Unlist(folder) => {
                self.unlisted.insert(folder_name(folder));
            }
            Event::Relist => self.unlisted.clear(),
            Event::Permalinks(which) => self.choice.permalinks = which,
            Event::Domain(which) => self.choice.domain = which,
            Event::Limit(which) => self.choice.limit = which,
            Event::Content(which) => self.choice.content = which,
            Event::Paths(which) => self.choice.paths = which,
            Event::Updates(which) => self.choice.updates = which,
            Event::Tags(which) => self.choice.tags = which,
            Event::Archive(which) => self.choice.archive = which,
            Event::Clock(hours) => self.now += TimeDelta::hours(hours.into()),
            Event::Run(minutes) => self.now += TimeDelta::minutes(minutes.into()),
            Event::Accept | Event::LoseLedger => {}
            Event::Edit(number)
            | Event::Correct(number)
            | Event::Retitle(number)
            | Event::ChangeSlug(number)
            | Event::GiveId(number)
            | Event::ChangeDate(number)
            | Event::Expire(number, _)
            | Event::Withdraw(number)
            | Event::Draft(number)
            | Event::Restore(number) => self.write(number, event),
        }
    }

    fn publish(&mut self, number: u8, edition: u8, section: u8, when: DateTime<Utc>) {
        let (edition, section) = (EDITIONS[usize::from(edition)], SECTIONS[usize::from(section)]);
        self.pieces.entry(number).or_insert_with(|| Piece::new(number, edition, section, when));
    }

    fn publish_in_place_of(&mut self, number: u8, other: u8) {
        if self.pieces.contains_key(&number) || !self.is_seen(other) {
            return;
        }
        let old = self.pieces.get_mut(&other).unwrap();
        if old.is_placed || (old.file != File::Whole && old.file != File::Deleted) {
            return;
        }
        old.file = File::Deleted;
        let new = Piece { name: old.name.clone(), ..Piece::new(number, old.edition, old.section, self.now) };
        if self.is_free(&new.path()) {
            self.pieces.insert(number, new);
        }
    }

    fn is_free(&self, path: &str) -> bool {
        self.pieces.values().all(|piece| piece.file == File::Deleted || piece.path() != path)
    }

    /// Something is done to a file that is there.
    fn on_disk(&mut self, number: u8, change: impl FnOnce(&mut Piece)) {
        let is_seen = self.is_seen(number);
        if let Some(piece) =
            self.pieces.get_mut(&number).filter(|piece| is_seen && piece.file != File::Deleted)
        {
            change(piece);
        }
    }

    /// Is its folder there, and listed?
    fn is_seen(&self, number: u8) -> bool {
        self.pieces
            .get(&number)
            .is_some_and(|piece| !self.lies_in(&self.gone, piece) && !self.is_unlisted(piece))
    }

    fn lies_in(&self, folders: &BTreeSet<String>, piece: &Piece) -> bool {
        is_in(folders, &piece.folder())
    }

    pub fn is_unlisted(&self, piece: &Piece) -> bool {
        self.lies_in(&self.unlisted, piece)
    }

    fn write(&mut self, number: u8, event: Event) {
        let now = self.now;
        self.names += 1;
        let names = self.names;
        self.on_disk(number, |piece| {
            let may_rewrite = !piece.is_placed;
            let may_place = !piece.is_rewritten && piece.file == File::Whole;
            match event {
                Event::Edit(_) if may_rewrite => piece.texts += 1,
                Event::Correct(_) if may_rewrite => {
                    piece.texts += 1;
                    piece.declared = Some(now);
                }
                Event::Retitle(_) => piece.titles += 1,
                Event::ChangeSlug(_) if piece.file == File::Whole && !piece.is_rewritten => {
                    piece.slug = Some(format!("tide-{names}"));
                    piece.is_placed = true;
                }
                Event::GiveId(_) => piece.has_id = true,
                Event::ChangeDate(_) if may_place => {
                    piece.published -= TimeDelta::minutes(i64::from(names % 5) * 700 + 3);
                    piece.is_placed = true;
                }
                Event::Expire(_, hours) => {
                    piece.expires = Some(now + TimeDelta::hours(hours.into()));
                    piece.may_expire = true;
                }
                Event::Withdraw(_) => piece.wish = Wish::Withdrawn,
                Event::Draft(_) => piece.wish = Wish::Draft,
                Event::Restore(_) => {
                    piece.wish = Wish::Shown;
                    piece.expires = None;
                }
                _ => {}
            }
            piece.is_rewritten |= matches!(event, Event::Edit(_) | Event::Correct(_)) && may_rewrite;
        });
    }

    /// A file gets another path.
    fn relocate(&mut self, number: u8, change: impl FnOnce(&mut Piece, u32)) {
        self.names += 1;
        let Some(mut piece) = self.movable(number).cloned() else { return };
        let before = piece.folder();
        change(&mut piece, self.names);
        piece.is_placed = true;
        piece.came_from.get_or_insert(before);
        if self.is_free(&piece.path()) && !self.lies_in(&self.gone, &piece) && !self.is_unlisted(&piece) {
            self.pieces.insert(number, piece);
        }
    }

    fn movable(&self, number: u8) -> Option<&Piece> {
        let is_seen = self.is_seen(number);
        self.pieces.get(&number).filter(|piece| is_seen && piece.file == File::Whole && !piece.is_rewritten)
    }

    fn swap_names(&mut self, one: u8, other: u8) {
        let (Some(first), Some(second)) = (self.movable(one), self.movable(other)) else { return };
        // Of a file that is taken back nobody reads the text, so that it is another article's is not seen yet.
        let is_up = [first, second].iter().all(|piece| self.due(piece) == Due::Shown);
        if one == other || first.folder() != second.folder() || !is_up {
            return;
        }
        let names = [(one, second.name.clone()), (other, first.name.clone())];
        for (number, name) in names {
            let piece = self.pieces.get_mut(&number).unwrap();
            (piece.name, piece.is_placed) = (name, true);
        }
    }

    fn translate(&mut self, one: u8, other: u8) {
        let editions = [one, other].map(|number| self.pieces.get(&number).map(|piece| piece.edition));
        if let [Some(first), Some(second)] = editions
            && first != second
        {
            for number in [one, other] {
                self.on_disk(number, |piece| piece.translation = Some(one));
            }
        }
    }

    fn break_file(&mut self, number: u8, how: u8) {
        let how = [File::Cut, File::Empty, File::Unreadable][usize::from(how)];
        self.on_disk(number, |piece| {
            if !piece.is_placed {
                piece.file = how;
            }
        });
    }

    fn mend(&mut self, number: u8) {
        self.on_disk(number, |piece| piece.file = File::Whole);
    }

    fn undelete(&mut self, number: u8) {
        let Some(piece) = self.pieces.get(&number).filter(|piece| piece.file == File::Deleted) else {
            return;
        };
        if self.is_free(&piece.path()) && self.is_seen(number) {
            self.pieces.get_mut(&number).unwrap().file = File::Whole;
        }
    }

    /// What subscribers must see of an article now.
    pub fn due(&self, piece: &Piece) -> Due {
        let is_known = self.is_known(piece);
        if self.is_unlisted(piece) {
            return Due::AsBefore;
        }
        match self.due_in_its_place(piece, is_known) {
            // Where it was, nobody can look, so it may be there still.
            Due::Down | Due::Absent if is_known && self.came_out_of_sight(piece) => Due::AsBefore,
            due => due,
        }
    }

    fn is_known(&self, piece: &Piece) -> bool {
        let is_archived = self.choice.archive != 0 && self.archived.contains(&piece.number);
        is_archived || self.shown.contains(&piece.number)
    }

    fn came_out_of_sight(&self, piece: &Piece) -> bool {
        piece.came_from.as_ref().is_some_and(|folder| is_in(&self.unlisted, folder))
    }

    fn due_in_its_place(&self, piece: &Piece, is_known: bool) -> Due {
        if piece.file == File::Deleted || self.lies_in(&self.gone, piece) {
            return Due::Absent;
        }
        if piece.file != File::Whole {
            return Due::AsBefore;
        }
        let is_embargoed = piece.published > self.now && !is_known;
        let is_over = piece.expires.is_some_and(|expires| expires <= self.now);
        match piece.wish {
            Wish::Shown if !is_embargoed && !is_over => Due::Shown,
            _ => Due::Down,
        }
    }

    /// Are there broken files of articles that no feed shows?
    pub fn has_broken_strangers(&self) -> bool {
        self.files().any(|piece| piece.file != File::Whole && !self.is_known(piece))
    }

    /// Can every file be read, and every folder listed?
    pub fn is_sound(&self) -> bool {
        self.unlisted.is_empty() && self.files().all(|piece| piece.file == File::Whole)
    }

    /// Feeds show these articles, and no others.
    pub fn remember_shown(&mut self, shown: BTreeSet<u8>) {
        let whole: Vec<u8> =
            shown.iter().copied().filter(|number| self.due(&self.pieces[number]) == Due::Shown).collect();
        for number in whole {
            let piece = self.pieces.get_mut(&number).unwrap();
            (piece.is_placed, piece.is_rewritten, piece.came_from) = (false, false, None);
        }
        self.shown = shown;
    }

    fn files(&self) -> impl Iterator<Item = &Piece> {
        let is_there = |piece: &&Piece| piece.file != File::Deleted && !self.lies_in(&self.gone, piece);
        self.pieces.values().filter(is_there)
    }
}

fn is_in(folders: &BTreeSet<String>, folder: &str) -> bool {
    folders.iter().any(|gone| gone.is_empty() || gone == folder || folder.starts_with(&format!("{gone}/")))
}

fn folder_name(folder: u8) -> String {
    match folder {
        0..=2 => format!("en/{}", SECTIONS[usize::from(folder)]),
        3..=4 => format!("ru/{}", SECTIONS[usize::from(folder - 3)]),
        5 => "ru".to_owned(),
        _ => String::new(),
    }
}

/// What a program sees of it, which kept some files as they were.
pub struct Seen<'d> {
    pub desk: &'d Desk,
    pub last_good: &'d BTreeMap<String, Vec<u8>>,
}

impl Newsroom for Seen<'_> {
    fn list(&self) -> Listing {
        let listed = self.desk.files().filter(|piece| !self.desk.is_unlisted(piece));
        // Who takes the right to read a file away changes its times.
        let unreadable = || b"what nobody may read".to_vec();
        let listed = listed.map(|piece| Listed::of(&piece.path(), &piece.bytes().unwrap_or_else(unreadable)));
        let mut files: Vec<Listed> = listed.collect();
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Listing { files, faults: Vec::new(), unlisted: self.desk.unlisted.iter().cloned().collect() }
    }

    fn read(&self, path: &str, _: Extent) -> io::Result<Vec<u8>> {
        let piece = self.desk.files().find(|piece| piece.path() == path).ok_or(io::ErrorKind::NotFound)?;
        piece.bytes().ok_or_else(|| io::ErrorKind::PermissionDenied.into())
    }

    fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        self.last_good.get(path).cloned()
    }
}
