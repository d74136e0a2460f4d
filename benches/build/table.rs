//! Prints the measurements as Markdown that a person can read and paste into `docs/performance.md`.

use std::thread::available_parallelism;

use crate::peer::Peer;
use crate::process::Run;
use crate::round::Contest;
use crate::spread::{Spread, median_wall, ms, peak_bytes};
use crate::tree::Tree;
use crate::work::Work;

const MEGABYTE: f64 = 1e6;

pub fn print(tree: &Tree, runs: usize, contests: &[Contest], peers: &[Peer]) -> String {
    let cores = available_parallelism().map_or("unknown".to_owned(), |cores| cores.to_string());
    format!(
        "Articles: {} ({:.0} MB); feeds: {}; cores: {cores}; runs of each: {runs}; page cache warm.\n\n{}\n{}",
        thousands(tree.articles),
        tree.size_bytes as f64 / MEGABYTE,
        thousands(tree.in_feeds.len()),
        measurements(contests, peers),
        verdicts(tree, contests, peers),
    )
}

/// 1234567 as 1,234,567.
pub fn thousands(number: usize) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", thousands(number / 1000), number % 1000)
    }
}

fn measurements(contests: &[Contest], peers: &[Peer]) -> String {
    let head = ["work", "program", "wall: median", "min - max", "CPU: median", "min - max", "peak memory"];
    let mut rows = vec![head.map(String::from)];
    for contest in contests {
        let name = contest.work.name();
        rows.push(measurement(name, "feedmill", &contest.feedmill_runs));
        if let Some(reference) = contest.reference {
            rows.push(measurement(name, reference.name, &contest.reference_runs));
        }
        if contest.work == Work::Cold {
            rows.extend(peers.iter().map(|peer| measurement(name, &peer.name, &peer.runs)));
        }
    }
    markdown(&rows)
}

fn measurement(work: &str, program: &str, runs: &[Run]) -> [String; 7] {
    let wall = Spread::of(runs, |run| run.wall);
    let cpu = Spread::of(runs, |run| run.cpu);
    let peak = megabytes(peak_bytes(runs));
    [work.into(), program.into(), ms(wall.median), wall.range(), ms(cpu.median), cpu.range(), peak]
}

/// The ratios of median wall times beside the bars that the project set itself, and the largest peak of memory.
fn verdicts(tree: &Tree, contests: &[Contest], peers: &[Peer]) -> String {
    let mut rows = vec![["work", "measured", "bar", ""].map(String::from)];
    for contest in contests {
        let name = contest.work.name();
        let wall = median_wall(&contest.feedmill_runs);
        let bar = contest.bar.map(|bar| format!("{bar:.2} ×"));
        rows.push(match contest.reference {
            Some(reference) => {
                let ratio = wall / median_wall(&contest.reference_runs);
                let verdict = contest.bar.map(|bar| verdict(ratio <= bar));
                let measured = format!("{ratio:.2} × {}", reference.name);
                [name.into(), measured, bar.unwrap_or_default(), verdict.unwrap_or_default()]
            }
            None => [name.into(), "no reference".into(), bar.unwrap_or_default(), "not known".into()],
        });
        if contest.work == Work::Cold {
            rows.extend(peers.iter().map(|peer| {
                let measured = format!("{:.3} × {}", wall / median_wall(&peer.runs), peer.name);
                [name.into(), measured, String::new(), String::new()]
            }));
        }
    }
    let peak = contests.iter().map(|contest| peak_bytes(&contest.feedmill_runs)).max().unwrap_or(0);
    let (bar, verdict) = match memory_bar_bytes(tree) {
        Some(bar) => (megabytes(bar), verdict(peak <= bar)),
        None => (String::new(), String::new()),
    };
    rows.push(["peak memory".into(), megabytes(peak), bar, verdict]);
    markdown(&rows)
}

/// The budget names 100,000 and 1,000,000 articles; a tree between them has the room of the larger one.
fn memory_bar_bytes(tree: &Tree) -> Option<u64> {
    let bar = if tree.articles <= 100_000 { 100_000_000 } else { 500_000_000 };
    (!tree.shape.has_feeds_of_people_and_tags).then_some(bar)
}

fn verdict(met: bool) -> String {
    if met { "met" } else { "missed" }.to_owned()
}

pub fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / MEGABYTE)
}

/// Rows as a Markdown table whose columns line up; the first row is the head.
pub fn markdown<Row: AsRef<[String]>>(rows: &[Row]) -> String {
    let columns = rows.first().map_or(0, |head| head.as_ref().len());
    let width =
        |column: usize| rows.iter().map(|row| row.as_ref()[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Row| {
        let cells = row.as_ref().iter().zip(&widths).map(|(cell, &width)| format!(" {cell:<width$} "));
        format!("|{}|\n", cells.collect::<Vec<_>>().join("|"))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
    let body: String = rows[1..].iter().map(line).collect();
    format!("{}|{}|\n{body}", line(&rows[0]), rule.join("|"))
}
