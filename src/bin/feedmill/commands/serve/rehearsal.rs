//! A run that promises nothing: the feeds that `build` would write now, laid over those that subscribers have.
//!
//! What `build` would put into the output directory goes into one of ours; what it would leave there alone is read
//! where it is. The ledger is read and never written, so each rehearsal begins where the next `build` would.

use crate::commands::build::{Tally, Tray, foreign, of_ended};
use crate::commands::hindrance::Hindrance;
use crate::commands::{number, promised};
use crate::disk::read::DiskNewsroom;
use crate::disk::stray::{Planned, strays};
use crate::disk::write::Change;
use crate::progress::Progress;
use crate::site::Site;
use chrono::{DateTime, Utc};
use feedmill::catalog::Counts;
use feedmill::diagnostic::Diagnostic;
use feedmill::encode::Format;
use feedmill::index::Index;
use feedmill::preview::MediaPlaces;
use feedmill::publication::{FeedFile, Publication, PublishedFeed, PublishedFile, compose_into};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The feeds of a run, and where everything lies that belongs to them.
pub struct Rehearsal {
    /// Where the feeds are served, from the root: decoded, with a slash at its end.
    pub root: String,
    /// The site's scheme and host: addresses of media begin so.
    pub origin: String,
    pub feeds: Vec<PublishedFeed>,
    pub counts: Counts,
    /// When the feeds change by the clock alone.
    pub next_due: Option<DateTime<Utc>>,
    /// What subscribers would hear of.
    pub news: Tally,
    /// The files that are others than in the rehearsal before.
    pub changed: BTreeSet<String>,
    /// What the files that were made are to be served as.
    pub media_types: BTreeMap<String, &'static str>,
    /// What feeds are to be served as that were made before.
    pub formats: Vec<(Format, &'static str)>,
    /// Where output lies: what was made, then what stays as it is.
    pub outputs: [PathBuf; 2],
    /// Where media lie, by the paths of the site.
    pub places: MediaPlaces,
    pub newsroom: DiskNewsroom,
    pub diagnostics: Vec<Diagnostic>,
}

impl Rehearsal {
    /// Where a file of a feed lies in the output.
    pub fn path_of(&self, file: &PublishedFile) -> String {
        let path = percent_decode_str(file.address.path()).decode_utf8_lossy();
        path.strip_prefix(&self.root).unwrap_or_default().to_owned()
    }

    /// Is one of its files another than in the rehearsal before?
    pub fn has_changed(&self, feed: &PublishedFeed) -> bool {
        feed.formats.iter().any(|file| self.changed.contains(&self.path_of(file)))
    }

    /// What it changed, in a few words.
    pub fn outcome(&self, is_first: bool) -> String {
        if is_first {
            return format!("{} built", number(self.feeds.len(), "feed"));
        }
        match self.feeds.iter().filter(|feed| self.has_changed(feed)).count() {
            0 => "no feed changed".to_owned(),
            count => format!("{} changed", number(count, "feed")),
        }
    }
}

/// Rehearses in `room`. What is remembered of the articles is handed on to the next rehearsal.
pub fn rehearse(
    site: &Site,
    room: &Path,
    index: &mut Option<Index>,
    is_watched: bool,
) -> Result<Rehearsal, Hindrance> {
    let ledger = promised(site)?;
    let newsroom = Progress::over(site.newsroom(), is_watched);
    // The feeds are all made: those of this room are nothing that a run could have left as they are.
    let known = index.take().unwrap_or_else(|| site.remembered()).of_sources();
    let is_repeated = fs::read_dir(room).is_ok_and(|mut files| files.next().is_some());
    let mut tray = Tray::new(room, &site.settings.output.compress, &ledger, false);
    let mut media_types = BTreeMap::new();
    let mut faults = BTreeSet::new();
    let formats: Vec<_> =
        Format::ALL.iter().map(|format| (*format, site.settings.served_as(*format))).collect();
    let served_as = |file: &FeedFile| {
        let format = formats.iter().find(|(format, _)| format.media_type() == file.media_type);
        format.map_or(file.media_type, |(_, media_type)| *media_type)
    };
    let composed = compose_into(&newsroom, &site.settings, &ledger, &known, site.as_of, &mut |file| {
        // What another hand put there stays.
        if let Some(told) = foreign(&site.output, &file) {
            faults.insert(told);
            return;
        }
        media_types.insert(file.path.clone(), served_as(&file));
        tray.take(file);
    });
    newsroom.finish();
    let publication = composed.map_err(|refusal| Hindrance::of_refusal(&refusal, site))?;
    tray.check()?;
    let plain = site.newsroom();
    let mut documents = publication.documents(&plain, &site.settings);
    for document in documents.by_ref() {
        faults.extend(document.faults);
        let has = |path: &str| site.output.join(path).exists();
        for file in document.files.into_iter().filter(|file| !(document.stays && has(&file.path))) {
            media_types.insert(file.path.clone(), served_as(&file));
            tray.take(file);
            tray.check()?;
        }
    }
    *index = site.index.is_some().then(|| publication.index.of_sources());
    let (batch, changes, _) = tray.end();
    batch.publish()?;
    sweep(room, &media_types);
    let left = left_in_output(&publication, site);
    let mut diagnostics = publication.diagnostics;
    diagnostics.extend(faults.into_iter().chain(left));
    let is_other = |change: &&(String, Change)| is_repeated && change.1 != Change::Unchanged;
    Ok(Rehearsal {
        root: percent_decode_str(site.settings.site.feeds_url.path()).decode_utf8_lossy().into_owned(),
        origin: site.settings.site.url.origin().to_owned(),
        news: Tally::of(&publication.news),
        counts: publication.counts,
        next_due: publication.next_due,
        changed: changes.iter().filter(is_other).map(|(path, _)| path.clone()).collect(),
        media_types,
        formats,
        outputs: [room.to_owned(), site.output.clone()],
        places: MediaPlaces::of(publication.sources.keys(), &publication.catalog, &site.settings),
        newsroom: site.newsroom(),
        feeds: publication.feeds,
        diagnostics,
    })
}

/// What there is to say of files in the output directory that belong to no feed any more.
fn left_in_output(publication: &Publication, site: &Site) -> Vec<Diagnostic> {
    let files = publication.made.iter().chain(&publication.kept_files).map(String::as_str);
    let files = files.chain(publication.ledger.files()).collect();
    let mut told = of_ended(&publication.ended, site);
    let planned = Planned { files, archives: &publication.archive_directories() };
    told.extend(strays(&site.output, &planned).told(&site.output));
    told
}

/// Removes what earlier rehearsals made and this one did not, except compressed variants of what it made.
fn sweep(room: &Path, made: &BTreeMap<String, &'static str>) {
    let files = WalkDir::new(room).min_depth(1).into_iter().flatten();
    for file in files.filter(|file| file.file_type().is_file()) {
        let path = file.path().strip_prefix(room).ok().and_then(Path::to_str).unwrap_or_default();
        let is_made = |path: &str| made.contains_key(path);
        let is_variant = || path.rsplit_once('.').is_some_and(|(whole, _)| is_made(whole));
        if !is_made(path) && !is_variant() {
            // What cannot be removed is only shown too long.
            let _ = fs::remove_file(file.path());
        }
    }
}
