//! Dates as pages write them: numbers in the order year, month, day, or English month names.
//! Knows nothing of clocks, time zones or what a date means to a page.

pub use jiff::civil::Date;

/// The first calendar date in `text`: `2024-01-15` (also with `_`, `/` or `.` between), or
/// `January 15, 2024`, `15 January 2024`, `Jan 2024` (as its first day). `None` where there is none.
#[must_use]
pub fn find_date(text: &str) -> Option<Date> {
    let words: Vec<Word> = words(text).collect();
    (0..words.len()).find_map(|at| numeric(&words[at..]).or_else(|| named(&words[at..])))
}

/// The day of a count of milliseconds since 1970 (UTC), as Dendron writes it: of 13 digits, that is from 2001 on. Fewer
/// digits are rather a day with a time, `202405011200`. `None` for any other text.
#[must_use]
pub fn from_milliseconds(text: &str) -> Option<Date> {
    let fits = text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit());
    let days = fits.then(|| text.parse::<i64>().ok()).flatten()? / (24 * 60 * 60 * 1000);
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A run of letters or of digits, and what parts it from the one before.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    gap: &'a str,
}

impl Word<'_> {
    /// Its value, if it is a number of as many digits as `digits` allows.
    fn number(&self, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let fits =
            digits.contains(&self.text.len()) && self.text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| self.text.parse().ok()).flatten()
    }

    /// The day of the month, also written `1st`, `2nd`, `3rd`, `4th` (the suffix is a word of its own).
    fn day(&self) -> Option<i8> {
        self.number(1..=2).and_then(|n| i8::try_from(n).ok())
    }

    fn month(&self) -> Option<i8> {
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        if self.text.len() < 3 || !self.text.is_ascii() {
            return None;
        }
        let name = self.text.to_ascii_lowercase();
        let is = |month: &&str| {
            **month == *name || month[..3] == *name || (*month == "september" && name == "sept")
        };
        (1..).zip(MONTHS.iter()).find(|(_, month)| is(month)).map(|(number, _)| number)
    }

    fn is_ordinal_suffix(&self) -> bool {
        self.gap.is_empty() && matches!(self.text, "st" | "nd" | "rd" | "th")
    }
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let class = |c: char| (c.is_alphabetic(), c.is_ascii_digit());
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|c| class(c) != (false, false))?;
        let (gap, from) = rest.split_at(start);
        let first = class(from.chars().next()?);
        let end = from.find(|c| class(c) != first).unwrap_or(from.len());
        let (text, after) = from.split_at(end);
        rest = after;
        Some(Word { text, gap })
    })
}

/// `2024-01-15`: four digits, then twice one or two after the same separator.
fn numeric(words: &[Word]) -> Option<Date> {
    let [year, month, day, ..] = words else { return None };
    let parted = matches!(month.gap, "-" | "_" | "/" | ".") && day.gap == month.gap;
    if !parted {
        return None;
    }
    Date::new(year.number(4..=4)?, i8::try_from(month.number(1..=2)?).ok()?, day.day()?).ok()
}

/// `January 15, 2024`, `15 January 2024`, `January 2024`.
fn named(words: &[Word]) -> Option<Date> {
    let close =
        |word: &Word| matches!(word.gap.trim(), "" | "," | "." | ".,") && !word.gap.contains('\n');
    let mut words = words.iter().filter(|word| !word.is_ordinal_suffix()).peekable();
    let first = words.next()?;
    let (day, month) = match first.month() {
        Some(month) => {
            let day = words.next_if(|word| close(word) && word.day().is_some()).and_then(Word::day);
            (day.unwrap_or(1), month)
        }
        None => (first.day()?, words.next().filter(|word| close(word))?.month()?),
    };
    let year = words.next().filter(|word| close(word))?.number(4..=4)?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::{find_date, from_milliseconds};

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(find_date(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_are_found_as_pages_write_them() {
        check("2024-01-15", Some("2024-01-15"));
        check("2024_01_15_first_meeting", Some("2024-01-15"));
        check("on 2024/1/5 or 2025.02.03", Some("2024-01-05"));
        check("2024-01-15T12:30:00Z", Some("2024-01-15"));
        check("January 15, 2024", Some("2024-01-15"));
        check("met on 15 January 2024.", Some("2024-01-15"));
        check("Jan 2024", Some("2024-01-01"));
        check("Sept. 3rd, 2023", Some("2023-09-03"));
        check("Monday, 4th of", None);
    }

    #[test]
    fn milliseconds_are_dates() {
        let check = |text: &str, expected: Option<&str>| {
            let day = from_milliseconds(text).map(|date| date.to_string());
            assert_eq!(day.as_deref(), expected, "{text}");
        };
        check("1753639155357", Some("2025-07-27"));
        check("202405011200", None);
        check("20240501120000", None);
        check("1753639155", None);
        check("17536391553x7", None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        check("", None);
        check("2024-13-01", None);
        check("2024-02-30", None);
        check("version 1.2.3", None);
        check("12024-01-15", None);
        check("maybe 2024 or later", None);
        check("2024-01_15", None);
    }
}
