//! What is different from the run before: files by their fingerprints, articles by their cards.

use super::block::Block;
use super::name::{Name, ShortName};
use super::record::Kind;
use crate::article::bare_name;
use crate::catalog::Catalog;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

/// The names of all that changed.
#[derive(Debug, Default)]
pub struct Changes(HashSet<Name>);

impl Changes {
    /// Is one of these among them?
    pub fn touch<'n>(&self, names: impl IntoIterator<Item = &'n Name>) -> bool {
        names.into_iter().any(|name| self.0.contains(name))
    }

    /// Has nothing changed?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names in short.
    #[must_use]
    pub fn short(&self) -> HashSet<ShortName> {
        self.0.iter().map(|name| name.short()).collect()
    }

    /// Another name that changed.
    pub fn add(&mut self, name: Name) {
        self.0.insert(name);
    }

    /// What changed between two runs: their blocks with the digests of the cards, in the order of the files.
    #[must_use]
    pub fn between(before: &Cards<'_>, now: &Cards<'_>, catalog: &Catalog) -> Changes {
        let mut changes = Changes::default();
        let kept: HashSet<*const Block> = before.blocks.iter().map(Arc::as_ptr).collect();
        let is_new = |block: &Arc<Block>| !kept.contains(&Arc::as_ptr(block));
        let still: HashSet<*const Block> = now.blocks.iter().map(Arc::as_ptr).collect();
        let mut old = before.files(|block| !still.contains(&Arc::as_ptr(block))).peekable();
        let mut new = now.files(is_new).peekable();
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(old), Some(new)) => old.path().cmp(new.path()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
            };
            let (was, is) = match order {
                Ordering::Less => (old.next(), None),
                Ordering::Greater => (None, new.next()),
                Ordering::Equal => (old.next(), new.next()),
            };
            let is_same = was.as_ref().zip(is.as_ref()).is_some_and(|(was, is)| was.is_same(is));
            if !is_same {
                [was, is].into_iter().flatten().for_each(|file| file.name(&mut changes));
            }
        }
        // Of files that nobody touched the articles may be others all the same: their time has come, say.
        let old: Vec<(&Arc<Block>, &[u64])> =
            before.blocks.iter().zip(before.digests.iter().map(Vec::as_slice)).collect();
        let was: std::collections::HashMap<*const Block, &[u64]> =
            old.into_iter().map(|(block, digests)| (Arc::as_ptr(block), digests)).collect();
        for (block, digests) in now.blocks.iter().zip(now.digests) {
            let Some(was) = was.get(&Arc::as_ptr(block)).filter(|was| **was != digests.as_slice()) else {
                continue;
            };
            for (number, (was, is)) in was.iter().zip(digests).enumerate() {
                if was != is {
                    File { block, number, digest: *is }.name(&mut changes);
                    let card = catalog.at_path(block.path(number));
                    changes.0.extend(card.and_then(|card| card.key).map(Name::of_translations));
                }
            }
        }
        changes
    }
}

/// Blocks, and of each file the digest of its article's card; 0 where there is none.
pub struct Cards<'a> {
    /// The blocks.
    pub blocks: &'a [Arc<Block>],
    /// The digests, a list for each block.
    pub digests: &'a [Vec<u64>],
}

impl<'a> Cards<'a> {
    fn files(&self, is_wanted: impl Fn(&Arc<Block>) -> bool) -> impl Iterator<Item = File<'a>> {
        let blocks = self.blocks.iter().zip(self.digests).filter(move |(block, _)| is_wanted(block));
        blocks.flat_map(|(block, digests)| {
            digests.iter().enumerate().map(move |(number, digest)| File { block, number, digest: *digest })
        })
    }
}

/// The digests of the cards of a catalog.
#[must_use]
pub fn digests(catalog: &Catalog) -> Vec<Vec<u64>> {
    let of_block = |block: &Arc<Block>| {
        let mut cards = catalog.from_path(block.path(0)).peekable();
        let digest = |number| {
            let path = block.raw_path(number);
            while cards.next_if(|card| card.raw_path() < path).is_some() {}
            cards.next_if(|card| card.raw_path() == path).map_or(0, |card| card.digest().max(1))
        };
        (0..block.len()).map(digest).collect()
    };
    catalog.blocks.par_iter().map(of_block).collect()
}

/// A file in a block.
struct File<'a> {
    block: &'a Arc<Block>,
    number: usize,
    digest: u64,
}

impl<'a> File<'a> {
    fn path(&self) -> &'a str {
        self.block.path(self.number)
    }

    fn is_same(&self, other: &File<'_>) -> bool {
        let of = |file: &File<'_>| file.block.fingerprint(file.number);
        of(self).is_some()
            && of(self) == of(other)
            && self.digest == other.digest
            && self.block.is_article(self.number) == other.block.is_article(other.number)
    }

    fn name(&self, changes: &mut Changes) {
        changes.add(Name::of_file(self.path()));
        if !self.block.is_article(self.number) {
            return;
        }
        changes.add(Name::of_bare(bare_name(self.path())));
        let record = self.block.record(self.number).filter(|record| record.kind == Kind::Article);
        changes.0.extend(record.and_then(|record| record.key).map(Name::of_translations));
    }
}
