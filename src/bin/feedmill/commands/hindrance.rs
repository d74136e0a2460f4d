//! Why a job cannot be done, as a value: it can be told, and shown where it is not told.

use super::{counted, no_articles_help};
use crate::disk::DiskError;
use crate::exit::ExitStatus;
use crate::report::Report;
use crate::site::Site;
use feedmill::diagnostic::Diagnostic;
use feedmill::publication::Refusal;
use std::path::PathBuf;

/// Faults, or a failure, or both.
#[derive(Debug, Default)]
pub struct Hindrance {
    pub diagnostics: Vec<Diagnostic>,
    pub failure: Option<Failure>,
    /// Where the articles are, which diagnostics may be about.
    pub articles: PathBuf,
}

/// Something that no diagnostic says.
#[derive(Debug)]
pub struct Failure {
    pub message: String,
    pub help: Option<String>,
}

impl Hindrance {
    pub fn failure(message: impl Into<String>, help: Option<&str>) -> Hindrance {
        let failure = Failure { message: message.into(), help: help.map(str::to_owned) };
        Hindrance { failure: Some(failure), ..Hindrance::default() }
    }

    /// The same as [`Hindrance::failure`], after the faults that were found until then.
    fn after(diagnostics: &[Diagnostic], message: String, help: &str, site: &Site) -> Hindrance {
        let found = Hindrance::failure(message, Some(help));
        Hindrance { diagnostics: diagnostics.to_vec(), articles: site.articles.clone(), ..found }
    }

    /// Why there is nothing to publish.
    pub fn of_refusal(refusal: &Refusal, site: &Site) -> Hindrance {
        let directory = site.articles.display();
        match refusal {
            Refusal::NoArticles(diagnostics) => {
                let message = format!("there are no articles in `{directory}`, so no feed was touched");
                Hindrance::after(diagnostics, message, no_articles_help(site), site)
            }
            Refusal::Damaged(fault) => Hindrance::from(vec![(**fault).clone()]),
            Refusal::NothingDue(counts, diagnostics) => {
                let message = format!("no article in `{directory}` can be published, so no feed was touched");
                Hindrance::after(diagnostics, message, &format!("found {}", counted(counts)), site)
            }
        }
    }

    pub fn tell(&self, report: &Report) -> ExitStatus {
        if !self.diagnostics.is_empty() {
            report.diagnostics(&self.diagnostics, &self.articles);
        }
        if let Some(Failure { message, help }) = &self.failure {
            report.failure(message, help.as_deref());
        }
        ExitStatus::JobFailed
    }
}

impl From<Vec<Diagnostic>> for Hindrance {
    fn from(diagnostics: Vec<Diagnostic>) -> Hindrance {
        Hindrance { diagnostics, ..Hindrance::default() }
    }
}

impl From<DiskError> for Hindrance {
    fn from(error: DiskError) -> Hindrance {
        Hindrance::failure(error.to_string(), error.help().as_deref())
    }
}
