//! The flags of `serve`.

use super::{Output, Site};
use clap::Args;

/// Where to listen, and what to show.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the articles are [default: articles]
    #[arg(long, value_name = "DIRECTORY")]
    pub articles: Option<String>,

    #[command(flatten)]
    pub site: Site,

    /// The port to listen on; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 8095)]
    pub port: u16,

    /// The address to listen on. Whoever can reach it can read what is not published yet
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,

    /// Also open the page in the browser
    #[arg(long)]
    pub open: bool,

    #[command(flatten)]
    pub output: Output,
}
