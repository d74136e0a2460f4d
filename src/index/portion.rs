//! The listed files in portions that fit the blocks of the index: where nothing changed, a block is good as it is.

use super::block::Block;
use crate::newsroom::Fingerprint;
use rayon::prelude::*;
use std::sync::Arc;

/// A file that there is, and whether it is an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path.
    pub path: Box<str>,
    /// What it has as long as it is not changed; `None` where a change might not show.
    pub fingerprint: Option<Fingerprint>,
    /// Is it an article?
    pub is_article: bool,
}

/// Files that are read together.
#[derive(Debug)]
pub struct Portion<'f, 'b> {
    /// The files, in the order of their paths.
    pub files: &'f [SourceFile],
    /// What is remembered of these, and maybe of others.
    pub block: Option<&'b Arc<Block>>,
}

/// How many files a new block holds.
const FILES: usize = 512;

/// A block that has grown beyond this is split.
const MOST_FILES: usize = 2 * FILES;

/// Puts every file into a portion, in order.
#[must_use]
pub fn portions<'f, 'b>(files: &'f [SourceFile], blocks: &'b [Arc<Block>]) -> Vec<Portion<'f, 'b>> {
    let mut portions = Vec::new();
    let mut rest = files;
    for (block, next) in blocks.iter().zip(blocks.iter().skip(1).map(Some).chain([None])) {
        let is_before = |file: &SourceFile| next.is_none_or(|next| *file.path < *next.path(0));
        let (own, others) = rest.split_at(rest.partition_point(is_before));
        rest = others;
        if !own.is_empty() {
            let size = if own.len() > MOST_FILES { FILES } else { own.len() };
            portions.extend(own.chunks(size).map(|files| Portion { files, block: Some(block) }));
        }
    }
    portions.extend(rest.chunks(FILES).map(|files| Portion { files, block: None }));
    portions
}

/// Files that are read together, or their block, which says all that they say. Of a million files nearly all are known,
/// and their paths need not stand in memory besides.
#[derive(Debug)]
pub enum Work<'a> {
    /// Nothing has changed.
    Known(&'a Arc<Block>),
    /// Something has, or nothing was known.
    Unknown(Vec<SourceFile>, Option<&'a Arc<Block>>),
}

/// Puts every file into a portion, in order, and lets those go that are known.
#[must_use]
pub fn work<'a>(files: Vec<SourceFile>, blocks: &'a [Arc<Block>]) -> Vec<Work<'a>> {
    let looked_at = |portion: &Portion<'_, 'a>| {
        (portion.files.len(), portion.block, portion.block.filter(|_| portion.is_unchanged()))
    };
    let portions: Vec<_> = portions(&files, blocks).par_iter().map(looked_at).collect();
    let mut files = files.into_iter();
    let work = |(length, block, unchanged)| {
        let own = files.by_ref().take(length);
        match unchanged {
            Some(block) => {
                own.for_each(drop);
                Work::Known(block)
            }
            None => Work::Unknown(own.collect(), block),
        }
    };
    portions.into_iter().map(work).collect()
}

impl Portion<'_, '_> {
    /// Is the block exactly of these files, as they are?
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        let is_same = |block: &&Arc<Block>| {
            let is_same = |(number, file): (usize, &SourceFile)| {
                is_known(file, block, number) && block.path(number) == &*file.path
            };
            block.len() == self.files.len() && self.files.iter().enumerate().all(is_same)
        };
        self.block.as_ref().is_some_and(is_same)
    }

    /// The files, each with the number of its sketch in the block, if that is good.
    pub fn known(&self) -> impl Iterator<Item = (&SourceFile, Option<usize>)> {
        self.files.iter().map(|file| {
            let number = self.block.and_then(|block| block.position(&file.path));
            (file, number.filter(|&number| self.block.is_some_and(|block| is_known(file, block, number))))
        })
    }
}

fn is_known(file: &SourceFile, block: &Block, number: usize) -> bool {
    let is_same = file.fingerprint.is_some() && block.fingerprint(number) == file.fingerprint;
    is_same && block.is_article(number) == file.is_article
}
