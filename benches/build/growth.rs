//! How time and memory grow with the archive: what each article costs in trees of several sizes.

use crate::process::Run;
use crate::round::Contest;
use crate::spread::{median_cpu, median_wall, peak_bytes};
use crate::table::{markdown, thousands};

/// A table of what one article takes, and how many times what it takes in the first tree.
pub fn print(measured: &[(usize, Vec<Contest>)]) -> String {
    let sizes = measured.iter().map(|(articles, _)| format!("{} articles", thousands(*articles)));
    let mut rows = vec![["work", "of each article"].map(String::from).into_iter().chain(sizes).collect()];
    let Some((_, first)) = measured.first() else { return String::new() };
    let mut references = Vec::new();
    for (number, contest) in first.iter().enumerate() {
        let work = contest.work.name();
        let feedmill =
            |contests: &[Contest], measure: fn(&[Run]) -> f64| measure(&contests[number].feedmill_runs);
        rows.push(row(work, "wall, µs", measured, |contests| 1e6 * feedmill(contests, median_wall)));
        rows.push(row(work, "CPU, µs", measured, |contests| 1e6 * feedmill(contests, median_cpu)));
        rows.push(row(work, "peak, bytes", measured, |contests| {
            feedmill(contests, |runs| peak_bytes(runs) as f64)
        }));
        if let Some(reference) = contest.reference
            && !references.contains(&reference.name)
        {
            references.push(reference.name);
            let name = format!("{work}: {}", reference.name);
            rows.push(row(&name, "wall, µs", measured, |contests| {
                1e6 * median_wall(&contests[number].reference_runs)
            }));
        }
    }
    format!("In brackets: how many times as much as in the first tree.\n\n{}", markdown(&rows))
}

fn row(
    work: &str,
    what: &str,
    measured: &[(usize, Vec<Contest>)],
    measure: impl Fn(&[Contest]) -> f64,
) -> Vec<String> {
    let of_each: Vec<f64> =
        measured.iter().map(|(articles, contests)| measure(contests) / *articles as f64).collect();
    let cells = of_each.iter().map(|value| format!("{value:.2} ({:.2} ×)", value / of_each[0]));
    [work.to_owned(), what.to_owned()].into_iter().chain(cells).collect()
}
