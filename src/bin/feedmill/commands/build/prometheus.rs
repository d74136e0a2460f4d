//! How a run went, in the text format of Prometheus, for a directory of node_exporter's textfile collector.
//!
//! Every sample has the label `site`: two files of that directory must not hold the same series.

use super::summary::Outcome;
use chrono::{DateTime, Utc};
use std::fmt::Write;

/// What begins every such file, and none of another program.
pub const OPENING: &str = "# HELP feedmill_";

const LAST_SUCCESS: &str = "feedmill_last_success_timestamp_seconds";

/// The page. A number that the run did not get to is left out.
pub fn page(outcome: &Outcome, site: &str, last_success: Option<DateTime<Utc>>) -> String {
    let summary = &outcome.summary;
    let mut page = Page { text: String::new(), site };
    page.gauge(
        "feedmill_last_run_timestamp_seconds",
        "When the last run ended, in seconds since 1970.",
        outcome.finished().timestamp(),
    );
    page.gauge(
        LAST_SUCCESS,
        "When a run last ended with exit code 0 or 1, in seconds since 1970; 0 if none has.",
        last_success.map_or(0, |time| time.timestamp()),
    );
    page.gauge(
        "feedmill_last_run_exit_code",
        "0: the feeds are as they should be. 1: something needs a person. 2: the job could not be done.",
        outcome.exit.code(),
    );
    page.gauge(
        "feedmill_last_run_duration_seconds",
        "How long the last run took, waiting for another one included.",
        format_args!("{:.3}", outcome.took.as_secs_f64()),
    );
    let told = &outcome.told;
    let diagnostics = [("error", told.errors), ("warning", told.warnings), ("note", told.notes)];
    page.gauges(
        "feedmill_last_run_diagnostics",
        "Messages about articles and settings, by severity.",
        "severity",
        &diagnostics,
    );
    if let Some(entries) = summary.entries {
        page.gauges(
            "feedmill_last_run_entries",
            "Entries of which subscribers heard in the last run, by what became of them.",
            "change",
            &[
                ("new", entries.new),
                ("updated", entries.updated),
                ("withdrawn", entries.withdrawn),
                ("id_changed", entries.ids_changed),
            ],
        );
    }
    if let Some(files) = summary.files {
        page.gauge("feedmill_last_run_files_changed", "Feed files that the last run wrote.", files.changed);
        page.gauge("feedmill_files", "Feed files.", files.all);
    }
    if let Some(feeds) = summary.feeds {
        page.gauge("feedmill_feeds", "Feeds.", feeds);
    }
    if let Some(counts) = &summary.counts {
        let states = [
            ("due", counts.due),
            ("draft", counts.drafts),
            ("embargoed", counts.embargoed),
            ("expired", counts.expired),
            ("withdrawn", counts.withdrawn),
            ("not_for_feeds", counts.not_for_feeds),
            ("faulty", counts.faulty),
        ];
        page.gauges("feedmill_articles", "Articles, by state.", "state", &states);
    }
    if let Some(due) = summary.next_due {
        page.gauge(
            "feedmill_next_due_timestamp_seconds",
            "When the feeds change next by the clock alone, in seconds since 1970.",
            due.timestamp(),
        );
    }
    page.gauges(
        "feedmill_build_info",
        "1, with the version of feedmill that wrote this.",
        "version",
        &[(env!("CARGO_PKG_VERSION"), 1)],
    );
    page.text
}

/// The last success that an older page tells of.
pub fn last_success(page: &str) -> Option<DateTime<Utc>> {
    let sample = page.lines().find(|line| line.starts_with(LAST_SUCCESS))?;
    let seconds = sample.rsplit(' ').next()?.parse().ok().filter(|&seconds| seconds != 0)?;
    DateTime::from_timestamp(seconds, 0)
}

struct Page<'s> {
    text: String,
    site: &'s str,
}

impl Page<'_> {
    fn open(&mut self, name: &str, help: &str) {
        self.line(format_args!("# HELP {name} {help}"));
        self.line(format_args!("# TYPE {name} gauge"));
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl std::fmt::Display) {
        self.open(name, help);
        let site = escaped(self.site);
        self.line(format_args!("{name}{{site=\"{site}\"}} {value}"));
    }

    fn gauges(&mut self, name: &str, help: &str, label: &str, values: &[(&str, usize)]) {
        self.open(name, help);
        let site = escaped(self.site);
        for (of, value) in values {
            self.line(format_args!("{name}{{site=\"{site}\",{label}=\"{of}\"}} {value}"));
        }
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // A `String` takes everything.
        let _ = writeln!(self.text, "{line}");
    }
}

/// The value of a label.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use super::super::summary::Summary;
    use super::*;
    use crate::exit::ExitStatus;
    use crate::report::Told;

    #[test]
    fn what_a_failed_run_knows() {
        let now = DateTime::from_timestamp(1_795_348_800, 0).unwrap();
        let failed = Summary::begin(now, false).end(ExitStatus::JobFailed, Told::default());
        let text = page(&failed, "a\\b\"c\nd", None);
        assert!(text.starts_with(OPENING));
        assert!(text.contains("\nfeedmill_last_run_exit_code{site=\"a\\\\b\\\"c\\nd\"} 2\n"), "{text}");
        assert!(!text.contains("feedmill_articles"), "{text}");
        assert_eq!(last_success(&text), None);
        assert_eq!(last_success(&page(&failed, "post", Some(now))), Some(now));
        assert_eq!(last_success("feedmill_last_success_timestamp_seconds{site=\"x\"} soon\n"), None);
    }
}
