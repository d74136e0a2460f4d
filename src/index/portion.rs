//! The listed files in portions that fit the blocks of the index: where nothing changed, a block is good as it is.

use super::block::Block;
use crate::newsroom::{Fingerprint, Listed};
use rayon::prelude::*;
use std::ops::Range;
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

/// The listed files beside the blocks.
#[derive(Debug)]
pub struct Compared<'b> {
    portions: Vec<Beside<'b>>,
    /// Are there no other blocks, and in none of these other files?
    has_known_names: bool,
}

/// Some of the files, and what is remembered of them.
#[derive(Debug)]
struct Beside<'b> {
    files: Range<usize>,
    block: Option<&'b Arc<Block>>,
    /// Has the block exactly these files?
    has_its_names: bool,
    /// Are they as they were?
    is_unchanged: bool,
}

impl<'b> Compared<'b> {
    /// Puts every file into a portion, in the order of their paths, and looks at what has changed.
    #[must_use]
    pub fn with(files: &[Listed], blocks: &'b [Arc<Block>]) -> Compared<'b> {
        let ranges = ranges(files, blocks);
        let beside = |(range, block): (Range<usize>, Option<&'b Arc<Block>>)| {
            let own = &files[range.clone()];
            let is_unchanged = block.is_some_and(|block| block.holds(own));
            let has_its_names = is_unchanged || block.is_some_and(|block| block.names(own));
            Beside { files: range, block, has_its_names, is_unchanged }
        };
        let portions: Vec<_> = ranges.into_par_iter().map(beside).collect();
        let has_known_names =
            portions.len() == blocks.len() && portions.iter().all(|portion| portion.has_its_names);
        Compared { portions, has_known_names }
    }

    /// Of each file whether it is an article, if there are the same names as before.
    #[must_use]
    pub fn known_names(&self) -> Option<Vec<bool>> {
        let articles = |block: &'b Arc<Block>| (0..block.len()).map(|number| block.is_article(number));
        let blocks = || self.portions.iter().filter_map(|portion| portion.block);
        self.has_known_names.then(|| blocks().flat_map(articles).collect())
    }
}

fn ranges<'b>(files: &[Listed], blocks: &'b [Arc<Block>]) -> Vec<(Range<usize>, Option<&'b Arc<Block>>)> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (block, next) in blocks.iter().zip(blocks.iter().skip(1).map(Some).chain([None])) {
        let is_before = |file: &Listed| next.is_none_or(|next| *file.path < *next.path(0));
        let end = start + files[start..].partition_point(is_before);
        let size = if end - start > MOST_FILES { FILES } else { end - start };
        ranges.extend(chunks(start..end, size).map(|range| (range, Some(block))));
        start = end;
    }
    ranges.extend(chunks(start..files.len(), FILES).map(|range| (range, None)));
    ranges
}

fn chunks(range: Range<usize>, size: usize) -> impl Iterator<Item = Range<usize>> {
    let end = range.end;
    range.step_by(size.max(1)).map(move |start| start..end.min(start + size))
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

/// Puts every file into a portion, in order, and lets those go that are known. `articles` says which are articles.
#[must_use]
pub fn work<'a>(mut files: Vec<Listed>, articles: &[bool], compared: Compared<'a>) -> Vec<Work<'a>> {
    let mut work = Vec::with_capacity(compared.portions.len());
    let mut known = Vec::new();
    // From the last one on, so that each can be cut off.
    for Beside { files: range, block, is_unchanged, .. } in compared.portions.into_iter().rev() {
        let (own, are_articles) = (files.split_off(range.start), &articles[range]);
        let is_same = |block: &&Arc<Block>| {
            let is_article = |(number, is_article)| block.is_article(number) == is_article;
            is_unchanged && are_articles.iter().copied().enumerate().all(is_article)
        };
        match block.filter(is_same) {
            Some(block) => {
                known.push(own);
                work.push(Work::Known(block));
            }
            None => {
                let file = |(Listed { path, fingerprint }, &is_article): (Listed, &bool)| SourceFile {
                    path,
                    fingerprint,
                    is_article,
                };
                work.push(Work::Unknown(own.into_iter().zip(are_articles).map(file).collect(), block));
            }
        }
    }
    known.into_par_iter().for_each(drop);
    work.reverse();
    work
}

impl Portion<'_, '_> {
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
