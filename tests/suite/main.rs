//! What feedmill promises, held against the real program and the library. One module for each behaviour.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

mod adopt;
mod archive;
mod autodiscovery;
mod cli;
mod compressed;
mod diagnostics;
mod docs;
mod fuzz;
mod golden;
mod identity;
mod index;
mod init;
mod kit;
mod language;
mod ledger;
mod limits;
mod lost_ledger;
mod mapping;
mod members;
mod model;
mod monitoring;
mod moved_feeds;
mod new;
mod package;
mod promises;
mod properties;
mod readers;
mod readme;
mod report;
mod runs;
mod serve;
mod shell;
mod sites;
mod subscribed;
mod support;
mod trust;
mod values;
mod writing;
