//! Many runs of one program in one number, and how far apart they were.

use std::time::Duration;

use crate::process::Run;

pub struct Spread {
    pub min: Duration,
    pub median: Duration,
    pub max: Duration,
}

impl Spread {
    /// Of an even number of runs the median is the mean of the two in the middle.
    pub fn of(runs: &[Run], measure: impl Fn(&Run) -> Duration) -> Spread {
        let mut times: Vec<Duration> = runs.iter().map(measure).collect();
        times.sort();
        let last = times.len() - 1;
        Spread { min: times[0], median: (times[last / 2] + times[times.len() / 2]) / 2, max: times[last] }
    }

    pub fn range(&self) -> String {
        format!("{} - {}", ms(self.min), ms(self.max))
    }
}

pub fn median_wall(runs: &[Run]) -> f64 {
    Spread::of(runs, |run| run.wall).median.as_secs_f64()
}

pub fn median_cpu(runs: &[Run]) -> f64 {
    Spread::of(runs, |run| run.cpu).median.as_secs_f64()
}

pub fn peak_bytes(runs: &[Run]) -> u64 {
    runs.iter().map(|run| run.peak_bytes).max().unwrap_or(0)
}

pub fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
