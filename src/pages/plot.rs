//! A small drawing of how often a feed publishes: a bar for each month.

use super::months::{MONTHS, Months};
use crate::plan::FeedKey;
use crate::texts::Texts;
use serde::Serialize;

/// The drawing is so high, in its own units.
const HEIGHT: u32 = 32;
/// From one bar to the next.
const STEP: u32 = 10;
/// What is above nothing can be seen.
const LEAST: u32 = 2;

/// The bars, and what they say to those who do not see them.
#[derive(Serialize)]
pub struct Plot {
    bars: Vec<Bar>,
    width: u32,
    height: u32,
    label: String,
    total: String,
}

#[derive(Serialize)]
struct Bar {
    x: u32,
    y: u32,
    height: u32,
    title: String,
}

impl Plot {
    /// The plot of a feed.
    #[must_use]
    pub fn of(key: &FeedKey, months: &Months, texts: &Texts) -> Plot {
        let counts = months.of_feed(key);
        let most = counts.iter().copied().max().unwrap_or(0).max(1);
        let name = |at: usize| {
            let (year, month0) = months.named(at);
            texts.month_of(year, month0)
        };
        let bar = |(at, &count): (usize, &u32)| {
            let height = (count * HEIGHT / most).max(if count > 0 { LEAST } else { 0 });
            Bar { x: at as u32 * STEP, y: HEIGHT - height, height, title: format!("{}: {count}", name(at)) }
        };
        let list = counts.map(|count| count.to_string()).join(", ");
        let values = [("first", name(0)), ("last", name(MONTHS - 1)), ("counts", list)];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let total: u32 = counts.iter().sum();
        Plot {
            bars: counts.iter().enumerate().map(bar).collect(),
            width: MONTHS as u32 * STEP - 2,
            height: HEIGHT,
            label: texts.with("articles_a_month", &values),
            total: texts.with("in_twelve_months", &[("count", &total.to_string())]),
        }
    }
}
