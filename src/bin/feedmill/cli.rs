//! Flags and help text, and nothing else.

mod ending;
mod new;
mod serve;
mod shell;

pub use new::{Markup, New};
pub use serve::Serve;
pub use shell::{Completions, Man, Shell};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Builds the feeds of a newsroom: RSS 2.0, Atom 1.0 and JSON Feed for the whole publication, each
/// edition and each section, from a directory of articles.
#[derive(Debug, Parser)]
#[command(name = "feedmill", version, max_term_width = 100, after_help = ending::FEEDMILL)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build all feeds: one run, from articles to feeds
    #[command(after_help = ending::BUILD)]
    Build(Build),
    /// List the feeds, or the articles
    #[command(after_help = ending::LIST, mut_arg("format", |format| {
        format.value_parser(form_of_answers()).help("Answer for people, or as JSON lines [default: text]")
    }))]
    List(List),
    /// Find the faults of every article and setting, without writing anything
    #[command(after_help = ending::CHECK)]
    Check(Check),
    /// Show what `build` would publish, in the browser, and again after every change
    #[command(after_help = ending::SERVE, mut_arg("format", |format| {
        format.value_parser(form_of_answers()).help("Tell of runs for people, or as JSON lines [default: text]")
    }))]
    Serve(Serve),
    /// Take over the ids of feeds that another program published, so that nothing is announced twice
    #[command(after_help = ending::ADOPT)]
    Adopt(Adopt),
    /// Show, copy and mend what is remembered of articles and feeds, so that subscribers keep what they
    /// have
    #[command(subcommand, after_help = ending::LEDGER)]
    Ledger(Ledger),
    /// Write a settings file for this directory, from what is found in it
    #[command(after_help = ending::INIT)]
    Init(Init),
    /// Begin an article: a file where it belongs, with everything but the text
    #[command(after_help = ending::NEW)]
    New(New),
    /// Print the part of a web server's configuration that serves these feeds
    #[command(after_help = ending::KIT)]
    Kit(Kit),
    /// Explain a fault by its code: what it means, why it matters, how to mend it
    #[command(after_help = ending::EXPLAIN)]
    Explain(Explain),
    /// Print what a shell needs to complete commands, flags and values
    #[command(after_help = ending::COMPLETIONS)]
    Completions(Completions),
    /// Print the manual page of a command
    #[command(after_help = ending::MAN)]
    Man(Man),
}

#[derive(Debug, Args)]
pub struct Site {
    /// The settings file [default: feedmill.toml, if there is one]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Where the feeds go [default: feeds]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    pub output: Option<String>,

    /// Where the articles' pages are, in place of `site.url`
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub url: Option<String>,

    /// Publish what is due at this time in place of now
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
}

#[derive(Debug, Default, Args)]
pub struct Output {
    /// Tell faults for people, as JSON lines, as annotations of GitHub Actions or as a Code Quality
    /// report of GitLab [default: text]
    #[arg(long, value_name = "FORM", conflicts_with = "json")]
    pub format: Option<Form>,

    /// Print one JSON object per line on stdout; short for `--format json`
    #[arg(long)]
    pub json: bool,

    /// Also say which files changed, and what was removed from the articles' HTML
    #[arg(short, long)]
    pub verbose: bool,

    /// Print errors only
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
}

/// In which form a run tells what it has to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    // These have no help of their own, or that of the whole command would be three times as long.
    Text,
    Json,
    Github,
    Gitlab,
}

/// The forms that have room for more than faults.
fn form_of_answers() -> impl TypedValueParser<Value = Form> {
    let names = PossibleValuesParser::new(["text", "json"]);
    names.map(|name| if name == "json" { Form::Json } else { Form::Text })
}

#[derive(Debug, Args)]
pub struct Build {
    /// Where the articles are [default: articles]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    pub articles: Option<String>,

    #[command(flatten)]
    pub site: Site,

    /// Say what subscribers would see: which entries are new, updated, withdrawn, and in which feeds.
    /// Write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Take out of the feeds whatever is gone, however much that is: this once, no feed is kept from
    /// becoming poorer
    #[arg(long)]
    pub accept: bool,

    /// Write nothing when any article has an error
    #[arg(long)]
    pub strict: bool,

    /// Wait so long for another run to end before giving up [default: 0]
    #[arg(long, value_name = "SECONDS", default_value_t = 0, hide_default_value = true)]
    pub wait: u32,

    /// Also write down for monitoring how the run went, well or not: as JSON, or for Prometheus where
    /// the name ends in `.prom`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,

    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    pub site: Site,

    /// List the articles that are due in place of the feeds [default directory: articles]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath, num_args = 0..=1)]
    pub articles: Option<Option<String>>,

    /// Print what the heads of the site's pages say of the feeds, in HTML
    #[arg(long, conflicts_with = "articles")]
    pub html: bool,

    /// Of pages of this kind only
    #[arg(long, value_name = "KIND", requires = "html")]
    pub page: Option<Page>,

    #[command(flatten)]
    pub output: Output,
}

/// A kind of pages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Page {
    Front,
    Edition,
    Section,
    Author,
    Tag,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Where the articles are [default: articles]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    pub articles: Option<String>,

    #[command(flatten)]
    pub site: Site,

    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Args)]
pub struct Adopt {
    /// The old feeds, in RSS, Atom or JSON Feed; `-` is standard input. Where two have different ids
    /// for an article, the first wins
    #[arg(value_name = "OLD-FEED", value_hint = ValueHint::FilePath, required = true)]
    pub old_feeds: Vec<String>,

    /// Where the articles are [default: articles]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    pub articles: Option<String>,

    /// The settings file [default: feedmill.toml, if there is one]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Where the articles' pages are, in place of `site.url`
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub url: Option<String>,

    /// Let ids of these feeds take the place of ids that were adopted earlier
    #[arg(long)]
    pub replace: bool,

    /// Say which ids would be adopted, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Tell what is remembered of articles, or, without a name, how much is remembered
    #[command(after_help = ending::LEDGER_SHOW)]
    Show(LedgerShow),
    /// Write all of it, also of articles that no feed shows any more, as JSON lines
    #[command(after_help = ending::LEDGER_EXPORT)]
    Export(LedgerExport),
    /// Take over what `ledger export` wrote, or a copy of the ledger
    #[command(after_help = ending::LEDGER_IMPORT)]
    Import(LedgerImport),
    /// Accept the date that the file of a published article has now
    #[command(after_help = ending::LEDGER_REDATE)]
    Redate(LedgerRedate),
}

/// Of which site the ledger is.
#[derive(Debug, Args)]
pub struct LedgerSite {
    /// The settings file [default: feedmill.toml, if there is one]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Where the articles are [default: articles]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    pub articles: Option<String>,

    /// Where the feeds are [default: feeds]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    pub output: Option<String>,

    /// Where the articles' pages are, in place of `site.url`
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub url: Option<String>,
}

#[derive(Debug, Args)]
pub struct LedgerShow {
    /// Articles by their file, their id or their permalink
    #[arg(value_name = "ARTICLE", value_hint = ValueHint::FilePath)]
    pub names: Vec<String>,

    #[command(flatten)]
    pub site: LedgerSite,

    /// Print one JSON object per line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct LedgerExport {
    /// Where it goes [default: standard output]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,

    #[command(flatten)]
    pub site: LedgerSite,
}

#[derive(Debug, Args)]
pub struct LedgerImport {
    /// The file; `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: String,

    /// Forget what the ledger has, instead of adding to it
    #[arg(long)]
    pub replace: bool,

    /// Say what would be taken over, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    #[command(flatten)]
    pub site: LedgerSite,

    /// Print one JSON object per line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct LedgerRedate {
    /// The articles' files
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath, required = true)]
    pub paths: Vec<String>,

    /// Say which dates would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    #[command(flatten)]
    pub site: LedgerSite,

    /// Print one JSON object per line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Init {
    /// Where the articles' pages are, in place of what the generator's files say
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub url: Option<String>,

    /// Where the articles are [default: as the files of the site's generator say, else articles]
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    pub articles: Option<String>,

    /// The settings file to write
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "feedmill.toml")]
    pub config: PathBuf,
}

#[derive(Debug, Args)]
pub struct Kit {
    /// The server
    #[arg(value_enum)]
    pub server: Server,

    /// Where the output directory is on the server [default: where it is here]
    #[arg(long, value_name = "DIRECTORY")]
    pub output_root: Option<String>,

    /// Print redirects from the articles' own `aliases` to their pages, in place of the feeds' part
    #[arg(long, conflicts_with = "output_root")]
    pub aliases: bool,

    /// Where the articles are [default: articles]
    #[arg(long, value_name = "DIRECTORY")]
    pub articles: Option<String>,

    #[command(flatten)]
    pub site: Site,
}

/// A web server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Server {
    Nginx,
    Caddy,
    Apache,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as messages have it in brackets; without it, list all codes
    pub code: Option<String>,

    /// Print one JSON object per line on stdout
    #[arg(long)]
    pub json: bool,
}

impl Explain {
    pub fn output(&self) -> Output {
        Output { json: self.json, ..Output::default() }
    }
}
