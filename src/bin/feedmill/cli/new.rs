//! The flags of `feedmill new`.

use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct New {
    /// The headline
    pub title: String,

    /// The section, by its name or title [default: the only one]
    #[arg(long, value_name = "NAME")]
    pub section: Option<String>,

    /// The edition, by its language [default: the first one]
    #[arg(long, value_name = "LANGUAGE")]
    pub edition: Option<String>,

    /// Let the section or the edition be one that is not there yet
    #[arg(long)]
    pub create: bool,

    /// What the file is called and its address ends in [default: the words of the title]
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,

    /// When it is to be published [default: now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,

    /// Who writes it; can be given several times [default: who has written all the others, if that is one
    /// person]
    #[arg(long, value_name = "NAME")]
    pub author: Vec<String>,

    /// What the text is written in [default: md]
    #[arg(long, value_name = "FORMAT", default_value = "md", hide_default_value = true)]
    pub format: Markup,

    /// Give it a folder of its own, for its pictures
    #[arg(long)]
    pub bundle: bool,

    /// Open it in $VISUAL or $EDITOR
    #[arg(long)]
    pub edit: bool,

    /// The settings file [default: feedmill.toml, if there is one]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Where the articles are [default: articles]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    pub articles: Option<String>,

    /// Where the articles' pages are, in place of `site.url`
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub url: Option<String>,

    /// Print one JSON object on stdout
    #[arg(long)]
    pub json: bool,
}

/// What a new article is written in.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Markup {
    Md,
    Html,
}
