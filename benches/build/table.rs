//! Prints the measurements as Markdown that a person can read and paste into `docs/performance.md`.

use std::thread::available_parallelism;
use std::time::Duration;

use crate::process::Run;
use crate::round::Contest;
use crate::tree::Tree;

const MEGABYTE: f64 = 1e6;

pub fn print(tree: &Tree, runs: usize, contests: &[Contest]) -> String {
    let cores = available_parallelism().map_or("unknown".to_owned(), |cores| cores.to_string());
    format!(
        "Articles: {} ({:.0} MB); cores: {cores}; runs of each: {runs}; page cache warm.\n\n{}\n{}",
        thousands(tree.articles),
        tree.size_bytes as f64 / MEGABYTE,
        measurements(contests),
        verdicts(tree.articles, contests),
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

fn measurements(contests: &[Contest]) -> String {
    let head = ["work", "program", "wall: median", "min - max", "CPU: median", "min - max", "peak memory"];
    let mut rows = vec![head.map(String::from)];
    for contest in contests {
        let peak = megabytes(peak_bytes(&contest.feedmill_runs));
        rows.push(measurement(contest.name, "feedmill", &contest.feedmill_runs, peak));
        if let Some(reference) = contest.reference {
            rows.push(measurement(contest.name, reference.name, &contest.reference_runs, String::new()));
        }
    }
    markdown(&rows)
}

fn measurement(work: &str, program: &str, runs: &[Run], peak: String) -> [String; 7] {
    let wall = Spread::of(runs, |run| run.wall);
    let cpu = Spread::of(runs, |run| run.cpu);
    [work.into(), program.into(), ms(wall.median), wall.range(), ms(cpu.median), cpu.range(), peak]
}

/// The ratios of median wall times beside the bars that the project set itself, and the largest peak of memory.
fn verdicts(articles: usize, contests: &[Contest]) -> String {
    let mut rows = vec![["work", "measured", "bar", ""].map(String::from)];
    for contest in contests {
        let bar = format!("{:.2} ×", contest.bar);
        rows.push(match contest.reference {
            Some(reference) => {
                let ratio = median_wall(&contest.feedmill_runs) / median_wall(&contest.reference_runs);
                let measured = format!("{ratio:.2} × {}", reference.name);
                [contest.name.into(), measured, bar, verdict(ratio <= contest.bar)]
            }
            None => [contest.name.into(), "no reference".into(), bar, "not known".into()],
        });
    }
    let peak = contests.iter().map(|contest| peak_bytes(&contest.feedmill_runs)).max().unwrap_or(0);
    let bar = memory_bar_bytes(articles);
    rows.push(["peak memory".into(), megabytes(peak), megabytes(bar), verdict(peak <= bar)]);
    markdown(&rows)
}

/// The budget names 100,000 and 1,000,000 articles; a tree between them has the room of the larger one.
fn memory_bar_bytes(articles: usize) -> u64 {
    if articles <= 100_000 { 100_000_000 } else { 500_000_000 }
}

fn verdict(met: bool) -> String {
    if met { "met" } else { "missed" }.to_owned()
}

fn peak_bytes(runs: &[Run]) -> u64 {
    runs.iter().map(|run| run.peak_bytes).max().unwrap_or(0)
}

fn median_wall(runs: &[Run]) -> f64 {
    Spread::of(runs, |run| run.wall).median.as_secs_f64()
}

struct Spread {
    min: Duration,
    median: Duration,
    max: Duration,
}

impl Spread {
    /// Of an even number of runs the median is the mean of the two in the middle.
    fn of(runs: &[Run], measure: impl Fn(&Run) -> Duration) -> Spread {
        let mut times: Vec<Duration> = runs.iter().map(measure).collect();
        times.sort();
        let last = times.len() - 1;
        Spread { min: times[0], median: (times[last / 2] + times[times.len() / 2]) / 2, max: times[last] }
    }

    fn range(&self) -> String {
        format!("{} - {}", ms(self.min), ms(self.max))
    }
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / MEGABYTE)
}

/// Rows as a Markdown table whose columns line up; the first row is the head.
fn markdown<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let widths: [usize; COLUMNS] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let line = |row: &[String; COLUMNS]| {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!(" {cell:<width$} ")).collect();
        format!("|{}|\n", cells.join("|"))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
    let body: String = rows[1..].iter().map(line).collect();
    format!("{}|{}|\n{body}", line(&rows[0]), rule.join("|"))
}
