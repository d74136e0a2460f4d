//! How instants are spelt: RFC 822 for RSS and OPML, RFC 3339 for the others.

use chrono::{DateTime, SecondsFormat, Utc};

/// Four digits for the year, and `GMT`, the one zone that every reader knows (Best Practices
/// Profile, 3.2).
pub fn rfc_822(instant: DateTime<Utc>) -> String {
    instant.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// In UTC with `Z`: two readers ignore any other offset.
pub fn rfc_3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
