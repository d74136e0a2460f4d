//! A sequence of events played to its end, and made shorter where it breaks a promise.

use super::chance::Chance;
use super::desk::Desk;
use super::event::Event;
use super::mill::{Mill, Ran};
use super::subscriber::{Look, Subscriber};
use feedmill::diagnostic::Code;
use feedmill::publication::Publication;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Plays them; the error says which promise was broken, and when.
pub fn play(events: &[Event]) -> Result<(), String> {
    let mut desk = Desk::new();
    let mut mill = Mill::default();
    let mut subscriber = Subscriber::default();
    for (number, event) in events.iter().chain([&Event::Run(5)]).enumerate() {
        desk.let_happen(*event);
        let told = |broken| format!("event {number}: {broken}");
        if let Event::Run(_) | Event::Accept | Event::LoseLedger = event {
            run(&mut desk, &mut mill, &mut subscriber, *event == Event::Accept).map_err(told)?;
        }
        if *event == Event::LoseLedger {
            lose_ledger(&desk, &mill).map_err(told)?;
        }
    }
    Ok(())
}

fn run(desk: &mut Desk, mill: &mut Mill, subscriber: &mut Subscriber, accepts: bool) -> Result<(), String> {
    let Ran::Published(publication) = mill.run(desk, accepts)? else { return Ok(()) };
    let look = Look { desk, publication: &publication, output: &mill.output, stale: &mill.stale, accepts };
    let met = subscriber.look(&look)?;
    let (kept, output) = (mill.kept(), mill.output.clone());
    let Ran::Published(_) = mill.run(desk, accepts)? else {
        return Err("nothing happened, and a run refuses".to_owned());
    };
    if let Some(changed) = changed(&output, mill) {
        return Err(format!("nothing happened, and `{changed}` changes"));
    }
    if kept != mill.kept() {
        return Err(format!("nothing happened, and the ledger changes:\n{kept}\n{}", mill.kept()));
    }
    desk.remember_shown(met.shown);
    desk.archived = met.archived;
    Ok(())
}

/// A file that is not what it was.
fn changed<'m>(before: &BTreeMap<String, Vec<u8>>, mill: &'m Mill) -> Option<&'m String> {
    mill.output.iter().find(|(path, bytes)| before.get(*path) != Some(bytes)).map(|(path, _)| path)
}

/// Who has lost the ledger publishes the same, where nothing else is lost: a feed that stays as it was for its own
/// good is known to the ledger only.
fn lose_ledger(desk: &Desk, mill: &Mill) -> Result<(), String> {
    let is_kept = |publication: &Publication| {
        publication.diagnostics.iter().any(|fault| fault.code == Code::PoorerFeed)
    };
    match mill.clone().run(desk, false)? {
        Ran::Published(publication) if desk.is_sound() && !is_kept(&publication) => {}
        _ => return Ok(()),
    }
    // The ledger, what stands in which document, or both.
    let losses = [(true, false), (true, true), (false, true)];
    for (ledger, archive) in losses.into_iter().filter(|(_, archive)| !archive || mill.archive.is_some()) {
        let mut mill = mill.clone();
        let output = mill.output.clone();
        mill.ledger.take_if(|_| ledger);
        mill.archive.take_if(|_| archive);
        let Ran::Published(_) = mill.run(desk, false)? else {
            return Err("without the ledger, a run refuses".to_owned());
        };
        if let Some(changed) = changed(&output, &mill) {
            return Err(format!("without the ledger, `{changed}` changes"));
        }
    }
    Ok(())
}

/// As [`play`], with a panic as one more broken promise.
fn outcome(events: &[Event]) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| play(events))).unwrap_or_else(|_| Err("a panic".to_owned()))
}

/// Any sequence of this length.
pub fn any_events(seed: u64, length: usize) -> Vec<Event> {
    let mut chance = Chance(seed);
    (0..length).map(|_| Event::any(&mut chance)).collect()
}

/// Plays a sequence. The error is the shortest one found that breaks a promise, one event a line.
pub fn check(seed: u64, events: Vec<Event>) -> Result<(), String> {
    let Err(mut broken) = outcome(&events) else { return Ok(()) };
    let mut shortest = events;
    let mut piece = shortest.len().div_ceil(2);
    loop {
        let (mut start, before) = (0, shortest.len());
        while start < shortest.len() {
            let end = (start + piece).min(shortest.len());
            let shorter = [&shortest[..start], &shortest[end..]].concat();
            match outcome(&shorter) {
                Err(still) => (shortest, broken) = (shorter, still),
                Ok(()) => start = end,
            }
        }
        if piece > 1 {
            piece = piece.div_ceil(2);
        } else if shortest.len() == before {
            break;
        }
    }
    let lines: String = shortest.iter().map(|event| format!("    {event:?},\n")).collect();
    Err(format!("seed {seed}: {broken}\n{lines}"))
}
