//! What a run came to, as far as the next one need not find it out again.

use super::name::{Name, Names, ShortName};
use crate::catalog::Counts;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::newsroom::Fingerprint;
use crate::publication::Ended;
use crate::teaser::Teaser;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What is remembered of a run.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Memo {
    /// The settings that source files were read with.
    pub reading: Option<Digest>,
    /// What the names of the source files say.
    pub sources: SourcesMemo,
    /// What it published.
    pub run: Option<RunMemo>,
    /// The rest of it.
    #[serde(skip)]
    pub details: Details,
}

/// What the names of source files say of these together.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct SourcesMemo {
    /// The pages about folders, in the order of their paths.
    pub section_pages: Vec<String>,
    /// What was passed over and may have been meant.
    pub told: Vec<Diagnostic>,
}

/// What a run published, and of what, as far as it tells whether anything has changed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct RunMemo {
    /// Its settings.
    pub settings: Digest,
    /// The ledger that it wrote.
    pub ledger: Digest,
    /// What all articles have to do with: the editions and sections and their titles.
    pub frame: Digest,
    /// When it was, in seconds.
    pub now: i64,
    /// Files that it looked for and that no listing has, as they were.
    pub unlisted: BTreeMap<String, Fingerprint>,
    /// The files that it wrote or left as they were, as they lie there now, each once.
    pub outputs: Vec<(String, Fingerprint)>,
    /// What there is to tell where nothing at all has changed.
    pub still: Option<StillMemo>,
}

/// Of what a run made all that it published.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Made {
    /// The digests of the cards of each block; 0 for a file that has none.
    pub digests: Vec<Vec<u64>>,
    /// The articles that feeds showed, by the names of their ids.
    pub articles: BTreeMap<Name, Arc<ArticleMemo>>,
    /// The feeds, by the names of their ids.
    pub feeds: BTreeMap<Name, FeedMemo>,
    /// The lists and pages beside the feeds, by their paths, and what they are made of.
    pub drafts: BTreeMap<String, u64>,
    /// The documents of their archives, by the feeds' ids, the oldest first.
    pub documents: BTreeMap<String, Vec<Option<DocumentMemo>>>,
}

/// The same, which stays packed as it was read until somebody asks: in most runs nothing has changed.
#[derive(Debug, Default)]
pub struct Details {
    packed: Mutex<Vec<u8>>,
    made: OnceLock<Made>,
}

impl Details {
    /// As it was read.
    #[must_use]
    pub fn packed(packed: Vec<u8>) -> Details {
        Details { packed: Mutex::new(packed), made: OnceLock::new() }
    }

    /// What it says; nothing, where it cannot be understood: then all is made again.
    #[must_use]
    pub fn get(&self) -> &Made {
        self.made.get_or_init(|| {
            let packed = std::mem::take(&mut *self.packed.lock().unwrap_or_else(PoisonError::into_inner));
            postcard::from_bytes(&packed).unwrap_or_default()
        })
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self) -> &mut Made {
        let _ = self.get();
        self.made.get_mut().expect("it was found a moment ago")
    }
}

impl From<Made> for Details {
    fn from(made: Made) -> Details {
        Details { packed: Mutex::default(), made: OnceLock::from(made) }
    }
}

impl Clone for Details {
    fn clone(&self) -> Details {
        self.get().clone().into()
    }
}

impl PartialEq for Details {
    fn eq(&self, other: &Details) -> bool {
        self.get() == other.get()
    }
}

/// An article that a feed showed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ArticleMemo {
    /// What it was made of.
    pub names: Names,
    /// What there is to say of it.
    pub told: Vec<Diagnostic>,
    /// Of its source file.
    pub source: Digest,
    /// What leads to it.
    pub teaser: Teaser,
}

/// A feed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct FeedMemo {
    /// All that is in it apart from what its articles say.
    pub frame: u64,
    /// How large it is in each format.
    pub sizes: Vec<usize>,
    /// How many of its entries are summaries to keep to a size.
    pub shortened: usize,
    /// What there is to say of it.
    pub told: Option<Diagnostic>,
}

/// A document of an archive. There may be very many, so it is small.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct DocumentMemo {
    /// All that is in it apart from what its articles say.
    pub frame: u64,
    /// What its articles were made of besides their own files, in short.
    pub names: Box<[ShortName]>,
}

/// What is noted of the documents of archives when all of them are made.
#[derive(Clone, Debug, Default)]
pub struct DocumentNotes {
    /// The documents, by the feeds' ids, the oldest first.
    pub documents: BTreeMap<String, Vec<Option<DocumentMemo>>>,
    /// The files that they looked for and that no listing has.
    pub unlisted: BTreeMap<String, Fingerprint>,
}

/// A run that changed nothing, and what it told.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct StillMemo {
    /// When time alone changes something, in seconds.
    pub until: Option<i64>,
    /// When the next embargo ends, in seconds.
    pub next_due: Option<i64>,
    /// How many files became what.
    pub counts: Counts,
    /// How many feeds there are.
    pub feeds: usize,
    /// What was told.
    pub told: Vec<Diagnostic>,
    /// What is not written any more.
    pub ended: Vec<Ended>,
    /// The files that feeds had before and that are not written any more.
    pub former: BTreeSet<String>,
    /// The directories of documents of archives.
    pub archives: BTreeSet<String>,
    /// What else lay in the output directory.
    pub looked: Looked,
}

/// What a look through the output directory found, by the paths there.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Looked {
    /// Files that belong to no feed and no edition any more.
    pub strays: Vec<String>,
    /// The directories, as they were then; `None` where one might change again without showing it.
    pub folders: Vec<(String, Option<Fingerprint>)>,
}
