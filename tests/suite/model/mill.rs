//! The program without a disk: what `feedmill build` keeps between its runs, kept in memory.

use super::desk::{Choice, Desk, Seen};
use super::event::{ARCHIVES, CONTENTS, DOMAINS, PATHS, PERMALINKS};
use feedmill::archive::{Archive, is_document};
use feedmill::diagnostic::Diagnostic;
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
    /// The lines that tell what stands in which document.
    pub archive: Option<Vec<String>>,
    past: Vec<EntryRecord>,
    /// The documents that stay as they are, because something in them cannot be read.
    pub stale: BTreeSet<String>,
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
        let ledger = self.with_archive(ledger.with_past(KnownPast(past)), &settings, published)?;
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
        let documents = Printed::of(&publication, &seen, &settings, &self.output);
        let documents_anew = Printed::of(&anew, &seen, &settings, &self.output);
        same(&publication, &anew, &self.output)?;
        documents.same(&documents_anew)?;
        STANDING.fetch_add(publication.standing_files.len(), Ordering::Relaxed);
        if let Some(still) = Still::of(&seen.list(), &seen, &settings, &ledger.digest(), &index, desk.now) {
            STILL.fetch_add(1, Ordering::Relaxed);
            is_still(&still, (&anew, &documents_anew), &ledger, &self.output)?;
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
        self.past.extend(documents.records.iter().chain(&publication.retired).cloned());
        let text = publication.ledger.write();
        let again = Ledger::read("ledger", &text).map_err(|fault| format!("{}\n{text}", fault.message))?;
        let again = again.with_archive(publication.ledger.archive().clone());
        if again != publication.ledger || again.write() != text {
            return Err(format!("the ledger is another when it is read again:\n{text}"));
        }
        self.ledger = Some(text.to_string());
        let closed: Vec<String> = publication.closed().collect();
        if !closed.is_empty() {
            self.archive.get_or_insert_default().extend(closed);
        }
        let read_again = self.archive.as_deref().map(archive).transpose()?.unwrap_or_default();
        if !read_again.feeds().eq(publication.ledger.archive().feeds()) {
            return Err(format!("the archive is another when it is read again:\n{:#?}", self.archive));
        }
        self.output.extend(documents.files);
        self.output.extend(publication.files.iter().map(|file| (file.path.clone(), file.bytes.clone())));
        let files = publication.files.iter().map(|file| &file.path).chain(&documents.made);
        let files = files.chain(&publication.standing_files).chain(&publication.kept_files);
        let left = |path: &String| Some((path.clone(), Fingerprint::of_bytes(self.output.get(path)?)));
        let index = documents.index.leaving(files.filter_map(left));
        self.index = if documents.faults.is_empty() { index } else { index.unsettled() };
        self.stale = documents.stale;
        let stands = |path: &String| publication.ledger.of_path(path).is_some();
        self.last_good.retain(|path, _| publication.sources.contains_key(path) || stands(path));
        Ok(Ran::Published(Box::new(publication)))
    }

    /// The ledger with what stands in the documents, or, where that is lost, with what they tell themselves.
    fn with_archive(
        &self,
        ledger: Ledger,
        settings: &Settings,
        published: MemoryNewsroom,
    ) -> Result<Ledger, String> {
        Ok(match &self.archive {
            Some(lines) => ledger.with_archive(archive(lines)?),
            None if settings.feeds.have_archive() => ledger.with_documents(published),
            None => ledger,
        })
    }

    /// All that a run in which nothing happens must leave as it is.
    pub fn kept(&self) -> String {
        format!("{:?}\n{:?}\n{} put aside", self.ledger, self.archive, self.past.len())
    }

    fn settings(&mut self, choice: Choice) -> &Settings {
        self.known_settings.entry(choice).or_insert_with(|| {
            let tags = if choice.tags == 1 { ", \"tag\"" } else { "" };
            let text = format!(
                "[site]\nurl = \"{}\"\npermalink = \"{}\"\n[feeds]\nby = [\"all\", \"section\", \"edition+section\"{tags}]\n\
                 limit = {}\ncontent = \"{}\"\npath = \"{}\"\nupdates = \"{}\"\n{}",
                DOMAINS[usize::from(choice.domain)],
                PERMALINKS[usize::from(choice.permalinks)],
                choice.limit(),
                CONTENTS[usize::from(choice.content)],
                PATHS[usize::from(choice.paths)],
                ["declared", "detected"][usize::from(choice.updates)],
                ARCHIVES[usize::from(choice.archive)],
            );
            settings::read("feedmill.toml", &text, &Overrides::default()).unwrap()
        })
    }
}

fn archive(lines: &[String]) -> Result<Archive, String> {
    let mut archive = Archive::default();
    for (number, line) in (1..).zip(lines) {
        archive.read_line("archive", number, line).map_err(|fault| fault.message)?;
    }
    Ok(archive)
}

/// The documents of a run.
struct Printed {
    /// As they lie in the output directory after it, the made ones and those that stand.
    files: BTreeMap<String, Vec<u8>>,
    made: Vec<String>,
    stale: BTreeSet<String>,
    records: Vec<EntryRecord>,
    faults: Vec<Diagnostic>,
    index: Index,
}

impl Printed {
    fn of(
        publication: &Publication,
        seen: &dyn Newsroom,
        settings: &Settings,
        output: &BTreeMap<String, Vec<u8>>,
    ) -> Printed {
        let (mut made, mut stale) = (BTreeMap::new(), BTreeSet::new());
        let (mut records, mut faults) = (Vec::new(), Vec::new());
        let mut documents = publication.documents(seen, settings);
        for document in documents.by_ref() {
            for file in document.files {
                let left = output.get(&file.path).filter(|_| document.stays);
                stale.extend(left.map(|_| file.path.clone()));
                made.insert(file.path, left.cloned().unwrap_or(file.bytes));
            }
            records.extend(document.records);
            faults.extend(document.faults);
        }
        faults.sort();
        faults.dedup();
        let index = publication.index.clone().with_documents(documents.remembered());
        let paths = made.keys().cloned().collect();
        let standing = publication.standing_files.iter().filter(|path| is_document(path));
        let standing = standing.filter_map(|path| Some((path.clone(), output.get(path)?.clone())));
        Printed {
            files: made.into_iter().chain(standing).collect(),
            made: paths,
            stale,
            records,
            faults,
            index,
        }
    }

    /// The index changes nothing.
    fn same(&self, anew: &Printed) -> Result<(), String> {
        let differs = |path: &&String| self.files.get(*path) != anew.files.get(*path);
        if let Some(path) = self.files.keys().chain(anew.files.keys()).find(differs) {
            return Err(format!("the index makes a difference for `{path}`"));
        }
        let told = |printed: &Printed| format!("{:?} {:?}", printed.records, printed.faults);
        match told(self) == told(anew) {
            true => Ok(()),
            false => Err(format!("the index makes a difference:\n{}\n{}", told(self), told(anew))),
        }
    }
}

/// A run that was not made would have changed nothing.
fn is_still(
    still: &Still<'_>,
    (anew, documents): (&Publication, &Printed),
    ledger: &Ledger,
    output: &BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    let files = anew.files.iter().map(|file| (&file.path, &file.bytes)).chain(&documents.files);
    let changed = files.clone().find(|(path, bytes)| output.get(*path) != Some(bytes));
    let told = format!("{:?}", (still.counts, still.next_due, still.feeds, still.diagnostics, still.ended));
    let diagnostics = anew.diagnostics.as_slice();
    let anew_told = format!("{:?}", (anew.counts, anew.next_due, anew.feeds.len(), diagnostics, &anew.ended));
    if let Some((path, _)) = changed {
        return Err(format!("the index says that nothing changed, but `{path}` did"));
    }
    let outputs: BTreeSet<&str> =
        still.files.iter().copied().chain(still.former.iter().map(String::as_str)).collect();
    if !anew.ledger.files().all(|path| outputs.contains(path)) {
        return Err("the index has forgotten a file of a feed".to_owned());
    }
    if anew.ledger != *ledger || told != anew_told || still.files.len() != files.count() {
        return Err(format!("the index says that nothing changed, but something did:\n{told}\n{anew_told}"));
    }
    Ok(())
}

/// The index changes nothing.
fn same(with: &Publication, without: &Publication, output: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let parts = |publication: &Publication| {
        let standing = publication.standing_files.iter().filter(|path| !is_document(path));
        let standing = standing.filter_map(|path| output.get_key_value(path));
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
            format!("{:?}", publication.closed().collect::<Vec<_>>()),
            format!("{:?}", publication.archive_directories()),
            format!("{:?}", publication.sources),
        ]
    };
    match parts(with).into_iter().zip(parts(without)).find(|(with, without)| with != without) {
        Some((with, without)) => Err(format!("the index makes a difference:\n{with}\n{without}")),
        None => Ok(()),
    }
}
