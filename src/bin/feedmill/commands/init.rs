//! `feedmill init`: a commented settings file, from what is found in the directory.

use crate::cli::{Init, Output};
use crate::disk::read::DiskNewsroom;
use crate::exit::ExitStatus;
use crate::report::Report;
use chrono::{DateTime, Utc};
use feedmill::catalog::Catalog;
use feedmill::diagnostic::Location;
use feedmill::ledger::Ledger;
use feedmill::settings::{self, Overrides, Settings};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Stands where the user has to say the address, in a domain that is reserved for examples (RFC 2606, 3).
const PLACEHOLDER_URL: &str = "https://example.org/";

pub fn run(flags: &Init, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&Output { verbose: true, ..Output::default() });
    let url = flags.url.clone().unwrap_or_else(|| PLACEHOLDER_URL.to_owned());
    let overrides = Overrides { url: Some(url), articles: Some(flags.articles.clone()), output: None };
    let settings = match settings::read(Location::COMMAND_LINE, "", &overrides) {
        Ok(settings) => settings,
        Err(diagnostics) => {
            report.diagnostics(&diagnostics, Path::new(""));
            return ExitStatus::JobFailed;
        }
    };
    if !Path::new(&flags.articles).is_dir() {
        let message = format!("there is no directory `{}` to look for articles in", flags.articles);
        return report.failure(&message, Some("name it with `--articles`"));
    }
    let newsroom = DiskNewsroom::new(PathBuf::from(&flags.articles));
    let (catalog, _) = Catalog::gather(&newsroom, &settings, &Ledger::default(), now);
    let text = written(&settings, &catalog, flags.url.is_none());
    let config = flags.config.display();
    match File::create_new(&flags.config).and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => {
            let found = format!("found {}", super::counted(&catalog.counts));
            report.event(&format!("wrote {config}; {found}"), serde_json::Value::Null);
            let next = if flags.url.is_none() { "set `url` in it, then run" } else { "now run" };
            report.event(&format!("{next} `feedmill build`"), serde_json::Value::Null);
            ExitStatus::Success
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            report.failure(&format!("`{config}` already exists"), Some("name another file with `--config`"))
        }
        Err(error) => report.failure(&format!("cannot write `{config}`: {error}"), None),
    }
}

fn written(settings: &Settings, catalog: &Catalog, url_is_missing: bool) -> String {
    let site = &settings.site;
    let mut text = String::from(
        "# Settings of feedmill. Only `url` is required; what is commented out shows the default.\n\n[site]\n",
    );
    if url_is_missing {
        text.push_str("# Where the articles' pages are. Change this first.\n");
    }
    text.push_str(&format!("url = {}\n", quoted(site.url.as_str())));
    text.push_str(&format!(
        "# feeds_url = {}   # where the feeds will be served\n",
        quoted(site.feeds_url.as_str())
    ));
    text.push_str(&format!("title = {}\n", quoted(site.title.get(None))));
    text.push_str("# description = \"What the publication is about\"\n");
    text.push_str("# timezone = \"UTC\"   # for dates without an offset: a name such as \"Europe/Riga\"\n");
    text.push_str("# permalink = \"/{edition}/{section}/{year}/{month}/{slug}/\"\n");
    // An article that names no edition belongs to the first one; naming one here would give such
    // articles other ids.
    let mark = if catalog.cards.iter().any(|card| card.edition.is_none()) { "# " } else { "" };
    for edition in &catalog.editions {
        let (tag, name) = (quoted(edition.as_str()), quoted(edition.own_name()));
        text.push_str(&format!("\n{mark}[editions.{tag}]\n{mark}name = {name}\n"));
    }
    for section in &catalog.sections {
        text.push_str(&format!(
            "\n[sections.{}]\ntitle = {}\n",
            quoted(section),
            quoted(&capitalised(section))
        ));
    }
    text.push_str("\n[feeds]\n# by = [\"all\", \"edition\", \"section\", \"edition+section\"]   # also \"author\", \"tag\", \"edition+tag\" …\n");
    text.push_str(
        "# formats = [\"rss\", \"atom\", \"json\"]\n# limit = 50\n# content = \"full\"   # or \"summary\"\n",
    );
    text.push_str(&format!("\n[articles]\ndirectory = {}\n", quoted(&settings.articles.directory)));
    text.push_str("\n[output]\n# directory = \"feeds\"\n");
    text
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A TOML basic string (TOML 1.0, "String"). Its escapes are those of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
