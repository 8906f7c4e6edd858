//! Where the lines of a text begin and end. `\n`, `\r\n` and `\r` end lines.

use std::ops::Range;

/// The start of the line that holds `at`; the line does not start before `from`.
pub(super) fn line_start(text: &str, from: usize, at: usize) -> usize {
    memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[from..at]).map_or(from, |end| from + end + 1)
}

pub(super) fn line_end(text: &str, from: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[from..]).map_or(text.len(), |end| from + end)
}

/// The start of the line after the one that ends at `end`: `\n`, `\r\n` and `\r` end lines.
pub(super) fn after_line_end(text: &str, end: usize) -> usize {
    end + if text[end..].starts_with("\r\n") { 2 } else { 1 }
}

pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    lines_with_places(text).map(|(line, _)| line)
}

/// The lines without their ends, and where they stand with them.
pub(super) fn lines_with_places(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = (at <= text.len()).then_some(at)?;
        let end = line_end(text, start);
        at = after_line_end(text, end);
        Some((&text[start..end], start..at.min(text.len())))
    })
}

/// How many lines end in `bytes`.
pub(super) fn count_lines(bytes: &[u8]) -> u32 {
    let ends = memchr::memchr_iter(b'\n', bytes).count();
    let lone =
        memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).count();
    u32::try_from(ends + lone).unwrap_or(u32::MAX)
}
