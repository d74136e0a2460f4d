//! What takes long to find out of a record or a ledger. It says nothing that is not in these, so it is no difference between two.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

/// Something that was found out, or not yet.
#[derive(Clone)]
pub struct Found<T>(OnceLock<T>);

impl<T> Default for Found<T> {
    fn default() -> Found<T> {
        Found(OnceLock::new())
    }
}

impl<T> Deref for Found<T> {
    type Target = OnceLock<T>;

    fn deref(&self) -> &OnceLock<T> {
        &self.0
    }
}

impl<T> fmt::Debug for Found<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("found")
    }
}

impl<T> PartialEq for Found<T> {
    fn eq(&self, _: &Found<T>) -> bool {
        true
    }
}

impl<T> Eq for Found<T> {}
