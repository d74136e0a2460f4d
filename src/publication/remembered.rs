//! What the run before found out and is still so.

use crate::catalog::{Card, Catalog};
use crate::digest::Digest;
use crate::index::Index;
use crate::index::changes::{Cards, Changes};
use crate::index::memo::{ArticleMemo, DocumentMemo, FeedMemo, Made, RunMemo};
use crate::index::name::{Name, ShortName};
use crate::ledger::Ledger;
use crate::newsroom::Newsroom;
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// What is remembered of the run before, and what has changed since.
pub struct Remembered<'i> {
    index: &'i Index,
    /// `None` where it was another publication.
    run: Option<Before<'i>>,
    changes: Changes,
}

/// What is remembered of a run of this publication.
#[derive(Clone, Copy)]
struct Before<'i> {
    run: &'i RunMemo,
    made: &'i Made,
}

impl<'i> Remembered<'i> {
    /// Finds what has changed. `digests` are those of the cards of this run.
    #[must_use]
    pub fn of(
        index: &'i Index,
        digests: &[Vec<u64>],
        catalog: &Catalog,
        newsroom: &dyn Newsroom,
        ledger: &Ledger,
        (settings, now): (&Settings, DateTime<Utc>),
    ) -> Remembered<'i> {
        let is_same = |run: &&RunMemo| {
            run.now <= now.timestamp()
                && run.settings == settings.digest()
                && run.frame == frame(catalog)
                && run.ledger == ledger.digest()
        };
        let Some(run) = index.memo.run.as_ref().filter(is_same) else {
            return Remembered { index, run: None, changes: Changes::default() };
        };
        let made = index.memo.details.get();
        let before = Cards { blocks: index.blocks(settings), digests: &made.digests };
        let now = Cards { blocks: &catalog.blocks, digests };
        let mut changes = Changes::between(&before, &now, catalog);
        for (path, known) in &run.unlisted {
            if catalog.is_listed(path) || newsroom.fingerprint(path) != *known {
                changes.add(Name::of_file(path));
            }
        }
        Remembered { index, run: Some(Before { run, made }), changes }
    }

    /// An article that would be rendered as it was. `id` is the name of its id.
    #[must_use]
    pub fn article(&self, card: &Card, id: Name) -> Option<&'i Arc<ArticleMemo>> {
        let memo = self.run?.made.articles.get(&id).filter(|_| !card.is_held)?;
        let is_touched =
            self.changes.touch([&Name::of_file(card.path())]) || self.changes.touch(&memo.names.names);
        (!is_touched).then_some(memo)
    }

    /// What can have changed of documents.
    #[must_use]
    pub fn of_documents(&self, catalog: &Catalog) -> RememberedDocuments<'_> {
        let is_touched = |card: &Card| card.is_held || self.changes.touch([&Name::of_file(card.path())]);
        let touched =
            match self.run.is_none_or(|before| before.made.documents.is_empty()) || self.changes.is_empty() {
                true => Vec::new(),
                false => catalog.cards.par_iter().map(is_touched).collect(),
            };
        RememberedDocuments { index: self.index, run: self.run, touched, names: self.changes.short() }
    }

    /// A feed of which nothing has changed but, perhaps, its articles. `id` is the name of its id.
    #[must_use]
    pub fn feed(&self, id: Name, frame: u64) -> Option<&'i FeedMemo> {
        self.run?.made.feeds.get(&id).filter(|memo| memo.frame == frame)
    }

    /// Does a file lie there as it was left?
    #[must_use]
    pub fn stands(&self, path: &str) -> bool {
        self.index.stands(path)
    }

    /// Is the list or page at this path made of the same still, and does it lie there as it was left?
    #[must_use]
    pub fn draft(&self, path: &str, made_of: u64) -> bool {
        self.run.is_some_and(|before| before.made.drafts.get(path) == Some(&made_of))
            && self.index.stands(path)
    }
}

/// What is remembered of the documents of archives, and what has changed since.
pub struct RememberedDocuments<'i> {
    index: &'i Index,
    run: Option<Before<'i>>,
    /// Of each card, whether its file is another; empty where none is.
    touched: Vec<bool>,
    names: HashSet<ShortName>,
}

impl<'i> RememberedDocuments<'i> {
    /// The files that the run before looked for and that no listing had.
    #[must_use]
    pub fn looked_for(&self) -> Vec<String> {
        self.run.iter().flat_map(|before| before.run.unlisted.keys()).cloned().collect()
    }

    /// A document that has this frame still, and whose files lie there as they were left.
    #[must_use]
    pub fn document(
        &self,
        feed: &str,
        index: usize,
        frame: u64,
        articles: &[u32],
        mut files: impl Iterator<Item = String>,
    ) -> Option<&'i DocumentMemo> {
        let memo =
            self.run?.made.documents.get(feed)?.get(index)?.as_ref().filter(|memo| memo.frame == frame)?;
        let is_touched = !self.touched.is_empty()
            && (articles.iter().any(|&article| self.touched[article as usize])
                || memo.names.iter().any(|name| self.names.contains(name)));
        (!is_touched && files.all(|path| self.index.stands(&path))).then_some(memo)
    }
}

/// What every article may have to do with.
#[must_use]
pub fn frame(catalog: &Catalog) -> Digest {
    Digest::of([catalog.names().as_bytes()])
}
