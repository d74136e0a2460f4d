//! A progress bar for whoever watches, drawn from the outside: it counts what the core reads.

use feedmill::article::place::is_article;
use feedmill::newsroom::{Extent, Fingerprint, Listing, MediaSource, Newsroom};
use indicatif::{ProgressBar, ProgressStyle};
use std::io;
use std::time::Duration;

/// A newsroom that shows how much of it has been read.
pub struct Progress<N> {
    newsroom: N,
    bar: ProgressBar,
}

impl<N: Newsroom> Progress<N> {
    pub fn over(newsroom: N, is_shown: bool) -> Progress<N> {
        let bar = if is_shown { ProgressBar::no_length() } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Progress { newsroom, bar }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl<N: Newsroom> Newsroom for Progress<N> {
    fn list(&self) -> Listing {
        self.bar.set_message("listing");
        self.bar.enable_steady_tick(Duration::from_millis(100));
        let listing = self.newsroom.list();
        self.bar.set_message("reading");
        if !self.bar.is_hidden() {
            let articles = listing.files.iter().filter(|file| is_article(&file.path)).count();
            self.bar.set_length(articles as u64);
        }
        listing
    }

    fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>> {
        match extent {
            Extent::Head => self.bar.inc(1),
            Extent::Whole => self.bar.set_message("rendering"),
        }
        self.newsroom.read(path, extent)
    }

    fn read_head(&self, path: &str, head: &mut Vec<u8>) -> io::Result<()> {
        self.bar.inc(1);
        self.newsroom.read_head(path, head)
    }

    fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        self.newsroom.last_good(path)
    }

    fn has(&self, path: &str) -> bool {
        self.newsroom.has(path)
    }

    fn fingerprint(&self, path: &str) -> Fingerprint {
        self.newsroom.fingerprint(path)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn MediaSource>> {
        self.newsroom.open(path)
    }
}
