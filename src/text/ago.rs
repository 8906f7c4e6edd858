//! How long ago something was, in words. Knows times as milliseconds, not which one is now.

use jiff::civil::date;

use super::date::Date;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long before `now_ms` the time `then_ms` was, both in milliseconds since 1970-01-01 UTC: `2 h ago`; the
/// date of what is more than a month old. At most eleven cells.
#[must_use]
pub fn ago(now_ms: i64, then_ms: i64) -> String {
    let past = now_ms.saturating_sub(then_ms);
    match past {
        ..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min ago", past / MINUTE),
        HOUR..DAY => format!("{} h ago", past / HOUR),
        _ if past < 2 * DAY => "yesterday".to_owned(),
        _ if past < 31 * DAY => format!("{} days ago", past / DAY),
        _ => day(then_ms).to_string(),
    }
}

/// The day of a time in milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn day(ms: i64) -> Date {
    let days = ms.div_euclid(DAY).clamp(0, 1_000_000);
    date(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_past_in_words() {
        let now = 1_750_000_000_000;
        let check = |past: i64, expected: &str| assert_eq!(ago(now, now - past), expected);
        check(-5 * DAY, "just now");
        check(0, "just now");
        check(59_999, "just now");
        check(MINUTE, "1 min ago");
        check(HOUR - 1, "59 min ago");
        check(2 * HOUR, "2 h ago");
        check(DAY - 1, "23 h ago");
        check(DAY, "yesterday");
        check(2 * DAY, "2 days ago");
        check(30 * DAY, "30 days ago");
        check(31 * DAY, "2025-05-15");
        check(now, "1970-01-01");
    }
}
