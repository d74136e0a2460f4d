//! Feeds that come to lie where subscribers had another one.

use super::KnownFeeds;
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::ledger::Ledger;
use crate::plan::{Plan, PlannedFeed};
use crate::settings::Settings;
use std::collections::HashMap;

/// Says so in the run in which it happens: from then on both are known to have lain there.
#[must_use]
pub fn diagnose(
    plan: &Plan,
    known: &KnownFeeds<'_>,
    ledger: &Ledger,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let mut new_places: HashMap<String, &PlannedFeed> = HashMap::new();
    for planned in &plan.feeds {
        let record = known.of(planned, settings);
        let is_new = |path: &String| record.is_none_or(|record| !record.files.contains_key(path));
        for path in planned.paths(settings).filter(is_new) {
            new_places.insert(path, planned);
        }
    }
    let mut diagnostics = Vec::new();
    for record in ledger.feeds() {
        // One of its files speaks for all of them.
        let taken = record.files.keys().find_map(|path| Some((path, *new_places.get(path)?)));
        let Some((path, planned)) = taken else { continue };
        if known.of(planned, settings).is_some_and(|own| own.id == record.id) {
            continue;
        }
        let (name, former) = (planned.key.name(), record.name());
        let message = format!("the feed `{name}` takes the place of the feed `{former}`: `{path}`");
        let location = Location::new(&settings.source, Position::START);
        diagnostics.push(Diagnostic::new(Code::TakenPath, location, message).help(
            "who subscribed there gets other articles: give the new feed a name of its own, or tell the two apart in \
             `feeds.path`",
        ));
    }
    diagnostics
}
