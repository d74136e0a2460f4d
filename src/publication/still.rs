//! The run that most runs are: nothing has changed since the one before, which changed nothing.

use super::{Ended, Withdrawals};
use crate::catalog::{Catalog, Counts};
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::index::Index;
use crate::index::memo::Looked;
use crate::newsroom::{Listing, Newsroom};
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashSet};

/// What there is to tell of such a run. Every file is as it should be.
#[derive(Debug)]
pub struct Still<'i> {
    /// How many source files became what.
    pub counts: Counts,
    /// How many feeds there are.
    pub feeds: usize,
    /// Every file of the output directory.
    pub files: HashSet<&'i str>,
    /// The files that feeds had before and that are not written any more.
    pub former: &'i BTreeSet<String>,
    /// When the next embargo ends.
    pub next_due: Option<DateTime<Utc>>,
    /// What is wrong in the articles, in the order of their paths.
    pub diagnostics: &'i [Diagnostic],
    /// What subscribers have and is not written any more.
    pub ended: &'i [Ended],
    /// The directories of documents of archives.
    pub archives: &'i BTreeSet<String>,
    /// What else lay in the output directory.
    pub looked: &'i Looked,
}

impl<'i> Still<'i> {
    /// `None` where something may have changed: a file, a setting, a promise, a feed, or what the time allows. Where all
    /// of these are as they were, a run comes to what it came to. `promised` is the digest of the ledger.
    #[must_use]
    pub fn of(
        listing: &Listing,
        newsroom: &dyn Newsroom,
        settings: &Settings,
        promised: &Digest,
        index: &'i Index,
        now: DateTime<Utc>,
    ) -> Option<Still<'i>> {
        let run = index.memo.run.as_ref()?;
        let still = run.still.as_ref()?;
        let seconds = now.timestamp();
        let is_in_time = run.now <= seconds && still.until.is_none_or(|until| seconds < until);
        let is_same = is_in_time
            && listing.faults.is_empty()
            && listing.unlisted.is_empty()
            && index.holds(&listing.files)
            && run.settings == settings.digest()
            && run.ledger == *promised
            && run.unlisted.iter().all(|(path, known)| newsroom.fingerprint(path) == *known);
        let files = is_same.then(|| index.standing()).flatten()?;
        Some(Still {
            counts: still.counts,
            feeds: still.feeds,
            files,
            former: &still.former,
            next_due: still.next_due.and_then(|due| DateTime::from_timestamp(due, 0)),
            diagnostics: &still.told,
            ended: &still.ended,
            archives: &still.archives,
            looked: &still.looked,
        })
    }
}

/// When time alone changes something next.
pub fn until(catalog: &Catalog, withdrawals: &Withdrawals) -> Option<i64> {
    let ends = catalog.next_due.into_iter().chain(withdrawals.told_until());
    // The second in which it happens is the first that is no longer still.
    ends.map(|end| end.timestamp()).min()
}
