//! `feedmill ledger show`: what is remembered of articles, or how much.

use super::{source_path, time};
use crate::commands::{ledger, number};
use crate::disk::{self, near::did_you_mean};
use crate::exit::ExitStatus;
use crate::report::Report;
use crate::site::Site;
use crate::terminal::visible_line;
use feedmill::ledger::{Adopted, EntryRecord, FeedRecord, Glance, Ledger};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

pub fn show(names: &[String], site: &Site, report: &Report) -> Result<(), ExitStatus> {
    let ledger = ledger(report, site)?;
    if names.is_empty() {
        return summary(&ledger, site, report);
    }
    let asked: Vec<Asked<'_>> =
        names.iter().map(|name| Asked { name, path: source_path(name, site) }).collect();
    let mut found: Vec<(EntryRecord, State)> = Vec::new();
    for entry in ledger.entries().filter(|entry| asked.iter().any(|one| one.is(&Glance::of(entry)))) {
        let state = if entry.stands() { State::Standing } else { State::Withdrawn };
        found.push((entry.clone(), state));
    }
    let is_sought =
        |glance: Glance<'_>| ledger.entry(glance.id).is_none() && asked.iter().any(|one| one.is(&glance));
    each_past(&ledger, site, report, &is_sought, &mut |record| {
        found.retain(|(known, _)| known.id != record.id);
        found.push((record, State::Past));
    })?;
    let adopted: Vec<&Adopted> =
        ledger.adopted().filter(|adopted| asked.iter().any(|one| one.is_adopted(adopted))).collect();
    for (record, state) in &found {
        tell(record, *state, &ledger, report);
    }
    for adopted in &adopted {
        tell_adopted(adopted, report);
    }
    let is_known = |one: &Asked<'_>| {
        found.iter().any(|(record, _)| one.is(&Glance::of(record)))
            || adopted.iter().any(|adopted| one.is_adopted(adopted))
    };
    match asked.iter().find(|one| !is_known(one)) {
        None => Ok(()),
        Some(unknown) => {
            let message = format!("nothing is remembered of `{}`", unknown.name);
            let named = || "name an article by its file, its id or its permalink".to_owned();
            let help = did_you_mean(Path::new(unknown.name)).unwrap_or_else(named);
            Err(report.failure(&message, Some(&help)))
        }
    }
}

/// An article, as it was named.
struct Asked<'n> {
    name: &'n str,
    path: String,
}

impl Asked<'_> {
    fn is(&self, glance: &Glance<'_>) -> bool {
        glance.id == self.name || glance.permalink == self.name || glance.path == self.path
    }

    fn is_adopted(&self, adopted: &Adopted) -> bool {
        let Adopted { id, permalink, path, .. } = adopted;
        self.is(&Glance { id, permalink, path, body: None })
    }
}

#[derive(Clone, Copy)]
enum State {
    Standing,
    Withdrawn,
    Past,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            State::Standing => "standing",
            State::Withdrawn => "withdrawn",
            State::Past => "past",
        }
    }
}

fn tell(record: &EntryRecord, state: State, ledger: &Ledger, report: &Report) {
    let names = |ids: &BTreeSet<String>| -> Vec<String> {
        ids.iter().map(|id| ledger.feed(id).map_or_else(|| id.clone(), FeedRecord::name)).collect()
    };
    let now: BTreeSet<String> =
        ledger.feeds().filter(|feed| feed.entries.contains(&record.id)).map(|feed| feed.id.clone()).collect();
    let told = match (state, record.withdrawn) {
        (State::Standing, _) => format!("stands in {}", names(&now).join(", ")),
        (State::Withdrawn, Some(when)) => format!("withdrawn on {}", time(when)),
        (State::Withdrawn, None) => "withdrawn".to_owned(),
        (State::Past, _) => "in no feed any more; newer ones pushed it out, or it left them".to_owned(),
    };
    let before: BTreeSet<String> =
        record.feeds.iter().filter(|feed| !now.contains(*feed)).map(str::to_owned).collect();
    let mut rows = vec![
        ("file", if record.path.is_empty() { "not known".to_owned() } else { record.path.clone() }),
        ("page", record.permalink.clone()),
        ("title", record.title.clone()),
        ("published", record.known_published().map_or_else(|| "not known".to_owned(), time)),
        ("updated", time(record.updated)),
        ("state", told),
    ];
    if !before.is_empty() {
        rows.push(("was in", names(&before).join(", ")));
    }
    report.answer(&block(&record.id, &rows), as_json(record, state, &now));
}

fn as_json(record: &EntryRecord, state: State, now: &BTreeSet<String>) -> Value {
    json!({
        "type": "entry",
        "state": state.name(),
        "id": record.id,
        "path": record.path,
        "url": record.permalink,
        "title": record.title,
        "published": record.known_published().map(time),
        "updated": time(record.updated),
        "withdrawn": record.withdrawn.map(time),
        "edition": record.edition,
        "feeds": now,
        "ever_in": record.feeds,
    })
}

fn tell_adopted(adopted: &Adopted, report: &Report) {
    let rows = [
        ("adopted", format!("from {}", adopted.feed)),
        ("file", adopted.path.clone()),
        ("page", adopted.permalink.clone()),
    ];
    let event = json!({
        "type": "adopted",
        "path": adopted.path,
        "id": adopted.id,
        "url": adopted.permalink,
        "feed": adopted.feed,
        "replaces": null,
        "dry_run": false,
    });
    report.answer(&block(&adopted.id, &rows), event);
}

fn block(id: &str, rows: &[(&str, String)]) -> String {
    let row = |(name, value): &(&str, String)| format!("\n  {name:<10} {}", visible_line(value));
    visible_line(id) + &rows.iter().map(row).collect::<String>()
}

/// How much there is of what.
fn summary(ledger: &Ledger, site: &Site, report: &Report) -> Result<(), ExitStatus> {
    let past: RefCell<HashSet<String>> = RefCell::default();
    // A glance is enough to count them.
    let count = |glance: Glance<'_>| {
        if ledger.entry(glance.id).is_none() {
            past.borrow_mut().insert(glance.id.to_owned());
        }
        false
    };
    each_past(ledger, site, report, &count, &mut |_| {})?;
    let past = past.into_inner();
    let standing = ledger.entries().filter(|entry| entry.stands()).count();
    let withdrawn = ledger.entries().count() - standing;
    let (feeds, adopted) = (ledger.feeds().count(), ledger.adopted().count());
    let is_recovered = !ledger.is_empty() && !disk::ledger::exists(&site.state);
    let source = match is_recovered {
        true => format!("there is no ledger; the feeds in {} tell", site.output.display()),
        false => site.state.join(disk::ledger::FILE_NAME).display().to_string(),
    };
    let text = format!(
        "{source}\n  {} in {}\n  {withdrawn} withdrawn\n  {} in no feed any more\n  {} adopted",
        entries(standing),
        number(feeds, "feed"),
        past.len(),
        number(adopted, "id")
    );
    let event = json!({
        "type": "ledger",
        "standing": standing,
        "withdrawn": withdrawn,
        "past": past.len(),
        "adopted": adopted,
        "feeds": feeds,
        "recovered": is_recovered,
    });
    report.answer(&text, event);
    Ok(())
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

/// Hands over what was put aside.
fn each_past(
    ledger: &Ledger,
    site: &Site,
    report: &Report,
    is_sought: &dyn Fn(Glance<'_>) -> bool,
    take: &mut dyn FnMut(EntryRecord),
) -> Result<(), ExitStatus> {
    let Some(past) = &ledger.past().0 else { return Ok(()) };
    past.each(is_sought, take).map_err(|fault| {
        report.diagnostics(&[fault], &site.articles);
        ExitStatus::JobFailed
    })
}
