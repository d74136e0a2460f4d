//! `feedmill kit`: a part of a web server's configuration.

use super::composed;
use crate::cli::{self, Kit};
use crate::exit::ExitStatus;
use crate::report::{Report, out};
use crate::site::{Site, real};
use chrono::{DateTime, Utc};
use feedmill::kit::{self, Server, configuration, moved_pages, page_redirects};

pub fn run(flags: &Kit, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&cli::Output::default());
    let (site, publication) = match composed(&report, flags.articles.as_deref(), &flags.site, now) {
        Ok(found) => found,
        Err(status) => return status,
    };
    let server = match flags.server {
        cli::Server::Nginx => Server::Nginx,
        cli::Server::Caddy => Server::Caddy,
        cli::Server::Apache => Server::Apache,
    };
    if flags.aliases {
        let moved = moved_pages(&publication.catalog, &site.settings);
        out(page_redirects(server, &moved).trim_end());
        return ExitStatus::Success;
    }
    let root = match root(flags, &site) {
        Ok(root) => root,
        Err(message) => {
            return report
                .failure(&message, Some("name it as it is on the server, such as `/srv/news/feeds`"));
        }
    };
    match configuration(server, &kit::Site::of(&publication, &site.settings, &root)) {
        Ok(text) => {
            out(text.trim_end());
            ExitStatus::Success
        }
        Err(unwritable) => {
            let help = "choose another directory with `--output-root`, or another path with `site.feeds_url`";
            report.failure(&unwritable.to_string(), Some(help))
        }
    }
}

/// Where the output directory is on the server.
fn root(flags: &Kit, site: &Site) -> Result<String, String> {
    match &flags.output_root {
        Some(root) if root.starts_with('/') => Ok(root.clone()),
        Some(root) => Err(format!("`--output-root` is no path from the root on: `{root}`")),
        None => {
            let root = real(&site.output).filter(|root| root.is_absolute());
            let root = root.and_then(|root| root.to_str().map(str::to_owned));
            root.ok_or_else(|| format!("the path of `{}` is not known", site.output.display()))
        }
    }
}
