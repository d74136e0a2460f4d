//! How long a recording plays, as people write it: `1:02:03`, `62`, `PT1M2S`, `62 min`.

use std::time::Duration;

/// Nothing that is heard or watched in one go takes longer; in hours.
const LONGEST_HOURS: f64 = 1000.0;

/// Reads a time. A bare number is seconds, `1:02` a minute and two seconds.
#[must_use]
pub fn parse(text: &str) -> Option<Duration> {
    let text = text.trim().to_ascii_lowercase();
    let seconds = if text.contains(':') { clock(&text) } else { units(&text).or_else(|| number(&text)) }?;
    (seconds <= LONGEST_HOURS * 3600.0).then(|| Duration::from_secs_f64(seconds))
}

/// `h:mm:ss` or `m:ss`.
fn clock(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.splitn(4, ':').collect();
    let (last, before) = parts.split_last()?;
    let mut whole = 0.0;
    for part in before {
        let is_whole = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        whole = (whole + if is_whole { number(part)? } else { return None }) * 60.0;
    }
    let seconds = number(last).filter(|&seconds| seconds < 60.0)?;
    (parts.len() < 4).then_some(whole + seconds)
}

/// Numbers with their units, as in ISO 8601 (`PT1H2M`) and in words (`1 h 2 min`).
fn units(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("pt").unwrap_or(text).trim_start();
    let mut seconds = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (amount, unit) = rest.split_at(end);
        let unit = unit.trim_start();
        let end = unit.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(unit.len());
        let in_seconds = match &unit[..end] {
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
            "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
            _ => return None,
        };
        seconds = Some(seconds.unwrap_or(0.0) + number(amount)? * in_seconds);
        rest = unit[end..].trim_start_matches([' ', ',', '.']);
    }
    seconds
}

/// Digits, and perhaps a fraction.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_form() {
        let seconds = |text: &str| parse(text).map(|time| time.as_secs());
        for (text, expected) in [
            ("1:02:03", 3723),
            ("62:03", 3723),
            ("01:02", 62),
            ("62", 62),
            ("62.7", 62),
            ("PT1M2S", 62),
            ("pt1h", 3600),
            ("1 h 2 min", 3720),
            ("45min", 2700),
            ("3 minutes, 20 seconds", 200),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in [
            "",
            ":",
            "1:",
            "1:2:3:4",
            "1:75",
            "-5",
            "1e9",
            "inf",
            "99999999999",
            "soon",
            "5 parsec",
            "P1D",
            "1.5:00",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
