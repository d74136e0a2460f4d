//! The program without a disk: what `feedmill build` keeps between its runs, kept in memory.

use super::desk::{Choice, Desk, Seen};
use super::event::{CONTENTS, DOMAINS, LIMITS, PATHS, PERMALINKS};
use feedmill::digest::Digest;
use feedmill::index::Index;
use feedmill::ledger::{EntryRecord, KnownPast, Ledger};
use feedmill::newsroom::{Extent, Fingerprint, MemoryNewsroom, Newsroom};
use feedmill::publication::{Publication, Refusal, Still, compose};
use feedmill::settings::{self, Overrides, Settings};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Clone, Default)]
pub struct Mill {
    /// The text of the ledger.
    pub ledger: Option<String>,
    past: Vec<EntryRecord>,
    last_good: BTreeMap<String, Vec<u8>>,
    /// The output directory.
    pub output: BTreeMap<String, Vec<u8>>,
    index: Index,
    known_settings: BTreeMap<Choice, Settings>,
}

/// How many files the index spared, of all runs together.
pub static STANDING: AtomicUsize = AtomicUsize::new(0);

/// How many runs it spared.
pub static STILL: AtomicUsize = AtomicUsize::new(0);

/// What a run came to.
pub enum Ran {
    /// It published.
    Published(Box<Publication>),
    /// There was nothing to publish, so it touched nothing.
    Refused,
}

impl Mill {
    /// One run; what a failed promise of the program about its own state is, is the error.
    pub fn run(&mut self, desk: &Desk, accepts: bool) -> Result<Ran, String> {
        let settings = self.settings(desk.choice);
        let settings = match accepts {
            true => {
                let mut settings = settings.clone();
                settings.feeds.max_loss = 100;
                settings
            }
            false => settings.clone(),
        };
        let read = |text: &String| Ledger::read("ledger", text).map_err(|fault| fault.message);
        let published = MemoryNewsroom::of(self.output.clone());
        let recovered = || Ledger::recovered(&published, &settings);
        let ledger = self.ledger.as_ref().map(read).transpose()?.unwrap_or_else(recovered);
        let past: Option<Arc<dyn feedmill::ledger::Past>> =
            if self.past.is_empty() { None } else { Some(Arc::new(self.past.clone())) };
        let ledger = ledger.with_past(KnownPast(past));
        let seen = Seen { desk, last_good: &self.last_good };
        let left = |path: &str| self.output.get(path).map(|bytes| Fingerprint::of_bytes(bytes));
        let index = self.index.clone().with_outputs(left);
        let publication = match compose(&seen, &settings, &ledger, &index, desk.now) {
            Ok(publication) => publication,
            Err(Refusal::Damaged(fault)) => return Err(fault.message),
            Err(_) => return Ok(Ran::Refused),
        };
        let anew = compose(&seen, &settings, &ledger, &Index::default(), desk.now);
        let anew = anew.map_err(|_| "without the index nothing can be published")?;
        same(&publication, &anew, &self.output)?;
        STANDING.fetch_add(publication.standing_files.len(), Ordering::Relaxed);
        if let Some(still) = Still::of(&seen.list(), &seen, &settings, &ledger.digest(), &index, desk.now) {
            STILL.fetch_add(1, Ordering::Relaxed);
            is_still(&still, &anew, &ledger, &self.output)?;
        }
        let mut copies = Vec::new();
        for (path, digest) in &publication.sources {
            let Some(digest) = digest else { continue };
            let bytes = seen.read(path, Extent::Whole).map_err(|error| format!("{path}: {error}"))?;
            if Digest::of([bytes.as_slice()]) == *digest {
                copies.push((path.clone(), bytes));
            }
        }
        self.last_good.extend(copies);
        self.past.extend(publication.retired.iter().cloned());
        let text = publication.ledger.write();
        let again = Ledger::read("ledger", &text).map_err(|fault| format!("{}\n{text}", fault.message))?;
        if again != publication.ledger || again.write() != text {
            return Err(format!("the ledger is another when it is read again:\n{text}"));
        }
        self.ledger = Some(text.to_string());
        self.output.extend(publication.files.iter().map(|file| (file.path.clone(), file.bytes.clone())));
        let files = publication.files.iter().map(|file| &file.path);
        let files = files.chain(&publication.standing_files).chain(&publication.kept_files);
        let left = |path: &String| Some((path.clone(), Fingerprint::of_bytes(self.output.get(path)?)));
        self.index = publication.index.clone().leaving(files.filter_map(left));
        let stands = |path: &String| publication.ledger.of_path(path).is_some();
        self.last_good.retain(|path, _| publication.sources.contains_key(path) || stands(path));
        Ok(Ran::Published(Box::new(publication)))
    }

    fn settings(&mut self, choice: Choice) -> &Settings {
        self.known_settings.entry(choice).or_insert_with(|| {
            let tags = if choice.tags == 1 { ", \"tag\"" } else { "" };
            let text = format!(
                "[site]\nurl = \"{}\"\npermalink = \"{}\"\n[feeds]\nby = [\"all\", \"section\", \"edition+section\"{tags}]\n\
                 limit = {}\ncontent = \"{}\"\npath = \"{}\"\nupdates = \"{}\"\n",
                DOMAINS[usize::from(choice.domain)],
                PERMALINKS[usize::from(choice.permalinks)],
                LIMITS[usize::from(choice.limit)],
                CONTENTS[usize::from(choice.content)],
                PATHS[usize::from(choice.paths)],
                ["declared", "detected"][usize::from(choice.updates)],
            );
            settings::read("feedmill.toml", &text, &Overrides::default()).unwrap()
        })
    }
}

/// A run that was not made would have changed nothing.
fn is_still(
    still: &Still<'_>,
    anew: &Publication,
    ledger: &Ledger,
    output: &BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    let changed = anew.files.iter().find(|file| output.get(&file.path) != Some(&file.bytes));
    let told = format!("{:?}", (still.counts, still.next_due, still.feeds, still.diagnostics, still.ended));
    let diagnostics = anew.diagnostics.as_slice();
    let anew_told = format!("{:?}", (anew.counts, anew.next_due, anew.feeds.len(), diagnostics, &anew.ended));
    if let Some(file) = changed {
        return Err(format!("the index says that nothing changed, but `{}` did", file.path));
    }
    let files: BTreeSet<&str> =
        still.files.iter().copied().chain(still.former.iter().map(String::as_str)).collect();
    if !anew.ledger.files().all(|path| files.contains(path)) {
        return Err("the index has forgotten a file of a feed".to_owned());
    }
    if anew.ledger != *ledger || told != anew_told || still.files.len() != anew.files.len() {
        return Err(format!("the index says that nothing changed, but something did:\n{told}\n{anew_told}"));
    }
    Ok(())
}

/// The index changes nothing.
fn same(with: &Publication, without: &Publication, output: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let parts = |publication: &Publication| {
        let standing = publication.standing_files.iter().filter_map(|path| output.get_key_value(path));
        let files = publication.files.iter().map(|file| (&file.path, &file.bytes));
        let files = files.chain(standing).collect::<BTreeMap<_, _>>();
        let files = format!("{:?}", files.keys().collect::<Vec<_>>())
            + &format!("{:?}", Digest::of(files.values().map(|bytes| bytes.as_slice())));
        [
            files,
            publication.ledger.write().to_string(),
            format!("{:?}", publication.diagnostics),
            format!("{:?}", (&publication.counts, &publication.next_due, &publication.kept_files)),
            format!("{:?} {:?}", publication.news, publication.retired),
            format!("{:?}", publication.feeds),
            format!("{:?}", publication.sources),
        ]
    };
    match parts(with).into_iter().zip(parts(without)).find(|(with, without)| with != without) {
        Some((with, without)) => Err(format!("the index makes a difference:\n{with}\n{without}")),
        None => Ok(()),
    }
}
