//! Entries that no feed shows any more: of years of articles these are nearly all, and hardly a run needs them.

use super::{EntryRecord, Glance};
use crate::diagnostic::Diagnostic;
use std::fmt;
use std::sync::Arc;

/// Where they are kept.
pub trait Past: Send + Sync {
    /// Hands over the records that are sought, in the order in which they were put aside. Of two with one id the
    /// later counts.
    ///
    /// # Errors
    /// `damaged-ledger`, where one cannot be read.
    fn each(
        &self,
        is_sought: &dyn Fn(Glance<'_>) -> bool,
        take: &mut dyn FnMut(EntryRecord),
    ) -> Result<(), Diagnostic>;
}

/// The past of a ledger; none by default.
#[derive(Clone, Default)]
pub struct KnownPast(pub Option<Arc<dyn Past>>);

/// What is read only when it is needed does not tell ledgers apart.
impl PartialEq for KnownPast {
    fn eq(&self, _: &KnownPast) -> bool {
        true
    }
}

impl fmt::Debug for KnownPast {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "a past" } else { "no past" })
    }
}

/// A past in memory.
impl Past for Vec<EntryRecord> {
    fn each(
        &self,
        is_sought: &dyn Fn(Glance<'_>) -> bool,
        take: &mut dyn FnMut(EntryRecord),
    ) -> Result<(), Diagnostic> {
        self.iter().filter(|record| is_sought(Glance::of(record))).cloned().for_each(take);
        Ok(())
    }
}
