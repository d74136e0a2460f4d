//! What an entry stands beside: the place it is about, where it comes from, what is said of it elsewhere.

use crate::address::Address;
use crate::language::Language;

/// Where it happened: a name, a point, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// What the place is called.
    pub name: Option<String>,
    /// Latitude from -90 to 90 and longitude from -180 to 180 degrees (WGS 84).
    pub point: Option<(f64, f64)>,
}

/// Where an article appeared first: at least one of these is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who published it.
    pub title: Option<String>,
    /// The article there.
    pub url: Option<Address>,
    /// The feed that it was in.
    pub feed: Option<Address>,
}

impl Source {
    /// What readers see: who published it, else the host.
    #[must_use]
    pub fn name(&self) -> String {
        let host = || self.url.as_ref().or(self.feed.as_ref()).map(Address::host);
        self.title.clone().or_else(host).unwrap_or_default()
    }
}

/// What readers say to it: at least one of these is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comments {
    /// The page where they stand.
    pub url: Option<Address>,
    /// How many there are.
    pub count: Option<u64>,
    /// The feed of them.
    pub feed: Option<Address>,
}

/// Another page that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it is.
    pub url: Address,
    /// Its headline.
    pub title: Option<String>,
    /// What it is written in, where that is another language.
    pub language: Option<Language>,
}
