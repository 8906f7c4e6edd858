//! The clock.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::civil::date;

use crate::text::date::Date;

/// Today in UTC. The local day would need a time zone database; dates in pages are days, and a query
/// such as `updated<30d` does not hang on hours.
#[must_use]
pub fn today() -> Date {
    let days = now_ms() / 86_400_000;
    date(1970, 1, 1).saturating_add(jiff::Span::new().days(days.clamp(0, 1_000_000)))
}

/// Milliseconds since 1970-01-01 UTC; 0 where the clock stands before that.
#[must_use]
pub fn now_ms() -> i64 {
    to_ms(SystemTime::now())
}

/// The time of the clock on the wall, `YYYY-MM-DDThh:mm:ss`; UTC where the system does not say its zone.
#[must_use]
pub fn local_time() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A file's time in milliseconds since 1970-01-01 UTC; negative before that.
#[must_use]
pub fn to_ms(time: SystemTime) -> i64 {
    let ms = |d: std::time::Duration| i64::try_from(d.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => ms(after),
        Err(before) => -ms(before.duration()),
    }
}
