//! `feedmill kit`: a part of a web server's configuration.

use super::{ledger, open};
use crate::cli::{self, Kit};
use crate::exit::ExitStatus;
use crate::report::{Report, out};
use crate::site::{Site, real};
use chrono::{DateTime, Utc};
use feedmill::kit::{self, Server, configuration, moved_pages, page_redirects};
use feedmill::publication::compose_into;

pub fn run(flags: &Kit, now: DateTime<Utc>) -> ExitStatus {
    let report = Report::new(&cli::Output::default());
    let site = match open(&report, flags.articles.as_deref(), &flags.site, now) {
        Ok(site) => site,
        Err(status) => return status,
    };
    let ledger = match ledger(&report, &site) {
        Ok(ledger) => ledger,
        Err(status) => return status,
    };
    let (newsroom, index) = (site.newsroom(), site.remembered());
    let composed = compose_into(&newsroom, &site.settings, &ledger, &index, site.as_of, &mut |_| ());
    let Ok(publication) = composed else {
        let message = format!("no article in `{}` can be published", site.articles.display());
        return report.failure(&message, Some("`feedmill check` says why"));
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
