//! What holds for any bytes that lie among the articles. The fuzz targets call it, and so does the test
//! that replays what they found (`tests/suite/fuzz.rs`).

mod feed_file;
pub mod feeds;
pub mod front_matter;
mod html;
pub mod yaml;

use feedmill::settings::{self, Overrides, Settings};

/// Every ending that an article's name may have.
const ENDINGS: &[&str] = &["md", "mdx", "html", "txt"];

fn read_settings(text: &str) -> Settings {
    settings::read("feedmill.toml", text, &Overrides::default()).expect("settings without a fault")
}
