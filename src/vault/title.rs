//! Titles: what a page is called (`semantics.md`, pages and folders), and the day it tells of. Pure
//! functions of what the page says and where it is.

use super::PagePath;
use crate::text::date::{Date, find_date};

/// The title of a page: what it says itself (front matter, else its first heading), else its file
/// name in words.
#[must_use]
pub fn title(path: &PagePath, said: Option<&str>) -> String {
    match said.map(str::trim) {
        Some(said) if !said.is_empty() => said.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => in_words(path.stem()),
    }
}

/// What a list shows for a page of that title. A `README` or `index` without a title of its own is
/// shown as its folder: hundreds of rows `README` tell nobody anything. At the root there is no
/// folder to show.
#[must_use]
pub fn label<'a>(path: &'a PagePath, title: &'a str) -> &'a str {
    let folder = path.folder();
    if !folder.is_empty() && is_folder_page(path) && title.eq_ignore_ascii_case(path.stem()) {
        return folder.rsplit('/').next().unwrap_or(folder);
    }
    title
}

/// Whether the page speaks for its folder: `README` or `index`, in any case.
#[must_use]
pub fn is_folder_page(path: &PagePath) -> bool {
    let stem = path.stem();
    stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")
}

/// The day a page tells of, first that is known: `said` (front matter `date`, `- **Date**: ...`),
/// the file name, the footer's `logged`.
#[must_use]
pub fn day(path: &PagePath, said: Option<Date>, logged: Option<Date>) -> Option<Date> {
    said.or_else(|| leading_date(path.stem()).map(|(date, _)| date))
        .or_else(|| find_date(path.stem()))
        .or(logged)
}

/// A file name as words: `_` and `-` become spaces, but a leading date stays a date.
fn in_words(stem: &str) -> String {
    let spaced = |text: &str| text.replace(['_', '-'], " ").trim().to_owned();
    match leading_date(stem) {
        Some((date, "")) => date.to_string(),
        Some((date, rest)) => format!("{date} {}", spaced(rest)),
        None => match spaced(stem) {
            words if words.is_empty() => stem.to_owned(),
            words => words,
        },
    }
}

/// The date that a name starts with, `2024-01-15_` or the like, and what follows.
fn leading_date(stem: &str) -> Option<(Date, &str)> {
    let (date, rest) = stem.split_at_checked("2024-01-15".len())?;
    let rest = match rest.chars().next() {
        None => rest,
        Some('_' | '-' | ' ') => rest.trim_start_matches(['_', '-', ' ']),
        Some(_) => return None,
    };
    let digits = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => matches!(byte, b'-' | b'_'),
        _ => byte.is_ascii_digit(),
    });
    if !digits {
        return None;
    }
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i16>().ok();
    let small = |range| i8::try_from(number(range)?).ok();
    Some((Date::new(number(0..4)?, small(5..7)?, small(8..10)?).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::{day, label, title};
    use crate::text::date::Date;
    use crate::vault::PagePath;

    fn path(text: &str) -> PagePath {
        PagePath::new(text).unwrap()
    }

    #[test]
    fn a_title_is_said_or_read_from_the_file_name() {
        let check = |at: &str, said: Option<&str>, expected: &str| {
            assert_eq!(title(&path(at), said), expected, "{at}");
        };
        check("people/alex_chen.md", Some("Alex Chen"), "Alex Chen");
        check("people/alex_chen.md", Some("  Alex\n Chen "), "Alex Chen");
        check("people/alex_chen.md", None, "alex chen");
        check("people/alex_chen.md", Some(" "), "alex chen");
        check("real-time_systems.md", None, "real time systems");
        check("episodes/2024-01-15_first_meeting.md", None, "2024-01-15 first meeting");
        check("2023-09-12 Meeting with Steph.md", None, "2023-09-12 Meeting with Steph");
        check("2024-01-15.md", None, "2024-01-15");
        check("2024-01-155.md", None, "2024 01 155");
        check("2024-13-40_x.md", None, "2024 13 40 x");
        check("nn.Module.md", None, "nn.Module");
        check("__.md", None, "__");
        check("pages/100%.md", None, "100%");
        check("日記-一.md", None, "日記 一");
        check(&format!("{}.md", "長_".repeat(55)), None, "長 ".repeat(55).trim_end());
    }

    #[test]
    fn a_readme_without_a_title_is_shown_as_its_folder() {
        let check = |at: &str, title: &str, expected: &str| {
            assert_eq!(label(&path(at), title), expected, "{at}");
        };
        check("tools/catalog/README.md", "README", "catalog");
        check("tools/index.md", "index", "tools");
        check("tools/README.md", "All the tools", "All the tools");
        check("README.md", "README", "README");
        check("tools/hammer.md", "hammer", "hammer");
    }

    #[test]
    fn the_day_is_said_else_named_else_logged() {
        let date = |day| Some(Date::constant(2024, 1, day));
        let at = path("episodes/2024-01-15_first_meeting.md");
        assert_eq!(day(&at, date(1), date(2)), date(1));
        assert_eq!(day(&at, None, date(2)), date(15));
        assert_eq!(day(&path("episodes/first.md"), None, date(2)), date(2));
    }
}
