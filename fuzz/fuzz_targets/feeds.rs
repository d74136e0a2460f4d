//! Any bytes as an article, all the way to the feeds.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| feedmill_fuzz::feeds::hold(bytes));
