//! Any bytes as the beginning of an article.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| feedmill_fuzz::front_matter::hold(bytes));
