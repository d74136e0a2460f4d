//! A number of bytes as people say it.

/// `842 B`, `12.3 kB`, `1.2 MB`; a kB is 1,000 bytes, as in the settings.
#[must_use]
pub fn readable_size(bytes: usize) -> String {
    // What would be rounded to 1000.0 kB is a megabyte.
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..999_950 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_unit_that_fits() {
        let sizes = [0, 999, 1_000, 12_345, 999_949, 999_950, 25_000_000].map(readable_size);
        assert_eq!(sizes, ["0 B", "999 B", "1.0 kB", "12.3 kB", "999.9 kB", "1.0 MB", "25.0 MB"]);
    }
}
