//! The values of fields and properties: states, numbers, dates and ages, and what was probably meant by one
//! that is none.

use super::field::STATES;
use super::mistake::{Mend, Mistake};
use super::{Amount, Comparison, DateBound, Term};
use crate::text::date::Date;
use crate::text::fold::fold;
use crate::text::near::nearest;
use crate::text::span::ByteSpan;

pub(super) fn state(value: &str, span: ByteSpan) -> Result<Term, Mistake> {
    let wanted = value.to_lowercase();
    if let Some((_, term)) = STATES.iter().find(|(name, _)| *name == wanted) {
        return Ok(term.clone());
    }
    if ["deadend", "dead-end", "deadends", "dead-ends"].contains(&wanted.as_str()) {
        let message = format!(
            "unknown state \"is:{value}\": a query cannot ask for pages that link nowhere, but `ken \
             deadends` lists them, and so does the check"
        );
        return Err(Mistake::new(span, message));
    }
    let meant = nearest(&wanted, STATES.iter().map(|(name, _)| *name));
    let message = match meant {
        Some(name) => format!("unknown state \"is:{value}\" (did you mean \"is:{name}\"?)"),
        None => {
            format!("unknown state \"is:{value}\" (there are is:orphan, is:missing, is:ambiguous)")
        }
    };
    Err(Mistake::new(span, message).mended(meant.map(|name| Mend::new(span, name))))
}

pub(super) fn strength(value: &str, span: ByteSpan) -> Result<f32, Mistake> {
    let number = value.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| {
        // Hundredths are the one other way in which people say it.
        let hundredths = value.trim_end_matches('%').parse::<u8>().ok();
        let hundredths = hundredths.filter(|n| *n <= 100 && (*n >= 10 || value.ends_with('%')));
        let meant = hundredths.map(|n| (f32::from(n) / 100.0).to_string());
        let such_as = meant.as_deref().unwrap_or("0.6");
        let message =
            format!("\"{value}\" is no strength: write a number from 0 to 1, such as {such_as}");
        Mistake::new(span, message).mended(meant.map(|meant| Mend::new(span, meant)))
    })
}

/// What a property is compared with: a number, a date, or, where it need only be the same, any text.
pub(super) fn amount(
    comparison: Comparison,
    value: &str,
    span: ByteSpan,
) -> Result<Amount, Mistake> {
    let number = value.parse().ok().filter(|number: &f64| number.is_finite());
    let date = age(value)
        .map(DateBound::AgeDays)
        .or_else(|| period(value).map(|(first, last)| DateBound::Period { first, last }));
    if number.is_none() && date.is_none() && comparison != Comparison::Equal {
        let message = format!(
            "\"{value}\" has no order: compare with a number or a date, or write : for the text"
        );
        return Err(Mistake::new(span, message));
    }
    Ok(Amount { text: fold(value), number, date })
}

pub(super) fn date_bound(
    comparison: Comparison,
    value: &str,
    span: ByteSpan,
) -> Result<(Comparison, DateBound), Mistake> {
    if let Some(days) = age(value) {
        // The very day is hardly ever meant by `updated:7d`.
        let within =
            if comparison == Comparison::Equal { Comparison::LessOrEqual } else { comparison };
        return Ok((within, DateBound::AgeDays(days)));
    }
    match period(value) {
        Some((first, last)) => Ok((comparison, DateBound::Period { first, last })),
        None => Err(no_date(value, span)),
    }
}

fn no_date(value: &str, span: ByteSpan) -> Mistake {
    let meant = meant_date(value);
    let message = match &meant {
        Some(meant) => format!("\"{value}\" is no date (did you mean \"{meant}\"?)"),
        None => format!(
            "\"{value}\" is no date: write 2024-01-31, 2024-01, 2024, or an age such as 30d, 6w, 3m, 1y"
        ),
    };
    Mistake::new(span, message).mended(meant.map(|meant| Mend::new(span, meant)))
}

/// The date that was meant: one without its zeros (`2024-1-5`) or with other signs between (`2024/01/05`),
/// an age without its unit (`30`).
fn meant_date(value: &str) -> Option<String> {
    if value.len() <= 3 && value.parse::<u16>().is_ok() {
        return Some(format!("{value}d"));
    }
    let parts: Vec<u16> =
        value.split(['-', '/', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let meant = match parts.as_slice() {
        [year, month] => format!("{year:04}-{month:02}"),
        [year, month, day] if *year > 31 => format!("{year:04}-{month:02}-{day:02}"),
        [day, month, year] if value.contains('.') => format!("{year:04}-{month:02}-{day:02}"),
        _ => return None,
    };
    period(&meant).map(|_| meant)
}

/// `30d`, `6w`, `3m`, `1y` in days.
fn age(value: &str) -> Option<u32> {
    let unit = match value.as_bytes().last()?.to_ascii_lowercase() {
        b'd' => 1,
        b'w' => 7,
        b'm' => 30,
        b'y' => 365,
        _ => return None,
    };
    value[..value.len() - 1].parse::<u32>().ok()?.checked_mul(unit)
}

/// The first and the last day of `2024-01-31`, `2024-01` or `2024`.
fn period(value: &str) -> Option<(Date, Date)> {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = value.splitn(3, '-');
    let year = parts.next().filter(|year| digits(year, 4))?.parse().ok()?;
    let Some(month) = parts.next() else {
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    };
    let month = Some(month).filter(|month| digits(month, 2))?.parse().ok()?;
    let Some(day) = parts.next() else {
        let first = Date::new(year, month, 1).ok()?;
        return Some((first, first.last_of_month()));
    };
    let day = Date::new(year, month, Some(day).filter(|day| digits(day, 2))?.parse().ok()?).ok()?;
    Some((day, day))
}
