//! The newsroom that a command works on: its settings, where its directories are, and the time.

use crate::cli;
use crate::disk::fingerprint::of_output;
use crate::disk::near::did_you_mean;
use crate::disk::read::DiskNewsroom;
use crate::disk::{index, last_good, plain};
use chrono::{DateTime, FixedOffset, Utc};
use feedmill::article::{date, place::Place};
use feedmill::diagnostic::{Code, Diagnostic, Location, Position};
use feedmill::index::Index;
use feedmill::language::Language;
use feedmill::newsroom::Fingerprint;
use feedmill::settings::{self, LocalText, Overrides, Settings};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Resolved settings with their directories.
pub struct Site {
    pub settings: Settings,
    /// What would be published at this time.
    pub as_of: DateTime<Utc>,
    /// Where the articles are.
    pub articles: PathBuf,
    /// Where the files are that the site serves from its root.
    pub media: Vec<PathBuf>,
    /// Where the feeds go.
    pub output: PathBuf,
    /// Where the links for the site's pages go; `None`: nowhere.
    pub snippets: Option<PathBuf>,
    /// Where feedmill keeps what is its own: beside the settings, never where it would be served.
    pub state: PathBuf,
    /// Where it is remembered what was read; `None`: nowhere.
    pub index: Option<PathBuf>,
    /// The author registries of another generator that the settings name.
    pub registries: Vec<PathBuf>,
}

/// Before the name of a snippet, among the paths of feeds: none of these has an empty part.
pub const SNIPPET: &str = "//";

const DEFAULT_CONFIG: &str = "feedmill.toml";

/// A path without links, also of something that does not exist yet.
pub fn real(path: &Path) -> Option<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Some(real);
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(real(parent)?.join(path.file_name()?))
}

const INIT_HELP: &str = "`feedmill init` writes one from what is found in this directory";

/// Nothing can be mended in a file that is not there.
fn without_file(faults: Vec<Diagnostic>, name: &str) -> Vec<Diagnostic> {
    let help = format!("there is no `{name}` here; {INIT_HELP}");
    let with_help = |fault: Diagnostic| if fault.location.path == name { fault.help(&*help) } else { fault };
    faults.into_iter().map(with_help).collect()
}

/// The time that a flag gives, by the clock of the site where it has no offset.
pub fn time_of(flag: &str, time: &str, settings: &Settings) -> Result<DateTime<FixedOffset>, Diagnostic> {
    date::parse(time, settings.site.timezone).map_err(|wrong| {
        let location = Location::new(Location::COMMAND_LINE, Position::START);
        let help = format!("write it as `{flag} 2026-12-24` or `{flag} \"2026-12-24 08:30\"`");
        Diagnostic::new(Code::BadSettings, location, format!("`{flag}`: {wrong}")).help(help)
    })
}

/// Docusaurus keeps its authors here, below the articles.
const AUTHORS_AMONG_ARTICLES: &str = "authors.yml";

/// The author registries of another generator, each with the edition that it is for.
fn registries(settings: &Settings, base: &Path, articles: &Path) -> Vec<(Option<Language>, PathBuf)> {
    let beside = articles.join(AUTHORS_AMONG_ARTICLES);
    match &settings.articles.authors {
        Some(LocalText::Same(name)) => vec![(None, base.join(name))],
        Some(LocalText::PerEdition(names)) => {
            names.iter().map(|(edition, name)| (Some(edition.clone()), base.join(name))).collect()
        }
        None if beside.is_file() => vec![(None, beside)],
        None => Vec::new(),
    }
}

/// The settings with these author registries.
fn with_authors(
    settings: Settings,
    registries: &[(Option<Language>, PathBuf)],
) -> Result<Settings, Vec<Diagnostic>> {
    registries.iter().try_fold(settings, |settings, (edition, path)| {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| {
            let message = format!("the authors cannot be read: {error}");
            vec![Diagnostic::new(Code::BadSettings, Location::new(&name, Position::START), message)]
        })?;
        settings.with_authors(&name, &text, edition.as_ref())
    })
}

/// The settings file that the command line means.
pub fn config(flags: &cli::Site) -> PathBuf {
    flags.config.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_CONFIG))
}

impl Site {
    /// Reads the settings. Directories that they name are relative to the settings file, those of the
    /// command line to the working directory.
    pub fn load(
        articles: Option<&str>,
        flags: &cli::Site,
        now: DateTime<Utc>,
    ) -> Result<Site, Vec<Diagnostic>> {
        let config = config(flags);
        let name = config.display().to_string();
        let fault = |message: String| {
            vec![Diagnostic::new(Code::BadSettings, Location::new(&name, Position::START), message)]
        };
        let of_flag = |message: String| {
            let location = Location::new(Location::COMMAND_LINE, Position::START);
            vec![Diagnostic::new(Code::BadSettings, location, message)]
        };
        let text = match fs::read(&config) {
            Ok(bytes) => {
                String::from_utf8(bytes).map_err(|_| fault("the settings are not UTF-8".to_owned()))?
            }
            Err(error) if error.kind() == ErrorKind::NotFound && flags.config.is_none() => String::new(),
            Err(error) => {
                let help = match did_you_mean(&config) {
                    Some(near) => near,
                    None if error.kind() == ErrorKind::NotFound => INIT_HELP.to_owned(),
                    None => "make the file readable for the user that runs feedmill".to_owned(),
                };
                let faults = fault(format!("the settings cannot be read: {}", plain(&error)));
                return Err(faults.into_iter().map(|fault| fault.help(&*help)).collect());
            }
        };
        if flags.output.as_deref() == Some("") || articles == Some("") {
            return Err(of_flag("a directory's name is empty".to_owned()));
        }
        let overrides = Overrides {
            url: flags.url.clone(),
            articles: articles.map(str::to_owned),
            output: flags.output.clone(),
        };
        let settings = settings::read(&name, text.strip_prefix('\u{feff}').unwrap_or(&text), &overrides)
            .map_err(|faults| if config.exists() { faults } else { without_file(faults, &name) })?;
        let as_of = match &flags.as_of {
            Some(time) => time_of("--as-of", time, &settings).map_err(|fault| vec![fault])?.to_utc(),
            None => now,
        };
        let base = config.parent().unwrap_or(Path::new("")).to_path_buf();
        let directory = |given: bool, name: &str| if given { PathBuf::from(name) } else { base.join(name) };
        let articles = directory(articles.is_some(), &settings.articles.directory);
        let registries = registries(&settings, &base, &articles);
        let settings = with_authors(settings, &registries)?;
        Ok(Site {
            registries: registries.into_iter().map(|(_, path)| path).collect(),
            articles,
            media: settings.articles.media.iter().map(|name| base.join(name)).collect(),
            output: directory(flags.output.is_some(), &settings.output.directory),
            snippets: settings.output.snippets.as_ref().map(|name| base.join(name)),
            state: base.join(".feedmill"),
            index: settings.articles.index.as_ref().map(|name| base.join(name)),
            as_of,
            settings,
        })
    }

    /// Why the feeds cannot go where the settings say: what is served there must hold neither the
    /// state nor the articles.
    pub fn misplaced_output(&self) -> Option<String> {
        let (Some(output), Some(articles), Some(state)) =
            (real(&self.output), real(&self.articles), real(&self.state))
        else {
            return Some(format!(
                "`{}` leads through a directory that does not exist",
                self.output.display()
            ));
        };
        let output_name = self.output.display();
        if state.starts_with(&output) {
            Some(format!("`{output_name}` holds `.feedmill`, which must not be served"))
        } else if output.starts_with(&state) {
            Some(format!("`{output_name}` lies within `.feedmill`"))
        } else if output == articles
            || (output.starts_with(&articles) && !self.is_whole_site(&articles, &state))
        {
            Some(format!("`{output_name}` lies within `{}`", self.articles.display()))
        } else if articles.starts_with(&output) {
            Some(format!(
                "`{output_name}` holds `{}`, and with it what is not published yet",
                self.articles.display()
            ))
        } else {
            None
        }
    }

    /// Why the links for pages cannot go where the settings say: they would be read as articles.
    pub fn misplaced_snippets(&self) -> Option<String> {
        let snippets = self.snippets.as_ref()?;
        let (own, articles, state) = (real(snippets)?, real(&self.articles)?, real(&self.state)?);
        let name = snippets.display();
        if own.starts_with(&state) {
            return Some(format!("`{name}` lies within `.feedmill`"));
        }
        let below = own.strip_prefix(&articles).ok()?.join("front.html");
        let is_article = Place::of(&below.to_string_lossy(), &self.settings).is_some();
        is_article.then(|| format!("`{name}` lies among the articles in `{}`", self.articles.display()))
    }

    /// Is the articles directory the site itself, in which the layout finds the articles? Then the
    /// feeds may lie there too; they are not listed.
    fn is_whole_site(&self, articles: &Path, state: &Path) -> bool {
        self.settings.articles.layout.is_some() && state.parent() == Some(articles)
    }

    /// What earlier runs remember of the articles.
    pub fn remembered(&self) -> Index {
        let index = self.index.as_deref().map_or_else(Index::default, index::read);
        index.with_outputs(|path| self.of_output(path))
    }

    /// What tells whether a file that a run writes is as it was left, with its variants.
    pub fn of_output(&self, path: &str) -> Option<Fingerprint> {
        let has_variants = !path.starts_with(SNIPPET);
        let encodings = if has_variants { self.settings.output.compress.as_slice() } else { &[] };
        of_output(&self.place(path), encodings)
    }

    /// Where a file that a run writes lies.
    pub fn place(&self, path: &str) -> PathBuf {
        match path.strip_prefix(SNIPPET) {
            Some(name) => self.snippets.as_ref().unwrap_or(&self.output).join(name),
            None => self.output.join(path),
        }
    }

    pub fn newsroom(&self) -> DiskNewsroom {
        DiskNewsroom::new(self.articles.clone())
            .without(&self.output)
            .with_media(&self.media)
            .with_last_good(self.state.join(last_good::DIRECTORY))
    }
}
