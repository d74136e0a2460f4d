//! Any bytes as YAML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| feedmill_fuzz::yaml::hold(bytes));
