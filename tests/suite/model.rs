//! The promises to subscribers, tried with newsrooms in which anything happens: random events, a program without
//! a disk, and a subscriber who forgets nothing. `FEEDMILL_MODEL_STEPS=1000000 cargo test --release --test suite model`
//! tries longer, `FEEDMILL_MODEL_SEED=7` begins elsewhere.

mod archive;
mod cases;
mod chance;
mod desk;
mod event;
mod mill;
mod piece;
mod play;
mod shown;
mod subscriber;

use mill::{STANDING, STILL};
use play::{any_events, check};
use rayon::prelude::*;
use std::env;
use std::str::FromStr;
use std::sync::atomic::Ordering;

/// How many events one newsroom sees.
const LENGTH: usize = 150;

fn number<T: FromStr>(name: &str, usual: T) -> T {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn subscribers_are_told_nothing_twice_and_lose_nothing() {
    let steps: usize = number("FEEDMILL_MODEL_STEPS", 2_400);
    let first: u64 = number("FEEDMILL_MODEL_SEED", 1);
    let newsrooms = steps.div_ceil(LENGTH) as u64;
    let mut broken: Vec<String> = (first..first + newsrooms)
        .into_par_iter()
        .filter_map(|seed| check(seed, any_events(seed, LENGTH)).err())
        .collect();
    broken.sort_by_key(|text| text.lines().count());
    println!("model: {} steps, {newsrooms} newsrooms, seeds from {first}", newsrooms * LENGTH as u64);
    let spared = [&STANDING, &STILL].map(|count| count.load(Ordering::Relaxed));
    println!("model: the index spared {} files and {} runs", spared[0], spared[1]);
    let shortest = broken.iter().take(3).cloned().collect::<String>();
    assert!(broken.is_empty(), "{} newsrooms break promises; the shortest:\n{shortest}", broken.len());
    assert!(spared.iter().all(|&count| count > 0), "the index is not used: {spared:?}");
}
