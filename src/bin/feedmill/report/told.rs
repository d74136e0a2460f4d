//! What a run has told so far, in numbers: for those who hear of the whole run at once.

use crate::exit::ExitStatus;
use feedmill::diagnostic::{Diagnostic, Severity};

/// All diagnostics, shown or not, and what the job failed of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// The message of the first, without the help.
    pub failure: Option<String>,
    /// The message of the first.
    pub error: Option<String>,
}

impl Told {
    /// Why a run that ended so is not what it should be; errors in articles alone are no reason.
    pub fn reason(&self, exit: ExitStatus) -> Option<&str> {
        // Faulty settings end a run too, and are told as diagnostics.
        let error = self.error.as_ref().filter(|_| exit == ExitStatus::JobFailed);
        self.failure.as_ref().or(error).map(String::as_str)
    }

    pub fn count(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            if diagnostic.severity() == Severity::Error {
                self.error.get_or_insert_with(|| diagnostic.message.clone());
            }
            *match diagnostic.severity() {
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                Severity::Note => &mut self.notes,
            } += 1;
        }
    }
}
